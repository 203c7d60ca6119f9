/* The items of a scale, each beside the others. Sums leave the item out rather than take it off, so
 * that nothing cancels. Formulas: reliability.h. */
#include <float.h>
#include <math.h>

#include "stats/numbers/linear.h"
#include "stats/numbers/moments.h"
#include "stats/reliability/reliability.h"

/* The sum of the covariances among the items but one, and of one item with the others; k leaves
 * none out. */
static double sum_without(const double *matrix, size_t k, size_t left_out)
{
    total sum = {0, 0};
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (i != left_out && j != left_out)
                total_add(&sum, matrix[i * k + j]);
    return total_value(&sum);
}

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

static double alpha_without(const double *matrix, size_t k, int64_t n, size_t left_out,
                            double *work)
{
    double *to = work;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            if (i != left_out && j != left_out)
                *to++ = matrix[i * k + j];
    return reliability_alpha(work, k - 1, n).value;
}

static double sum_of_sizes(const double *matrix, size_t k)
{
    double size = 0;
    for (size_t i = 0; i < k * k; i++)
        size += fabs(matrix[i]);
    return size;
}

static int64_t smallest_count(const covariances *c)
{
    int64_t n = c->k ? c->n[0] : 0;
    for (size_t i = 0; i < c->k * c->k; i++)
        n = c->n[i] < n ? c->n[i] : n;
    return n;
}

void reliability_items(const covariances *c, double *work, item_statistics *items)
{
    size_t k = c->k;
    const double *matrix = c->covariance;
    int64_t n = smallest_count(c);
    double all = sum_without(matrix, k, k), size = sum_of_sizes(matrix, k);
    bool regular = n >= 3 && linear_inverse_positive(matrix, k, work, NULL);
    for (size_t j = 0; j < k; j++) {
        double variance = matrix[j * (k + 1)], others = sum_of_others(matrix, k, j);
        item_statistics item = {c->n[j * (k + 1)], c->means[j], sqrt(variance), NAN, NAN, NAN, NAN,
                                variance <= 0,     false};
        item.multiple = regular ? 1 - 1 / (variance * work[j * (k + 1)]) : NAN;
        items[j] = item;
        if (n < 3 || k < 2)
            continue;
        items[j].item_total = correlate(others + variance, variance, all, size);
        items[j].item_rest = correlate(others, variance, sum_without(matrix, k, j), size);
        items[j].against = items[j].item_rest < 0;
    }
    for (size_t j = 0; j < k; j++) /* last, for it takes the work's room */
        items[j].alpha_dropped = k > 1 ? alpha_without(matrix, k, n, j, work) : NAN;
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
