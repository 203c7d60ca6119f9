/* Every word that relcoord prints around its figures, in the languages of the catalogues (*.po).
 * CSV and JSON, and the names of options, are the same in every language and stand elsewhere. */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "base/language.h"
#include "base/text.h"
#include "tables/result.h"

typedef enum word_id {
    WORD_BETWEEN,   /* stands between the two bounds of an interval */
    WORD_COLUMNS,   /* before the whole names of columns whose headers were cut */
    WORD_DECIMAL,   /* the decimal mark */
    WORD_DOUBTED,   /* what `?` behind a band means, in one word */
    WORD_INTERVAL,  /* heads a pair of bounds */
    WORD_LANGUAGE,  /* the language's code, as in the attribute lang of a page */
    WORD_LEVEL,     /* stands between the level of an interval and WORD_INTERVAL: "95 % CI" */
    WORD_NO_ROWS,   /* a table or view without rows */
    WORD_NO_VALUE,  /* what `–` means */
    WORD_NOT_THERE, /* what `·` means */
    WORD_NOTE,      /* before a note of the result */
    WORD_SAME,      /* behind what all rows have in common */
    WORD_UNCERTAIN, /* what `?` behind a band means */
    WORD_COUNT
} word_id;

const char *word(language l, word_id which);

/* The language of a code, such as "da"; LANGUAGE_COUNT when it is none. */
language words_language(const char *code);

/* The following give NULL for what they do not know. */

/* A text that stands in a descriptor, in English: the title of a view, what a table, column, option
 * or analysis is for. */
const char *words_text(language l, const char *english);
/* What a table is called, by its name, in a word or two. */
const char *words_table(language l, const char *name);
/* What to head a table's column with, by its name. */
const char *words_heading(language l, const char *table, const char *column);
/* A value of a column that holds relcoord's own words, such as a dimension or a band; in its short
 * form where one is wanted and there. */
const char *words_value(language l, bool in_short, const char *table, const char *column,
                        const char *value);
/* The words of such a column one after the other; NULL past the last. */
const char *words_value_at(language l, const char *column, size_t index);
/* What a key reads where there is none: "(total)", "(missing)". */
const char *words_no_key(language l, const char *value);
/* What a code of a note means; it ends at `length`, and what follows a colon in it is a name. */
const char *words_code(language l, const char *code, size_t length);
/* What an estimator does, by its identifier. */
const char *words_estimator(language l, const char *identifier);

/* Adds a note of a result; false, and nothing is added, where it has no words in that language. */
bool words_add_note(language l, const result_note *note, text *out);
/* The same for a sentence that was made from some format of the catalogue. */
bool words_add_sentence(language l, const char *english, text *out);

#endif
