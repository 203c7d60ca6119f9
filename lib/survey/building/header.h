/* A file's header: what each column is read as, and a clear refusal of headers that leave it open.
 * The first file settles what the survey has; those after it must have the same. */
#ifndef SURVEY_BUILDING_HEADER_H
#define SURVEY_BUILDING_HEADER_H

#include "survey/building/builder.h"

/* Finds what the columns are, and refuses what is missing or doubled: the reader's take_header. */
void builder_header(reader *r);

#endif
