/* The text writer's layout: results of many shapes at many widths keep to the line and lose no
 * cell; and memory that runs out at every single allocation. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "present/write.h"
#include "support.h"

Suite *layout_suite(void);

/* ---- Results of many shapes ------------------------------------------------------------------ */

static const column_spec cell_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "who rates"},
    {"target", RELCOORD_STRING, RELCOORD_KEY, "who is rated"},
    {"dimension", RELCOORD_STRING, RELCOORD_KEY, "what is rated"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean"},
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound"},
    {"ci_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound"},
    {"band", RELCOORD_STRING, RELCOORD_LABEL, "weak, moderate or strong"},
    {"note", RELCOORD_STRING, RELCOORD_NOTE, "codes"},
    {0},
};
static const view_spec views[][2] = {
    {{VIEW_PIVOT, "Mean, band and number", "dimension=rc", "workgroup", "target", "mean,band,n"},
     {0}},
    {{VIEW_PIVOT, "Means by dimension", NULL, "workgroup,target", "dimension", "mean"}, {0}},
    {{VIEW_PIVOT, "Intervals", "dimension=rc", "workgroup", "target", "mean,ci_low,ci_high"}, {0}},
    {{VIEW_LIST, "A list", "dimension=rc", NULL, NULL, NULL}, {0}},
    {{VIEW_PIVOT, "Two rows in a cell: a list after all", NULL, "workgroup", "target", "mean"},
     {0}},
};
/* How many numbers with decimals a view shows for a mean, and whether for one dimension only. */
static const struct {
    size_t numbers;
    const char *dimension;
} shown[] = {{1, "rc"}, {1, NULL}, {3, "rc"}, {3, "rc"}, {3, NULL}};
static const char *const dimensions[] = {
    "frequent",         "timely",         "accurate",      "problem_solving", "shared_goals",
    "shared_knowledge", "mutual_respect", "communication", "relationship",    "rc",
};

static const char *const labels[] = {
    "sygeplejersker",
    "læger",
    "Hjemmesygeplejersker, distrikt nord, aften",
    "Hjemmesygeplejersker, distrikt nord, dag",
    "beskæftigelsesrådgivere",
    "øvrige",
    "Socialrådgivere på beskæftigelsesområdet",
    "IT",
    "Borgere med flere kontakter til systemet",
    "ledere",
};
static const struct {
    size_t down, side, by;
} shapes[] = {{2, 4, 0}, {10, 10, 0}, {30, 3, 0}, {3, 30, 0}, {4, 4, 2}, {1, 1, 0}};

static void label_at(char *label, size_t size, size_t index)
{
    snprintf(label, size, "%s", labels[index % 10]);
    if (index >= 10)
        snprintf(label, size, "%s %d", labels[index % 10], (int)(index / 10));
}

static relcoord_result *shaped_result(size_t shape, table_spec *spec, const view_spec *view)
{
    const char *const keys[] = {"unit"};
    size_t by = shapes[shape].by;
    relcoord_result *result = result_new("matrix", NULL);

    *spec = (table_spec){
        .name = "cells", .help = "one row per cell", .columns = cell_columns, .views = view};
    relcoord_table *t = result_add_table(result, spec, keys, by ? 1 : 0);
    for (size_t u = 0; u < (by ? by : 1); u++)
        for (size_t g = 0; g < shapes[shape].down; g++)
            for (size_t i = 0; i < shapes[shape].side * 10; i++) {
                char label[100];
                size_t at = by ? 1 : 0, h = i / 10, serial = (g * 31 + i * 7 + u) % 300;
                double mean = 1 + (double)serial / 75;
                if ((g + 2 * h) % 11 == 7)
                    continue;
                table_add_row(t);
                if (by)
                    table_set_string(t, 0, u ? "Vest" : "Øst");
                label_at(label, sizeof label, g);
                table_set_string(t, at, label);
                label_at(label, sizeof label, h);
                table_set_string(t, at + 1, label);
                table_set_string(t, at + 2, dimensions[i % 10]);
                table_set_integer(t, at + 3, (int64_t)serial);
                if (serial % 13 == 0) {
                    table_add_note(t, serial % 2 ? "too_few" : "none_answered");
                    continue;
                }
                table_set_number(t, at + 4, mean);
                table_set_number(t, at + 5, mean - 0.3);
                table_set_number(t, at + 6, mean + 0.3);
                table_set_string(t, at + 7, mean < 3.5 ? "weak" : mean > 4 ? "strong" : "moderate");
                if (serial % 5 == 0)
                    table_add_note(t, "uncertain");
            }
    ck_assert_int_eq(result_finished(result, NULL), RELCOORD_OK);
    return result;
}

/* How often each mean is there: no layout may lose or double a cell. */
static size_t count_numbers(const char *at)
{
    size_t count = 0;
    for (; *at; at++)
        count += at[0] == '.' && at[1] >= '0' && at[1] <= '9' && at[2] >= '0' && at[2] <= '9';
    return count;
}

static size_t count_means(const relcoord_result *result, const char *dimension)
{
    const relcoord_table *t = relcoord_result_table(result, NULL);
    const char *const *names;
    const uint8_t *valid;
    size_t count = 0;

    ck_assert_int_eq(relcoord_table_strings(t, "dimension", &names, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_doubles(t, "mean", NULL, &valid, NULL), RELCOORD_OK);
    for (size_t i = 0; i < relcoord_table_rows(t); i++)
        count += valid[i] && (!dimension || strcmp(names[i], dimension) == 0);
    return count;
}

static void check_lines(char *got, int width, size_t shape)
{
    for (char *line = got, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        ck_assert_msg(utf8_valid_prefix(line, strlen(line)) == strlen(line), "not UTF-8: %s", line);
        ck_assert_msg(utf8_width(line) <= (size_t)width, "shape %zu, width %d: %s", shape, width,
                      line);
        ck_assert_msg(end == line || end[-1] != ' ', "shape %zu: blanks behind: %s", shape, line);
        *end = '\n';
    }
}

START_TEST(no_cell_is_lost_at_any_width)
{
    static const int widths[] = {40, 47, 60, 72, 80, 81, 100, 132, 300, 1000};

    for (size_t v = 0; v < LENGTH(views); v++) {
        table_spec spec;
        relcoord_result *result = shaped_result((size_t)_i, &spec, views[v]);
        size_t numbers = shown[v].numbers * count_means(result, shown[v].dimension);
        for (size_t i = 0; i < LENGTH(widths); i++) {
            char settings[20];
            snprintf(settings, sizeof settings, "width=%d", widths[i]);
            char *got = result_written(result, "text", settings);
            check_lines(got, widths[i], (size_t)_i);
            size_t found = count_numbers(strchr(got, '\n')); /* the first line has the version */
            ck_assert_msg(found == numbers, "view %zu, width %d: %zu numbers of %zu", v, widths[i],
                          found, numbers);
            free(got);
        }
        relcoord_result_free(result);
    }
}
END_TEST

/* Labels that do not fit are wrapped, never cut: two that begin alike stay apart. */
START_TEST(labels_are_wrapped)
{
    table_spec spec;
    relcoord_result *result = shaped_result(1, &spec, views[0]);
    char *got = result_written(result, "text", "width=60");

    ck_assert_ptr_nonnull(strstr(got, "\nHjemmesygeplejersker,     2.67"));
    ck_assert_ptr_nonnull(strstr(got, "\n  distrikt nord, aften\n"));
    ck_assert_ptr_nonnull(strstr(got, "\n  distrikt nord, dag\n"));
    ck_assert_ptr_null(strstr(got, "…"));
    free(got);
    relcoord_result_free(result);
}
END_TEST

/* ---- Memory that runs out -------------------------------------------------------------------- */

static int count_sink(void *user, const char *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return 0;
}

START_TEST(memory_may_run_out_anywhere)
{
    table_spec spec;
    relcoord_result *result = shaped_result(4, &spec, views[_i % (int)LENGTH(views)]);
    bool from_then_on = _i >= (int)LENGTH(views);
    size_t whole = 0, size = 0;

    heap_start();
    ck_assert_int_eq(relcoord_write(result, "text", NULL, count_sink, &whole, NULL), RELCOORD_OK);
    int64_t needed = heap_asked();
    ck_assert_int_eq(heap_alive(), 0);
    ck_assert_int_gt(needed, 20);
    ck_assert_uint_gt(whole, 500);
    for (int64_t n = 1; n <= needed; n++) {
        heap_fail(n, from_then_on ? INT64_MAX : n);
        relcoord_status status = relcoord_write(result, "text", NULL, count_sink, &size, NULL);
        ck_assert_msg(status == RELCOORD_ENOMEM, "allocation %" PRId64 " failed: status %d", n,
                      status);
        ck_assert_msg(heap_alive() == 0, "allocation %" PRId64 " failed: blocks are left", n);
    }
    heap_stop();
    relcoord_result_free(result);
}
END_TEST

Suite *layout_suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *widths = tcase_create("widths"), *memory = tcase_create("memory");

    tcase_add_loop_test(widths, no_cell_is_lost_at_any_width, 0, LENGTH(shapes));
    tcase_add_test(widths, labels_are_wrapped);
    tcase_set_timeout(widths, 120);
    suite_add_tcase(suite, widths);

    tcase_add_loop_test(memory, memory_may_run_out_anywhere, 0, 2 * LENGTH(views));
    tcase_set_timeout(memory, 120);
    suite_add_tcase(suite, memory);
    return suite;
}
