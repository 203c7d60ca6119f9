#include "present/write.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "present/csv.h"
#include "present/graphml.h"
#include "present/html.h"
#include "present/json.h"
#include "present/latex.h"
#include "present/markdown.h"
#include "present/text/text.h"
#include "words/words.h"

enum { STYLE_PLAIN, STYLE_APA };

const option_spec write_options[] = {
    {"table", OPTION_TEXT, "", NULL, 0, 0, false,
     "name of the one table to write; csv without it: the first, other formats: all; not for "
     "graphml"},
    {"tables", OPTION_LIST, "", NULL, 0, 0, false,
     "names of the tables to write, or all: everything there is; not for csv, which holds one"},
    {"title", OPTION_TEXT, "", NULL, 0, 0, false,
     "what heads the page, for text, html, markdown, latex and xlsx"},
    {"source", OPTION_TEXT, "", NULL, 0, 0, false,
     "what the data are called below the title of html and markdown, and in the notes of xlsx; "
     "without it pages say the names of their files"},
    {"date", OPTION_TEXT, "", NULL, 0, 0, false,
     "a date to stand there, too: 2026-11-30 is spelled out; without it none, so that the same "
     "data give the same bytes"},
    {"style", OPTION_CHOICE, "plain", "plain|apa", 0, 0, false,
     "apa, for text, html, markdown and latex: the columns that articles have, n, M, SD, alpha; no "
     "zero before the mark of what cannot pass one; coefficients to three decimals"},
    {"lang", OPTION_CHOICE, "en", LANGUAGE_CHOICES, 0, 0, false,
     "language of text, html, markdown, latex and xlsx; the other formats are the same in every "
     "language"},
    {"width", OPTION_INTEGER, "80", NULL, 40, 1000, false, "text: width of a line in columns"},
    {"digits", OPTION_INTEGER, "2", NULL, 0, 15, false,
     "text, html, markdown, latex and xlsx: decimals of estimates; p-values get one more, per "
     "cents two fewer"},
    {"labels", OPTION_CHOICE, "text", LABELS_CHOICES, 0, 0, false,
     "what stands for a variable that the codebook labels, where people read: its label, its code, "
     "or both; csv and json have a column for each"},
};
const size_t write_option_count = sizeof write_options / sizeof *write_options;

const output_format *const output_formats[] = {
    &text_format,     &csv_format,   &json_format,    &html_format,
    &markdown_format, &latex_format, &graphml_format, NULL,
};
enum { FORMAT_COUNT = sizeof output_formats / sizeof *output_formats - 1 };

/* "text, csv and json" */
static void add_names(text *list)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        text_add_format(list, "%s%s",
                        i == 0                 ? ""
                        : i + 1 < FORMAT_COUNT ? ", "
                                               : " and ",
                        output_formats[i]->name);
}

static relcoord_status refuse_format(const char *name, relcoord_error *err)
{
    const char *names[FORMAT_COUNT], *nearest;
    relcoord_status status;
    text list = {0};

    for (size_t i = 0; i < FORMAT_COUNT; i++)
        names[i] = output_formats[i]->name;
    nearest = relcoord_nearest(name, names, FORMAT_COUNT);
    add_names(&list);
    if (nearest)
        status = fail(err, RELCOORD_EUSAGE, "unknown format '%s'; did you mean '%s'?", name,
                      nearest);
    else if (list.failed)
        status = fail_memory(err);
    else
        status = fail(err, RELCOORD_EUSAGE, "unknown format '%s'; the formats are %s", name,
                      list.bytes);
    text_free(&list);
    return status;
}

static const output_format *find_format(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(output_formats[i]->name, name) == 0)
            return output_formats[i];
    return NULL;
}

/* A name of a table that is not there. */
static relcoord_status refuse_table(const relcoord_result *result, const char *option,
                                    const char *name, relcoord_error *err)
{
    const char **names = memory_new(result->table_count, sizeof *names);
    if (!names)
        return fail_memory(err);
    for (size_t i = 0; i < result->table_count; i++)
        names[i] = relcoord_table_name(result->tables[i]);
    const char *nearest = relcoord_nearest(name, names, result->table_count);
    if (nearest)
        fail_option(err, option, "unknown table '%s'; did you mean '%s'?", name, nearest);
    else if (result->table_count)
        fail_option(err, option, "unknown table '%s'; the first is '%s'", name, names[0]);
    else
        fail_option(err, option, "unknown table '%s'", name);
    memory_free(names);
    return RELCOORD_EOPTION;
}

/* The options "table" and "tables", not both, must name tables that are there; a file of CSV is one
 * table. */
static relcoord_status check_tables(const writer *w, relcoord_error *err)
{
    const char *one = options_text(w->options, "table"),
               *first = options_names(w->options, "tables");

    if (*one && *first)
        return fail_option(err, "tables", "give table or tables, not both");
    if (*one && !relcoord_result_table(w->result, one))
        return refuse_table(w->result, "table", one, err);
    for (const char *name = first; *name; name = options_name_after(name))
        if (strcmp(name, ALL_TABLES) != 0 && !relcoord_result_table(w->result, name))
            return refuse_table(w->result, "tables", name, err);
    if (w->as == &csv_format && *first
        && (*options_name_after(first) || strcmp(first, ALL_TABLES) == 0))
        return fail_option(err, "tables", "csv holds one table: name one, or write json or xlsx");
    return RELCOORD_OK;
}

/* A network is made from several tables, which not every analysis has. */
static relcoord_status check_network(const writer *w, const output_format *as, relcoord_error *err)
{
    if (!as->can(w->result))
        return fail(err, RELCOORD_EUSAGE, "'%s' has no network to write as %s", w->result->analysis,
                    as->name);
    if (writer_names_tables(w))
        return fail_option(err, *options_text(w->options, "table") ? "table" : "tables",
                           "%s is made from several tables, so none can be chosen", as->name);
    return RELCOORD_OK;
}

relcoord_status writer_begin(writer *w, const char *format, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;

    if (w->options && w->options->specs != write_options)
        return fail(err, RELCOORD_EUSAGE, "these options are for '%s', not for 'write'",
                    w->options->purpose);
    w->as = find_format(format);
    if (!w->as)
        return refuse_format(format, err);
    if (!w->options) {
        status = options_new("write", write_options, write_option_count, &w->defaults, err);
        w->options = w->defaults;
    }
    if (!status)
        status = check_tables(w, err);
    if (!status && w->as->can)
        status = check_network(w, w->as, err);
    return status;
}

relcoord_status writer_run(writer *w, relcoord_sink sink, void *user, relcoord_error *err)
{
    relcoord_status status = options_progress(w->options, 0, err);
    if (status)
        return status;
    w->sink = sink;
    w->user = user;
    w->lang = (language)options_choice(w->options, "lang");
    w->labels = (labels_shown)options_choice(w->options, "labels");
    w->decimal = *word(w->lang, WORD_DECIMAL);
    w->apa = options_choice(w->options, "style") == STYLE_APA;
    w->as->write(w);
    writer_hand_on(w);
    if (w->out.failed)
        status = fail_memory(err);
    else if (w->cancelled)
        status = fail(err, RELCOORD_ECANCELLED, "cancelled");
    else if (w->refused)
        status = fail(err, RELCOORD_EIO, "the output could not be stored");
    return status;
}

void writer_end(writer *w)
{
    text_free(&w->out);
    relcoord_options_free(w->defaults);
}

relcoord_status relcoord_write(const relcoord_result *result, const char *format,
                               const relcoord_options *options, relcoord_sink sink, void *user,
                               relcoord_error *err)
{
    writer w = {.result = result, .options = options};
    relcoord_status status;

    if (!result || !format || !sink)
        return fail(err, RELCOORD_EUSAGE, "relcoord_write needs a result, a format and a sink");
    status = writer_begin(&w, format, err);
    if (!status)
        status = writer_run(&w, sink, user, err);
    writer_end(&w);
    return status;
}
