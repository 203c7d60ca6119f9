/* Whether a table of counts of people could be chance, and by which method: the rule is one for all
 * tables. */
#ifndef ENGINE_COUNTS_COUNT_TEST_H
#define ENGINE_COUNTS_COUNT_TEST_H

#include "engine/analysis.h"
#include "stats/tests/contingency.h"

#define COUNT_TEST_OPTIONS                                                       \
    {.name = "replicates",                                                       \
     .type = OPTION_INTEGER,                                                     \
     .initial = "2000",                                                          \
     .minimum = 20,                                                              \
     .maximum = 1000000,                                                         \
     .help = "number of tables simulated for a p-value"},                        \
    {                                                                            \
        .name = "seed", .type = OPTION_INTEGER, .initial = "1", .minimum = 0,    \
        .maximum = 9007199254740991.0,                                           \
        .help = "seed of the random draws: the same seed gives the same figures" \
    }

/* The columns that count_test_write fills, in this order. */
#define COUNT_TEST_COLUMNS                                                                        \
    {"chisq", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                                                 \
     "Pearson's chi-square, without continuity correction"},                                      \
        {"df", RELCOORD_INTEGER, RELCOORD_COUNT, "its degrees of freedom"},                       \
        {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "p-value, by the method that estimator names"}, \
        {"p_holm", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                                            \
         "p-value adjusted by Holm's method for the other groups of the grouping"},               \
        {"cramers_v", RELCOORD_NUMBER, RELCOORD_ESTIMATE,                                         \
         "Cramer's V: 0 for no association, 1 for a perfect one"},                                \
        ESTIMATOR_COLUMN
/* Which of several tests it is. */
#define COMPARED_GROUP_COLUMN                                          \
    {                                                                  \
        "group", RELCOORD_STRING, RELCOORD_KEY,                        \
            "the group compared with all others, where groups overlap" \
    }

typedef enum count_method {
    COUNT_CHISQ,
    COUNT_FISHER,
    COUNT_SIMULATED,
    COUNT_METHODS
} count_method;

typedef struct count_test {
    chi_square_test chi_square;
    double p;
    count_method method;
} count_test;

/* Chi-square's p; where an expected count is too small for that, Fisher's of 2 x 2, else that of
 * tables drawn. Of rows and columns none may be empty. Nothing is drawn of 2 x 2, and nothing
 * fails. */
relcoord_status count_test_make(const run *r, const int64_t *counts, size_t rows, size_t columns,
                                count_test *out, relcoord_error *err);

/* Writes a test into the last row, from `column` on; `estimator` names its method in the analysis.
 * A test without a p is noted as undefined. */
void count_test_write(relcoord_table *table, size_t column, const count_test *test, double p_holm,
                      const char *estimator);

#endif
