/* Results: the tables, notes and effective options of one run. May know base/ and the table. */
#include "tables/result.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

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

/* Adds what a name stands for, unless there is something already; false when memory runs out. */
static bool add_meaning(intern *names, char ***meanings, size_t *capacity, const char *name,
                        const char *meaning)
{
    void *all = *meanings;
    size_t length = strlen(name);
    char *copy;

    if (intern_find(names, name, length) != INTERN_FULL)
        return true;
    copy = memory_copy_text(meaning);
    if (!copy || !memory_reserve(&all, capacity, names->count + (size_t)1, sizeof copy)) {
        memory_free(copy);
        return false;
    }
    *meanings = all;
    if (intern_add(names, name, length) == INTERN_FULL) {
        memory_free(copy);
        return false;
    }
    (*meanings)[names->count - 1] = copy;
    return true;
}

static void free_meanings(intern *names, char **meanings)
{
    for (uint32_t i = 0; i < names->count; i++)
        memory_free(meanings[i]);
    memory_free(meanings);
    intern_free(names);
}

static void free_note(result_note *note)
{
    for (size_t i = 0; i < note->argument_count; i++)
        memory_free(note->arguments[i]);
    memory_free(note->arguments);
    memory_free(note->words);
}

void relcoord_result_free(relcoord_result *result)
{
    if (!result)
        return;
    for (size_t i = 0; i < result->table_count; i++)
        table_free(result->tables[i]);
    for (size_t i = 0; i < result->note_count; i++)
        free_note(&result->notes[i]);
    free_meanings(&result->labels, result->danish_labels);
    free_meanings(&result->headings, result->heading_labels);
    inputs_free(&result->inputs);
    memory_free(result->tables);
    memory_free(result->notes);
    relcoord_options_free(result->options);
    memory_free(result);
}

void result_add_label(relcoord_result *result, const char *label, const char *danish)
{
    if (!result->failed && strcmp(label, danish) != 0)
        result->failed = !add_meaning(&result->labels, &result->danish_labels,
                                      &result->danish_capacity, label, danish);
}

const char *result_danish_label(const relcoord_result *result, const char *label)
{
    uint32_t id = intern_find(&result->labels, label, strlen(label));
    return id == INTERN_FULL ? NULL : result->danish_labels[id];
}

void result_add_heading(relcoord_result *result, const char *column, const char *label)
{
    if (!result->failed)
        result->failed = !add_meaning(&result->headings, &result->heading_labels,
                                      &result->heading_capacity, column, label);
}

const char *result_heading(const relcoord_result *result, const char *column)
{
    uint32_t id = intern_find(&result->headings, column, strlen(column));
    return id == INTERN_FULL ? NULL : result->heading_labels[id];
}

void result_add_inputs(relcoord_result *result, const input_list *inputs)
{
    if (!result->failed && !inputs_add_all(&result->inputs, inputs))
        result->failed = true;
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

/* How many %s and %g a format has, or -1 when it holds another conversion. */
static int count_arguments(const char *format)
{
    int count = 0;

    for (const char *at = format; (at = strchr(at, '%')); at += 2) {
        if (at[1] != 's' && at[1] != 'g')
            return -1;
        count++;
    }
    return count;
}

/* Puts the arguments where the format has its %s. */
static char *join_words(const result_note *note)
{
    text words = {0};
    const char *at = note->format;

    for (size_t i = 0; i < note->argument_count; i++) {
        size_t length = strcspn(at, "%");
        text_add_bytes(&words, at, length);
        text_add(&words, note->arguments[i]);
        at += length + 2;
    }
    text_add(&words, at);
    if (!words.failed)
        return words.bytes;
    text_free(&words);
    return NULL;
}

/* False when memory runs out; what was taken so far is then in the note. */
static bool fill_note(result_note *note, size_t count, va_list arguments)
{
    const char *percent = note->format;
    note->arguments = memory_zeroed(count, sizeof *note->arguments);
    if (!note->arguments)
        return false;
    for (; note->argument_count < count; note->argument_count++) {
        char number[NUMBER_TEXT_SIZE];
        const char *argument = number;
        percent = strchr(percent, '%') + 1;
        if (*percent == 'g')
            number_format(va_arg(arguments, double), number);
        else
            argument = va_arg(arguments, const char *);
        note->arguments[note->argument_count] = memory_copy_text(argument);
        if (!note->arguments[note->argument_count])
            return false;
    }
    note->words = join_words(note);
    return note->words != NULL;
}

void result_add_note(relcoord_result *result, const char *format, ...)
{
    va_list arguments;
    void *notes = result->notes;
    result_note note = {.format = format};
    int count = count_arguments(format);

    if (count < 0)
        result->misused = true;
    if (result->failed || result->misused)
        return;
    va_start(arguments, format);
    if (fill_note(&note, (size_t)count, arguments)
        && memory_reserve(&notes, &result->note_capacity, result->note_count + 1, sizeof note)) {
        result->notes = notes;
        result->notes[result->note_count++] = note;
    } else {
        free_note(&note);
        result->failed = true;
    }
    va_end(arguments);
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
        return fail(err, RELCOORD_EINTERNAL, "a cell of table '%s' was set with the wrong type",
                    where);
    if (result->misused)
        return fail(err, RELCOORD_EINTERNAL, "a note holds more than text");
    return RELCOORD_OK;
}

const char *relcoord_result_analysis(const relcoord_result *result)
{
    return result ? result->analysis : NULL;
}

const char *relcoord_result_note(const relcoord_result *result, size_t index)
{
    return result && index < result->note_count ? result->notes[index].words : NULL;
}

const char *relcoord_result_option(const relcoord_result *result, const char *name)
{
    return result ? relcoord_options_get(result->options, name) : NULL;
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
