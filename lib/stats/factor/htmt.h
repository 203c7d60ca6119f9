/* The heterotrait-monotrait ratio of correlations: whether two sets of items measure two things. */
#ifndef STATS_FACTOR_HTMT_H
#define STATS_FACTOR_HTMT_H

#include <stddef.h>

/* Mean absolute correlation between the sets over the geometric mean of those within: by arithmetic
 * means (htmt, Henseler, Ringle & Sarstedt 2015) and by geometric ones (htmt2, Roemer, Schuberth &
 * Henseler 2021), as semTools. NaN when a set has fewer than two items, a variance is not positive,
 * or the items of a set are uncorrelated. */
typedef struct htmt_ratios {
    double htmt, htmt2;
} htmt_ratios;

/* covariance: items x items, with any divisor; set_of: for each item 0 or 1. */
htmt_ratios htmt_find(const double *covariance, size_t items, const int *set_of);

#endif
