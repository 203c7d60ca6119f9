/* One-way analysis of variance of groups, and the intraclass correlations that follow from it. The
 * formulas stand in relcoord-methods(7), Agreement and aggregation, with their sources here at each
 * function. */
#ifndef STATS_VARIANCE_ANOVA_H
#define STATS_VARIANCE_ANOVA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/numbers/moments.h"

/* ---- A group ---- */

/* n need not be whole: a resample may weigh its respondents. Sum of squares about the mean. */
typedef struct group_summary {
    double n, mean, squares;
} group_summary;

group_summary group_of_moments(const moments *m, double unit);
group_summary group_of_values(const double *values, size_t n);

/* ---- Analysis of variance ---- */

/* Why a figure has no value, or what is to be known about it. */
typedef enum anova_note {
    ANOVA_FEW_GROUPS = 1,    /* fewer than two groups: nothing has a value */
    ANOVA_NO_PAIRS = 2,      /* no group has two members: there is nothing within */
    ANOVA_NO_BETWEEN = 4,    /* the groups' means are equal: ICC(2) has no value */
    ANOVA_NO_WITHIN = 8,     /* equal values in each group: F has no value */
    ANOVA_UNBALANCED = 16,   /* the groups' sizes differ: intervals are approximate */
    ANOVA_GROUPS_OF_ONE = 32 /* some groups have one member; they count between only */
} anova_note;

typedef struct anova {
    unsigned notes;
    int64_t groups, groups_of_one;
    double n, ss_between, ss_within, df_between, df_within, ms_between, ms_within;
    double f, p, eta2, omega2; /* NaN where a note says why; omega2 as it comes, below 0 too */
    double n0, mean_size;      /* (N - S n^2 / N)/(G - 1) and N/G */
} anova;

/* Doubles, in an order that the caller must keep. Differences of the means that rounding can have
 * made are none. */
anova anova_of_groups(const group_summary *groups, size_t count);

/* The same of groups of which each is there `weight` times, whole or not, as a resample of groups
 * has them; `groups` is then rounded, and nothing else. */
anova anova_of_weighted_groups(const group_summary *groups, const double *weights, size_t count);

/* From sums of squares alone, as a paper prints them. */
anova anova_of_squares(int64_t groups, double n, double squared_sizes, double ss_between,
                       double ss_within);

/* ---- Intraclass correlations ---- */

typedef struct icc_value {
    double raw, clamped; /* clamped into 0 … 1; they differ where that did anything */
    double low, high;    /* the interval of the raw value */
} icc_value;

typedef struct icc {
    double k;
    icc_value one, two; /* ICC(1) and ICC(2) */
} icc;

/* ICC(1) = (MSB - MSW)/(MSB + (k-1) MSW) and ICC(2) = (MSB - MSW)/MSB (Bliese 2000), with k the
 * size a group is taken to have: n0, or the mean size as R's multilevel takes it. Intervals after
 * McGraw & Wong (1996). */
icc icc_of_anova(const anova *a, double k, double confidence);

#endif
