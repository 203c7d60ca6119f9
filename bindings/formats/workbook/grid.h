/* The cells of a sheet as a data file: the first row with values is the heading, the others are
 * cases. Rows and columns without values are passed over. */
#ifndef FORMATS_GRID_H
#define FORMATS_GRID_H

#include "data_file.h"

/* Bounds of the formats' programs: a sheet has no more. Cells are bounded as well, because a few
 * bytes of OpenDocument can repeat one. */
enum { MOST_ROWS = 1048576, MOST_COLUMNS = 16384, MOST_CELLS = 1 << 26 };

typedef struct grid {
    data_file *file;
    const char *sheet;
    int64_t *columns; /* of the sheet, by column of the file */
    int64_t heading;  /* its row, from 1; 0 before it is met */
    bool heading_only;
    cell_sink sink;
    void *user;
    int64_t row, rows, cells; /* row: of the sheet, at hand; rows: with values, below the heading */
    int64_t column;           /* of the sheet, the last with a value in the row */
    size_t place;             /* in the columns, behind that */
    bool done;                /* nothing more is wanted */
    relcoord_status status;   /* sticky */
    relcoord_error *err;
} grid;

/* The next cell: rows count from 1, columns from 0, and both only grow. Blank text is no value. */
void foreign_grid_cell(grid *g, int64_t row, int64_t column, const char *text);

/* A fault at a cell, which the error has as its column, as Excel writes it: Sheet1!E5. */
void foreign_grid_fail(grid *g, int64_t row, int64_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void foreign_grid_fail_memory(grid *g);

/* There is no such sheet: the message lists those there are, which come separated by ", ". */
relcoord_status foreign_fail_sheet(const char *path, const char *sheet, const char *names,
                                   relcoord_error *err);

#endif
