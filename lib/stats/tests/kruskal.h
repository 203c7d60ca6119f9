/* Rank tests of several samples, as R's kruskal.test and friedman.test have them: of independent
 * samples (Kruskal & Wallis 1952), and of samples that the same people give (Friedman 1937) with
 * Kendall's W beside it. Both corrected for ties; p by the chi-square distribution. */
#ifndef STATS_TESTS_KRUSKAL_H
#define STATS_TESTS_KRUSKAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rank_test {
    size_t groups, n; /* samples that have values, and values; of Friedman: columns, and people */
    double statistic, df, p; /* NaN with fewer than two samples, or when all values are equal */
    double effect;           /* epsilon squared H/(n - 1) (Kelley 1935), or Kendall's W */
} rank_test;

/* group[i] is the sample of values[i], below `groups`. False when memory runs out. */
bool kruskal_test(const double *values, const uint32_t *group, size_t count, size_t groups,
                  rank_test *out);

/* values: people x columns, all of them numbers. */
bool friedman_test(const double *values, size_t people, size_t columns, rank_test *out);

#endif
