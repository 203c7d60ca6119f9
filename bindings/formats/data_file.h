/* A file of another program: what its columns are, and then its rows, cell by cell. Knows nothing
 * of surveys. */
#ifndef FORMATS_DATA_FILE_H
#define FORMATS_DATA_FILE_H

#include <stdbool.h>

#include "dates.h"
#include "kind.h"
#include "number.h"

/* A value that has a label: a number, or text where that is not NULL. */
typedef struct value_label {
    double number;
    char *text, *label;
} value_label;

typedef struct label_set {
    char *name;
    value_label *labels;
    size_t count, capacity;
} label_set;

/* Values that the user declared missing: one text, or numbers from low to high. */
typedef struct missing_range {
    char *text;
    double low, high;
} missing_range;

typedef struct file_column {
    char *name, *label; /* label: "" where there is none */
    char *set_name;     /* of its labels; NULL for none */
    const label_set *set;
    bool text;        /* what stands in it, as the file has it */
    date_format date; /* how a number is a date; {DATE_NONE} where it is none */
    missing_range *missing;
    size_t missing_count;
} file_column;

typedef struct data_file {
    char *path;
    char encoding[24]; /* "" for what the file says */
    foreign_kind kind;
    file_column *columns;
    size_t column_count, column_capacity;
    label_set *sets;
    size_t set_count, set_capacity;
    struct workbook *book; /* an opened workbook */
    int64_t *lines;        /* of the sheet, by row; NULL where a row is a case */
    size_t line_count, line_capacity;
} data_file;

/* A cell: no value, a number, or text where that is not NULL. */
typedef struct file_cell {
    const file_column *column;
    bool valid, missing; /* missing: the user declared the value so; it stands here all the same */
    double number;
    const char *text;
} file_cell;

/* Takes the next cell, rows counting from 0; any other return than 0 ends the reading, which is no
 * error. */
typedef int (*cell_sink)(void *user, int64_t row, size_t column, const file_cell *cell);

/* How files are to be read. */
typedef struct reading {
    const char *encoding; /* of texts; "" for what a file says */
    const char *sheet;    /* of workbooks; NULL for the first */
    bool coded;           /* values stay as they are, for a codebook says what they mean */
} reading;

/* Reads what the columns are. To be closed whatever comes of it. */
relcoord_status foreign_file_open(data_file *f, const char *path, foreign_kind kind,
                                  const reading *how, relcoord_error *err);
void foreign_file_close(data_file *f);

relcoord_status foreign_file_rows(data_file *f, cell_sink sink, void *user, relcoord_error *err);

/* The two ways to read: by ReadStat, and workbooks. */
relcoord_status foreign_readstat_columns(data_file *f, relcoord_error *err);
relcoord_status foreign_readstat_rows(data_file *f, cell_sink sink, void *user,
                                      relcoord_error *err);
relcoord_status foreign_workbook_columns(data_file *f, const char *sheet, relcoord_error *err);
relcoord_status foreign_workbook_rows(data_file *f, cell_sink sink, void *user,
                                      relcoord_error *err);
void foreign_workbook_close(struct workbook *book);

/* The label of a valid cell's value, or NULL. */
const char *foreign_label(const file_cell *cell);

#endif
