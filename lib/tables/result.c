/* Results: the tables, notes and effective options of one run. May know base/ and the table. */
#include "tables/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

relcoord_result *result_new(const char *analysis, const relcoord_options *options)
{
    relcoord_result *result = memory_zeroed(1, sizeof *result);

    if (!result)
        return NULL;
    result->analysis = analysis;
    if (!options)
        return result;
    if (options_copy(options, &result->options, NULL)) {
        memory_free(result);
        return NULL;
    }
    /* The progress callback's user pointer may not live as long as the result. */
    relcoord_options_set_progress(result->options, NULL, NULL);
    return result;
}

void relcoord_result_free(relcoord_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->table_count; i++)
        table_free(result->tables[i]);
    for (size_t i = 0; i < result->note_count; i++)
        memory_free(result->notes[i]);
    memory_free(result->tables);
    memory_free(result->notes);
    relcoord_options_free(result->options);
    memory_free(result);
}

relcoord_table *result_add_table(relcoord_result *result, const table_spec *spec,
                                 const char *const *key_names, size_t key_count)
{
    void *tables = result->tables;
    relcoord_table *table = NULL;

    if (result->failed)
        return NULL;
    if (memory_reserve(&tables, &result->table_capacity, result->table_count + 1,
                       sizeof(relcoord_table *))) {
        result->tables = tables;
        table = table_new(spec, key_names, key_count);
    }
    if (!table) {
        result->failed = true;
        return NULL;
    }
    result->tables[result->table_count++] = table;
    return table;
}

static char *format_text(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);

    if (length < 0)
        return NULL;
    size_t size = (size_t)length + 1;
    char *formatted = memory_new(size, 1);
    if (formatted)
        vsnprintf(formatted, size, format, arguments);
    return formatted;
}

void result_add_note(relcoord_result *result, const char *format, ...)
{
    va_list arguments;
    void *notes = result->notes;
    char *note = NULL;

    if (result->failed)
        return;
    if (memory_reserve(&notes, &result->note_capacity, result->note_count + 1, sizeof(char *))) {
        result->notes = notes;
        va_start(arguments, format);
        note = format_text(format, arguments);
        va_end(arguments);
    }
    if (!note) {
        result->failed = true;
        return;
    }
    result->notes[result->note_count++] = note;
}

relcoord_status result_finished(const relcoord_result *result, relcoord_error *err)
{
    bool failed = result->failed, misused = false;
    const char *where = "";

    for (size_t i = 0; i < result->table_count; i++) {
        failed = failed || result->tables[i]->failed;
        if (result->tables[i]->misused) {
            misused = true;
            where = relcoord_table_name(result->tables[i]);
        }
    }
    if (failed)
        return fail_memory(err);
    if (misused)
        return fail(err, RELCOORD_EINTERNAL, "a cell of table '%s' was set with a wrong type",
                    where);
    return RELCOORD_OK;
}

const char *relcoord_result_analysis(const relcoord_result *result)
{
    return result ? result->analysis : NULL;
}

const char *relcoord_result_note(const relcoord_result *result, size_t index)
{
    return result && index < result->note_count ? result->notes[index] : NULL;
}

const relcoord_table *relcoord_result_table_at(const relcoord_result *result, size_t index)
{
    return result && index < result->table_count ? result->tables[index] : NULL;
}

const relcoord_table *relcoord_result_table(const relcoord_result *result, const char *name)
{
    if (!name)
        return relcoord_result_table_at(result, 0);
    for (size_t i = 0; result && i < result->table_count; i++)
        if (strcmp(relcoord_table_name(result->tables[i]), name) == 0)
            return result->tables[i];
    return NULL;
}
