/* Indices of coupling competence, from people's scores on four functions. They are this project's
 * own operationalisation of Jørgensen, Lassen & Baadsgaard (2016), not a published, validated
 * instrument: see relcoord-methods(7), Coupling competence. Knows numbers only. */
#ifndef STATS_MEASURES_COUPLING_H
#define STATS_MEASURES_COUPLING_H

#include <stddef.h>
#include <stdint.h>

#include "relcoord.h"

enum { FUNCTION_COUNT = 4 };

/* What one person comes to. u = (F - low)/(high - low) of each function score F. */
typedef enum coupling_own {
    OWN_MEAN,      /* mean of the four u */
    OWN_GEOMETRIC, /* fourth root of their product: 0 as soon as one is */
    OWN_WEAKEST,   /* the least u */
    OWN_SPREAD,    /* largest F less least, on the scale of the answers */
    OWN_COUNT
} coupling_own;

void coupling_of_person(const double scores[FUNCTION_COUNT], double low, double high,
                        double own[OWN_COUNT]);

/* What people come to together. */
typedef enum coupling_index {
    COUPLING_WEAKEST, /* the least mean u of a function */
    COUPLING_SPREAD,  /* largest mean F less the least */
    COUPLING_MEAN,
    COUPLING_GEOMETRIC,
    COUPLING_ZEROS,       /* share of people with a function score at the low end */
    COUPLING_OWN_WEAKEST, /* mean of people's own weakest links: never above COUPLING_WEAKEST */
    COUPLING_OWN_SPREAD,
    COUPLING_GINI, /* S |C_i - C_j| / (2 n^2), absolute: not divided by the mean */
    COUPLING_COUNT
} coupling_index;

/* People who have all four scores. */
typedef struct coupling_sample {
    size_t n;
    double low, high;
    double *scores;    /* n x FUNCTION_COUNT */
    double *own;       /* n x OWN_COUNT */
    uint32_t *by_mean; /* people, ascending by OWN_MEAN */
} coupling_sample;

/* Copies the scores, none of which is NaN or outside low to high: a product of four u has a
 * fourth root only then. */
relcoord_status coupling_sample_make(const double *scores, size_t n, double low, double high,
                                     coupling_sample *out, relcoord_error *err);
void coupling_sample_free(coupling_sample *s);

/* By person a weight, the times that it was drawn; NULL: everyone once. NaN where nobody is
 * left. */
void coupling_indices(const coupling_sample *s, const double *weights,
                      double values[COUPLING_COUNT]);

/* The means of the functions, and which is the least. Returns how many others are as low, within
 * rounding. */
int coupling_weakest(const coupling_sample *s, const double *weights, double means[FUNCTION_COUNT],
                     int *weakest);

#endif
