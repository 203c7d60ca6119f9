/* What a survey and a result say of themselves, and the views that describe lists. */
#include <string.h>

#include "analyses/registry.h"
#include "support.h"

Suite *asking_suite(void);

#define HEADER                                                                                  \
    "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect"

static const char answers[] = HEADER ",colour\n"
                                     "1,a,a,1,2,3,4,5,5,5,red\n"
                                     "1,a,b,1,2,3,4,5,5,5,red\n"
                                     "1,a,b,1,2,3,4,5,5,4,red\n"
                                     "2,b,a,1,2,9,4,5,5,5,blue\n";

START_TEST(a_survey_says_how_large_it_is)
{
    relcoord_options *options = options_make("read", "duplicates=first invalid=missing");
    relcoord_survey *survey = NULL;
    relcoord_result *result = NULL;
    size_t count = 0;
    ck_assert_int_eq(read_pieces(answers, strlen(answers), 0, options, &survey, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_survey_rows(survey), 4);
    ck_assert_int_eq(relcoord_survey_respondents(survey), 2);
    ck_assert_int_eq(relcoord_survey_ties(survey), 3);
    ck_assert_int_eq(relcoord_run(survey, "matrix", NULL, &result, NULL), RELCOORD_OK);
    for (const char *note; (note = relcoord_survey_note(survey, count)); count++)
        ck_assert_str_eq(note, relcoord_result_note(result, count));
    ck_assert_uint_ge(count, 3); /* the colours, the 9, the row that was dropped */
    ck_assert_ptr_null(relcoord_survey_note(survey, SIZE_MAX));
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    relcoord_options_free(options);
}
END_TEST

START_TEST(nothing_is_of_no_size)
{
    ck_assert_int_eq(relcoord_survey_rows(NULL), 0);
    ck_assert_int_eq(relcoord_survey_respondents(NULL), 0);
    ck_assert_int_eq(relcoord_survey_ties(NULL), 0);
    ck_assert_ptr_null(relcoord_survey_note(NULL, 0));
    ck_assert_ptr_null(relcoord_result_option(NULL, "by"));
}
END_TEST

START_TEST(a_result_says_which_options_it_had)
{
    relcoord_result *result = result_of(HEADER "\n1,a,a,1,2,3,4,5,5,5\n", "matrix",
                                        "by=workgroup confidence=9e-1"),
                    *described = NULL;
    ck_assert_str_eq(relcoord_result_option(result, "confidence"), "0.9");
    ck_assert_str_eq(relcoord_result_option(result, "by"), "workgroup");
    ck_assert_str_eq(relcoord_result_option(result, "wave"), "");
    ck_assert_str_eq(relcoord_result_option(result, "min_share"), "0.5");
    ck_assert_ptr_null(relcoord_result_option(result, "codebook"));
    ck_assert_ptr_null(relcoord_result_option(result, NULL));
    ck_assert_int_eq(relcoord_describe(&described, NULL), RELCOORD_OK);
    ck_assert_ptr_null(relcoord_result_option(described, "by"));
    relcoord_result_free(described);
    relcoord_result_free(result);
}
END_TEST

/* Where a list of columns, separated by commas or a semicolon, stands in a table; by's columns,
 * which * stands for, come in front of it. */
static void expect_columns(const table_spec *table, const char *columns)
{
    while (*columns) {
        size_t length = strcspn(columns, ",;"), at = 0;
        while (*columns != '*' && table->columns[at].name
               && (strncmp(table->columns[at].name, columns, length) != 0
                   || table->columns[at].name[length]))
            at++;
        ck_assert_msg(*columns == '*' || table->columns[at].name != NULL,
                      "table %s has no column of %s", table->name, columns);
        columns += length + (columns[length] != 0);
    }
}

/* Each table has its views in describe, as its specification has them, of columns that there
 * are. */
START_TEST(views_are_those_of_the_tables)
{
    relcoord_result *result = NULL;
    size_t row = 0;
    const relcoord_table *views;
    const char *const *tables, *const *titles, *const *kinds, *const *filters,
                                                                  *const *rows, *const *across,
                                                                                    *const *values;
    ck_assert_int_eq(relcoord_describe(&result, NULL), RELCOORD_OK);
    views = relcoord_result_table(result, "views");
    ck_assert(!relcoord_table_strings(views, "table", &tables, NULL, NULL)
              && !relcoord_table_strings(views, "title", &titles, NULL, NULL)
              && !relcoord_table_strings(views, "view", &kinds, NULL, NULL)
              && !relcoord_table_strings(views, "filter", &filters, NULL, NULL)
              && !relcoord_table_strings(views, "rows", &rows, NULL, NULL)
              && !relcoord_table_strings(views, "columns", &across, NULL, NULL)
              && !relcoord_table_strings(views, "values", &values, NULL, NULL));
    for (size_t i = 0; analysis_registry[i]; i++)
        for (const table_spec *const *t = analysis_registry[i]->tables; *t; t++)
            for (size_t v = 0; v == 0 || ((*t)->views && (*t)->views[v].kind); v++, row++) {
                static const char *const names[] = {"", "list", "pivot", "network", "list"};
                view_kind kind = (*t)->views ? (*t)->views[v].kind : VIEW_LIST;
                bool pivot = kind == VIEW_PIVOT;
                char filtered[64] = "";
                ck_assert_uint_lt(row, relcoord_table_rows(views));
                ck_assert_str_eq(tables[row], (*t)->name);
                ck_assert_str_eq(kinds[row], names[kind]);
                ck_assert_uint_gt(strlen(titles[row]), 0);
                strncat(filtered, filters[row], strcspn(filters[row], "="));
                expect_columns(*t, filtered);
                expect_columns(*t, rows[row]);
                expect_columns(*t, across[row]);
                expect_columns(*t, values[row]);
                ck_assert_msg(!pivot || (*rows[row] && *across[row] && *values[row]), "%s: %s",
                              (*t)->name, titles[row]);
            }
    ck_assert_uint_eq(row, relcoord_table_rows(views));
    relcoord_result_free(result);
}
END_TEST

Suite *asking_suite(void)
{
    Suite *suite = suite_create("asking");
    TCase *asking = tcase_create("asking");
    tcase_add_test(asking, a_survey_says_how_large_it_is);
    tcase_add_test(asking, nothing_is_of_no_size);
    tcase_add_test(asking, a_result_says_which_options_it_had);
    tcase_add_test(asking, views_are_those_of_the_tables);
    suite_add_tcase(suite, asking);
    return suite;
}
