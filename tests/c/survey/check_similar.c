/* Labels that only letter case or blanks tell apart: which are noted, in reading and in quality, in
 * both languages, and that they stay apart. */
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *similar_suite(void);

#define HEADER                                                                                \
    "respondent,workgroup,target,unit,frequent,timely,accurate,problem_solving,shared_goals," \
    "shared_knowledge,mutual_respect\n"
#define SEVEN ",1,2,3,4,5,4,3\n"

static relcoord_survey *survey_of(const char *csv, const char *settings)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_survey *survey = NULL;
    ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, options, &survey, NULL), RELCOORD_OK);
    relcoord_options_free(options);
    return survey;
}

static const struct {
    const char *name, *csv, *settings, *note; /* NULL: none */
} cases[] = {
    {"letter case", HEADER "1,Nurses,d,x" SEVEN "2,nurses,d,x" SEVEN, NULL,
     "labels of 'workgroup' that differ only in letter case or blanks, and are kept apart: "
     "'Nurses' / 'nurses'"},
    {"workgroup and target", HEADER "1,nurses,NURSES,x" SEVEN, NULL,
     "labels of 'workgroup' that differ only in letter case or blanks, and are kept apart: "
     "'nurses' / 'NURSES'"},
    {"Danish letters and blanks",
     HEADER "1,n,d,\xC3\x98 St" SEVEN "2,n,d,\xC3\xB8st" SEVEN "3,n,d,\xC3\xB8\xC2\xA0s\tt" SEVEN,
     NULL,
     "labels of 'unit' that differ only in letter case or blanks, and are kept apart: '\xC3\x98 "
     "St' / '\xC3\xB8st', '\xC3\x98 St' / '\xC3\xB8\xC2\xA0s?t'"},
    {"more than are shown",
     HEADER "1,n,a,x" SEVEN "1,n,b,x" SEVEN "1,n,c,x" SEVEN "1,n,d,x" SEVEN "1,n,e,x" SEVEN
            "1,n,f,x" SEVEN "1,n,A,x" SEVEN "1,n,B,x" SEVEN "1,n,C,x" SEVEN "1,n,D,x" SEVEN
            "1,n,E,x" SEVEN "1,n,F,x" SEVEN,
     NULL,
     "labels of 'workgroup' that differ only in letter case or blanks, and are kept apart: 'A' / "
     "'a', 'B' / 'b', 'C' / 'c', 'D' / 'd', 'E' / 'e', \xE2\x80\xA6"},
    {"no label may be repeated",
     HEADER "1,Nurses,d,x" SEVEN "2,nurses,d,x" SEVEN "3,nUrses,d,x" SEVEN, "redact_values=true",
     "labels of 'workgroup' that differ only in letter case or blanks, and are kept apart: 2"},
    {"other letters",
     HEADER "1,o,\xC3\xB8,x" SEVEN "2,\xC3\x97,\xC3\xB7,y-z" SEVEN "3,\xC3\xA5,a,yz" SEVEN
            "4,aa,\xC3\xA6,\xC3\x9F" SEVEN,
     NULL, NULL},
    {"respondents", HEADER "a,n,d,x" SEVEN "A,n,d,x" SEVEN, NULL, NULL},
    {"none given", HEADER "1,n,d," SEVEN "2,n,d,x" SEVEN, NULL, NULL},
};

START_TEST(which_are_noted)
{
    relcoord_survey *survey = survey_of(cases[_i].csv, cases[_i].settings);
    ck_assert_pstr_eq(relcoord_survey_note(survey, 0), cases[_i].note);
    ck_assert_ptr_null(relcoord_survey_note(survey, cases[_i].note != NULL));
    relcoord_survey_free(survey);
}
END_TEST

/* "by" twice is two groups still, and quality says which columns they are in. */
START_TEST(they_stay_apart)
{
    relcoord_survey *survey = survey_of(HEADER "1,n,d,North" SEVEN "2,n,d,north" SEVEN, NULL);
    relcoord_result *result = result_make(survey, "summary", "by=unit");
    char *page;
    ck_assert_uint_gt(rows_with(result, "indices", "unit=North"), 0);
    ck_assert_uint_eq(rows_with(result, "indices", "unit=North"),
                      rows_with(result, "indices", "unit=north"));
    page = result_written(result, "text", "lang=da width=200");
    ck_assert_ptr_nonnull(strstr(page, "betegnelser i 'unit', der kun adskilles af store og "
                                       "sm\xC3\xA5 bogstaver eller mellemrum, og som "
                                       "holdes hver for sig: 'North' / 'north'"));
    free(page);
    relcoord_result_free(result);
    result = result_make(survey, "quality", NULL);
    ck_assert_str_eq(string_at(result, "variables", "variable=unit", "note"),
                     "no_scores;similar_labels");
    ck_assert_str_eq(string_at(result, "variables", "variable=workgroup", "note"), "no_scores");
    ck_assert_str_eq(string_at(result, "variables", "variable=frequent", "note"), "");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(memory_runs_out)
{
    const char *csv = cases[2].csv;
    int64_t count = 0;
    heap_start();
    for (int64_t n = 0; n == 0 || n <= count; n++) {
        relcoord_survey *survey = NULL;
        relcoord_status status;
        heap_fail(n, INT64_MAX);
        status = read_pieces(csv, strlen(csv), 0, NULL, &survey, NULL);
        if (n == 0)
            count = heap_asked();
        ck_assert_msg(status == (n == 0 ? RELCOORD_OK : RELCOORD_ENOMEM),
                      "allocation %d: status %d", (int)n, (int)status);
        relcoord_survey_free(survey);
        ck_assert_int_eq(heap_alive(), 0);
    }
    ck_assert_int_gt(count, 20);
}
END_TEST

Suite *similar_suite(void)
{
    Suite *suite = suite_create("similar");
    TCase *all = tcase_create("similar");
    tcase_add_checked_fixture(all, NULL, heap_stop);
    tcase_add_loop_test(all, which_are_noted, 0, LENGTH(cases));
    tcase_add_test(all, they_stay_apart);
    tcase_add_test(all, memory_runs_out);
    suite_add_tcase(suite, all);
    return suite;
}
