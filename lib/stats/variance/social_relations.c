/* The round robin analysis of variance; see social_relations.h.
 *
 * With row means R_i, column means C_i and the mean M of all n (n - 1) ratings, the effects are
 *
 *     actor_i = ((n-1)^2 R_i + (n-1) C_i) / (n (n-2)) - (n-1)/(n-2) M
 *
 * and partner_i with R and C exchanged. What is left, g_ij, has the mean squares (MS) of a pair's
 * sums and differences
 *
 *     between = S (g_ij + g_ji)^2 / 2 / ((n-1)(n-2)/2 - 1)
 *     within  = S (g_ij - g_ji)^2 / 2 / ((n-1)(n-2)/2)
 *
 * summed over pairs. The relationship variance is their half sum, the covariance both ways their
 * half difference, and what of them the squares of the effects hold is between/(2(n-2)) +-
 * within/(2n). */
#include "stats/variance/social_relations.h"

#include <math.h>

#include "stats/numbers/moments.h"

/* What i says of j. */
static double rating(const double *values, uint32_t n, uint32_t i, uint32_t j)
{
    return values[(size_t)i * (n - 1) + j - (j > i)];
}

/* Row means into effects[i], column means into effects[n + i]; returns the mean of all. */
static double average(const double *values, uint32_t n, double *effects)
{
    double others = (double)n - 1;
    total all = {0, 0};
    for (uint32_t i = 0; i < n; i++) {
        total row = {0, 0}, column = {0, 0};
        for (uint32_t j = 0; j < n; j++) {
            if (i == j)
                continue;
            total_add(&row, rating(values, n, i, j));
            total_add(&column, rating(values, n, j, i));
        }
        effects[i] = total_value(&row) / others;
        effects[n + i] = total_value(&column) / others;
        total_add(&all, effects[i]);
    }
    return total_value(&all) / n;
}

static void find_effects(uint32_t n, double mean, double *effects)
{
    double size = n, large = (size - 1) * (size - 1) / (size * (size - 2)),
           small = (size - 1) / (size * (size - 2));
    for (uint32_t i = 0; i < n; i++) {
        double row = effects[i] - mean,
               column = effects[n + i] - mean; /* large + small is what M is taken times */
        effects[i] = large * row + small * column;
        effects[n + i] = large * column + small * row;
    }
}

/* Sums of squares of pairs: of sums and of differences, each halved. */
static void sum_pairs(const double *values, uint32_t n, double mean, const double *effects,
                      double *sums, double *differences)
{
    total plus = {0, 0}, minus = {0, 0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 1; j < n; j++) {
            double there = rating(values, n, i, j) - mean - effects[i] - effects[n + j];
            double back = rating(values, n, j, i) - mean - effects[j] - effects[n + i];
            total_add(&plus, (there + back) * (there + back) / 2);
            total_add(&minus, (there - back) * (there - back) / 2);
        }
    *sums = total_value(&plus);
    *differences = total_value(&minus);
}

/* Below this a variance is what rounding leaves of 0. */
static double find_room(const double *values, uint32_t n, double mean)
{
    size_t count = (size_t)n * (n - 1);
    total sum = {0, 0};
    for (size_t i = 0; i < count; i++)
        total_add(&sum, (values[i] - mean) * (values[i] - mean));
    return 1e-13 * total_value(&sum) / (double)count + 1e-26 * mean * mean;
}

static double mean_product(const double *x, const double *y, uint32_t n)
{
    total sum = {0, 0};
    for (uint32_t i = 0; i < n; i++)
        total_add(&sum, x[i] * y[i]);
    return total_value(&sum) / ((double)n - 1);
}

void social_relations_estimate(const double *values, uint32_t n, double *effects,
                               social_relations *out)
{
    double size = n, pairs = (size - 1) * (size - 2) / 2, sums, differences, between, within,
           shared, room;
    *out = (social_relations){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (n < SOCIAL_RELATIONS_LEAST)
        return;
    out->mean = average(values, n, effects);
    find_effects(n, out->mean, effects);
    sum_pairs(values, n, out->mean, effects, &sums, &differences);
    between = sums / (pairs - 1);
    within = differences / pairs;
    shared = between / (2 * (size - 2));
    out->relationship = (between + within) / 2;
    out->both_ways = (between - within) / 2;
    out->actor = mean_product(effects, effects, n) - shared - within / (2 * size);
    out->partner = mean_product(effects + n, effects + n, n) - shared - within / (2 * size);
    out->actor_partner = mean_product(effects, effects + n, n) - shared + within / (2 * size);
    room = find_room(values, n, out->mean);
    if (out->actor > room && out->partner > room)
        out->generalised = out->actor_partner / (sqrt(out->actor) * sqrt(out->partner));
    if (out->relationship > room)
        out->dyadic = out->both_ways / out->relationship;
}
