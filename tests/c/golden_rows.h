/* Reads the tables of tests/golden/stats, which R wrote: a header, then rows of words and numbers
 * without quotes. The tests are run from the top of the checkout. */
#ifndef TESTS_GOLDEN_ROWS_H
#define TESTS_GOLDEN_ROWS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "support.h"

typedef struct golden_rows {
    char *text, **cells; /* cells[row * columns + column], the header not among them */
    size_t rows, columns;
} golden_rows;

static char *golden_text(const char *name)
{
    char path[128], *bytes = NULL;
    size_t size = 0, room = 1 << 16;
    snprintf(path, sizeof path, "tests/golden/stats/%s", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s: not there; run the tests from the top of the checkout", path);
    for (size_t got = 1; got; size += got) {
        room *= size * 2 > room ? 2 : 1;
        bytes = realloc(bytes, room + 1);
        ck_assert_ptr_nonnull(bytes);
        got = fread(bytes + size, 1, room - size, file);
    }
    fclose(file);
    bytes[size] = 0;
    return bytes;
}

static golden_rows golden_read(const char *name)
{
    golden_rows g = {.text = golden_text(name), .columns = 1};
    size_t lines = 0, place = 0;
    for (char *c = g.text; *c; c++) {
        g.columns += lines == 0 && *c == ',';
        lines += *c == '\n';
    }
    ck_assert_msg(lines > 1, "%s: no rows", name);
    g.rows = lines - 1;
    g.cells = malloc(g.rows * g.columns * sizeof *g.cells);
    ck_assert_ptr_nonnull(g.cells);
    for (char *c = strchr(g.text, '\n') + 1, *end; *c; c = end + 1) {
        ck_assert_msg(place < g.rows * g.columns, "%s: too many cells", name);
        g.cells[place++] = c;
        end = c + strcspn(c, ",\n");
        *end = 0;
    }
    ck_assert_msg(place == g.rows * g.columns, "%s: %zu cells in %zu rows of %zu", name, place,
                  g.rows, g.columns);
    return g;
}

static void golden_free(golden_rows *g)
{
    free(g->text);
    free(g->cells);
}

/* An empty cell is NaN. */
static double golden_number(const golden_rows *g, size_t row, size_t column)
{
    const char *cell = g->cells[row * g->columns + column];
    double value = NAN;
    if (*cell)
        ck_assert_msg(number_parse(cell, strlen(cell), &value), "row %zu: %s is no number", row,
                      cell);
    return value;
}

#endif
