/* Covariances of k items within and between groups of any size, for the within- and between-group
 * alpha of Geldhof, Preacher & Zyphur 2014. Knows arrays alone.
 *
 * The estimator is that of the analysis of variance: within, the pooled matrix S_W with divisor N -
 * G; between, (S_B - S_W) / n0, S_B with divisor G - 1 and groups weighted by size, n0 = (N - S
 * n_g^2 / N) / (G - 1). Both are unbiased for groups of any size. Maximum likelihood, which the
 * article uses, has in balanced groups the same within and G/(G-1) times smaller S_B; the between
 * matrix here need not be positive definite, and says so. */
#ifndef STATS_RELIABILITY_TWO_LEVEL_H
#define STATS_RELIABILITY_TWO_LEVEL_H

#include <stdint.h>

#include "stats/reliability/reliability.h"

typedef struct two_level {
    size_t k;
    int64_t cases, groups,
        left_out;    /* complete cases; groups that have any; cases without every answer */
    double n0;       /* NaN with fewer than two groups */
    double *within;  /* k x k; NaN when no group has two cases */
    double *between; /* k x k; NaN when there are fewer than two groups, or no within */
    void *memory;
} two_level;

/* Of `rows` rows of k values, listwise, row r in group groups[r] < group_count; a group of one adds
 * to the between matrix alone. False when memory runs out; out is then empty. */
bool two_level_of_values(const double *values, size_t rows, size_t k, const uint32_t *groups,
                         size_t group_count, two_level *out);
/* Of exact sums of whole numbers: in each of `group_count` blocks the complete cases' n, the items'
 * sums, and their products' in the order (0,0) (1,0) (1,1) …; what covariance.h says of sizes
 * holds. left_out stays 0. */
bool two_level_of_sums(const int64_t *blocks, size_t k, size_t group_count, two_level *out);
void two_level_free(two_level *t); /* may be empty */

/* Alpha of either matrix. Within: few cases when N - G < 2; between: when G < 3. Where an item's
 * between variance is estimated at or below 0 the value stands with a note that names it. */
coefficient two_level_alpha_within(const two_level *t);
coefficient two_level_alpha_between(const two_level *t);

#endif
