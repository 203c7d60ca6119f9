/* A grid of cells, and what stands in each: its parts side by side, in lanes. */
#ifndef PRESENT_TEXT_CELL_H
#define PRESENT_TEXT_CELL_H

#include "present/show/sheet.h"

typedef struct grid_column {
    const char *header;
    const part *parts;
    size_t part_count;
    size_t lanes[PART_LIMIT]; /* the width of each part */
    bool right;               /* aligned to the right */
    bool flexible;            /* may be narrower than its cells, which are wrapped */
    size_t stacked;           /* the least width at which the header loses no letters */
    size_t natural;           /* the width of its widest cell */
    size_t word;              /* of its longest word, where it is flexible */
    size_t least;             /* of notes: the width of the longest code; else 0 */
    size_t width;
    text cell;   /* the cell that is being written, */
    size_t done; /* and how much of it is */
} grid_column;

typedef struct grid {
    writer *w;
    const sheet *of;
    size_t row_count, column_count, key_count; /* keys are repeated when the columns do not fit */
    grid_column *columns;
    size_t gap, line_width;
    size_t blocks;       /* how many are needed when not all fits; else 0 */
    bool breaks_words;   /* keys are so narrow that words do not fit */
    bool cut;            /* a header behind the keys lost letters */
    bool numbered;       /* numbers stand for the headers of a pivot: */
    char (*numbers)[24]; /* by column behind the keys; or NULL */
    bool has_stems;      /* some rows' keys begin alike, */
    size_t stem_column;  /* in this column, */
    size_t *stems;       /* by row with so many bytes, which stand once above; or NULL */
    text line, piece;    /* scratch */
} grid;

/* Words that follow in a cell of a key stand so far in: where the next key begins then shows. */
enum { HANGING = 2 };

/* What stands above a row for a key, 0 or so many bytes of it. */
size_t stem_of(const grid *g, size_t row, size_t column);
/* The cell of a grid, its parts in their lanes, which measure_cells must have found. */
void render_cell(grid *g, size_t row, size_t column, text *out);
void measure_cells(grid *g);

#endif
