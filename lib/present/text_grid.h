/* The pieces the text writer is made of: words, prose, cells, and the grid that both a list and a
 * pivot are laid out on. Private to text*.c. */
#ifndef PRESENT_TEXT_GRID_H
#define PRESENT_TEXT_GRID_H

#include "present/writer.h"

/* ---- Words: every word of a language that the text writer prints; the table is in text.c ------- */

typedef enum word_id {
    WORD_NOTE,       /* before a note of the result */
    WORD_INTERVAL,   /* heads a pair of bounds: "95 % " goes before it */
    WORD_NO_ROWS,    /* a table or view without rows */
    WORD_COLUMNS,    /* before the whole names of columns whose headers were cut */
    WORD_UNCERTAIN,  /* what `?` behind a letter means */
    WORD_NOT_THERE,  /* what `·` means */
    WORD_NO_VALUE,   /* what `–` means */
    WORD_SAME        /* behind what all rows have in common */
} word_id;

const char *text_word(word_id which);
/* What a code of a note means, or NULL. The code ends at `length`. */
const char *text_code_meaning(const char *code, size_t length);

/* ---- Prose: items one behind the other, wrapped at the option "width" ---------------------------- */

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

/* ---- Strings ---------------------------------------------------------------------------------- */

/* Control characters, which could move the cursor, become blanks. */
void add_clean(text *out, const char *string);
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

/* ---- Cells ------------------------------------------------------------------------------------ */

/* What the letters and marks in the cells of a pivot stand for. */
enum { LEGEND_LIMIT = 9 };
typedef struct legend {
    const char *letter_name;          /* the column shown as letters */
    const char *words[LEGEND_LIMIT];  /* its words, the one with the lowest estimate first */
    double lowest[LEGEND_LIMIT];
    size_t word_count, letters;       /* letters that tell the words apart; 0: whole words */
    const char *notes[LEGEND_LIMIT];  /* notes of cells without a value */
    size_t note_count;
    bool uncertain, not_there;
} legend;

#define ELLIPSIS "…"
#define NO_VALUE "–"
#define NOT_THERE "·"

/* Learns what occurs in some rows; words: the column shown as letters, or NULL. */
void legend_learn(legend *marks, const table_column *estimate, const table_column *words,
                  const table_column *notes, const size_t *rows, size_t count);
/* marks may be NULL. */
void legend_add_no_value(const legend *marks, const char *note, text *out);
void legend_add_word(const legend *marks, const char *whole, const char *note, text *out);
void legend_write(const legend *marks, writer *w);
/* Below a list: what the codes of its notes mean. */
void explain_codes(writer *w, const table_column *notes, const size_t *rows, size_t count);

typedef enum part_style {
    PART_PLAIN,   /* the value */
    PART_LOW,     /* "[3.41," */
    PART_HIGH,    /* "3.89]" */
    PART_BRACKET, /* "(68)" */
    PART_LETTER   /* "m", "m?" */
} part_style;

/* A cell shows one or more values side by side, each kind in a lane of its own. */
typedef struct part {
    const table_column *column, *partner; /* partner: the other bound */
    part_style style;
    size_t width;
} part;

enum { PART_LIMIT = 8 };

/* ---- The grid --------------------------------------------------------------------------------- */

typedef struct grid_column {
    const char *header;
    part parts[PART_LIMIT];
    size_t part_count;
    bool right;    /* aligned to the right */
    bool flexible; /* may be narrower than its cells: a key is shortened, other words are wrapped */
    bool middle;   /* shortened in the middle, because the ends alone tell its values apart */
    size_t stacked; /* the least width at which the header loses no letters */
    size_t natural; /* the width of its widest cell */
    size_t least;   /* of notes: the width of the longest code; else 0 */
    size_t width;
} grid_column;

#define NO_ROW SIZE_MAX

typedef struct grid {
    writer *w;
    const relcoord_table *table;
    const char *across;     /* stands above the columns behind the keys, or NULL */
    const legend *marks;    /* of a pivot */
    const size_t *rows;     /* the table's row of each row */
    const size_t *cells;    /* pivot: the table's row of each cell behind the keys, or NO_ROW */
    size_t row_count, column_count, key_count;
    grid_column *columns;   /* keys first: they are repeated when the columns do not fit */
    size_t gap, line_width;
    size_t blocks;          /* how many are needed when not all fits; else 0 */
    bool cut;               /* a header behind the keys lost letters */
    text line, cell, piece; /* scratch */
} grid;

/* The value of a cell as text; nothing when it is empty. */
void add_value(const writer *w, const table_column *column, size_t row, text *out);
/* The cell of a grid, its parts in their lanes; grid_measure must have found the lanes. */
void render_cell(grid *g, size_t row, size_t column, text *out);
void measure_cells(grid *g);

/* Lays the grid out in the line's width and writes it. False when the writing is to end. */
bool grid_write(grid *g);
/* Frees what the grid holds: its columns and scratch. */
void grid_free(grid *g);

/* ---- Views ------------------------------------------------------------------------------------ */

/* Rows of a table chosen by a view. False: the writing is to end. columns, where: as in view_spec. */
bool write_list(writer *w, const relcoord_table *table, const char *columns, const char *where,
                const size_t *rows, size_t row_count);
bool write_pivot(writer *w, const relcoord_table *table, const view_spec *view,
                 const size_t *rows, size_t row_count);

/* The column whose name is in a list at `name`, or NULL. */
const table_column *named_column(const relcoord_table *table, const char *name, size_t length);
bool same_cell(const table_column *column, size_t row, size_t other);

#endif
