/* Ranks of values, equal ones having the mean of their places. */
#ifndef STATS_NUMBERS_RANKS_H
#define STATS_NUMBERS_RANKS_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the rank of each value, from 1; none of them is NaN. *ties becomes S (t^3 - t) over the
 * sets of t equal values, which is 0 when all differ. False when memory runs out. */
bool ranks_find(const double *values, size_t count, double *ranks, double *ties);

#endif
