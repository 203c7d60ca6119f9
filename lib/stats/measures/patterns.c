/* Patterns of careless answering. Pure arithmetic. */
#include "stats/measures/patterns.h"

#include <math.h>
#include <stdlib.h>

void answer_pattern_add(answer_pattern *a, double score)
{
    double before = score - a->mean;
    if (a->n == 0)
        a->first = score;
    a->n++;
    a->mean += (score - a->mean) / (double)a->n;
    a->squares += before * (score - a->mean);
    a->differs = a->differs || score != a->first;
    a->run = a->run > 0 && score == a->last ? a->run + 1 : 1;
    a->last = score;
    a->longest = a->run > a->longest ? a->run : a->longest;
}

void answer_pattern_break(answer_pattern *a)
{
    a->run = 0;
}

double answer_pattern_sd(const answer_pattern *a)
{
    if (a->n < 2)
        return NAN;
    return a->differs ? sqrt(a->squares / (double)(a->n - 1)) : 0;
}

static int compare_keys(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

int64_t patterns_repeated(uint64_t *keys, uint32_t count)
{
    int64_t repeated = 0;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < count; i++)
        repeated += (i > 0 && keys[i] == keys[i - 1]) || (i + 1 < count && keys[i] == keys[i + 1]);
    return repeated;
}
