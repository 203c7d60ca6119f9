/* Quantiles of samples, type 7 (Hyndman & Fan 1996). */
#include "stats/quantiles.h"

#include <math.h>
#include <stdlib.h>

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void numbers_sort(double *numbers, size_t count)
{
    if (count > 1)
        qsort(numbers, count, sizeof *numbers, compare_numbers);
}

double quantile_sorted(const double *sorted, size_t count, double p)
{
    if (count == 0 || !(p >= 0 && p <= 1))
        return NAN;
    double place = (double)(count - 1) * p, whole = floor(place);
    size_t below = (size_t)whole;
    if (place == whole || sorted[below] == sorted[below + 1])
        return sorted[below];
    return (1 - (place - whole)) * sorted[below] + (place - whole) * sorted[below + 1];
}
