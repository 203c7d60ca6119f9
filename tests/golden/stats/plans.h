/* The resampling plans whose replicates go to R (bootstrap.R) and which the tests in C repeat. */
#ifndef GOLDEN_STATS_PLANS_H
#define GOLDEN_STATS_PLANS_H

#include "stats/resampling/resample.h"

enum { PEOPLE = 29, REPLICATES = 499, PLANS = 4 };

/* Strata of 8, 12 and 9; seven units across them. */
static const uint32_t strata[PEOPLE] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1,
                                        1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2};
static const uint32_t units[PEOPLE] = {5, 5, 5, 2, 2, 2, 6, 6, 5, 5, 2, 0, 0, 0, 6,
                                       6, 1, 1, 1, 1, 3, 3, 3, 4, 4, 0, 0, 6, 6};

static const char *const plan_names[PLANS] = {"rescaled", "plain", "units_rescaled", "units_plain"};
static const resample_plan plans[PLANS] = {
    {.count = PEOPLE, .stratum = strata, .seed = 2016, .stream = 1},
    {.count = PEOPLE, .stratum = strata, .plain = true, .seed = 2016, .stream = 2},
    {.count = PEOPLE, .cluster = units, .seed = UINT64_C(0xfedcba9876543210), .stream = 3},
    {.count = PEOPLE, .cluster = units, .plain = true, .seed = 2016, .stream = 4},
};

#endif
