/* The analysis crosstab: cells, totals and tests worked by hand; overlapping groups; what is left
 * out; what it refuses; and memory that runs out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runs.h"

Suite *crosstab_suite(void);

#define BOOK                                                                                       \
    "variable,role,scale,dimension,values,label_en\nid,respondent,,,,\njob,role,,,L|Leader;E|"     \
    "Employee;O|Other,\n"                                                                          \
    "ad,group,,area,,Adults\nyo,group,,area,,Youth\nisl,group,,place,,Island\nshore,group,,place," \
    ",Shore\n"                                                                                     \
    "q,item,work,,1|Yes;2|No;3|Perhaps;8=dk;9=missing,\nr,item,work,,,\n"

/* `count` people who are alike. */
static void add_people(text *data, int *id, int count, const char *rest)
{
    while (count-- > 0)
        text_add_format(data, "%d,%s\n", ++*id, rest);
}

/* Leaders 12 yes, 8 no; employees 18 yes, 22 no; and some without an answer. */
static char *two_by_two(void)
{
    text data = {0};
    int id = 0;
    text_add(&data, "id,job,ad,yo,isl,shore,q,r\n");
    add_people(&data, &id, 12, "L,1,0,0,0,1,1");
    add_people(&data, &id, 8, "L,1,1,1,1,2,1");
    add_people(&data, &id, 18, "E,0,1,0,1,1,");
    add_people(&data, &id, 22, "E,1,0,1,0,2,4");
    add_people(&data, &id, 3, "E,1,0,0,0,8,");
    add_people(&data, &id, 2, ",1,0,0,0,1,");
    add_people(&data, &id, 1, ",1,0,0,0,8,");
    add_people(&data, &id, 4, "L,0,0,0,0,9,");
    return data.bytes;
}

static void expect_cell(const relcoord_result *result, const char *keys, int64_t n, double of_row,
                        double of_column, double of_all)
{
    ck_assert_msg(integer_at(result, "cells", keys, "n") == n, "%s: %d", keys,
                  (int)integer_at(result, "cells", keys, "n"));
    expect_near(keys, number_at(result, "cells", keys, "row_percent"), of_row, 1e-14);
    expect_near(keys, number_at(result, "cells", keys, "column_percent"), of_column, 1e-14);
    expect_near(keys, number_at(result, "cells", keys, "total_percent"), of_all, 1e-14);
}

START_TEST(a_table_by_hand)
{
    char *data = two_by_two();
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *result = result_make(survey, "crosstab", "rows=q columns=role");
    double expected = 20 * 30 / 60.0, chisq = 4 / expected + 4 / expected + 4 / 20.0 + 4 / 20.0;
    expect_cell(result, "row=Yes column=Leader", 12, 40, 60, 20);
    expect_cell(result, "row=No column=Employee", 22, 100 * 22.0 / 30, 55, 100 * 22.0 / 60);
    expect_cell(result, "row=Yes column=(total)", 30, 100, 50, 50);
    expect_cell(result, "row=(total) column=Leader", 20, 100 / 3.0, 100, 100 / 3.0);
    expect_cell(result, "row=(total) column=(total)", 60, 100, 100, 100);
    expect_cell(result, "row=Perhaps column=Leader", 0, NAN, 0,
                0); /* nobody said so, and nobody is another */
    expect_cell(result, "row=Yes column=Other", 0, 0, NAN, 0);
    ck_assert_str_eq(string_at(result, "cells", "row=Perhaps column=Leader", "note"), "empty");
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "cells")), 16);
    expect_near("expected", number_at(result, "cells", "row=Yes column=Leader", "expected"), 10,
                1e-14);
    ck_assert(isnan(number_at(result, "cells", "row=(total) column=Leader", "expected")));
    ck_assert_int_eq(integer_at(result, "tests", "group=(total)", "n"), 60);
    ck_assert_int_eq(integer_at(result, "tests", "group=(total)", "dont_know"),
                     4); /* also one whose role is not known */
    ck_assert_int_eq(integer_at(result, "tests", "group=(total)", "missing"), 6);
    expect_near("chi-square", number_at(result, "tests", "group=(total)", "chisq"), chisq, 1e-14);
    ck_assert_int_eq(integer_at(result, "tests", "group=(total)", "df"), 1);
    expect_near("p", number_at(result, "tests", "group=(total)", "p"), erfc(sqrt(chisq / 2)),
                1e-12);
    expect_near("V", number_at(result, "tests", "group=(total)", "cramers_v"), sqrt(chisq / 60),
                1e-14);
    ck_assert_str_eq(string_at(result, "tests", "group=(total)", "estimator"), "crosstab_chisq");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    free(data);
}
END_TEST

/* Rows for columns: the same counts and the same test. */
START_TEST(a_table_may_be_turned)
{
    char *data = two_by_two();
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *one = result_make(survey, "crosstab", "rows=q columns=role"),
                    *other = result_make(survey, "crosstab", "rows=role columns=q");
    ck_assert_int_eq(integer_at(one, "cells", "row=No column=Leader", "n"),
                     integer_at(other, "cells", "row=Leader column=No", "n"));
    expect_near("per cent", number_at(other, "cells", "row=Leader column=No", "row_percent"),
                number_at(one, "cells", "row=No column=Leader", "column_percent"), 0);
    expect_near("chi-square", number_at(other, "tests", "group=(total)", "chisq"),
                number_at(one, "tests", "group=(total)", "chisq"), 1e-14);
    relcoord_result_free(one);
    relcoord_result_free(other);
    relcoord_survey_free(survey);
    free(data);
}
END_TEST

/* Adults: 14 yes, two of them without a role, which does not matter here, and 30 no, 8 of whom are
 * also youth. */
START_TEST(overlapping_groups_each_against_the_others)
{
    char *data = two_by_two();
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *result = result_make(survey, "crosstab", "rows=q columns=area"),
                    *turned = result_make(survey, "crosstab", "rows=area columns=q");
    double a = 14, b = 30, c = 18, d = 0, n = a + b + c + d;
    double chisq = n * (a * d - b * c) * (a * d - b * c) / ((a + b) * (c + d) * (a + c) * (b + d));
    expect_cell(result, "row=No column=Adults", 30, 100, 100 * 30.0 / 44, 100 * 30.0 / 62);
    expect_cell(result, "row=No column=Youth", 8, 100 * 8.0 / 30, 100 * 8.0 / 26, 100 * 8.0 / 62);
    expect_cell(result, "row=No column=(total)", 30, 100, 100 * 30.0 / 62, 100 * 30.0 / 62);
    ck_assert_str_eq(string_at(result, "cells", "row=No column=Youth", "note"), "overlapping");
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "tests")), 2);
    expect_near("chi-square", number_at(result, "tests", "group=Adults", "chisq"), chisq, 1e-13);
    expect_near("turned", number_at(turned, "tests", "group=Adults", "chisq"), chisq, 1e-13);
    ck_assert_int_eq(integer_at(result, "tests", "group=Adults", "n"), 62);
    ck_assert(number_at(result, "tests", "group=Youth", "p_holm")
              >= number_at(result, "tests", "group=Youth", "p"));
    expect_near("Holm", number_at(result, "tests", "group=Adults", "p_holm"),
                2 * number_at(result, "tests", "group=Adults", "p"), 1e-13);
    relcoord_result_free(result);
    relcoord_result_free(turned);
    result = result_make(survey, "crosstab",
                         "rows=area columns=place"); /* overlapping both: counts, and no test */
    ck_assert_str_eq(string_at(result, "tests", "group=(total)", "note"), "overlapping");
    ck_assert_int_eq(integer_at(result, "cells", "row=Youth column=Shore", "n"), 26);
    ck_assert_int_eq(integer_at(result, "cells", "row=(total) column=(total)", "n"), 48);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    free(data);
}
END_TEST

/* Fisher's of {3, 1; 1, 3}, by hand: (16 + 1) 2 / 70; and none where all answer alike. */
START_TEST(small_tables)
{
    static const char data[] =
        "id,job,ad,yo,isl,shore,q,r\n1,L,1,0,0,0,1,1\n2,L,1,0,0,0,1,1\n3,L,1,0,0,0,1,1\n4,L,1,0,0,"
        "0,2,1\n"
        "5,E,1,0,0,0,1,1\n6,E,1,0,0,0,2,1\n7,E,1,0,0,0,2,1\n8,E,1,0,0,0,2,1\n";
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *result = result_make(survey, "crosstab", NULL),
                    *alike = result_make(survey, "crosstab", "rows=r columns=role");
    relcoord_result *by = result_make(survey, "crosstab", "rows=q columns=area by=role");
    expect_near("Fisher", number_at(result, "tests", "group=(total)", "p"), 34.0 / 70,
                1e-14); /* by default q by role */
    ck_assert_str_eq(string_at(result, "tests", "row_variable=q column_variable=role", "estimator"),
                     "crosstab_fisher");
    ck_assert_str_eq(string_at(alike, "tests", "group=(total)", "note"), "undefined");
    ck_assert_int_eq(integer_at(by, "cells", "role=Leader row=Yes column=Adults", "n"), 3);
    ck_assert_int_eq(integer_at(by, "cells", "role=(total) row=Yes column=Adults", "n"), 4);
    relcoord_result_free(result);
    relcoord_result_free(alike);
    relcoord_result_free(by);
    relcoord_survey_free(survey);
}
END_TEST

/* Of four leaders three said yes, of four employees one: by role, the next grouping is crossed. */
START_TEST(what_is_crossed_by_default_is_not_of_by)
{
    static const char data[] =
        "id,job,ad,yo,isl,shore,q,r\n1,L,1,0,0,0,1,1\n2,L,1,0,0,0,1,1\n3,L,0,1,0,0,1,1\n"
        "4,L,0,1,0,0,2,1\n5,E,1,0,0,0,1,1\n6,E,1,0,0,0,2,1\n7,E,0,1,0,0,2,1\n8,E,0,1,0,0,2,1\n";
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *result = result_make(survey, "crosstab", "by=role");
    ck_assert_int_eq(integer_at(result, "cells", "role=Leader row=Yes column=Adults", "n"), 2);
    ck_assert_int_eq(integer_at(result, "cells", "role=Leader row=Yes column=Youth", "n"), 1);
    ck_assert_int_eq(integer_at(result, "cells", "role=Employee row=No column=(total)", "n"), 3);
    ck_assert_int_eq(integer_at(result, "cells", "role=(total) row=(total) column=Youth", "n"), 4);
    relcoord_result_free(result);
    result = result_make(survey, "crosstab", "by=role rows=role"); /* whoever names it gets it */
    ck_assert_int_eq(integer_at(result, "cells", "role=Leader row=Leader column=Adults", "n"), 2);
    relcoord_result_free(result);
    expect_refused(survey, "crosstab", "by=role,area,place", RELCOORD_EOPTION, NULL,
                   "'columns' has to name an item or a grouping");
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(refusals)
{
    static const struct {
        const char *settings, *message;
    } cases[] = {
        {"rows=work", "'rows' names a scale of several items: name one of them"},
        {"rows=rol columns=area", "'rol' is not a variable in the data; did you mean 'role'?"},
        {"rows=q columns=frequent",
         "'frequent' is answered about workgroups, not once by each person"},
        {"rows=age", "'age' has no categories to count"},
    };
    static const char book[] = BOOK
        "age,outcome,,,,\nfrequent,item,,frequent,,\ng,workgroup,,,,\nt,target,,,,\n";
    relcoord_survey *survey = survey_by_book(
        book, "id,job,ad,yo,isl,shore,q,r,age,frequent,g,t\n1,L,1,0,0,0,1,1,40,3,A,A\n");
    for (size_t i = 0; i < LENGTH(cases); i++)
        expect_refused(survey, "crosstab", cases[i].settings, RELCOORD_EOPTION, NULL,
                       cases[i].message);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(memory_runs_out)
{
    char *data = two_by_two();
    heap_start();
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_options *options = options_make("crosstab", "rows=q columns=area by=role");
    ck_assert_int_eq(expect_memory_faults(survey, "crosstab", options, INT_MAX), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    free(data);
}
END_TEST

Suite *crosstab_suite(void)
{
    Suite *suite = suite_create("crosstab");
    TCase *all = tcase_create("crosstab");
    tcase_add_test(all, a_table_by_hand);
    tcase_add_test(all, a_table_may_be_turned);
    tcase_add_test(all, overlapping_groups_each_against_the_others);
    tcase_add_test(all, small_tables);
    tcase_add_test(all, what_is_crossed_by_default_is_not_of_by);
    tcase_add_test(all, refusals);
    tcase_add_test(all, memory_runs_out);
    suite_add_tcase(suite, all);
    return suite;
}
