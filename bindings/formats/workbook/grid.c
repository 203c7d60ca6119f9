/* From cells in their order to columns and rows. */
#include "workbook/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns are named A to Z, AA to ZZ, AAA and so on. */
enum { COLUMN_NAME_SIZE = 16 };
static void name_column(int64_t column, char name[COLUMN_NAME_SIZE])
{
    char letters[COLUMN_NAME_SIZE];
    int count = 0;
    for (column++; column > 0 && count < COLUMN_NAME_SIZE - 1; column = (column - 1) / 26)
        letters[count++] = (char)('A' + (column - 1) % 26);
    for (int i = 0; i < count; i++)
        name[i] = letters[count - 1 - i];
    name[count] = 0;
}

void foreign_grid_fail(grid *g, int64_t row, int64_t column, const char *format, ...)
{
    char name[COLUMN_NAME_SIZE], what[256];
    va_list values;
    if (g->status)
        return;
    va_start(values, format);
    vsnprintf(what, sizeof what, format, values);
    va_end(values);
    name_column(column, name);
    g->status = foreign_fail(g->err, RELCOORD_EDATA, g->file->path, "%s", what);
    g->err->line = row;
    snprintf(g->err->column, sizeof g->err->column, "%.100s!%s%lld", g->sheet, name,
             (long long)row);
}

void foreign_grid_fail_memory(grid *g)
{
    if (!g->status)
        g->status = foreign_fail_memory(g->err);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0;
}

/* Room for one more of a size; NULL when memory runs out. */
static void *grow(grid *g, void *array, size_t count, size_t *capacity, size_t size)
{
    const size_t wanted = *capacity ? 2 * *capacity : 64;
    void *grown;
    if (count < *capacity)
        return array;
    grown = realloc(array, wanted * size);
    if (grown)
        *capacity = wanted;
    else
        foreign_grid_fail_memory(g);
    return grown;
}

static void add_column(grid *g, int64_t column, const char *text)
{
    data_file *f = g->file;
    const size_t count = f->column_count;
    size_t capacity = f->column_capacity;
    int64_t *numbers = grow(g, g->columns, count, &capacity, sizeof *numbers);
    file_column *columns;
    if (!numbers)
        return;
    g->columns = numbers;
    columns = grow(g, f->columns, count, &f->column_capacity, sizeof *columns);
    if (!columns)
        return;
    f->columns = columns;
    g->columns[count] = column;
    columns[count] = (file_column){.name = strdup(text), .label = strdup(""), .text = true};
    f->column_count++;
    if (!columns[count].name || !columns[count].label)
        foreign_grid_fail_memory(g);
}

/* The first row is the heading; which row of the sheet a case is, is kept for messages. */
static void begin_row(grid *g, int64_t row)
{
    data_file *f = g->file;
    int64_t *lines;
    g->row = row;
    g->place = 0;
    if (g->heading == 0)
        g->heading = row;
    if (row == g->heading)
        return;
    g->rows++;
    if ((size_t)g->rows <= f->line_count)
        return; /* known from a reading before */
    lines = grow(g, f->lines, f->line_count, &f->line_capacity, sizeof *lines);
    if (!lines)
        return;
    f->lines = lines;
    lines[f->line_count++] = row;
}

static void give_value(grid *g, int64_t column, const char *text)
{
    const data_file *f = g->file;
    file_cell cell = {.valid = true, .text = text};
    while (g->place < f->column_count && g->columns[g->place] < column)
        g->place++;
    if (g->place == f->column_count || g->columns[g->place] != column) {
        foreign_grid_fail(g, g->row, column, "a value in a column without a heading");
        return;
    }
    cell.column = &f->columns[g->place];
    g->done = g->sink(g->user, g->rows - 1, g->place, &cell) != 0;
}

void foreign_grid_cell(grid *g, int64_t row, int64_t column, const char *text)
{
    if (g->status || g->done || is_blank(text))
        return;
    if (row > MOST_ROWS || column >= MOST_COLUMNS || ++g->cells > MOST_CELLS) {
        foreign_grid_fail(g, row, column, "the sheet is larger than a sheet can be");
        return;
    }
    if (row < g->row || (row == g->row && column <= g->column)) {
        foreign_grid_fail(g, row, column, "the cell is out of order: the file is damaged");
        return;
    }
    if (row > g->row && g->heading > 0 && g->heading_only) {
        g->done = true;
        return;
    }
    if (row > g->row)
        begin_row(g, row);
    g->column = column;
    if (g->heading_only)
        add_column(g, column, text);
    else if (row > g->heading && !g->status)
        give_value(g, column, text);
}

relcoord_status foreign_fail_sheet(const char *path, const char *sheet, const char *names,
                                   relcoord_error *err)
{
    if (!*names)
        return foreign_fail(err, RELCOORD_EDATA, path, "the workbook has no sheet with cells");
    return foreign_fail(err, RELCOORD_EUSAGE, path,
                        "the workbook has no sheet '%.100s', but %.200s", sheet, names);
}
