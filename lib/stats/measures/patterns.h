/* Patterns of careless answering in one respondent's scores: long strings and intra-individual
 * variability (Meade & Craig 2012; Dunn et al. 2018). */
#ifndef STATS_MEASURES_PATTERNS_H
#define STATS_MEASURES_PATTERNS_H

#include <stdint.h>

/* Gathers the scores of one respondent. Zero-initialise; scores come in the order in which they
 * were asked. */
typedef struct answer_pattern {
    int64_t n;
    double first, mean, squares; /* of the scores: the first, the mean, the sum of squared
                                    deviations (Welford 1962) */
    int differs;                 /* whether any is not the first */
    double last;                 /* of the run at hand, */
    int64_t run, longest;        /* which is broken where no score stands */
} answer_pattern;

void answer_pattern_add(answer_pattern *a, double score);
/* No score stands here, or another set of items begins: runs end. */
void answer_pattern_break(answer_pattern *a);
/* The standard deviation with n - 1; NAN for fewer than two scores. */
double answer_pattern_sd(const answer_pattern *a);

/* How many of the keys are there more than once. Sorts them. */
int64_t patterns_repeated(uint64_t *keys, uint32_t count);

#endif
