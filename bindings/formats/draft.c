/* A first codebook of data files. The core drafts from CSV, so the files are given to it as that,
 * through a pipe: nothing of the answers lies on a disk. What the user declared missing is empty
 * there, and comes back with the labels (codebook.c). */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "codebook.h"
#include "relcoord-formats.h"

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

static void print_heading(const csv_feeder *f)
{
    for (size_t i = 0; i < f->files->columns; i++) {
        if (i > 0)
            putc(',', f->to);
        foreign_print_field(f->to, f->files->files[0].columns[i].name);
    }
    putc('\n', f->to);
}

static void print_row(csv_feeder *f)
{
    for (size_t i = 0; i < f->files->columns; i++) {
        if (i > 0)
            putc(',', f->to);
        if (f->cells[i].length > 0)
            foreign_print_field(f->to, f->cells[i].bytes);
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
    char number[NUMBER_TEXT_SIZE];
    if (row != f->row && f->row >= 0)
        print_row(f);
    f->row = row;
    if (!cell->valid || cell->missing)
        return ferror(f->to); /* nobody reads any more */
    if (!cell->text)
        foreign_print_number(cell->number, number);
    if (keep_text(&f->cells[column], cell->text ? cell->text : number))
        return ferror(f->to);
    foreign_fail_memory(&f->error);
    return -1;
}

/* The thread that writes into the pipe while the library reads from it. */
static void *write_csv(void *user)
{
    csv_feeder *f = user;
    relcoord_error error = {.status = RELCOORD_OK};
    print_heading(f);
    if (foreign_files_rows(f->files, take_cell, f, &error) && !f->error.status)
        f->error = error;
    if (f->row >= 0 && !f->error.status)
        print_row(f);
    fclose(f->to);
    return NULL;
}

/* ---- The whole ---- */

/* The options of drafting without those of a file's dialect: the CSV is found out as any is, and
 * tables of labels may be of another dialect. */
static relcoord_status draft_options(const relcoord_options *given, relcoord_options **out,
                                     relcoord_error *err)
{
    static const char *const names[] = {"structure", "labels", "redact_values"};
    relcoord_status status = relcoord_options_new("codebook", out, err);
    for (size_t i = 0; i < sizeof names / sizeof *names && !status; i++) {
        const char *value = relcoord_options_get(given, names[i]);
        if (value && *value)
            status = relcoord_options_set(*out, names[i], value, err);
    }
    return status;
}

/* Drafts from what a thread writes into a pipe. */
static relcoord_status draft_from(csv_feeder *f, const relcoord_options *options, int source,
                                  relcoord_result **out, relcoord_error *err)
{
    char path[32];
    const char *const paths = path;
    pthread_t thread;
    relcoord_status status;
    snprintf(path, sizeof path, "/dev/fd/%d", source);
    if (pthread_create(&thread, NULL, write_csv, f) != 0) {
        close(source);
        fclose(f->to);
        return foreign_fail_memory(err);
    }
    status = relcoord_codebook_draft(&paths, 1, options, out, err);
    close(source); /* what is still written fails */
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

static relcoord_status draft_files(data_files *files, const relcoord_options *options,
                                   relcoord_result **out, relcoord_error *err)
{
    csv_feeder f = {.files = files, .row = -1};
    int ends[2];
    relcoord_status status;
    f.cells = calloc(files->columns + 1, sizeof *f.cells);
    if (!f.cells || pipe(ends) != 0) {
        free(f.cells);
        return foreign_fail_memory(err);
    }
    f.to = fdopen(ends[1], "w");
    if (f.to) {
        status = draft_from(&f, options, ends[0], out, err);
    } else {
        close(ends[0]);
        close(ends[1]);
        status = foreign_fail_memory(err);
    }
    for (size_t i = 0; i < files->columns; i++)
        free(f.cells[i].bytes);
    free(f.cells);
    return status;
}

/* The drafted codebook with the labels of the files, as CSV. */
static relcoord_status give_codebook(const data_files *files, const relcoord_result *draft,
                                     relcoord_sink sink, void *user, relcoord_error *err)
{
    char *text = foreign_codebook(files, draft);
    relcoord_status status = RELCOORD_OK;
    if (!text)
        return foreign_fail_memory(err);
    if (sink(user, text, strlen(text)) != 0)
        status = foreign_fail(err, RELCOORD_EIO, NULL, "the output could not be stored");
    free(text);
    return status;
}

relcoord_status relcoord_formats_draft(const char *const *paths, size_t count, const char *sheet,
                                       relcoord_options *options, relcoord_result **out,
                                       relcoord_sink sink, void *user, relcoord_error *err)
{
    const char *encoding = relcoord_options_get(options, "encoding");
    const reading how = {.encoding = encoding && strcmp(encoding, "auto") != 0 ? encoding : "",
                         .sheet = sheet && *sheet ? sheet : NULL};
    relcoord_error error = {.status = RELCOORD_OK};
    relcoord_options *own = NULL;
    relcoord_result *draft = NULL;
    data_files files;
    relcoord_status status = foreign_files_open(&files, paths, count, &how, &error);
    if (!status)
        status = draft_options(options, &own, &error);
    for (size_t i = 0; i < count && !status; i++)
        status = relcoord_options_add_input(own, paths[i], &error);
    if (!status)
        status = draft_files(&files, own, &draft, &error);
    if (!status && sink)
        status = give_codebook(&files, draft, sink, user, &error);
    foreign_files_place(&files, &error);
    foreign_files_close(&files);
    relcoord_options_free(own);
    if (!status) {
        *out = draft;
        return status;
    }
    relcoord_result_free(draft);
    if (err)
        *err = error;
    return status;
}
