/* Midranks (Kendall 1945, "The treatment of ties in ranking problems"). */
#include "stats/ranks.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct ranked {
    double value;
    size_t place;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

bool ranks_find(const double *values, size_t count, double *ranks, double *ties)
{
    ranked *list = memory_new(count, sizeof *list);
    *ties = 0;
    if (!list)
        return false;
    for (size_t i = 0; i < count; i++)
        list[i] = (ranked){values[i], i};
    if (count > 1)
        qsort(list, count, sizeof *list, compare_ranked);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && list[end].value == list[i].value;)
            end++;
        double equal = (double)(end - i);
        *ties += equal * (equal - 1) * (equal + 1);
        for (size_t j = i; j < end; j++)
            ranks[list[j].place] = (double)(i + end + 1) / 2;
    }
    memory_free(list);
    return true;
}
