/* The codebooks that relcoord brings along: identifiers, names of scales and labels of relcoord's
 * own, never the wording of a questionnaire that is somebody's. */
#ifndef CODEBOOK_BUILTINS_H
#define CODEBOOK_BUILTINS_H

#include "codebook/builtin_row.h"

typedef struct builtin_codebook {
    const char *name, *note; /* note: what it is and is not, in English */
    const builtin_rows *list;
} builtin_codebook;

/* The one at a place, which is that of its name behind "none" among the choices of the option
 * builtin; NULL past the last. */
const builtin_codebook *builtin_codebook_at(size_t index);
/* The one of a name; NULL for none. */
const builtin_codebook *builtin_codebook_of(const char *name);

#endif
