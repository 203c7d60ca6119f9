/* All reliability coefficients of one scale at once: from the covariances of its items, or from
 * sums over people with weights, as the bootstrap has them. Knows matrices and stats/, no table and
 * no option. */
#ifndef ENGINE_SCORES_COEFFICIENTS_H
#define ENGINE_SCORES_COEFFICIENTS_H

#include "engine/scores/scales.h"
#include "stats/factor/factor.h"
#include "stats/numbers/covariance.h"
#include "stats/reliability/reliability.h"
#include "stats/reliability/two_level.h"

typedef enum coefficient_id {
    ALPHA,
    ALPHA_STD,
    OMEGA_U,
    OMEGA_U_STD,
    LAMBDA2,
    LAMBDA2_STD,
    LAMBDA6,
    LAMBDA6_STD,
    LAMBDA4_MIN,
    LAMBDA4_MEAN,
    LAMBDA4_MAX,
    ALPHA_WITHIN,
    ALPHA_BETWEEN,
    OMEGA_WITHIN,
    OMEGA_BETWEEN,
    R_MEAN,
    R_MIN,
    R_MAX,
    SEM,
    MDC,
    COEFFICIENT_COUNT
} coefficient_id;

extern const char *const coefficient_names[COEFFICIENT_COUNT];

/* Whether it is of the levels within and between workgroups; whether it is of complete cases,
 * whatever the matrices. */
bool coefficient_is_of_levels(coefficient_id id);
bool coefficient_is_listwise(coefficient_id id);

/* Notes of a coefficient beside those of reliability.h. */
enum {
    COEFFICIENT_HEYWOOD = 1 << 16, /* `item`, the first whose residual variance is not positive */
    COEFFICIENT_NOT_CONVERGED = 1 << 17, /* the factor model has no minimum: no value */
    COEFFICIENT_NOT_IDENTIFIED = 1 << 18 /* its information matrix is singular: no value */
};

/* The factor models behind the omegas. */
typedef enum omega_model {
    OMEGA_OF_ALL,
    OMEGA_OF_WITHIN,
    OMEGA_OF_BETWEEN,
    OMEGA_MODELS
} omega_model;

/* What they are made from. */
typedef struct coefficient_matrices {
    size_t k;
    int64_t n; /* of a pairwise matrix the smallest number behind any pair */
    const double *covariance, *correlation;
    int64_t complete_n; /* complete cases, and their covariances: of the factor model */
    const double *complete;
    const two_level *levels; /* NULL when there are no workgroups */
    double confidence;       /* of the minimal detectable change */
    double *work;            /* k x k */
    factor_solution
        *solved; /* when not NULL, OMEGA_MODELS: filled with the solutions there are, to be freed */
    const factor_solution *start; /* of a resample, those of the sample: only models that have one
                                     are fitted, near it */
} coefficient_matrices;

/* What was found, and the standard errors of the factor model, NaN of all others. */
typedef struct coefficient_set {
    coefficient values[COEFFICIENT_COUNT];
    double se[COEFFICIENT_COUNT];
} coefficient_set;

/* RELCOORD_ENOMEM is the only failure. */
relcoord_status coefficients_find(const coefficient_matrices *m, coefficient_set *out,
                                  relcoord_error *err);

/* ---- Resampled ---- */

/* In coefficient_sums.c. What each of a group's members adds to the sums that the matrices are made
 * from. Values are taken less the item's first, so that nothing cancels, and an item that does not
 * vary has exactly no variance. */
typedef struct coefficient_sums {
    size_t k, members, workgroups, block; /* block: numbers a member has */
    bool pairwise, leveled;
    uint32_t *workgroup; /* by member, from 0 */
    double *sums; /* by member: complete cases n, S x, S xy; pairwise also each pair's n, x, y, xx,
                     yy, xy */
    int64_t n, complete_n;
    double confidence;
    const factor_solution *start; /* as coefficient_matrices has it */
} coefficient_sums;

relcoord_status coefficient_sums_make(const run *r, const scale *which,
                                      const group_members *members, scale_basis basis,
                                      bool pairwise, const coefficient_matrices *whole,
                                      coefficient_sums *out, relcoord_error *err);
void coefficient_sums_free(coefficient_sums *s);

/* The bytes of scratch that coefficient_sums_evaluate needs. */
size_t coefficient_sums_scratch(const coefficient_sums *s);
/* How many complete cases there are with weights; covariance, k x k, becomes theirs, sums divided
 * by that number. */
double coefficient_sums_complete(const coefficient_sums *s, const double *weights, void *scratch,
                                 double *covariance);
/* A bootstrap_statistic over COEFFICIENT_COUNT values; context: the sums. */
relcoord_status coefficient_sums_evaluate(const void *context, const double *weights, void *scratch,
                                          double *values, relcoord_error *err);

#endif
