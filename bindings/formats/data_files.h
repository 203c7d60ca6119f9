/* The data files of a call as one: the columns of the first, and the rows of all. */
#ifndef FORMATS_DATA_FILES_H
#define FORMATS_DATA_FILES_H

#include "data_file.h"

typedef struct data_files {
    data_file *files;
    size_t count;
    size_t **places; /* by file and column: which of the first file's columns it is */
    int64_t *firsts; /* by file: how many rows there are before it; set while the rows are read */
    size_t columns;
    reading how;
} data_files;

/* Reads what the columns of all files are; a file that has others than the first is an error. To be
 * closed whatever comes of it. */
relcoord_status foreign_files_open(data_files *d, const char *const *paths, size_t count,
                                   const reading *how, relcoord_error *err);
void foreign_files_close(data_files *d);

/* The rows of all, counting through, and columns as the first file has them. */
relcoord_status foreign_files_rows(data_files *d, cell_sink sink, void *user, relcoord_error *err);

/* Says of an error in a row in which file and case it is. */
void foreign_files_place(const data_files *d, relcoord_error *err);

#endif
