/* Confirmatory factor analysis of one factor or two correlated factors, each item on one of them:
 * maximum likelihood on a covariance matrix without means (Jöreskog 1969), as lavaan's cfa(std.lv =
 * TRUE) has it, chi-square = n F. Plain arrays in; knows no survey, no option, no table. */
#ifndef STATS_FACTOR_FACTOR_H
#define STATS_FACTOR_FACTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/factor/factor_clusters.h"

typedef enum factor_status {
    FACTOR_DONE,
    FACTOR_NO_MEMORY,
    FACTOR_TOO_FEW_ITEMS, /* one factor needs 3 items, two need 2 each */
    FACTOR_NOT_POSITIVE, /* the covariance matrix is not positive definite: a constant item, too few
                            cases, … */
    FACTOR_NOT_CONVERGED,  /* no minimum, or only towards infinite loadings */
    FACTOR_NOT_IDENTIFIED, /* a minimum at which the information matrix is singular: no errors, no
                              df */
} factor_status;

typedef struct factor_estimate {
    double value, se;
} factor_estimate;

/* A fitted model. Parameters are those of the correlation matrix: loadings, residual variances,
 * then with two factors their correlation. Each factor's loadings have a sum that is not
 * negative. */
typedef struct factor_solution {
    size_t items, factors, parameters;
    double n;
    double discrepancy;     /* F at the minimum */
    double log_determinant; /* of the correlations */
    size_t heywood; /* residual variances that are not positive, and 1 for a correlation beyond 1 */
    int *factor_of; /* by item, 0 or 1 */
    double *scale;  /* by item: the standard deviation, sums divided by n */
    double *correlations; /* the matrix that was modelled, items x items */
    double *parameter;
    double *covariance; /* of the parameters, from the expected information */
    double *robust;     /* the same by the sandwich of factor_test_clusters; NULL before */
    double *memory;
} factor_solution;

/* Fits the model. covariance: items x items, sums of squares divided by n, not by n - 1. factor_of:
 * for each item 0 or 1, or NULL for one factor. On FACTOR_DONE *out is to be freed; else it is all
 * zero. */
factor_status factor_fit(const double *covariance, size_t items, double n, const int *factor_of,
                         factor_solution *out);

/* The same from another solution of the same items, and, where that leads to no proper minimum,
 * from one start only; in few steps: of a resample, whose solution is near that of the sample.
 * FACTOR_NOT_CONVERGED where none is found. */
factor_status factor_refit(const double *covariance, double n, const factor_solution *start,
                           factor_solution *out);
void factor_solution_free(factor_solution *s);

/* Estimates with their standard errors, which are by the delta method where need be, and robust
 * once factor_test_clusters has been called. A standard error is NaN where its variance is not
 * positive. */
factor_estimate factor_loading(const factor_solution *s, size_t item);
factor_estimate factor_residual(const factor_solution *s, size_t item);
factor_estimate factor_loading_standardised(const factor_solution *s, size_t item);
factor_estimate factor_residual_standardised(const factor_solution *s, size_t item);
/* The correlation of two factors; NaN when there is one. */
factor_estimate factor_correlation(const factor_solution *s);

/* McDonald's omega of a unidimensional scale (1999), (S lambda)^2 / ((S lambda)^2 + S theta), over
 * all items of a one-factor solution: of the covariances, or of the correlations with standard
 * errors that know that the standard deviations are estimated, too. NaN with two factors, or when
 * the denominator is not positive. */
factor_estimate factor_omega(const factor_solution *s);
factor_estimate factor_omega_standardised(const factor_solution *s);

/* The normal interval value -/+ z se, as lavaan's; not cut at -1 and 1. */
void factor_interval(factor_estimate e, double confidence, double *low, double *high);

/* ---- Fit ---- */

/* Measures of fit: CFI (Bentler 1990), TLI (Tucker & Lewis 1973), RMSEA (Steiger & Lind 1980) with
 * its interval, SRMR (Bentler 1995). With df 0 there is nothing to test: p is NaN, cfi and tli 1,
 * rmsea 0, as lavaan has it. */
typedef struct factor_indices {
    double chisq, p, cfi, tli, rmsea, rmsea_low, rmsea_high, srmr;
    double baseline_chisq; /* of the model of independent items */
    size_t df, baseline_df;
} factor_indices;

/* rmsea_confidence: 0.9 by custom. */
void factor_assess(const factor_solution *s, double rmsea_confidence, factor_indices *out);

/* The RMSEA's noncentral interval: the bounds at which a chi-square of that size would be unlikely.
 * scaling: 1, or that of a robust test whose scaled chi-square this is. */
void factor_rmsea_interval(double chisq, double df, double n, double scaling, double confidence,
                           double *low, double *high);

/* ---- Answers in clusters ---- */

/* The test of Yuan & Bentler (2000) in the variant that Asparouhov & Muthén (2005) describe, over
 * clusters of observations, and the indices that take its scaling in (Brosseau-Liard & Savalei
 * 2014), as lavaan's estimator = "MLR" with cluster, or without where every cluster is one
 * observation. chisq is the scaled one. */
typedef struct factor_robust_test {
    size_t clusters, df;
    double scaling,
        baseline_scaling; /* NaN with df 0, or when not positive; then the rest is NaN, too */
    double chisq, p, cfi, tli, rmsea, rmsea_low, rmsea_high;
    bool rank_deficient; /* no more clusters than parameters: the errors are not to be trusted */
} factor_robust_test;

/* Tests the solution, and gives it robust standard errors. c: the moments whose covariance was
 * modelled. Fails with FACTOR_NO_MEMORY, or FACTOR_NOT_IDENTIFIED: fewer than two clusters, or the
 * observed information is singular. */
factor_status factor_test_clusters(factor_solution *s, const factor_clusters *c,
                                   double rmsea_confidence, factor_robust_test *out);

#endif
