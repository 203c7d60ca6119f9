/* Standings of units. */
#include "stats/measures/standing.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/numbers/quantiles.h"

bool percentile_ranks(const double *values, size_t count, double *ranks)
{
    placed_number *list = placed_numbers_of(values, count);
    if (!list)
        return false;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1;
             end < count && list[end].value - list[end - 1].value <= 1e-12 * fabs(list[end].value);)
            end++;
        double below = (double)i, equal = (double)(end - i) - 1;
        for (size_t j = i; j < end; j++)
            ranks[list[j].place] = count > 1 ? 100 * (below + equal / 2) / (double)(count - 1)
                                             : NAN;
    }
    memory_free(list);
    return true;
}

funnel funnel_of(const group_summary *units, size_t count)
{
    anova a = anova_of_groups(units, count);
    funnel f = {NAN, NAN};
    double sum = 0, n = 0;
    for (size_t u = 0; u < count; u++) {
        n += units[u].n;
        sum += units[u].n * units[u].mean;
    }
    if (n > 0)
        f.centre = sum / n;
    if (a.df_within > 0)
        f.sd = sqrt(a.ss_within / a.df_within);
    return f;
}

double funnel_reach(const funnel *f, double n, double confidence)
{
    return random_normal_at((1 + confidence) / 2) * f->sd / sqrt(n);
}
