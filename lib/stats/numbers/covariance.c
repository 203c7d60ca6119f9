/* Covariances and correlations of items. Numerators of whole numbers are formed in 64 bits wherever
 * they fit, so that one division is all the rounding there is. */
#include "stats/numbers/covariance.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#include "base/memory.h"
#include "stats/numbers/moments.h"

/* Up to this size whole numbers are summed as such: their squares leave room for 2^36 rows. */
static const double largest_whole = 8192;

void pair_sums_merge(pair_sums *into, const pair_sums *from)
{
    into->n += from->n;
    into->x += from->x;
    into->y += from->y;
    into->xx += from->xx;
    into->yy += from->yy;
    into->xy += from->xy;
}

/* ---- Exact sums ---- */

static int64_t round_quotient(int64_t sum, int64_t n)
{
    return (sum < 0 ? sum - n / 2 : sum + n / 2) / n;
}

/* n S(x-mx)(y-my), about the whole numbers nearest to the means. What is left of the means is at
 * most half, so the products fit 64 bits for any n below 2^31; beyond, doubles have the digits that
 * matter. */
static double scatter_of(int64_t n, int64_t x, int64_t y, int64_t xy)
{
    int64_t cx = round_quotient(x, n), cy = round_quotient(y, n);
    int64_t rest_x = x - n * cx, rest_y = y - n * cy;
    int64_t about = xy - cx * y - cy * x + n * cx * cy;
    const int64_t fits = INT64_C(1) << 31;
    if (n < fits && about < fits && about > -fits)
        return (double)(n * about - rest_x * rest_y);
    return (double)n * (double)about - (double)rest_x * (double)rest_y;
}

double pair_sums_scatter(const pair_sums *s)
{
    return scatter_of(s->n, s->x, s->y, s->xy);
}

double pair_sums_covariance(const pair_sums *s, double unit)
{
    if (s->n < 2)
        return NAN;
    return scatter_of(s->n, s->x, s->y, s->xy) / ((double)s->n * (double)(s->n - 1) * unit * unit);
}

static double correlation_of(double xy, double xx, double yy)
{
    if (!(xx > 0 && yy > 0))
        return NAN;
    return fmax(-1, fmin(1, xy / xx * sqrt(xx / yy))); /* exactly 1 for an item with itself */
}

double pair_sums_correlation(const pair_sums *s)
{
    if (s->n < 2)
        return NAN;
    return correlation_of(scatter_of(s->n, s->x, s->y, s->xy), scatter_of(s->n, s->x, s->x, s->xx),
                          scatter_of(s->n, s->y, s->y, s->yy));
}

/* ---- Compensated sums ---- */

/* As pair_sums, of values less their items' means. */
typedef struct pair_totals {
    int64_t n;
    total x, y, xx, yy, xy;
} pair_totals;

static void pair_totals_add(pair_totals *t, double x, double y)
{
    t->n++;
    total_add(&t->x, x);
    total_add(&t->y, y);
    total_add(&t->xx, x * x);
    total_add(&t->yy, y * y);
    total_add(&t->xy, x * y);
}

/* What is left of squares that cancel is no variance. */
static double scatter_left(double n, const total *x, const total *y, const total *xy)
{
    double raw = total_value(xy), scatter = raw - total_value(x) * total_value(y) / n;
    return x == y && scatter <= 4 * DBL_EPSILON * raw ? 0 : scatter;
}

/* ---- Matrices ---- */

static size_t pair_count(size_t k)
{
    return k * (k + 1) / 2;
}

static bool covariances_new(size_t k, covariances *out)
{
    *out = (covariances){.k = k};
    size_t square = k * k;
    if (k > SIZE_MAX / 64 / (k + 1))
        return false;
    static_assert(sizeof(double) == sizeof(int64_t), "one block holds both");
    out->memory = memory_new(3 * square + k, sizeof(double));
    if (!out->memory)
        return false;
    out->n = out->memory;
    out->covariance = (double *)(out->n + square);
    out->correlation = out->covariance + square;
    out->means = out->correlation + square;
    return true;
}

void covariances_free(covariances *c)
{
    memory_free(c->memory);
    *c = (covariances){0};
}

static void set_pair(covariances *c, size_t i, size_t j, int64_t n, double covariance,
                     double correlation)
{
    size_t k = c->k;
    c->n[i * k + j] = c->n[j * k + i] = n;
    c->covariance[i * k + j] = c->covariance[j * k + i] = covariance;
    c->correlation[i * k + j] = c->correlation[j * k + i] = correlation;
}

static void set_pairs_of_sums(covariances *c, const pair_sums *sums, double unit)
{
    for (size_t i = 0; i < c->k; i++)
        for (size_t j = 0; j <= i; j++, sums++) {
            set_pair(c, i, j, sums->n, pair_sums_covariance(sums, unit),
                     pair_sums_correlation(sums));
            if (i == j)
                c->means[i] = sums->n ? (double)sums->x / ((double)sums->n * unit) : NAN;
        }
}

bool covariances_of_sums(const pair_sums *sums, size_t k, double unit, covariances *out)
{
    if (!covariances_new(k, out))
        return false;
    set_pairs_of_sums(out, sums, unit);
    return true;
}

static size_t count_answers(const double *row, size_t k)
{
    size_t answers = 0;
    for (size_t j = 0; j < k; j++)
        answers += isfinite(row[j]) != 0;
    return answers;
}

/* Also counts the cases. Whether every answer is a whole number small enough to be summed as
 * one. */
static bool survey_values(const double *values, size_t rows, covariances *c)
{
    bool whole = true;
    for (size_t r = 0; r < rows; r++) {
        const double *row = values + r * c->k;
        size_t answers = count_answers(row, c->k);
        c->cases += answers > 0;
        c->complete += answers == c->k;
        for (size_t j = 0; whole && j < c->k; j++)
            whole = !isfinite(row[j]) || (fabs(row[j]) <= largest_whole && row[j] == floor(row[j]));
    }
    return whole && rows <= (size_t)(UINT64_C(1) << 36);
}

static bool is_used(const double *row, size_t k, covariance_use use)
{
    return use == COVARIANCE_PAIRWISE || count_answers(row, k) == k;
}

static bool add_whole(const double *values, size_t rows, covariance_use use, covariances *c)
{
    size_t k = c->k;
    pair_sums *sums = memory_zeroed(pair_count(k), sizeof *sums);
    if (!sums)
        return false;
    for (const double *row = values; row != values + rows * k; row += k) {
        if (!is_used(row, k, use))
            continue;
        pair_sums *pair = sums;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++, pair++)
                if (isfinite(row[i]) && isfinite(row[j]))
                    pair_sums_add(pair, (int64_t)row[i], (int64_t)row[j]);
    }
    set_pairs_of_sums(c, sums, 1);
    memory_free(sums);
    return true;
}

/* Each item's mean as its first value and what the others are beside it on average: of an item that
 * does not vary, exactly its value. */
static void set_means(const double *values, size_t rows, covariance_use use, covariances *c)
{
    size_t k = c->k;
    for (size_t j = 0; j < k; j++) {
        double first = NAN, n = 0;
        total beside = {0, 0};
        for (const double *row = values; row != values + rows * k; row += k) {
            if (!isfinite(row[j]) || !is_used(row, k, use))
                continue;
            first = n > 0 ? first : row[j];
            total_add(&beside, row[j] - first);
            n++;
        }
        c->means[j] = first + total_value(&beside) / n;
    }
}

static bool add_values(const double *values, size_t rows, covariance_use use, covariances *c)
{
    size_t k = c->k;
    pair_totals *totals = memory_zeroed(pair_count(k), sizeof *totals), *pair;
    if (!totals)
        return false;
    set_means(values, rows, use, c);
    for (const double *row = values; row != values + rows * k; row += k) {
        if (!is_used(row, k, use))
            continue;
        pair = totals;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++, pair++)
                if (isfinite(row[i]) && isfinite(row[j]))
                    pair_totals_add(pair, row[i] - c->means[i], row[j] - c->means[j]);
    }
    pair = totals;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, pair++) {
            double n = (double)pair->n, xx = scatter_left(n, &pair->x, &pair->x, &pair->xx);
            double yy = scatter_left(n, &pair->y, &pair->y, &pair->yy);
            double xy = i == j             ? xx
                        : xx > 0 && yy > 0 ? scatter_left(n, &pair->x, &pair->y, &pair->xy)
                                           : 0;
            bool enough = pair->n >= 2;
            set_pair(c, i, j, pair->n, enough ? xy / (n - 1) : NAN,
                     enough ? correlation_of(xy, xx, yy) : NAN);
        }
    memory_free(totals);
    return true;
}

bool covariances_of_values(const double *values, size_t rows, size_t k, covariance_use use,
                           covariances *out)
{
    if (!covariances_new(k, out))
        return false;
    bool whole = survey_values(values, rows, out);
    if (whole ? add_whole(values, rows, use, out) : add_values(values, rows, use, out))
        return true;
    covariances_free(out);
    return false;
}

void covariance_standardise(const double *covariance, size_t k, double *correlation)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < i; j++) {
            double r = correlation_of(covariance[i * k + j], covariance[i * k + i],
                                      covariance[j * k + j]);
            correlation[i * k + j] = correlation[j * k + i] = r;
        }
    for (size_t i = 0; i < k; i++)
        correlation[i * k + i] = covariance[i * k + i] > 0 ? 1 : NAN;
}
