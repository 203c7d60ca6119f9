/* Numbers on a page: how many decimals an estimate, a probability and a per cent have, and that
 * Danish pages have the comma everywhere while csv and json never have it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/registry.h"
#include "support.h"
#include "tables/result.h"

Suite *decimals_suite(void);

/* ---- How many ---- */

static const column_spec plain_columns[] = {
    {"group", RELCOORD_STRING, RELCOORD_KEY, "a key"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "an estimate"},
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "its bound"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "per cent"},
    {"percent_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "its bound"},
    {"percent_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "its other bound"},
    {"weighted_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "per cent as well"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "a probability"},
    {"p_holm", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "another"},
    NOTE_COLUMN,
    {0},
};
static const column_spec mixed_columns[] = {
    {"coefficient", RELCOORD_STRING, RELCOORD_KEY, "which"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "whatever that is"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "no probability"},
    NOTE_COLUMN,
    {0},
};
static const table_spec plain_spec = {.name = "plain", .help = "plain", .columns = plain_columns},
                        mixed_spec = {.name = "mixed", .help = "mixed", .columns = mixed_columns};

static void expect_line(const char *settings, const char *page, const char *line)
{
    ck_assert_msg(strstr(page, line) != NULL, "%s: no '%s' in\n%s", settings ? settings : "default",
                  line, page);
}

START_TEST(by_what_they_are)
{
    static const struct {
        const char *settings, *lines[4];
    } tried[] = {
        {"width=200",
         {"a      3.50    3.04       63     [57, 69]                13  0.038   0.004",
          "b      3.50    3.04       63     [57, 69]                 0  0.001  <0.001"}},
        {"width=200 lang=da", {"0,038", "<0,001", "[57; 69]", "3,50"}},
        {"width=200 digits=3",
         {"3.500", "62.5  [57.1, 69.2]              12.5  0.0381   0.0044", "0.0010  <0.0001"}},
        {"width=200 digits=0", {"   4 ", "63     [57, 69]                13  <0.1    <0.1"}},
        {"width=200 digits=15",
         {"3.500000000000000", "62.5000000000000", "0.038125000000000", "0.000000100000000"}},
    };
    static const char *const names[] = {"mean", "p", "rwg_mean_p", "p_chance", "npx"};
    relcoord_result *result = result_new("things", NULL);
    relcoord_table *t = result_add_table(result, &plain_spec, NULL, 0),
                   *mixed = result_add_table(result, &mixed_spec, NULL, 0);
    char *page;
    for (int row = 0; row < 2; row++) {
        static const double values[2][8] = {
            {3.5, 3.041, 62.5, 57.07, 69.18, 12.5, 0.038125, 0.0044},
            {3.5, 3.041, 62.5, 57.07, 69.18, 0.4, 0.001, 1e-7}};
        table_add_row(t);
        table_set_string(t, 0, row ? "b" : "a");
        for (size_t i = 0; i < 8; i++)
            table_set_number(t, i + 1, values[row][i]);
    }
    for (size_t i = 0; i < LENGTH(names); i++) {
        table_add_row(mixed);
        table_set_string(mixed, 0, names[i]);
        table_set_number(mixed, 1, 0.0004);
        table_set_number(mixed, 2, 0.0004);
    }
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    for (size_t i = 0; i < LENGTH(tried); i++) {
        char settings[64];
        snprintf(settings, sizeof settings, "table=plain %s", tried[i].settings);
        page = result_written(result, "text", settings);
        for (size_t k = 0; k < 4 && tried[i].lines[k]; k++)
            expect_line(tried[i].settings, page, tried[i].lines[k]);
        free(page);
    }
    page = result_written(result, "markdown", "table=mixed");
    expect_line("markdown", page, "| mean | 0.00 | 0.00 |");
    expect_line("markdown", page, "| p | \\<0.001 | 0.00 |");
    expect_line("markdown", page, "| rwg, mean: p by chance | \\<0.001 | 0.00 |");
    expect_line("markdown", page, "| p_chance | \\<0.001 | 0.00 |");
    expect_line("markdown", page, "| npx | 0.00 | 0.00 |");
    free(page);
    page = result_written(result, "csv", "table=plain lang=da");
    expect_line("csv", page, "b,3.5,3.041,62.5,57.07,69.18,0.4,0.001,1e-7,");
    free(page);
    relcoord_result_free(result);
}
END_TEST

/* ---- Points and commas ---- */

/* A point between two digits, but of a version; NULL for none. */
static const char *find_point(const char *page)
{
    for (const char *at = page; (at = strchr(at, '.')) != NULL; at++)
        if (at > page && at[-1] >= '0' && at[-1] <= '9' && at[1] >= '0' && at[1] <= '9')
            return at;
    return NULL;
}

static bool has_comma(const char *page)
{
    for (const char *at = page; (at = strchr(at, ',')) != NULL; at++)
        if (at > page && at[-1] >= '0' && at[-1] <= '9' && at[1] >= '0' && at[1] <= '9')
            return true;
    return false;
}

/* The figures: text has before them the line that repeats the options as they were typed, the
 * others have it last. */
static const char *body_of(char *page, const char *format)
{
    char *body = strstr(page, strcmp(format, "html") == 0       ? "<table"
                              : strcmp(format, "markdown") == 0 ? "\n## "
                              : strcmp(format, "latex") == 0    ? "\n\\begin"
                                                                : "\n\n");
    ck_assert_ptr_nonnull(body);
    char *call = strstr(body, "relcoord 0.");
    if (call)
        *call = '\0';
    return body;
}

START_TEST(danish_pages_have_commas)
{
    static const char *const formats[] = {"text", "html", "markdown", "latex"}, *const files[] = {
                                                                                    "csv", "json"};
    static const survey_plan plan = {
        .respondents = 60, .workgroups = 3, .targets = 4, .units = 3, .missing = 10, .seed = 9};
    char *csv = csv_invent(&plan);
    relcoord_survey *survey = survey_make(csv);
    size_t commas = 0;
    for (size_t a = 0; analysis_registry[a]; a++) {
        relcoord_result *result = NULL;
        if (relcoord_run(survey, analysis_registry[a]->name, NULL, &result, NULL))
            continue; /* it needs a register */
        for (size_t f = 0; f < LENGTH(formats); f++) {
            char *page = result_written(result, formats[f], "lang=da");
            const char *body = body_of(page, formats[f]), *point = find_point(body);
            ck_assert_msg(!point, "%s, %s: a point in '%.40s'", analysis_registry[a]->name,
                          formats[f], point - (point - body < 20 ? 0 : 20));
            commas += has_comma(body);
            free(page);
        }
        for (size_t f = 0; f < LENGTH(files); f++) {
            char *danish = result_written(result, files[f], "lang=da"),
                 *english = result_written(result, files[f], NULL);
            expect_same_text(analysis_registry[a]->name, danish, english);
            free(danish);
            free(english);
        }
        relcoord_result_free(result);
    }
    ck_assert_uint_gt(commas, 20);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

Suite *decimals_suite(void)
{
    Suite *suite = suite_create("decimals");
    TCase *all = tcase_create("decimals");
    tcase_set_timeout(all, 30);
    tcase_add_test(all, by_what_they_are);
    tcase_add_test(all, danish_pages_have_commas);
    suite_add_tcase(suite, all);
    return suite;
}
