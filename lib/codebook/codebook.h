/* The codebook: what each column of the data is, and what its values mean (relcoord-codebook(5)).
 * Read once, then immutable and shared: whoever holds one has counted itself in. Knows nothing of
 * the data. */
#ifndef CODEBOOK_CODEBOOK_H
#define CODEBOOK_CODEBOOK_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/language.h"
#include "relcoord.h"

/* What an entry of `values` stands for. */
typedef enum code_kind {
    CODE_SCORE,
    CODE_MISSING,
    CODE_DONT_KNOW,
    CODE_UNSCORED /* a category without a score; every entry of a column of labels */
} code_kind;

typedef struct code {
    const char *presented; /* as the data have it: trimmed, escapes undone */
    bool numeric; /* it is a number, decimal point: any text of that number is the same value */
    double number;
    code_kind kind;
    double score;                       /* of CODE_SCORE; finite */
    const char *labels[LANGUAGE_COUNT]; /* "" where none is given */
} code;

/* The entries of one `values` cell, in display order. */
typedef struct code_list {
    size_t count;
    code *codes;
} code_list;

/* Not more, so that a code's place fits a byte beside what is no code. */
enum { MOST_CODES = 250 };

typedef enum codebook_role {
    ROLE_RESPONDENT,
    ROLE_WORKGROUP,
    ROLE_TARGET,
    ROLE_UNIT,
    ROLE_GROUP,
    ROLE_WAVE,
    ROLE_WEIGHT,
    ROLE_ROLE,
    ROLE_LEVEL,
    ROLE_STATUS,
    ROLE_ITEM,
    ROLE_OUTCOME,
    ROLE_COUNT
} codebook_role;

extern const char *const codebook_role_names[ROLE_COUNT];

/* One row. Text that is not given is "". */
typedef struct codebook_entry {
    int64_t line;         /* of the codebook's file, for errors */
    const char *variable; /* a column's name, or a pattern with {target} or {dimension} */
    bool pattern;
    codebook_role role;
    const char *scale; /* of an item: "rc" when none is given and it has a dimension of relational
                          coordination */
    const char *dimension, *target, *level;
    code_list values;
    const char *labels[LANGUAGE_COUNT];
} codebook_entry;

struct relcoord_codebook {
    size_t count;
    codebook_entry *entries; /* in the file's order */
    const char *file;        /* its name, for errors about the data */
    intern strings;          /* owns all text */
    struct codebook_sharing *sharing;
};

/* Counts one more holder; relcoord_codebook_free counts one down. */
const relcoord_codebook *codebook_share(const relcoord_codebook *codebook);
void codebook_release(const relcoord_codebook *codebook); /* the same for those who hold it const */

/* The codebook that options for "read" name or hold, counted once more: codebook_release lets go of
 * it. NULL when there is none. One that is named is read as if on its own: the options' encoding
 * and the like are the data's. */
relcoord_status codebook_of_options(const relcoord_options *options, const relcoord_codebook **out,
                                    relcoord_error *err);

/* The place of the code that a field means: its trimmed bytes equal the presented ones, or both are
 * numbers, the field's with that decimal mark, and equal. list->count when there is none. */
size_t code_list_find(const code_list *list, const char *bytes, size_t length, char decimal_mark);

/* What a code is called where one name must do: the English label, else the Danish, else what is
 * presented. */
const char *code_name(const code *c);

/* Whether it is an answer, scored or not, and neither a don't know nor missing. */
bool code_is_category(const code *c);

#endif
