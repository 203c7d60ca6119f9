/* What the ties of a scale sum to: all that reliability needs of them, so that memory grows with
 * workgroups and not with ties. Whole numbers, the same in any order and on any number of
 * threads. */
#ifndef ENGINE_SCORES_SCALE_SUMS_H
#define ENGINE_SCORES_SCALE_SUMS_H

#include "engine/scores/scales.h"
#include "stats/numbers/covariance.h"

typedef struct scale_sums {
    size_t k, workgroups;          /* workgroups: blocks, 1 when there are none */
    int64_t rows, cases, complete; /* ties; with any answer; with all */
    int64_t *blocks;               /* by workgroup, of complete ties: see two_level_of_sums */
    pair_sums *pairs; /* as covariances_of_sums takes them, of whatever is answered; NULL unless
                         pairwise */
    pair_sums *complete_pairs; /* the same of complete ties */
    int64_t *at_floor,
        *at_ceiling; /* by item: answers at the scale's ends, of complete ties unless pairwise */
} scale_sums;

/* Of a scale of ties. */
relcoord_status scale_sums_gather(const run *r, const scale *s, const group_members *members,
                                  bool pairwise, bool leveled, scale_sums *out,
                                  relcoord_error *err);
void scale_sums_free(scale_sums *s); /* may be empty */

#endif
