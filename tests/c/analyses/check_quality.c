/* The analyses that show the data themselves: quality, data and scores. Cases worked by hand; the
 * same survey long and wide, in pieces, in any order of rows, on any number of threads; memory that
 * runs out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *quality_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"

/* ---- Reading with a codebook ---- */

static relcoord_survey *read_by(const char *book, const char *csv, size_t piece,
                                const char *settings)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_codebook *codebook = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    pieces p = {.bytes = book ? book : "", .length = book ? strlen(book) : 0};
    if (book) {
        ck_assert_msg(
            !relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &codebook, &error), "%s",
            error.message);
        ck_assert(!relcoord_options_set_codebook(options, codebook, &error));
    }
    ck_assert_msg(!read_pieces(csv, strlen(csv), piece, options, &survey, &error), "line %d: %s",
                  (int)error.line, error.message);
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
    return survey;
}

static char *table_of(const char *book, const char *csv, size_t piece, const char *reading,
                      const char *analysis, const char *settings, const char *table)
{
    relcoord_survey *survey = read_by(book, csv, piece, reading);
    relcoord_result *result = result_make(survey, analysis, settings);
    char which[64], *written;
    snprintf(which, sizeof which, "table=%s", table);
    written = result_written(result, "csv", which);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return written;
}

#define REPAIR "invalid=missing duplicates=first"

/* ---- Cases worked by hand ---- */

/* frequent is presented from not nearly enough to much too often; its values are scored 1, 3, 5,
 * 4, 2. */
#define BOOK                                                                                       \
    "variable,role,scale,dimension,values\n"                                                       \
    "id,respondent,,,\ng,workgroup,,,\nt,target,,,\nu,unit,,,N|North;S|South;?=missing\nw,weight," \
    ",,\n"                                                                                         \
    "kids,group,,areas,\nadults,group,,areas,\n"                                                   \
    "f,item,,frequent,1=1;2=3;3=5;4=4;5=2;8=dk;9=missing\nm,item,,mutual_respect,1;2=2;3=3;4=4;5=" \
    "5\n"                                                                                          \
    "b,item,burnout,,0=0;1=1;2=2.5;x=dk;n\nleft,outcome,,,\n"

static const char longer[] =
    "id,g,t,u,w,kids,adults,f,m,b,left\n"
    "2,B,A,S,0.5,0,1,3,5,2,-1.5\n2,B,B,S,0.5,0,1,8,1,2,-1.5\n2,B,C,S,0.5,0,1,9,,2,-1.5\n"
    "1,A,A,?,2,1,1,1,7,n,\n1,A,B,?,2,1,1,5,3,n,\n";

typedef struct hand_case {
    const char *name, *book, *csv, *reading, *analysis, *settings, *table, *wanted;
} hand_case;

#define VARIABLES "variable,n,missing,dont_know,invalid,min,max,unscored,floor,ceiling,label,note\n"
#define RESPONDENTS "respondent,wave,workgroup,ties,answered,longest_run,sd,identical,note\n"
#define PROBLEMS "line,column,value,problem,row,file,note\n"
#define ANSWERS "respondent,workgroup,target,wave,weight," ITEMS ",note\n"
#define TIES "respondent,workgroup,target,rc,communication,relationship,answered,note\n"

static const hand_case hand_cases[] = {
    {"variables", BOOK, longer, REPAIR, "quality", NULL, "variables",
     VARIABLES
     "id,5,0,0,0,,,0,,,,no_scores\ng,5,0,0,0,,,0,,,,no_scores\nt,5,0,0,0,,,0,,,,no_"
     "scores\nu,3,2,0,0,,,0,,,,no_scores\n"
     "w,5,0,0,0,0.5,2,0,,,,no_scale\nkids,5,0,0,0,,,0,,,,no_scores;empty_is_no\nadults,5,0,"
     "0,0,,,0,,,,no_scores;empty_is_no\n"
     "f,3,1,1,0,1,5,0,0.3333333333333333,0.3333333333333333,,\nm,2,1,0,1,3,5,1,0,0.5,,\n"
     "b,3,0,0,0,2.5,2.5,2,0,1,,\nleft,3,2,0,0,-1.5,-1.5,0,,,,no_scale\n"},
    {"respondents", BOOK, longer, REPAIR, "quality", NULL, "respondents",
     RESPONDENTS "1,,A,2,0.6,1,1,0,\n2,,B,3,0.42857142857142855,2,1.4433756729740645,0,\n"},
    {"problems", BOOK, longer, REPAIR, "quality", NULL, "problems",
     PROBLEMS "5,m,7,invalid,4,1,\n"},
    {"answers", BOOK, longer, REPAIR, "data", NULL, "answers",
     ANSWERS "1,A,A,,2,1,,,,,,,\n1,A,B,,2,2,,,,,,3,\n2,B,A,,0.5,5,,,,,,5,\n2,B,B,,0.5,,,,,,,,dont_"
             "know:frequent;unscored:mutual_respect\n"
             "2,B,C,,0.5,,,,,,,,\n"},
    {"items", BOOK, longer, REPAIR, "data", NULL, "items",
     "respondent,wave,variable,scale,presented,score,note\n1,,b,burnout,n,,unscored\n1,,left,,,,"
     "\n2,,b,burnout,2,2.5,\n2,,left,,-1.5,-1.5,\n"},
    {"memberships", BOOK, longer, REPAIR, "data", NULL, "respondents",
     "respondent,wave,attribute,label,note\n1,,areas,kids,\n1,,areas,adults,\n2,,unit,South,\n2,,"
     "areas,adults,\n"},
    {"scores of two items", BOOK, longer, REPAIR, "scores", "min_share=1", "ties",
     TIES
     "1,A,A,,1,,1,too_few\n1,A,B,2.5,2,3,2,\n2,B,A,5,5,5,2,\n2,B,B,,,,0,empty\n2,B,C,,,,0,empty\n"},
    {"scores by grouping", BOOK, longer, REPAIR, "scores", "by=areas", "ties",
     "areas," TIES "kids,1,A,A,1,1,,1,too_few\nkids,1,A,B,2.5,2,3,2,\nadults,1,A,A,1,1,,1,too_"
     "few\nadults,1,A,B,2.5,2,3,2,\n"
     "adults,2,B,A,5,5,5,2,\nadults,2,B,B,,,,0,empty\nadults,2,B,C,,,,0,empty\n"},
    {"scores", NULL, HEADER "2,B,A,4,4,,,5,5,\n1,A,B,1,2,3,4,5,5,5\n1,A,A,,,,4,,,\n", NULL,
     "scores", NULL, "ties",
     TIES "1,A,A,,,,1,too_few\n1,A,B,3.5714285714285716,2.5,5,7,\n2,B,A,4.5,4,5,4,\n"},
    {"no relationship asked",
     "variable,role,dimension\ni,respondent,\ng,workgroup,\nt,target,\nq,item,timely\n",
     "i,g,t,q\n1,A,B,4\n", NULL, "scores", NULL, "ties", TIES "1,A,B,4,4,,1,not_asked\n"},
    {"straight lines", NULL,
     HEADER "1,A,A,3,3,3,3,3,3,3\n1,A,B,3,3,3,3,3,3,3\n2,A,A,2,2,,2,2,2,5\n2,A,B,1,2,3,4,5,4,3\n3,"
            "B,A,4,4,4,4,4,4,\n4,B,A,,,,,,,\n5,B,B,,,1,,,,\n",
     NULL, "quality", NULL, "respondents",
     RESPONDENTS "1,,A,2,1,7,0,2,straight_line\n2,,A,2,0.9285714285714286,3,1.281025230440697,0,"
                 "\n3,,B,1,0.8571428571428571,6,0,0,\n"
                 "4,,B,1,0,0,,0,empty\n5,,B,1,0.14285714285714285,1,,0,too_few\n"},
    {"three alike", NULL,
     HEADER "1,A,A,1,2,,,,,\n1,A,B,1,2,,,,,\n1,A,C,1,2,,,,,\n1,A,D,,,,,,,\n1,A,E,,,,,,,\n", NULL,
     "quality", NULL, "respondents",
     RESPONDENTS "1,,A,5,0.17142857142857143,1,0.5477225575051661,3,\n"},
    {"in the file's order", NULL,
     HEADER "1,A,B,1,9,3,4,5,5,5\n2,B,B,1,2,3,4,5,5,0\n1,A,B,x,2,3,4,5,5,5\n", REPAIR, "quality",
     NULL, "problems",
     PROBLEMS "2,timely,9,invalid,1,1,\n3,mutual_respect,0,invalid,2,1,\n4,frequent,x,invalid,3,1,"
              "\n4,,B,duplicate,3,1,\n"},
    {"nothing repeated", NULL, HEADER "1,A,B,1,9,3,4,5,5,5\n1,A,B,1,2,3,4,5,5,5\n",
     REPAIR " redact_values=true", "quality", NULL, "problems",
     PROBLEMS "2,timely,,invalid,1,1,\n3,,,duplicate,2,1,\n"},
    {"waves side by side", NULL,
     "wave,respondent,workgroup,target," ITEMS "\n2,1,A,A,1,1,1,1,1,1,1\n1,1,A,A,5,5,5,5,5,5,5\n",
     NULL, "data", NULL, "answers", ANSWERS "1,A,A,1,,5,5,5,5,5,5,5,\n1,A,A,2,,1,1,1,1,1,1,1,\n"},
};

/* In pieces of a few bytes it is the same. */
START_TEST(as_worked_by_hand)
{
    const hand_case *c = &hand_cases[_i];
    for (size_t piece = 0; piece < 5; piece++) {
        char *got = table_of(c->book, c->csv, piece, c->reading, c->analysis, c->settings,
                             c->table);
        expect_same_text(c->name, got, c->wanted);
        free(got);
    }
}
END_TEST

/* ---- What is not known, and what is said ---- */

/* With rows left out, nobody knows in which rows the invalid answers were; they are not taken off
 * the missing. */
START_TEST(rows_that_are_left_out)
{
    relcoord_survey *survey = read_by(
        NULL, HEADER "1,A,B,1,9,3,4,5,5,\n1,A,B,x,2,3,4,5,5,5\n2,A,B,2,2,2,2,2,2,2\n", 0, REPAIR);
    relcoord_result *result = result_make(survey, "quality", NULL);
    ck_assert_int_eq(integer_at(result, "variables", "variable=frequent", "n"), 2);
    ck_assert_int_eq(integer_at(result, "variables", "variable=frequent", "missing"), 0);
    ck_assert_int_eq(integer_at(result, "variables", "variable=frequent", "invalid"), 1);
    ck_assert_str_eq(string_at(result, "variables", "variable=frequent", "note"),
                     "missing_with_invalid");
    ck_assert_int_eq(integer_at(result, "variables", "variable=timely", "missing"), 1);
    ck_assert_str_eq(string_at(result, "variables", "variable=mutual_respect", "note"), "");
    ck_assert_int_eq(integer_at(result, "variables", "variable=mutual_respect", "missing"), 1);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(one_wave_of_two)
{
    relcoord_survey *survey = read_by(NULL,
                                      "wave,respondent,workgroup,target," ITEMS
                                      "\n1,1,A,A,1,9,,1,1,1,1\n2,1,A,A,5,5,5,5,5,5,5\n",
                                      0, REPAIR);
    relcoord_result *both = result_make(survey, "quality", NULL),
                    *first = result_make(survey, "quality", "wave=1");
    ck_assert_int_eq(integer_at(both, "variables", "variable=timely", "invalid"), 1);
    ck_assert_int_eq(integer_at(both, "variables", "variable=timely", "missing"), 0);
    ck_assert_uint_eq(rows_with(both, "respondents", "respondent=1"), 2);
    ck_assert_int_eq(integer_at(first, "variables", "variable=timely", "invalid"), -1);
    ck_assert_int_eq(integer_at(first, "variables", "variable=timely", "missing"), 1);
    ck_assert_str_eq(string_at(first, "variables", "variable=timely", "note"),
                     "empty;missing_with_invalid");
    ck_assert_int_eq(integer_at(first, "variables", "variable=accurate", "missing"), 1);
    ck_assert_int_eq(integer_at(first, "variables", "variable=accurate", "invalid"), 0);
    ck_assert_uint_eq(rows_with(first, "respondents", "wave=1"), 1);
    ck_assert_uint_eq(rows_with(first, "respondents", "wave=2"), 0);
    relcoord_result_free(both);
    relcoord_result_free(first);
    relcoord_survey_free(survey);
}
END_TEST

static bool has_note(const relcoord_result *result, const char *note)
{
    for (size_t i = 0; relcoord_result_note(result, i); i++)
        if (strcmp(relcoord_result_note(result, i), note) == 0)
            return true;
    return false;
}

START_TEST(how_it_was_read_is_said)
{
    static const char invalid[] =
        "read with invalid=stop: any answer off the scale would have stopped the reading";
    static const char duplicates[] =
        "read with duplicates=stop: any duplicate row would have stopped the reading";
    static const char *const readings[] = {NULL, "invalid=missing", "duplicates=last", REPAIR};
    for (size_t i = 0; i < LENGTH(readings); i++) {
        relcoord_survey *survey = read_by(NULL, HEADER "1,A,B,1,2,3,4,5,5,5\n", 0, readings[i]);
        relcoord_result *result = result_make(survey, "quality", NULL);
        ck_assert_int_eq(has_note(result, invalid), i == 0 || i == 2);
        ck_assert_int_eq(has_note(result, duplicates), i < 2);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
    }
}
END_TEST

/* 100,000 problems are kept; the counts go on. */
START_TEST(more_problems_than_are_listed)
{
    enum { MANY = 100003 };
    char *csv = malloc(sizeof HEADER + MANY * 32), *end = csv + sprintf(csv, HEADER);
    relcoord_survey *survey;
    relcoord_result *result;
    for (int i = 0; i < MANY; i++)
        end += sprintf(end, "%d,A,B,9,,,,,,1\n", i);
    survey = read_by(NULL, csv, 0, REPAIR);
    result = result_make(survey, "quality", NULL);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "problems")), 100000);
    ck_assert_int_eq(integer_at(result, "variables", "variable=frequent", "invalid"), MANY);
    ck_assert_int_eq(integer_at(result, "variables", "variable=frequent", "missing"), 0);
    ck_assert(has_note(result, "problems not listed: 3"));
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

/* A label off the codebook's list is no answer that could be missing: it stops reading whatever the
 * options are. */
START_TEST(labels_off_their_list_stop)
{
    relcoord_options *options = options_make("read", REPAIR);
    relcoord_codebook *codebook = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    pieces p = {.bytes = BOOK, .length = strlen(BOOK)};
    const char *csv =
        "id,g,t,u,w,kids,adults,f,m,b,left\n1,A,A,N,2,1,1,1,1,n,\n2,A,A,West,2,1,1,1,1,n,\n";
    ck_assert(!relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &codebook, &error));
    ck_assert(!relcoord_options_set_codebook(options, codebook, &error));
    ck_assert_int_eq(read_pieces(csv, strlen(csv), 0, options, &survey, &error), RELCOORD_EDATA);
    ck_assert_int_eq(error.line, 3);
    ck_assert_str_eq(error.column, "u");
    relcoord_codebook_free(codebook);
    relcoord_options_free(options);
}
END_TEST

/* A grouping of many 0/1 columns beside a grouping of labels: two things. */
START_TEST(two_kinds_of_groupings)
{
    static const char book[] =
        "variable,role,scale,dimension\nid,respondent,,\na,group,,x\nb,group,,x\nc,group,,x\nd,"
        "group,,x\n"
        "e,group,,x\nf,group,,x\ng,group,,x\nh,group,,x\np,group,,\nq,item,s,\n";
    char *got = table_of(book, "id,a,b,c,d,e,f,g,h,p,q\n1,0,0,0,0,0,0,0,1,z,3\n", 0, NULL, "data",
                         NULL, "respondents");
    expect_same_text("groupings", got, "respondent,wave,attribute,label,note\n1,,x,h,\n1,,p,z,\n");
    free(got);
}
END_TEST

/* ---- The same survey in other forms ---- */

#define WIDE_BOOK                                                               \
    "variable,role,dimension,target,values\nid,respondent,,,\ng,workgroup,,,\n" \
    "{dimension}_{target},item,,,1=1;2=2;3=3;4=4;5=5;8=dk\n"
static const char wide[] =
    "id,g,timely_A,shared_goals_A,timely_B,shared_goals_B\n1,A,1,2,,\n2,B,9,8,3,3\n3,B,,,5,\n";
#define LONG_BOOK                                                                                  \
    "variable,role,dimension,values\nid,respondent,,\ng,workgroup,,\nt,target,,\n"                 \
    "timely,item,timely,1=1;2=2;3=3;4=4;5=5;8=dk\nshared_goals,item,shared_goals,1=1;2=2;3=3;4=4;" \
    "5=5;8=dk\n"
static const char lengthy[] =
    "id,g,t,timely,shared_goals\n2,B,B,3,3\n2,B,A,9,8\n3,B,B,5,\n1,A,A,1,2\n";

START_TEST(wide_is_long)
{
    static const char *const tables[][2] = {
        {"data", "answers"}, {"scores", "ties"}, {"quality", "respondents"}};
    char *variables;
    for (size_t i = 0; i < LENGTH(tables); i++) {
        char *as_wide = table_of(WIDE_BOOK, wide, 0, REPAIR, tables[i][0], NULL, tables[i][1]);
        char *as_long = table_of(LONG_BOOK, lengthy, 0, REPAIR, tables[i][0], NULL, tables[i][1]);
        expect_same_text(tables[i][1], as_wide, as_long);
        free(as_wide);
        free(as_long);
    }
    variables = table_of(WIDE_BOOK, wide, 0, REPAIR, "quality", NULL, "variables");
    expect_same_text(
        "wide columns", variables,
        VARIABLES
        "id,3,0,0,0,,,0,,,,no_scores\ng,3,0,0,0,,,0,,,,no_scores\ntimely_A,1,1,0,1,1,1,0,1,0,,\n"
        "shared_goals_A,1,1,1,0,2,2,0,0,0,,\ntimely_B,2,1,0,0,3,5,0,0,0.5,,\nshared_goals_B,1,2,0,"
        "0,"
        "3,3,0,0,0,,\n");
    free(variables);
}
END_TEST

/* Rows in another order, on other numbers of threads: only where problems stand in the file may
 * differ. */
START_TEST(in_any_order_and_on_threads)
{
    static const char *const tables[][2] = {{"data", "answers"},
                                            {"data", "respondents"},
                                            {"scores", "ties"},
                                            {"quality", "respondents"},
                                            {"quality", "variables"}};
    survey_plan plan = {.respondents = 20000,
                        .workgroups = 4,
                        .targets = 2,
                        .units = 3,
                        .weights = true,
                        .missing = 30,
                        .seed = 5};
    survey_rows rows = rows_invent(&plan);
    char *one = rows_text(&rows, 0, rows.count), *other;
    rows_shuffle(&rows, 9);
    other = rows_text(&rows, 0, rows.count);
    for (size_t i = 0; i < LENGTH(tables); i++) {
        char *first = table_of(NULL, one, 0, NULL, tables[i][0], "threads=1", tables[i][1]);
        char *second = table_of(NULL, other, 0, NULL, tables[i][0], "threads=3", tables[i][1]);
        expect_same_text(tables[i][1], second, first);
        free(first);
        free(second);
    }
    free(one);
    free(other);
    rows_free(&rows);
}
END_TEST

/* ---- Memory that runs out ---- */

/* *asked becomes how many allocations reading and running took. */
static relcoord_status try_analysis(const char *analysis, const relcoord_options *options,
                                    char **out, int64_t *asked)
{
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(longer, strlen(longer), 0, options, &survey, &error);
    if (!status)
        status = relcoord_run(survey, analysis, NULL, &result, &error);
    *asked = heap_asked();
    heap_fail(0, 0);
    *out = status ? NULL : result_written(result, "json", NULL);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return status;
}

static void try_with_failures(const char *analysis, const relcoord_options *options, bool and_after)
{
    char *whole, *got;
    int64_t alive = heap_alive(), asked, failures = 0;
    heap_fail(0, 0);
    ck_assert_int_eq(try_analysis(analysis, options, &whole, &asked), RELCOORD_OK);
    for (int64_t at = 1, now; at <= asked; at++) {
        relcoord_status status;
        heap_fail(at, and_after ? INT64_MAX : at);
        status = try_analysis(analysis, options, &got, &now);
        if (status)
            ck_assert_msg(status == RELCOORD_ENOMEM, "%s, allocation %d: status %d", analysis,
                          (int)at, (int)status);
        else
            expect_same_text(analysis, got, whole);
        failures += status != RELCOORD_OK;
        free(got);
        ck_assert_int_eq(heap_alive(), alive);
    }
    ck_assert_int_gt(failures, asked / 2);
    free(whole);
}

START_TEST(memory_that_runs_out)
{
    static const char *const analyses[] = {"quality", "data", "scores"};
    relcoord_options *options;
    relcoord_codebook *codebook = NULL;
    relcoord_error error = {0};
    pieces p = {.bytes = BOOK, .length = strlen(BOOK)};
    heap_start();
    options = options_make("read", REPAIR);
    ck_assert(!relcoord_codebook_read_source(pieces_read, &p, "book", NULL, &codebook, &error));
    ck_assert(!relcoord_options_set_codebook(options, codebook, &error));
    relcoord_codebook_free(codebook);
    try_with_failures(analyses[_i / 2], options, _i % 2);
    relcoord_options_free(options);
    heap_stop();
}
END_TEST

Suite *quality_suite(void)
{
    Suite *suite = suite_create("quality");
    TCase *figures = tcase_create("figures"), *forms = tcase_create("forms"),
          *memory = tcase_create("memory");
    tcase_add_loop_test(figures, as_worked_by_hand, 0, LENGTH(hand_cases));
    tcase_add_test(figures, rows_that_are_left_out);
    tcase_add_test(figures, one_wave_of_two);
    tcase_add_test(figures, how_it_was_read_is_said);
    tcase_add_test(figures, more_problems_than_are_listed);
    tcase_add_test(figures, labels_off_their_list_stop);
    tcase_add_test(figures, two_kinds_of_groupings);
    suite_add_tcase(suite, figures);
    tcase_add_test(forms, wide_is_long);
    tcase_add_test(forms, in_any_order_and_on_threads);
    suite_add_tcase(suite, forms);
    tcase_add_loop_test(memory, memory_that_runs_out, 0, 6);
    suite_add_tcase(suite, memory);
    return suite;
}
