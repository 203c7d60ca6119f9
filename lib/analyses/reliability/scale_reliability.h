/* The reliability of one scale in one group of `by`, on one basis: the coefficients, their
 * intervals and what is known of each item. */
#ifndef ANALYSES_RELIABILITY_SCALE_RELIABILITY_H
#define ANALYSES_RELIABILITY_SCALE_RELIABILITY_H

#include "engine/resampling.h"
#include "engine/scores/coefficients.h"

typedef struct scale_reliability {
    const run *r;
    uint32_t group;
    const scale *scale;
    scale_basis basis;
    work_share share; /* of the whole work */
    bool pairwise, leveled, resampled;
    int64_t rows;                   /* cases, with answers or without */
    covariances matrices, complete; /* complete: when pairwise, of the complete cases */
    two_level levels;               /* when leveled: there are workgroups */
    int64_t n,
        left_out; /* pairwise: the fewest cases behind a pair, and those without any answer */
    item_statistics *items; /* by item */
    end_shares *ends;
    int64_t *at_floor,
        *at_ceiling; /* by item: answers at the scale's ends, of the cases that the mean is of */
    double *work;    /* k x k */
    coefficient_set found;
    factor_solution solved[OMEGA_MODELS];            /* where the models of replicates start */
    bootstrap_interval intervals[COEFFICIENT_COUNT]; /* when resampled */
} scale_reliability;

/* Works everything out. The rest of `out` is to be zero but for r, group, scale, basis, share and
 * pairwise. */
relcoord_status scale_reliability_find(scale_reliability *out, const group_members *members,
                                       relcoord_error *err);
void scale_reliability_free(scale_reliability *s);

#endif
