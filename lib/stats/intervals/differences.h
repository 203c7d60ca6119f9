/* Differences of means with their tests: Student's (1908) of pairs, Welch's (1947) of independent
 * samples and of several (Welch 1951), those of samples in which people have several values each;
 * and Hedges' (1981) standardised difference. As R's t.test, oneway.test and clubSandwich have
 * them. */
#ifndef STATS_INTERVALS_DIFFERENCES_H
#define STATS_INTERVALS_DIFFERENCES_H

#include "stats/intervals/clusters.h"
#include "stats/variance/anova.h"

typedef struct mean_test {
    double difference, se, df, p; /* NaN where there is none */
} mean_test;

/* The two-sided p of an estimate by Student's t; NaN unless se > 0 and df > 0. */
double student_two_sided(double estimate, double se, double df);

/* Of the mean from 0, as a test of it. */
mean_test mean_test_make(double difference, double se, double df);

/* Second less first; summaries with squares about the mean. */
mean_test welch_difference(const group_summary *first, const group_summary *second);

/* Second less first of two means whose cluster-robust errors stand, by CR2: the degrees of freedom
 * are those that clubSandwich gives the slope of value ~ sample, clusters being people of a sample.
 * n: values in each. */
mean_test clustered_difference(const group_summary *first, cluster_error first_error,
                               const group_summary *second, cluster_error second_error);

typedef struct welch_anova {
    size_t groups;                      /* with at least two values that differ */
    double f, df_between, df_within, p; /* NaN with fewer than two groups */
} welch_anova;

/* Groups of one, and groups whose values are all equal, have no place in it: *left_out says how
 * many there are. */
welch_anova welch_anova_of(const group_summary *groups, size_t count, size_t *left_out);

/* What makes a standardised difference unbiased: G(m/2) / (sqrt(m/2) G((m-1)/2)), m its degrees of
 * freedom (Hedges 1981). NaN unless m > 1. */
double hedges_correction(double df);

#endif
