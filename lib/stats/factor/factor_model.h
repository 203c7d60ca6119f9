/* The confirmatory factor model with one factor or two correlated ones, each item on one factor,
 * factors of variance 1: Sigma_ij = lambda_i phi(f_i, f_j) lambda_j, plus theta_i on the diagonal.
 * Its maximum likelihood discrepancy F = ln|Sigma| - ln|S| + tr(S Sigma^-1) - p (Jöreskog 1969)
 * with exact derivatives. Private to the factor files. */
#ifndef STATS_FACTOR_FACTOR_MODEL_H
#define STATS_FACTOR_FACTOR_MODEL_H

#include <stdbool.h>
#include <stddef.h>

enum { MOST_FACTORS = 2 };

/* Parameters stand in one array: loadings, residual variances, then with two factors their
 * correlation. */
typedef struct factor_model {
    size_t items, factors, parameters;
    const int *factor_of; /* by item 0 or 1; the caller's */
    double *target;       /* the matrix S that is modelled, items x items */
    double log_determinant;
    double *sigma, *inverse; /* of the parameters that value was last asked for */
    double *weighted;        /* Sigma^-1 S Sigma^-1 */
    double *directions;      /* items x DIRECTIONS, see factor_model.c */
    double *forms, *weighted_forms;
    double *memory;
} factor_model;

/* Makes a model of a positive definite correlation matrix. False when memory runs out. */
bool factor_model_make(factor_model *m, const double *target, double log_determinant, size_t items,
                       size_t factors, const int *factor_of);
void factor_model_free(factor_model *m);

/* F; NaN where Sigma is not positive definite. user is the factor_model. */
double factor_model_value(void *user, const double *at);

/* Gradient and Hessian of F, and the diagonal of the expected Hessian, at the parameters of the
 * last value. */
void factor_model_derive(void *user, const double *at, double *gradient, double *hessian,
                         double *scale);

/* The expected Hessian, tr(Sigma^-1 Sigma_a Sigma^-1 Sigma_b), there. */
void factor_model_expect(factor_model *m, double *hessian);

/* Half tr(Sigma_a Sigma^-1 D Sigma^-1) for each parameter a, there: what observations whose sum of
 * squares and products differs by D from what is expected add to the gradient of the
 * log-likelihood. To be asked after the derivatives there. work: items. */
void factor_model_score(const factor_model *m, const double *difference, double *score,
                        double *work);
/* The same for one observation, by its differences from the means: D = r r' - Sigma. */
void factor_model_score_one(const factor_model *m, const double *residuals, double *score,
                            double *work);

/* Where to begin: each factor's first principal axis, at about that communality. False when memory
 * runs out. */
bool factor_model_start(const factor_model *m, double communality, double *at);

#endif
