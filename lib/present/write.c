/* relcoord_write: which format, which options, and the way of the bytes to the caller's sink. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "present/writer.h"

enum { FLOW_THRESHOLD = 1 << 16 };

const option_spec write_options[] = {
    {"table", OPTION_TEXT, "", NULL, 0, 0, false,
     "name of the one table to write; csv without it: the first, text and json: all"},
    {"width", OPTION_INTEGER, "80", NULL, 40, 1000, false, "text: columns of a line"},
    {"digits", OPTION_INTEGER, "2", NULL, 0, 15, false, "text: decimals of estimates"},
};
const size_t write_option_count = sizeof write_options / sizeof *write_options;

static const char *const format_names[] = {"text", "csv", "json"};
static void (*const format_writers[])(writer *) = {write_text, write_csv, write_json};
enum { FORMAT_COUNT = sizeof format_names / sizeof *format_names };

/* Gives the sink what has gathered. */
static bool hand_on(writer *w)
{
    if (w->refused || w->out.failed)
        return false;
    if (w->out.length && w->sink(w->user, w->out.bytes, w->out.length) != 0)
        w->refused = true;
    text_clear(&w->out);
    return !w->refused;
}

bool writer_flow(writer *w)
{
    if (w->out.length < FLOW_THRESHOLD)
        return !w->refused && !w->out.failed;
    return hand_on(w);
}

const relcoord_table *writer_table(const writer *w)
{
    const char *name = options_text(w->options, "table");
    return relcoord_result_table(w->result, *name ? name : NULL);
}

static relcoord_status find_format(const char *format, size_t *index, relcoord_error *err)
{
    for (*index = 0; *index < FORMAT_COUNT; ++*index)
        if (strcmp(format_names[*index], format) == 0)
            return RELCOORD_OK;

    const char *nearest = relcoord_nearest(format, format_names, FORMAT_COUNT);
    if (nearest)
        return fail(err, RELCOORD_EUSAGE, "there is no format '%s'; did you mean '%s'?", format,
                    nearest);
    return fail(err, RELCOORD_EUSAGE, "there is no format '%s'; there are text, csv and json",
                format);
}

/* The option "table" must name a table that is there. */
static relcoord_status check_table(const writer *w, relcoord_error *err)
{
    const relcoord_result *result = w->result;
    const char *name = options_text(w->options, "table");

    if (!*name || writer_table(w))
        return RELCOORD_OK;
    const char **names = memory_new(result->table_count, sizeof *names);
    if (!names)
        return fail_memory(err);
    for (size_t i = 0; i < result->table_count; i++)
        names[i] = relcoord_table_name(result->tables[i]);
    const char *nearest = relcoord_nearest(name, names, result->table_count);
    if (nearest)
        fail_option(err, "table", "there is no table '%s'; did you mean '%s'?", name, nearest);
    else if (result->table_count)
        fail_option(err, "table", "there is no table '%s'; the first is '%s'", name, names[0]);
    else
        fail_option(err, "table", "there is no table '%s'", name);
    memory_free(names);
    return RELCOORD_EOPTION;
}

static relcoord_status write_format(writer *w, size_t format, relcoord_error *err)
{
    relcoord_status status = check_table(w, err);
    if (status)
        return status;

    format_writers[format](w);
    hand_on(w);
    if (w->out.failed)
        status = fail_memory(err);
    else if (w->refused)
        status = fail(err, RELCOORD_EIO, "what was written could not be stored");
    text_free(&w->out);
    return status;
}

relcoord_status relcoord_write(const relcoord_result *result, const char *format,
                               const relcoord_options *options, relcoord_sink sink, void *user,
                               relcoord_error *err)
{
    writer w = {.result = result, .options = options, .sink = sink, .user = user};
    relcoord_options *defaults = NULL;
    relcoord_status status;
    size_t index;

    if (!result || !format || !sink)
        return fail(err, RELCOORD_EUSAGE, "relcoord_write needs a result, a format and a sink");
    if (options && options->specs != write_options)
        return fail(err, RELCOORD_EUSAGE, "these options are for '%s', not for 'write'",
                    options->purpose);
    status = find_format(format, &index, err);
    if (status)
        return status;
    if (!options) {
        status = options_new("write", write_options, write_option_count, &defaults, err);
        if (status)
            return status;
        w.options = defaults;
    }
    status = write_format(&w, index, err);
    relcoord_options_free(defaults);
    return status;
}
