/* In-strength, out-strength, own rating and silo of each workgroup, from the cells of the
 * matrix. */
#ifndef ENGINE_SCORES_STRENGTHS_H
#define ENGINE_SCORES_STRENGTHS_H

#include "engine/scores/cells.h"

extern const table_spec strengths_table;

/* Writes the table; rc_means holds the mean rc of each cell, NaN where it has none. */
relcoord_status strengths_write(relcoord_result *result, const run *r, const cell_state *cells,
                                const double *rc_means, relcoord_error *err);

#endif
