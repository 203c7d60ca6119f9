/* A code: one value that a column of the data may have, and what it means. */
#ifndef CODEBOOK_CODE_H
#define CODEBOOK_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/language.h"

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
    double score;                        /* of CODE_SCORE; finite */
    const char *labels[LABEL_LANGUAGES]; /* "" where none is given */
} code;

/* The entries of one `values` cell, in display order. */
typedef struct code_list {
    size_t count;
    code *codes;
} code_list;

/* Not more, so that a code's place fits a byte beside what is no code. */
enum { MOST_CODES = 250 };

void code_list_free(code_list *list);

/* The place of the code that a field means: its trimmed bytes equal the presented ones, or both are
 * numbers, the field's with that decimal mark, and equal. list->count when there is none. */
size_t code_list_find(const code_list *list, const char *bytes, size_t length, char decimal_mark);

/* What a code is called where one name must do: the English label, else the Danish, else what is
 * presented. */
const char *code_name(const code *c);

#endif
