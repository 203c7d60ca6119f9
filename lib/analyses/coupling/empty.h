/* Why tables of `coupling` have no rows, or rows without a value: which rows of a codebook would
 * fill them. */
#ifndef ANALYSES_COUPLING_EMPTY_H
#define ANALYSES_COUPLING_EMPTY_H

#include "analyses/coupling/people.h"

/* Why the table of that name has no rows, should it have none; NULL where it always has some. */
const char *coupling_why_empty(const relcoord_survey *s, const char *table);

/* Adds the functions that no item asks about to a row's note; whether there are any. */
bool coupling_note_unasked(relcoord_table *table, const coupling_scale *s);
/* The same, as notes of the result, which name the rows that are missing. */
void coupling_explain_unasked(relcoord_result *result, const coupling_scale *s);

#endif
