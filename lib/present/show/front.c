#include "present/show/front.h"

#include <string.h>

#include "analyses/registry.h"
#include "base/number.h"
#include "present/show/value.h"
#include "words/words.h"

/* Upper case for the first letter of a sentence in either language; others stay. */
static void add_sentence_case(text *out, const char *words)
{
    char first = *words;

    if (first >= 'a' && first <= 'z')
        first = (char)(first - 'a' + 'A');
    text_add_bytes(out, &first, first != 0);
    text_add(out, words + (first != 0));
}

void add_page_heading(const writer *w, text *out)
{
    const char *purpose = w->result->analysis, *title = options_text(w->options, "title");

    if (*title) {
        add_clean(out, title);
        return;
    }
    if (strcmp(purpose, "analyses") == 0)
        purpose = "what relcoord offers";
    if (strcmp(purpose, "codebook") == 0)
        purpose = "a codebook drafted from data";
    for (size_t i = 0; analysis_registry[i]; i++)
        if (strcmp(purpose, analysis_registry[i]->name) == 0)
            purpose = analysis_registry[i]->summary;
    add_sentence_case(out, shown_text(w, purpose));
}

/* ---- The call -------------------------------------------------------------------------------- */

static bool at_default(const relcoord_options *options, size_t index)
{
    const option_spec *spec = &options->specs[index];
    double initial;

    if (spec->type == OPTION_NUMBER && number_parse(spec->initial, strlen(spec->initial), &initial))
        return initial == options->numbers[index];
    return strcmp(spec->initial, options->texts[index]) == 0;
}

void show_call(show *s)
{
    const relcoord_options *options = s->w->result->options;
    text item = {0};

    text_add_format(&item, "relcoord %s", relcoord_version());
    show_item(s, LINE_CALL, "", item.bytes ? item.bytes : "");
    show_item(s, LINE_CALL, " · ", s->w->result->analysis);
    for (size_t i = 0; options && i < options->count; i++) {
        const option_spec *spec = &options->specs[i];
        bool always = strcmp(spec->name, "confidence") == 0;
        if (spec->transient || (!always && at_default(options, i)))
            continue;
        text_clear(&item);
        text_add_format(&item, "%s ", spec->name);
        add_clean(&item, options->texts[i]);
        show_item(s, LINE_CALL, " · ", item.bytes ? item.bytes : "");
    }
    show_end_line(s);
    s->w->out.failed = s->w->out.failed || item.failed;
    text_free(&item);
}

/* ---- The subtitle ---------------------------------------------------------------------------- */

void add_confidence_level(const writer *w, text *out)
{
    const relcoord_options *options = w->result->options;
    char level[NUMBER_TEXT_SIZE];

    if (!options || !options_has(options, "confidence"))
        return;
    size_t length = number_format_fixed(options_number(options, "confidence") * 100, 3, level);
    while (level[length - 1] == '0')
        length--;
    length -= level[length - 1] == '.';
    char *mark = memchr(level, '.', length);
    if (mark)
        *mark = w->decimal;
    text_add_bytes(out, level, length);
}

/* An option of the analysis that is a text or choice; "" where it has none of that name. */
static const char *asked_for(const writer *w, const char *name)
{
    const relcoord_options *options = w->result->options;

    return options && options_has(options, name) ? options_text(options, name) : "";
}

/* "by unit and wave" */
static void add_groups(const writer *w, text *out)
{
    const relcoord_options *options = w->result->options;
    const relcoord_table *table = relcoord_result_table(w->result, NULL);
    const char *name, *next, *heading;

    if (!*asked_for(w, "by"))
        return;
    text_add_format(out, "%s ", shown_text(w, "by"));
    for (name = options_names(options, "by"); *name; name = next) {
        next = options_name_after(name);
        heading = words_heading(w->lang, table ? table->spec->name : "", name);
        add_clean(out, heading ? heading : name);
        if (*next)
            text_add_format(out, *options_name_after(next) ? ", " : " %s ", shown_text(w, "and"));
    }
}

/* Whether some view of a table shows a column: a list of all, or of some, or the cells of a pivot.
 */
static bool view_shows(const relcoord_table *table, const char *column)
{
    const view_spec *view = table->spec->views;

    if (!view)
        return true;
    for (; view->kind; view++) {
        const char *names = view->kind == VIEW_PIVOT ? view->values : view->rows, *name;
        size_t length;
        if (!names && view->kind != VIEW_NETWORK)
            return true;
        while (view->kind != VIEW_NETWORK && names && options_next_name(&names, &name, &length))
            if (strncmp(column, name, length) == 0 && !column[length])
                return true;
    }
    return false;
}

/* A doubted band is doubted by its interval, also where that is not shown. */
static bool doubts(const relcoord_table *table)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (table_note_has(note_of(table, row), "uncertain"))
            return true;
    return false;
}

static bool has_intervals(const writer *w)
{
    for (size_t i = 0; i < w->result->table_count; i++) {
        const relcoord_table *table = w->result->tables[i];
        for (size_t j = 0; j < table->column_count && writer_shows(w, table); j++)
            if (table->columns[j].spec.kind == RELCOORD_INTERVAL && table->row_count > 0
                && (view_shows(table, table->columns[j].spec.name) || doubts(table)))
                return true;
    }
    return false;
}

/* "95 % confidence intervals" */
static void add_intervals(const writer *w, text *out)
{
    bool drawn = strcmp(asked_for(w, "ci"), "bootstrap") == 0;

    if (!has_intervals(w))
        return;
    add_confidence_level(w, out);
    if (out->length)
        text_add_format(out, " %% %s",
                        shown_text(w, drawn ? "bootstrap intervals" : "confidence intervals"));
}

/* The name of the data: what was asked for, or that of their files. */
static void add_source(const writer *w, text *out)
{
    const relcoord_result *result = w->result;
    const char *asked = options_text(w->options, "source");

    add_clean(out, asked);
    for (size_t i = 0; !*asked && i < result->data_count; i++) {
        const char *path = result->inputs.paths[i], *slash = strrchr(path, '/');
        if (strcmp(path, "-") == 0)
            continue;
        text_add(out, out->length ? ", " : "");
        add_clean(out, slash ? slash + 1 : path);
    }
}

static bool two_digits(const char *at, int *out)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *out = 10 * (at[0] - '0') + at[1] - '0';
    return true;
}

/* "2026-11-30" as "30 November 2026"; what is no such date stays as it is. */
static void add_date(const writer *w, text *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const char *date = options_text(w->options, "date");
    int century, year, month, day;

    if (strlen(date) == strlen("YYYY-MM-DD") && date[4] == '-' && date[7] == '-'
        && two_digits(date, &century) && two_digits(date + 2, &year) && two_digits(date + 5, &month)
        && two_digits(date + 8, &day) && month >= 1 && month <= 12 && day >= 1 && day <= 31)
        text_add_format(out, "%d%s %s %.4s", day, w->lang == DANISH ? "." : "",
                        shown_text(w, months[month - 1]), date);
    else
        add_clean(out, date);
}

void show_subtitle(show *s)
{
    static void (*const pieces[])(const writer *w, text *out) = {add_groups, add_intervals,
                                                                 add_source, add_date};
    const char *wave = asked_for(s->w, "wave");
    text piece = {0}, line = {0};
    bool in_words = false;

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        text_clear(&piece);
        pieces[i](s->w, &piece);
        if (i == 1 && *wave) {
            text_add_format(&line, "%s%s ", line.length ? " · " : "", shown_text(s->w, "wave"));
            add_clean(&line, wave);
        }
        if (i == 1 && strcmp(asked_for(s->w, "weights"), "ignore") == 0)
            text_add_format(&line, "%s%s", line.length ? " · " : "",
                            shown_text(s->w, "unweighted"));
        if (piece.length)
            text_add_format(&line, "%s%s", line.length ? " · " : "", piece.bytes);
        in_words = in_words || (i < 2 && line.length);
    }
    text_clear(&piece);
    if (line.length) {
        if (in_words)
            add_sentence_case(&piece, line.bytes);
        else
            text_add(&piece, line.bytes); /* the name of data stays as it is */
        show_item(s, LINE_SUBTITLE, "", piece.bytes ? piece.bytes : "");
        show_end_line(s);
    }
    s->w->out.failed = s->w->out.failed || piece.failed || line.failed;
    text_free(&piece);
    text_free(&line);
}
