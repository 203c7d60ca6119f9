/* Quantiles of samples, type 7 (Hyndman & Fan 1996). */
#include "stats/numbers/quantiles.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

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

static int compare_placed(const void *left, const void *right)
{
    const placed_number *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

void placed_numbers_sort(placed_number *list, size_t count)
{
    if (count > 1)
        qsort(list, count, sizeof *list, compare_placed);
}

placed_number *placed_numbers_of(const double *values, size_t count)
{
    placed_number *list = memory_new(count, sizeof *list);
    for (size_t i = 0; i < count && list; i++)
        list[i] = (placed_number){values[i], i};
    if (list)
        placed_numbers_sort(list, count);
    return list;
}

static double between(double below, double above, double share)
{
    return below == above ? below : (1 - share) * below + share * above;
}

double quantile_sorted(const double *sorted, size_t count, double p)
{
    if (count == 0 || !(p >= 0 && p <= 1))
        return NAN;
    double place = (double)(count - 1) * p, whole = floor(place);
    size_t below = (size_t)whole;
    return place == whole ? sorted[below]
                          : between(sorted[below], sorted[below + 1], place - whole);
}

static void swap_numbers(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

/* The middle of the first, the middle and the last number: what sorted runs do not turn into the
 * worst case. */
static double choose_pivot(const double *first, const double *last)
{
    double a = *first, b = first[(last - first) / 2], c = *last;
    if ((a <= b) == (b <= c))
        return b;
    return (b <= a) == (a <= c) ? a : c;
}

/* Brings the number of that rank to its place, none larger before it and none smaller behind it. */
static void select_rank(double *numbers, size_t count, size_t rank)
{
    double *first = numbers, *last = numbers + count - 1, *place = numbers + rank;
    while (first < last) {
        double pivot = choose_pivot(first, last), *low = first, *high = last;
        while (low <= high) {
            while (*low < pivot)
                low++;
            while (*high > pivot)
                high--;
            if (low <= high)
                swap_numbers(low++, high--);
        }
        if (place <= high)
            last = high;
        else if (place >= low)
            first = low;
        else
            return;
    }
}

double quantile_select(double *numbers, size_t count, double p)
{
    if (count == 0 || !(p >= 0 && p <= 1))
        return NAN;
    double place = (double)(count - 1) * p, whole = floor(place), above = INFINITY;
    size_t below = (size_t)whole;
    select_rank(numbers, count, below);
    if (place == whole)
        return numbers[below];
    for (size_t i = below + 1; i < count; i++)
        above = fmin(above, numbers[i]);
    return between(numbers[below], above, place - whole);
}
