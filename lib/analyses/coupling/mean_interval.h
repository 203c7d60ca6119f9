/* The interval of a mean over people, by Student's t. */
#ifndef ANALYSES_COUPLING_MEAN_INTERVAL_H
#define ANALYSES_COUPLING_MEAN_INTERVAL_H

#include "stats/variance/anova.h"
#include "tables/table.h"

/* The spread of people's values about their mean, and the mean's interval; NaN with
 * fewer than two. */
typedef struct mean_interval {
    double sd, se, low, high;
} mean_interval;

mean_interval coupling_interval(const group_summary *values, double confidence);

/* Fills the columns se, ci_low and ci_high; notes that there were too few. */
void coupling_write_interval(relcoord_table *table, size_t column, const mean_interval *interval);

#endif
