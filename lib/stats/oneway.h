/* The variance components of groups by restricted maximum likelihood: one normal variance between groups, one
 * within, groups of any size (Patterson & Thompson 1971; the criterion is the one that lme4 prints, Bates,
 * Maechler, Bolker & Walker 2015, for y ~ 1 + (1 | group)). */
#ifndef STATS_ONEWAY_H
#define STATS_ONEWAY_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/anova.h"

typedef enum oneway_note {
    ONEWAY_FEW_GROUPS = 1, /* fewer than two groups, or none with two members: no components */
    ONEWAY_CONSTANT = 2,   /* all values are equal: no components */
    ONEWAY_NO_WITHIN = 4,  /* equal values in each group: sigma2 is 0 and the criterion has no bound */
    ONEWAY_BOUNDARY = 8    /* the likelihood is highest at tau2 = 0 */
} oneway_note;

typedef struct oneway {
    unsigned notes;
    double tau2, sigma2; /* between and within; NaN where a note says why */
    double icc1;         /* tau2/(tau2 + sigma2) */
    double mean, mean_se;
    double criterion;    /* -2 log restricted likelihood at its highest */
} oneway;

/* False when memory runs out. The order of the groups does not show. */
bool oneway_fit(const group_summary *groups, size_t count, oneway *out);

/* How reliable the mean of k members is: k tau2/(k tau2 + sigma2), the ICC(2) of a group of k. */
double oneway_reliability(const oneway *fit, double k);

#endif
