/* The variance components of groups by restricted maximum likelihood: one normal variance between
 * groups, one within, groups of any size (Patterson & Thompson 1971; the criterion is the one that
 * lme4 prints, Bates, Maechler, Bolker & Walker 2015, for y ~ 1 + (1 | group)). */
#ifndef STATS_VARIANCE_ONEWAY_H
#define STATS_VARIANCE_ONEWAY_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/variance/anova.h"

typedef enum oneway_note {
    ONEWAY_FEW_GROUPS = 1, /* fewer than two groups, or none with two members: no components */
    ONEWAY_CONSTANT = 2,   /* all values are equal: no components */
    ONEWAY_NO_WITHIN =
        4,              /* equal values in each group: sigma2 is 0 and the criterion has no bound */
    ONEWAY_BOUNDARY = 8 /* the likelihood is highest at tau2 = 0 */
} oneway_note;

typedef struct oneway {
    unsigned notes;
    double tau2, sigma2; /* between and within; NaN where a note says why */
    double icc1;         /* tau2/(tau2 + sigma2) */
    double mean, mean_se;
    double criterion; /* -2 log restricted likelihood at its highest */
} oneway;

/* False when memory runs out. The order of the groups does not show. */
bool oneway_fit(const group_summary *groups, size_t count, oneway *out);

/* The same of groups of which each is there `weight` times, whole or not, as a resample of groups
 * has them. */
bool oneway_fit_weighted(const group_summary *groups, const double *weights, size_t count,
                         oneway *out);

/* The interval of tau2/sigma2: the ratios at which S n/(1 + n ratio) (mean - mean of means)^2 / (G
 * - 1) / MSW, which at the true one has the F distribution with G - 1 and N - G degrees of freedom,
 * is its quantile on either side. Exact of normal values in groups of any sizes (Wald 1940, "A note
 * on the analysis of variance with unequal class frequencies"; Harville & Fenech 1985); of equal
 * sizes the interval of anova.h. A ratio below 0 is 0. NaN where there are no components, or
 * nothing within. */
typedef struct oneway_ratios {
    double low, high;
} oneway_ratios;

/* False when memory runs out. */
bool oneway_interval(const group_summary *groups, size_t count, double confidence,
                     oneway_ratios *out);

/* How reliable the mean of k members is: k tau2/(k tau2 + sigma2), the ICC(2) of a group of k. */
double oneway_reliability(const oneway *fit, double k);

#endif
