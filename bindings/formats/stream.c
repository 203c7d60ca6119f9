/* The rows of data files as an Arrow stream, which is how relcoord takes data that are no CSV.
 * ReadStat calls back where a stream is asked, so it works in a thread of its own, one batch ahead:
 * memory does not grow with the rows. Without a codebook, the columns that relcoord knows by name
 * and shows labels of have the labels of the file as their values, and what the user declared
 * missing is missing. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data_files.h"
#include "metadata.h"
#include "relcoord-formats.h"

enum { BATCH_CELLS = 1 << 17, BATCH_ROWS = 4096, BATCH_BYTES = 1 << 24 };

/* A column of a batch, as Arrow has it: validity, then numbers, or offsets and bytes of text. */
typedef struct column_buffer {
    uint8_t *valid;
    double *numbers;  /* NULL for text */
    int32_t *offsets; /* NULL for numbers */
    char *bytes;
    size_t length, capacity;
    const void *buffers[3];
    struct ArrowArray array;
} column_buffer;

typedef struct row_batch {
    int64_t rows;
    size_t count, bytes; /* columns, and the bytes of their text */
    column_buffer *columns;
    struct ArrowArray **children;
    const void *buffers[1];
} row_batch;

typedef enum column_form { FORM_NUMBER, FORM_TEXT, FORM_LABEL } column_form;

/* Between the thread that reads, which fills batches and hands them over one by one, and the one
 * that asks. */
typedef struct feeder {
    data_files files;
    column_form *forms;
    int64_t batch_rows, first_row; /* first_row: of the batch being filled */
    row_batch *filling;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    row_batch *ready;    /* under the lock, as are */
    bool ended, stopped; /* nothing more comes; nothing more is wanted */
    pthread_t thread;
    bool kept; /* by relcoord_formats_read, which wants the error when the stream is released */
    relcoord_error error;
} feeder;

/* ---- Batches ---- */

static void free_batch(row_batch *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->count && b->columns; i++) {
        free(b->columns[i].valid);
        free(b->columns[i].numbers);
        free(b->columns[i].offsets);
        free(b->columns[i].bytes);
    }
    free(b->columns);
    free(b->children);
    free(b);
}

static row_batch *new_batch(const feeder *f)
{
    size_t count = f->files.columns, rows = (size_t)f->batch_rows;
    row_batch *b = calloc(1, sizeof *b);
    bool made = b && (b->columns = calloc(count + 1, sizeof *b->columns))
                && (b->children = calloc(count + 1, sizeof *b->children));
    if (b)
        b->count = count;
    for (size_t i = 0; i < count && made; i++) {
        column_buffer *c = &b->columns[i];
        c->valid = calloc(rows / 8 + 1, 1);
        if (f->forms[i] == FORM_NUMBER)
            c->numbers = calloc(rows, sizeof *c->numbers);
        else
            c->offsets = calloc(rows + 1, sizeof *c->offsets);
        made = c->valid && (c->numbers || c->offsets);
    }
    if (made)
        return b;
    free_batch(b);
    return NULL;
}

static bool add_bytes(column_buffer *c, const char *text, size_t length)
{
    if (c->length + length > c->capacity) {
        size_t capacity = 2 * (c->length + length) + 64;
        char *bytes = realloc(c->bytes, capacity);
        if (!bytes)
            return false;
        c->bytes = bytes;
        c->capacity = capacity;
    }
    memcpy(c->bytes + c->length, text, length);
    c->length += length;
    return true;
}

/* A row without values, which cells then fill. */
static void begin_row(row_batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->columns[i].offsets)
            b->columns[i].offsets[b->rows + 1] = (int32_t)b->columns[i].length;
    b->rows++;
}

static bool put_cell(const feeder *f, size_t column, const file_cell *cell)
{
    row_batch *b = f->filling;
    column_buffer *c = &b->columns[column];
    const int64_t row = b->rows - 1;
    const char *label = f->forms[column] == FORM_LABEL ? foreign_label(cell) : NULL;
    const char *text = label ? label : cell->text;
    char number[NUMBER_TEXT_SIZE];
    if (c->numbers) {
        c->numbers[row] = cell->number;
    } else {
        if (!text) {
            foreign_print_number(cell->number, number);
            text = number;
        }
        if (!add_bytes(c, text, strlen(text)))
            return false;
        b->bytes += strlen(text);
        c->offsets[row + 1] = (int32_t)c->length;
    }
    c->valid[row / 8] = (uint8_t)(c->valid[row / 8] | 1 << row % 8);
    return true;
}

/* ---- The thread that reads ---- */

/* Waits until the batch before was taken. False when no more is wanted. */
static bool hand_over(feeder *f)
{
    bool wanted;
    pthread_mutex_lock(&f->lock);
    while (f->ready && !f->stopped)
        pthread_cond_wait(&f->changed, &f->lock);
    wanted = !f->stopped;
    if (wanted) {
        f->ready = f->filling;
        f->filling = NULL;
        pthread_cond_signal(&f->changed);
    }
    pthread_mutex_unlock(&f->lock);
    return wanted;
}

static int take_cell(void *user, int64_t row, size_t column, const file_cell *cell)
{
    feeder *f = user;
    bool next = !f->filling || row >= f->first_row + f->filling->rows;
    if (next && f->filling && (f->filling->rows == f->batch_rows || f->filling->bytes > BATCH_BYTES)
        && !hand_over(f))
        return -1;
    if (!f->filling) {
        f->first_row = row;
        f->filling = new_batch(f);
    }
    if (next && f->filling)
        begin_row(f->filling);
    if (f->filling
        && (!cell->valid || (cell->missing && !f->files.how.coded) || put_cell(f, column, cell)))
        return 0;
    foreign_fail_memory(&f->error);
    return -1;
}

static void *read_rows(void *user)
{
    feeder *f = user;
    relcoord_error error = {.status = RELCOORD_OK};
    relcoord_status status = foreign_files_rows(&f->files, take_cell, f, &error);
    if (!status && !f->error.status && f->filling)
        hand_over(f);
    pthread_mutex_lock(&f->lock);
    if (status && !f->error.status)
        f->error = error;
    f->ended = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

/* ---- The stream ---- */

static void release_child(struct ArrowArray *array)
{
    array->release = NULL;
}

static void release_batch(struct ArrowArray *array)
{
    free_batch(array->private_data);
    array->release = NULL;
}

static void give_batch(row_batch *b, struct ArrowArray *out)
{
    for (size_t i = 0; i < b->count; i++) {
        column_buffer *c = &b->columns[i];
        c->buffers[0] = c->valid;
        c->buffers[1] = c->numbers ? (const void *)c->numbers : c->offsets;
        c->buffers[2] = c->bytes ? c->bytes : "";
        c->array = (struct ArrowArray){.length = b->rows,
                                       .null_count = -1,
                                       .n_buffers = c->numbers ? 2 : 3,
                                       .buffers = c->buffers,
                                       .release = release_child};
        b->children[i] = &c->array;
    }
    *out = (struct ArrowArray){.length = b->rows,
                               .n_buffers = 1,
                               .n_children = (int64_t)b->count,
                               .buffers = b->buffers,
                               .children = b->children,
                               .release = release_batch,
                               .private_data = b};
}

static int next_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    feeder *f = stream->private_data;
    row_batch *batch;
    bool failed;
    pthread_mutex_lock(&f->lock);
    while (!f->ready && !f->ended)
        pthread_cond_wait(&f->changed, &f->lock);
    batch = f->ready;
    failed = f->ended && f->error.status;
    f->ready = NULL;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    out->release = NULL;
    if (failed) {
        free_batch(batch);
        return EIO;
    }
    if (batch)
        give_batch(batch, out);
    return 0;
}

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        free((void *)(uintptr_t)schema->children[i]->metadata);
    free(schema->private_data);
    free(schema->children);
    schema->release = NULL;
}

static void release_child_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const feeder *f = stream->private_data;
    const size_t count = f->files.columns;
    struct ArrowSchema *columns = calloc(count + 1, sizeof *columns),
                       **children = calloc(count + 1, sizeof *children);
    if (!columns || !children) {
        free(columns);
        free(children);
        return ENOMEM;
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = (int64_t)count,
                                .children = children,
                                .release = release_schema,
                                .private_data = columns};
    for (size_t i = 0; i < count; i++) {
        const file_column *c = &f->files.files[0].columns[i];
        children[i] = &columns[i];
        columns[i] = (struct ArrowSchema){.format = f->forms[i] == FORM_NUMBER ? "g" : "u",
                                          .name = c->name,
                                          .flags = 2 /* nullable */,
                                          .release = release_child_schema};
        if (f->files.how.coded && c->missing_count > 0
            && !(columns[i].metadata = foreign_missing_metadata(c))) {
            release_schema(out);
            return ENOMEM;
        }
    }
    return 0;
}

/* What was wrong in a file, once the end was reached. */
static const char *explain_end(struct ArrowArrayStream *stream)
{
    const feeder *f = stream->private_data;
    return f->error.status ? f->error.message : NULL;
}

static void release_stream(struct ArrowArrayStream *stream);

/* ---- The whole ---- */

/* The columns that are labels and that relcoord knows by name: those of its codebook's roles, in
 * English and Danish. */
static bool is_label_column(const char *name)
{
    static const char *const names[] = {"workgroup", "faggruppe", "target", "målgruppe",
                                        "unit",      "enhed",     "wave",   "bølge",
                                        "role",      "rolle",     "level",  "niveau"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = 0;
        for (; name[at] && names[i][at]; at++) {
            unsigned char c = (unsigned char)name[at], wanted = (unsigned char)names[i][at];
            if (c >= 'A' && c <= 'Z')
                c = (unsigned char)(c - 'A' + 'a');
            else if (at > 0 && (unsigned char)name[at - 1] == 0xC3 && c < 0xA0) /* Æ, Ø, Å */
                c = (unsigned char)(c + 0x20);
            if (c != wanted)
                break;
        }
        if (!name[at] && !names[i][at])
            return true;
    }
    return false;
}

/* Two values under one label would silently be one group. */
static relcoord_status check_labels(const data_file *f, const file_column *c, relcoord_error *err)
{
    for (size_t i = 0; i < c->set->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(c->set->labels[i].label, c->set->labels[j].label) == 0) {
                relcoord_status status = foreign_fail(
                    err, RELCOORD_EDATA, f->path,
                    "two values have one label; a codebook can tell them apart");
                snprintf(err->column, sizeof err->column, "%.120s", c->name);
                return status;
            }
    return RELCOORD_OK;
}

/* A column has one form in all files. */
static relcoord_status choose_forms(feeder *f, relcoord_error *err)
{
    const data_files *d = &f->files;
    f->forms = calloc(d->columns + 1, sizeof *f->forms);
    if (!f->forms)
        return foreign_fail_memory(err);
    f->batch_rows = d->columns ? BATCH_CELLS / (int64_t)d->columns : 1;
    f->batch_rows = f->batch_rows < 1 ? 1 : f->batch_rows > BATCH_ROWS ? BATCH_ROWS : f->batch_rows;
    for (size_t file = 0; file < d->count; file++)
        for (size_t i = 0; i < d->files[file].column_count; i++) {
            const file_column *c = &d->files[file].columns[i];
            column_form *form = &f->forms[d->places[file][i]];
            if (c->set && !d->how.coded && is_label_column(c->name))
                *form = FORM_LABEL;
            else if (*form == FORM_NUMBER && (c->text || c->date.unit != DATE_NONE))
                *form = FORM_TEXT;
            if (*form == FORM_LABEL && c->set && check_labels(&d->files[file], c, err))
                return RELCOORD_EDATA;
        }
    return RELCOORD_OK;
}

/* ---- The whole ---- */

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *relcoord_formats_version(void)
{
    return VERSION_OF(RELCOORD_VERSION_MAJOR, RELCOORD_VERSION_MINOR, RELCOORD_VERSION_PATCH);
}

static void free_feeder(feeder *f)
{
    free_batch(f->filling);
    free_batch(f->ready);
    free(f->forms);
    foreign_files_close(&f->files);
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->changed);
    free(f);
}

/* Tells the thread that no more is wanted, and waits for its end. */
static void release_stream(struct ArrowArrayStream *stream)
{
    feeder *f = stream->private_data;
    pthread_mutex_lock(&f->lock);
    f->stopped = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    stream->release = NULL;
    if (!f->kept)
        free_feeder(f);
}

/* Opens the files and starts the thread that reads them. *out is the stream's, or else NULL. */
static relcoord_status open_feeder(const char *const *paths, size_t count, const reading *how,
                                   feeder **out, relcoord_error *err)
{
    feeder *f = calloc(1, sizeof *f);
    relcoord_status status;
    *out = NULL;
    if (!f)
        return foreign_fail_memory(err);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    status = foreign_files_open(&f->files, paths, count, how, err);
    if (!status)
        status = choose_forms(f, err);
    if (!status && pthread_create(&f->thread, NULL, read_rows, f) != 0)
        status = foreign_fail_memory(err);
    if (status) {
        foreign_files_place(&f->files, err);
        free_feeder(f);
        return status;
    }
    *out = f;
    return RELCOORD_OK;
}

static struct ArrowArrayStream stream_of(feeder *f)
{
    return (struct ArrowArrayStream){give_schema, next_batch, explain_end, release_stream, f};
}

static reading reading_of(const char *sheet, int coded, const relcoord_options *options)
{
    const char *encoding = relcoord_options_get(options, "encoding"),
               *codebook = relcoord_options_get(options, "codebook");
    return (reading){.encoding = encoding && strcmp(encoding, "auto") != 0 ? encoding : "",
                     .sheet = sheet && *sheet ? sheet : NULL,
                     .coded = coded || (codebook && *codebook)};
}

relcoord_status relcoord_formats_stream(const char *const *paths, size_t count, const char *sheet,
                                        int coded, const relcoord_options *options,
                                        struct ArrowArrayStream *out, relcoord_error *err)
{
    const reading how = reading_of(sheet, coded, options);
    relcoord_error error = {.status = RELCOORD_OK};
    feeder *f;
    relcoord_status status = open_feeder(paths, count, &how, &f, &error);
    if (!status)
        *out = stream_of(f);
    else if (err)
        *err = error;
    return status;
}

static relcoord_status read_foreign(const char *const *paths, size_t count, const reading *how,
                                    relcoord_options *options, relcoord_survey **out,
                                    relcoord_error *err)
{
    struct ArrowArrayStream stream;
    feeder *f;
    relcoord_status status = open_feeder(paths, count, how, &f, err);
    if (status)
        return status;
    f->kept = true;
    stream = stream_of(f);
    status = relcoord_survey_from_arrow(&stream, options, out, err);
    if (status == RELCOORD_EIO && f->error.status) {
        *err = f->error;
        status = (relcoord_status)err->status;
    }
    foreign_files_place(&f->files, err);
    free_feeder(f);
    return status;
}

/* What is read is not to be written over by what comes of it. */
static relcoord_status read_with_inputs(const char *const *paths, size_t count, const reading *how,
                                        relcoord_options *options, relcoord_survey **out,
                                        relcoord_error *err)
{
    relcoord_options *own = NULL;
    relcoord_status status = options ? RELCOORD_OK : relcoord_options_new("read", &own, err);
    options = options ? options : own;
    for (size_t i = 0; i < count && !status; i++)
        status = relcoord_options_add_input(options, paths[i], err);
    if (!status)
        status = read_foreign(paths, count, how, options, out, err);
    relcoord_options_free(own);
    return status;
}

relcoord_status relcoord_formats_read(const char *const *paths, size_t count, const char *sheet,
                                      int coded, relcoord_options *options, relcoord_survey **out,
                                      relcoord_error *err)
{
    const reading how = reading_of(sheet, coded, options);
    relcoord_error error = {.status = RELCOORD_OK};
    foreign_kind kind;
    relcoord_status status = foreign_find(paths, count, &kind, &error);
    if (!status && kind != FOREIGN_NONE)
        status = read_with_inputs(paths, count, &how, options, out, &error);
    else if (!status && how.sheet)
        status = foreign_fail(&error, RELCOORD_EUSAGE, NULL,
                              "only a workbook has sheets to choose from");
    else if (!status)
        status = relcoord_survey_read_files(paths, count, options, out, &error);
    if (status && err)
        *err = error;
    return status;
}
