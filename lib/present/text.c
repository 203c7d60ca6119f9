/* A result as text that an analyst reads and pastes: a line of options, each table by its views,
 * the notes. All words it prints of a language stand here. */
#include <string.h>

#include "base/memory.h"
#include "present/text_grid.h"

/* ---- Words ------------------------------------------------------------------------------------ */

static const char *const words[] = {
    [WORD_NOTE] = "Note:",
    [WORD_INTERVAL] = "CI",
    [WORD_NO_ROWS] = "(no rows)",
    [WORD_COLUMNS] = "Columns:",
    [WORD_UNCERTAIN] = "uncertain, its interval spans a cut",
    [WORD_NOT_THERE] = "not in the data",
    [WORD_NO_VALUE] = "no value",
    [WORD_SAME] = "in all rows",
};

static const struct {
    const char *code, *meaning;
} code_meanings[] = {
    {"all_equal", "all values are equal"},
    {"between_empty", "no score between workgroups"},
    {"clamped", "set to the nearest value that can be"},
    {"constant_item", "an item with one answer only"},
    {"df_respondents", "degrees of freedom are those of the respondents"},
    {"empty", "no case has the score"},
    {"in_empty", "rated by no other"},
    {"no_register", "not known who was invited"},
    {"out_empty", "rates no other"},
    {"own_empty", "no rating of itself"},
    {"single_rater_cells", "some cells have one rater"},
    {"suppressed", "masked to protect a small group"},
    {"too_few", "too few answers"},
    {"uncertain", "its interval spans a cut"},
    {"undefined", "not defined for these answers"},
    {"within_empty", "no score within workgroups"},
};

const char *text_word(word_id which)
{
    return words[which];
}

const char *text_code_meaning(const char *code, size_t length)
{
    const char *colon = memchr(code, ':', length);
    size_t own = colon ? (size_t)(colon - code) : length;

    for (size_t i = 0; i < sizeof code_meanings / sizeof *code_meanings; i++)
        if (strncmp(code_meanings[i].code, code, own) == 0 && !code_meanings[i].code[own])
            return code_meanings[i].meaning;
    return NULL;
}

/* ---- Prose ------------------------------------------------------------------------------------ */

static void place_item(prose *p, const char *separator, const char *item)
{
    text *out = &p->w->out;
    size_t line_width = (size_t)options_integer(p->w->options, "width");
    size_t width = utf8_width(item), apart = utf8_width(separator), kept = strlen(separator);

    while (kept && separator[kept - 1] == ' ')
        kept--;
    /* The mark that may follow this item has to fit as well. */
    if (p->column && p->column + apart + width + columns_of(separator, kept) > line_width) {
        text_add_bytes(out, separator, kept);
        text_add(out, "\n");
        text_add_repeated(out, ' ', p->indent);
        p->column = p->indent;
    } else {
        text_add(out, separator);
        p->column += apart;
    }
    text_add(out, item);
    p->column += width;
}

/* The words of an item, the first one after the separator. */
static void place_words(prose *p, const char *separator, const char *item)
{
    text piece = {0};

    for (const char *at = item; *(at += strspn(at, " "));) {
        size_t length = strcspn(at, " ");
        text_clear(&piece);
        text_add_bytes(&piece, at, length);
        place_item(p, separator, piece.bytes ? piece.bytes : "");
        separator = " ";
        at += length;
    }
    p->w->out.failed = p->w->out.failed || piece.failed;
    text_free(&piece);
}

void prose_item(prose *p, const char *separator, const char *item)
{
    size_t line_width = (size_t)options_integer(p->w->options, "width");

    if (p->indent + utf8_width(item) < line_width)
        place_item(p, separator, item);
    else
        place_words(p, separator, item);
}

void prose_words(prose *p, const char *sentence)
{
    text clean = {0};

    add_clean(&clean, sentence);
    place_words(p, p->column ? " " : "", clean.bytes ? clean.bytes : "");
    p->w->out.failed = p->w->out.failed || clean.failed;
    text_free(&clean);
}

void prose_end(prose *p)
{
    if (p->column)
        text_add(&p->w->out, "\n");
    p->column = 0;
}

/* ---- The first line --------------------------------------------------------------------------- */

static bool at_default(const relcoord_options *options, size_t index)
{
    const option_spec *spec = &options->specs[index];
    double initial;

    if ((spec->type == OPTION_INTEGER || spec->type == OPTION_NUMBER) &&
        number_parse(spec->initial, strlen(spec->initial), &initial))
        return initial == options->numbers[index];
    return strcmp(spec->initial, options->texts[index]) == 0;
}

/* "relcoord 0.1.0 · matrix · confidence 0.95 · min_share 0.75": the options that are not at their
 * defaults, and always the confidence. */
static void write_first_line(writer *w)
{
    const relcoord_options *options = w->result->options;
    prose line = {.w = w, .indent = 2};
    text item = {0};

    text_add_format(&item, "relcoord %s", relcoord_version());
    prose_item(&line, "", item.bytes ? item.bytes : "");
    prose_item(&line, " · ", w->result->analysis);
    for (size_t i = 0; options && i < options->count; i++) {
        const option_spec *spec = &options->specs[i];
        bool always = strcmp(spec->name, "confidence") == 0;
        if (spec->transient || (!always && at_default(options, i)))
            continue;
        text_clear(&item);
        text_add_format(&item, "%s ", spec->name);
        add_clean(&item, options->texts[i]);
        prose_item(&line, " · ", item.bytes ? item.bytes : "");
    }
    prose_end(&line);
    w->out.failed = w->out.failed || item.failed;
    text_free(&item);
}

/* ---- Tables by their views -------------------------------------------------------------------- */

/* The rows that a view shows: all, or those with COLUMN=VALUE. NULL when memory runs out. */
static size_t *choose_rows(const relcoord_table *table, const char *where, size_t *count)
{
    size_t *rows = memory_new(table->row_count, sizeof *rows);
    const char *equals = where ? strchr(where, '=') : NULL;
    const table_column *column =
        equals ? named_column(table, where, (size_t)(equals - where)) : NULL;

    *count = 0;
    if (column && column->spec.type != RELCOORD_STRING)
        column = NULL;
    for (size_t i = 0; rows && i < table->row_count; i++)
        if (!column || strcmp(column->values.strings[i], equals + 1) == 0)
            rows[(*count)++] = i;
    return rows;
}

static bool write_view(writer *w, const relcoord_table *table, const view_spec *view)
{
    prose title = {.w = w};
    bool going_on = true;
    size_t count, *rows = choose_rows(table, view->where, &count);

    if (!rows) {
        w->out.failed = true;
        return false;
    }
    text_add(&w->out, "\n");
    prose_words(&title, view->title);
    prose_end(&title);
    text_add(&w->out, "\n");
    if (!count)
        text_add_format(&w->out, "%s\n", text_word(WORD_NO_ROWS));
    else if (view->kind == VIEW_PIVOT)
        going_on = write_pivot(w, table, view, rows, count);
    else
        going_on = write_list(w, table, view->rows, view->where, rows, count);
    memory_free(rows);
    return going_on;
}

static bool write_table(writer *w, const relcoord_table *table)
{
    const table_spec *spec = table->spec;
    const view_spec whole = {VIEW_LIST, spec->help ? spec->help : spec->name, NULL, NULL, NULL, NULL};

    if (!spec->views)
        return write_view(w, table, &whole);
    for (const view_spec *view = spec->views; view->kind; view++)
        if (!write_view(w, table, view))
            return false;
    return true;
}

static void write_notes(writer *w)
{
    for (size_t i = 0; i < w->result->note_count; i++) {
        prose line = {.w = w, .indent = utf8_width(text_word(WORD_NOTE)) + 1};
        text_add(&w->out, i ? "" : "\n");
        prose_words(&line, text_word(WORD_NOTE));
        prose_words(&line, w->result->notes[i]);
        prose_end(&line);
    }
}

void write_text(writer *w)
{
    const relcoord_table *only = *options_text(w->options, "table") ? writer_table(w) : NULL;

    write_first_line(w);
    for (size_t i = 0; i < w->result->table_count; i++) {
        const relcoord_table *table = w->result->tables[i];
        if ((!only || table == only) && !write_table(w, table))
            return;
    }
    write_notes(w);
}
