/* Raking: weights for those who answered, so that they are made up like those who were asked, one
 * margin after the other until all of them hold (iterative proportional fitting, Deming & Stephan
 * 1940; as calibration Deville, Särndal & Sautory 1993). And what unequal weights cost (Kish
 * 1965, 11.7). */
#ifndef STATS_WEIGHTING_RAKING_H
#define STATS_WEIGHTING_RAKING_H

#include "relcoord.h"

typedef struct raking_margin {
    const uint32_t *category; /* by case */
    size_t count;             /* of categories */
    const double *target;     /* by category: what the weights of its cases shall add up to */
} raking_margin;

typedef enum raking_outcome {
    RAKING_DONE,
    RAKING_EMPTY,    /* a category that is to add up to something has no case */
    RAKING_UNSETTLED /* the margins cannot all hold, or come together too slowly */
} raking_outcome;

typedef struct raking {
    raking_outcome outcome;
    size_t cycles;
} raking;

/* All margins hold to this share of each target; or it is given up. */
#define RAKING_TOLERANCE 1e-12
enum { RAKING_CYCLES = 10000 };

/* Writes the weight of each case, all of which start at 1; NaN when the outcome is not RAKING_DONE.
 * Cases alike in all margins get the same weight. Without margins all weights are 1. The progress
 * callback hears `share`. */
relcoord_status raking_fit(const raking_margin *margins, size_t margin_count, size_t cases,
                           const relcoord_options *progress, double share, double *weights,
                           raking *out, relcoord_error *err);

/* Gathers weights; zero-initialise. */
typedef struct weight_spread {
    int64_t n;
    double sum, squares, least, most;
} weight_spread;

void weight_spread_add(weight_spread *s, double weight);
/* (S w)^2 / S w^2: as many people of equal weight would tell as much. NaN without a weight above
 * 0. */
double weight_spread_effective(const weight_spread *s);
/* n S w^2 / (S w)^2: how many times the variance of a mean grows. */
double weight_spread_design_effect(const weight_spread *s);

#endif
