/* Tests and errors that hold when observations come in clusters and are not normal.
 *
 * With E half the Hessian of F, and B the clusters' scores' products summed over n, errors come
 * from E^-1 B E^-1 / n. The test's scaling is (tr(B1 A1^-1) - tr(B E^-1)) / df, A1 and B1 of the
 * saturated model (Asparouhov & Muthén 2005, "Multivariate statistical modeling with survey data",
 * (7)). Neither B1 nor A1 is made: a cluster whose residuals sum to u, with squares and products T
 * of k rows, adds u'S^-1 u + tr(D S^-1 D S^-1)/2, D = T - k S. Means are free in both models, as
 * lavaan has them under MLR: the model's own part of them is u'Sigma^-1 u. All B take the factor
 * g/(g-1), unless every cluster is a row: then, as in lavaan, there is none. */
#include <math.h>

#include "base/memory.h"
#include "stats/distributions/chisquare.h"
#include "stats/factor/factor.h"
#include "stats/factor/factor_indices.h"
#include "stats/factor/factor_model.h"
#include "stats/numbers/linear.h"

typedef struct robust_state {
    factor_solution *s;
    const factor_clusters *clusters;
    factor_model model;
    double saturated, means, baseline;                           /* traces */
    double *memory, *mean, *u, *t, *difference, *work, *inverse; /* inverse: of the correlations */
    double *score, *gradient, *meat, *observed, *bread;
} robust_state;

static bool make_state(robust_state *r, factor_solution *s, const factor_clusters *c)
{
    size_t p = s->items, square = p * p, count = s->parameters;
    *r = (robust_state){.s = s, .clusters = c};
    r->memory = memory_zeroed(2 * p + 4 * square + 2 * count + 3 * count * count,
                              sizeof *r->memory);
    if (!r->memory
        || !factor_model_make(&r->model, s->correlations, s->log_determinant, p, s->factors,
                              s->factor_of))
        return false;
    r->mean = r->memory;
    r->u = r->mean + p;
    r->t = r->u + p;
    r->difference = r->t + square;
    r->inverse = r->difference + square;
    r->work = r->inverse + square;
    r->score = r->work + square;
    r->gradient = r->score + count;
    r->meat = r->gradient + count;
    r->observed = r->meat + count * count;
    r->bread = r->observed + count * count;
    return true;
}

static void free_state(robust_state *r)
{
    factor_model_free(&r->model);
    memory_free(r->memory);
}

/* E^-1, and the model's matrices at the solution. */
static bool make_bread(robust_state *r)
{
    size_t p = r->s->items, count = r->s->parameters;
    double *scale = r->score; /* not wanted */
    if (!isfinite(factor_model_value(&r->model, r->s->parameter)))
        return false;
    factor_model_derive(&r->model, r->s->parameter, r->gradient, r->observed, scale);
    for (size_t i = 0; i < count * count; i++)
        r->observed[i] /= 2;
    return linear_inverse_positive(r->observed, count, r->bread, NULL)
           && linear_inverse_positive(r->s->correlations, p, r->inverse, NULL);
}

static double quadratic_form(const double *matrix, const double *at, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            sum += at[i] * matrix[i * n + j] * at[j];
    return sum;
}

/* tr(D M D M), both symmetric. */
static double trace_of_square(const double *d, const double *m, size_t n, double *work)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double entry = 0;
            for (size_t k = 0; k < n; k++)
                entry += d[i * n + k] * m[j * n + k];
            work[i * n + j] = entry;
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            sum += work[i * n + j] * work[j * n + i];
    return sum;
}

/* What a cluster of several rows, its products in r->t, adds to the traces, and its score. */
static void add_rows(robust_state *r, double size)
{
    const factor_solution *s = r->s;
    size_t p = s->items;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            r->t[i * p + j] /= s->scale[i] * s->scale[j];
            r->difference[i * p + j] = r->t[i * p + j] - size * s->correlations[i * p + j];
        }
        double variance = r->difference[i * p + i];
        r->baseline += variance * variance / 2;
    }
    r->saturated += trace_of_square(r->difference, r->inverse, p, r->work) / 2;
    for (size_t i = 0; i < p * p; i++)
        r->difference[i] = r->t[i] - size * r->model.sigma[i];
    factor_model_score(&r->model, r->difference, r->score, r->work);
}

/* The same of one row, whose products are u u': no matrix is multiplied by another. `form` is
 * u'S^-1 u. */
static void add_row(robust_state *r, double form)
{
    size_t p = r->s->items;
    for (size_t i = 0; i < p; i++) {
        double variance = r->u[i] * r->u[i] - r->s->correlations[i * p + i];
        r->baseline += variance * variance / 2;
    }
    r->saturated += (form * form - 2 * form + (double)p) / 2;
    factor_model_score_one(&r->model, r->u, r->score, r->work);
}

static void add_cluster(robust_state *r, size_t cluster)
{
    const factor_solution *s = r->s;
    size_t p = s->items, count = s->parameters;
    double size = r->clusters->size[cluster], form;
    factor_clusters_centre(r->clusters, cluster, r->mean, r->u, size > 1 ? r->t : NULL);
    for (size_t i = 0; i < p; i++) {
        r->u[i] /= s->scale[i];
        r->baseline += r->u[i] * r->u[i];
    }
    form = quadratic_form(r->inverse, r->u, p);
    r->saturated += form;
    r->means += quadratic_form(r->model.inverse, r->u, p);
    if (size > 1)
        add_rows(r, size);
    else
        add_row(r, form);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++)
            r->meat[a * count + b] += r->score[a] * r->score[b];
}

/* Divides what was summed by n, with the factor for few clusters. Whether a row is a cluster is
 * asked of whole numbers. */
static void divide_sums(robust_state *r)
{
    double g = (double)r->clusters->clusters, factor = (g < r->s->n ? g / (g - 1) : 1) / r->s->n;
    r->saturated *= factor;
    r->means *= factor;
    r->baseline *= factor;
    for (size_t i = 0; i < r->s->parameters * r->s->parameters; i++)
        r->meat[i] *= factor;
}

/* product = a * b, row after row as they lie. */
static void multiply(const double *a, const double *b, size_t n, double *product)
{
    for (size_t i = 0; i < n; i++) {
        double *row = product + i * n;
        for (size_t j = 0; j < n; j++)
            row[j] = 0;
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < n; j++)
                row[j] += a[i * n + k] * b[k * n + j];
    }
}

/* Puts bread * meat * bread / n into the solution; returns tr(meat * bread). */
static double make_sandwich(robust_state *r)
{
    factor_solution *s = r->s;
    size_t count = s->parameters;
    double *half = r->observed, trace = 0; /* E itself is not wanted any more */
    s->robust = s->covariance + count * count;
    multiply(r->meat, r->bread, count, half);
    multiply(r->bread, half, count, s->robust);
    for (size_t a = 0; a < count; a++)
        trace += half[a * count + a];
    for (size_t i = 0; i < count * count; i++)
        s->robust[i] /= s->n;
    return trace;
}

static void fill_test(const robust_state *r, double model_trace, double rmsea_confidence,
                      factor_robust_test *out)
{
    factor_misfit m = factor_find_misfit(r->s);
    m.scaling = (r->saturated - r->means - model_trace) / m.df;
    m.baseline_scaling = (r->saturated - r->baseline) / m.baseline_df;
    *out = (factor_robust_test){.clusters = r->clusters->clusters,
                                .df = (size_t)m.df,
                                .scaling = NAN,
                                .baseline_scaling = NAN,
                                .chisq = NAN,
                                .p = NAN,
                                .cfi = NAN,
                                .tli = NAN,
                                .rmsea = NAN,
                                .rmsea_low = NAN,
                                .rmsea_high = NAN,
                                .rank_deficient = r->clusters->clusters <= r->s->parameters};
    if (!(m.df > 0 && m.scaling > 0 && isfinite(m.scaling)))
        return;
    out->scaling = m.scaling;
    out->chisq = m.chisq / m.scaling;
    out->p = chisquare_above(out->chisq, m.df);
    out->rmsea = factor_find_rmsea(&m);
    factor_rmsea_interval(out->chisq, m.df, m.n, m.scaling, rmsea_confidence, &out->rmsea_low,
                          &out->rmsea_high);
    if (!(m.baseline_scaling > 0))
        return;
    out->baseline_scaling = m.baseline_scaling;
    out->cfi = factor_find_cfi(&m);
    out->tli = factor_find_tli(&m);
}

factor_status factor_test_clusters(factor_solution *s, const factor_clusters *c,
                                   double rmsea_confidence, factor_robust_test *out)
{
    robust_state r = {0};
    factor_status status = FACTOR_NO_MEMORY;
    if (c->clusters < 2 || c->items != s->items)
        return FACTOR_NOT_IDENTIFIED;
    if (!make_state(&r, s, c))
        goto done;
    status = FACTOR_NOT_IDENTIFIED;
    if (!make_bread(&r))
        goto done;
    factor_clusters_covariance(c, r.t, r.mean);
    for (size_t cluster = 0; cluster < c->clusters; cluster++)
        add_cluster(&r, cluster);
    divide_sums(&r);
    fill_test(&r, make_sandwich(&r), rmsea_confidence, out);
    status = FACTOR_DONE;
done:
    free_state(&r);
    return status;
}
