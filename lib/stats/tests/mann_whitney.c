/* The Mann-Whitney test. The exact distribution's counts are the coefficients of the Gaussian
 * binomial prod_{i=1}^{m} (1 - q^{n+i}) / (1 - q^i), multiplied and divided in turn: only those up
 * to the smaller tail are made, where they rise, so that nothing cancels. */
#include "stats/tests/mann_whitney.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/distributions/normal.h"
#include "stats/numbers/ranks.h"

enum { EXACT_BELOW = 50 };

/* P(statistic <= limit) of samples of m and n. False when memory runs out. */
static bool probability_below(size_t m, size_t n, size_t limit, double *out)
{
    double *ways = memory_zeroed(limit + 1, sizeof *ways), below = 0, all = 1;
    if (!ways)
        return false;
    ways[0] = 1;
    for (size_t i = 1; i <= m; i++) {
        for (size_t k = limit; k >= n + i && k <= limit; k--)
            ways[k] -= ways[k - n - i];
        for (size_t k = i; k <= limit; k++)
            ways[k] += ways[k - i];
        all *= (double)(n + i) / (double)i;
    }
    for (size_t k = 0; k <= limit; k++)
        below += ways[k];
    *out = below / all;
    memory_free(ways);
    return true;
}

static bool find_p(mann_whitney *w, size_t first, size_t second, double ties)
{
    double m = (double)first, n = (double)second, all = m + n, middle = m * n / 2;
    w->exact = first < EXACT_BELOW && second < EXACT_BELOW && ties == 0;
    if (!w->exact) {
        w->p = normal_two_sided(w->statistic - middle,
                                sqrt(m * n / 12 * (all + 1 - ties / (all * (all - 1)))));
        return true;
    }
    if (!probability_below(first, second, (size_t)fmin(w->statistic, m * n - w->statistic), &w->p))
        return false;
    w->p = fmin(1, 2 * w->p);
    return true;
}

bool mann_whitney_test(const double *first, size_t first_count, const double *second,
                       size_t second_count, mann_whitney *out)
{
    mann_whitney w = {NAN, NAN, false, NAN};
    size_t count = first_count + second_count;
    double ties, sum = 0, m = (double)first_count, n = (double)second_count;
    double *values = memory_new(count, sizeof *values), *ranks = memory_new(count, sizeof *ranks);
    bool done = values && ranks;
    if (done && first_count > 0 && second_count > 0) {
        memcpy(values, first, first_count * sizeof *values);
        memcpy(values + first_count, second, second_count * sizeof *values);
        done = ranks_find(values, count, ranks, &ties);
        for (size_t i = first_count; i < count && done; i++)
            sum += ranks[i];
        w.statistic = sum - n * (n + 1) / 2;
        w.delta = 2 * w.statistic / (m * n) - 1;
        done = done && find_p(&w, first_count, second_count, ties);
    }
    memory_free(values);
    memory_free(ranks);
    if (done)
        *out = w;
    return done;
}
