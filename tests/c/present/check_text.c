/* Text: exact pages of small results. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "present/write.h"
#include "support.h"

Suite *text_suite(void);

/* ---- A result like that of the matrix -------------------------------------------------------- */

static const column_spec cell_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "who rates"},
    {"target", RELCOORD_STRING, RELCOORD_KEY, "who is rated"},
    {"dimension", RELCOORD_STRING, RELCOORD_KEY, "what is rated"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "ties without a score"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "answers"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error"},
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound"},
    {"ci_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound"},
    {"band", RELCOORD_STRING, RELCOORD_LABEL, "weak, moderate or strong"},
    {"estimator", RELCOORD_STRING, RELCOORD_LABEL, "how"},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, "codes"},
    {0},
};
static const view_spec pivot_view[] = {
    {VIEW_PIVOT, "Relational coordination: mean, band and number of raters", "dimension=rc",
     "workgroup", "target", "mean,band,n"},
    {0},
};
static const view_spec dimension_view[] = {
    {VIEW_PIVOT, "Means by dimension", NULL, "workgroup,target", "dimension", "mean"},
    {0},
};
static const view_spec interval_view[] = {
    {VIEW_PIVOT, "Means with intervals", "dimension=rc", "workgroup", "target",
     "mean,ci_low,ci_high"},
    {0},
};
static const view_spec list_view[] = {
    {VIEW_LIST, "Estimates of relational coordination", "dimension=rc", NULL, NULL, NULL},
    {0},
};
static const view_spec narrow_view[] = {
    {VIEW_LIST, "A few columns", NULL, "target,mean", NULL, NULL},
    {0},
};
static const view_spec twice_view[] = {
    {VIEW_PIVOT, "Without the dimension", NULL, "workgroup", "target", "n"},
    {0},
};
static const option_spec matrix_options[] = {
    {"by", OPTION_LIST, "", NULL, 0, 0, false, "grouping columns"},
    {"confidence", OPTION_NUMBER, "0.95", NULL, 0.5, 0.9999, false, "of intervals"},
    {"min_share", OPTION_NUMBER, "0.5", NULL, 0, 1, false, "of answered items"},
    {"strict", OPTION_FLAG, "false", NULL, 0, 0, false, "a flag"},
    {"threads", OPTION_INTEGER, "0", NULL, 0, 1024, true, "changes no result"},
};

typedef struct cell {
    const char *unit, *workgroup, *target, *dimension;
    int n;
    double mean;
    const char *band, *note;
} cell;

static relcoord_result *make_result(const relcoord_options *options)
{
    relcoord_options *defaults = NULL;

    if (!options)
        ck_assert_int_eq(
            options_new("matrix", matrix_options, LENGTH(matrix_options), &defaults, NULL), 0);
    relcoord_result *result = result_new("matrix", options ? options : defaults);
    ck_assert_ptr_nonnull(result);
    relcoord_options_free(defaults);
    return result;
}

/* Each cell's interval is its mean ± 0.25, or nothing where it has no mean. */
static void add_cells(relcoord_result *result, table_spec *spec, const view_spec *views,
                      const cell *cells, size_t count)
{
    const char *const keys[] = {"unit"};

    *spec = (table_spec){
        .name = "cells", .help = "one row per cell", .columns = cell_columns, .views = views};
    size_t by = cells[0].unit ? 1 : 0;
    relcoord_table *t = result_add_table(result, spec, keys, by);
    for (size_t i = 0; i < count; i++) {
        const cell *c = &cells[i];
        table_add_row(t);
        if (by)
            table_set_string(t, 0, c->unit);
        table_set_string(t, by + 0, c->workgroup);
        table_set_string(t, by + 1, c->target);
        table_set_string(t, by + 2, c->dimension);
        if (c->n >= 0)
            table_set_integer(t, by + 3, c->n);
        table_set_number(t, by + 7, c->mean);
        table_set_number(t, by + 10, c->mean - 0.25);
        table_set_number(t, by + 11, c->mean + 0.25);
        table_set_string(t, by + 12, c->band);
        table_set_string(t, by + 13, "mean_cr2");
        table_add_note(t, c->note);
    }
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
}

static const cell four_cells[] = {
    {NULL, "students", "students", "rc", 68, 3.65, "moderate", NULL},
    {NULL, "students", "nurses", "rc", 68, 2.98, "weak", NULL},
    {NULL, "nurses", "students", "rc", 99, 2.6849, "weak", "uncertain"},
    {NULL, "nurses", "nurses", "rc", 9, 4.36, "strong", NULL},
};

static void expect(const relcoord_result *result, const char *settings, const char *wanted)
{
    char *got = result_written(result, "text", settings);
    expect_same_text("text", got, wanted);
    free(got);
}

static void expect_cells(const view_spec *views, const cell *cells, size_t count,
                         const char *settings, const char *wanted)
{
    table_spec spec;
    relcoord_result *result = make_result(NULL);

    add_cells(result, &spec, views, cells, count);
    expect(result, settings, wanted);
    relcoord_result_free(result);
}

/* ---- Text ------------------------------------------------------------------------------------ */

#define FIRST_LINE "relcoord 0.1.0 · matrix · confidence 0.95\n\n"

START_TEST(text_prints_a_matrix_as_a_matrix)
{
    expect_cells(pivot_view, four_cells, 4, NULL,
                 FIRST_LINE "Relational coordination: mean, band and number of raters\n"
                            "\n"
                            "           target\n"
                            "workgroup  students      nurses\n"
                            "─────────────────────────────────────\n"
                            "students   3.65 m  (68)  2.98 w  (68)\n"
                            "nurses     2.68 w? (99)  4.36 s   (9)\n"
                            "band: w = weak, m = moderate, s = strong,\n"
                            "  ? = uncertain, its interval spans a cut\n");
}
END_TEST

START_TEST(text_marks_what_is_not_there)
{
    static const cell cells[] = {
        {NULL, "a", "x", "rc", 1, (double)NAN, NULL, "none_answered"},
        {NULL, "a", "z", "rc", 20, 3.6, "moderate", NULL},
        {NULL, "b", "x", "rc", 20, 3.2, "weak", NULL},
        {NULL, "b", "y", "rc", 2, (double)NAN, NULL, "too_few;undefined"},
        {NULL, "b", "z", "rc", -1, (double)NAN, NULL, "strange"},
    };
    /* b rates y, which a does not: y still stands before z. */
    expect_cells(pivot_view, cells, 5, NULL,
                 FIRST_LINE
                 "Relational coordination: mean, band and number of raters\n"
                 "\n"
                 "           target\n"
                 "workgroup  x            y            z\n"
                 "────────────────────────────────────────────────\n"
                 "a            –¹    (1)     ·         3.60 m (20)\n"
                 "b          3.20 w (20)    –²    (2)    –³\n"
                 "band: w = weak, m = moderate; · = not in the data;\n"
                 "  –¹ = nobody answered (none_answered);\n"
                 "  –² = too few answers (too_few), not defined for these answers (undefined);\n"
                 "  –³ = strange\n");
}
END_TEST

/* As many letters as tell the words apart; past nine words there is no legend to be read. */
START_TEST(text_shortens_words_as_far_as_they_differ)
{
    static const char *const many[] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "Jj"};
    static const cell few[] = {
        {NULL, "a", "x", "rc", 20, 4.5, "large", NULL},
        {NULL, "b", "x", "rc", 20, 1.5, "low", "uncertain"},
    };
    cell cells[10];

    expect_cells(pivot_view, few, 2, NULL,
                 FIRST_LINE
                 "Relational coordination: mean, band and number of raters\n"
                 "\n"
                 "           target\n"
                 "workgroup  x\n"
                 "────────────────────────\n"
                 "a          4.50 la  (20)\n"
                 "b          1.50 lo? (20)\n"
                 "band: lo = low, la = large, ? = uncertain, its interval spans a cut\n");
    for (int i = 0; i < 10; i++)
        cells[i] = (cell){NULL, many[i], "x", "rc", 20, 3, many[i], NULL};
    table_spec spec;
    relcoord_result *result = make_result(NULL);
    add_cells(result, &spec, pivot_view, cells, 10);
    char *got = result_written(result, "text", NULL);
    ck_assert_ptr_nonnull(strstr(got, "\nI          3.00 I  (20)\nJj         3.00 Jj (20)\n"));
    ck_assert_ptr_null(strstr(got, "band: "));
    free(got);
    relcoord_result_free(result);
}
END_TEST

START_TEST(text_prints_a_matrix_for_each_group)
{
    static const cell cells[] = {
        {"North", "a", "x", "rc", 20, 3.6, "moderate", NULL},
        {"South", "a", "x", "rc", 20, 3.2, "weak", NULL},
        {"South", "b", "y", "rc", -1, (double)NAN, NULL, NULL},
    };
    expect_cells(pivot_view, cells, 3, NULL,
                 FIRST_LINE "Relational coordination: mean, band and number of raters\n"
                            "\n"
                            "unit = North\n"
                            "\n"
                            "           target\n"
                            "workgroup  x\n"
                            "──────────────────────\n"
                            "a          3.60 m (20)\n"
                            "\n"
                            "unit = South\n"
                            "\n"
                            "           target\n"
                            "workgroup  x            y\n"
                            "───────────────────────────────────\n"
                            "a          3.20 w (20)     ·\n"
                            "b             ·            –\n"
                            "band: w = weak, m = moderate; · = not in the data; – = no value\n");
}
END_TEST

START_TEST(text_prints_intervals_and_blocks)
{
    expect_cells(interval_view, four_cells, 4, "width=40",
                 "relcoord 0.1.0 · matrix ·\n"
                 "  confidence 0.95\n"
                 "\n"
                 "Means with intervals\n"
                 "\n"
                 "           target\n"
                 "workgroup  students\n"
                 "────────────────────────────\n"
                 "students   3.65 [3.40, 3.90]\n"
                 "nurses     2.68 [2.43, 2.93]\n"
                 "\n"
                 "           target\n"
                 "workgroup  nurses\n"
                 "────────────────────────────\n"
                 "students   2.98 [2.73, 3.23]\n"
                 "nurses     4.36 [4.11, 4.61]\n");
}
END_TEST

static const char *const dimensions[] = {
    "frequent",         "timely",         "accurate",      "problem_solving", "shared_goals",
    "shared_knowledge", "mutual_respect", "communication", "relationship",    "rc",
};

START_TEST(text_fits_ten_dimensions_beside_two_labels)
{
    cell cells[20];

    for (int i = 0; i < 20; i++)
        cells[i] = (cell){NULL,
                          "sygeplejersker",
                          i < 10 ? "læger" : "sygeplejersker",
                          dimensions[i % 10],
                          9,
                          2 + i / 10.0,
                          NULL,
                          NULL};
    expect_cells(
        dimension_view, cells, 20, NULL,
        FIRST_LINE
        "Means by dimension\n"
        "\n"
        "                              dimension\n"
        "                                              prob shar shar mutu\n"
        "workgroup      target         freq timel accu solv goal know resp comm rela   rc\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "sygeplejersker læger          2.00  2.10 2.20 2.30 2.40 2.50 2.60 2.70 2.80 2.90\n"
        "               sygeplejersker 3.00  3.10 3.20 3.30 3.40 3.50 3.60 3.70 3.80 3.90\n"
        "Columns: frequent, timely, accurate, problem solving, shared goals,\n"
        "  shared knowledge, mutual respect, communication, relationship, rc\n");
}
END_TEST

START_TEST(text_lists_columns_that_have_something)
{
    expect_cells(list_view, four_cells, 4, NULL,
                 FIRST_LINE "Estimates of relational coordination\n"
                            "\n"
                            "workgroup  target     n  mean       95 % CI  band      note\n"
                            "────────────────────────────────────────────────────────────────\n"
                            "students   students  68  3.65  [3.40, 3.90]  moderate\n"
                            "           nurses    68  2.98  [2.73, 3.23]  weak\n"
                            "nurses     students  99  2.68  [2.43, 2.93]  weak      uncertain\n"
                            "           nurses     9  4.36  [4.11, 4.61]  strong\n"
                            "dimension: rc in all rows\n"
                            "estimator: mean_cr2 in all rows\n"
                            "mean_cr2 = standard error clustered by respondent, CR2;\n"
                            "  uncertain = its interval spans a cut\n");
}
END_TEST

START_TEST(text_lists_the_columns_of_a_view)
{
    expect_cells(narrow_view, four_cells, 4, NULL,
                 FIRST_LINE "A few columns\n"
                            "\n"
                            "target    mean\n"
                            "──────────────\n"
                            "students  3.65\n"
                            "nurses    2.98\n"
                            "students  2.68\n"
                            "nurses    4.36\n");
}
END_TEST

/* Notes break behind a code before anything else gives way. */
START_TEST(text_lists_notes)
{
    static const cell two[] = {
        {NULL, "a", "x", "rc", 20, (double)NAN, NULL, "too_few;strange"},
        {NULL, "b", "x", "rc", 21, 3.5, NULL, "undefined;too_few"},
    };
    static const cell same[] = {
        {NULL, "a", "x", "rc", 20, (double)NAN, NULL, "too_few"},
        {NULL, "b", "x", "rc", 21, (double)NAN, NULL, "too_few"},
    };
    expect_cells(list_view, two, 2, "width=56",
                 FIRST_LINE "Estimates of relational coordination\n"
                            "\n"
                            "workgroup  target   n  mean       95 % CI  note\n"
                            "────────────────────────────────────────────────────────\n"
                            "a          x       20     –             –  too_few;\n"
                            "                                           strange\n"
                            "b          x       21  3.50  [3.25, 3.75]  undefined;\n"
                            "                                           too_few\n"
                            "dimension: rc in all rows\n"
                            "estimator: mean_cr2 in all rows\n"
                            "mean_cr2 = standard error clustered by respondent, CR2;\n"
                            "  too_few = too few answers;\n"
                            "  undefined = not defined for these answers\n");
    expect_cells(list_view, same, 2, NULL,
                 FIRST_LINE "Estimates of relational coordination\n"
                            "\n"
                            "workgroup  target   n\n"
                            "─────────────────────\n"
                            "a          x       20\n"
                            "b          x       21\n"
                            "dimension: rc in all rows\n"
                            "estimator: mean_cr2 in all rows\n"
                            "note: too_few in all rows\n"
                            "mean_cr2 = standard error clustered by respondent, CR2;\n"
                            "  too_few = too few answers\n");
}
END_TEST

/* Two rows in one cell: a pivot would hide one of them, a list shows both. */
START_TEST(text_hides_no_row)
{
    static const cell cells[] = {
        {NULL, "a", "x", "rc", 20, (double)NAN, NULL, NULL},
        {NULL, "a", "x", "timely", 21, (double)NAN, NULL, NULL},
    };
    expect_cells(twice_view, cells, 2, NULL,
                 FIRST_LINE "Without the dimension\n"
                            "\n"
                            "workgroup  target  dimension   n\n"
                            "────────────────────────────────\n"
                            "a          x       rc         20\n"
                            "                   timely     21\n"
                            "estimator: mean_cr2 in all rows\n"
                            "mean_cr2 = standard error clustered by respondent, CR2\n");
}
END_TEST

START_TEST(text_wraps_words_and_notes)
{
    static const column_spec help_columns[] = {
        {"option", RELCOORD_STRING, RELCOORD_KEY, ""},
        {"help", RELCOORD_STRING, RELCOORD_LABEL, ""},
        {"note", RELCOORD_STRING, RELCOORD_NOTE, ""},
        {0},
    };
    static const table_spec help_spec = {.name = "help", .columns = help_columns};
    static const table_spec none_spec = {
        .name = "none", .help = "Nothing here", .columns = help_columns};
    relcoord_result *result = result_new("describe", NULL);
    relcoord_table *t = result_add_table(result, &help_spec, NULL, 0);

    table_add_row(t);
    table_set_string(t, 0, "min_share");
    table_set_string(t, 1, "the share of items that must be answered for a score");
    table_add_row(t);
    table_set_string(t, 0, "by");
    table_set_string(t, 1, "one\x1b[31m\nline");
    result_add_table(result, &none_spec, NULL, 0);
    result_add_note(result, "This is a note that is longer than one line.");
    result_add_note(result, "Short.");
    expect(result, "width=40",
           "relcoord 0.1.0 · describe\n"
           "\n"
           "help\n"
           "\n"
           "option     help\n"
           "────────────────────────────────────────\n"
           "min_share  the share of items that must\n"
           "           be answered for a score\n"
           "by         one [31m line\n"
           "\n"
           "Nothing here\n"
           "\n"
           "(no rows)\n"
           "\n"
           "Note: This is a note that is longer than\n"
           "      one line.\n"
           "Note: Short.\n");
    relcoord_result_free(result);
}
END_TEST

START_TEST(text_first_line_has_what_was_chosen)
{
    relcoord_options *options;

    ck_assert_int_eq(options_new("matrix", matrix_options, LENGTH(matrix_options), &options, NULL),
                     0);
    relcoord_options_set(options, "confidence", "0.9545", NULL);
    relcoord_options_set(options, "min_share", "0.50", NULL);
    relcoord_options_set(options, "threads", "4", NULL);
    relcoord_options_set(options, "strict", "1", NULL);
    relcoord_options_set(options, "by", "unit,wave", NULL);
    relcoord_result *result = make_result(options);
    relcoord_options_free(options);
    table_spec spec;
    add_cells(result, &spec, list_view, four_cells, 1);
    char *got = result_written(result, "text", "digits=0");
    ck_assert_int_eq(strncmp(got,
                             "relcoord 0.1.0 · matrix · by unit,wave · confidence 0.9545 · "
                             "strict true\n",
                             strcspn(got, "\n") + 1),
                     0);
    ck_assert_ptr_nonnull(strstr(got, "95.45 % CI"));
    ck_assert_ptr_nonnull(strstr(got, " 68     4      [3, 4] "));
    free(got);
    relcoord_result_free(result);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *pages = tcase_create("pages");

    tcase_add_test(pages, text_prints_a_matrix_as_a_matrix);
    tcase_add_test(pages, text_marks_what_is_not_there);
    tcase_add_test(pages, text_shortens_words_as_far_as_they_differ);
    tcase_add_test(pages, text_prints_a_matrix_for_each_group);
    tcase_add_test(pages, text_prints_intervals_and_blocks);
    tcase_add_test(pages, text_fits_ten_dimensions_beside_two_labels);
    tcase_add_test(pages, text_lists_columns_that_have_something);
    tcase_add_test(pages, text_lists_the_columns_of_a_view);
    tcase_add_test(pages, text_lists_notes);
    tcase_add_test(pages, text_hides_no_row);
    tcase_add_test(pages, text_wraps_words_and_notes);
    tcase_add_test(pages, text_first_line_has_what_was_chosen);
    suite_add_tcase(suite, pages);
    return suite;
}
