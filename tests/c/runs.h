/* What holds of a run of any analysis: refusals say why, neither the order of rows nor threads
 * change a figure, and memory may run out anywhere. What does not hold fails the test that asked.
 */
#ifndef TESTS_RUNS_H
#define TESTS_RUNS_H

#include <limits.h>

#include "support.h"

/* A question that is refused with that status and message; option: at fault, NULL where it does not
 * matter. */
void expect_refused(const relcoord_survey *survey, const char *analysis, const char *settings,
                    relcoord_status status, const char *option, const char *message);

/* However the rows of an invented survey stand, and on however many threads: the same tables. */
void expect_same_in_any_order(const survey_plan *plan, const char *analysis, const char *settings);

/* A unit u2 has the figures that a survey of it alone would have. settings: with by=unit. */
void expect_unit_of_its_own(const char *csv, const char *analysis, const char *settings);

/* Each allocation of a run fails; most: see heap_fail_each. The survey and the options are of the
 * heap that heap_start began. Gives how many failures were done without, which are none unless
 * there are threads. */
int64_t expect_memory_faults(const relcoord_survey *survey, const char *analysis,
                             const relcoord_options *options, int most);

/* The same of drafting a codebook from a file: what is done without changes no decision. */
void expect_draft_memory_faults(const char *path, const relcoord_options *options);

#endif
