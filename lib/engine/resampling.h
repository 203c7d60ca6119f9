/* Bootstrap intervals as options of an analysis (relcoord-methods(7), Uncertainty): whom to draw,
 * and the codes that an interval leaves in a note. The arithmetic is
 * stats/resampling/bootstrap.h. */
#ifndef ENGINE_RESAMPLING_H
#define ENGINE_RESAMPLING_H

#include "engine/members.h"
#include "stats/resampling/bootstrap.h"

#define RESAMPLE_OPTIONS BOOTSTRAP_OPTIONS, REPLICATE_OPTIONS, RESAMPLE_OPTION
#define BOOTSTRAP_OPTIONS                                                        \
    {.name = "ci",                                                               \
     .type = OPTION_CHOICE,                                                      \
     .initial = "analytic",                                                      \
     .choices = "analytic|bootstrap",                                            \
     .help = "intervals by a formula, where there is one, or by the bootstrap"}, \
        METHOD_OPTION
#define METHOD_OPTION                                                               \
    {                                                                               \
        .name = "bootstrap_method", .type = OPTION_CHOICE, .initial = "percentile", \
        .choices = "percentile|basic|bca",                                          \
        .help = "how the limits of a bootstrap interval are found"                  \
    }
#define REPLICATE_OPTIONS                       \
    {.name = "replicates",                      \
     .type = OPTION_INTEGER,                    \
     .initial = "2000",                         \
     .minimum = 20,                             \
     .maximum = 1000000,                        \
     .help = "number of bootstrap replicates"}, \
        SEED_OPTION
#define SEED_OPTION                                                              \
    {                                                                            \
        .name = "seed", .type = OPTION_INTEGER, .initial = "1", .minimum = 0,    \
        .maximum = 9223372036854775807.0,                                        \
        .help = "seed of the random draws: the same seed gives the same figures" \
    }
#define RESAMPLE_OPTION                                                                            \
    {                                                                                              \
        .name = "resample", .type = OPTION_CHOICE, .initial = "respondents",                       \
        .choices = "respondents|respondents_plain|units",                                          \
        .help = "what to resample: respondents with all their answers, within their workgroup, n " \
                "- 1 of n and rescaled, or plainly n of n; or whole units"                         \
    }

/* Whether the options ask for bootstrap intervals. */
bool resampling_wanted(const run *r);

/* Refuses what the data cannot give: units where there are none, or where people are in several.
 * Asked once, before anything is worked out. */
relcoord_status resampling_check(const run *r, relcoord_error *err);
/* The same of an analysis whose intervals are all by the bootstrap. */
relcoord_status resampling_check_units(const run *r, relcoord_error *err);

/* Where a piece of work stands in the whole. */
typedef struct work_share {
    double from, to;
} work_share;

/* What to resample: `evaluate` gets a weight for each of the group's members, in their order. */
typedef struct resampling_statistics {
    bootstrap_statistic evaluate;
    const void *context;
    size_t count, scratch_size;
    work_share share; /* of the whole work, for the report of progress */
} resampling_statistics;

/* Writes an interval for each statistic, by the options. The draws depend on the seed and the
 * group's members alone, so that a group has the intervals that a survey of it alone would have.
 * Members of one workgroup are a stratum, but units are drawn from all. */
relcoord_status resampling_intervals(const run *r, const group_members *members,
                                     const resampling_statistics *statistics,
                                     bootstrap_interval *out, relcoord_error *err);

/* The same of other people, or groups of them, than the option `resample` draws. */
relcoord_status resampling_intervals_of(const run *r, const resample *people,
                                        const resampling_statistics *statistics,
                                        bootstrap_interval *out, relcoord_error *err);

/* Adds the codes of an interval to the last row: the method's, where there is an interval, and
 * those of its flags. */
void resampling_add_notes(relcoord_table *table, const run *r, const bootstrap_interval *interval);

/* The same without the method's, of an analysis that has no other intervals. */
void resampling_add_reasons(relcoord_table *table, unsigned flags);

/* The code of one of an interval's flags, which is then taken from them; NULL when none is left. */
const char *resampling_next_reason(unsigned *flags);

#endif
