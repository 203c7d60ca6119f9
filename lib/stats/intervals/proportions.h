/* Intervals of proportions: Wilson (1927), "Probable inference, the law of succession, and
 * statistical inference", and what a finite population leaves open. */
#ifndef STATS_INTERVALS_PROPORTIONS_H
#define STATS_INTERVALS_PROPORTIONS_H

typedef struct proportion_interval {
    double low, high; /* NaN where there is none */
} proportion_interval;

/* Wilson's score interval of `successes` among n. A population N > 0 replaces n by n (N - 1) / (N -
 * n), which takes those who did not answer as missing at random: the interval shrinks to the
 * proportion as n nears N. 0 is no population. No interval unless 0 <= successes <= n, 0 < n, n <=
 * N and 0 < confidence < 1. */
proportion_interval wilson_interval(double successes, double n, double population,
                                    double confidence);

/* What the proportion of a population of N could be at worst, should all others have answered one
 * way: [successes / N, (successes + N - n) / N]. */
proportion_interval proportion_worst_case(double successes, double n, double population);

#endif
