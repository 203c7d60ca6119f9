/* A list: a row a line. Columns without any value are left out; a word that all rows have in common
 * stands once below; the two bounds of an interval are one column. */
#include <string.h>

#include "base/memory.h"
#include "present/text_grid.h"

typedef struct list {
    grid g;
    const table_column **common; /* columns of words equal in all rows */
    size_t common_count;
    text interval; /* the header of a confidence interval */
} list;

static bool is_empty(const table_column *column, const size_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (column->valid[rows[i]] &&
            (column->spec.type != RELCOORD_STRING || *column->values.strings[rows[i]]))
            return false;
    return true;
}

/* The column that the view chose its rows by has one value as well. */
static bool is_common(const table_column *column, const char *where, const size_t *rows, size_t count)
{
    size_t name = where ? strcspn(where, "=") : 0;

    if (name && strncmp(column->spec.name, where, name) == 0 && !column->spec.name[name])
        return true;
    if ((column->spec.kind != RELCOORD_LABEL && column->spec.kind != RELCOORD_NOTE) || count < 2)
        return false;
    for (size_t i = 1; i < count; i++)
        if (!same_cell(column, rows[i], rows[0]))
            return false;
    return true;
}

static bool is_listed(const relcoord_table *table, size_t index, const char *names)
{
    const char *own = table->columns[index].spec.name, *name;
    size_t length;

    if (!names || index < table->key_count || index + 1 == table->column_count)
        return true;
    while (options_next_name(&names, &name, &length))
        if (strncmp(own, name, length) == 0 && !own[length])
            return true;
    return false;
}

/* Whether two columns are the bounds of one interval: NAME_low and NAME_high. Gives the length of
 * NAME, or 0. */
static size_t interval_stem(const table_column *low, const table_column *high)
{
    const char *name = low->spec.name, *other = high->spec.name;
    size_t length = strlen(name);

    if (low->spec.kind != RELCOORD_INTERVAL || high->spec.kind != RELCOORD_INTERVAL)
        return 0;
    if (length <= 4 || strcmp(name + length - 4, "_low") != 0)
        return 0;
    length -= 4;
    return strncmp(name, other, length) == 0 && strcmp(other + length, "_high") == 0 ? length : 0;
}

/* "95 % CI", the share from the result's option "confidence"; other intervals by their own names. */
static const char *interval_header(list *l, const char *low_name, size_t stem)
{
    const relcoord_options *options = l->g.w->result->options;
    char share[NUMBER_TEXT_SIZE];

    if (stem != 2 || strncmp(low_name, "ci", 2) != 0)
        return low_name;
    text_clear(&l->interval);
    for (size_t i = 0; options && i < options->count; i++) {
        if (strcmp(options->specs[i].name, "confidence") != 0)
            continue;
        size_t length = number_format_fixed(options->numbers[i] * 100, 3, share);
        while (share[length - 1] == '0')
            length--;
        length -= share[length - 1] == '.';
        text_add_bytes(&l->interval, share, length);
        text_add(&l->interval, " % ");
    }
    text_add(&l->interval, text_word(WORD_INTERVAL));
    return l->interval.bytes ? l->interval.bytes : "";
}

/* The longest code of the notes with its semicolon: notes break behind one. */
static size_t longest_code(const grid *g, const table_column *notes)
{
    size_t longest = 0;

    for (size_t i = 0; i < g->row_count; i++)
        for (const char *code = notes->values.strings[g->rows[i]]; *code;) {
            size_t length = strcspn(code, ";");
            length += code[length] == ';';
            size_t width = columns_of(code, length);
            longest = width > longest ? width : longest;
            code += length;
        }
    return longest;
}

/* Adds a column of the table, with its partner if it has one; returns how many it took. */
static size_t add_column(list *l, size_t index)
{
    grid *g = &l->g;
    const relcoord_table *table = g->table;
    const table_column *column = &table->columns[index];
    grid_column *c = &g->columns[g->column_count];
    bool key = column->spec.kind == RELCOORD_KEY && g->key_count == g->column_count;
    size_t stem = index + 1 < table->column_count ? interval_stem(column, column + 1) : 0;

    g->column_count++;
    g->key_count += key;
    c->header = column->spec.name;
    c->right = column->spec.type != RELCOORD_STRING;
    c->flexible = !c->right;
    c->parts[0] = (part){.column = column, .style = PART_PLAIN};
    c->part_count = 1;
    if (column->spec.kind == RELCOORD_NOTE)
        c->least = longest_code(g, column);
    if (!stem)
        return 1;
    c->header = interval_header(l, column->spec.name, stem);
    c->parts[0] = (part){.column = column, .partner = column + 1, .style = PART_LOW};
    c->parts[1] = (part){.column = column + 1, .partner = column, .style = PART_HIGH};
    c->part_count = 2;
    return 2;
}

static void choose_columns(list *l, const char *names, const char *where)
{
    const relcoord_table *table = l->g.table;

    for (size_t i = 0; i < table->column_count;) {
        const table_column *column = &table->columns[i];
        bool empty = is_empty(column, l->g.rows, l->g.row_count);
        if (i + 1 < table->column_count && interval_stem(column, column + 1))
            empty = empty && is_empty(column + 1, l->g.rows, l->g.row_count);
        if (empty || !is_listed(table, i, names))
            i++;
        else if (is_common(column, where, l->g.rows, l->g.row_count))
            l->common[l->common_count++] = &table->columns[i++];
        else
            i += add_column(l, i);
    }
}

/* "estimator: mean_cr2 in all rows" */
static void write_common(list *l)
{
    text value = {0};

    for (size_t i = 0; i < l->common_count; i++) {
        prose p = {.w = l->g.w, .indent = 2};
        text_clear(&value);
        text_add_format(&value, "%s: ", l->common[i]->spec.name);
        add_value(l->g.w, l->common[i], l->g.rows[0], &value);
        text_add_format(&value, " %s", text_word(WORD_SAME));
        if (value.failed)
            break;
        prose_words(&p, value.bytes);
        prose_end(&p);
    }
    if (value.failed)
        l->g.w->out.failed = true;
    text_free(&value);
}

bool write_list(writer *w, const relcoord_table *table, const char *columns, const char *where,
                const size_t *rows, size_t row_count)
{
    list l = {.g = {.w = w, .table = table, .rows = rows, .row_count = row_count,
                    .line_width = (size_t)options_integer(w->options, "width")}};
    bool going_on = false;

    l.g.columns = memory_zeroed(table->column_count, sizeof *l.g.columns);
    l.common = memory_new(table->column_count, sizeof *l.common);
    if (!l.g.columns || !l.common) {
        w->out.failed = true;
        goto done;
    }
    choose_columns(&l, columns, where);
    going_on = l.g.column_count == 0 || grid_write(&l.g);
    if (going_on) {
        write_common(&l);
        explain_codes(w, &table->columns[table->column_count - 1], rows, row_count);
    }
done:
    if (l.interval.failed)
        w->out.failed = true;
    text_free(&l.interval);
    memory_free(l.common);
    grid_free(&l.g);
    return going_on;
}
