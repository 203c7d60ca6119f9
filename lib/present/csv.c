#include "present/csv.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Blanks at the ends are quoted too, because many readers trim them. */
static bool needs_quotes(const char *field)
{
    size_t length = strlen(field);

    if (field[strcspn(field, ",\"\r\n")])
        return true;
    return length && (is_blank(field[0]) || is_blank(field[length - 1]));
}

static void add_field(text *out, const char *field)
{
    if (!needs_quotes(field)) {
        text_add(out, field);
        return;
    }
    text_add_bytes(out, "\"", 1);
    for (const char *quote; (quote = strchr(field, '"')); field = quote + 1) {
        text_add_bytes(out, field, (size_t)(quote - field) + 1);
        text_add_bytes(out, "\"", 1);
    }
    text_add(out, field);
    text_add_bytes(out, "\"", 1);
}

static void add_cell(text *out, const table_column *column, size_t row)
{
    if (!column->valid[row])
        return;
    switch (column->spec.type) {
    case RELCOORD_STRING: add_field(out, column->values.strings[row]); break;
    case RELCOORD_INTEGER: text_add_integer(out, column->values.integers[row]); break;
    case RELCOORD_NUMBER: text_add_number(out, column->values.doubles[row]); break;
    }
}

static void write_csv(writer *w)
{
    const relcoord_table *table = writer_table(w);
    if (!table)
        return;

    for (size_t i = 0; i < table->column_count; i++) {
        if (i)
            text_add(&w->out, ",");
        add_field(&w->out, table->columns[i].spec.name);
    }
    text_add(&w->out, "\n");
    for (size_t row = 0; row < table->row_count && writer_flow(w); row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            if (i)
                text_add_bytes(&w->out, ",", 1);
            add_cell(&w->out, &table->columns[i], row);
        }
        text_add_bytes(&w->out, "\n", 1);
    }
}

const output_format csv_format = {
    .name = "csv",
    .help = "one table, for other programs",
    .write = write_csv,
};
