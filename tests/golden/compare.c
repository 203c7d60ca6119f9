/* Holds one of relcoord's CSV tables against an expected one, value by value. Knows only CSV.
 *
 *     compare all|some|columns|two-decimals|iterated CASE EXPECTED ACTUAL
 *
 * The leading columns that name a row are keys. all: the same header and rows in the same order,
 * numbers to 1e-10 relative; some: the same header, but only rows that are expected are looked at;
 * columns: only the expected columns and rows; two-decimals: those, numbers rounded half up to two
 * decimals, as a paper prints them; iterated: those, numbers to 1e-6, of what both find by
 * iterating. Columns of labels need not be expected. Empty must stand where empty is expected. A
 * number below 1e-13, on a scale of 1 to 5, is 0. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double tolerance = 1e-10, tolerance_iterated = 1e-6;
static const double nothing = 1e-13;
enum { MAX_COLUMNS = 64, MAX_FAULTS_SHOWN = 8 };

typedef struct {
    size_t rows, columns; /* the header is not counted */
    char **cells;         /* row by row, the header first */
} table;

typedef enum { ALL, SOME, COLUMNS, TWO_DECIMALS, ITERATED } mode;

typedef struct {
    const char *name; /* of the case */
    size_t values, faults;
    double largest; /* relative difference */
} tally;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "compare: %s: %s\n", which, what);
    exit(2);
}

static void *claim(void *block, size_t size)
{
    block = realloc(block, size);
    if (!block)
        die("no memory left", "table");
    return block;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        die(strerror(errno), path);
    size_t size = 0, room = 1 << 16;
    char *text = claim(NULL, room + 1);
    for (size_t got; (got = fread(text + size, 1, room - size, file)) > 0;) {
        size += got;
        if (size == room)
            text = claim(text, (room *= 2) + 1);
    }
    if (ferror(file))
        die("cannot be read", path);
    fclose(file);
    text[size] = '\0';
    return text;
}

/* Ends the field that begins at *at in place and moves *at behind it; returns its text, and in
 * *last whether it was the last of its line. */
static char *take_field(char **at, bool *last, const char *path)
{
    char *field = *at, *to = field, *from = field;
    bool quoted = *from == '"';
    if (quoted)
        from++;
    while (*from && (quoted || (*from != ',' && *from != '\n'))) {
        if (quoted && *from == '"' && from[1] != '"') {
            from++;
            quoted = false;
            continue;
        }
        if (quoted && *from == '"')
            from++;
        *to++ = *from++;
    }
    if (quoted || *from == '\0')
        die("the last line does not end", path);
    *last = *from == '\n';
    *to = '\0';
    *at = from + 1;
    return field;
}

static table read_table(const char *path)
{
    table t = {0, 0, NULL};
    char *at = read_file(path);
    size_t lines = 0, count = 0, room = 0;
    if (*at == '\0')
        die("is empty", path);
    while (*at) {
        size_t first = count;
        for (bool last = false; !last; count++) {
            if (count == room)
                t.cells = claim(t.cells, (room = 2 * room + 64) * sizeof *t.cells);
            t.cells[count] = take_field(&at, &last, path);
        }
        if (lines++ == 0)
            t.columns = count;
        if (count - first != t.columns || t.columns > MAX_COLUMNS)
            die("a line has another number of fields than the header", path);
    }
    t.rows = lines - 1;
    return t;
}

static const char *cell(const table *t, size_t row, size_t column)
{
    return t->cells[(row + 1) * t->columns + column];
}

static size_t find_column(const table *t, const char *name)
{
    for (size_t c = 0; c < t->columns; c++)
        if (strcmp(t->cells[c], name) == 0)
            return c;
    return t->columns;
}

/* Labels are added to what they label, and say nothing that a figure is held against. */
static bool is_label(const char *name)
{
    size_t length = strlen(name);
    return strcmp(name, "label") == 0 || (length > 6 && strcmp(name + length - 6, "_label") == 0);
}

/* Takes the columns of labels out of a table that nobody expects there. */
static void drop_labels(table *actual, const table *expected)
{
    size_t kept = 0, dropped = 0;
    for (size_t c = 0; c < actual->columns; c++)
        dropped += is_label(actual->cells[c])
                   && find_column(expected, actual->cells[c]) == expected->columns;
    if (dropped == 0)
        return;
    bool drops[MAX_COLUMNS];
    for (size_t c = 0; c < actual->columns; c++)
        drops[c] = is_label(actual->cells[c])
                   && find_column(expected, actual->cells[c]) == expected->columns;
    for (size_t i = 0; i < (actual->rows + 1) * actual->columns; i++)
        if (!drops[i % actual->columns])
            actual->cells[kept++] = actual->cells[i];
    actual->columns -= dropped;
}

/* ---- Comparing ------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void fault(tally *sum, const char *format, ...)
{
    if (sum->faults++ >= MAX_FAULTS_SHOWN)
        return;
    va_list arguments;
    va_start(arguments, format);
    printf("FAIL %s: ", sum->name);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
}

static bool read_number(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number);
}

/* The relative difference of two numbers; infinite where one is 0 and the other is not. */
static double difference(double expected, double actual, mode how)
{
    if (how == TWO_DECIMALS)
        return fabs(floor(100 * actual + 0.5) - round(100 * expected)) > 0 ? INFINITY : 0;
    if (fabs(expected) < nothing && fabs(actual) < nothing)
        return 0;
    if (fabs(expected) < nothing)
        return INFINITY;
    return fabs(actual - expected) / fabs(expected);
}

static bool same_text(const char *expected, const char *actual, mode how, tally *sum)
{
    double e, a;
    if (!read_number(expected, &e) || !read_number(actual, &a))
        return strcmp(expected, actual) == 0;
    double apart = difference(e, a, how),
           allowed = how == ITERATED ? tolerance_iterated : tolerance;
    if (apart > sum->largest && apart <= allowed)
        sum->largest = apart;
    return apart <= allowed;
}

static void name_row(const table *t, size_t row, size_t keys, char *name, size_t size)
{
    size_t used = 0;
    name[0] = '\0';
    for (size_t c = 0; c < keys && used < size; c++)
        used += (size_t)snprintf(name + used, size - used, c ? ",%s" : "%s", cell(t, row, c));
}

static bool same_key(const table *expected, size_t row, const table *actual, size_t other,
                     const size_t *place, size_t keys)
{
    for (size_t c = 0; c < keys; c++)
        if (strcmp(cell(expected, row, c), cell(actual, other, place[c])) != 0)
            return false;
    return true;
}

/* The row of actual that has the keys of an expected one: in the same place if all rows are
 * expected, anywhere if not. */
static size_t find_row(const table *expected, size_t row, const table *actual, const size_t *place,
                       size_t keys, mode how)
{
    if (how == ALL)
        return row < actual->rows && same_key(expected, row, actual, row, place, keys)
                   ? row
                   : actual->rows;
    size_t other = 0;
    while (other < actual->rows && !same_key(expected, row, actual, other, place, keys))
        other++;
    return other;
}

static void compare_row(const table *expected, size_t row, const table *actual, const size_t *place,
                        size_t keys, mode how, tally *sum)
{
    char name[512];
    name_row(expected, row, keys, name, sizeof name);
    size_t other = find_row(expected, row, actual, place, keys, how);
    if (other == actual->rows) {
        fault(sum, "row %s: not there%s", name, how == ALL ? " in this order" : "");
        return;
    }
    for (size_t c = keys; c < expected->columns; c++, sum->values++) {
        const char *e = cell(expected, row, c), *a = cell(actual, other, place[c]);
        double x, y;
        if (same_text(e, a, how, sum))
            continue;
        if (read_number(e, &x) && read_number(a, &y))
            fault(sum, "row %s, column %s: ours %s, oracle %s, relative difference %.3g", name,
                  expected->cells[c], a, e, fabs(y - x) / fabs(x));
        else
            fault(sum, "row %s, column %s: ours '%s', oracle '%s'", name, expected->cells[c], a, e);
    }
}

static bool match_columns(const table *expected, const table *actual, size_t *place, mode how,
                          tally *sum)
{
    for (size_t c = 0; c < expected->columns; c++) {
        place[c] = find_column(actual, expected->cells[c]);
        if (place[c] == actual->columns || (how < COLUMNS && place[c] != c))
            fault(sum, "column %s: not there or not in its place", expected->cells[c]);
    }
    if (how < COLUMNS && actual->columns != expected->columns)
        fault(sum, "%zu columns, not %zu", actual->columns, expected->columns);
    return sum->faults == 0;
}

/* How many of the leading columns say which row this is. */
static size_t count_keys(const table *t)
{
    static const char *const names[] = {
        "respondent",   "variable",     "unit",           "wave",        "role",
        "by_workgroup", "workgroup",    "target",         "dimension",   "part",
        "weighting",    "scale",        "basis",          "grouping",    "object",
        "coefficient",  "item",         "other",          "group",       "component",
        "wanted",       "model",        "estimator",      "factor",      "other_factor",
        "number",       "function",     "level",          "other_level", "index",
        "state",        "answer",       "zone",           "place",       "direction",
        "next_role",    "measure",      "from",           "to",          "pairing",
        "test",         "outcome",      "context",        "term",        "partner",
        "category",     "box",          "question",       "choice",      "row",
        "column",       "row_variable", "column_variable"};
    size_t keys = 0, name = 0;
    while (keys < t->columns && name < sizeof names / sizeof *names) {
        bool is_key = strcmp(t->cells[keys], names[name]) == 0;
        name = is_key ? 0 : name + 1;
        keys += is_key;
    }
    return keys;
}

int main(int count, char **arguments)
{
    static const char *const modes[] = {"all", "some", "columns", "two-decimals", "iterated"};
    size_t how = 0;
    while (count == 5 && how < 5 && strcmp(arguments[1], modes[how]) != 0)
        how++;
    if (count != 5 || how == 5)
        die("takes: all|some|columns|two-decimals|iterated CASE EXPECTED ACTUAL", "arguments");
    table expected = read_table(arguments[3]), actual = read_table(arguments[4]);
    tally sum = {arguments[2], 0, 0, 0};
    drop_labels(&actual, &expected);
    size_t place[MAX_COLUMNS], keys = count_keys(&expected);
    if (expected.rows == 0 || keys == 0 || keys == expected.columns)
        die("has no rows or no keys", arguments[3]);
    if (match_columns(&expected, &actual, place, (mode)how, &sum)) {
        if (how == ALL && actual.rows != expected.rows)
            fault(&sum, "%zu rows, not %zu", actual.rows, expected.rows);
        for (size_t row = 0; row < expected.rows; row++)
            compare_row(&expected, row, &actual, place, keys, (mode)how, &sum);
    }
    if (sum.faults > MAX_FAULTS_SHOWN)
        printf("FAIL %s: and %zu more\n", sum.name, sum.faults - MAX_FAULTS_SHOWN);
    if (sum.faults == 0)
        printf("ok   %s: %zu values, largest relative difference %.0e\n", sum.name, sum.values,
               sum.largest);
    return sum.faults > 0;
}
