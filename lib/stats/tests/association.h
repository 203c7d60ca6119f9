/* How two variables of few cases go together: Pearson's and Spearman's correlation, and necessary
 * condition analysis (Dul 2016, Organizational Research Methods 19:10-52, the ceiling CE-FDH), with
 * p by permutation of one against the other. Knows numbers only; none of them is NaN. */
#ifndef STATS_TESTS_ASSOCIATION_H
#define STATS_TESTS_ASSOCIATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pearson's r; NaN with fewer than two cases or a variable that does not vary. */
double correlation_of(const double *x, const double *y, size_t n);

typedef struct correlation_interval {
    double low, high;
} correlation_interval;

/* By Fisher's z with standard error 1/sqrt(n - 3); NaN below 4 cases. */
correlation_interval correlation_interval_of(double r, size_t n, double confidence);

/* CE-FDH: the ceiling at x is the largest y of the cases that have at most that x. The share of the
 * scope, the rectangle of the observed ranges, that lies above it. x ascends. NaN when a variable
 * does not vary. */
double necessity_effect(const double *x, const double *y, size_t n);

typedef enum association_statistic {
    ASSOCIATION_CORRELATION, /* two-sided: as far from 0; of ranks it is Spearman's */
    ASSOCIATION_NECESSITY    /* one-sided: as large; x ascends */
} association_statistic;

/* Up to so many cases of one stratum every permutation is tried. */
enum { MOST_PERMUTED = 9, PERMUTATIONS = 9999 };

typedef struct permutation_plan {
    const double *x, *y;
    const uint32_t *stratum; /* y moves within one only; NULL: all are one. Ascending */
    size_t n;
    association_statistic statistic;
    uint64_t seed, stream;
} permutation_plan;

/* The share of permutations that are at least as extreme as the cases are, to 1e-12: of all of
 * them, or (*exact false) (1 + those)/(1 + PERMUTATIONS) of drawn ones. NaN where the statistic has
 * no value. False when memory runs out. */
bool permutation_p(const permutation_plan *plan, double *p, bool *exact);

#endif
