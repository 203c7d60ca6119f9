/* The end of a row: what its fields say becomes a participation's, and its ties. */
#ifndef SURVEY_BUILDING_ROWS_H
#define SURVEY_BUILDING_ROWS_H

#include "survey/building/builder.h"

/* Makes room for a row, once the columns' uses are known. */
void builder_ready_rows(builder *b);

/* A row's end: the reader's take_row. */
void builder_row(int terminator, void *builder);

#endif
