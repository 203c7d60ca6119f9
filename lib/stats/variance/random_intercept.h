/* A change between two waves of people some of whom are in both: value ~ wave + (1 | person) by
 * restricted maximum likelihood (Patterson & Thompson 1971; the criterion is lme4's), with degrees
 * of freedom after Satterthwaite from the observed information, as lmerTest has them (Kuznetsova,
 * Brockhoff & Christensen 2017). */
#ifndef STATS_VARIANCE_RANDOM_INTERCEPT_H
#define STATS_VARIANCE_RANDOM_INTERCEPT_H

#include <stdbool.h>
#include <stddef.h>

/* What one person gave in each of the two waves: how many values, and their sum. */
typedef struct wave_sums {
    double n[2], sum[2];
} wave_sums;

typedef enum intercept_note {
    INTERCEPT_UNIDENTIFIED =
        1, /* a wave is empty, nobody has two values, or nothing is left to estimate from */
    INTERCEPT_NO_RESIDUAL =
        2, /* people and waves explain all values: the likelihood has no bound */
    INTERCEPT_BOUNDARY =
        4 /* the likelihood is highest where people do not differ: least squares, df n - 2 */
} intercept_note;

typedef struct random_intercept {
    unsigned notes;
    double mean_first, change, se, df; /* NaN where a note says why */
    double tau2, sigma2, criterion;    /* between and within people; -2 log restricted likelihood */
} random_intercept;

/* within: squares of the values about their mean in each person. False when memory runs out. The
 * order of the people does not show: they are sorted, in place. */
bool random_intercept_fit(wave_sums *people, size_t count, double within, random_intercept *out);

#endif
