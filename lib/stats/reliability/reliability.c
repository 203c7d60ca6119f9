/* Alpha, lambda 2, lambda 6, their intervals, and the errors of measurement that follow. Formulas
 * as in the header; sums of a matrix are compensated, so that items that cancel do so. */
#include "stats/reliability/reliability.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/distributions/fisher.h"
#include "stats/numbers/linear.h"
#include "stats/numbers/moments.h"

/* ---- What keeps a coefficient from having a value ---- */

/* Fewer cases would leave no degree of freedom to tell items from chance. */
enum { LEAST_ITEMS = 2, LEAST_CASES = 3 };

static void name_item(coefficient *c, reliability_note note, size_t item)
{
    c->notes |= (unsigned)note;
    c->item = item < c->item ? item : c->item;
}

/* Variances that are not there, 0 or below, and pairs that are not there. */
static void inspect_matrix(const double *matrix, size_t k, coefficient *c)
{
    for (size_t i = 0; i < k; i++) {
        double variance = matrix[i * k + i];
        if (!(fabs(variance) > 0))
            name_item(c, RELIABILITY_CONSTANT_ITEM, i);
        else if (variance < 0)
            name_item(c, RELIABILITY_IMPROPER, i);
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (isnan(matrix[i * k + j]) && !isnan(matrix[i * k + i]) && !isnan(matrix[j * k + j]))
                name_item(c, RELIABILITY_EMPTY_PAIR, i);
}

typedef struct matrix_sums {
    double all, diagonal, others, other_squares; /* others: off the diagonal */
} matrix_sums;

/* What cancels but for rounding is 0. */
static double add_parts(double diagonal, double others, double size, size_t k)
{
    double all = diagonal + others;
    return fabs(all) <= 4 * (double)k * DBL_EPSILON * size ? 0 : all;
}

static matrix_sums sum_matrix(const double *matrix, size_t k)
{
    total diagonal = {0, 0}, others = {0, 0}, squares = {0, 0};
    double size = 0;
    for (size_t i = 0; i < k * k; i++) {
        bool on = i % (k + 1) == 0;
        total_add(on ? &diagonal : &others, matrix[i]);
        if (!on)
            total_add(&squares, matrix[i] * matrix[i]);
        size += fabs(matrix[i]);
    }
    matrix_sums s = {0, total_value(&diagonal), total_value(&others), total_value(&squares)};
    s.all = add_parts(s.diagonal, s.others, size, k);
    return s;
}

/* The notes that any coefficient has; `sums` is set unless there are NaNs. */
static coefficient inspect(const double *matrix, size_t k, int64_t n, matrix_sums *sums)
{
    coefficient c = {NAN, 0, k};
    if (k < LEAST_ITEMS)
        c.notes |= RELIABILITY_FEW_ITEMS;
    if (n < LEAST_CASES)
        c.notes |= RELIABILITY_FEW_CASES;
    if (c.notes)
        return c;
    inspect_matrix(matrix, k, &c);
    *sums = sum_matrix(matrix, k);
    if (sums->all <= 0)
        c.notes |= RELIABILITY_NO_VARIANCE;
    return c;
}

static bool has_value(const coefficient *c)
{
    return !(c->notes & ~(unsigned)(RELIABILITY_CONSTANT_ITEM | RELIABILITY_IMPROPER));
}

/* A NaN that comes of a NaN in the matrix has its note already. */
static coefficient with_value(coefficient c, double value)
{
    c.value = value;
    c.notes |= value < 0 ? RELIABILITY_NEGATIVE : 0;
    return c;
}

/* ---- Coefficients ---- */

coefficient reliability_alpha(const double *matrix, size_t k, int64_t n)
{
    matrix_sums s;
    coefficient c = inspect(matrix, k, n, &s);
    double items = (double)k;
    return has_value(&c) ? with_value(c, items / (items - 1) * (s.others / s.all)) : c;
}

double reliability_alpha_of_sums(double diagonal, double others, double size, size_t k, int64_t n)
{
    double all = add_parts(diagonal, others, size, k), items = (double)k;
    if (k < LEAST_ITEMS || n < LEAST_CASES || all <= 0)
        return NAN;
    return items / (items - 1) * (others / all);
}

coefficient reliability_lambda2(const double *matrix, size_t k, int64_t n)
{
    matrix_sums s;
    coefficient c = inspect(matrix, k, n, &s);
    double items = (double)k;
    return has_value(&c)
               ? with_value(c, (s.others + sqrt(items / (items - 1) * s.other_squares)) / s.all)
               : c;
}

coefficient reliability_lambda6(const double *matrix, size_t k, int64_t n, double *work)
{
    matrix_sums s;
    coefficient c = inspect(matrix, k, n, &s);
    if (c.notes)
        return c;
    if (!linear_inverse_positive(matrix, k, work, NULL)) {
        c.notes |= RELIABILITY_SINGULAR;
        return c;
    }
    double unexplained = 0; /* S s_j^2 (1 - SMC_j), each the reciprocal of the inverse's diagonal */
    for (size_t j = 0; j < k; j++)
        unexplained += 1 / work[j * k + j];
    return with_value(c, 1 - unexplained / s.all);
}

bool reliability_multiple_correlations(const double *matrix, size_t k, double *work, double *smc)
{
    bool regular = linear_inverse_positive(matrix, k, work, NULL);
    for (size_t j = 0; j < k; j++)
        smc[j] = regular ? 1 - 1 / (matrix[j * k + j] * work[j * k + j]) : NAN;
    return regular;
}

/* ---- Intervals ---- */

static const alpha_interval no_interval = {NAN, NAN, NAN};

alpha_interval alpha_interval_feldt(double alpha, size_t k, int64_t n, double confidence)
{
    if (k < LEAST_ITEMS || n < LEAST_CASES || !(alpha <= 1) || !(confidence > 0 && confidence < 1))
        return no_interval;
    double df1 = (double)(n - 1), df2 = df1 * ((double)k - 1), tail = (1 - confidence) / 2;
    double far = fisher_quantile(tail, df1, df2), near = 1 / fisher_quantile(tail, df2, df1);
    return (alpha_interval){NAN, 1 - (1 - alpha) * far, 1 - (1 - alpha) * near};
}

alpha_interval alpha_interval_duhachek(const double *matrix, size_t k, int64_t n, double confidence)
{
    coefficient alpha = reliability_alpha(matrix, k, n);
    if (!(confidence > 0 && confidence < 1) || isnan(alpha.value))
        return no_interval;

    matrix_sums s = sum_matrix(matrix, k);
    double items = (double)k, trace_square = s.other_squares, rows_square = 0;
    for (size_t i = 0; i < k; i++) {
        double row = 0;
        for (size_t j = 0; j < k; j++)
            row += matrix[i * k + j];
        rows_square += row * row; /* 1'V^2 1 */
        trace_square += matrix[i * (k + 1)] * matrix[i * (k + 1)];
    }
    double bracket = s.all * (trace_square + s.diagonal * s.diagonal)
                     - 2 * s.diagonal * rows_square;
    double ratio = items / ((items - 1) * s.all);
    double q = 2 * ratio * ratio * bracket / s.all;
    double se = sqrt(fmax(q, 0) / (double)n); /* q is a variance: below 0 by rounding alone */
    double reach = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2) * se;
    return (alpha_interval){se, alpha.value - reach, alpha.value + reach};
}

/* ---- Split halves ---- */

static int count_bits(uint32_t bits)
{
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

static double between_halves(const double *matrix, size_t k, uint32_t half)
{
    total sum = {0, 0};
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if ((half >> i & 1) && !(half >> j & 1))
                total_add(&sum, matrix[i * k + j]);
    return total_value(&sum);
}

split_halves reliability_split_halves(const double *matrix, size_t k, int64_t n)
{
    matrix_sums s;
    coefficient c = inspect(matrix, k, n, &s);
    if (k > MOST_SPLIT_ITEMS)
        c.notes |= RELIABILITY_MANY_ITEMS;
    split_halves h = {0, NAN, NAN, NAN, 0, 0, c.notes, c.item};
    if (!has_value(&c))
        return h;

    /* Of two equal halves the one with the first item stands for both. */
    uint32_t step = k % 2 ? 1 : 2, first = k % 2 ? 0 : 1;
    total sum = {0, 0};
    for (uint32_t half = first; half < UINT32_C(1) << k; half += step) {
        if (count_bits(half) != (int)(k / 2))
            continue;
        double value = 4 * between_halves(matrix, k, half) / s.all;
        if (h.splits == 0 || value < h.least) {
            h.least = value;
            h.least_half = half;
        }
        if (h.splits == 0 || value > h.largest) {
            h.largest = value;
            h.largest_half = half;
        }
        total_add(&sum, value);
        h.splits++;
    }
    h.mean = total_value(&sum) / (double)h.splits;
    h.notes |= h.least < 0 ? RELIABILITY_NEGATIVE : 0;
    return h;
}

/* ---- Precision ---- */

measurement_error reliability_measurement_error(double sd, double alpha, double confidence)
{
    if (!(sd >= 0) || !(alpha >= 0 && alpha <= 1) || !(confidence > 0 && confidence < 1))
        return (measurement_error){NAN, NAN};
    double sem = sd * sqrt(1 - alpha);
    return (measurement_error){sem, gsl_cdf_ugaussian_Qinv((1 - confidence) / 2) * sqrt(2) * sem};
}
