/* Tables and results: cells, notes, growth, names, wrong questions, and memory that runs out at
 * every single allocation. */
#include <check.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support.h"
#include "tables/result.h"
#include "things.h"

Suite *tables_suite(void);

static const option_spec option_specs[] = {
    {"by", OPTION_LIST, "", NULL, 0, 0, false, "grouping columns"},
    {"confidence", OPTION_NUMBER, "0.95", NULL, 0.5, 0.9999, false, "of intervals"},
};

/* ---- Cells ----------------------------------------------------------------------------------- */

START_TEST(cells_are_given_back)
{
    relcoord_table *t = three_rows();
    const char *const *units, *const *notes;
    const int64_t *n;
    const double *means;
    const uint8_t *there, *n_there, *means_there, *notes_there;
    relcoord_error error;

    memset(&error, 'x', sizeof error);
    relcoord_error before = error;
    ck_assert_int_eq(relcoord_table_strings(t, "unit", &units, &there, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_integers(t, "n", &n, &n_there, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_doubles(t, "mean", &means, &means_there, &error), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_strings(t, "note", &notes, &notes_there, NULL), RELCOORD_OK);
    ck_assert_mem_eq(&error, &before, sizeof error);

    ck_assert_uint_eq(relcoord_table_rows(t), 3);
    ck_assert_str_eq(units[0], "North");
    ck_assert_str_eq(units[1], "North");
    ck_assert_str_eq(units[2], "");
    ck_assert_mem_eq(there, "\1\1\0", 3);
    ck_assert_int_eq(n[0], 7);
    ck_assert_int_eq(n[1], -9007199254740993);
    ck_assert_int_eq(n[2], 0);
    ck_assert_mem_eq(n_there, "\1\1\0", 3);
    ck_assert_double_eq(means[0], 3.5);
    ck_assert(isnan(means[1]) && isnan(means[2]));
    ck_assert_mem_eq(means_there, "\1\0\0", 3);
    ck_assert_str_eq(notes[0], "");
    ck_assert_str_eq(notes[1], "too_few");
    ck_assert_str_eq(notes[2], "undefined");
    ck_assert_mem_eq(notes_there, "\1\1\1", 3);
    table_free(t);
}
END_TEST

START_TEST(columns_describe_themselves)
{
    relcoord_table *t = three_rows();

    ck_assert_str_eq(relcoord_table_name(t), "things");
    ck_assert_uint_eq(relcoord_table_columns(t), 4);
    ck_assert_str_eq(relcoord_table_column_name(t, 2), "mean");
    ck_assert_int_eq(relcoord_table_column_type(t, 2), RELCOORD_NUMBER);
    ck_assert_int_eq(relcoord_table_column_kind(t, 2), RELCOORD_ESTIMATE);
    ck_assert_ptr_null(relcoord_table_column_name(t, 4));
    ck_assert_int_eq((int)relcoord_table_column_type(t, 4), 0);
    ck_assert_int_eq((int)relcoord_table_column_kind(t, 4), 0);
    ck_assert_uint_eq(table_column_index(t, "note"), 3);
    ck_assert(table_column_index(t, "not") == SIZE_MAX);
    table_free(t);
}
END_TEST

START_TEST(no_table_answers_nothing)
{
    ck_assert_ptr_null(relcoord_table_name(NULL));
    ck_assert_uint_eq(relcoord_table_rows(NULL), 0);
    ck_assert_uint_eq(relcoord_table_columns(NULL), 0);
    ck_assert_ptr_null(relcoord_table_column_name(NULL, 0));
    ck_assert_int_eq((int)relcoord_table_column_type(NULL, 0), 0);
    ck_assert_int_eq(relcoord_table_doubles(NULL, "mean", NULL, NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_ptr_null(relcoord_result_table(NULL, NULL));
    ck_assert_ptr_null(relcoord_result_table_at(NULL, 0));
    ck_assert_ptr_null(relcoord_result_note(NULL, 0));
    ck_assert_ptr_null(relcoord_result_analysis(NULL));
    relcoord_result_free(NULL);
    table_free(NULL);
    table_add_row(NULL);
    table_set_integer(NULL, 0, 1);
    table_add_note(NULL, "too_few");
}
END_TEST

START_TEST(wrong_questions_are_refused)
{
    relcoord_table *t = three_rows();
    const double *values = NULL;
    const uint8_t *valid = NULL;
    relcoord_error error;

    ck_assert_int_eq(relcoord_table_doubles(t, "n", &values, &valid, &error), RELCOORD_EUSAGE);
    ck_assert_int_eq(error.status, RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "column 'n' of table 'things' is of type integer, not number");
    ck_assert_str_eq(error.column, "n");
    ck_assert_int_eq(relcoord_table_doubles(t, "maen", &values, &valid, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "table 'things' has no column 'maen'; did you mean 'mean'?");
    ck_assert_str_eq(error.column, "maen");
    ck_assert_int_eq(relcoord_table_doubles(t, "zebra", &values, &valid, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "table 'things' has no column 'zebra'");
    ck_assert_int_eq(relcoord_table_doubles(t, NULL, &values, &valid, &error), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_table_doubles(t, "zebra", &values, &valid, NULL), RELCOORD_EUSAGE);
    ck_assert_ptr_null(values);
    ck_assert_ptr_null(valid);
    table_free(t);
}
END_TEST

START_TEST(an_empty_table_gives_arrays)
{
    relcoord_table *t = table_new(&spec, NULL, 0);
    const int64_t *n = NULL;
    const uint8_t *valid = NULL;

    ck_assert_int_eq(relcoord_table_integers(t, "n", &n, &valid, NULL), RELCOORD_OK);
    ck_assert_uint_eq(relcoord_table_rows(t), 0);
    ck_assert_ptr_nonnull(n);
    ck_assert_ptr_nonnull(valid);
    table_free(t);
}
END_TEST

static const struct {
    const char *codes[4], *note;
} note_cases[] = {
    {{"a"}, "a"},
    {{"a", "b"}, "a;b"},
    {{"a", "b", "a"}, "a;b"},
    {{"too_few", "too"}, "too_few;too"},
    {{"too_few", "few"}, "too_few;few"},
    {{"few", "too_few", "few"}, "few;too_few"},
    {{"constant_item:x", "constant_item:xy", "constant_item:x"},
     "constant_item:x;constant_item:xy"},
    {{"b", "ab", "abc", "b"}, "b;ab;abc"},
};

START_TEST(notes_join_without_repeating)
{
    relcoord_table *t = table_new(&spec, NULL, 0);
    const char *const *notes;

    table_add_row(t); /* the same note above must not be taken for this row's */
    table_add_note(t, note_cases[_i].codes[0]);
    table_add_row(t);
    for (size_t i = 0; i < 4 && note_cases[_i].codes[i]; i++)
        table_add_note(t, note_cases[_i].codes[i]);
    ck_assert_int_eq(relcoord_table_strings(t, "note", &notes, NULL, NULL), RELCOORD_OK);
    ck_assert_str_eq(notes[1], note_cases[_i].note);
    ck_assert_str_eq(notes[0], note_cases[_i].codes[0]);
    table_free(t);
}
END_TEST

START_TEST(a_table_grows)
{
    enum { ROWS = 30000 };
    relcoord_table *t = table_new(&spec, NULL, 0);
    const char *const *units;
    const int64_t *n;
    const uint8_t *valid;
    char name[32];

    heap_start(); /* what is counted from here on is growth */
    relcoord_table *counted = table_new(&spec, NULL, 0);
    for (int i = 0; i < ROWS; i++) {
        snprintf(name, sizeof name, "unit %d", i / 2);
        table_add_row(counted);
        table_set_string(counted, 0, name);
    }
    ck_assert(!counted->failed);
    ck_assert_int_lt(heap_asked(), 150); /* doubling, not an allocation a row */
    table_free(counted);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();

    for (int i = 0; i < ROWS; i++) {
        snprintf(name, sizeof name, "unit %d", i / 2);
        table_add_row(t);
        table_set_string(t, 0, name);
        if (i % 3)
            table_set_integer(t, 1, i);
    }
    ck_assert_int_eq(relcoord_table_strings(t, "unit", &units, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_integers(t, "n", &n, &valid, NULL), RELCOORD_OK);
    for (int i = 0; i < ROWS; i++) {
        snprintf(name, sizeof name, "unit %d", i / 2);
        ck_assert_str_eq(units[i], name);
        ck_assert_int_eq(valid[i], i % 3 != 0);
        ck_assert_int_eq(n[i], i % 3 ? i : 0);
    }
    ck_assert_ptr_eq(units[0], units[1]); /* equal neighbours share their text */
    table_free(t);
}
END_TEST

START_TEST(keys_in_front_get_names_of_their_own)
{
    const char *const keys[] = {"wave", "unit", "by_unit", "note"};
    relcoord_table *t = table_new(&spec, keys, 4);

    ck_assert_uint_eq(relcoord_table_columns(t), 8);
    ck_assert_uint_eq(t->key_count, 4);
    ck_assert_str_eq(relcoord_table_column_name(t, 0), "wave");
    ck_assert_str_eq(relcoord_table_column_name(t, 1), "by_unit");
    ck_assert_str_eq(relcoord_table_column_name(t, 2), "by_by_unit");
    ck_assert_str_eq(relcoord_table_column_name(t, 3), "by_note");
    ck_assert_str_eq(relcoord_table_column_name(t, 4), "unit");
    ck_assert_int_eq(relcoord_table_column_type(t, 0), RELCOORD_STRING);
    ck_assert_int_eq(relcoord_table_column_kind(t, 0), RELCOORD_KEY);
    table_add_row(t);
    table_add_note(t, "too_few");
    ck_assert_str_eq(t->columns[7].values.strings[0], "too_few");
    table_free(t);
}
END_TEST

/* ---- Results --------------------------------------------------------------------------------- */

static int asked_to_stop(void *user, double share)
{
    (void)user;
    (void)share;
    return 1;
}

START_TEST(a_result_keeps_its_own_options)
{
    relcoord_options *options;

    ck_assert_int_eq(options_new("things", option_specs, 2, &options, NULL), RELCOORD_OK);
    relcoord_options_set(options, "by", "unit,wave", NULL);
    relcoord_options_set(options, "confidence", "0.9", NULL);
    relcoord_options_set_progress(options, asked_to_stop, NULL);
    relcoord_result *result = result_new("things", options);
    ck_assert_ptr_nonnull(result);
    relcoord_options_set(options, "by", "role", NULL);
    relcoord_options_free(options);

    ck_assert_str_eq(relcoord_result_analysis(result), "things");
    ck_assert_str_eq(options_text(result->options, "by"), "unit,wave");
    ck_assert_double_eq(options_number(result->options, "confidence"), 0.9);
    ck_assert_int_eq(options_progress(result->options, 0.5, NULL), RELCOORD_OK);
    relcoord_result_free(result);
}
END_TEST

START_TEST(a_result_finds_its_tables_and_notes)
{
    static const table_spec other = {.name = "others", .columns = columns};
    relcoord_result *result = result_new("things", NULL);

    relcoord_table *first = result_add_table(result, &spec, NULL, 0);
    relcoord_table *second = result_add_table(result, &other, NULL, 0);
    for (int i = 0; i < 20; i++) {
        char number[12];
        snprintf(number, sizeof number, "%d", i);
        result_add_note(result, "note %s of %s", number, "æøå");
    }
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    ck_assert_ptr_eq(relcoord_result_table(result, NULL), first);
    ck_assert_ptr_eq(relcoord_result_table(result, "things"), first);
    ck_assert_ptr_eq(relcoord_result_table(result, "others"), second);
    ck_assert_ptr_null(relcoord_result_table(result, "thing"));
    ck_assert_ptr_eq(relcoord_result_table_at(result, 1), second);
    ck_assert_ptr_null(relcoord_result_table_at(result, 2));
    ck_assert_str_eq(relcoord_result_note(result, 0), "note 0 of æøå");
    ck_assert_str_eq(relcoord_result_note(result, 19), "note 19 of æøå");
    ck_assert_ptr_null(relcoord_result_note(result, 20));
    relcoord_result_free(result);
}
END_TEST

START_TEST(a_wrongly_filled_table_is_not_handed_out)
{
    relcoord_error error;
    relcoord_result *result = result_new("things", NULL);
    relcoord_table *t = result_add_table(result, &spec, NULL, 0);

    table_add_row(t);
    ck_assert_int_eq(result_finished(result, &error), RELCOORD_OK);
    switch (_i) {
    case 0: table_set_integer(t, 2, 1); break;
    case 1: table_set_number(t, 0, 1); break;
    case 2: table_set_string(t, 4, "past the last"); break;
    default: result_add_note(result, "a number of its own: %d", 1); break;
    }
    ck_assert_int_eq(result_finished(result, &error), RELCOORD_EINTERNAL);
    relcoord_result_free(result);
}
END_TEST

/* ---- Memory that runs out -------------------------------------------------------------------- */

/* Builds a result; RELCOORD_ENOMEM as soon as anything fails. */
static relcoord_status build_result(void *unused)
{
    (void)unused;
    const char *const keys[] = {"unit"};
    relcoord_options *options = NULL;
    relcoord_result *result = NULL;
    relcoord_status status = options_new("things", option_specs, 2, &options, NULL);
    char name[600];

    if (!status && !(result = result_new("things", options)))
        status = RELCOORD_ENOMEM;
    relcoord_options_free(options);
    if (status)
        return status;
    relcoord_table *t = result_add_table(result, &spec, keys, 1);
    for (int i = 0; i < 100; i++) {
        memset(name, 'a' + i % 26, sizeof name);
        name[20 + i * 5] = '\0';
        table_add_row(t);
        table_set_string(t, 0, name);
        table_set_string(t, 1, "always");
        table_set_number(t, 3, i);
        table_add_note(t, "too_few");
        table_add_note(t, i % 2 ? "undefined" : "clamped");
    }
    result_add_note(result, "%s", name);
    status = result_finished(result, NULL);
    relcoord_result_free(result);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    heap_start();
    ck_assert_int_eq(heap_fail_each(build_result, NULL, RELCOORD_OK, INT_MAX), 0);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *tables_suite(void)
{
    Suite *suite = suite_create("tables");
    TCase *cells = tcase_create("cells"), *results = tcase_create("results");
    TCase *memory = tcase_create("memory");

    tcase_add_test(cells, cells_are_given_back);
    tcase_add_test(cells, columns_describe_themselves);
    tcase_add_test(cells, no_table_answers_nothing);
    tcase_add_test(cells, wrong_questions_are_refused);
    tcase_add_test(cells, an_empty_table_gives_arrays);
    tcase_add_loop_test(cells, notes_join_without_repeating, 0, LENGTH(note_cases));
    tcase_add_test(cells, a_table_grows);
    tcase_add_test(cells, keys_in_front_get_names_of_their_own);
    suite_add_tcase(suite, cells);

    tcase_add_test(results, a_result_keeps_its_own_options);
    tcase_add_test(results, a_result_finds_its_tables_and_notes);
    tcase_add_loop_test(results, a_wrongly_filled_table_is_not_handed_out, 0, 4);
    suite_add_tcase(suite, results);

    tcase_add_test(memory, memory_may_run_out_anywhere);
    tcase_set_timeout(memory, 60);
    suite_add_tcase(suite, memory);
    return suite;
}
