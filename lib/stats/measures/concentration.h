/* Concentration: how unevenly a total is divided among people. Lorenz (1905), "Methods of measuring
 * the concentration of wealth"; Gini (1914), of whose ratio this is the mean difference divided by
 * twice the mean. The curve goes straight from person to person, so that a group of people that
 * ends within one of them has that share of what this one has. Plain arrays. */
#ifndef STATS_MEASURES_CONCENTRATION_H
#define STATS_MEASURES_CONCENTRATION_H

#include <stddef.h>

/* Of which people, from the highest down, the share of the total is told: per cent of all. */
enum { CONCENTRATION_TOPS = 4, LORENZ_POINTS = 14 };
extern const int concentration_tops[CONCENTRATION_TOPS];
/* Up to which people, from the lowest up: per cent of all. */
extern const int lorenz_points[LORENZ_POINTS];

/* Shares are of 1. */
typedef struct concentration {
    double total; /* of the values times their weights */
    double gini;  /* 0: all have the same */
    double half;  /* the least share of people that has half of the total */
    double tops[CONCENTRATION_TOPS];
} concentration;

/* values: ascending, none negative. weights: of the person that `of` numbers, not negative; NULL:
 * all 1. Without people, or where all values are 0, all but the total is NaN. */
typedef struct concentration_sample {
    size_t count;
    const double *values;
    const size_t *of;
} concentration_sample;

concentration concentration_measure(const concentration_sample *s, const double *weights);

/* The share of the total that the lowest `share` of the people have, at each of lorenz_points. */
void concentration_lorenz(const concentration_sample *s, const double *weights,
                          double out[LORENZ_POINTS]);

/* What the raw coefficient is multiplied by so that it does not grow with the number of people:
 * 1 / (1 - sum w^2 / (sum w)^2), which is n / (n - 1) without weights (Deltas 2003, "The
 * small-sample bias of the Gini coefficient"). NaN for one person. */
double concentration_correction(const concentration_sample *s, const double *weights);

#endif
