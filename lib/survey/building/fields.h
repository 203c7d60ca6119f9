/* Fields while rows come in: to answers, items and labels. This runs for every field. */
#ifndef SURVEY_BUILDING_FIELDS_H
#define SURVEY_BUILDING_FIELDS_H

#include "survey/building/builder.h"

/* Finds the plain way through each column, once the columns' uses are known. */
void builder_ready_columns(builder *b);

/* A field of a row: the reader's take_field. */
void builder_field(void *bytes, size_t length, void *builder);

/* The label that a trimmed field means, numbered within its strings; 0 when the sticky error is
 * set. */
uint32_t builder_label(builder *b, size_t column, uint32_t slot, const code_list *codes,
                       const char *bytes, size_t length);

#endif
