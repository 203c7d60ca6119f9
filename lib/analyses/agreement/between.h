/* Differences between groups: the one-way analysis of variance, ICC(1) and ICC(2), and the
 * variances within and between. Groups of one stay in, for they tell of the differences. */
#ifndef ANALYSES_AGREEMENT_BETWEEN_H
#define ANALYSES_AGREEMENT_BETWEEN_H

#include "analyses/agreement/coefficient_rows.h"

/* The group size of an ICC, as the option k0 names it. */
enum { SIZE_N0, SIZE_MEAN, SIZE_REML };

/* What has a bootstrap interval. */
typedef enum between_id {
    BETWEEN_ETA2,
    BETWEEN_OMEGA2,
    BETWEEN_ICC1,
    BETWEEN_ICC2,
    BETWEEN_TAU2,
    BETWEEN_SIGMA2,
    BETWEEN_COUNT
} between_id;

/* Writes their rows, and fills `fit` with the variance components. resampled: by between_id, or
 * NULL for intervals by formula. */
relcoord_status agreement_write_between(const agreement_block *b,
                                        const bootstrap_interval *resampled, relcoord_table *table,
                                        oneway *fit, relcoord_error *err);

#endif
