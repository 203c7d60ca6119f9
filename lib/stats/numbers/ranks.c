/* Midranks (Kendall 1945, "The treatment of ties in ranking problems"). */
#include "stats/numbers/ranks.h"

#include "base/memory.h"
#include "stats/numbers/quantiles.h"

bool ranks_find(const double *values, size_t count, double *ranks, double *ties)
{
    placed_number *list = placed_numbers_of(values, count);
    *ties = 0;
    if (!list)
        return false;
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
