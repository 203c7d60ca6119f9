/* A row of a built-in codebook. */
#ifndef CODEBOOK_BUILTIN_ROW_H
#define CODEBOOK_BUILTIN_ROW_H

#include <stddef.h>

#include "base/language.h"

/* A variable that ends in BUILTIN_EACH_TARGET is asked about each workgroup; without workgroups it
 * ends before that. */
#define BUILTIN_EACH_TARGET "_{target}"

typedef struct builtin_row {
    const char *variable, *role, *scale, *dimension, *values;
    const char *labels[LABEL_LANGUAGES];
} builtin_row;

typedef struct builtin_rows {
    const builtin_row *rows;
    size_t count;
} builtin_rows;

#endif
