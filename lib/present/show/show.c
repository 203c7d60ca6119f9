#include "present/show/show.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/front.h"
#include "present/show/list.h"
#include "present/show/pivot.h"
#include "present/show/value.h"
#include "words/words.h"

/* ---- Tables by their views ------------------------------------------------------------------- */

/* The rows that a view shows: all, or those with COLUMN=VALUE. NULL when memory runs out. */
static size_t *choose_rows(const relcoord_table *table, const char *where, size_t *count)
{
    size_t *rows = memory_new(table->row_count, sizeof *rows);
    const char *equals = where ? strchr(where, '=') : NULL;
    const table_column *column = equals ? named_column(table, where, (size_t)(equals - where))
                                        : NULL;

    *count = 0;
    if (column && column->spec.type != RELCOORD_STRING)
        column = NULL;
    for (size_t i = 0; rows && i < table->row_count; i++)
        if (!column || strcmp(column->values.strings[i], equals + 1) == 0)
            rows[(*count)++] = i;
    return rows;
}

/* A view without rows: why, where the analysis says so of the whole table. */
static void show_nothing(show *s, const relcoord_table *table)
{
    const char *why = table->row_count == 0 ? table->why_empty : NULL;
    text said = {0};
    text_add_format(&said, why ? "(%s)" : "%s",
                    why ? shown_text(s->w, why) : word(s->w->lang, WORD_NO_ROWS));
    show_item(s, LINE_NOTHING, "", said.bytes ? said.bytes : "");
    show_end_line(s);
    s->w->out.failed = s->w->out.failed || said.failed;
    text_free(&said);
}

static bool show_view(show *s, const relcoord_table *table, const view_spec *view)
{
    bool going_on = true;
    size_t count, *rows = choose_rows(table, view->where, &count);

    if (!rows) {
        s->w->out.failed = true;
        return false;
    }
    if (!count && view->kind == VIEW_LIST_IF_ANY && !writer_names_tables(s->w)) {
        memory_free(rows);
        return true;
    }
    s->by->title(s, shown_text(s->w, view->title));
    if (!count) {
        show_nothing(s, table);
    } else if (view->kind == VIEW_PIVOT) {
        going_on = show_pivot(s, table, view, rows, count);
    } else {
        going_on = show_list(s, table, view->rows, view->where, rows, count);
    }
    memory_free(rows);
    return going_on;
}

static bool show_table(show *s, const relcoord_table *table)
{
    const table_spec *spec = table->spec;
    const view_spec whole = {VIEW_LIST, spec->help ? spec->help : spec->name, NULL, NULL, NULL,
                             NULL};

    if (!spec->views)
        return show_view(s, table, &whole);
    for (const view_spec *view = spec->views; view->kind; view++)
        if (view->kind != VIEW_NETWORK && !show_view(s, table, view))
            return false;
    return true;
}

static void show_notes(show *s)
{
    const relcoord_result *result = s->w->result;
    text words = {0}, clean = {0};

    for (size_t i = 0; i < result->note_count; i++) {
        text_clear(&words);
        text_clear(&clean);
        if (!words_add_note(s->w->lang, &result->notes[i], &words))
            text_add(&words, result->notes[i].words);
        add_clean(&clean, words.bytes ? words.bytes : "");
        s->by->note(s, clean.bytes ? clean.bytes : "", i == 0);
    }
    s->w->out.failed = s->w->out.failed || words.failed || clean.failed;
    text_free(&words);
    text_free(&clean);
}

bool show_result(writer *w, const presenter *by, void *own)
{
    show s = {.w = w, .by = by, .own = own};

    w->own_names = by->own_names && w->lang == ENGLISH;
    w->narrow = by->narrow;
    if (by->page)
        show_subtitle(&s);
    else
        show_call(&s);
    for (size_t i = 0; i < w->result->table_count; i++) {
        const relcoord_table *table = w->result->tables[i];
        if (writer_shows(w, table) && !show_table(&s, table))
            return false;
    }
    show_notes(&s);
    if (by->page)
        show_call(&s);
    return true;
}
