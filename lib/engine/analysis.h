/* What an analysis is: one descriptor with its options, its tables and its three functions; and
 * what one run hands to them. */
#ifndef ENGINE_ANALYSIS_H
#define ENGINE_ANALYSIS_H

#include "base/options.h"
#include "engine/cases.h"
#include "engine/columns.h"
#include "tables/result.h"

/* One run: read by all threads, changed by none. */
typedef struct run {
    const relcoord_survey *survey;
    const relcoord_options *options;
    cases cases;
    size_t threads;
} run;

typedef struct analysis {
    const char *name, *summary; /* summary: one line, in the registry and in --help */
    const option_spec *options;
    size_t option_count;
    const table_spec *const *tables; /* ends with NULL; the first is the main one */

    /* A state gathers exact whole numbers from blocks of participations, in any order and on any
     * thread; states merge; finish alone works in floating point, in the order of the survey's own
     * keys. What needs all answers of a case at once leaves the other functions NULL, and finish,
     * with no state, reads the survey. */
    relcoord_status (*start)(const run *r, void **state, relcoord_error *err);
    relcoord_status (*add)(void *state, const run *r, uint32_t first, uint32_t end,
                           relcoord_error *err);
    relcoord_status (*merge)(void *into, const void *from, relcoord_error *err);
    relcoord_status (*finish)(void *state, const run *r, relcoord_result *result,
                              relcoord_error *err);
    void (*drop)(void *state);

    const char *needs; /* what the data must have besides answers, to go behind "it needs"; NULL */
    const char *read_options; /* how front-ends read the data unless the user says otherwise,
                                 "name=value …"; NULL */
    bool takes_any_data;      /* it needs no answers about workgroups */
    bool shows_waves; /* its tables have a column for them: several are told apart without `by` */
    bool of_invited;  /* its cases are the register's people, where there is a register, not those
                         who answered */
    bool unweighted;  /* it has no weighted definition: weights that are not ignored are refused */
} analysis;

/* The options that analyses of ties share. */
#define BY_OPTION                                                                                  \
    {                                                                                              \
        .name = "by", .type = OPTION_LIST, .initial = "",                                          \
        .help = "analyse each group in these columns separately: unit, wave, role, workgroup, or " \
                "a grouping of the codebook"                                                       \
    }
#define WAVE_OPTION                                         \
    {                                                       \
        .name = "wave", .type = OPTION_TEXT, .initial = "", \
        .help = "use only the answers of this wave"         \
    }
#define WEIGHTS_OPTION                                                                       \
    {                                                                                        \
        .name = "weights", .type = OPTION_CHOICE, .initial = "use", .choices = "use|ignore", \
        .help = "whether to use the weight column"                                           \
    }
#define BASE_OPTION                                                                              \
    {                                                                                            \
        .name = "base", .type = OPTION_CHOICE, .initial = "answered", .choices = "answered|all", \
        .help = "who counts: those who answered, by status or by an answer, or all in the data"  \
    }
#define CASE_OPTIONS BY_OPTION, WAVE_OPTION, WEIGHTS_OPTION
#define MIN_SHARE_OPTION                                                                          \
    {                                                                                             \
        .name = "min_share", .type = OPTION_NUMBER, .initial = "0.5", .minimum = 0, .maximum = 1, \
        .help = "share of a score's items that must be answered; 1 requires all of them"          \
    }
#define ESTIMATE_OPTIONS MIN_SHARE_OPTION, CONFIDENCE_OPTION
#define CONFIDENCE_OPTION                                                               \
    {                                                                                   \
        .name = "confidence", .type = OPTION_NUMBER, .initial = "0.95", .minimum = 0.5, \
        .maximum = 0.9999, .help = "level of the confidence intervals"                  \
    }
#define THREAD_OPTION                                                                            \
    {                                                                                            \
        .name = "threads", .type = OPTION_INTEGER, .initial = "1", .minimum = 0, .maximum = 256, \
        .transient = true,                                                                       \
        .help = "number of threads, 0 for one per processor; does not change the results"        \
    }

#endif
