/* Probabilities of the normal distribution, as rank tests need them. */
#ifndef STATS_DISTRIBUTIONS_NORMAL_H
#define STATS_DISTRIBUTIONS_NORMAL_H

/* The two-sided p of a whole-numbered statistic `away` from its expectation, with continuity
 * correction: half a step towards it. NaN unless sd > 0. */
double normal_two_sided(double away, double sd);

#endif
