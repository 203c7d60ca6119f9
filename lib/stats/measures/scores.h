/* The score of a tie: the mean of its answered items (relcoord-methods(7), Scores). Kept as a whole
 * number of SCORE_UNITs, so that sums of scores are exact and no order of adding shows. */
#ifndef STATS_MEASURES_SCORES_H
#define STATS_MEASURES_SCORES_H

#include <stdint.h>

/* The least common multiple of 1 to 7: a mean of up to seven whole answers is a whole number of
 * these. */
enum { SCORE_UNIT = 420, MOST_SCORE_ITEMS = 7 };

/* How many of `items` must be answered: the smallest whole number not below min_share * items, at
 * least 1. */
int scores_least_answered(double min_share, int items);

/* The mean of the answers above 0, in SCORE_UNITs, or 0 when fewer than `least` are answered. */
int32_t scores_mean(const int8_t *answers, int items, int least);

#endif
