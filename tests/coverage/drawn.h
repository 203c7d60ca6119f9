/* Whether bootstrap intervals of one statistic hold the truth. */
#ifndef COVERAGE_DRAWN_H
#define COVERAGE_DRAWN_H

#include "simulate.h"
#include "stats/resampling/bootstrap.h"

enum { DRAWN_KINDS = 3 }; /* percentile, basic, BCa */

static inline relcoord_status judge_drawn(const resample_plan *draws, bootstrap_statistic evaluate,
                                          const void *context, uint32_t replicates, double truth,
                                          unsigned char verdicts[DRAWN_KINDS], relcoord_error *err)
{
    resample drawn = {0};
    bootstrap b = {0};
    bootstrap_plan plan = {.people = &drawn,
                           .replicates = replicates,
                           .jackknife = true,
                           .evaluate = evaluate,
                           .context = context,
                           .statistics = 1,
                           .threads = 1};
    relcoord_status status = resample_make(draws, &drawn, err);
    if (!status)
        status = bootstrap_run(&plan, &b, err);
    for (int kind = 0; kind < DRAWN_KINDS && !status; kind++) {
        bootstrap_interval i;
        status = bootstrap_intervals(&b, (bootstrap_kind)kind, 0.95, &i, err);
        verdicts[kind] = judge(i.low, i.high, truth);
    }
    bootstrap_free(&b);
    resample_free(&drawn);
    return status;
}

#endif
