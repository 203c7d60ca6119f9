/* Bootstrap intervals of many statistics at once: one pass over the data for each replicate fills
 * them all. After Efron (1987), "Better bootstrap confidence intervals", and Davison & Hinkley
 * (1997), "Bootstrap methods and their application", chapter 5; whom to draw is resample.h. The
 * same bytes on any number of threads. */
#ifndef STATS_RESAMPLING_BOOTSTRAP_H
#define STATS_RESAMPLING_BOOTSTRAP_H

#include "base/options.h"
#include "stats/resampling/resample.h"

/* Fills all statistics from a weight for each respondent: a whole number of times, or rescaled. A
 * weight the statistic has of its own, it multiplies in. NaN where a statistic has no value. Called
 * on several threads at once, each with a scratch of its own, whose bytes are left from a call
 * before or 0. */
typedef relcoord_status (*bootstrap_statistic)(const void *context, const double *weights,
                                               void *scratch, double *values, relcoord_error *err);

typedef struct bootstrap_plan {
    const resample *people; /* outlives the bootstrap */
    uint32_t replicates;
    bool jackknife; /* also leave out each cluster in turn, which BOOTSTRAP_BCA needs */
    bootstrap_statistic evaluate;
    const void *context;
    size_t statistics, scratch_size;
    size_t threads;
    const relcoord_options *progress; /* whose callback is told and may cancel; NULL for none */
    double from, to; /* the shares of the whole work that it is told of; both 0: all of it */
} bootstrap_plan;

/* What the statistics came to. */
typedef struct bootstrap {
    const resample *people;
    size_t statistics;
    uint32_t replicates;
    bool jackknife;
    uint32_t *left_out; /* by deletion: its place in people->by_stratum; without jackknife clusters
                           alone in a stratum */
    uint32_t deletions;
    double *values; /* rows of statistics: as observed, then by replicate, then by deletion */
} bootstrap;

/* Memory grows with replicates (and with jackknife clusters) times statistics. */
relcoord_status bootstrap_run(const bootstrap_plan *plan, bootstrap *out, relcoord_error *err);
void bootstrap_free(bootstrap *b);

typedef enum bootstrap_kind { BOOTSTRAP_PERCENTILE, BOOTSTRAP_BASIC, BOOTSTRAP_BCA } bootstrap_kind;

/* What is to be said of an interval. */
enum {
    BOOTSTRAP_UNDEFINED =
        1, /* no value as observed, or in fewer than two replicates: no interval */
    BOOTSTRAP_OFTEN_UNDEFINED =
        2, /* no value in over 5 % of the replicates: the interval is of the others */
    BOOTSTRAP_CONSTANT =
        4, /* the same in all replicates: the interval has no width, or with ALONE is none */
    BOOTSTRAP_ALONE =
        8, /* depends on a cluster alone in its stratum, whose variation the interval lacks */
    BOOTSTRAP_NO_BCA = 16 /* no bias correction or no acceleration can be had: no interval */
};

typedef struct bootstrap_interval {
    double value;            /* as observed */
    double low, high;        /* NaN where there is no interval */
    double se, bias;         /* the replicates' standard deviation, and their mean less the value */
    double p_low, p_high;    /* the replicates' quantiles that the limits come from */
    double z0, acceleration; /* of BOOTSTRAP_BCA, else NaN */
    uint32_t defined;        /* replicates that have a value */
    unsigned flags;
} bootstrap_interval;

/* Writes the interval of every statistic. Quantiles are type 7. BCa: z0 from the share of
 * replicates below the value, equal ones counted half; the acceleration from the stratified
 * jackknife, S d^3 / (6 (S d^2)^1.5) with d = (n - 1) / n times the mean of a stratum's deletions
 * less the deletion, so that each stratum of n counts by what it adds to the variance. Without a
 * jackknife BOOTSTRAP_BCA is RELCOORD_EUSAGE. What differs by less than 1e-12 of the larger of 1
 * and its size is the same. */
relcoord_status bootstrap_intervals(const bootstrap *b, bootstrap_kind kind, double confidence,
                                    bootstrap_interval *out, relcoord_error *err);

#endif
