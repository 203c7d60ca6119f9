/* Writes the weights that resample_draw gives for people or groups told on standard input, one a
 * line: the number of the stratum that each is drawn within.
 *
 *     draws SEED STREAM REPLICATES n-1|n      a line of weights for each replicate */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/resampling/resample.h"

enum { MOST = 10000 };

int main(int count, char **arguments)
{
    static uint32_t strata[MOST];
    static double weights[MOST];
    resample_plan plan = {.stratum = strata};
    resample people;
    relcoord_error error;
    if (count != 5)
        return 2;
    plan.seed = strtoull(arguments[1], NULL, 10);
    plan.stream = strtoull(arguments[2], NULL, 10);
    plan.plain = strcmp(arguments[4], "n") == 0;
    for (unsigned stratum; plan.count < MOST && scanf("%u", &stratum) == 1; plan.count++)
        strata[plan.count] = stratum;
    if (resample_make(&plan, &people, &error))
        return 1;
    for (uint64_t b = 0; b < strtoull(arguments[3], NULL, 10); b++) {
        resample_draw(&people, b, weights);
        for (size_t i = 0; i < plan.count; i++)
            printf("%s%.17g", i ? "," : "", weights[i]);
        putchar('\n');
    }
    resample_free(&people);
    return 0;
}
