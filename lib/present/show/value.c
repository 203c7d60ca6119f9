#include "present/show/value.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "present/show/apa.h"
#include "words/words.h"

/* ---- Words ----------------------------------------------------------------------------------- */

const char *shown_text(const writer *w, const char *english)
{
    const char *words = words_text(w->lang, english);
    return words ? words : english;
}

/* A label of the data in a language; in English there are those of the tables. */
static const char *label_in(language l, const relcoord_result *result, const char *label)
{
    const char *words = l == DANISH ? result_danish_label(result, label) : NULL;
    return words ? words : label;
}

const char *shown_heading(const writer *w, const relcoord_table *table, const char *name)
{
    const char *symbol = apa_heading(w, name), *heading,
               *label = w->labels == LABELS_CODE ? NULL : result_heading(w->result, name);

    if (symbol)
        return symbol;
    if (label && (w->lang != DANISH || result_danish_label(w->result, label)))
        return label_in(w->lang, w->result, label);
    name = label ? label : name; /* the variable's, which may be a word of relcoord's */
    heading = w->own_names ? name : words_heading(w->lang, table->spec->name, name);
    return heading ? heading : name;
}

bool is_for_people(const relcoord_table *table)
{
    return table->columns[table->column_count - 1].spec.kind == RELCOORD_NOTE;
}

static const char *string_in(language l, bool narrow, const relcoord_result *result,
                             const relcoord_table *table, const table_column *column, size_t row)
{
    const char *value = column->values.strings[row], *words = NULL;

    if (!is_for_people(table))
        return value;
    if (column->spec.kind == RELCOORD_KEY)
        words = words_no_key(l, value);
    if (!words && column >= table->columns + table->key_count)
        words = words_value(l, narrow, table->spec->name, column->spec.name, value);
    if (!words && (column->spec.kind == RELCOORD_KEY || column->of))
        words = label_in(l, result, value);
    return words ? words : value;
}

const char *shown_string(const writer *w, const relcoord_table *table, const table_column *column,
                         size_t row)
{
    const char *symbol = apa_word(w, column, row);
    return symbol ? symbol : string_in(w->lang, w->narrow, w->result, table, column, row);
}

const char *shown_label(const writer *w, const table_column *column, size_t row)
{
    const table_column *label = column->label;

    if (!label || !label->valid[row])
        return NULL;
    return label_in(w->lang, w->result, label->values.strings[row]);
}

const char *relcoord_result_shown(const relcoord_result *result, const relcoord_table *table,
                                  size_t column, size_t row, const char *into)
{
    language l = into ? words_language(into) : LANGUAGE_COUNT;
    const table_column *of = column < table->column_count ? &table->columns[column] : NULL;

    if (!of || of->spec.type != RELCOORD_STRING || row >= table->row_count || !of->valid[row]
        || l == LANGUAGE_COUNT)
        return NULL;
    return string_in(l, false, result, table, of, row);
}

/* C0 and C1 controls and DEL. */
static size_t control_length(const char *at)
{
    unsigned char first = (unsigned char)at[0], second = first ? (unsigned char)at[1] : 0;

    if (first < ' ' || first == 0x7F)
        return 1;
    return first == 0xC2 && second >= 0x80 && second < 0xA0 ? 2 : 0;
}

void add_clean(text *out, const char *string)
{
    const char *from = string, *at = string;

    while (*at) {
        size_t control = control_length(at);
        if (!control) {
            at++;
            continue;
        }
        text_add_bytes(out, from, (size_t)(at - from));
        text_add_bytes(out, " ", 1);
        from = at += control;
    }
    text_add_bytes(out, from, (size_t)(at - from));
}

/* ---- Values ---------------------------------------------------------------------------------- */

/* Per cents are hundred times shares: with two digits less they are as exact, and by default whole.
 * Probabilities are read to one digit more, and below that by how small they are at most. */
enum { LESS_OF_PERCENT = 2, MORE_OF_PROBABILITY = 1, MOST_DIGITS = 15 };

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

/* The bounds of an interval are what the last estimate before them is. */
static bool is_percent(const relcoord_table *table, const table_column *column)
{
    bool bound = column->spec.kind == RELCOORD_INTERVAL;

    while (bound && column->spec.kind != RELCOORD_ESTIMATE && column > table->columns)
        column--;
    return strcmp(column->spec.name, "percent") == 0 || ends_in(column->spec.name, "_percent");
}

static bool names_probability(const char *name)
{
    return strcmp(name, "p") == 0 || strncmp(name, "p_", 2) == 0 || ends_in(name, "_p");
}

/* By its column, or where a column holds coefficients of all kinds by the row's. */
static bool is_probability(const relcoord_table *table, const table_column *column, size_t row)
{
    const table_column *of = named_column(table, "coefficient", strlen("coefficient"));

    if (column->spec.kind != RELCOORD_ESTIMATE)
        return false;
    return names_probability(column->spec.name)
           || (of && of->spec.type == RELCOORD_STRING && strcmp(column->spec.name, "value") == 0
               && names_probability(of->values.strings[row]));
}

/* Writes an estimate with its digits; true when it is shown by a bound that it is below. */
static bool format_estimate(const writer *w, const relcoord_table *table,
                            const table_column *column, size_t row, char shown[NUMBER_TEXT_SIZE])
{
    double value = column->values.doubles[row], least = 1;
    int digits = (int)options_integer(w->options, "digits");

    if (apa_is_bounded(w, table, column, row) && !is_probability(table, column, row))
        digits += digits < MOST_DIGITS;
    if (is_percent(table, column))
        digits = digits > LESS_OF_PERCENT ? digits - LESS_OF_PERCENT : 0;
    if (!is_probability(table, column, row)) {
        number_format_fixed(value, digits, shown);
        return false;
    }
    digits = digits + MORE_OF_PROBABILITY < MOST_DIGITS ? digits + MORE_OF_PROBABILITY
                                                        : MOST_DIGITS;
    for (int i = 0; i < digits; i++)
        least /= 10;
    number_format_fixed(value < least ? least : value, digits, shown);
    return value < least;
}

static void add_double(const writer *w, const relcoord_table *table, const table_column *column,
                       size_t row, text *out)
{
    char shown[NUMBER_TEXT_SIZE];
    double value = column->values.doubles[row];
    bool whole = column->spec.kind == RELCOORD_COUNT && value == floor(value);

    if (whole || column->spec.kind == RELCOORD_KEY || column->spec.kind == RELCOORD_LABEL)
        number_format(value, shown);
    else if (format_estimate(w, table, column, row, shown))
        text_add(out, "<");
    if (apa_is_bounded(w, table, column, row))
        apa_drop_zero(shown);
    char *mark = strchr(shown, '.');
    if (mark)
        *mark = w->decimal;
    text_add(out, shown);
}

void add_value(const writer *w, const relcoord_table *table, const table_column *column, size_t row,
               text *out)
{
    const char *label = w->labels == LABELS_CODE ? NULL : shown_label(w, column, row);

    if (label)
        add_clean(out, label);
    if (label && w->labels == LABELS_TEXT)
        return;
    text_add(out, label ? " (" : "");
    add_code(w, table, column, row, out);
    text_add(out, label ? ")" : "");
}

void add_code(const writer *w, const relcoord_table *table, const table_column *column, size_t row,
              text *out)
{
    if (!column->valid[row])
        return;
    switch (column->spec.type) {
    case RELCOORD_STRING: add_clean(out, shown_string(w, table, column, row)); break;
    case RELCOORD_INTEGER: text_add_integer(out, column->values.integers[row]); break;
    case RELCOORD_NUMBER: add_double(w, table, column, row, out); break;
    }
}

/* ---- Columns and cells of a table ------------------------------------------------------------ */

bool same_cell(const table_column *column, size_t row, size_t other)
{
    if (column->valid[row] != column->valid[other])
        return false;
    switch (column->spec.type) {
    case RELCOORD_STRING:
        return strcmp(column->values.strings[row], column->values.strings[other]) == 0;
    case RELCOORD_INTEGER: return column->values.integers[row] == column->values.integers[other];
    case RELCOORD_NUMBER: break;
    }
    return !column->valid[row] || column->values.doubles[row] == column->values.doubles[other];
}

const table_column *named_column(const relcoord_table *table, const char *name, size_t length)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *own = table->columns[i].spec.name;
        if (strncmp(own, name, length) == 0 && !own[length])
            return &table->columns[i];
    }
    return NULL;
}

const char *note_of(const relcoord_table *table, size_t row)
{
    const table_column *last = &table->columns[table->column_count - 1];
    return last->spec.kind == RELCOORD_NOTE ? last->values.strings[row] : "";
}
