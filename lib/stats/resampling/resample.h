/* Resampling people: which weight each respondent has in a replicate. All that a respondent said
 * goes together, for the weight is the respondent's. Knows counts and numbers only.
 *
 * Within each stratum of n clusters n - 1 are drawn with replacement and weighted n / (n - 1), so
 * that the variance over replicates is the unbiased one (Rao & Wu 1988, "Resampling inference with
 * complex survey data"; with n - 1 draws their rescaling keeps all weights at or above 0), or,
 * plain, n are drawn and counted. */
#ifndef STATS_RESAMPLING_RESAMPLE_H
#define STATS_RESAMPLING_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "relcoord.h"

typedef struct resample_plan {
    size_t count;            /* respondents, in the order of their ids: draws go by that order */
    const uint32_t *stratum; /* by respondent, any numbers; NULL: all are one stratum */
    const uint32_t *cluster; /* by respondent, any numbers: whom to draw together; NULL: each
                                respondent alone */
    bool plain;
    uint64_t seed, stream; /* stream: another one for each use of a seed */
} resample_plan;

/* Whom to draw. Read by all threads. */
typedef struct resample {
    size_t count;
    uint32_t cluster_count, stratum_count; /* strata in order of their first respondent */
    uint32_t *cluster_of;                  /* by respondent */
    uint32_t *first_of;                    /* by cluster: its first respondent */
    uint32_t *by_stratum;    /* clusters, stratum by stratum, within one in the order of their first
                                respondent */
    uint32_t *stratum_start; /* by stratum, and one past the last */
    bool plain;
    uint64_t seed, stream;
} resample;

/* RELCOORD_EUSAGE when a cluster lies in two strata. */
relcoord_status resample_make(const resample_plan *plan, resample *out, relcoord_error *err);
void resample_free(resample *r);

/* Writes a weight for each respondent: those of a replicate, the same whenever and wherever it is
 * drawn. The only cluster of a stratum is always there, with weight 1: nothing can be said of how
 * it varies. */
void resample_draw(const resample *r, uint64_t replicate, double *weights);

/* The weights without the cluster by_stratum[place] of a stratum: 0 for it, n / (n - 1) for those
 * left of the stratum (the stratified jackknife), 1 elsewhere. */
void resample_without(const resample *r, uint32_t stratum, uint32_t place, double *weights);

#endif
