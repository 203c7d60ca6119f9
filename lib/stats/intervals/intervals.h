/* Confidence intervals and the quantiles they need. */
#ifndef STATS_INTERVALS_INTERVALS_H
#define STATS_INTERVALS_INTERVALS_H

/* How far a two-sided interval of that confidence reaches, in standard errors: the quantile of
 * Student's t at (1 + confidence) / 2. NaN unless df >= 0.5 and 0 < confidence < 1. */
double student_reach(double confidence, double df);

/* The probability that Student's t lies as far from 0 as `t`, on either side. NaN unless df > 0 and
 * finite. */
double student_tails(double t, double df);

#endif
