/* What a codebook makes of data: hand-worked surveys in wide and long form, groupings, scales of
 * another length, answers that are none, items about no workgroup; and what it refuses. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "survey/survey.h"

Suite *layouts_suite(void);

#define BOOK "variable,role,scale,dimension,target,values,label_en,label_da\n"

/* ---- Reading with a codebook ---- */

static relcoord_status read_with(const char *book, const char *csv, const char *settings,
                                 relcoord_survey **out, relcoord_error *error)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_codebook *codebook = NULL;
    pieces source = {.bytes = book, .length = strlen(book)};
    relcoord_status status;
    ck_assert_msg(
        relcoord_codebook_read_source(pieces_read, &source, "book", NULL, &codebook, error)
            == RELCOORD_OK,
        "the codebook: %s", error->message);
    ck_assert_int_eq(relcoord_options_set_codebook(options, codebook, NULL), RELCOORD_OK);
    relcoord_codebook_free(codebook);
    status = read_pieces(csv, strlen(csv), 0, options, out, error);
    relcoord_options_free(options);
    return status;
}

static relcoord_survey *survey_with(const char *book, const char *csv, const char *settings)
{
    relcoord_survey *survey;
    relcoord_error error;
    ck_assert_msg(read_with(book, csv, settings, &survey, &error) == RELCOORD_OK, "line %d, %s: %s",
                  (int)error.line, error.column, error.message);
    return survey;
}

static relcoord_result *result_with(const char *book, const char *csv, const char *analysis,
                                    const char *settings)
{
    relcoord_survey *survey = survey_with(book, csv, NULL);
    relcoord_result *result = result_make(survey, analysis, settings);
    relcoord_survey_free(survey);
    return result;
}

/* ---- Wide data ---- */

#define WIDE BOOK "who,respondent,,,,,,\ngroup,workgroup,,,,,,\n"
#define PATTERN WIDE "{dimension}_{target},item,,,,,,\n"

/* A column of a workgroup that nobody is in and nobody rates. */
START_TEST(a_target_that_nobody_rates)
{
    static const char csv[] = "who,group,frequent_C,frequent_A,frequent_B\n1,A,,5,\n2,B,,3,\n";
    relcoord_result *r = result_with(PATTERN, csv, "matrix", NULL);
    ck_assert_uint_eq(rows_with(r, "cells", "dimension=rc"), 2);
    ck_assert_double_eq(number_at(r, "cells", "workgroup=B target=A dimension=rc", "mean"), 3);
    ck_assert_uint_eq(rows_with(r, "coverage", "target=C"), 0);
    relcoord_result_free(r);
}
END_TEST

START_TEST(wide_rows_are_ties)
{
    static const char csv[] =
        "who,group,frequent_A,timely_A,frequent_B,timely_B\n1,A,5,4,,\n2,A,,,2,3\n3,B,3,3,1,\n";
    relcoord_result *r = result_with(PATTERN, csv, "matrix", NULL);
    ck_assert_double_eq(number_at(r, "cells", "workgroup=A target=A dimension=rc", "mean"), 4.5);
    ck_assert_int_eq(integer_at(r, "cells", "workgroup=A target=A dimension=rc", "n"), 1);
    ck_assert_double_eq(number_at(r, "cells", "workgroup=A target=B dimension=rc", "mean"), 2.5);
    ck_assert_double_eq(number_at(r, "cells", "workgroup=B target=A dimension=rc", "mean"), 3);
    ck_assert_double_eq(number_at(r, "cells", "workgroup=B target=B dimension=rc", "mean"),
                        1); /* one of two is half */
    ck_assert_int_eq(integer_at(r, "coverage", "workgroup=A target=A", "respondents"), 2);
    ck_assert_int_eq(integer_at(r, "coverage", "workgroup=A target=A", "asked"), 1);
    ck_assert_int_eq(integer_at(r, "coverage", "workgroup=B target=B", "complete"), 0);
    ck_assert_int_eq((int)rows_with(r, "cells", "dimension=accurate"),
                     0); /* the instrument has it not */
    ck_assert_int_eq((int)rows_with(r, "cells", "dimension=relationship"), 0);
    ck_assert_int_eq((int)rows_with(r, "cells", "dimension=communication"), 4);
    ck_assert_str_eq(relcoord_result_note(r, 0),
                     "treated as not asked, because nothing was answered about the target: 2");
    relcoord_result_free(r);
}
END_TEST

/* What the target is called, and where {dimension} stands, is the pattern's business. */
START_TEST(patterns)
{
    static const struct {
        const char *pattern, *heading, *target;
    } cases[] = {
        {"{dimension}_{target}", "shared_goals_Ward 7", "Ward 7"},
        {"{target}.{dimension}", "Ward_7.Shared Goals", "Ward_7"},
        {"q {target} {dimension} x", "q a b Fælles mål x", "a b"},
        {"{dimension}{target}", "shared_goals7", "7"},
        {"{dimension}_{target}", "fælles_mål_shared_goals", "shared_goals"},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char book[300], csv[200];
        snprintf(book, sizeof book, WIDE "%s,item,,,,,,\n", cases[i].pattern);
        snprintf(csv, sizeof csv, "who,group,%s\n1,A,4\n", cases[i].heading);
        relcoord_result *r = result_with(book, csv, "matrix", NULL);
        ck_assert_str_eq(string_at(r, "cells", "dimension=shared_goals", "target"),
                         cases[i].target);
        relcoord_result_free(r);
    }
}
END_TEST

START_TEST(exact_rows_beat_patterns)
{
    static const char book[] = PATTERN "timely_B,item,,timely,A,1=5;2=4;3=3;4=2;5=1,,\n";
    static const char csv[] = "who,group,frequent_A,timely_B\n1,A,5,1\n";
    relcoord_result *r = result_with(book, csv, "matrix", NULL);
    ck_assert_double_eq(number_at(r, "cells", "target=A dimension=timely", "mean"), 5);
    ck_assert_int_eq((int)rows_with(r, "cells", "target=B"), 0);
    relcoord_result_free(r);
}
END_TEST

START_TEST(row_numbers_where_nobody_is_named)
{
    static const char book[] = BOOK "group,workgroup,,,,,,\n{dimension}_{target},item,,,,,,\n";
    static const char csv[] = "group,frequent_A\nA,5\nA,5\nA,2\n";
    relcoord_survey *s = survey_with(book, csv, NULL);
    ck_assert_uint_eq(s->participation_count, 3);
    ck_assert_str_eq(s->respondents.names[2], "3");
    relcoord_survey_free(s);
}
END_TEST

START_TEST(people_with_two_rows)
{
    static const char csv[] = "who,group,frequent_A,frequent_B\n1,A,5,4\n2,A,1,1\n1,A,3,\n";
    relcoord_survey *s;
    relcoord_error error;
    ck_assert_int_eq(read_with(PATTERN, csv, NULL, &s, &error), RELCOORD_EDATA);
    ck_assert_str_eq(error.message, "respondent '1' already has a row");
    ck_assert_int_eq((int)error.line, 4);
    s = survey_with(PATTERN, csv, "duplicates=first");
    ck_assert_uint_eq(s->tie_count_all, 4);
    ck_assert_int_eq(s->answers[0], 5);
    ck_assert_uint_eq(s->problem_count, 1);
    relcoord_survey_free(s);
    s = survey_with(PATTERN, csv, "duplicates=last");
    ck_assert_uint_eq(s->tie_count_all, 3); /* the last row says nothing of B */
    ck_assert_uint_eq(s->tie_count[0], 1);
    ck_assert_int_eq(s->answers[s->first_tie[0] * ITEM_COUNT], 3);
    ck_assert_str_eq(s->notes[0],
                     "rows left out because the respondent has another: 1, the last is kept");
    relcoord_survey_free(s);
}
END_TEST

/* ---- Values ---- */

#define LONG BOOK "who,respondent,,,,,,\ngroup,workgroup,,,,,,\nwhom,target,,,,,,\n"

START_TEST(answers_that_are_none)
{
    static const char book[] = LONG
        "q1,item,,frequent,,no=1;some=2;just right=5;often=4;too often=3;?=dk;-=missing;other,,\n"
        "q2,item,,timely,,,,\n";
    static const char csv[] = "who,group,whom,q1,q2\n1,A,B,just right,1\n2,A,B, too often "
                              ",\n3,A,B,?,\n4,A,B,-,\n5,A,B,other,\n6,A,B,,\n";
    relcoord_survey *s = survey_with(book, csv, NULL);
    static const int8_t wanted[] = {
        5, 3, ANSWER_DONT_KNOW, ANSWER_MISSING, ANSWER_UNSCORED, ANSWER_NONE};
    for (size_t i = 0; i < LENGTH(wanted); i++)
        ck_assert_int_eq(s->answers[i * ITEM_COUNT], wanted[i]);
    relcoord_result *r = result_make(s, "matrix", NULL);
    ck_assert_int_eq(integer_at(r, "cells", "dimension=frequent", "n"), 2);
    ck_assert_int_eq(integer_at(r, "cells", "dimension=frequent", "left_out"), 4);
    ck_assert_int_eq(integer_at(r, "cells", "dimension=frequent", "dont_know"), 1);
    ck_assert_int_eq(integer_at(r, "cells", "dimension=rc", "dont_know"), 1);
    ck_assert_int_eq(integer_at(r, "cells", "dimension=timely", "dont_know"), 0);
    ck_assert_int_eq(integer_at(r, "coverage", "target=B", "dont_know"), 1);
    ck_assert_int_eq(integer_at(r, "coverage", "target=B", "answered"), 2);
    relcoord_result_free(r);
    relcoord_survey_free(s);
}
END_TEST

/* A code that is a number is that number, however it is written. */
START_TEST(codes_are_numbers)
{
    static const char book[] = LONG "q1,item,,frequent,,1=1;2=2;10=5,,\n";
    static const char csv[] = "who;group;whom;q1\n1;A;B;10\n2;A;B;10,0\n3;A;B;1e1\n4;A;B;+2\n";
    relcoord_survey *s = survey_with(book, csv, NULL);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(s->answers[i * ITEM_COUNT], 5);
    ck_assert_int_eq(s->answers[3 * ITEM_COUNT], 2);
    relcoord_survey_free(s);
}
END_TEST

/* Bands are cut for answers of 1 to 5. */
START_TEST(longer_scales_have_no_bands)
{
    static const char book[] = LONG "q1,item,,frequent,,1=1;4=4;7=7,,\n";
    static const char csv[] = "who,group,whom,q1\n1,A,B,7\n2,A,B,7\n3,A,B,4\n";
    relcoord_result *r = result_with(book, csv, "matrix", NULL);
    ck_assert_double_eq(number_at(r, "cells", "dimension=rc", "mean"), 6);
    ck_assert_str_eq(string_at(r, "cells", "dimension=rc", "band"), "");
    ck_assert_str_eq(
        relcoord_result_note(r, 0),
        "no bands: the known cuts apply to answers from 1 to 5, and these end at another number");
    relcoord_result_free(r);
    r = result_with(book, csv, "matrix", "between_weak=4 between_strong=5.5");
    ck_assert_str_eq(string_at(r, "cells", "dimension=rc", "band"), "strong");
    relcoord_result_free(r);
}
END_TEST

START_TEST(labels_and_their_order)
{
    static const char book[] = BOOK
        "who,respondent,,,,,,\ngroup,workgroup,,,,2|Nurses|Sygeplejersker;1|Doctors|Læger,,\n"
        "whom,target,,,,b||Borgere;2|Nurses|Sygeplejersker;1|Doctors|Læger,,\nq1,item,,frequent,,,,"
        "\n";
    static const char csv[] = "who,group,whom,q1\n1,1,1,4\n1,1,b,2\n2,2,1,3\n2,2,2,5\n";
    relcoord_result *r = result_with(book, csv, "matrix", NULL);
    char *text = result_written(r, "csv", "table=coverage");
    ck_assert_str_eq(
        text,
        "workgroup,target,invited,respondents,asked,answered,scored,complete,dont_know,note\n"
        "Nurses,Nurses,,1,1,1,1,1,0,no_register\nNurses,Doctors,,1,1,1,1,1,0,no_register\n"
        "Doctors,Borgere,,1,1,1,1,1,0,no_register\nDoctors,Doctors,,1,1,1,1,1,0,no_register\n");
    free(text);
    text = result_written(r, "text", "lang=da");
    ck_assert_ptr_nonnull(strstr(text, "Sygeplejersker"));
    ck_assert_ptr_nonnull(strstr(text, "Læger"));
    ck_assert_ptr_null(strstr(text, "Nurses"));
    free(text);
    relcoord_result_free(r);
}
END_TEST

/* ---- Groupings and items ---- */

#define AREAS "a1,group,,area,,,Adults,Voksne\na2,group,,area,,,Youth,Unge\n"

START_TEST(people_in_several_groups)
{
    static const char book[] = PATTERN AREAS;
    static const char csv[] =
        "who,group,a2,a1,frequent_A\n1,A,0,1,5\n2,A,1,1,3\n3,A,1,0,1\n4,A,,,2\n";
    relcoord_result *r = result_with(book, csv, "matrix", "by=area");
    ck_assert_double_eq(number_at(r, "cells", "area=Adults dimension=rc", "mean"), 4);
    ck_assert_double_eq(number_at(r, "cells", "area=Youth dimension=rc", "mean"), 2);
    ck_assert_double_eq(number_at(r, "cells", "area=(missing) dimension=rc", "mean"), 2);
    ck_assert_int_eq((int)rows_with(r, "coverage", ""), 3);
    char *csv_written = result_written(r, "csv",
                                       "table=coverage"); /* none, then the codebook's order */
    ck_assert_ptr_nonnull(strstr(csv_written, "(missing),A"));
    ck_assert(strstr(csv_written, "(missing),A") < strstr(csv_written, "Adults,A"));
    ck_assert(strstr(csv_written, "Adults,A") < strstr(csv_written, "Youth,A"));
    free(csv_written);
    relcoord_result_free(r);
    r = result_with(book, csv, "summary", NULL); /* each counts once */
    ck_assert_int_eq(integer_at(r, "indices", "dimension=rc part=all weighting=respondents", "n"),
                     4);
    relcoord_result_free(r);
}
END_TEST

START_TEST(two_groupings_at_once)
{
    static const char book[] = PATTERN AREAS
        "s1,unit,,site,,ja=1;nej=0,North,\ns2,unit,,site,,ja=1;nej=0,South,\n";
    static const char csv[] =
        "who,group,a1,a2,s1,s2,frequent_A\n1,A,1,1,ja,ja,4\n2,A,1,0,nej,ja,2\n";
    relcoord_result *r = result_with(book, csv, "matrix", "by=area,site");
    ck_assert_int_eq((int)rows_with(r, "coverage", ""), 4);
    ck_assert_double_eq(number_at(r, "cells", "area=Adults site=South dimension=rc", "mean"), 3);
    ck_assert_double_eq(number_at(r, "cells", "area=Youth site=North dimension=rc", "mean"), 4);
    relcoord_result_free(r);
}
END_TEST

START_TEST(items_about_no_workgroup)
{
    static const char book[] = BOOK "who,respondent,,,,,,\nt1,item,trust,,,1=3;2=2;3=1;9=missing,,"
                                    "\nt2,item,trust,,,,,\ny,outcome,years,,,,,\n";
    static const char csv[] = "who,t1,t2,y\nb,1,5,2.5\na,9,,\nc,,1,-1e3\n";
    relcoord_survey *s = survey_with(book, csv, NULL);
    relcoord_options *options = options_make("matrix", NULL);
    relcoord_result *r;
    relcoord_error error;
    ck_assert_uint_eq(s->item_count, 3);
    ck_assert_uint_eq(s->items[0].places[0], 4); /* a */
    ck_assert_uint_eq(s->items[0].places[1], 1);
    ck_assert_uint_eq(s->items[0].places[2], 0);
    ck_assert_uint_eq(s->items[1].places[2], 1);
    ck_assert(isnan(s->items[2].numbers[0]));
    ck_assert_double_eq(s->items[2].numbers[1], 2.5);
    ck_assert_double_eq(s->items[2].numbers[2], -1000);
    ck_assert_int_eq(relcoord_run(s, "matrix", options, &r, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message,
                     "the data have no answers about workgroups, which 'matrix' needs");
    relcoord_options_free(options);
    relcoord_survey_free(s);
}
END_TEST

/* ---- What is refused ---- */

static const struct {
    const char *book, *csv, *column, *message;
    int line;
} faults[] = {
    {PATTERN, "who,group,frequent_A\n1,A,6\n", "frequent_A",
     "'6' is not an answer on the scale 1 to 5; a missing answer is an empty field", 2},
    {PATTERN, "who,group,frequency_A\n1,A,5\n", "{dimension}_{target}",
     "no column has the form '{dimension}_{target}' that the codebook's line 4 gives", 1},
    {PATTERN "q_{target},item,,timely,,,,\n{target}_t,item,,timely,,,,\n",
     "who,group,frequent_A,q_x_t\n1,A,5,5\n", "q_x_t",
     "the patterns 'q_{target}' and '{target}_t' of the codebook (lines 5 and 6) both match this "
     "name",
     1},
    {WIDE "{target}{dimension},item,,,,,,\n", "who,group,xtimely\n1,A,5\n", "", "",
     0}, /* fine: see patterns */
    {PATTERN, "who,groop,frequent_A\n1,A,5\n", "group",
     "no column 'group', which the codebook's line 3 lists; is it the one named 'groop'?", 1},
    {PATTERN "whom,target,,,,,,\n", "who,group,whom,frequent_A\n1,A,B,5\n", "frequent_A",
     "the column names the workgroup that it is about, and 'whom' names one for each row: is a row "
     "one respondent, or one respondent and "
     "workgroup?",
     1},
    {BOOK "who,respondent,,,,,,\ntimely,item,,timely,,,,\nwhom,target,,,,,,\n",
     "who,whom,timely\n1,A,5\n", "workgroup",
     "the codebook names no column of the role 'workgroup', which answers about workgroups need",
     1},
    {BOOK "group,workgroup,,,,,,\ntimely,item,,timely,,,,\nwhom,target,,,,,,\n",
     "group,whom,timely\n1,A,5\n", "respondent",
     "the codebook names no column of the role 'respondent', which data of one row for each "
     "respondent and workgroup need",
     1},
    {WIDE ",target,,,,A;B,,\n{dimension}_{target},item,,,,,,\n",
     "who,group,timely_A,timely_C\n1,A,5,5\n", "timely_C",
     "'C' is not one of the 2 values listed in the codebook", 1},
    {LONG "q1,item,,frequent,,yes=1;no=5,,\n", "who,group,whom,q1\n1,A,B,Yes\n", "q1",
     "'Yes' is not one of the values listed in the codebook; is it 'yes'?", 2},
    {BOOK
     "who,respondent,,,,,,\ngroup,workgroup,,,,A;B,,\nwhom,target,,,,,,\nq1,item,,frequent,,,,\n",
     "who,group,whom,q1\n1,A,B,1\n2,C,B,1\n", "group",
     "'C' is not one of the 2 values listed in the codebook", 3},
    {PATTERN AREAS, "who,group,a1,a2,frequent_A\n1,A,1,2,5\n", "a2",
     "'2' is neither 1 (in the group) nor 0 (not in it)", 2},
    {LONG "q1,item,,frequent,,,,\nt,item,trust,,,,,\n",
     "who,group,whom,q1,t\n1,A,B,1,4\n1,A,C,1,5\n", "t",
     "respondent '1' has given another answer to it in an earlier row", 3},
    {LONG "q1,item,,frequent,,,,\n" AREAS, "who,group,whom,q1,a1,a2\n1,A,B,1,0,0\n1,A,C,1,0,1\n",
     "", "respondent '1' is in other groups of 'area' in an earlier row", 3},
    {LONG "q1,item,,frequent,,,,\ny,outcome,years,,,,,\n", "who,group,whom,q1,y\n1,A,B,1,old\n",
     "y", "'old' is not a number", 2},
    {PATTERN "u,unit,,,,,,\nu1,unit,,unit,,,,\n", "who,group,frequent_A,u,u1\n1,A,1,x,1\n", "u1",
     "two groupings have the name 'unit'", 1},
};

START_TEST(data_are_refused)
{
    relcoord_survey *survey;
    relcoord_error error = {0};
    relcoord_status status = read_with(faults[_i].book, faults[_i].csv, NULL, &survey, &error);
    if (!*faults[_i].message) {
        ck_assert_msg(status == RELCOORD_OK, "%s", error.message);
        relcoord_survey_free(survey);
        return;
    }
    ck_assert_int_eq(status, RELCOORD_EDATA);
    ck_assert_str_eq(error.message, faults[_i].message);
    ck_assert_str_eq(error.column, faults[_i].column);
    ck_assert_int_eq((int)error.line, faults[_i].line);
}
END_TEST

Suite *layouts_suite(void)
{
    Suite *suite = suite_create("layouts");
    TCase *tests = tcase_create("layouts");
    tcase_add_test(tests, wide_rows_are_ties);
    tcase_add_test(tests, a_target_that_nobody_rates);
    tcase_add_test(tests, patterns);
    tcase_add_test(tests, exact_rows_beat_patterns);
    tcase_add_test(tests, row_numbers_where_nobody_is_named);
    tcase_add_test(tests, people_with_two_rows);
    tcase_add_test(tests, answers_that_are_none);
    tcase_add_test(tests, codes_are_numbers);
    tcase_add_test(tests, longer_scales_have_no_bands);
    tcase_add_test(tests, labels_and_their_order);
    tcase_add_test(tests, people_in_several_groups);
    tcase_add_test(tests, two_groupings_at_once);
    tcase_add_test(tests, items_about_no_workgroup);
    tcase_add_loop_test(tests, data_are_refused, 0, LENGTH(faults));
    suite_add_tcase(suite, tests);
    return suite;
}
