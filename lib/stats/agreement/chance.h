/* What rwg(J) and AD(J) come to by chance: raters who answer at random, on items that correlate
 * (Cohen, Doveh & Nahum-Shani 2009). An answer is a normal deviate cut into the options of the null
 * distribution, and the items' deviates have the correlations given, as in R's multilevel. A
 * replicate depends on the seed and its number. */
#ifndef STATS_AGREEMENT_CHANCE_H
#define STATS_AGREEMENT_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/agreement/agreement.h"

typedef struct chance_plan {
    uint64_t seed;
    size_t items;
    agreement_scale scale;
    agreement_null null;  /* whose probabilities the answers have; others than the uniform one need
                             five options */
    double null_variance; /* what rwg(J) divides by */
    const double *factor; /* items x items, from chance_factor; NULL: the items do not correlate */
} chance_plan;

/* factor times its transpose is the matrix of correlations, which may be singular; false when it is
 * none. */
bool chance_factor(const double *correlations, size_t items, double *factor);

/* The means over groups, those of one left out, of rwg(J) and of AD(J) about the mean. */
typedef struct chance_draw {
    double rwg, ad_mean;
} chance_draw;

/* Fills draws with the replicates first … end - 1 of groups of those sizes, NaN where no group has
 * two raters. False when memory runs out. Ranges of replicates can be made on several threads. */
bool chance_replicate(const chance_plan *plan, const uint32_t *sizes, size_t groups, uint64_t first,
                      uint64_t end, chance_draw *draws);

/* One group's answers as counts[item * options + option], from the start of its replicate's stream;
 * what chance_replicate gives to the first of its groups. False when memory runs out. */
bool chance_answers(const chance_plan *plan, uint64_t replicate, uint32_t raters, uint32_t *counts);

typedef struct chance_verdict {
    double p;        /* (1 + those that reach the observed value)/(1 + draws) */
    double critical; /* the nearest drawn value that at most `level` of the draws reach; NaN where
                        none is so rare */
} chance_verdict;

/* `high`: draws reach what they are not below, as for rwg(J); else what they are not above, as for
 * AD(J). Sorts the draws in place. */
chance_verdict chance_judge(double observed, double *draws, size_t count, double level, bool high);

#endif
