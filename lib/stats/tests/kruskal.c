/* Rank tests of several samples. */
#include "stats/tests/kruskal.h"

#include <math.h>

#include "base/memory.h"
#include "stats/distributions/chisquare.h"
#include "stats/numbers/ranks.h"

bool kruskal_test(const double *values, const uint32_t *group, size_t count, size_t groups,
                  rank_test *out)
{
    rank_test t = {0, count, NAN, NAN, NAN, NAN};
    double ties, n = (double)count, squares = 0;
    double *ranks = memory_new(count, sizeof *ranks), *sums = memory_zeroed(groups, sizeof *sums),
           *sizes = memory_zeroed(groups, sizeof *sizes);
    bool done = ranks && sums && sizes && ranks_find(values, count, ranks, &ties);
    for (size_t i = 0; i < count && done; i++) {
        sums[group[i]] += ranks[i] - (n + 1) / 2; /* about the mean: nothing cancels */
        sizes[group[i]]++;
    }
    for (size_t g = 0; g < groups && done; g++)
        if (sizes[g] > 0) {
            squares += sums[g] * sums[g] / sizes[g];
            t.groups++;
        }
    if (done && t.groups > 1 && ties < n * (n - 1) * (n + 1)) {
        t.statistic = 12 * squares / (n * (n + 1)) / (1 - ties / (n * (n - 1) * (n + 1)));
        t.df = (double)t.groups - 1;
        t.p = chisquare_above(t.statistic, t.df);
        t.effect = t.statistic / (n - 1);
    }
    memory_free(ranks);
    memory_free(sums);
    memory_free(sizes);
    if (done)
        *out = t;
    return done;
}

bool friedman_test(const double *values, size_t people, size_t columns, rank_test *out)
{
    rank_test t = {columns, people, NAN, NAN, NAN, NAN};
    double n = (double)people, k = (double)columns, ties = 0, squares = 0;
    double *ranks = memory_new(columns, sizeof *ranks),
           *sums = memory_zeroed(columns, sizeof *sums);
    bool done = ranks && sums;
    for (size_t i = 0; i < people && done; i++) {
        double more;
        done = ranks_find(values + i * columns, columns, ranks, &more);
        ties += done ? more : 0;
        for (size_t j = 0; j < columns && done; j++)
            sums[j] += ranks[j] - (k + 1) / 2;
    }
    for (size_t j = 0; j < columns && done; j++)
        squares += sums[j] * sums[j];
    if (done && people > 0 && columns > 1 && ties < n * k * (k - 1) * (k + 1)) {
        t.statistic = 12 * squares / (n * k * (k + 1) - ties / (k - 1));
        t.df = k - 1;
        t.p = chisquare_above(t.statistic, t.df);
        t.effect = t.statistic / (n * t.df);
    }
    memory_free(ranks);
    memory_free(sums);
    if (done)
        *out = t;
    return done;
}
