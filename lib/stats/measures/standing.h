/* How one unit stands among others: percentile ranks, means shrunk towards the mean of all, and
 * limits within which chance alone would keep a unit of its size. Plain arrays. */
#ifndef STATS_MEASURES_STANDING_H
#define STATS_MEASURES_STANDING_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/variance/anova.h"

/* Per cent of the others that are below, equal ones as half; NaN where there is no other. Values
 * that differ by rounding alone are equal. False when memory runs out. */
bool percentile_ranks(const double *values, size_t count, double *ranks);

typedef struct funnel {
    double centre, sd; /* the mean of all values, and what a value varies within its unit, pooled;
                          NaN where unknown */
} funnel;

/* After Spiegelhalter (2005): a unit of n lies within centre +- z sd / sqrt(n) by chance. */
funnel funnel_of(const group_summary *units, size_t count);
double funnel_reach(const funnel *f, double n, double confidence);

#endif
