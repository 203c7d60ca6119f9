/* The chi-square distribution, central and noncentral, as tests of fit need it. Plain numbers.
 * x above 1e12 gives NaN: no test of fit comes there, and the noncentral sum would take too long. */
#ifndef STATS_CHISQUARE_H
#define STATS_CHISQUARE_H

/* The probability of a value above x; NaN unless df > 0. */
double chisquare_above(double x, double df);

/* The probability of a value below x under noncentrality lambda; NaN unless df > 0 and lambda >= 0. */
double chisquare_noncentral_below(double x, double df, double lambda);

/* The noncentrality under which a value below x has that probability; 0 when even 0 gives less. */
double chisquare_noncentrality(double x, double df, double probability);

#endif
