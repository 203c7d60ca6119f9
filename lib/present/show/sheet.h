/* A sheet: what a list and each group of a pivot are laid out from, and what stands in its cells.
 */
#ifndef PRESENT_SHOW_SHEET_H
#define PRESENT_SHOW_SHEET_H

#include "present/show/footnotes.h"
#include "present/show/legend.h"

typedef enum part_style {
    PART_PLAIN,   /* the value */
    PART_LOW,     /* "[3.41," */
    PART_HIGH,    /* "3.89]" */
    PART_BRACKET, /* "(68)" */
    PART_LETTER   /* "m", "m?" */
} part_style;

/* A cell shows one or more values side by side. */
typedef struct part {
    const table_column *column, *partner; /* partner: the other bound */
    part_style style;
} part;

enum { PART_LIMIT = 8 };

typedef struct sheet_column {
    const char *header;
    const char *help; /* what its values mean, or NULL */
    part parts[PART_LIMIT];
    size_t part_count;
    bool numeric; /* numbers alone */
} sheet_column;

#define NO_TABLE_ROW SIZE_MAX

struct sheet {
    const writer *w;
    const relcoord_table *table;
    const char *across;         /* what the columns behind the keys are, or NULL */
    const legend *marks;        /* of a pivot */
    const footnotes *footnotes; /* of a list on a page; NULL elsewhere */
    size_t marked;              /* the column that has their marks */
    const size_t *rows;         /* the table's row of each row */
    const size_t *cells; /* pivot: the table's row of each cell behind the keys, or NO_TABLE_ROW */
    size_t row_count, column_count, key_count; /* keys come first, */
    size_t tail_count;                         /* and columns of the whole row last, in a pivot */
    sheet_column *columns;
};

/* The table's row that a cell is about. */
size_t sheet_row(const sheet *s, size_t row, size_t column);
/* A key equal to the one above need not be repeated, but never the last: groups then show. */
bool sheet_repeats(const sheet *s, size_t row, size_t column);
/* One part of a cell as text; first: of the parts, it says what is not there. */
void sheet_add_part(const sheet *s, const part *p, size_t row, bool first, text *out);

#endif
