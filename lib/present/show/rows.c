#include "present/show/rows.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/value.h"

/* One condition: a column of the table, and the values that it may have. */
typedef struct condition {
    const table_column *column; /* NULL: the table has none of that name, and every row will do */
    const char *values;         /* separated by '|' */
    size_t length;
    bool first; /* only the first of the values that any row has */
} condition;

/* Takes the next condition off *where; false past the last. */
static bool next_condition(const relcoord_table *table, const char **where, condition *out)
{
    size_t length = strcspn(*where, ";"), name = strcspn(*where, "=");

    if (!length || name >= length)
        return false;
    out->first = name > 0 && (*where)[name - 1] == ':';
    out->values = *where + name + 1;
    out->length = length - name - 1;
    out->column = named_column(table, *where, name - out->first);
    if (out->column && out->column->spec.type != RELCOORD_STRING)
        out->column = NULL;
    *where += length + ((*where)[length] == ';');
    return true;
}

static bool is_value(const condition *c, size_t row, const char *value, size_t length)
{
    const char *own = c->column->values.strings[row];

    return strncmp(own, value, length) == 0 && !own[length];
}

static size_t value_length(const condition *c, const char *value)
{
    size_t length = strcspn(value, "|"), left = (size_t)(c->values + c->length - value);

    return length < left ? length : left;
}

/* Leaves the condition the first of its values that any row has. */
static void settle(const relcoord_table *table, condition *c)
{
    for (const char *at = c->values; c->column && at < c->values + c->length;) {
        size_t length = value_length(c, at);
        for (size_t row = 0; row < table->row_count; row++)
            if (is_value(c, row, at, length)) {
                c->values = at;
                c->length = length;
                return;
            }
        at += length + 1;
    }
}

static bool meets(const condition *c, size_t row)
{
    if (!c->column)
        return true;
    for (const char *at = c->values; at <= c->values + c->length;) {
        size_t length = value_length(c, at);
        if (is_value(c, row, at, length))
            return true;
        at += length + 1;
    }
    return false;
}

size_t *choose_rows(const relcoord_table *table, const char *where, size_t *count)
{
    size_t *rows = memory_new(table->row_count, sizeof *rows);
    condition c;

    *count = rows ? table->row_count : 0;
    for (size_t i = 0; i < *count; i++)
        rows[i] = i;
    while (rows && where && next_condition(table, &where, &c)) {
        size_t kept = 0;
        if (c.first)
            settle(table, &c);
        for (size_t i = 0; i < *count; i++)
            if (meets(&c, rows[i]))
                rows[kept++] = rows[i];
        *count = kept;
    }
    return rows;
}

bool where_fixes(const char *where, const char *column)
{
    while (where && *where) {
        size_t length = strcspn(where, ";"), name = strcspn(where, ":=");
        bool one = where[name] == ':' || !memchr(where, '|', length);
        if (one && strncmp(where, column, name) == 0 && !column[name])
            return true;
        where += length + (where[length] == ';');
    }
    return false;
}
