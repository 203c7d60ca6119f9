/* Quantiles of samples: type 7 of Hyndman & Fan (1996), "Sample quantiles in statistical packages",
 * the default of R's quantile. */
#ifndef STATS_NUMBERS_QUANTILES_H
#define STATS_NUMBERS_QUANTILES_H

#include <stddef.h>

/* Sorts numbers, none of them NaN, in ascending order. */
void numbers_sort(double *numbers, size_t count);

/* A number and where it stood. */
typedef struct placed_number {
    double value;
    size_t place;
} placed_number;

/* The same for these; equal ones by place, so that there is one order. */
void placed_numbers_sort(placed_number *list, size_t count);

/* The values, none of them NaN, with their places, sorted so; NULL when memory runs out. */
placed_number *placed_numbers_of(const double *values, size_t count);

/* The quantile at 0 <= p <= 1 of sorted numbers: between the neighbours of place (count - 1) p,
 * counted from 0. NaN when there is no number or no such p. */
double quantile_sorted(const double *sorted, size_t count, double p);

/* The same of numbers in any order, none of them NaN, which it brings into another: it takes time
 * in proportion to their count (Hoare 1961, "Algorithm 65: find"). */
double quantile_select(double *numbers, size_t count, double p);

#endif
