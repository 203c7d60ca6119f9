/* The codebook: what each column of the data is, and what its values mean (relcoord-codebook(5)).
 * Read once, then immutable and shared: whoever holds one has counted itself in. Knows nothing of
 * the data. */
#ifndef CODEBOOK_CODEBOOK_H
#define CODEBOOK_CODEBOOK_H

#include <stdint.h>

#include "base/intern.h"
#include "base/platform.h"
#include "codebook/code.h"
#include "relcoord.h"

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
    const char *labels[LABEL_LANGUAGES];
} codebook_entry;

struct relcoord_codebook {
    size_t count;
    codebook_entry *entries; /* in the file's order */
    const char *file;        /* its name, for errors about the data */
    input_list inputs;       /* the file itself, and those that options name besides */
    intern strings;          /* owns all text */
    struct codebook_sharing *sharing;
};

/* One without entries, with one holder. NULL when memory runs out. */
relcoord_codebook *codebook_new(void);
/* Counts one more holder; relcoord_codebook_free counts one down. */
const relcoord_codebook *codebook_share(const relcoord_codebook *codebook);
void codebook_release(const relcoord_codebook *codebook); /* the same for those who hold it const */

#endif
