/* Per cents as whole numbers: each rounded half up, or all together by the method of the largest
 * remainder (Hare and Niemeyer; Balinski & Young 1982, "Fair representation", ch. 3), so that they
 * add up to 100. Plain arrays. */
#ifndef STATS_NUMBERS_ROUNDING_H
#define STATS_NUMBERS_ROUNDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 100 part / whole, half up: exact where both are whole numbers below 2^46. */
int64_t percent_rounded(double part, double whole);

/* The same of `count` parts that make up the whole, with a sum of 100: each gets the whole number
 * below its per cent, and those with the largest remainders one more, of equal ones the first.
 * Parts not negative, whole positive. */
void percents_to_100(const double *parts, size_t count, double whole, int64_t *out);

#endif
