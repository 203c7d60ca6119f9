/* The tables of the analysis `factor`: what a row says, and which codes its note has. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analyses/factor/factors.h"
#include "stats/distributions/chisquare.h"

#define CASE_COUNTS                                                           \
    {                                                                         \
        "n", RELCOORD_INTEGER, RELCOORD_COUNT, "cases that answer every item" \
    }

static const column_spec fit_columns[] = {
    SCALE_COLUMNS,
    {"model", RELCOORD_STRING, RELCOORD_KEY,
     "one_factor, two_factors, or baseline: items that have nothing in common"},
    {"estimator", RELCOORD_STRING, RELCOORD_KEY,
     "ml: normal, independent answers; mlr: the robust test, respondents as clusters"},
    {"chisq", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "chi-square of the model; of mlr divided by its scaling"},
    {"df", RELCOORD_INTEGER, RELCOORD_COUNT, "its degrees of freedom"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "probability of a larger chi-square, were the model true"},
    {"cfi", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "comparative fit index"},
    {"tli", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "Tucker-Lewis index"},
    {"rmsea", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "root mean square error of approximation"},
    {"rmsea_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound of its 90 % interval"},
    {"rmsea_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound of its 90 % interval"},
    {"srmr", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standardised root mean square residual"},
    CASE_COUNTS,
    {"respondents", RELCOORD_INTEGER, RELCOORD_COUNT,
     "respondents whose cases these are: the clusters of mlr"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "cases without an answer to every item"},
    {"scaling", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "what the chi-square of ml is divided by; mlr only"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    FIT_MODEL = 2,
    FIT_CHISQ = 4,
    FIT_DF,
    FIT_P,
    FIT_CFI,
    FIT_TLI,
    FIT_RMSEA,
    FIT_LOW,
    FIT_HIGH,
    FIT_SRMR,
    FIT_N,
    FIT_RESPONDENTS,
    FIT_LEFT_OUT,
    FIT_SCALING
};

#define FIT_SHOWN "scale,basis,model,estimator,n,chisq,df,p,cfi,tli,rmsea,rmsea_low,rmsea_high,srmr"
static const view_spec fit_views[] = {
    {VIEW_LIST, "Fit of the factor models, robust", "estimator=mlr", FIT_SHOWN, NULL, NULL},
    {VIEW_LIST, "Fit of the factor models, for normal and independent answers", "estimator=ml",
     FIT_SHOWN, NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec loading_columns[] = {
    SCALE_COLUMNS,
    {"model", RELCOORD_STRING, RELCOORD_KEY, "one_factor or two_factors"},
    {"factor", RELCOORD_STRING, RELCOORD_KEY, "the scale, or one of its two parts"},
    ITEM_COLUMN,
    CASE_COUNTS,
    {"loading", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "loading on the factor, whose variance is 1, in the item's own units"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error"},
    INTERVAL_COLUMNS,
    {"loading_std", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "standardised loading: the item's correlation with the factor"},
    {"se_std", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the standardised loading"},
    {"std_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "lower bound of the standardised loading's confidence interval"},
    {"std_high", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "upper bound of the standardised loading's confidence interval"},
    {"residual", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "variance of the item that the factor leaves over"},
    {"residual_se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error"},
    {"residual_std", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its share of the item's variance"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    LOADING_N = 5,
    LOADING,
    LOADING_STD = 10,
    LOADING_RESIDUAL = 14,
    LOADING_RESIDUAL_SE,
    LOADING_RESIDUAL_STD,
    LOADING_ESTIMATOR
};

static const view_spec loading_views[] = {
    {VIEW_PIVOT, "Standardised loadings", NULL, "scale,basis,item", "model",
     "loading_std,std_low,std_high"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec correlation_columns[] = {
    SCALE_COLUMNS,
    {"factor", RELCOORD_STRING, RELCOORD_KEY, "a part of the scale"},
    {"other_factor", RELCOORD_STRING, RELCOORD_KEY, "its other part"},
    CASE_COUNTS,
    {"correlation", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "correlation of the two factors"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error"},
    INTERVAL_COLUMNS,
    {"htmt", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "heterotrait-monotrait ratio of correlations, arithmetic means"},
    {"htmt2", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same with geometric means"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec correlation_views[] = {
    {VIEW_LIST, "Two factors: do they measure two things?", NULL,
     "scale,basis,factor,other_factor,n,correlation,ci_low,ci_high,htmt,htmt2", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec eigenvalue_columns[] = {
    SCALE_COLUMNS,
    {"number", RELCOORD_INTEGER, RELCOORD_KEY, "place of the eigenvalue, the largest first"},
    CASE_COUNTS,
    {"eigenvalue", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "eigenvalue of the correlations of the items"},
    {"parallel", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "95th percentile of the same of independent normal variables"},
    {"retained", RELCOORD_STRING, RELCOORD_LABEL,
     "yes where it and all before it are larger than that; else no"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec eigenvalue_views[] = {
    {VIEW_LIST, "Parallel analysis: how many components stand out", NULL,
     "scale,basis,number,n,eigenvalue,parallel,retained", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec fit_table = {.name = "fit",
                              .help = "how well one model fits one scale",
                              .columns = fit_columns,
                              .views = fit_views,
                              .things = "df"};
const table_spec loadings_table = {.name = "loadings",
                                   .on_request = true,
                                   .help = "one item in one model of one scale",
                                   .columns = loading_columns,
                                   .views = loading_views,
                                   .labels = "item"};
const table_spec factor_correlations_table = {.name = "correlations",
                                              .help = "the two parts of one scale",
                                              .columns = correlation_columns,
                                              .views = correlation_views};
const table_spec eigenvalues_table = {.name = "eigenvalues",
                                      .on_request = true,
                                      .help = "one eigenvalue of one scale",
                                      .columns = eigenvalue_columns,
                                      .views = eigenvalue_views};

/* ---- Notes ---- */

/* What keeps the items from having correlations. */
static void add_reasons_of_cases(relcoord_table *table, const scale_factors *s)
{
    if (s->n < 3)
        table_add_note(table, "too_few");
    for (size_t j = 0; j < s->scale->k && s->any_constant && s->n >= 3; j++)
        if (scale_factors_constant(s, j))
            table_add_named_note(table, "constant_item", s->scale->items[j].name);
    if (s->n >= 3 && !s->finite)
        table_add_note(table, "undefined");
}

/* Why a model has no figures. */
static void add_reasons_of_model(relcoord_table *table, const scale_factors *s,
                                 const fitted_model *m)
{
    bool correlated = s->n >= 3 && s->finite && !s->any_constant,
         enough = (size_t)s->n > s->scale->k;
    add_reasons_of_cases(table, s);
    if (correlated && !enough)
        table_add_note(table, "too_few");
    if (s->scale->k < 3 || m->status == FACTOR_TOO_FEW_ITEMS)
        table_add_note(table, "too_few_items");
    else if (m->status == FACTOR_NOT_POSITIVE && correlated && enough)
        table_add_note(table, "singular");
    if (m->status == FACTOR_NOT_CONVERGED)
        table_add_note(table, "not_converged");
    if (m->status == FACTOR_NOT_IDENTIFIED)
        table_add_note(table, "not_identified");
}

static bool is_heywood(const fitted_model *m, size_t item)
{
    return !(factor_residual(&m->solution, item).value > 0);
}

static bool is_beyond_one(const fitted_model *m)
{
    return fabs(factor_correlation(&m->solution).value) > 1;
}

/* Names each item without a variance of its own, and a correlation that cannot be. */
static void add_heywood_notes(relcoord_table *table, const scale_factors *s, const fitted_model *m)
{
    for (size_t j = 0; j < s->scale->k; j++)
        if (is_heywood(m, j))
            table_add_named_note(table, "heywood", s->scale->items[j].name);
    if (is_beyond_one(m))
        table_add_note(table, "correlation_beyond_one");
}

/* Several cases of a respondent are taken for as many people. */
static void add_note_of_ties(relcoord_table *table, const scale_factors *s)
{
    if (s->n > s->respondents)
        table_add_note(table, "ties_as_independent");
}

/* Why robust errors are not there, or not to be trusted. */
static void add_robust_notes(relcoord_table *table, const fitted_model *m)
{
    if (m->robust_status != FACTOR_DONE)
        table_add_note(table, "no_robust_errors");
    else if (m->test.rank_deficient)
        table_add_note(table, "few_respondents");
}

/* ---- Rows ---- */

static size_t begin_row(relcoord_table *table, const scale_factors *s)
{
    size_t keys = cases_begin_row(table, &s->r->cases, s->group);
    table_set_string(table, keys, s->scale->name);
    table_set_string(table, keys + 1, scale_basis_names[s->basis]);
    return keys;
}

/* Whether the errors that are asked for are there. */
static bool has_errors(const scale_factors *s, const fitted_model *m)
{
    return !s->robust || m->robust_status == FACTOR_DONE;
}

/* Replaces the error by the bootstrap's, where there is one. */
static factor_estimate replace_error(factor_estimate e, const bootstrap_interval *resampled)
{
    return resampled ? (factor_estimate){e.value, resampled->se} : e;
}

/* An estimate, its error where that is to be had, and the interval: four columns. resampled: NULL
 * for those of a formula. */
static void write_estimate(relcoord_table *table, size_t column, const scale_factors *s,
                           const fitted_model *m, factor_estimate e,
                           const bootstrap_interval *resampled)
{
    double low, high;
    if (!resampled && !has_errors(s, m))
        e.se = NAN;
    e = replace_error(e, resampled);
    factor_interval(e, options_number(s->r->options, "confidence"), &low, &high);
    if (resampled) {
        low = resampled->low;
        high = resampled->high;
    }
    table_set_number(table, column, e.value);
    table_set_number(table, column + 1, e.se);
    table_set_number(table, column + 2, low);
    table_set_number(table, column + 3, high);
}

/* Of the errors that a row has. */
static void add_error_notes(relcoord_table *table, const scale_factors *s, const fitted_model *m,
                            factor_estimate e, const bootstrap_interval *resampled)
{
    if (resampled) {
        resampling_add_notes(table, s->r, resampled);
        return;
    }
    if (s->robust)
        add_robust_notes(table, m);
    else
        add_note_of_ties(table, s);
    if (isnan(e.se) && has_errors(s, m))
        table_add_note(table, "no_se");
}

/* What the errors are by. */
static const char *estimator_name(const scale_factors *s)
{
    if (resampling_wanted(s->r))
        return "ml_bootstrap";
    return s->robust ? "mlr" : "ml";
}

/* ---- Fit ---- */

static size_t begin_fit(relcoord_table *table, const scale_factors *s, const char *model,
                        bool robust)
{
    size_t keys = begin_row(table, s);
    table_set_string(table, keys + FIT_MODEL, model);
    table_set_string(table, keys + FIT_MODEL + 1, robust ? "mlr" : "ml");
    table_set_integer(table, keys + FIT_N, s->n);
    table_set_integer(table, keys + FIT_RESPONDENTS, s->respondents);
    table_set_integer(table, keys + FIT_LEFT_OUT, s->left_out);
    return keys;
}

static void write_indices(relcoord_table *table, size_t keys, const double values[8])
{
    static const size_t columns[] = {FIT_CHISQ, FIT_P,   FIT_CFI,  FIT_TLI,
                                     FIT_RMSEA, FIT_LOW, FIT_HIGH, FIT_SRMR};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        table_set_number(table, keys + columns[i], values[i]);
}

static void write_model_fit(relcoord_table *table, const scale_factors *s, factor_model_id id,
                            bool robust)
{
    const fitted_model *m = &s->models[id];
    const factor_indices *x = &m->indices;
    const factor_robust_test *t = &m->test;
    size_t keys = begin_fit(table, s, factor_model_names[id], robust);
    if (m->status != FACTOR_DONE) {
        add_reasons_of_model(table, s, m);
        return;
    }
    add_heywood_notes(table, s, m);
    table_set_integer(table, keys + FIT_DF, (int64_t)x->df);
    if (x->df == 0)
        table_add_note(table, "saturated");
    if (!robust) {
        write_indices(table, keys,
                      (double[]){x->chisq, x->p, x->cfi, x->tli, x->rmsea, x->rmsea_low,
                                 x->rmsea_high, x->srmr});
        add_note_of_ties(table, s);
        return;
    }
    add_robust_notes(table, m);
    table_set_number(table, keys + FIT_SRMR, x->srmr);
    if (m->robust_status != FACTOR_DONE)
        return;
    write_indices(
        table, keys,
        (double[]){t->chisq, t->p, t->cfi, t->tli, t->rmsea, t->rmsea_low, t->rmsea_high, x->srmr});
    table_set_number(table, keys + FIT_SCALING, t->scaling);
    if (x->df > 0 && isnan(t->cfi))
        table_add_note(table, "no_scaling");
}

/* Any model that is fitted knows the one of independent items; with a test, its scaling too. */
static void write_baseline(relcoord_table *table, const scale_factors *s, bool robust)
{
    bool second = s->models[ONE_FACTOR].status != FACTOR_DONE && s->has_parts;
    const fitted_model *m = &s->models[second ? TWO_FACTORS : ONE_FACTOR];
    size_t keys = begin_fit(table, s, "baseline", robust);
    double chisq = m->indices.baseline_chisq, scaling = robust ? m->test.baseline_scaling : 1;
    if (m->status != FACTOR_DONE) {
        add_reasons_of_model(table, s, &s->models[ONE_FACTOR]);
        return;
    }
    table_set_integer(table, keys + FIT_DF, (int64_t)m->indices.baseline_df);
    table_add_note(table, "baseline");
    if (!robust)
        add_note_of_ties(table, s);
    if (robust && m->robust_status != FACTOR_DONE) {
        table_add_note(table, "no_robust_errors");
        return;
    }
    if (isnan(scaling))
        table_add_note(table, m->indices.df == 0 ? "saturated" : "no_scaling");
    table_set_number(table, keys + FIT_CHISQ, chisq / scaling);
    table_set_number(table, keys + FIT_P,
                     chisquare_above(chisq / scaling, (double)m->indices.baseline_df));
    if (robust)
        table_set_number(table, keys + FIT_SCALING, scaling);
}

void write_fit(relcoord_table *table, const scale_factors *s)
{
    for (int robust = 0; robust <= 1; robust++) {
        write_model_fit(table, s, ONE_FACTOR, robust);
        if (s->has_parts)
            write_model_fit(table, s, TWO_FACTORS, robust);
        write_baseline(table, s, robust);
    }
}

/* ---- Loadings ---- */

static void write_loading(relcoord_table *table, const scale_factors *s, factor_model_id id,
                          size_t item)
{
    const fitted_model *m = &s->models[id];
    size_t keys = begin_row(table, s);
    table_set_string(table, keys + 2, factor_model_names[id]);
    table_set_string(table, keys + 3,
                     id == TWO_FACTORS ? s->parts[s->part_of[item]] : s->scale->name);
    table_set_string(table, keys + 4, s->scale->items[item].name);
    table_set_integer(table, keys + LOADING_N, s->n);
    table_set_string(table, keys + LOADING_ESTIMATOR, estimator_name(s));
    if (m->status != FACTOR_DONE) {
        add_reasons_of_model(table, s, m);
        return;
    }
    factor_estimate loading = factor_loading(&m->solution, item),
                    residual = factor_residual(&m->solution, item);
    const bootstrap_interval *of_loading = scale_factors_interval(s, id, FIGURE_LOADING, item);
    const bootstrap_interval *of_residual = scale_factors_interval(s, id, FIGURE_RESIDUAL, item);
    write_estimate(table, keys + LOADING, s, m, loading, of_loading);
    write_estimate(table, keys + LOADING_STD, s, m, factor_loading_standardised(&m->solution, item),
                   scale_factors_interval(s, id, FIGURE_LOADING_STD, item));
    table_set_number(table, keys + LOADING_RESIDUAL, residual.value);
    table_set_number(table, keys + LOADING_RESIDUAL_SE,
                     of_residual || has_errors(s, m) ? replace_error(residual, of_residual).se
                                                     : NAN);
    table_set_number(table, keys + LOADING_RESIDUAL_STD,
                     factor_residual_standardised(&m->solution, item).value);
    if (is_heywood(m, item))
        table_add_note(table, "heywood");
    add_error_notes(table, s, m, loading, of_loading);
}

void write_loadings(relcoord_table *table, const scale_factors *s)
{
    for (factor_model_id id = ONE_FACTOR; id < FACTOR_MODEL_COUNT; id++)
        for (size_t j = 0; j < s->scale->k && (id == ONE_FACTOR || s->has_parts); j++)
            write_loading(table, s, id, j);
}

/* ---- Correlations ---- */

void write_factor_correlations(relcoord_table *table, const scale_factors *s)
{
    const fitted_model *m = &s->models[TWO_FACTORS];
    if (!s->has_parts)
        return;
    size_t keys = begin_row(table, s);
    table_set_string(table, keys + 2, s->parts[0]);
    table_set_string(table, keys + 3, s->parts[1]);
    table_set_integer(table, keys + 4, s->n);
    table_set_number(table, keys + 9, s->htmt.htmt);
    table_set_number(table, keys + 10, s->htmt.htmt2);
    table_set_string(table, keys + 11, estimator_name(s));
    if (m->status != FACTOR_DONE) {
        add_reasons_of_model(table, s, m);
        return;
    }
    factor_estimate correlation = factor_correlation(&m->solution);
    const bootstrap_interval *resampled = scale_factors_interval(s, TWO_FACTORS, FIGURE_CORRELATION,
                                                                 0);
    write_estimate(table, keys + 5, s, m, correlation, resampled);
    if (is_beyond_one(m))
        table_add_note(table, "correlation_beyond_one");
    add_error_notes(table, s, m, correlation, resampled);
    if (isnan(s->htmt.htmt) || isnan(s->htmt.htmt2))
        table_add_note(table, "no_htmt");
}

/* ---- Eigenvalues ---- */

void write_eigenvalues(relcoord_table *table, const scale_factors *s)
{
    size_t k = s->scale->k,
           kept = s->has_eigenvalues ? parallel_retain(s->eigenvalues, s->parallel, k) : 0;
    for (size_t i = 0; i < k; i++) {
        size_t keys = begin_row(table, s);
        table_set_integer(table, keys + 2, (int64_t)i + 1);
        table_set_integer(table, keys + 3, s->n);
        table_set_string(table, keys + 7, "parallel_pca");
        add_reasons_of_cases(table, s);
        if (k < 2)
            table_add_note(table, "too_few_items");
        if (!s->has_eigenvalues)
            continue;
        table_set_number(table, keys + 4, s->eigenvalues[i]);
        table_set_number(table, keys + 5, s->parallel[i]);
        if (isnan(s->parallel[i]))
            table_add_note(table, "too_few");
        else
            table_set_string(table, keys + 6, i < kept ? "yes" : "no");
    }
}
