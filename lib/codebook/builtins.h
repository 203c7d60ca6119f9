/* The codebooks that relcoord brings along: identifiers and names of scales, never the wording of a
 * questionnaire. */
#ifndef CODEBOOK_BUILTINS_H
#define CODEBOOK_BUILTINS_H

#include <stddef.h>

#include "base/language.h"

typedef struct builtin_row {
    const char *variable, *role, *scale, *dimension, *values;
    const char *labels[LABEL_LANGUAGES];
} builtin_row;

typedef struct builtin_codebook {
    const char *name;
    const builtin_row *rows;
    size_t count;
} builtin_codebook;

/* The one at a place, which is that of its name behind "none" among the choices of the option
 * builtin; NULL past the last. */
const builtin_codebook *builtin_codebook_at(size_t index);

#endif
