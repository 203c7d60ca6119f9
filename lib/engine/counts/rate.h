/* Rates: how many per cent of some people are of a kind, with Wilson's interval. */
#ifndef ENGINE_COUNTS_RATE_H
#define ENGINE_COUNTS_RATE_H

#include "engine/analysis.h"

/* The columns that rate_write fills behind that of the per cents. */
#define RATE_COLUMNS INTERVAL_COLUMNS, ESTIMATOR_COLUMN, NOTE_COLUMN

/* Fills the last row's columns from `column` on: `part` in per cent of `whole`, and RATE_COLUMNS.
 */
void rate_write(relcoord_table *table, size_t column, const run *r, int64_t part, int64_t whole);

#endif
