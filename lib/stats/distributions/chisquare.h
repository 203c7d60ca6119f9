/* The chi-square distribution, central and noncentral, as tests of fit need it. Plain numbers.
 * Each is NaN unless df is a whole number of at least 1, and x, df and lambda stay below 1e10: no
 * test of fit comes there, and the noncentral sum would take too long. */
#ifndef STATS_DISTRIBUTIONS_CHISQUARE_H
#define STATS_DISTRIBUTIONS_CHISQUARE_H

/* The probability of a value above x. */
double chisquare_above(double x, double df);

/* The probability of a value below x under noncentrality lambda >= 0. */
double chisquare_noncentral_below(double x, double df, double lambda);

/* The noncentrality under which a value below x has that probability; 0 when even 0 gives less. */
double chisquare_noncentrality(double x, double df, double probability);

#endif
