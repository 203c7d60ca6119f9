/* Whether rows and columns of a table of counts hang together: Pearson's (1900) chi-square without
 * continuity correction, with Cramer's V (1946, 21.9); Fisher's exact test of 2 x 2 (Fisher 1934);
 * and p by tables drawn with the same margins (Hope 1968), which a table with small expected counts
 * needs. Plain counts, row by row. */
#ifndef STATS_TESTS_CONTINGENCY_H
#define STATS_TESTS_CONTINGENCY_H

#include <stddef.h>
#include <stdint.h>

#include "relcoord.h"

/* Rows and columns without a count do not count as such. All is NaN where fewer than two of either
 * are left. */
typedef struct chi_square_test {
    double statistic, df, p;
    double v; /* Cramer's: the root of statistic / (n (the lesser of rows and columns - 1)) */
    double least_expected; /* the smallest expected count */
} chi_square_test;

chi_square_test contingency_chi_square(const int64_t *counts, size_t rows, size_t columns);

/* Fisher's p of {a, b, c, d}, two-sided: of the tables with these margins, those that are no
 * likelier, with room for the last digits as R's fisher.test has it. */
double contingency_fisher(const int64_t counts[4]);

/* (1 + drawn tables whose chi-square reaches the observed one) / (1 + replicates), NaN where there
 * is no chi-square. A replicate depends on the seed and its number. Counts below 2^32.
 * RELCOORD_ENOMEM is the only failure. */
relcoord_status contingency_simulate(const int64_t *counts, size_t rows, size_t columns,
                                     uint64_t replicates, uint64_t seed, double *p,
                                     relcoord_error *err);

#endif
