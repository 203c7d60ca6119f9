/* What a result says, held against the words: its codes, estimators, values and notes. */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "words/words.h"

/* Whether a value, up to `length`, is a word of the data, whole: what users call things is shown as
 * it is. One with a colon may be two such words. */
static inline bool is_of_data(const char *data, const char *value, size_t length)
{
    const char *const ends = ",;|=\"\n", *colon = memchr(value, ':', length);
    for (const char *at = data; (at = strchr(at, *value)); at++)
        if (strncmp(at, value, length) == 0 && (at == data || strchr(ends, at[-1]))
            && (!at[length] || strchr(ends, at[length])))
            return true;
    return colon && is_of_data(data, value, (size_t)(colon - value))
           && (words_no_key(DANISH, colon + 1)
               || is_of_data(data, colon + 1, length - (size_t)(colon + 1 - value)));
}

static inline void expect_code_meanings(const char *note)
{
    while (*note) {
        size_t length = strcspn(note, ";");
        ck_assert_msg(words_code(DANISH, note, length), "no Danish for the code '%.*s'",
                      (int)length, note);
        note += length + (note[length] == ';');
    }
}

static inline void expect_value(const relcoord_table *t, const table_column *column, size_t row,
                                const char *data)
{
    const char *value = column->values.strings[row];
    if (!column->valid[row] || !value[strspn(value, "0123456789")] || words_no_key(DANISH, value))
        return; /* nothing, or a whole number, which is the same in any language */
    if (column->spec.kind == RELCOORD_NOTE)
        expect_code_meanings(value);
    else if (strcmp(column->spec.name, "estimator") == 0)
        ck_assert_msg(words_estimator(DANISH, value), "no Danish for the estimator '%s'", value);
    else
        ck_assert_msg(words_value(DANISH, false, t->spec->name, column->spec.name, value)
                          || is_of_data(data, value, strlen(value)),
                      "no Danish for %s '%s'", column->spec.name, value);
}

/* Everything that a result says has its Danish; `data` is what it was made from. Returns how many
 * values were looked at. */
static inline size_t expect_danish(const relcoord_result *result, const char *data)
{
    size_t seen = 0;
    for (size_t i = 0; i < result->table_count; i++) {
        const relcoord_table *t = result->tables[i];
        for (size_t c = 0; c < t->column_count; c++) {
            if (t->columns[c].spec.type != RELCOORD_STRING)
                continue;
            for (size_t row = 0; row < t->row_count; row++, seen++)
                expect_value(t, &t->columns[c], row, data);
        }
    }
    for (size_t i = 0; i < result->note_count; i++) {
        text danish = {0};
        ck_assert_msg(words_add_note(DANISH, &result->notes[i], &danish),
                      "no Danish for the note \"%s\"", result->notes[i].words);
        ck_assert_str_ne(danish.bytes, result->notes[i].words);
        text_free(&danish);
    }
    return seen;
}

#endif
