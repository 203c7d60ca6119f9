/* What reading puts right when it is asked to: answers off the scale (option invalid) and targets
 * rated twice (option duplicates). The same figures as from a file without them, and a note of
 * each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *repairs_suite(void);

#define HEADER                                                                                  \
    "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect"

static relcoord_result *run_read(const char *csv, size_t piece, const char *settings)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_result *result;
    ck_assert_msg(!read_pieces(csv, strlen(csv), piece, options, &survey, &error), "%s: %s",
                  settings, error.message);
    result = result_make(survey, "matrix", NULL);
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    return result;
}

typedef struct repair {
    const char *name, *settings, *rows, *same_as, *note;
} repair;

static const repair repairs[] = {
    {"off the scale", "invalid=missing", "1,A,B,1,2,3,9,5,4,3\n2,A,B,0,x,3,4,5,4,2.5\n",
     "1,A,B,1,2,3,,5,4,3\n2,A,B,,,3,4,5,4,\n",
     "answers off the scale, set to missing: 1 in frequent, 1 in timely, 1 in problem_solving, 1 "
     "in mutual_respect"},
    {"nothing to repair", "invalid=missing duplicates=last", "1,A,B,1,2,3,4,5,4,3\n",
     "1,A,B,1,2,3,4,5,4,3\n", NULL},
    {"the first kept", "duplicates=first",
     "1,A,B,1,1,1,1,1,1,1\n1,A,A,5,5,5,5,5,5,5\n1,A,B,2,2,2,2,2,2,2\n1,A,B,3,3,3,3,3,3,3\n",
     "1,A,B,1,1,1,1,1,1,1\n1,A,A,5,5,5,5,5,5,5\n",
     "rows left out because the respondent rates the target in another: 2, the first is kept"},
    {"the last kept", "duplicates=last",
     "1,A,B,1,1,1,1,1,1,1\n1,A,A,5,5,5,5,5,5,5\n1,A,B,2,2,2,2,2,2,2\n1,A,B,3,3,3,3,3,3,3\n",
     "1,A,B,3,3,3,3,3,3,3\n1,A,A,5,5,5,5,5,5,5\n",
     "rows left out because the respondent rates the target in another: 2, the last is kept"},
    {"apart in the file", "duplicates=last",
     "1,A,B,1,1,1,1,1,1,1\n2,A,B,4,4,4,4,4,4,4\n1,A,B,2,2,2,2,2,2,2\n",
     "1,A,B,2,2,2,2,2,2,2\n2,A,B,4,4,4,4,4,4,4\n",
     "rows left out because the respondent rates the target in another: 1, the last is kept"},
    {"both at once", "invalid=missing duplicates=first",
     "1,A,B,7,1,1,1,1,1,1\n1,A,B,2,2,2,2,2,2,2\n", "1,A,B,,1,1,1,1,1,1\n",
     "answers off the scale, set to missing: 1 in frequent"},
};

START_TEST(repaired_as_if_it_had_been_right)
{
    const repair *r = &repairs[_i];
    char csv[1024], right[1024];
    snprintf(csv, sizeof csv, HEADER "\n%s", r->rows);
    snprintf(right, sizeof right, HEADER "\n%s", r->same_as);
    for (size_t piece = 0; piece <= 7; piece++) {
        relcoord_result *got = run_read(csv, piece, r->settings),
                        *wanted = run_read(right, 0, NULL);
        char *got_cells = result_written(got, "csv", NULL),
             *wanted_cells = result_written(wanted, "csv", NULL);
        const char *note = relcoord_result_note(got, 0);
        expect_same_text(r->name, got_cells, wanted_cells);
        if (r->note)
            expect_same_text(r->name, note, r->note);
        else
            expect_same_text(r->name, note, relcoord_result_note(wanted, 0));
        free(got_cells);
        free(wanted_cells);
        relcoord_result_free(got);
        relcoord_result_free(wanted);
    }
}
END_TEST

/* What these options do not cover stays an error. */
START_TEST(other_faults_still_stop)
{
    static const char *const rows[] = {
        "1,A,B,1,2,3,4,5,4,3\n1,B,B,1,2,3,4,5,4,3\n", /* two workgroups */
        "1,A,,1,2,3,4,5,4,3\n",                       /* no target */
        "1,A,B,1,2,3,4,5,4\n",                        /* a short row */
    };
    relcoord_options *options = options_make("read", "invalid=missing duplicates=last");
    for (size_t i = 0; i < LENGTH(rows); i++) {
        relcoord_survey *survey = NULL;
        relcoord_error error = {0};
        char csv[512];
        snprintf(csv, sizeof csv, HEADER "\n%s", rows[i]);
        ck_assert_msg(read_pieces(csv, strlen(csv), 0, options, &survey, &error) == RELCOORD_EDATA,
                      "%s", rows[i]);
        ck_assert_ptr_null(survey);
    }
    relcoord_options_free(options);
}
END_TEST

Suite *repairs_suite(void)
{
    Suite *suite = suite_create("repairs");
    TCase *cases = tcase_create("repairs");
    tcase_add_loop_test(cases, repaired_as_if_it_had_been_right, 0, LENGTH(repairs));
    tcase_add_test(cases, other_faults_still_stop);
    suite_add_tcase(suite, cases);
    return suite;
}
