/* The heterotrait-monotrait ratio. */
#include "stats/factor/htmt.h"

#include <math.h>

/* Absolute correlations of pairs of items: within the first set, within the second, between
 * them. */
typedef struct pair_means {
    double count[3], sum[3], logarithms[3];
} pair_means;

static void add_pair(pair_means *m, int first, int second, double correlation)
{
    int kind = first != second ? 2 : first != 0;
    m->count[kind]++;
    m->sum[kind] += correlation;
    m->logarithms[kind] += log(
        correlation); /* of 0: minus infinity, so that the geometric mean is 0 */
}

static double ratio_of(const double means[3])
{
    return means[0] * means[1] > 0 ? means[2] / sqrt(means[0] * means[1]) : NAN;
}

htmt_ratios htmt_find(const double *covariance, size_t items, const int *set_of)
{
    pair_means m = {{0}, {0}, {0}};
    double plain[3], geometric[3];
    for (size_t i = 0; i < items; i++)
        for (size_t j = 0; j < i; j++) {
            double scale = sqrt(covariance[i * items + i]) * sqrt(covariance[j * items + j]);
            add_pair(&m, set_of[i] != 0, set_of[j] != 0, fabs(covariance[i * items + j]) / scale);
        }
    for (int kind = 0; kind < 3; kind++) {
        plain[kind] = m.sum[kind] / m.count[kind];
        geometric[kind] = exp(m.logarithms[kind] / m.count[kind]);
    }
    return (htmt_ratios){ratio_of(plain), ratio_of(geometric)};
}
