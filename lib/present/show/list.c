#include "present/show/list.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/footnotes.h"
#include "present/show/front.h"
#include "present/show/rows.h"
#include "present/show/sheet.h"
#include "present/show/value.h"
#include "words/words.h"

typedef struct list {
    sheet of;
    const table_column **common; /* columns of words equal in all rows */
    size_t common_count;
    text interval; /* the header of a confidence interval */
    bool page;     /* codes are footnotes */
    footnotes notes;
} list;

static bool is_empty(const table_column *column, const size_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (column->valid[rows[i]]
            && (column->spec.type != RELCOORD_STRING || *column->values.strings[rows[i]]))
            return false;
    return true;
}

/* Whether the notes of all rows say nothing about the columns shown. They are the last column. */
static bool are_idle(const footnotes *f, const table_column *column)
{
    for (size_t i = 0; i < f->row_count && column->spec.kind == RELCOORD_NOTE; i++)
        if (!footnotes_are_idle(f, note_of(f->table, f->rows[i])))
            return false;
    return column->spec.kind == RELCOORD_NOTE;
}

/* The column that the view chose its rows by has one value as well. */
static bool is_common(const table_column *column, const char *where, const size_t *rows,
                      size_t count)
{
    if (where_fixes(where, column->spec.name))
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

/* "95 % CI", the level from the result's option "confidence"; other intervals by their own
 * names. */
static const char *interval_header(list *l, const char *low_name, size_t stem)
{
    const writer *w = l->of.w;

    if (stem != 2 || strncmp(low_name, "ci", 2) != 0)
        return shown_heading(w, l->of.table, low_name);
    text_clear(&l->interval);
    add_confidence_level(w, &l->interval);
    text_add(&l->interval, l->interval.length ? word(w->lang, WORD_LEVEL) : "");
    text_add(&l->interval, word(w->lang, WORD_INTERVAL));
    return l->interval.bytes ? l->interval.bytes : "";
}

/* Adds a column of the table, with its partner if it has one; returns how many it took. */
static size_t add_column(list *l, size_t index)
{
    sheet *s = &l->of;
    const table_column *column = &s->table->columns[index];
    sheet_column *c = &s->columns[s->column_count];
    bool key = column->spec.kind == RELCOORD_KEY && s->key_count == s->column_count;
    size_t stem = index + 1 < s->table->column_count ? interval_stem(column, column + 1) : 0;

    s->column_count++;
    s->key_count += key;
    c->header = shown_heading(s->w, s->table, column->spec.name);
    c->help = column->spec.help;
    c->numeric = column->spec.type != RELCOORD_STRING;
    c->parts[0] = (part){.column = column, .style = PART_PLAIN};
    c->part_count = 1;
    if (!stem)
        return 1;
    c->header = interval_header(l, column->spec.name, stem);
    c->help = NULL;
    c->parts[0] = (part){column, column + 1, PART_LOW};
    c->parts[1] = (part){column + 1, column, PART_HIGH};
    c->part_count = 2;
    return 2;
}

static bool is_estimator(const table_column *column)
{
    return strcmp(column->spec.name, "estimator") == 0;
}

static bool is_of_footnotes(const table_column *column)
{
    return column->spec.kind == RELCOORD_NOTE || is_estimator(column);
}

static void choose_columns(list *l, const char *names, const char *where)
{
    const sheet *s = &l->of;
    const relcoord_table *table = s->table;

    for (size_t i = 0; i < table->column_count;) {
        const table_column *column = &table->columns[i];
        bool empty = is_empty(column, s->rows, s->row_count) || are_idle(&l->notes, column);
        bool listed = !column->of && is_listed(table, i, names);
        if (i + 1 < table->column_count && interval_stem(column, column + 1))
            empty = empty && is_empty(column + 1, s->rows, s->row_count);
        bool shown = !empty && listed;
        l->notes.estimators = l->notes.estimators || (shown && is_estimator(column));
        l->notes.bands = l->notes.bands || (shown && strcmp(column->spec.name, "band") == 0);
        if (!shown)
            i++;
        else if (l->page && is_of_footnotes(column))
            i++;
        else if (is_common(column, where, s->rows, s->row_count))
            l->common[l->common_count++] = &table->columns[i++];
        else
            i += add_column(l, i);
    }
}

/* ---- Below the list -------------------------------------------------------------------------- */

/* "estimator: mean_cr2 in all rows" */
static void explain_common(const list *l, show *s)
{
    text value = {0};

    for (size_t i = 0; i < l->common_count; i++) {
        text_clear(&value);
        text_add_format(&value, "%s: ", shown_heading(s->w, l->of.table, l->common[i]->spec.name));
        add_value(s->w, l->of.table, l->common[i], l->of.rows[0], &value);
        text_add_format(&value, " %s", word(s->w->lang, WORD_SAME));
        if (value.failed)
            break;
        show_item(s, LINE_REMARK, "", value.bytes);
        show_end_line(s);
    }
    if (value.failed)
        s->w->out.failed = true;
    text_free(&value);
}

bool show_list(show *s, const relcoord_table *table, const char *columns, const char *where,
               const size_t *rows, size_t row_count)
{
    list l = {.of = {.w = s->w, .table = table, .rows = rows, .row_count = row_count},
              .notes = {.table = table, .rows = rows, .row_count = row_count},
              .page = s->by->page};
    bool going_on = false;

    l.of.columns = memory_zeroed(table->column_count, sizeof *l.of.columns);
    l.common = memory_new(table->column_count, sizeof *l.common);
    if (!l.of.columns || !l.common) {
        s->w->out.failed = true;
        goto done;
    }
    choose_columns(&l, columns, where);
    if (!footnotes_gather(&l.notes)) {
        s->w->out.failed = true;
        goto done;
    }
    if (l.page && l.of.column_count) {
        l.of.footnotes = &l.notes;
        l.of.marked = l.of.key_count ? l.of.key_count - 1 : 0;
    }
    going_on = l.of.column_count == 0 || s->by->sheet(s, &l.of);
    if (going_on) {
        explain_common(&l, s);
        footnotes_explain(&l.notes, s);
    }
done:
    footnotes_free(&l.notes);
    if (l.interval.failed)
        s->w->out.failed = true;
    text_free(&l.interval);
    memory_free(l.common);
    memory_free(l.of.columns);
    return going_on;
}
