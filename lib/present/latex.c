/* Tables for a LaTeX document: what is written is put into one by \input. It needs booktabs, and
 * longtable for a table of more rows than a page has; no table needs a package for numbers, as
 * those of a column have the same decimals and stand to the right. */
#include "present/latex.h"

#include <string.h>

#include "base/utf8.h"
#include "present/show/front.h"
#include "present/show/sheet.h"
#include "present/show/show.h"
#include "present/show/value.h"
#include "words/words.h"

enum {
    ROWS_OF_A_PAGE = 40,
    MANY_COLUMNS = 7 /* more are set in smaller type */
};

typedef struct latex_page {
    text title, group; /* of the next table */
    text piece;        /* scratch */
    bool open;         /* a table whose footnotes may follow */
    bool long_one;     /* it breaks over pages */
    bool footnotes;    /* it has some already */
} latex_page;

/* ---- Escaping -------------------------------------------------------------------------------- */

/* What LaTeX reads otherwise, or has no letter for. A bracket or star behind the end of a row would
 * be taken for its argument. */
static const char *const escapes[][2] = {
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"$", "\\$"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"_", "\\_"},
    {"%", "\\%"},
    {"~", "\\textasciitilde{}"},
    {"^", "\\textasciicircum{}"},
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"|", "\\textbar{}"},
    {"\"", "''"},
    {"[", "{[}"},
    {"]", "{]}"},
    {"*", "{*}"},
    {"α", "$\\alpha$"},
    {"β", "$\\beta$"},
    {"Δ", "$\\Delta$"},
    {"η", "$\\eta$"},
    {"κ", "$\\kappa$"},
    {"λ", "$\\lambda$"},
    {"ρ", "$\\rho$"},
    {"σ", "$\\sigma$"},
    {"τ", "$\\tau$"},
    {"χ", "$\\chi$"},
    {"ω", "$\\omega$"},
    {"ᵃ", "\\textsuperscript{a}"},
    {"ᵇ", "\\textsuperscript{b}"},
    {"ᶜ", "\\textsuperscript{c}"},
    {"ᵈ", "\\textsuperscript{d}"},
    {"ᵉ", "\\textsuperscript{e}"},
    {"ᶠ", "\\textsuperscript{f}"},
    {"ᵍ", "\\textsuperscript{g}"},
    {"ʰ", "\\textsuperscript{h}"},
    {"ⁱ", "\\textsuperscript{i}"},
    {"ʲ", "\\textsuperscript{j}"},
    {"ᵏ", "\\textsuperscript{k}"},
    {"ˡ", "\\textsuperscript{l}"},
    {"ᵐ", "\\textsuperscript{m}"},
    {"ⁿ", "\\textsuperscript{n}"},
    {"ᵒ", "\\textsuperscript{o}"},
    {"ᵖ", "\\textsuperscript{p}"},
    {"⁴", "$^4$"},
    {"⁵", "$^5$"},
    {"⁶", "$^6$"},
    {"⁷", "$^7$"},
    {"⁸", "$^8$"},
    {"⁹", "$^9$"},
    {"≤", "$\\leq$"},
    {"≥", "$\\geq$"},
    {"−", "$-$"},
};
enum { ESCAPE_COUNT = sizeof escapes / sizeof *escapes };

static void add_escaped(text *out, const char *string)
{
    while (*string) {
        size_t i = 0;
        while (i < ESCAPE_COUNT && strncmp(string, escapes[i][0], strlen(escapes[i][0])) != 0)
            i++;
        if (i < ESCAPE_COUNT) {
            text_add(out, escapes[i][1]);
            string += strlen(escapes[i][0]);
        } else {
            text_add_bytes(out, string++, 1);
        }
    }
}

/* A hyphen before a digit is a minus. */
static void add_number(text *out, const char *string)
{
    if (string[0] == '-' && string[1] >= '0' && string[1] <= '9') {
        text_add(out, "$-$");
        string++;
    }
    add_escaped(out, string);
}

/* ---- Tables ---------------------------------------------------------------------------------- */

static void close_table(show *s)
{
    latex_page *page = s->own;

    if (page->open && page->footnotes)
        text_add(&s->w->out, page->long_one ? "\\par}\n" : "\\end{minipage}\n");
    if (page->open && !page->long_one)
        text_add(&s->w->out, "\\end{table}\n");
    page->open = page->footnotes = false;
}

static bool stands_left(const sheet *of, size_t column)
{
    const sheet_column *c = &of->columns[column];

    return column < of->key_count || (!c->numeric && c->part_count == 1 && !of->cells);
}

static void add_caption(latex_page *page, text *out, const char *behind)
{
    text_add(out, "\\caption{");
    add_escaped(out, page->title.bytes ? page->title.bytes : "");
    if (page->group.length) {
        text_add(out, ": ");
        add_escaped(out, page->group.bytes);
    }
    text_add_format(out, "}%s\n", behind);
}

static void begin_table(show *s, const sheet *of)
{
    latex_page *page = s->own;
    text *out = &s->w->out;

    page->long_one = of->row_count > ROWS_OF_A_PAGE;
    text_add(out, page->long_one ? "\n{\\centering" : "\n\\begin{table}[htbp]\n\\centering");
    text_add(out, of->column_count > MANY_COLUMNS ? "\\footnotesize\\setlength{\\tabcolsep}{3pt}\n"
                                                  : "\n");
    if (!page->long_one)
        add_caption(page, out, "");
    text_add_format(out, "\\begin{%s}{", page->long_one ? "longtable" : "tabular");
    for (size_t i = 0; i < of->column_count; i++)
        text_add(out, stands_left(of, i) ? "l" : "r");
    text_add(out, "}\n");
    if (page->long_one)
        add_caption(page, out, "\\\\");
}

/* Where there are many columns, a heading of several words stands on as many lines. */
static void add_heading(const sheet *of, size_t column, latex_page *page, text *out)
{
    const char *words = of->columns[column].header;
    bool stacked = column >= of->key_count && of->column_count > MANY_COLUMNS && strchr(words, ' ')
                   && !of->columns[column].parts[0].partner;

    text_add(out, stacked ? "\\shortstack[r]{" : "");
    while (stacked && strchr(words, ' ')) {
        size_t length = strcspn(words, " ");
        text_clear(&page->piece);
        text_add_bytes(&page->piece, words, length);
        add_escaped(out, page->piece.bytes ? page->piece.bytes : "");
        text_add(out, "\\\\");
        words += length + 1;
    }
    add_escaped(out, words);
    text_add(out, stacked ? "}" : "");
}

/* Headings stand as the figures below them. */
static void add_headings(latex_page *page, const sheet *of, text *out)
{
    size_t tail = of->column_count - of->tail_count;

    text_add(out, "\\toprule\n");
    if (of->across && of->key_count < tail) {
        for (size_t i = 0; i < of->key_count; i++)
            text_add(out, "& ");
        text_add_format(out, "\\multicolumn{%zu}{c}{", tail - of->key_count);
        add_escaped(out, of->across);
        text_add(out, "}");
        for (size_t i = tail; i < of->column_count; i++)
            text_add(out, " &");
        text_add_format(out, " \\\\\n\\cmidrule(lr){%zu-%zu}\n", of->key_count + 1, tail);
    }
    for (size_t i = 0; i < of->column_count; i++) {
        text_add(out, i ? " & " : "");
        add_heading(of, i, page, out);
    }
    text_add(out, " \\\\\n\\midrule\n");
}

static void add_cell(show *s, const sheet *of, size_t row, size_t column)
{
    latex_page *page = s->own;
    const sheet_column *c = &of->columns[column];
    size_t at = sheet_row(of, row, column);
    bool any = false;

    for (size_t i = 0; i < c->part_count; i++) {
        text_clear(&page->piece);
        sheet_add_part(of, &c->parts[i], at, i == 0, &page->piece);
        if (!page->piece.length)
            continue;
        text_add(&s->w->out, any ? " " : "");
        add_number(&s->w->out, page->piece.bytes);
        any = true;
    }
}

static bool write_sheet(show *s, const sheet *of)
{
    latex_page *page = s->own;
    text *out = &s->w->out;

    close_table(s);
    begin_table(s, of);
    add_headings(page, of, out);
    text_add(out, page->long_one ? "\\endhead\n\\bottomrule\n\\endfoot\n" : "");
    for (size_t row = 0; row < of->row_count; row++) {
        for (size_t i = 0; i < of->column_count; i++) {
            text_add(out, i ? " & " : "");
            if (i >= of->key_count || !sheet_repeats(of, row, i))
                add_cell(s, of, row, i);
        }
        text_add(out, " \\\\\n");
        if (!writer_flow(s->w))
            return false;
    }
    text_add(out, page->long_one ? "\\end{longtable}}\n" : "\\bottomrule\n\\end{tabular}\n");
    page->open = true;
    return true;
}

/* ---- The page -------------------------------------------------------------------------------- */

static void begin_title(show *s, const char *title)
{
    latex_page *page = s->own;

    close_table(s);
    text_clear(&page->title);
    text_add(&page->title, title);
    text_clear(&page->group);
}

static void begin_footnote(show *s)
{
    latex_page *page = s->own;
    text *out = &s->w->out;

    if (!page->footnotes && page->long_one)
        text_add(out, "{\\footnotesize\n");
    else if (!page->footnotes)
        text_add(out, "\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n");
    page->footnotes = true;
    text_add(out, "\\noindent ");
}

static void add_item(show *s, line_kind kind, const char *separator, const char *item)
{
    latex_page *page = s->own;
    text *out = &s->w->out;

    if (kind == LINE_GROUP) {
        if (!s->begun)
            text_clear(&page->group);
        text_add(&page->group, separator);
        text_add(&page->group, item);
        return;
    }
    if (kind == LINE_CALL || kind == LINE_SUBTITLE) {
        text_add(out, s->begun ? separator : "% ");
        text_add(out, item);
        return;
    }
    if (kind == LINE_NOTHING) {
        text_add(out, "\n\\noindent ");
        add_escaped(out, page->title.bytes ? page->title.bytes : "");
        text_add(out, ": ");
    } else if (!s->begun && page->open) {
        begin_footnote(s);
    }
    add_escaped(out, separator);
    add_escaped(out, item);
}

static void end_line(show *s, line_kind kind)
{
    if (kind == LINE_CALL || kind == LINE_SUBTITLE)
        text_add(&s->w->out, "\n");
    else if (kind != LINE_GROUP)
        text_add(&s->w->out, "\\par\n");
}

static void write_note(show *s, const char *note, bool first)
{
    text *out = &s->w->out;

    close_table(s);
    text_add_format(out, "%s\\noindent{\\footnotesize %s ", first ? "\n" : "",
                    word(s->w->lang, WORD_NOTE));
    add_escaped(out, note);
    text_add(out, "\\par}\n");
}

static const presenter latex_presenter = {
    .page = true,
    .title = begin_title,
    .item = add_item,
    .end_line = end_line,
    .sheet = write_sheet,
    .note = write_note,
    .end = close_table,
};

static void write_latex(writer *w)
{
    latex_page page = {0};
    text heading = {0};

    add_page_heading(w, &heading);
    text_add_format(&w->out, "%% \\usepackage{booktabs,longtable}\n%% %s\n",
                    heading.bytes ? heading.bytes : "");
    show_result(w, &latex_presenter, &page);
    if (heading.failed || page.title.failed || page.group.failed || page.piece.failed)
        w->out.failed = true;
    text_free(&heading);
    text_free(&page.title);
    text_free(&page.group);
    text_free(&page.piece);
}

const output_format latex_format = {
    .name = "latex",
    .help = "tables for a LaTeX document, with the package booktabs",
    .write = write_latex,
};
