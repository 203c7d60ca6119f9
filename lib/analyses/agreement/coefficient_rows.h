/* A set of groups that are held against each other, and the rows of the table `coefficients` about
 * it. */
#ifndef ANALYSES_AGREEMENT_COEFFICIENT_ROWS_H
#define ANALYSES_AGREEMENT_COEFFICIENT_ROWS_H

#include "analyses/agreement/groups.h"
#include "engine/resampling.h"
#include "stats/variance/oneway.h"

extern const table_spec agreement_coefficients_table;

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

#endif
