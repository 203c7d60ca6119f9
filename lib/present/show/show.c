#include "present/show/show.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/front.h"
#include "present/show/list.h"
#include "present/show/pivot.h"
#include "present/show/rows.h"
#include "present/show/value.h"
#include "words/words.h"

/* ---- Tables by their views ------------------------------------------------------------------- */

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

/* How many of its views a page has: where the table is not asked for by name, the first ones. */
static size_t views_shown(const writer *w, const relcoord_table *table)
{
    const table_spec *spec = table->spec;

    return spec->first_views && !writer_names_tables(w) && !table->chosen ? spec->first_views
                                                                          : SIZE_MAX;
}

static bool show_table(show *s, const relcoord_table *table)
{
    const table_spec *spec = table->spec;
    const view_spec whole = {VIEW_LIST, spec->help ? spec->help : spec->name, NULL, NULL, NULL,
                             NULL};
    size_t most = views_shown(s->w, table);

    const view_spec *views = s->w->apa && spec->apa ? spec->apa : spec->views;

    if (!views)
        return show_view(s, table, &whole);
    for (const view_spec *view = views; view->kind && (size_t)(view - views) < most; view++)
        if (view->kind != VIEW_NETWORK && !show_view(s, table, view))
            return false;
    return true;
}

/* Whether some of a table with rows is left out until it is asked for. */
static bool has_more(const writer *w, const relcoord_table *table)
{
    size_t views = 0;

    while (table->spec->views && table->spec->views[views].kind)
        views++;
    return table->row_count
           && (!writer_shows(w, table) || (views && views_shown(w, table) < views));
}

/* What more there is, and how to ask for it. */
static void show_more(show *s)
{
    const relcoord_result *result = s->w->result;
    text item = {0};
    bool any = false;

    for (size_t i = 0; i < result->table_count && !writer_names_tables(s->w); i++) {
        if (!has_more(s->w, result->tables[i]))
            continue;
        text_clear(&item);
        text_add_format(&item, "%s%s", any ? "" : shown_text(s->w, "More: tables "),
                        relcoord_table_name(result->tables[i]));
        show_item(s, LINE_MORE, ", ", item.bytes ? item.bytes : "");
        any = true;
    }
    if (any)
        show_item(s, LINE_MORE, "; ",
                  shown_text(s->w, "the option tables names those wanted, or all"));
    show_end_line(s);
    s->w->out.failed = s->w->out.failed || item.failed;
    text_free(&item);
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
    w->codes = !by->page;
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
    if (by->end)
        by->end(&s);
    if (by->page)
        show_call(&s);
    else
        show_more(&s);
    return true;
}
