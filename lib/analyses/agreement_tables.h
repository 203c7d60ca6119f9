/* The tables of the analysis agreement, and the figures that several groups give together. */
#ifndef ANALYSES_AGREEMENT_TABLES_H
#define ANALYSES_AGREEMENT_TABLES_H

#include "analyses/agreement_groups.h"
#include "stats/chance.h"
#include "stats/oneway.h"

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
    const char *scale, *name;       /* name: the grouping as printed */
    const agreement_groups *of;
    const agreement_group *groups;  /* `count` of them */
    size_t count;
    int64_t without_group;
    bool total;                     /* over all targets, where a respondent has several ties: no analysis of variance */
    uint32_t group_of_by;
} agreement_block;

/* The group size of an ICC, as the option k0 names it. */
enum { SIZE_N0, SIZE_MEAN, SIZE_REML };

/* Writes the rows of a block; `fit` is filled with its variance components unless it is a total. */
relcoord_status agreement_write_coefficients(const agreement_block *b, const chance_outcome *chance, relcoord_table *table,
                                             oneway *fit, relcoord_error *err);
void agreement_write_groups(const agreement_block *b, const oneway *fit, relcoord_table *table);

/* The observed means that chance is asked about: of rwg and of AD about the mean, over groups of two and more. */
typedef struct observed_agreement {
    double rwg, ad_mean;
} observed_agreement;
relcoord_status agreement_observe(const agreement_block *b, observed_agreement *out, relcoord_error *err);

#endif
