/* Every word that relcoord prints around its figures, in English and Danish. CSV and JSON, and the
 * names of options, are the same in every language and stand elsewhere. */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "base/language.h"
#include "base/text.h"
#include "tables/result.h"

typedef enum word_id {
    WORD_LANGUAGE,  /* the language's code, as in the attribute lang of a page */
    WORD_DECIMAL,   /* the decimal mark */
    WORD_NOTE,      /* before a note of the result */
    WORD_INTERVAL,  /* heads a pair of bounds */
    WORD_LEVEL,     /* stands between the level of an interval and WORD_INTERVAL: "95 % CI" */
    WORD_BETWEEN,   /* stands between the two bounds */
    WORD_NO_ROWS,   /* a table or view without rows */
    WORD_COLUMNS,   /* before the whole names of columns whose headers were cut */
    WORD_UNCERTAIN, /* what `?` behind a band means */
    WORD_DOUBTED,   /* the same in one word */
    WORD_NOT_THERE, /* what `·` means */
    WORD_NO_VALUE,  /* what `–` means */
    WORD_SAME,      /* behind what all rows have in common */
    WORD_COUNT
} word_id;

const char *word(language l, word_id which);

/* The following give NULL for what they do not know. */

/* A text that stands in a descriptor, in English: the title of a view, what a table, column, option
 * or analysis is for. */
const char *words_text(language l, const char *english);
/* What to head a column with, by its name. */
const char *words_heading(language l, const char *column);
/* A value of a column that holds relcoord's own words, such as a dimension or a band. */
const char *words_value(language l, const char *column, const char *value);
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

/* A name's words in both languages, and the words of one that ends at `length`; NULL when it is not
 * among them. */
typedef struct word_pair {
    const char *name, *words[LANGUAGE_COUNT];
} word_pair;

const char *words_find(const word_pair *pairs, size_t count, language l, const char *name,
                       size_t length);

/* The texts of descriptors, in words_texts.c and the files beside it; all end with NULL. */
extern const char *const words_texts[][2];
extern const char *const words_texts_of_models[][2];
extern const char *const words_texts_of_coupling[][2];
extern const char *const words_texts_of_comparisons[][2];
extern const char *const words_texts_of_evaluation[][2];
extern const char *const words_texts_of_forms[][2];
extern const char *const words_texts_of_networks[][2];
extern const char *const words_texts_of_resampling[][2];
extern const char *const words_texts_of_response[][2];

/* Error messages as formats, in words_messages.c and words_messages_calls.c, and the parts that
 * some of their arguments are; all end with NULL. */
extern const char *const words_messages[][2], *const words_messages_of_calls[][2],
                                                  *const words_message_parts[][2];

/* Adds an error message in Danish; false, and nothing is added, when it is none of them. */
bool words_add_message(const char *english, text *out);

/* What stands for a conversion of a format: borrowed from the words that it was found in. */
enum { ARGUMENT_LIMIT = 8 };
typedef struct argument {
    const char *start;
    size_t length;
} argument;

/* Whether words are those of an English format; then found[] is what stands for each conversion,
 * and *fixed how many bytes the format itself has. */
bool words_match(const char *format, argument words, argument found[ARGUMENT_LIMIT], size_t *fixed);
/* Adds a Danish format with such arguments. */
void words_add_danish(const char *format, const argument *arguments, text *out);

#endif
