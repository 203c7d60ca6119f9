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
    bool flexible;            /* may be narrower than its cells, whose words are then wrapped */
    size_t stacked;           /* the least width at which the header loses no letters */
    size_t natural;           /* the width of its widest cell */
    size_t word;  /* of a key: the width of its longest word, but no more than WORD_CAP */
    size_t least; /* of notes: the width of the longest code; else 0 */
    size_t width;
    size_t written; /* of a key: how many of its lines are */
} grid_column;

enum { WORD_CAP = 22 }; /* shorter words of keys are broken only where nothing else helps */

typedef struct grid {
    writer *w;
    const sheet *of;
    size_t row_count, column_count, key_count; /* keys are repeated when the columns do not fit */
    grid_column *columns;
    size_t gap, line_width;
    size_t blocks;          /* how many are needed when not all fits; else 0 */
    bool cut;               /* a header behind the keys lost letters */
    text line, cell, piece; /* scratch */
} grid;

/* The cell of a grid, its parts in their lanes, which measure_cells must have found. */
void render_cell(grid *g, size_t row, size_t column, text *out);
void measure_cells(grid *g);

#endif
