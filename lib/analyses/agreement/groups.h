/* Who is held against whom: the answers to a scale, sorted into groups of people, and the figures
 * of each group. A group is those of one label of an attribute, or the members of one workgroup who
 * rate one target. */
#ifndef ANALYSES_AGREEMENT_GROUPS_H
#define ANALYSES_AGREEMENT_GROUPS_H

#include "engine/scores/scales.h"
#include "stats/agreement/agreement.h"
#include "stats/variance/anova.h"

/* The columns that its tables begin with. */
#define AGREEING_COLUMNS                                                                   \
    {"scale", RELCOORD_STRING, RELCOORD_KEY, "scale"},                                     \
    {                                                                                      \
        "grouping", RELCOORD_STRING, RELCOORD_KEY,                                         \
            "who should agree: the groups of a column, or workgroup: and the target that " \
            "workgroups rate"                                                              \
    }

/* ---- By what ---- */

#define BY_TARGET UINT32_MAX

typedef struct grouping {
    uint32_t attribute; /* or BY_TARGET: workgroups, for each target apart */
    uint32_t target;    /* then: the only target, or NO_TARGET for all */
} grouping;

typedef struct grouping_list {
    size_t count;
    grouping *groupings;
} grouping_list;

#define GROUPING_OPTION                                                                           \
    {                                                                                             \
        .name = "grouping", .type = OPTION_LIST, .initial = "",                                   \
        .help = "who should agree: columns to group by, workgroup:target, or workgroup: and one " \
                "target; none given: "                                                            \
                "those of the scale"                                                              \
    }

/* What the option `grouping` names; none: units and workgroup:target for a scale of ties, all
 * columns to group by but wave, role, level and status for others. May be empty. */
relcoord_status groupings_select(const run *r, const scale *s, grouping_list *out,
                                 relcoord_error *err);
void groupings_free(grouping_list *list);

/* ---- Against what ---- */

/* Variances of answers by chance: that of the options, and two that are always beside it. */
typedef enum null_column {
    NULL_CHOSEN,
    NULL_BESIDE_UNIFORM,
    NULL_BESIDE_SKEW,
    NULL_COLUMNS
} null_column;

typedef struct null_variances {
    double of[NULL_COLUMNS]; /* NaN where the scale has none */
} null_variances;

/* ---- The groups ---- */

typedef struct agreement_group {
    const char *name;
    uint32_t label;      /* the number of its name */
    uint32_t target;     /* NO_TARGET when by attribute */
    size_t first, count; /* its rows */
    int64_t left_out;    /* of them, without a score */
    group_summary scores;
    agreement items; /* of those who answer all items */
    agreement_rwg rwg[NULL_COLUMNS];
} agreement_group;

typedef struct agreement_groups {
    size_t k, rows;
    double *scores, *items; /* by row, and row by k: group after group, NaN for none */
    size_t count;
    agreement_group *groups; /* in the order of targets, then labels */
    int64_t without_group;   /* rows of no group, which are left out */
    bool means;              /* an answer is a mean over a respondent's ties */
    bool overlapping;        /* people may be in several groups */
    bool on_scale;           /* answers are whole steps between two ends */
    agreement_scale scale;
} agreement_groups;

/* Gathers and works out all groups; answers of people that are no whole steps of a known scale have
 * neither a null nor a_wg, but for a null variance of the options. */
relcoord_status agreement_groups_make(const run *r, const scale *s, const group_members *members,
                                      grouping by, agreement_groups *out, relcoord_error *err);
void agreement_groups_free(agreement_groups *g);

/* The null that the options choose, and what it is called as an estimator. */
agreement_null agreement_null_chosen(const run *r);
const char *agreement_null_estimator(const run *r, null_column which);

#endif
