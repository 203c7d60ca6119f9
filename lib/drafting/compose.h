/* A codebook composed of built-in ones: what they share once and in front, rows about another
 * workgroup once for each, coupling competence at each level; and the columns of the data that it
 * describes. */
#ifndef DRAFTING_COMPOSE_H
#define DRAFTING_COMPOSE_H

#include "codebook/builtins.h"
#include "drafting/compose_names.h"

enum {
    COMPOSED_VARIABLE,
    COMPOSED_ROLE,
    COMPOSED_SCALE,
    COMPOSED_DIMENSION,
    COMPOSED_TARGET,
    COMPOSED_LEVEL,
    COMPOSED_VALUES,
    COMPOSED_LABELS,
    COMPOSED_CELLS = COMPOSED_LABELS + LABEL_LANGUAGES
};

/* As a codebook writes it; "" where nothing is said. */
typedef struct composed_row {
    const char *cells[COMPOSED_CELLS];
} composed_row;

typedef struct composed_codebook {
    composed_row *rows;
    size_t count, capacity;
    composed_names targets, levels;
    bool asks_about_targets, has_levels; /* rows besides rc's that targets, levels, are for */
    intern strings;                      /* owns the text that is not the built-in codebooks' */
    const char **columns; /* of the form: those of the data, in the order of the rows */
    size_t column_count, column_capacity;
    bool failed; /* memory ran out */
} composed_codebook;

/* From the options builtin, targets and levels; the caller frees it, whatever comes of it. */
relcoord_status compose_make(const relcoord_options *options, composed_codebook *c,
                             relcoord_error *err);
void compose_free(composed_codebook *c);

#endif
