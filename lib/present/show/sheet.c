#include "present/show/sheet.h"

#include "present/show/value.h"
#include "words/words.h"

size_t sheet_row(const sheet *s, size_t row, size_t column)
{
    size_t across = s->column_count - s->key_count - s->tail_count;

    if (column < s->key_count || column >= s->key_count + across || !s->cells)
        return s->rows[row];
    return s->cells[row * across + column - s->key_count];
}

bool sheet_repeats(const sheet *s, size_t row, size_t column)
{
    if (!row || column + 1 >= s->key_count)
        return false;
    for (size_t i = 0; i <= column; i++)
        if (!same_cell(s->columns[i].parts[0].column, s->rows[row], s->rows[row - 1]))
            return false;
    return true;
}

static void add_bound(const sheet *s, const part *p, size_t row, text *out)
{
    bool low = p->style == PART_LOW;

    if (!p->column->valid[row] && !p->partner->valid[row]) {
        if (!low && !s->cells)
            text_add(out, NO_VALUE);
        return;
    }
    text_add(out, low ? "[" : "");
    if (p->column->valid[row])
        add_value(s->w, s->table, p->column, row, out);
    else
        text_add(out, NO_VALUE);
    text_add(out, low ? word(s->w->lang, WORD_BETWEEN) : "]");
}

static void add_part(const sheet *s, const part *p, size_t row, bool first, text *out)
{
    if (row == NO_TABLE_ROW) {
        text_add(out, first ? NOT_THERE : "");
    } else if (p->style == PART_LOW || p->style == PART_HIGH) {
        add_bound(s, p, row, out);
    } else if (!p->column->valid[row]) {
        if (first && p->column->spec.type != RELCOORD_STRING)
            legend_add_no_value(s->marks, note_of(s->table, row), out);
    } else if (p->style == PART_LETTER) {
        const char *whole = shown_string(s->w, s->table, p->column, row);
        legend_add_word(s->marks, whole, out);
        if (*whole && table_note_has(note_of(s->table, row), "uncertain"))
            text_add(out, "?");
    } else {
        text_add(out, p->style == PART_BRACKET ? "(" : "");
        add_value(s->w, s->table, p->column, row, out);
        text_add(out, p->style == PART_BRACKET ? ")" : "");
    }
}

void sheet_add_part(const sheet *s, const part *p, size_t row, bool first, text *out)
{
    add_part(s, p, row, first, out);
    if (!s->footnotes || row == NO_TABLE_ROW)
        return;
    const sheet_column *marked = &s->columns[s->marked];
    if (p == &marked->parts[marked->part_count - 1])
        footnotes_add_marks(s->footnotes, row, out);
}
