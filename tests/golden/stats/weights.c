/* Writes the weights that resample_draw gives, for R to compute its own statistics on: plan,
 * replicate, then a weight for each respondent; and last, by the same columns, the strata and the
 * units. */
#include <stdio.h>

#include "plans.h"

int main(void)
{
    double weights[PEOPLE];
    relcoord_error error;
    for (int p = 0; p < PLANS; p++) {
        resample people;
        if (resample_make(&plans[p], &people, &error))
            return 1;
        for (uint32_t b = 0; b < REPLICATES; b++) {
            resample_draw(&people, b, weights);
            printf("%s,%u", plan_names[p], (unsigned)b);
            for (int i = 0; i < PEOPLE; i++)
                printf(",%.17g", weights[i]);
            putchar('\n');
        }
        resample_free(&people);
    }
    printf("strata,0");
    for (int i = 0; i < PEOPLE; i++)
        printf(",%u", (unsigned)strata[i]);
    printf("\nunits,0");
    for (int i = 0; i < PEOPLE; i++)
        printf(",%u", (unsigned)units[i]);
    putchar('\n');
    return 0;
}
