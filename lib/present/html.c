#include "present/html.h"

#include <string.h>

#include "present/html_style.h"
#include "present/show/front.h"
#include "present/show/legend.h"
#include "present/show/sheet.h"
#include "present/show/show.h"
#include "present/show/value.h"
#include "words/words.h"

typedef struct html_page {
    text title, group; /* of the next sheet */
    text piece;        /* scratch */
    bool more;         /* the title stands above already */
    bool in_notes;
} html_page;

/* ---- Escaping -------------------------------------------------------------------------------- */

/* Good in text and in attributes. */
static void add_escaped(text *out, const char *string)
{
    for (size_t length; *string; string += length) {
        length = strcspn(string, "&<>\"'");
        text_add_bytes(out, string, length);
        if (!string[length])
            return;
        switch (string[length]) {
        case '&': text_add(out, "&amp;"); break;
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        case '"': text_add(out, "&quot;"); break;
        default: text_add(out, "&#39;");
        }
        length++;
    }
}

static void add_attribute(text *out, const char *name, const char *value)
{
    text_add_format(out, " %s=\"", name);
    add_escaped(out, value);
    text_add_bytes(out, "\"", 1);
}

/* For screen readers alone. */
static void add_unseen(text *out, const char *string)
{
    text_add(out, "<span class=\"unseen\">");
    add_escaped(out, string);
    text_add(out, "</span>");
}

/* ---- Cells ----------------------------------------------------------------------------------- */

/* Bands have a colour: the class of the one in a cell, or NULL. */
static const char *band_of(const table_column *column, size_t row)
{
    if (strcmp(column->spec.name, "band") != 0 || column->spec.type != RELCOORD_STRING
        || !column->valid[row])
        return NULL;
    return words_value(ENGLISH, false, "", "band", column->values.strings[row])
               ? column->values.strings[row]
               : NULL;
}

static const char *band_of_cell(const sheet_column *c, size_t row)
{
    const char *band = NULL;

    for (size_t i = 0; i < c->part_count && !band; i++)
        band = band_of(c->parts[i].column, row);
    return band;
}

/* A number, or an interval, that is not there. */
static bool is_nothing(const sheet_column *c, size_t row)
{
    const part *first = &c->parts[0];

    if (row == NO_TABLE_ROW)
        return true;
    if (first->column->spec.type == RELCOORD_STRING || first->column->valid[row])
        return false;
    return first->style != PART_LOW || !first->partner->valid[row];
}

static void add_nothing(const sheet *of, size_t row, text *out, text *reason)
{
    text_clear(reason);
    if (row == NO_TABLE_ROW)
        text_add(reason, NOT_THERE);
    else
        legend_add_no_value(of->marks, note_of(of->table, row), reason);
    text_add_format(out, "<span aria-hidden=\"true\">%s</span>",
                    reason->bytes ? reason->bytes : "");
    text_clear(reason);
    if (row == NO_TABLE_ROW)
        text_add(reason, word(of->w->lang, WORD_NOT_THERE));
    else
        add_reasons(of->w, note_of(of->table, row), reason);
    add_unseen(out, reason->bytes ? reason->bytes : "");
}

/* The text of a part. A doubted band is marked by a sign that is read as a word. */
static void add_part(const sheet *of, const part *p, size_t row, text *out, text *piece)
{
    text_clear(piece);
    sheet_add_part(of, p, row, false, piece);
    if (!piece->length)
        return;
    bool doubted = p->style == PART_LETTER && piece->bytes[piece->length - 1] == '?'
                   && table_note_has(note_of(of->table, row), "uncertain");
    if (doubted)
        piece->bytes[--piece->length] = '\0';
    add_escaped(out, piece->bytes);
    if (!doubted)
        return;
    text_add(out, "<span aria-hidden=\"true\">?</span>");
    text_clear(piece);
    text_add_format(piece, " (%s)", word(of->w->lang, WORD_DOUBTED));
    add_unseen(out, piece->bytes ? piece->bytes : "");
}

/* In a pivot what stands beside the estimate goes on a line of its own. */
static void add_parts(const sheet *of, const sheet_column *c, size_t row, text *out, text *piece)
{
    bool below = of->cells != NULL;

    for (size_t i = 0; i < c->part_count; i++) {
        text_add(out, i == 1 && below ? " <small>" : i ? " " : "");
        add_part(of, &c->parts[i], row, out, piece);
    }
    text_add(out, c->part_count > 1 && below ? "</small>" : "");
}

static void write_cell(html_page *page, const sheet *of, size_t row, size_t column, text *out)
{
    const sheet_column *c = &of->columns[column];
    size_t at = sheet_row(of, row, column);
    bool nothing = is_nothing(c, at);
    const char *band = nothing ? NULL : band_of_cell(c, at);
    const char *kind = c->numeric || c->part_count > 1 ? "figures" : "words";

    text_add_format(out, "<td class=\"%s%s%s\">", nothing ? "none" : kind, band ? " " : "",
                    band ? band : "");
    if (nothing)
        add_nothing(of, at, out, &page->piece);
    else
        add_parts(of, c, at, out, &page->piece);
    text_add(out, "</td>");
}

/* How many rows a key stands for: those below that repeat it. */
static size_t rows_of_key(const sheet *of, size_t row, size_t column)
{
    size_t end = row + 1;

    while (end < of->row_count && sheet_repeats(of, end, column))
        end++;
    return end - row;
}

static void write_key(html_page *page, const sheet *of, size_t row, size_t column, text *out)
{
    size_t span;

    if (sheet_repeats(of, row, column))
        return;
    span = rows_of_key(of, row, column);
    text_add_format(out, "<th scope=\"row\" class=\"key%s%s\"", column ? "" : " first",
                    row + span == of->row_count ? " last" : "");
    if (span > 1)
        text_add_format(out, " rowspan=\"%zu\"", span);
    text_add(out, ">");
    add_parts(of, &of->columns[column], sheet_row(of, row, column), out, &page->piece);
    text_add(out, "</th>");
}

/* ---- Sheets ---------------------------------------------------------------------------------- */

static void write_header(const sheet *of, size_t column, text *out, bool tall)
{
    const sheet_column *c = &of->columns[column];
    bool left = column < of->key_count || (!c->numeric && c->part_count == 1 && !of->cells);

    text_add(out, "<th scope=\"col\"");
    if (left)
        add_attribute(out, "class",
                      column >= of->key_count ? "words"
                      : column                ? "key"
                                              : "key first");
    if (tall)
        add_attribute(out, "rowspan", "2");
    if (c->help && *c->help)
        add_attribute(out, "title", shown_text(of->w, c->help));
    text_add(out, ">");
    add_escaped(out, c->header);
    text_add(out, "</th>");
}

/* Above the columns of a pivot stands what they are. */
static void write_headers(const sheet *of, text *out)
{
    bool two = of->across && of->key_count < of->column_count;
    size_t tail = of->column_count - of->tail_count;

    text_add(out, "<thead>\n<tr>");
    for (size_t i = 0; i < (two ? of->key_count : of->column_count); i++)
        write_header(of, i, out, two);
    if (two) {
        text_add_format(out, "<th scope=\"colgroup\" class=\"across\" colspan=\"%zu\">",
                        tail - of->key_count);
        add_escaped(out, of->across);
        text_add(out, "</th>");
        for (size_t i = tail; i < of->column_count; i++)
            write_header(of, i, out, true);
        text_add(out, "</tr>\n<tr>");
        for (size_t i = of->key_count; i < tail; i++)
            write_header(of, i, out, false);
    }
    text_add(out, "</tr>\n</thead>\n");
}

static void write_caption(const html_page *page, text *out)
{
    text_add(out, "<caption><span class=\"name\">");
    add_escaped(out, page->title.bytes ? page->title.bytes : "");
    text_add(out, "</span>");
    if (page->group.length) {
        text_add(out, " <span class=\"group\">");
        add_escaped(out, page->group.bytes);
        text_add(out, "</span>");
    }
    text_add(out, "</caption>\n");
}

static bool write_sheet(show *s, const sheet *of)
{
    html_page *page = s->own;
    text *out = &s->w->out;

    text_add_format(out, "<div class=\"sheet%s\" role=\"region\" tabindex=\"0\"",
                    page->more ? " more" : "");
    text_clear(&page->piece);
    text_add(&page->piece, page->title.bytes ? page->title.bytes : "");
    if (page->group.length)
        text_add_format(&page->piece, ", %s", page->group.bytes);
    add_attribute(out, "aria-label", page->piece.bytes ? page->piece.bytes : "");
    text_add(out, ">\n<table>\n");
    write_caption(page, out);
    write_headers(of, out);
    text_add(out, "<tbody>\n");
    for (size_t row = 0; row < of->row_count; row++) {
        text_add(out, "<tr>");
        for (size_t i = 0; i < of->key_count; i++)
            write_key(page, of, row, i, out);
        for (size_t i = of->key_count; i < of->column_count; i++)
            write_cell(page, of, row, i, out);
        text_add(out, "</tr>\n");
        if (!writer_flow(s->w))
            return false;
    }
    text_add(out, "</tbody>\n</table>\n</div>\n");
    page->more = true;
    return true;
}

/* ---- The page -------------------------------------------------------------------------------- */

static void begin_title(show *s, const char *title)
{
    html_page *page = s->own;

    text_clear(&page->title);
    text_add(&page->title, title);
    text_clear(&page->group);
    page->more = false;
}

/* Below the tables: the notes, and what made the figures. */
static void begin_notes(show *s)
{
    html_page *page = s->own;

    if (!page->in_notes)
        text_add(&s->w->out, "<div class=\"notes\">\n");
    page->in_notes = true;
}

static void add_item(show *s, line_kind kind, const char *separator, const char *item)
{
    static const char *const classes[] = {[LINE_SUBTITLE] = "subtitle",
                                          [LINE_CALL] = "call",
                                          [LINE_REMARK] = "remark",
                                          [LINE_NOTHING] = "remark"};
    html_page *page = s->own;
    text *out = &s->w->out;

    if (kind == LINE_GROUP) {
        if (!s->begun)
            text_clear(&page->group);
        text_add(&page->group, separator);
        text_add(&page->group, item);
        return;
    }
    if (kind == LINE_CALL && !s->begun)
        begin_notes(s);
    if (kind == LINE_NOTHING) {
        text_add(out, "<p class=\"title\">");
        add_escaped(out, page->title.bytes ? page->title.bytes : "");
        text_add(out, "</p>\n");
    }
    if (!s->begun)
        text_add_format(out, "<p class=\"%s\">", classes[kind]);
    add_escaped(out, separator);
    add_escaped(out, item);
}

static void end_line(show *s, line_kind kind)
{
    if (kind != LINE_GROUP)
        text_add(&s->w->out, "</p>\n");
}

static void write_note(show *s, const char *note, bool first)
{
    text *out = &s->w->out;

    (void)first;
    begin_notes(s);
    text_add_format(out, "<p class=\"note\">%s ", word(s->w->lang, WORD_NOTE));
    add_escaped(out, note);
    text_add(out, "</p>\n");
}

static const presenter html_presenter = {
    .page = true,
    .title = begin_title,
    .item = add_item,
    .end_line = end_line,
    .sheet = write_sheet,
    .note = write_note,
};

static void write_head(writer *w, const char *heading)
{
    text *out = &w->out;
    const char *lang = word(w->lang, WORD_LANGUAGE);

    text_add_format(out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                    lang);
    text_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    add_escaped(out, heading);
    text_add(out, "</title>\n<style>\n");
    text_add(out, html_style);
    text_add_format(out,
                    "</style>\n</head>\n<body style=\"margin:0\">\n<article class=\"relcoord\" "
                    "lang=\"%s\">\n<h1>",
                    lang);
    add_escaped(out, heading);
    text_add(out, "</h1>\n");
}

static void write_html(writer *w)
{
    html_page page = {0};
    text heading = {0};

    add_page_heading(w, &heading);
    write_head(w, heading.bytes ? heading.bytes : "");
    if (show_result(w, &html_presenter, &page))
        text_add_format(&w->out, "%s</article>\n</body>\n</html>\n",
                        page.in_notes ? "</div>\n" : "");
    if (heading.failed || page.title.failed || page.group.failed || page.piece.failed)
        w->out.failed = true;
    text_free(&heading);
    text_free(&page.title);
    text_free(&page.group);
    text_free(&page.piece);
}

const output_format html_format = {
    .name = "html",
    .help = "a page to read, print or send",
    .write = write_html,
};
