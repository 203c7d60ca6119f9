/* Several files as one: columns may stand in another order in each. */
#include "data_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t find_column(const data_file *f, const char *name)
{
    size_t i = 0;
    while (i < f->column_count && strcmp(f->columns[i].name, name) != 0)
        i++;
    return i;
}

/* Where the columns of a file stand in the first. A name that stands twice is refused when the data
 * are read. */
static relcoord_status place_columns(data_files *d, size_t file, relcoord_error *err)
{
    const data_file *first = &d->files[0], *f = &d->files[file];
    size_t *places = d->places[file] = calloc(f->column_count + 1, sizeof *places);
    if (!places)
        return foreign_fail_memory(err);
    for (size_t i = 0; i < f->column_count; i++) {
        places[i] = file == 0 ? i : find_column(first, f->columns[i].name);
        if (places[i] == first->column_count)
            return foreign_fail(err, RELCOORD_EDATA, f->path,
                                "the first file has no column '%.100s'", f->columns[i].name);
    }
    for (size_t i = 0; i < first->column_count && file > 0; i++)
        if (find_column(f, first->columns[i].name) == f->column_count)
            return foreign_fail(err, RELCOORD_EDATA, f->path,
                                "no column '%.100s', which the first file has",
                                first->columns[i].name);
    return RELCOORD_OK;
}

relcoord_status foreign_files_open(data_files *d, const char *const *paths, size_t count,
                                   const reading *how, relcoord_error *err)
{
    foreign_kind kind;
    relcoord_status status = foreign_find(paths, count, &kind, err);
    *d = (data_files){.how = *how};
    if (!status && kind == FOREIGN_NONE)
        status = foreign_fail(err, RELCOORD_EUSAGE, count > 0 ? paths[0] : NULL,
                              "this is neither a file of SPSS or Stata nor a workbook");
    if (status)
        return status;
    d->files = calloc(count, sizeof *d->files);
    d->places = calloc(count, sizeof *d->places);
    d->firsts = calloc(count, sizeof *d->firsts);
    if (!d->files || !d->places || !d->firsts)
        return foreign_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) {
        d->count++;
        status = foreign_file_open(&d->files[i], paths[i], kind, &d->how, err);
        if (!status)
            status = place_columns(d, i, err);
    }
    d->columns = d->files[0].column_count;
    return status;
}

void foreign_files_close(data_files *d)
{
    for (size_t i = 0; i < d->count; i++) {
        foreign_file_close(&d->files[i]);
        free(d->places[i]);
    }
    free(d->files);
    free(d->places);
    free(d->firsts);
}

/* ---- Rows ---- */

typedef struct counting {
    data_files *d;
    size_t file;
    int64_t rows; /* so far, of all files */
    cell_sink sink;
    void *user;
} counting;

static int count_cell(void *user, int64_t row, size_t column, const file_cell *cell)
{
    counting *c = user;
    int64_t whole = c->d->firsts[c->file] + row;
    c->rows = whole + 1;
    return c->sink(c->user, whole, c->d->places[c->file][column], cell);
}

relcoord_status foreign_files_rows(data_files *d, cell_sink sink, void *user, relcoord_error *err)
{
    counting c = {d, 0, 0, sink, user};
    relcoord_status status = RELCOORD_OK;
    for (; c.file < d->count && !status; c.file++) {
        d->firsts[c.file] = c.rows;
        status = foreign_file_rows(&d->files[c.file], count_cell, &c, err);
        if (!status && c.rows == d->firsts[c.file])
            status = foreign_fail(err, RELCOORD_EDATA, d->files[c.file].path,
                                  "the file has no rows");
    }
    return status;
}

void foreign_files_place(const data_files *d, relcoord_error *err)
{
    size_t file = 0;
    if (!err || d->count == 0)
        return;
    if (err->status != RELCOORD_EDATA || err->file[0])
        return;
    while (err->row > 0 && file + 1 < d->count && d->firsts[file + 1] > 0
           && d->firsts[file + 1] < err->row)
        file++;
    if (err->row > 0)
        err->line = err->row -= d->firsts[file];
    if (err->row > 0 && (size_t)err->row <= d->files[file].line_count)
        err->line = d->files[file].lines[err->row - 1];
    snprintf(err->file, sizeof err->file, "%s", d->files[file].path);
}
