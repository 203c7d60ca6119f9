/* Indices of coupling competence. */
#include "stats/measures/coupling.h"

#include <float.h>
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/numbers/moments.h"
#include "stats/numbers/quantiles.h"

/* ---- One person ---- */

void coupling_of_person(const double scores[FUNCTION_COUNT], double low, double high,
                        double own[OWN_COUNT])
{
    double least = scores[0], most = scores[0], sum = 0, product = 1;
    for (int f = 0; f < FUNCTION_COUNT; f++) {
        double u = (scores[f] - low) / (high - low);
        least = scores[f] < least ? scores[f] : least;
        most = scores[f] > most ? scores[f] : most;
        sum += u;
        product *= u;
    }
    own[OWN_MEAN] = sum / FUNCTION_COUNT;
    own[OWN_GEOMETRIC] = sqrt(sqrt(product));
    own[OWN_WEAKEST] = (least - low) / (high - low);
    own[OWN_SPREAD] = most - least;
}

/* ---- A sample ---- */

relcoord_status coupling_sample_make(const double *scores, size_t n, double low, double high,
                                     coupling_sample *out, relcoord_error *err)
{
    coupling_sample s = {n, low, high, NULL, NULL, NULL};
    placed_number *order = memory_new(n, sizeof *order);
    s.scores = memory_new(n, FUNCTION_COUNT * sizeof *s.scores);
    s.own = memory_new(n, OWN_COUNT * sizeof *s.own);
    s.by_mean = memory_new(n, sizeof *s.by_mean);
    if (!order || !s.scores || !s.own || !s.by_mean) {
        memory_free(order);
        coupling_sample_free(&s);
        return fail_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        for (int f = 0; f < FUNCTION_COUNT; f++)
            s.scores[i * FUNCTION_COUNT + (size_t)f] = scores[i * FUNCTION_COUNT + (size_t)f];
        coupling_of_person(&s.scores[i * FUNCTION_COUNT], low, high, &s.own[i * OWN_COUNT]);
        order[i] = (placed_number){s.own[i * OWN_COUNT + OWN_MEAN], i};
    }
    placed_numbers_sort(order, n);
    for (size_t i = 0; i < n; i++)
        s.by_mean[i] = (uint32_t)order[i].place;
    memory_free(order);
    *out = s;
    return RELCOORD_OK;
}

void coupling_sample_free(coupling_sample *s)
{
    memory_free(s->scores);
    memory_free(s->own);
    memory_free(s->by_mean);
    *s = (coupling_sample){.n = 0};
}

/* ---- Together ---- */

static double weight_of(const double *weights, size_t person)
{
    return weights ? weights[person] : 1;
}

static double weight_of_all(const coupling_sample *s, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += weight_of(weights, i);
    return sum;
}

/* The mean of a column of a row-major array. */
static double mean_of(const coupling_sample *s, const double *values, size_t width, size_t column,
                      const double *weights, double all)
{
    total sum = {0, 0};
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < s->n; i++) {
        double value = values[i * width + column], weight = weight_of(weights, i);
        total_add(&sum, weight * value);
        least = weight > 0 && value < least ? value : least;
        most = weight > 0 && value > most ? value : most;
    }
    return mean_among(total_value(&sum) / all, least, most);
}

static double share_with_zero(const coupling_sample *s, const double *weights, double all)
{
    double zeros = 0;
    for (size_t i = 0; i < s->n; i++)
        zeros += s->own[i * OWN_COUNT + OWN_WEAKEST] <= 0 ? weight_of(weights, i) : 0;
    return zeros / all;
}

/* S_ij w_i w_j |C_i - C_j| / (2 W^2), by steps between neighbours: a step parts each pair with one
 * on each side. */
static double absolute_gini(const coupling_sample *s, const double *weights, double all)
{
    total sum = {0, 0};
    double before = 0;
    for (size_t place = 1; place < s->n; place++) {
        double step = s->own[s->by_mean[place] * (size_t)OWN_COUNT + OWN_MEAN]
                      - s->own[s->by_mean[place - 1] * (size_t)OWN_COUNT + OWN_MEAN];
        before += weight_of(weights, s->by_mean[place - 1]);
        total_add(&sum, step * before * (all - before));
    }
    return total_value(&sum) / (all * all);
}

int coupling_weakest(const coupling_sample *s, const double *weights, double means[FUNCTION_COUNT],
                     int *weakest)
{
    double all = weight_of_all(s, weights);
    double apart = 16 * DBL_EPSILON * (fabs(s->low) + fabs(s->high));
    int others = 0;
    *weakest = 0;
    for (int f = 0; f < FUNCTION_COUNT; f++)
        means[f] = mean_of(s, s->scores, FUNCTION_COUNT, (size_t)f, weights, all);
    for (int f = 1; f < FUNCTION_COUNT; f++)
        if (means[f] < means[*weakest] - apart)
            *weakest = f;
    for (int f = 0; f < FUNCTION_COUNT; f++)
        others += f != *weakest && means[f] <= means[*weakest] + apart;
    return others;
}

void coupling_indices(const coupling_sample *s, const double *weights,
                      double values[COUPLING_COUNT])
{
    static const struct {
        coupling_index index;
        coupling_own own;
    } means_of_own[] = {{COUPLING_MEAN, OWN_MEAN},
                        {COUPLING_GEOMETRIC, OWN_GEOMETRIC},
                        {COUPLING_OWN_WEAKEST, OWN_WEAKEST},
                        {COUPLING_OWN_SPREAD, OWN_SPREAD}};
    double means[FUNCTION_COUNT], most, all = weight_of_all(s, weights);
    int weakest;
    if (!(all > 0)) {
        for (int i = 0; i < COUPLING_COUNT; i++)
            values[i] = NAN;
        return;
    }
    coupling_weakest(s, weights, means, &weakest);
    most = means[0];
    for (int f = 1; f < FUNCTION_COUNT; f++)
        most = means[f] > most ? means[f] : most;
    values[COUPLING_WEAKEST] = (means[weakest] - s->low) / (s->high - s->low);
    values[COUPLING_SPREAD] = most - means[weakest];
    for (size_t i = 0; i < sizeof means_of_own / sizeof *means_of_own; i++)
        values[means_of_own[i].index] = mean_of(s, s->own, OWN_COUNT, means_of_own[i].own, weights,
                                                all);
    values[COUPLING_ZEROS] = share_with_zero(s, weights, all);
    values[COUPLING_GINI] = absolute_gini(s, weights, all);
}
