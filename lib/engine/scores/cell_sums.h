/* What each respondent adds to the cells of the matrix and to the overall means, and these made
 * again with weights: the bootstrap of `matrix` and `summary` (relcoord-methods(7), Uncertainty). A
 * replicate's figures are those of a survey in which each respondent counts as often as drawn,
 * times the weight of their own. */
#ifndef ENGINE_SCORES_CELL_SUMS_H
#define ENGINE_SCORES_CELL_SUMS_H

#include "engine/resampling.h"
#include "engine/scores/cells.h"
#include "engine/scores/indices.h"

/* Some rows of the matrix, all of one group. */
typedef struct cell_sums {
    uint32_t raters;
    uint32_t *member;  /* by rater: which of the group's members */
    double *weight;    /* by rater: their own, 0 when they do not count */
    size_t *first_tie; /* by rater, and one past the last */
    uint32_t *cell;    /* by tie: which of the cells */
    uint16_t *scores;  /* by tie and dimension, in SCORE_UNITs, 0 for none */
    size_t cells;
    bool *within; /* by cell */
} cell_sums;

/* The rows first_row … end_row - 1, whose members are among the group's. */
relcoord_status cell_sums_make(const run *r, const cell_state *cells, const uint32_t *row_cells,
                               uint32_t first_row, uint32_t end_row, const group_members *members,
                               cell_sums *out, relcoord_error *err);
void cell_sums_free(cell_sums *s);

/* Intervals of the mean of each cell and dimension; out: cells x DIMENSION_COUNT. */
relcoord_status cell_sums_resample_cells(const run *r, const group_members *members,
                                         const cell_sums *s, work_share share,
                                         bootstrap_interval *out, relcoord_error *err);

/* Intervals of the overall means and of the silo, within less between. */
typedef struct index_intervals {
    bootstrap_interval means[DIMENSION_COUNT][PART_COUNT][WEIGHTING_COUNT];
    bootstrap_interval silo[DIMENSION_COUNT][WEIGHTING_COUNT];
} index_intervals;
relcoord_status cell_sums_resample_indices(const run *r, const group_members *members,
                                           const cell_sums *s, work_share share,
                                           index_intervals *out, relcoord_error *err);

#endif
