/* The pieces the text writer is made of: prose, strings, and the grid that a sheet is laid out on.
 * Private to text*.c. */
#ifndef PRESENT_TEXT_GRID_H
#define PRESENT_TEXT_GRID_H

#include "present/show.h"

#define ELLIPSIS "…"

/* ---- Prose: items one behind the other, wrapped at the option "width"
 * ---------------------------- */

typedef struct prose {
    writer *w;
    size_t indent; /* of every line but the first */
    size_t column; /* where the line stands; 0: nothing yet */
} prose;

/* Puts an item after a separator, on a new line when it does not fit. */
void prose_item(prose *p, const char *separator, const char *item);
/* The words of a text, each an item. */
void prose_words(prose *p, const char *words);
void prose_end(prose *p);

/* ---- Strings --------------------------------------------------------------------------------- */

/* At most `width` columns, the rest an ellipsis at the end or in the middle. */
void add_shortened(text *out, const char *string, size_t width, bool middle);

/* Takes the next line of at most `width` columns off a text; false at its end. */
bool next_line(const char **cursor, size_t width, const char **line, size_t *length);

/* A header on up to HEADER_LINES lines, broken after words; *cut says whether letters were lost. */
enum { HEADER_LINES = 3 };
typedef struct header_line {
    const char *start;
    size_t length;
    bool cut; /* letters were lost behind it */
} header_line;
size_t wrap_header(const char *header, size_t width, header_line lines[HEADER_LINES], bool *cut);
size_t columns_of(const char *start, size_t length);

/* ---- The grid -------------------------------------------------------------------------------- */

typedef struct grid_column {
    const char *header;
    const part *parts;
    size_t part_count;
    size_t lanes[PART_LIMIT]; /* the width of each part */
    bool right;               /* aligned to the right */
    bool flexible; /* may be narrower than its cells: a key is shortened, other words are wrapped */
    bool middle;   /* shortened in the middle, because the ends alone tell its values apart */
    size_t stacked; /* the least width at which the header loses no letters */
    size_t natural; /* the width of its widest cell */
    size_t least;   /* of notes: the width of the longest code; else 0 */
    size_t width;
} grid_column;

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

/* Lays a sheet out in the line's width and writes it; *cut says whether headers behind the keys
 * lost letters. False when the writing is to end. */
bool grid_write(writer *w, const sheet *of, bool *cut);

#endif
