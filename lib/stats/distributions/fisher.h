/* The F distribution, to 1e-12 relative in both tails and for degrees of freedom from 0.1 to 1e9.
 * GSL's gsl_cdf_fdist_Q and Qinv lose digits from some 1e6 degrees of freedom on, which 10 million
 * ties have, and Qinv raises GSL's error handler. */
#ifndef STATS_DISTRIBUTIONS_FISHER_H
#define STATS_DISTRIBUTIONS_FISHER_H

/* P(F > f) and P(F < f). NaN unless f >= 0 and both degrees of freedom are above 0 and finite. */
double fisher_upper(double f, double df_above, double df_below);
double fisher_lower(double f, double df_above, double df_below);

/* The f above which F lies with probability `upper`. NaN unless 0 < upper < 1. */
double fisher_quantile(double upper, double df_above, double df_below);

#endif
