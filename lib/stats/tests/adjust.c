/* Adjusted p-values: step down (Holm 1979, "A simple sequentially rejective multiple test
 * procedure") and step up (Benjamini & Hochberg 1995, "Controlling the false discovery rate"). */
#include "stats/tests/adjust.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/numbers/quantiles.h"

/* The comparisons that there are, in ascending order; the caller frees them. NULL when memory runs
 * out. */
static placed_number *comparisons_sorted(const double *p, size_t count, double *adjusted,
                                         size_t *found)
{
    placed_number *list = memory_new(count, sizeof *list);
    *found = 0;
    if (!list)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i]))
            list[(*found)++] = (placed_number){p[i], i};
        adjusted[i] = p[i];
    }
    placed_numbers_sort(list, *found);
    return list;
}

relcoord_status adjust_holm(const double *p, size_t count, double *adjusted, relcoord_error *err)
{
    size_t m;
    placed_number *list = comparisons_sorted(p, count, adjusted, &m);
    if (!list)
        return fail_memory(err);
    double most = 0;
    for (size_t i = 0; i < m; i++) {
        most = fmax(most, (double)(m - i) * list[i].value);
        adjusted[list[i].place] = fmin(most, 1);
    }
    memory_free(list);
    return RELCOORD_OK;
}

relcoord_status adjust_benjamini_hochberg(const double *p, size_t count, double *adjusted,
                                          relcoord_error *err)
{
    size_t m;
    placed_number *list = comparisons_sorted(p, count, adjusted, &m);
    if (!list)
        return fail_memory(err);
    double least = 1;
    for (size_t i = m; i-- > 0;) {
        least = fmin(least, (double)m / (double)(i + 1) * list[i].value);
        adjusted[list[i].place] = least;
    }
    memory_free(list);
    return RELCOORD_OK;
}
