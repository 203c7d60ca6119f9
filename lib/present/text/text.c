#include "present/text/text.h"

#include <string.h>

#include "base/utf8.h"
#include "present/show/legend.h"
#include "present/show/show.h"
#include "present/show/value.h"
#include "present/text/grid.h"
#include "present/text/prose.h"
#include "words/words.h"

/* ---- A page ---------------------------------------------------------------------------------- */

typedef struct text_page {
    prose line;
    text explained; /* the whole headers that were explained last */
    bool grouped;   /* a group has its sheet already */
    bool shown;     /* a sheet stands above, with no words for the next one in between */
} text_page;

static void begin_title(show *s, const char *title)
{
    text_page *page = s->own;
    prose line = {.w = s->w};

    page->grouped = page->shown = false;
    text_add(&s->w->out, "\n");
    prose_words(&line, title);
    prose_end(&line);
    text_add(&s->w->out, "\n");
}

static void add_item(show *s, line_kind kind, const char *separator, const char *item)
{
    text_page *page = s->own;

    if (!page->line.column && (kind == LINE_MORE || (kind == LINE_GROUP && page->grouped)))
        text_add(&s->w->out, "\n");
    page->shown = page->shown && kind != LINE_GROUP;
    prose_item(&page->line, separator, item);
}

static void end_line(show *s, line_kind kind)
{
    text_page *page = s->own;

    prose_end(&page->line);
    if (kind != LINE_GROUP)
        return;
    page->grouped = true;
    text_add(&s->w->out, "\n");
}

/* A header that is explained: "frequent", or "1 = …". */
static void name_header(const sheet *of, size_t column, grid_headers headers, text *name)
{
    text_clear(name);
    if (headers == HEADERS_NUMBERED)
        text_add_format(name, "%zu = ", column - of->key_count + 1);
    text_add(name, of->columns[column].header);
}

/* The whole names of headers that were cut, or numbered, unless they stand above already. */
static void explain_headers(show *s, const sheet *of, grid_headers headers)
{
    text_page *page = s->own;
    text names = {0}, name = {0};
    size_t end = of->column_count - (headers == HEADERS_NUMBERED ? of->tail_count : 0);

    for (size_t i = of->key_count; i < end; i++) {
        name_header(of, i, headers, &name);
        text_add_format(&names, "%s\n", name.bytes ? name.bytes : "");
    }
    if (names.failed || name.failed)
        s->w->out.failed = true;
    else if (!page->explained.bytes || strcmp(page->explained.bytes, names.bytes) != 0) {
        text_clear(&page->explained);
        text_add(&page->explained, names.bytes);
        show_item(s, LINE_REMARK, "", word(s->w->lang, WORD_COLUMNS));
        for (size_t i = of->key_count; i < end; i++) {
            name_header(of, i, headers, &name);
            show_item(s, LINE_REMARK, i > of->key_count ? ", " : " ", name.bytes);
        }
        show_end_line(s);
    }
    text_free(&names);
    text_free(&name);
}

static bool write_sheet(show *s, const sheet *of)
{
    text_page *page = s->own;
    grid_headers headers;
    bool going_on;

    text_add(&s->w->out, page->shown ? "\n" : "");
    going_on = grid_write(s->w, of, &headers);
    page->shown = true;
    if (going_on && headers != HEADERS_WHOLE && of->cells)
        explain_headers(s, of, headers);
    return going_on;
}

static void write_note(show *s, const char *note, bool first)
{
    const char *label = word(s->w->lang, WORD_NOTE);
    prose line = {.w = s->w, .indent = utf8_width(label) + 1};

    text_add(&s->w->out, first ? "\n" : "");
    prose_words(&line, label);
    prose_words(&line, note);
    prose_end(&line);
}

static const presenter text_presenter = {
    .own_names = true,
    .narrow = true,
    .letters = true,
    .title = begin_title,
    .item = add_item,
    .end_line = end_line,
    .sheet = write_sheet,
    .note = write_note,
};

static void write_text(writer *w)
{
    text_page page = {.line = {.w = w, .indent = 2}};
    text title = {0};

    add_clean(&title, options_text(w->options, "title"));
    prose_item(&page.line, "", title.bytes ? title.bytes : "");
    prose_end(&page.line);
    w->out.failed = w->out.failed || title.failed;
    text_free(&title);
    show_result(w, &text_presenter, &page);
    w->out.failed = w->out.failed || page.explained.failed;
    text_free(&page.explained);
}

const output_format text_format = {
    .name = "text",
    .help = "for people: figures in columns, a legend, the notes",
    .write = write_text,
};
