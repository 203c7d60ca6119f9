/* A first codebook of data files. The library drafts from CSV, so the files are given to it as
 * that, through a pipe in the place of standard input: nothing of the answers lies on a disk. What
 * the user declared missing is empty there, and comes back with the labels
 * (readstat_codebook.c). */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "readstat_codebook.h"

/* The row at hand, for another file may have its columns in another order. */
typedef struct cell_text {
    char *bytes;
    size_t length, capacity;
} cell_text;

typedef struct csv_feeder {
    data_files *files;
    FILE *to;
    cell_text *cells;
    int64_t row; /* at hand; -1 before the first */
    relcoord_error error;
} csv_feeder;

/* ---- CSV ---- */

void print_field(FILE *to, const char *text)
{
    const bool quoted = strpbrk(text, ",\"\r\n;\t") != NULL;
    if (quoted)
        putc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', to);
        putc(*text, to);
    }
    if (quoted)
        putc('"', to);
}

static void print_heading(const csv_feeder *f)
{
    for (size_t i = 0; i < f->files->columns; i++) {
        if (i > 0)
            putc(',', f->to);
        print_field(f->to, f->files->files[0].columns[i].name);
    }
    putc('\n', f->to);
}

static void print_row(csv_feeder *f)
{
    for (size_t i = 0; i < f->files->columns; i++) {
        if (i > 0)
            putc(',', f->to);
        if (f->cells[i].length > 0)
            print_field(f->to, f->cells[i].bytes);
        f->cells[i].length = 0;
    }
    putc('\n', f->to);
}

static bool keep_text(cell_text *c, const char *text)
{
    size_t length = strlen(text);
    if (length >= c->capacity) {
        char *bytes = realloc(c->bytes, 2 * length + 16);
        if (!bytes)
            return false;
        c->bytes = bytes;
        c->capacity = 2 * length + 16;
    }
    memcpy(c->bytes, text, length + 1);
    c->length = length;
    return true;
}

static int take_cell(void *user, int64_t row, size_t column, const file_cell *cell)
{
    csv_feeder *f = user;
    char number[CELL_TEXT_SIZE];
    if (row != f->row && f->row >= 0)
        print_row(f);
    f->row = row;
    if (!cell->valid || cell->missing)
        return ferror(f->to); /* nobody reads any more */
    if (!cell->text)
        print_number(cell->number, number);
    if (keep_text(&f->cells[column], cell->text ? cell->text : number))
        return ferror(f->to);
    fail_foreign_memory(&f->error);
    return -1;
}

/* The thread that writes into the pipe while the library reads from it. */
static void *write_csv(void *user)
{
    csv_feeder *f = user;
    relcoord_error error = {.status = RELCOORD_OK};
    print_heading(f);
    if (data_files_rows(f->files, take_cell, f, &error) && !f->error.status)
        f->error = error;
    if (f->row >= 0 && !f->error.status)
        print_row(f);
    fclose(f->to);
    return NULL;
}

/* ---- The whole ---- */

/* The CSV is found out as any is, whatever the call says of the file; tables of labels may be of
 * another dialect. */
static relcoord_status forget_dialect(const arguments *a, relcoord_error *err)
{
    relcoord_status status = relcoord_options_set(a->read, "separator", "auto", err);
    if (!status)
        status = relcoord_options_set(a->read, "encoding", "auto", err);
    return status ? status : relcoord_options_set(a->read, "decimal", "auto", err);
}

static relcoord_status draft_from(csv_feeder *f, const arguments *a, int source,
                                  relcoord_result **out, relcoord_error *err)
{
    static const char *const path = "-";
    pthread_t thread;
    relcoord_status status = forget_dialect(a, err);
    if (!status
        && (dup2(source, STDIN_FILENO) < 0 || pthread_create(&thread, NULL, write_csv, f) != 0))
        status = fail_foreign_memory(err);
    close(source);
    if (status) {
        fclose(f->to);
        return status;
    }
    status = relcoord_codebook_draft(&path, 1, a->read, out, err);
    close(STDIN_FILENO); /* what is still written fails */
    pthread_join(thread, NULL);
    if (f->error.status && status != RELCOORD_ECANCELLED) {
        *err = f->error;
        if (!status)
            relcoord_result_free(*out);
        *out = NULL;
        return (relcoord_status)f->error.status;
    }
    if (status && strcmp(err->file, path) == 0)
        err->file[0] = 0;
    return status;
}

static relcoord_status draft_files(data_files *files, const arguments *a, relcoord_result **out,
                                   relcoord_error *err)
{
    csv_feeder f = {.files = files, .row = -1};
    int ends[2];
    relcoord_status status;
    f.cells = calloc(files->columns + 1, sizeof *f.cells);
    if (!f.cells || pipe(ends) != 0) {
        free(f.cells);
        return fail_foreign_memory(err);
    }
    f.to = fdopen(ends[1], "w");
    if (f.to) {
        status = draft_from(&f, a, ends[0], out, err);
    } else {
        close(ends[0]);
        close(ends[1]);
        status = fail_foreign_memory(err);
    }
    for (size_t i = 0; i < files->columns; i++)
        free(f.cells[i].bytes);
    free(f.cells);
    return status;
}

relcoord_status foreign_draft(const arguments *a, foreign_kind kind, relcoord_result **out,
                              char **codebook, relcoord_error *err)
{
    const bool decisions = a->table && strcmp(a->table, "decisions") == 0;
    data_files files;
    relcoord_status status;
    if (!decisions && strcmp(a->format, "csv") != 0)
        return fail_foreign(err, RELCOORD_EUSAGE, NULL,
                            "a codebook with the labels of a file is written as csv; --table "
                            "decisions takes any format");
    status = data_files_open(&files, a, kind, err);
    if (!status)
        status = draft_files(&files, a, out, err);
    if (!status && !decisions && !(*codebook = labelled_codebook(&files, *out))) {
        relcoord_result_free(*out);
        *out = NULL;
        status = fail_foreign_memory(err);
    }
    if (status)
        data_files_place(&files, err);
    data_files_close(&files);
    return status;
}
