/* Reading a codebook: what its rows are gathered in, and what one row must not be. */
#ifndef CODEBOOK_ENTRY_H
#define CODEBOOK_ENTRY_H

#include "base/text.h"
#include "codebook/codebook.h"
#include "source/reader.h"

/* The columns of a codebook. */
typedef enum codebook_cell {
    CELL_VARIABLE,
    CELL_ROLE,
    CELL_SCALE,
    CELL_DIMENSION,
    CELL_TARGET,
    CELL_LEVEL,
    CELL_VALUES,
    CELL_LABEL_EN,
    CELL_LABEL_DA,
    CELL_COUNT
} codebook_cell;

typedef struct codebook_reader {
    reader at; /* first: libcsv's callbacks get it */
    relcoord_codebook *codebook;
    size_t entry_capacity;
    size_t column_of[CELL_COUNT]; /* by cell: its column, or SIZE_MAX */
    uint8_t *cell_of;             /* by column: its cell, or CELL_COUNT below an empty heading */
    text cells[CELL_COUNT];       /* of the row at hand, trimmed */
    bool filled;                  /* the row at hand is not blank */
    intern claims;                /* what only one row may have */
    int64_t *claim_lines;         /* by claim: the row that has it */
    size_t claim_capacity;
} codebook_reader;

/* Gives an entry what it leaves to be understood, and refuses one that contradicts itself or one
 * before it. */
void codebook_check_entry(codebook_reader *c, codebook_entry *e);

#endif
