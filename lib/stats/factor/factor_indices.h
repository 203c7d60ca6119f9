/* The indices of fit that are made of chi-squares, plain (scalings 1) and robust. Private to the
 * factor files. */
#ifndef STATS_FACTOR_FACTOR_INDICES_H
#define STATS_FACTOR_FACTOR_INDICES_H

#include "stats/factor/factor.h"

typedef struct factor_misfit {
    double n, chisq, df, scaling, baseline_chisq, baseline_df,
        baseline_scaling; /* chi-squares before scaling */
} factor_misfit;

factor_misfit factor_find_misfit(const factor_solution *s);
double factor_find_cfi(const factor_misfit *m);
double factor_find_tli(const factor_misfit *m);
double factor_find_rmsea(const factor_misfit *m);

#endif
