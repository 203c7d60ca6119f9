/* The tables of the analysis agreement, and the figures that several groups give together. */
#ifndef ANALYSES_AGREEMENT_TABLES_H
#define ANALYSES_AGREEMENT_TABLES_H

#include "analyses/agreement/groups.h"
#include "engine/resampling.h"
#include "stats/agreement/chance.h"
#include "stats/variance/oneway.h"

extern const table_spec agreement_coefficients_table, agreement_groups_table;

/* What agreement came to by chance: NaN and a code where it was asked for and cannot be told. */
typedef struct chance_outcome {
    bool asked;
    chance_verdict rwg, ad_mean;
    const char *note; /* a code, or NULL */
} chance_outcome;

/* One set of groups that are held against each other. */
typedef struct agreement_block {
    const run *r;
    const char *scale, *name; /* name: the grouping as printed */
    const agreement_groups *of;
    const agreement_group *groups; /* `count` of them */
    size_t count;
    int64_t without_group;
    bool total; /* over all targets, where a respondent has several ties: no analysis of variance */
    uint32_t group_of_by;
    work_share share; /* of the whole work */
} agreement_block;

/* The group size of an ICC, as the option k0 names it. */
enum { SIZE_N0, SIZE_MEAN, SIZE_REML };

/* ---- Resampled groups ---- */

/* What has a bootstrap interval: figures of differences between groups, and, in agreement_within.c,
 * of agreement. */
typedef enum resampled_id {
    RESAMPLED_ETA2,
    RESAMPLED_OMEGA2,
    RESAMPLED_ICC1,
    RESAMPLED_ICC2,
    RESAMPLED_TAU2,
    RESAMPLED_SIGMA2,
    RESAMPLED_COUNT
} resampled_id;

enum { WITHIN_COUNT = 19 };

typedef struct agreement_resampled {
    bootstrap_interval between[RESAMPLED_COUNT];
    bootstrap_interval
        within[WITHIN_COUNT]; /* by the rows of agreement_within.c; of means and shares only */
} agreement_resampled;

/* Draws whole groups. In agreement_resampling.c. */
relcoord_status agreement_resample(const agreement_block *b, agreement_resampled *out,
                                   relcoord_error *err);

/* What a group adds to a mean or share over groups; NaN when it has no value, or the row is
 * none. */
double agreement_within_value(const agreement_block *b, size_t row, size_t group);

/* ---- Rows ---- */

/* What a coefficient is over. */
typedef struct case_base {
    int64_t groups, n, left_out;
} case_base;

void agreement_write_row(const agreement_block *b, const char *coefficient, case_base base,
                         const icc_value *value, const char *estimator, relcoord_table *table);
void agreement_write_value(const agreement_block *b, const char *coefficient, case_base base,
                           double value, const char *estimator, relcoord_table *table);
/* Gives the last row an interval, where it has a value; interval: NULL for none. */
void agreement_write_resampled(const agreement_block *b, const bootstrap_interval *interval,
                               relcoord_table *table);

/* Writes the rows of a block; `fit` is filled with its variance components unless it is a total.
 * resampled: NULL for intervals by formula. */
relcoord_status agreement_write_coefficients(const agreement_block *b, const chance_outcome *chance,
                                             const agreement_resampled *resampled,
                                             relcoord_table *table, oneway *fit,
                                             relcoord_error *err);
relcoord_status agreement_write_within(const agreement_block *b,
                                       const agreement_resampled *resampled, relcoord_table *table,
                                       relcoord_error *err);
void agreement_write_groups(const agreement_block *b, const oneway *fit, relcoord_table *table);

/* The observed means that chance is asked about: of rwg and of AD about the mean, over groups of
 * two and more. */
typedef struct observed_agreement {
    double rwg, ad_mean;
} observed_agreement;
relcoord_status agreement_observe(const agreement_block *b, observed_agreement *out,
                                  relcoord_error *err);

#endif
