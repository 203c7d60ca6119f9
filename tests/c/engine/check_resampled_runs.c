/* Runs with bootstrap intervals: what must change none of their figures (order, threads, groups
 * told apart), memory that runs out, and stopping. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

Suite *resampled_runs_suite(void);

/* ---- What changes nothing, and what changes something ---- */

static const struct {
    const char *analysis;
    survey_plan plan;
    const char *settings;
} cases[] = {
    {"matrix",
     {.respondents = 40, .workgroups = 4, .targets = 5, .missing = 10, .seed = 1},
     "bootstrap_method=bca"},
    {"matrix",
     {.respondents = 60,
      .workgroups = 3,
      .targets = 6,
      .units = 2,
      .waves = 2,
      .weights = true,
      .missing = 5,
      .seed = 3},
     "by=unit,wave"},
    {"summary",
     {.respondents = 30, .workgroups = 3, .targets = 4, .units = 6, .missing = 5, .seed = 4},
     "bootstrap_method=bca resample=units"},
    {"summary",
     {.respondents = 30, .workgroups = 3, .targets = 4, .weights = true, .missing = 30, .seed = 6},
     "bootstrap_method=basic by=workgroup"},
    {"agreement",
     {.respondents = 40, .workgroups = 4, .targets = 5, .units = 6, .missing = 5, .seed = 7},
     "k0=reml bootstrap_method=bca"},
    {"factor",
     {.respondents = 60, .workgroups = 4, .targets = 3, .missing = 2, .seed = 8},
     "bootstrap_method=basic scale=rc"},
};

START_TEST(order_of_rows_and_threads)
{
    char settings[200];
    snprintf(settings, sizeof settings, "ci=bootstrap replicates=40 %s", cases[_i].settings);
    expect_same_in_any_order(&cases[_i].plan, cases[_i].analysis, settings);
}
END_TEST

/* A unit has the figures that a survey of it alone would have, intervals and all. */
START_TEST(groups_are_surveys_of_their_own)
{
    static const char *const analyses[] = {"matrix", "summary"};
    const survey_plan plan = {
        .respondents = 24, .workgroups = 3, .targets = 3, .units = 4, .missing = 5, .seed = 2};
    char *csv = csv_invent(&plan);
    expect_unit_of_its_own(csv, analyses[_i], "by=unit ci=bootstrap replicates=20");
    free(csv);
}
END_TEST

/* ---- Memory, and stopping ---- */

START_TEST(every_allocation_fails)
{
    const survey_plan plan = {
        .respondents = 14, .workgroups = 2, .targets = 2, .units = 3, .missing = 0, .seed = 9};
    char *csv = csv_invent(&plan), settings[200];
    snprintf(settings, sizeof settings, "ci=bootstrap replicates=20 bootstrap_method=bca%s",
             strcmp(cases[_i].analysis, "factor") == 0 ? " scale=relationship basis=ties"
                                                       : " by=unit");
    heap_start();
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make(cases[_i].analysis, settings);
    ck_assert_int_eq(expect_memory_faults(survey, cases[_i].analysis, options, 120), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    free(csv);
}
END_TEST

START_TEST(resampling_can_be_cancelled)
{
    char *csv = csv_invent(&cases[_i].plan), settings[200];
    relcoord_survey *survey = survey_make(csv);
    snprintf(settings, sizeof settings, "ci=bootstrap replicates=300 %s", cases[_i].settings);
    relcoord_options *options = options_make(cases[_i].analysis, settings);
    relcoord_result *result = NULL;
    listener all = {0, 0, 0};
    relcoord_options_set_progress(options, listen, &all);
    ck_assert_int_eq(relcoord_run(survey, cases[_i].analysis, options, &result, NULL), RELCOORD_OK);
    relcoord_result_free(result);
    ck_assert_int_gt(all.heard, 6);
    for (int at = 1; at <= all.heard; at += 1 + all.heard / rounds(20)) {
        listener one = {0, 0, at};
        result = NULL;
        relcoord_options_set_progress(options, listen, &one);
        ck_assert_int_eq(relcoord_run(survey, cases[_i].analysis, options, &result, NULL),
                         RELCOORD_ECANCELLED);
        ck_assert_ptr_null(result);
    }
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

START_TEST(units_that_are_not_there)
{
    static const char *const analyses[] = {"matrix", "summary", "factor", "reliability"};
    const survey_plan plan = {.respondents = 6, .workgroups = 2, .targets = 2, .seed = 1};
    char *csv = csv_invent(&plan);
    relcoord_survey *survey = survey_make(csv);
    expect_refused(survey, analyses[_i], "ci=bootstrap resample=units", RELCOORD_EOPTION,
                   "resample", "the data have no column 'unit' to draw units from");
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

Suite *resampled_runs_suite(void)
{
    Suite *suite = suite_create("resampled_runs");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, order_of_rows_and_threads, 0, (int)LENGTH(cases));
    tcase_add_loop_test(all, groups_are_surveys_of_their_own, 0, 2);
    tcase_add_loop_test(all, every_allocation_fails, 0, (int)LENGTH(cases));
    tcase_add_loop_test(all, resampling_can_be_cancelled, 0, (int)LENGTH(cases));
    tcase_add_loop_test(all, units_that_are_not_there, 0, 4);
    suite_add_tcase(suite, all);
    return suite;
}
