/* The items of a scale, each beside the others. Sums leave the item out rather than take it off, so
 * that nothing cancels. Formulas: reliability.h. */
#include <float.h>
#include <math.h>

#include "stats/numbers/linear.h"
#include "stats/numbers/moments.h"
#include "stats/reliability/reliability.h"

/* ---- The sums without each item ---- */

/* What the covariances of all items but one add up to. */
typedef struct sums_without {
    total diagonal, others; /* others: one triangle of what stands off the diagonal */
    double size;            /* of absolute values */
} sums_without;

static void add_covariance(sums_without *sums, double value)
{
    total_add(&sums->others, value);
    sums->size += 2 * fabs(value);
}

static void add_variance(sums_without *sums, double value)
{
    total_add(&sums->diagonal, value);
    sums->size += fabs(value);
}

static void add_sums(sums_without *sums, const sums_without *more)
{
    total_add(&sums->diagonal, more->diagonal.sum);
    total_add(&sums->diagonal, more->diagonal.lost);
    total_add(&sums->others, more->others.sum);
    total_add(&sums->others, more->others.lost);
    sums->size += more->size;
}

/* For each item: what stands among the items before it, among those behind it, and between these
 * and those. A few passes over a symmetric matrix, where one for each item would take the cube. */
static void sum_without_each(const double *matrix, size_t k, sums_without *without)
{
    static const sums_without nothing = {{0, 0}, {0, 0}, 0};
    sums_without before = nothing, behind = nothing;
    for (size_t j = 0; j < k; j++) {
        without[j] = before;
        for (size_t i = 0; i < j; i++)
            add_covariance(&before, matrix[j * k + i]);
        add_variance(&before, matrix[j * (k + 1)]);
    }
    for (size_t j = k; j-- > 0;) {
        add_sums(&without[j], &behind);
        for (size_t i = j + 1; i < k; i++)
            add_covariance(&behind, matrix[j * k + i]);
        add_variance(&behind, matrix[j * (k + 1)]);
    }
    for (size_t i = 0; i < k; i++) {
        sums_without across = nothing; /* of item i with those behind j */
        for (size_t j = k; j-- > i + 1;) {
            add_sums(&without[j], &across);
            add_covariance(&across, matrix[i * k + j]);
        }
    }
}

static sums_without sum_all(const double *matrix, size_t k)
{
    sums_without all = {{0, 0}, {0, 0}, 0};
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < i; j++)
            add_covariance(&all, matrix[i * k + j]);
        add_variance(&all, matrix[i * (k + 1)]);
    }
    return all;
}

static double variance_without(const sums_without *sums)
{
    total variance = sums->diagonal;
    total_add(&variance, 2 * sums->others.sum);
    total_add(&variance, 2 * sums->others.lost);
    return total_value(&variance);
}

static double alpha_without(const sums_without *sums, size_t k, int64_t n)
{
    return reliability_alpha_of_sums(total_value(&sums->diagonal), 2 * total_value(&sums->others),
                                     sums->size, k - 1, n);
}

/* ---- Items ---- */

static double sum_of_others(const double *matrix, size_t k, size_t item)
{
    total sum = {0, 0};
    for (size_t j = 0; j < k; j++)
        if (j != item)
            total_add(&sum, matrix[item * k + j]);
    return total_value(&sum);
}

/* Sums whose variance is not above what rounding leaves do not vary. */
static double correlate(double covariance, double variance, double sum_variance, double size)
{
    if (!(variance > 0) || !(sum_variance > 16 * DBL_EPSILON * size))
        return NAN;
    return fmax(-1, fmin(1, covariance / sqrt(variance) / sqrt(sum_variance)));
}

static int64_t smallest_count(const covariances *c)
{
    int64_t n = c->k ? c->n[0] : 0;
    for (size_t i = 0; i < c->k * c->k; i++)
        n = c->n[i] < n ? c->n[i] : n;
    return n;
}

size_t reliability_items_room(size_t k)
{
    return k * k + k * (sizeof(sums_without) / sizeof(double));
}

void reliability_items(const covariances *c, double *work, item_statistics *items)
{
    size_t k = c->k;
    const double *matrix = c->covariance;
    int64_t n = smallest_count(c);
    bool regular = n >= 3 && linear_inverse_positive(matrix, k, work, NULL);
    sums_without *without = (sums_without *)(work + k * k); /* of doubles alone */
    sums_without all = sum_all(matrix, k);
    double size = all.size, whole = variance_without(&all);
    sum_without_each(matrix, k, without);
    for (size_t j = 0; j < k; j++) {
        double variance = matrix[j * (k + 1)], others = sum_of_others(matrix, k, j);
        item_statistics item = {c->n[j * (k + 1)], c->means[j], sqrt(variance), NAN, NAN, NAN, NAN,
                                variance <= 0,     false};
        item.multiple = regular ? 1 - 1 / (variance * work[j * (k + 1)]) : NAN;
        item.alpha_dropped = k > 1 ? alpha_without(&without[j], k, n) : NAN;
        items[j] = item;
        if (n < 3 || k < 2)
            continue;
        items[j].item_total = correlate(others + variance, variance, whole, size);
        items[j].item_rest = correlate(others, variance, variance_without(&without[j]), size);
        items[j].against = items[j].item_rest < 0;
    }
}

end_shares reliability_end_shares(int64_t at_floor, int64_t at_ceiling, int64_t n)
{
    if (n <= 0)
        return (end_shares){NAN, NAN, false, false};
    return (end_shares){(double)at_floor / (double)n, (double)at_ceiling / (double)n,
                        100 * at_floor > 15 * n, 100 * at_ceiling > 15 * n};
}

inter_item reliability_inter_item(const double *correlation, size_t k)
{
    inter_item r = {NAN, NAN, NAN};
    total sum = {0, 0};
    for (size_t i = 1; i < k; i++)
        for (size_t j = 0; j < i; j++) {
            double value = correlation[i * k + j];
            if (isnan(value))
                return (inter_item){NAN, NAN, NAN};
            r.least = i == 1 || value < r.least ? value : r.least;
            r.largest = i == 1 || value > r.largest ? value : r.largest;
            total_add(&sum, value);
        }
    r.mean = k < 2 ? NAN : total_value(&sum) / ((double)k * ((double)k - 1) / 2);
    return r;
}
