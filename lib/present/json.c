#include "present/json.h"

#include <math.h>
#include <string.h>

static void add_string_bytes(text *out, const char *bytes, size_t length)
{
    static const char hex[] = "0123456789abcdef";

    text_add_bytes(out, "\"", 1);
    for (size_t i = 0, plain; i < length; i++) {
        for (plain = i; plain < length && (unsigned char)bytes[plain] >= ' ' && bytes[plain] != '"'
                        && bytes[plain] != '\\';)
            plain++;
        text_add_bytes(out, bytes + i, plain - i);
        if ((i = plain) == length)
            break;
        unsigned char c = (unsigned char)bytes[i];
        switch (c) {
        case '"': text_add_bytes(out, "\\\"", 2); break;
        case '\\': text_add_bytes(out, "\\\\", 2); break;
        case '\n': text_add_bytes(out, "\\n", 2); break;
        case '\r': text_add_bytes(out, "\\r", 2); break;
        case '\t': text_add_bytes(out, "\\t", 2); break;
        default:
            text_add_bytes(out, "\\u00", 4);
            text_add_bytes(out, &hex[c >> 4], 1);
            text_add_bytes(out, &hex[c & 15], 1);
        }
    }
    text_add_bytes(out, "\"", 1);
}

static void add_string(text *out, const char *string)
{
    add_string_bytes(out, string, strlen(string));
}

/* JSON has no NaN and no infinity. */
static void add_number(text *out, double value)
{
    if (isfinite(value))
        text_add_number(out, value);
    else
        text_add(out, "null");
}

static void add_list(text *out, const char *name)
{
    const char *between = "";

    text_add(out, "[");
    for (; *name; name = options_name_after(name)) {
        text_add(out, between);
        add_string(out, name);
        between = ",";
    }
    text_add(out, "]");
}

static void add_options(text *out, const relcoord_options *options)
{
    const char *between = "";

    for (size_t i = 0; options && i < options->count; i++) {
        const option_spec *spec = &options->specs[i];
        if (spec->transient)
            continue;
        text_add(out, between);
        between = ",";
        add_string(out, spec->name);
        text_add(out, ":");
        switch (spec->type) {
        case OPTION_FLAG: text_add(out, options->numbers[i] != 0 ? "true" : "false"); break;
        case OPTION_INTEGER:
            if (options->numbers[i] < spec->minimum) /* a word */
                add_string(out, options->texts[i]);
            else
                text_add_integer(out, options->integers[i]);
            break;
        case OPTION_NUMBER: add_number(out, options->numbers[i]); break;
        case OPTION_LIST: add_list(out, options->names[i]); break;
        case OPTION_CHOICE:
        case OPTION_PATH:
        case OPTION_TEXT: add_string(out, options->texts[i]); break;
        }
    }
}

static void add_cell(text *out, const table_column *column, size_t row)
{
    if (!column->valid[row]) {
        text_add_bytes(out, "null", 4);
        return;
    }
    switch (column->spec.type) {
    case RELCOORD_STRING: add_string(out, column->values.strings[row]); break;
    case RELCOORD_INTEGER: text_add_integer(out, column->values.integers[row]); break;
    case RELCOORD_NUMBER: add_number(out, column->values.doubles[row]); break;
    }
}

/* False when the writing is to end. */
static bool add_table(writer *w, const relcoord_table *table)
{
    text *out = &w->out;

    add_string(out, relcoord_table_name(table));
    text_add(out, ":{\"columns\":[");
    for (size_t i = 0; i < table->column_count; i++) {
        text_add(out, i ? "," : "");
        text_add(out, "{\"name\":");
        add_string(out, table->columns[i].spec.name);
        text_add(out, ",\"type\":");
        add_string(out, table_type_name(table->columns[i].spec.type));
        text_add(out, "}");
    }
    text_add(out, "],\n\"rows\":[");
    for (size_t row = 0; row < table->row_count; row++) {
        text_add_bytes(out, ",\n[", row ? 3 : 0);
        text_add_bytes(out, "\n[", row ? 0 : 2);
        for (size_t i = 0; i < table->column_count; i++) {
            text_add_bytes(out, ",", i ? 1 : 0);
            add_cell(out, &table->columns[i], row);
        }
        text_add_bytes(out, "]", 1);
        if (!writer_flow(w))
            return false;
    }
    text_add(out, table->row_count ? "\n]}" : "]}");
    return true;
}

static void write_json(writer *w)
{
    const relcoord_result *result = w->result;
    const char *between = "\n";
    text *out = &w->out;

    text_add(out, "{\"relcoord\":");
    add_string(out, relcoord_version());
    text_add(out, ",\"analysis\":");
    add_string(out, result->analysis);
    text_add(out, ",\n\"options\":{");
    add_options(out, result->options);
    text_add(out, "},\n\"notes\":[");
    for (size_t i = 0; i < result->note_count; i++) {
        text_add(out, i ? ",\n" : "\n");
        add_string(out, result->notes[i].words);
    }
    text_add(out, "],\n\"tables\":{");
    for (size_t i = 0; i < result->table_count; i++) {
        if (writer_names_tables(w) && !writer_shows(w, result->tables[i]))
            continue;
        text_add(out, between);
        between = ",\n";
        if (!add_table(w, result->tables[i]))
            return;
    }
    text_add(out, "}}\n");
}

const output_format json_format = {
    .name = "json",
    .help = "options, notes and tables, for other programs",
    .write = write_json,
};
