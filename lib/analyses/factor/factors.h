/* The factor structure of one scale in one group of `by`, on one basis: what the tables of the
 * analysis `factor` are written from. */
#ifndef ANALYSES_FACTOR_FACTORS_H
#define ANALYSES_FACTOR_FACTORS_H

#include "base/parallel.h"
#include "engine/resampling.h"
#include "engine/scores/scales.h"
#include "stats/factor/factor.h"
#include "stats/factor/htmt.h"
#include "stats/factor/parallel_analysis.h"

typedef enum factor_model_id { ONE_FACTOR, TWO_FACTORS, FACTOR_MODEL_COUNT } factor_model_id;

extern const char *const factor_model_names[FACTOR_MODEL_COUNT]; /* "one_factor", "two_factors" */

/* The level of the RMSEA's interval: by custom, whatever the option `confidence` is. */
#define RMSEA_CONFIDENCE 0.9

/* A model of the covariances. The rest is there when `status` is FACTOR_DONE. */
typedef struct fitted_model {
    factor_status status;
    factor_solution solution;
    factor_indices indices;
    factor_status robust_status; /* of `test`, and of the robust errors when they are asked for */
    factor_robust_test test;
} fitted_model;

typedef struct scale_factors {
    const run *r;
    uint32_t group;
    const scale *scale;
    scale_basis basis;

    int64_t n, left_out; /* cases that answer every item, and the others */
    int64_t respondents; /* those with such a case */
    bool robust;         /* robust errors are asked for */
    bool finite;         /* the variances are numbers */
    bool any_constant;
    double *covariance; /* k x k, sums divided by n */
    fitted_model models[FACTOR_MODEL_COUNT];

    bool has_parts; /* the scale has two: */
    int *part_of;   /* by item, 0 or 1 */
    const char *parts[2];
    htmt_ratios htmt;

    bool has_eigenvalues;
    double *eigenvalues, *parallel; /* k each; parallel: NaN until found */

    bootstrap_interval
        *resampled; /* NULL when they are not asked for; see scale_factors_interval */
    double *memory;
} scale_factors;

/* Works out all but what is simulated. out: r, group, scale, basis and robust are set, the rest is
 * zero; to be freed whatever comes of it. RELCOORD_ENOMEM is the only failure. */
relcoord_status scale_factors_find(scale_factors *out, relcoord_error *err);
void scale_factors_free(scale_factors *s);

/* Whether an item does not vary. */
bool scale_factors_constant(const scale_factors *s, size_t item);

/* Runs tasks on the run's threads and reports progress every so many of them, whatever the
 * threads. */
relcoord_status work_in_rounds(const run *r, size_t count, parallel_task task, void *user,
                               work_share share, relcoord_error *err);

/* Simulates what eigenvalues would be by chance. Nothing is done where there are not enough cases
 * or items. */
relcoord_status scale_factors_simulate(scale_factors *s, work_share share, relcoord_error *err);

/* ---- Resampled, in resampling.c ---- */

/* What has a bootstrap interval: for each item, and of two factors their correlation. */
typedef enum factor_figure {
    FIGURE_LOADING,
    FIGURE_LOADING_STD,
    FIGURE_RESIDUAL,
    FIGURE_CORRELATION
} factor_figure;

/* Draws people and fits the models that there are again. */
relcoord_status scale_factors_resample(scale_factors *s, work_share share, relcoord_error *err);

/* The interval of a figure; item 0 of a correlation. NULL when there is none. */
const bootstrap_interval *scale_factors_interval(const scale_factors *s, factor_model_id id,
                                                 factor_figure figure, size_t item);

extern const table_spec fit_table, loadings_table, factor_correlations_table, eigenvalues_table;

/* Add rows to a table of that spec. */
void write_fit(relcoord_table *table, const scale_factors *s);
void write_loadings(relcoord_table *table, const scale_factors *s);
void write_factor_correlations(relcoord_table *table, const scale_factors *s);
void write_eigenvalues(relcoord_table *table, const scale_factors *s);

#endif
