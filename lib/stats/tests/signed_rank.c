/* The signed-rank test. The exact distribution counts the subsets of 1 … n by their sum, by adding
 * one rank after the other; the counts stay below 2^50, and so are exact. */
#include "stats/tests/signed_rank.h"

#include <math.h>

#include "base/memory.h"
#include "stats/distributions/normal.h"
#include "stats/numbers/ranks.h"

enum { EXACT_BELOW = 50 };

/* P(sum <= limit) of the ranks of n coins. False when memory runs out. */
static bool probability_below(size_t n, size_t limit, double *out)
{
    size_t most = n * (n + 1) / 2;
    double *ways = memory_zeroed(most + 1, sizeof *ways), below = 0;
    if (!ways)
        return false;
    ways[0] = 1;
    for (size_t rank = 1, top = 0; rank <= n; rank++) {
        top += rank;
        for (size_t sum = top; sum >= rank; sum--)
            ways[sum] += ways[sum - rank];
    }
    for (size_t sum = 0; sum <= limit; sum++)
        below += ways[sum];
    *out = ldexp(below, -(int)n);
    memory_free(ways);
    return true;
}

static bool find_p(signed_rank *s, double ties)
{
    double n = (double)s->n, middle = n * (n + 1) / 4;
    s->exact = s->n < EXACT_BELOW && ties == 0;
    if (!s->exact) {
        double variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
        s->p = normal_two_sided(s->statistic - middle, sqrt(variance));
        return true;
    }
    /* the distribution is symmetric: the lower tail will do for both */
    double least = fmin(s->statistic, 2 * middle - s->statistic);
    if (!probability_below(s->n, (size_t)least, &s->p))
        return false;
    s->p = fmin(1, 2 * s->p);
    return true;
}

bool signed_rank_test(const double *differences, size_t count, signed_rank *out)
{
    signed_rank s = {0, 0, 0, NAN, false, NAN};
    double ties, *sizes = memory_new(count, sizeof *sizes),
                 *ranks = memory_new(count, sizeof *ranks);
    bool done = sizes && ranks;
    for (size_t i = 0; i < count && done; i++)
        if (differences[i] != 0)
            sizes[s.n++] = fabs(differences[i]);
    s.zeros = count - s.n;
    done = done && ranks_find(sizes, s.n, ranks, &ties);
    for (size_t i = 0, next = 0; i < count && done; i++) {
        if (differences[i] == 0)
            continue;
        s.statistic += differences[i] > 0 ? ranks[next] : 0;
        next++;
    }
    if (done && s.n > 0) {
        s.biserial = 4 * s.statistic / ((double)s.n * ((double)s.n + 1)) - 1;
        done = find_p(&s, ties);
    }
    memory_free(sizes);
    memory_free(ranks);
    if (done)
        *out = s;
    return done;
}
