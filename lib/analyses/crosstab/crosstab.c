/* Cross tables of two variables of people: counts, per cents, and whether the two hang together
 * (relcoord-methods(7), Cross tables). */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/counts/categories.h"
#include "engine/counts/count_test.h"
#include "engine/labels.h"
#include "engine/sets.h"
#include "stats/tests/adjust.h"

/* ---- What it takes and gives ---- */

static const option_spec crosstab_options[] = {
    CASE_OPTIONS,
    BASE_OPTION,
    {.name = "rows",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "item or grouping in the rows; empty: the first item that people answer once, else "
             "the first grouping that is not in by"},
    {.name = "columns",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "item or grouping in the columns; empty: the first grouping that is neither in the "
             "rows nor in by"},
    COUNT_TEST_OPTIONS,
    THREAD_OPTION,
};

static const column_spec cell_columns[] = {
    {"row", RELCOORD_STRING, RELCOORD_KEY, "category of the variable in the rows, or (total)"},
    {"column", RELCOORD_STRING, RELCOORD_KEY,
     "category of the variable in the columns, or (total)"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people in both"},
    {"row_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "n, per cent of the people in the row"},
    {"column_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "n, per cent of the people in the column"},
    {"total_percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "n, per cent of all people in the table"},
    {"expected", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "n expected if the two were independent"},
    {"row_n", RELCOORD_INTEGER, RELCOORD_COUNT, "people in the row, each once"},
    {"column_n", RELCOORD_INTEGER, RELCOORD_COUNT, "people in the column, each once"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum {
    CELL_N = 2,
    CELL_ROW_PERCENT,
    CELL_COLUMN_PERCENT,
    CELL_TOTAL_PERCENT,
    CELL_EXPECTED,
    CELL_ROW_N,
    CELL_COLUMN_N
};

static const view_spec cell_views[] = {
    {VIEW_PIVOT, "Cross table: per cent of the column, and n", NULL, "row", "column",
     "column_percent,n"},
    {VIEW_PIVOT, "Cross table: per cent of the row, and n", NULL, "row", "column", "row_percent,n"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec test_columns[] = {
    {"row_variable", RELCOORD_STRING, RELCOORD_KEY, "the variable in the rows"},
    {"column_variable", RELCOORD_STRING, RELCOORD_KEY, "the variable in the columns"},
    COMPARED_GROUP_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people in the table"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "people left out for a don't know"},
    {"missing", RELCOORD_INTEGER, RELCOORD_COUNT,
     "other people left out, for want of an answer or group"},
    COUNT_TEST_COLUMNS,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { TEST_N = 3, TEST_DONT_KNOW, TEST_MISSING, TEST_CHISQ };

static const view_spec test_views[] = {
    {VIEW_LIST, "Whether the two are associated", NULL,
     "group,n,dont_know,missing,chisq,df,p,p_holm,cramers_v,estimator", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec cells_table = {.name = "cells",
                                       .help = "one category of each of two variables",
                                       .columns = cell_columns,
                                       .views = cell_views};
static const table_spec tests_table = {.name = "tests",
                                       .help = "whether two variables are associated",
                                       .columns = test_columns,
                                       .views = test_views,
                                       .things = "df",
                                       .labels = "row_variable,column_variable"};
static const table_spec *const crosstab_tables[] = {&cells_table, &tests_table, NULL};

static const char *const method_names[COUNT_METHODS] = {"crosstab_chisq", "crosstab_fisher",
                                                        "crosstab_simulated"};

enum { MOST_CELLS = 1000000 };

/* ---- Counting ---- */

typedef struct crossing {
    const run *r;
    const categorical *rows, *columns;
    people_sets sets;
    int64_t *counts;           /* by row and column */
    int64_t *row_n, *column_n; /* people in each, once; n: in the table */
    int64_t n, dont_know, missing;
    int64_t *tested;   /* room for a table of the same size, without what is empty */
    count_test *tests; /* by group of an overlapping variable */
    double *p;
    relcoord_table *cells, *verdicts;
} crossing;

/* The categories that a person is in: as many as returned, of place[]; else the one in *only.
 * Negative is none. */
static uint32_t categories_of(const crossing *c, const categorical *v, uint32_t p,
                              const uint32_t **labels, int *only)
{
    if (v->multiple) {
        uint32_t count = survey_groups_of(&c->r->survey->attributes[v->slot], p, labels);
        *only = v->of_place[(*labels)[0]];
        return count;
    }
    *labels = NULL;
    *only = category_of_person(c->r->survey, v, p);
    return 1;
}

static size_t category_at(const categorical *v, const uint32_t *labels, uint32_t which, int only)
{
    return (size_t)(labels ? v->of_place[labels[which]] : only);
}

static void count_person(crossing *c, uint32_t p)
{
    const uint32_t *row_labels, *column_labels;
    int row, column;
    uint32_t rows = categories_of(c, c->rows, p, &row_labels, &row);
    uint32_t columns = categories_of(c, c->columns, p, &column_labels, &column);
    if (row < 0 || column < 0) {
        bool doubt = row == ANSWER_IS_DOUBT || column == ANSWER_IS_DOUBT;
        c->dont_know += doubt;
        c->missing += !doubt;
        return;
    }
    c->n++;
    for (uint32_t i = 0; i < rows; i++)
        c->row_n[category_at(c->rows, row_labels, i, row)]++;
    for (uint32_t j = 0; j < columns; j++)
        c->column_n[category_at(c->columns, column_labels, j, column)]++;
    for (uint32_t i = 0; i < rows; i++)
        for (uint32_t j = 0; j < columns; j++)
            c->counts[category_at(c->rows, row_labels, i, row) * c->columns->count
                      + category_at(c->columns, column_labels, j, column)]++;
}

static void count_people(crossing *c, size_t set)
{
    memset(c->counts, 0, c->rows->count * c->columns->count * sizeof *c->counts);
    memset(c->row_n, 0, c->rows->count * sizeof *c->row_n);
    memset(c->column_n, 0, c->columns->count * sizeof *c->column_n);
    c->n = c->dont_know = c->missing = 0;
    for (size_t i = c->sets.start[set]; i < c->sets.start[set + 1]; i++)
        count_person(c, c->sets.people[i]);
}

/* ---- Cells ---- */

static double percent_of(int64_t part, int64_t whole)
{
    return whole > 0 ? 100 * (double)part / (double)whole : NAN;
}

/* A cell, or one of a total: then row or column is past the last. */
static void write_cell(crossing *c, size_t set, size_t row, size_t column)
{
    const bool of_row = row < c->rows->count, of_column = column < c->columns->count;
    const int64_t row_n = of_row ? c->row_n[row] : c->n,
                  column_n = of_column ? c->column_n[column] : c->n;
    const int64_t n = of_row && of_column ? c->counts[row * c->columns->count + column]
                      : of_row            ? row_n
                                          : column_n;
    const size_t keys = people_sets_begin_row(c->cells, c->r, &c->sets, set);
    table_set_string(c->cells, keys, of_row ? c->rows->categories[row].label : "(total)");
    table_set_string(c->cells, keys + 1,
                     of_column ? c->columns->categories[column].label : "(total)");
    table_set_integer(c->cells, keys + CELL_N, n);
    table_set_number(c->cells, keys + CELL_ROW_PERCENT, percent_of(n, row_n));
    table_set_number(c->cells, keys + CELL_COLUMN_PERCENT, percent_of(n, column_n));
    table_set_number(c->cells, keys + CELL_TOTAL_PERCENT, percent_of(n, c->n));
    if (of_row && of_column && c->n > 0)
        table_set_number(c->cells, keys + CELL_EXPECTED,
                         (double)row_n * (double)column_n / (double)c->n);
    table_set_integer(c->cells, keys + CELL_ROW_N, row_n);
    table_set_integer(c->cells, keys + CELL_COLUMN_N, column_n);
    if (row_n == 0 || column_n == 0)
        table_add_note(c->cells, "empty");
    if (c->rows->multiple || c->columns->multiple)
        table_add_note(c->cells, "overlapping");
}

static void write_cells(crossing *c, size_t set)
{
    for (size_t row = 0; row <= c->rows->count; row++)
        for (size_t column = 0; column <= c->columns->count; column++)
            write_cell(c, set, row, column);
}

/* ---- Tests ---- */

static void write_test(crossing *c, size_t set, const char *group, const count_test *t,
                       double p_holm)
{
    const size_t keys = people_sets_begin_row(c->verdicts, c->r, &c->sets, set);
    table_set_string(c->verdicts, keys, c->rows->name);
    table_set_string(c->verdicts, keys + 1, c->columns->name);
    table_set_string(c->verdicts, keys + 2, group);
    table_set_integer(c->verdicts, keys + TEST_N, c->n);
    table_set_integer(c->verdicts, keys + TEST_DONT_KNOW, c->dont_know);
    table_set_integer(c->verdicts, keys + TEST_MISSING, c->missing);
    if (!t || isnan(t->p)) {
        table_add_note(c->verdicts, t ? "undefined" : "overlapping");
        return;
    }
    count_test_write(c->verdicts, keys + TEST_CHISQ, t, p_holm, method_names[t->method]);
}

static relcoord_status test_table(crossing *c, size_t set, relcoord_error *err)
{
    count_test t;
    size_t rows = 0, at = 0;
    relcoord_status status;
    for (size_t i = 0; i < c->rows->count; i++) {
        rows += c->row_n[i] > 0;
        for (size_t j = 0; j < c->columns->count && c->row_n[i] > 0; j++)
            if (c->column_n[j] > 0)
                c->tested[at++] = c->counts[i * c->columns->count + j];
    }
    status = count_test_make(c->r, c->tested, rows, rows > 0 ? at / rows : 0, &t, err);
    if (!status)
        write_test(c, set, "(total)", &t, t.p);
    return status;
}

/* A group of the overlapping variable against everybody else in the table, by the categories of the
 * other. */
static relcoord_status test_group(crossing *c, bool of_rows, size_t group, count_test *t,
                                  relcoord_error *err)
{
    const categorical *other = of_rows ? c->columns : c->rows;
    const int64_t *other_n = of_rows ? c->column_n : c->row_n,
                  inside_n = (of_rows ? c->row_n : c->column_n)[group];
    size_t rows = 0;
    for (size_t i = 0; i < other->count; i++) {
        int64_t inside =
            c->counts[of_rows ? group * c->columns->count + i : i * c->columns->count + group];
        if (other_n[i] == 0)
            continue;
        c->tested[2 * rows] = inside;
        c->tested[2 * rows++ + 1] = other_n[i] - inside;
    }
    return count_test_make(c->r, c->tested, inside_n > 0 ? rows : 0, 2, t, err);
}

static relcoord_status test_groups(crossing *c, size_t set, bool of_rows, relcoord_error *err)
{
    const categorical *v = of_rows ? c->rows : c->columns;
    const int64_t *group_n = of_rows ? c->row_n : c->column_n;
    relcoord_status status = RELCOORD_OK;
    size_t count = 0;
    for (size_t i = 0; i < v->count && !status; i++)
        if (group_n[i] > 0) {
            status = test_group(c, of_rows, i, &c->tests[count], err);
            c->p[count] = c->tests[count].p;
            count++;
        }
    if (!status)
        status = adjust_holm(c->p, count, c->p, err);
    count = 0;
    for (size_t i = 0; i < v->count && !status; i++)
        if (group_n[i] > 0) {
            write_test(c, set, v->categories[i].label, &c->tests[count], c->p[count]);
            count++;
        }
    return status;
}

static relcoord_status test_people(crossing *c, size_t set, relcoord_error *err)
{
    if (c->rows->multiple && c->columns->multiple) {
        write_test(c, set, "(total)", NULL,
                   NAN); /* people would count several times on both sides */
        return RELCOORD_OK;
    }
    if (c->rows->multiple || c->columns->multiple)
        return test_groups(c, set, c->rows->multiple, err);
    return test_table(c, set, err);
}

/* ---- The whole ---- */

static relcoord_status make_room(crossing *c, relcoord_result *result, relcoord_error *err)
{
    const cases *of = &c->r->cases;
    const size_t rows = c->rows->count, columns = c->columns->count,
                 most = rows > columns ? rows : columns;
    if (rows > 0 && columns > MOST_CELLS / rows)
        return fail(err, RELCOORD_EUSAGE, "a table of %zu by %zu cells is too large", rows,
                    columns);
    c->counts = memory_new(rows * columns, sizeof *c->counts);
    c->row_n = memory_new(rows, sizeof *c->row_n);
    c->column_n = memory_new(columns, sizeof *c->column_n);
    c->tested = memory_new(rows * columns + 2 * most, sizeof *c->tested);
    c->tests = memory_zeroed(most, sizeof *c->tests);
    c->p = memory_new(most, sizeof *c->p);
    c->cells = result_add_table(result, &cells_table, of->by_names, of->by_count);
    c->verdicts = result_add_table(result, &tests_table, of->by_names, of->by_count);
    return c->counts && c->row_n && c->column_n && c->tested && c->tests && c->p && c->verdicts
               ? RELCOORD_OK
               : fail_memory(err);
}

static void drop_room(crossing *c)
{
    memory_free(c->counts);
    memory_free(c->row_n);
    memory_free(c->column_n);
    memory_free(c->tested);
    memory_free(c->tests);
    memory_free(c->p);
    people_sets_free(&c->sets);
}

static relcoord_status cross(crossing *c, relcoord_result *result, relcoord_error *err)
{
    relcoord_status status = people_sets_make(c->r, &c->sets, err);
    if (!status)
        status = make_room(c, result, err);
    for (size_t set = 0; set < c->sets.count && !status; set++) {
        status = options_progress(c->r->options, 0.5 + 0.5 * (double)set / (double)c->sets.count,
                                  err);
        if (status)
            break;
        count_people(c, set);
        write_cells(c, set);
        status = test_people(c, set, err);
    }
    drop_room(c);
    return status;
}

static relcoord_status crosstab_finish(void *state, const run *r, relcoord_result *result,
                                       relcoord_error *err)
{
    categorical_list rows = {0, NULL}, columns = {0, NULL};
    relcoord_status status = categorical_named(r, "rows", NULL, result, &rows, err);
    (void)state;
    if (!status)
        status = categorical_named(r, "columns", rows.variables, result, &columns, err);
    if (!status) {
        crossing c = {.r = r, .rows = rows.variables, .columns = columns.variables};
        status = cross(&c, result, err);
    }
    if (!status) {
        labels_head(result, r->survey, "row", rows.variables->name);
        labels_head(result, r->survey, "column", columns.variables->name);
    }
    categoricals_free(&rows);
    categoricals_free(&columns);
    return status;
}

const analysis crosstab_analysis = {
    .name = "crosstab",
    .summary = "cross tables of two variables: counts, per cents, and whether they are associated",
    .options = crosstab_options,
    .option_count = sizeof crosstab_options / sizeof *crosstab_options,
    .tables = crosstab_tables,
    .finish = crosstab_finish,
    .takes_any_data = true,
    .unweighted = true,
};
