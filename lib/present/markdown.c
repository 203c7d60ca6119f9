#include "present/markdown.h"

#include <string.h>

#include "present/show/front.h"
#include "present/show/sheet.h"
#include "present/show/show.h"
#include "words/words.h"

typedef struct markdown_page {
    text piece, cell; /* scratch */
} markdown_page;

/* ---- Escaping -------------------------------------------------------------------------------- */

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Marks that mean something inside a line. Within a word _ means nothing, and left_out stays
 * readable. */
static bool is_mark(const char *string, size_t at)
{
    if (string[at] == '_')
        return !at || !is_letter_or_digit(string[at - 1]) || !is_letter_or_digit(string[at + 1]);
    return string[at] && strchr("\\`*[]<>|&~$", string[at]);
}

static void add_escaped(text *out, const char *string)
{
    size_t from = 0, at = 0;

    for (; string[at]; at++)
        if (is_mark(string, at)) {
            text_add_bytes(out, string + from, at - from);
            text_add_bytes(out, "\\", 1);
            from = at;
        }
    text_add_bytes(out, string + from, at - from);
}

/* The same for what begins a line, where more marks mean something: "# ", "- ", "+ ", "1. ",
 * "===". */
static void add_escaped_line(text *out, const char *string)
{
    string += strspn(string, " ");
    size_t digits = strspn(string, "0123456789");
    if (*string && strchr("#-+=", *string)) {
        text_add(out, "\\");
    } else if (digits && (string[digits] == '.' || string[digits] == ')')) {
        text_add_bytes(out, string, digits);
        text_add(out, "\\");
        string += digits;
    }
    add_escaped(out, string);
}

/* ---- Sheets ---------------------------------------------------------------------------------- */

/* Every key is written out: in Markdown a cell cannot stand for several rows. */
static void add_cell(markdown_page *page, const sheet *of, size_t row, size_t column)
{
    const sheet_column *c = &of->columns[column];
    size_t at = sheet_row(of, row, column);

    text_clear(&page->cell);
    for (size_t i = 0; i < c->part_count; i++) {
        text_clear(&page->piece);
        sheet_add_part(of, &c->parts[i], at, i == 0, &page->piece);
        if (!page->piece.length)
            continue;
        text_add(&page->cell, page->cell.length ? " " : "");
        text_add(&page->cell, page->piece.bytes);
    }
}

/* "workgroup / target": the last key's header also says what the columns behind it are. */
static void write_headers(const sheet *of, text *out)
{
    for (size_t i = 0; i < of->column_count; i++) {
        text_add(out, "| ");
        add_escaped(out, of->columns[i].header);
        if (of->across && i + 1 == of->key_count) {
            text_add(out, " / ");
            add_escaped(out, of->across);
        }
        text_add(out, " ");
    }
    text_add(out, "|\n");
    for (size_t i = 0; i < of->column_count; i++) {
        const sheet_column *c = &of->columns[i];
        bool left = i < of->key_count || (!c->numeric && c->part_count == 1);
        text_add(out, left ? "|---" : "|--:");
    }
    text_add(out, "|\n");
}

static bool write_sheet(show *s, const sheet *of)
{
    markdown_page *page = s->own;
    text *out = &s->w->out;

    text_add(out, "\n");
    write_headers(of, out);
    for (size_t row = 0; row < of->row_count; row++) {
        for (size_t i = 0; i < of->column_count; i++) {
            add_cell(page, of, row, i);
            text_add(out, "| ");
            add_escaped(out, page->cell.bytes ? page->cell.bytes : "");
            text_add(out, page->cell.length ? " " : "");
        }
        text_add(out, "|\n");
        if (!writer_flow(s->w))
            return false;
    }
    return true;
}

/* ---- The page -------------------------------------------------------------------------------- */

static void begin_title(show *s, const char *title)
{
    text_add(&s->w->out, "\n## ");
    add_escaped(&s->w->out, title);
    text_add(&s->w->out, "\n");
}

static void add_item(show *s, line_kind kind, const char *separator, const char *item)
{
    text *out = &s->w->out;

    if (s->begun) {
        add_escaped(out, separator);
        add_escaped(out, item);
    } else {
        text_add(out, kind == LINE_GROUP ? "\n### " : "\n");
        add_escaped_line(out, item);
    }
}

static void end_line(show *s, line_kind kind)
{
    (void)kind;
    text_add(&s->w->out, "\n");
}

static void write_note(show *s, const char *note, bool first)
{
    text_add(&s->w->out, first ? "\n- " : "- ");
    add_escaped_line(&s->w->out, note);
    text_add(&s->w->out, "\n");
}

static const presenter markdown_presenter = {
    .page = true,
    .title = begin_title,
    .item = add_item,
    .end_line = end_line,
    .sheet = write_sheet,
    .note = write_note,
};

static void write_markdown(writer *w)
{
    markdown_page page = {0};
    text heading = {0};

    add_page_heading(w, &heading);
    text_add(&w->out, "# ");
    add_escaped(&w->out, heading.bytes ? heading.bytes : "");
    text_add(&w->out, "\n");
    show_result(w, &markdown_presenter, &page);
    if (heading.failed || page.piece.failed || page.cell.failed)
        w->out.failed = true;
    text_free(&heading);
    text_free(&page.piece);
    text_free(&page.cell);
}

const output_format markdown_format = {
    .name = "markdown",
    .help = "the same with pipe tables, for a text that is written on",
    .write = write_markdown,
};
