/* What relcoord offers, as options to be made and as tables to be read: the registry's public
 * face. */
#include <string.h>

#include "analyses/registry.h"
#include "base/error.h"
#include "base/memory.h"
#include "drafting/draft.h"
#include "present/write.h"
#include "source/reading.h"

/* ---- Options by purpose ---- */

relcoord_status relcoord_options_new(const char *purpose, relcoord_options **out,
                                     relcoord_error *err)
{
    const analysis *a;
    if (!purpose || !out)
        return fail(err, RELCOORD_EUSAGE,
                    "relcoord_options_new needs a purpose and a place for the options");
    if (strcmp(purpose, "read") == 0)
        return options_new("read", read_options, read_option_count, out, err);
    if (strcmp(purpose, "codebook") == 0)
        return options_new("codebook", draft_options, draft_option_count, out, err);
    if (strcmp(purpose, "write") == 0)
        return options_new("write", write_options, write_option_count, out, err);
    a = analysis_find(purpose, err);
    return a ? options_new(a->name, a->options, a->option_count, out, err) : RELCOORD_EUSAGE;
}

/* ---- The registry as tables ---- */

#define ANALYSIS_COLUMN                                                   \
    {                                                                     \
        "analysis", RELCOORD_STRING, RELCOORD_KEY, "name of the analysis" \
    }

static const column_spec analysis_columns[] = {
    {"name", RELCOORD_STRING, RELCOORD_KEY, "name of the analysis"},
    {"summary", RELCOORD_STRING, RELCOORD_LABEL, "what it answers, in one line"},
    {"read_options", RELCOORD_STRING, RELCOORD_LABEL,
     "how to read the data for it, unless the user says otherwise: name=value ..."},
    {"needs", RELCOORD_STRING, RELCOORD_LABEL,
     "what the data must have besides answers; empty: nothing"},
    {"weighted", RELCOORD_INTEGER, RELCOORD_LABEL, "1 when it can count weights, else 0"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const column_spec option_columns[] = {
    {"purpose", RELCOORD_STRING, RELCOORD_KEY, "read, codebook, write, or an analysis"},
    {"option", RELCOORD_STRING, RELCOORD_KEY, "name of the option"},
    {"type", RELCOORD_STRING, RELCOORD_LABEL,
     "flag, integer, number, choice, text, path (of a file) or list"},
    {"default", RELCOORD_STRING, RELCOORD_LABEL, "its value when it is not set"},
    {"allowed", RELCOORD_STRING, RELCOORD_LABEL, "a choice's words, separated by |"},
    {"minimum", RELCOORD_NUMBER, RELCOORD_LABEL, "smallest integer or number"},
    {"maximum", RELCOORD_NUMBER, RELCOORD_LABEL, "largest integer or number"},
    {"transient", RELCOORD_INTEGER, RELCOORD_LABEL, "1 when it changes no result, else 0"},
    {"help", RELCOORD_STRING, RELCOORD_LABEL, "what it does"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const column_spec table_columns[] = {
    ANALYSIS_COLUMN,
    {"table", RELCOORD_STRING, RELCOORD_KEY,
     "name of the table; an analysis' first is its main one"},
    {"help", RELCOORD_STRING, RELCOORD_LABEL, "what a row is"},
    {"personal", RELCOORD_INTEGER, RELCOORD_LABEL,
     "1 when a row is about one person, or one answer of one, else 0"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const column_spec column_columns[] = {
    ANALYSIS_COLUMN,
    {"table", RELCOORD_STRING, RELCOORD_KEY, "name of the table"},
    {"column", RELCOORD_STRING, RELCOORD_KEY, "name of the column"},
    {"type", RELCOORD_STRING, RELCOORD_LABEL, "string, integer or number"},
    {"kind", RELCOORD_STRING, RELCOORD_LABEL, "key, count, estimate, interval, label or note"},
    {"help", RELCOORD_STRING, RELCOORD_LABEL, "what its values mean"},
    {"people", RELCOORD_INTEGER, RELCOORD_LABEL,
     "1 when it counts people, or their ties or answers, else 0"},
    {"of", RELCOORD_STRING, RELCOORD_LABEL,
     "the column that it has the codebook's labels of; empty: it has none"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const column_spec format_columns[] = {
    {"format", RELCOORD_STRING, RELCOORD_KEY, "name of the format"},
    {"needs", RELCOORD_STRING, RELCOORD_LABEL,
     "kind of view that an analysis must have for it; empty: none"},
    {"help", RELCOORD_STRING, RELCOORD_LABEL, "what it is for"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const column_spec view_columns[] = {
    ANALYSIS_COLUMN,
    {"table", RELCOORD_STRING, RELCOORD_KEY, "name of the table"},
    {"title", RELCOORD_STRING, RELCOORD_KEY, "what the view shows"},
    {"view", RELCOORD_STRING, RELCOORD_LABEL,
     "list, a row a line; pivot, the values of one key across; network: nodes, or with columns "
     "edges"},
    {"filter", RELCOORD_STRING, RELCOORD_LABEL, "only rows with column=value"},
    {"rows", RELCOORD_STRING, RELCOORD_LABEL,
     "keys down a pivot, or columns of a list, by commas; empty: all; * in a pivot: the columns of "
     "by"},
    {"columns", RELCOORD_STRING, RELCOORD_LABEL, "the key across a pivot"},
    {"values", RELCOORD_STRING, RELCOORD_LABEL,
     "what a pivot's cells hold, by commas: the estimate first; behind a semicolon what stands "
     "once a row"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const table_spec analyses_spec = {
    .name = "analyses", .help = "an analysis", .columns = analysis_columns};
static const table_spec options_spec = {
    .name = "options", .help = "an option of a purpose", .columns = option_columns};
static const table_spec tables_spec = {
    .name = "tables", .help = "a table of an analysis", .columns = table_columns};
static const table_spec columns_spec = {
    .name = "columns", .help = "a column of a table", .columns = column_columns};
static const table_spec formats_spec = {
    .name = "formats", .help = "a format of relcoord_write", .columns = format_columns};
static const table_spec views_spec = {
    .name = "views", .help = "a way to show a table, its best one first", .columns = view_columns};

/* A result with these tables, in this order. */
typedef struct description {
    relcoord_table *analyses, *options, *tables, *columns, *formats, *views;
} description;

static void list_options(relcoord_table *table, const char *purpose, const option_spec *specs,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const option_spec *o = &specs[i];
        table_add_row(table);
        table_set_string(table, 0, purpose);
        table_set_string(table, 1, o->name);
        table_set_string(table, 2, option_type_name(o->type));
        table_set_string(table, 3, o->initial);
        table_set_string(table, 4, o->choices);
        if (o->type == OPTION_INTEGER || o->type == OPTION_NUMBER) {
            table_set_number(table, 5, o->minimum);
            table_set_number(table, 6, o->maximum);
        }
        table_set_integer(table, 7, o->transient);
        table_set_string(table, 8, o->help);
    }
}

/* Counts are of people, unless the table says of which it is not so. */
static bool counts_people(const table_spec *spec, const column_spec *c)
{
    size_t length = strlen(c->name);
    const char *at = spec->things;
    if (c->kind != RELCOORD_COUNT)
        return false;
    for (; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (strncmp(at, c->name, length) == 0 && (at[length] == ',' || !at[length]))
            return false;
    return true;
}

static void list_columns(relcoord_table *table, const char *analysis_name, const table_spec *spec)
{
    static const char *const types[] = {"", "string", "integer", "number"};
    static const char *const kinds[] = {"",         "key",   "count", "estimate",
                                        "interval", "label", "note"};
    relcoord_table *rowless = table_new(spec, NULL, 0);
    table->failed = table->failed || !rowless;
    for (size_t i = 0; rowless && i < rowless->column_count; i++) {
        const table_column *column = &rowless->columns[i];
        table_add_row(table);
        table_set_string(table, 0, analysis_name);
        table_set_string(table, 1, spec->name);
        table_set_string(table, 2, column->spec.name);
        table_set_string(table, 3, types[column->spec.type]);
        table_set_string(table, 4, kinds[column->spec.kind]);
        table_set_string(table, 5, column->spec.help);
        table_set_integer(table, 6, counts_people(spec, &column->spec));
        table_set_string(table, 7, column->of ? column->of->spec.name : "");
    }
    table_free(rowless);
}

/* A table without views is shown as a list of all columns. */
static void list_views(relcoord_table *table, const char *analysis_name, const table_spec *spec)
{
    static const char *const kinds[] = {"", "list", "pivot", "network", "list"};
    static const view_spec whole[] = {{.kind = VIEW_LIST}, {.kind = 0}};
    for (const view_spec *v = spec->views ? spec->views : whole; v->kind; v++) {
        table_add_row(table);
        table_set_string(table, 0, analysis_name);
        table_set_string(table, 1, spec->name);
        table_set_string(table, 2, v->title ? v->title : spec->name);
        table_set_string(table, 3, kinds[v->kind]);
        table_set_string(table, 4, v->where);
        table_set_string(table, 5, v->rows);
        table_set_string(table, 6, v->across);
        table_set_string(table, 7, v->values);
    }
}

static bool counts_weights(const analysis *a)
{
    for (size_t i = 0; i < a->option_count; i++)
        if (strcmp(a->options[i].name, "weights") == 0)
            return !a->unweighted;
    return false;
}

static void list_analysis(const description *d, const analysis *a)
{
    table_add_row(d->analyses);
    table_set_string(d->analyses, 0, a->name);
    table_set_string(d->analyses, 1, a->summary);
    table_set_string(d->analyses, 2, a->read_options);
    table_set_string(d->analyses, 3, a->needs);
    table_set_integer(d->analyses, 4, counts_weights(a));
    list_options(d->options, a->name, a->options, a->option_count);
    for (const table_spec *const *t = a->tables; *t; t++) {
        table_add_row(d->tables);
        table_set_string(d->tables, 0, a->name);
        table_set_string(d->tables, 1, (*t)->name);
        table_set_string(d->tables, 2, (*t)->help);
        table_set_integer(d->tables, 3, (*t)->personal);
        list_columns(d->columns, a->name, *t);
        list_views(d->views, a->name, *t);
    }
}

relcoord_status relcoord_describe(relcoord_result **out, relcoord_error *err)
{
    relcoord_result *result;
    description d;
    relcoord_status status;
    if (!out)
        return fail(err, RELCOORD_EUSAGE, "relcoord_describe needs a place for the result");
    result = result_new("analyses", NULL);
    if (!result)
        return fail_memory(err);
    d.analyses = result_add_table(result, &analyses_spec, NULL, 0);
    d.options = result_add_table(result, &options_spec, NULL, 0);
    d.tables = result_add_table(result, &tables_spec, NULL, 0);
    d.columns = result_add_table(result, &columns_spec, NULL, 0);
    d.formats = result_add_table(result, &formats_spec, NULL, 0);
    d.views = result_add_table(result, &views_spec, NULL, 0);
    if (d.views) { /* and so the others: after one that failed, all do */
        list_options(d.options, "read", read_options, read_option_count);
        list_options(d.options, "codebook", draft_options, draft_option_count);
        list_options(d.options, "write", write_options, write_option_count);
        for (size_t i = 0; analysis_registry[i]; i++)
            list_analysis(&d, analysis_registry[i]);
        for (size_t i = 0; output_formats[i]; i++) {
            const output_format *f = output_formats[i];
            table_add_row(d.formats);
            table_set_string(d.formats, 0, f->name);
            table_set_string(d.formats, 1, f->needs ? f->needs : "");
            table_set_string(d.formats, 2, f->help);
        }
    }
    status = result_finished(result, err);
    if (status)
        relcoord_result_free(result);
    else
        *out = result;
    return status;
}
