/* Overall means of one measure in one group: within, between and all ties, under three weightings,
 * with errors robust to several ties of one respondent. */
#ifndef ENGINE_SCORES_INDICES_H
#define ENGINE_SCORES_INDICES_H

#include "engine/estimates.h"
#include "engine/scores/cells.h"
#include "stats/intervals/clusters.h"

enum { PART_WITHIN, PART_BETWEEN, PART_ALL, PART_COUNT };
enum { WEIGHTING_RESPONDENTS, WEIGHTING_TIES, WEIGHTING_WORKGROUPS, WEIGHTING_COUNT };

/* What is reported while a group is estimated: the share of the whole work that is done before and
 * after it. */
typedef struct group_progress {
    const relcoord_options *options; /* NULL: nothing is reported */
    double from, to;
} group_progress;

/* The rows of one group, and the gathered cells. */
typedef struct index_scope {
    const run *r;
    const cell_state *cells;   /* sorted */
    const uint32_t *row_cells; /* where each row's cells begin */
    uint32_t first_row, end_row;
    cluster_method method;
    group_progress
        progress; /* reported within measures, which is to be done on the caller's thread alone */
} index_scope;

/* Estimates a measure. RELCOORD_ENOMEM and RELCOORD_ECANCELLED are the only failures. */
relcoord_status indices_estimate(const index_scope *scope, int measure,
                                 estimate out[PART_COUNT][WEIGHTING_COUNT], relcoord_error *err);

#endif
