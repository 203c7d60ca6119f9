/* Correlation, necessary condition analysis, and their p by permutation. */
#include "stats/tests/association.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"

/* ---- Correlation ---- */

double correlation_of(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        mean_x += x[i] / (double)n;
        mean_y += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    if (n < 2 || !(xx > 1e-24 * (double)n * (1 + mean_x * mean_x))
        || !(yy > 1e-24 * (double)n * (1 + mean_y * mean_y)))
        return NAN;
    return xy / sqrt(xx * yy);
}

correlation_interval correlation_interval_of(double r, size_t n, double confidence)
{
    correlation_interval none = {NAN, NAN};
    double reach;
    if (n < 4 || !(fabs(r) < 1))
        return none;
    reach = random_normal_at((1 + confidence) / 2) / sqrt((double)n - 3);
    return (correlation_interval){tanh(atanh(r) - reach), tanh(atanh(r) + reach)};
}

/* ---- Necessary condition analysis ---- */

double necessity_effect(const double *x, const double *y, size_t n)
{
    double low = INFINITY, high = -INFINITY, ceiling = -INFINITY, empty = 0;
    for (size_t i = 0; i < n; i++) {
        low = y[i] < low ? y[i] : low;
        high = y[i] > high ? y[i] : high;
    }
    if (n < 2 || !(x[n - 1] > x[0]) || !(high > low))
        return NAN;
    for (size_t i = 0; i + 1 < n; i++) {
        ceiling = y[i] > ceiling ? y[i] : ceiling;
        empty += (x[i + 1] - x[i]) * (high - ceiling);
    }
    return empty / ((x[n - 1] - x[0]) * (high - low));
}

/* ---- Permutations ---- */

typedef struct permuting {
    const permutation_plan *plan;
    double observed;
    double *y;
    uint64_t extreme, tried;
} permuting;

static double statistic_of(const permutation_plan *plan, const double *y)
{
    return plan->statistic == ASSOCIATION_NECESSITY ? necessity_effect(plan->x, y, plan->n)
                                                    : fabs(correlation_of(plan->x, y, plan->n));
}

static void try_permutation(permuting *p)
{
    p->tried++;
    p->extreme += statistic_of(p->plan, p->y) >= p->observed - 1e-12;
}

static void swap(double *y, size_t i, size_t j)
{
    double kept = y[i];
    y[i] = y[j];
    y[j] = kept;
}

/* Heap's (1963) interchanges, without recursion. */
static void try_all(permuting *p)
{
    size_t turn[MOST_PERMUTED] = {0};
    try_permutation(p);
    for (size_t i = 1; i < p->plan->n;) {
        if (turn[i] < i) {
            swap(p->y, i % 2 ? turn[i] : 0, i);
            try_permutation(p);
            turn[i]++;
            i = 1;
        } else {
            turn[i++] = 0;
        }
    }
}

/* Shuffles each stratum on its own (Fisher & Yates). */
static void shuffle(const permutation_plan *plan, uint64_t replicate, double *y)
{
    random_stream stream = random_start(plan->seed, plan->stream, replicate);
    memcpy(y, plan->y, plan->n * sizeof *y);
    for (size_t first = 0, end; first < plan->n; first = end) {
        for (end = first + 1;
             end < plan->n && (!plan->stratum || plan->stratum[end] == plan->stratum[first]);)
            end++;
        for (size_t i = end - 1; i > first; i--)
            swap(y, i, first + random_index(&stream, (uint32_t)(i - first + 1)));
    }
}

bool permutation_p(const permutation_plan *plan, double *p, bool *exact)
{
    permuting now = {plan, statistic_of(plan, plan->y), memory_new(plan->n, sizeof *now.y), 0, 0};
    bool one = !plan->stratum || (plan->n > 0 && plan->stratum[0] == plan->stratum[plan->n - 1]);
    if (!now.y)
        return false;
    *exact = one && plan->n <= MOST_PERMUTED;
    *p = NAN;
    memcpy(now.y, plan->y, plan->n * sizeof *now.y);
    if (!isnan(now.observed) && *exact) {
        try_all(&now);
        *p = (double)now.extreme / (double)now.tried;
    } else if (!isnan(now.observed)) {
        for (uint64_t replicate = 1; replicate <= PERMUTATIONS; replicate++) {
            shuffle(plan, replicate, now.y);
            try_permutation(&now);
        }
        *p = (double)(1 + now.extreme) / (double)(1 + now.tried);
    }
    memory_free(now.y);
    return true;
}
