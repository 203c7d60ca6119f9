/* Means, covariances and correlations of k items, listwise or pairwise. Knows arrays alone.
 * Whole-number answers are gathered in 64-bit sums, which are exact, can be merged and have no
 * order; other values in compensated sums about the items' means. */
#ifndef STATS_NUMBERS_COVARIANCE_H
#define STATS_NUMBERS_COVARIANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Two items' whole-number answers, by the cases that answer both ---- */

/* Exact while n times the square of the largest value stays below 2^61. Zero-initialise. */
typedef struct pair_sums {
    int64_t n, x, y, xx, yy, xy;
} pair_sums;

static inline void pair_sums_add(pair_sums *s, int64_t x, int64_t y)
{
    s->n++;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
}

/* n times the sum of products about the means. Exactly 0 when one item does not vary. */
double pair_sums_scatter(const pair_sums *s);
void pair_sums_merge(pair_sums *into, const pair_sums *from);
/* Divisor n - 1, values in units of `unit`; NaN when n < 2. Exactly 0 when one item does not
 * vary. */
double pair_sums_covariance(const pair_sums *s, double unit);
/* Pearson's r; NaN when n < 2 or one item does not vary. */
double pair_sums_correlation(const pair_sums *s);

/* ---- All pairs of k items ---- */

typedef enum covariance_use {
    COVARIANCE_LISTWISE, /* cases that answer every item */
    COVARIANCE_PAIRWISE  /* for each pair, the cases that answer both: R's use = "pairwise" */
} covariance_use;

typedef struct covariances {
    size_t k;
    int64_t cases, complete; /* with any answer; with all */
    double *means;           /* k: over the cases used; NaN where there are none */
    double *covariance;      /* k x k; the diagonal has the variances; NaN where n < 2 */
    double *correlation; /* k x k, each from its own pair's variances; NaN where one does not vary,
                            also r_jj */
    int64_t *n;          /* k x k: the cases behind each pair, all the same if listwise */
    void *memory;
} covariances;

/* Of `rows` rows of k values, NaN where there is no answer; infinite values are taken for none,
 * too. False when memory runs out; out is then empty. */
bool covariances_of_values(const double *values, size_t rows, size_t k, covariance_use use,
                           covariances *out);

/* Of sums gathered elsewhere: pairs (0,0) (1,0) (1,1) (2,0) …, x the first of (i,j). Listwise if
 * only complete cases were added. `cases` and `complete` stay 0. */
bool covariances_of_sums(const pair_sums *sums, size_t k, double unit, covariances *out);
void covariances_free(covariances *c); /* may be empty */

/* The correlations that belong to a covariance matrix: c_ij / sqrt(c_ii c_jj); NaN where a variance
 * is not above 0. correlation may be covariance itself. */
void covariance_standardise(const double *covariance, size_t k, double *correlation);

#endif
