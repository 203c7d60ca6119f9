/* Adjusted p-values: step down (Holm 1979, "A simple sequentially rejective multiple test procedure") and step up
 * (Benjamini & Hochberg 1995, "Controlling the false discovery rate"). */
#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"

typedef struct comparison {
    double p;
    size_t place;
} comparison;

/* Ascending; equal ones by place, which changes no figure but settles the order. */
static int compare_comparisons(const void *a, const void *b)
{
    const comparison *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* The comparisons that there are, in ascending order; the caller frees them. NULL when memory runs out. */
static comparison *comparisons_sorted(const double *p, size_t count, double *adjusted, size_t *found)
{
    comparison *list = memory_new(count, sizeof *list);
    *found = 0;
    if (!list)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (!isnan(p[i]))
            list[(*found)++] = (comparison){p[i], i};
        adjusted[i] = p[i];
    }
    if (*found > 1)
        qsort(list, *found, sizeof *list, compare_comparisons);
    return list;
}

relcoord_status adjust_holm(const double *p, size_t count, double *adjusted, relcoord_error *err)
{
    size_t m;
    comparison *list = comparisons_sorted(p, count, adjusted, &m);
    if (!list)
        return fail_memory(err);
    double most = 0;
    for (size_t i = 0; i < m; i++) {
        most = fmax(most, (double)(m - i) * list[i].p);
        adjusted[list[i].place] = fmin(most, 1);
    }
    memory_free(list);
    return RELCOORD_OK;
}

relcoord_status adjust_benjamini_hochberg(const double *p, size_t count, double *adjusted, relcoord_error *err)
{
    size_t m;
    comparison *list = comparisons_sorted(p, count, adjusted, &m);
    if (!list)
        return fail_memory(err);
    double least = 1;
    for (size_t i = m; i-- > 0;) {
        least = fmin(least, (double)m / (double)(i + 1) * list[i].p);
        adjusted[list[i].place] = least;
    }
    memory_free(list);
    return RELCOORD_OK;
}
