/* Moments: exact ones of whole numbers, which can be added in any order and merged, and compensated
 * sums of weighted values, which must be added in one order. */
#ifndef STATS_NUMBERS_MOMENTS_H
#define STATS_NUMBERS_MOMENTS_H

#include <math.h>
#include <stdint.h>

/* Count, sum and sum of squares of whole numbers. Exact while n * value^2 stays below 2^63. */
typedef struct moments {
    int64_t n, sum, squares;
} moments;

static inline void moments_add(moments *m, int64_t value)
{
    m->n++;
    m->sum += value;
    m->squares += value * value;
}

static inline void moments_merge(moments *into, const moments *from)
{
    into->n += from->n;
    into->sum += from->sum;
    into->squares += from->squares;
}

/* The mean in units of `unit`; n must not be 0. */
double moments_mean(const moments *m, double unit);

/* The standard deviation (n - 1) in units of `unit`; NaN when n < 2. Exactly 0 when all values are
 * equal. */
double moments_sd(const moments *m, double unit);

/* A sum of doubles that carries what each addition loses (Neumaier 1974). */
typedef struct total {
    double sum, lost;
} total;

static inline void total_add(total *t, double value)
{
    double next = t->sum + value;
    t->lost += fabs(t->sum) >= fabs(value) ? (t->sum - next) + value : (value - next) + t->sum;
    t->sum = next;
}

static inline double total_value(const total *t)
{
    return t->sum + t->lost;
}

/* A mean of values from least to most. Rounding can take it past them when they are no whole
 * numbers: 0.7 three times has the mean 0.6999999999999998, which is below the scale. */
static inline double mean_among(double mean, double least, double most)
{
    return mean < least ? least : mean > most ? most : mean;
}

/* Weighted moments about a centre that is near the mean, so that nothing cancels. */
typedef struct weighted_moments {
    int64_t n;
    double centre;
    total w, wx, wxx, ww, wwx, wwxx; /* x is value - centre */
} weighted_moments;

void weighted_moments_add(weighted_moments *m, double weight, double value);

/* Mean; standard deviation sqrt(n/(n-1) * S w(x-m)^2 / S w); and the standard error of the mean
 * sqrt(n/(n-1) * S w^2(x-m)^2) / S w, as survey::svyvar and survey::svymean have them (Lumley
 * 2010). The last two are NaN when n < 2. */
double weighted_moments_mean(const weighted_moments *m);
double weighted_moments_sd(const weighted_moments *m);
double weighted_moments_se(const weighted_moments *m);

#endif
