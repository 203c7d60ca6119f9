/* The score of a tie. Pure arithmetic. */
#include "stats/measures/scores.h"

#include <math.h>

int scores_least_answered(double min_share, int items)
{
    int least = (int)ceil(min_share * items - 1e-9); /* 0.6 * 5 must not ask for 4 */
    return least < 1 ? 1 : least;
}

int32_t scores_mean(const int8_t *answers, int items, int least)
{
    static const int32_t share[MOST_SCORE_ITEMS + 1] = {
        0,
        SCORE_UNIT,
        SCORE_UNIT / 2,
        SCORE_UNIT / 3,
        SCORE_UNIT / 4,
        SCORE_UNIT / 5,
        SCORE_UNIT / 6,
        SCORE_UNIT / 7,
    };
    int32_t sum = 0;
    int answered = 0;
    for (int i = 0; i < items; i++) {
        sum += answers[i] > 0 ? answers[i] : 0;
        answered += answers[i] > 0;
    }
    return answered < least ? 0 : sum * share[answered];
}
