/* In-strength, out-strength, own rating and silo of each workgroup, from the cells of the
 * matrix. */
#ifndef ENGINE_SCORES_STRENGTHS_H
#define ENGINE_SCORES_STRENGTHS_H

#include "engine/scores/cells.h"

/* What it says of a workgroup. */
#define OWN_COLUMN                                                  \
    {                                                               \
        "own", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                  \
            "mean rc of its own rating: the diagonal of the matrix" \
    }
#define IN_STRENGTH_COLUMN                                           \
    {                                                                \
        "in_strength", RELCOORD_NUMBER, RELCOORD_ESTIMATE,           \
            "mean of the rc cells in which other workgroups rate it" \
    }
#define OUT_STRENGTH_COLUMN                                           \
    {                                                                 \
        "out_strength", RELCOORD_NUMBER, RELCOORD_ESTIMATE,           \
            "mean of the rc cells in which it rates other workgroups" \
    }
#define SILO_COLUMN                                                                          \
    {                                                                                        \
        "silo", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "own - (in_strength + out_strength) / 2" \
    }

extern const table_spec strengths_table;

/* Writes the table; rc_means holds the mean rc of each cell, NaN where it has none. */
relcoord_status strengths_write(relcoord_result *result, const run *r, const cell_state *cells,
                                const double *rc_means, relcoord_error *err);

#endif
