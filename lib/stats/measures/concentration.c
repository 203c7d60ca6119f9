#include "stats/measures/concentration.h"

#include <math.h>
#include <stdbool.h>

#include "stats/numbers/moments.h"

const int concentration_tops[CONCENTRATION_TOPS] = {1, 3, 5, 10};
const int lorenz_points[LORENZ_POINTS] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97, 99, 100};

static double weight_at(const concentration_sample *s, const double *weights, size_t place)
{
    return weights ? weights[s->of[place]] : 1;
}

typedef struct whole {
    double people, total;
} whole;

static whole add_all(const concentration_sample *s, const double *weights)
{
    total people = {0}, all = {0};
    for (size_t i = 0; i < s->count; i++) {
        total_add(&people, weight_at(s, weights, i));
        total_add(&all, weight_at(s, weights, i) * s->values[i]);
    }
    return (whole){total_value(&people), total_value(&all)};
}

/* The mean difference of all pairs is the sum, over the steps from one value to the next, of the
 * step times the people on both sides of it. No term is negative, and of equal values all are 0. */
static double gini_of(const concentration_sample *s, const double *weights, const whole *w)
{
    total below = {0}, sum = {0};
    for (size_t i = 0; i + 1 < s->count; i++) {
        double step = s->values[i + 1] - s->values[i], people;
        total_add(&below, weight_at(s, weights, i));
        people = total_value(&below);
        if (step > 0)
            total_add(&sum, step * people * (w->people - people));
    }
    return total_value(&sum) / w->people / w->total;
}

/* What the first `people` have, from the lowest up or from the highest down. */
static double held_by(const concentration_sample *s, const double *weights, double people,
                      bool highest)
{
    total held = {0};
    for (size_t i = 0; i < s->count && people > 0; i++) {
        size_t place = highest ? s->count - 1 - i : i;
        double taken = fmin(weight_at(s, weights, place), people);
        total_add(&held, taken * s->values[place]);
        people -= taken;
    }
    return total_value(&held);
}

/* The least people, from the highest down, that have half of the total. */
static double half_of(const concentration_sample *s, const double *weights, double all)
{
    total people = {0};
    double wanted = all / 2;
    for (size_t place = s->count; place-- > 0 && wanted > 0;) {
        double weight = weight_at(s, weights, place), held = weight * s->values[place];
        bool last = held >= wanted;
        total_add(&people, last ? wanted / s->values[place] : weight);
        wanted = last ? 0 : wanted - held;
    }
    return total_value(&people);
}

concentration concentration_measure(const concentration_sample *s, const double *weights)
{
    const whole w = add_all(s, weights);
    concentration c = {.total = w.total, .gini = NAN, .half = NAN};
    for (size_t i = 0; i < CONCENTRATION_TOPS; i++)
        c.tops[i] = NAN;
    if (!(w.total > 0))
        return c;
    c.gini = gini_of(s, weights, &w);
    c.half = half_of(s, weights, w.total) / w.people;
    for (size_t i = 0; i < CONCENTRATION_TOPS; i++)
        c.tops[i] = held_by(s, weights, concentration_tops[i] * w.people / 100, true) / w.total;
    return c;
}

void concentration_lorenz(const concentration_sample *s, const double *weights,
                          double out[LORENZ_POINTS])
{
    const whole w = add_all(s, weights);
    for (size_t i = 0; i < LORENZ_POINTS; i++) {
        double people = lorenz_points[i] * w.people / 100;
        out[i] = w.total > 0 ? fmin(held_by(s, weights, people, false) / w.total, 1) : (double)NAN;
        if (w.total > 0 && lorenz_points[i] == 100)
            out[i] = 1;
    }
}

double concentration_correction(const concentration_sample *s, const double *weights)
{
    total people = {0}, squares = {0};
    for (size_t i = 0; i < s->count; i++) {
        double weight = weight_at(s, weights, i);
        total_add(&people, weight);
        total_add(&squares, weight * weight);
    }
    double all = total_value(&people) * total_value(&people);
    return s->count > 1 && all > total_value(&squares) ? all / (all - total_value(&squares))
                                                       : (double)NAN;
}
