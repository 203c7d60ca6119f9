/* An Arrow stream into a builder. Each cell becomes the text that a CSV field would hold, so that
 * both ways into a survey share one reading of columns and values. The other side is not trusted:
 * whatever can be checked of its lengths, offsets and buffers is checked, in the columns that are
 * used. After the Arrow C data and C stream interfaces and the columnar format (Apache Arrow). */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/options.h"
#include "source/arrow_array.h"
#include "source/arrow_missing.h"
#include "source/reading.h"
#include "survey/building/fields.h"
#include "survey/building/finish.h"
#include "survey/building/rows.h"
#include "survey/building/start.h"
#include "survey/reading/start.h"

enum {
    LONGEST_FIELD = 1 << 20,
    PROGRESS_ROWS = 65536
}; /* a field may be as long as one of a file */
#define NO_LABEL INTERN_FULL

/* A column that is used. */
typedef struct import_column {
    size_t child;                   /* which of the stream's columns */
    cell_type type, values;         /* values: of the dictionary, if there is one */
    bool dictionary, small;         /* small: integers of a byte, and no indices */
    const struct ArrowArray *array; /* in the batch at hand, */
    int64_t first;                  /* and where its first row stands in the buffers */
    uint32_t
        *row_label;   /* of a dictionary of labels: where the row's label stands in the builder, */
    uint32_t *labels; /* and those of the dictionary's items, or NO_LABEL; NULL when not kept */
    size_t label_capacity;
    uint64_t last_bits; /* the text of a number is dear to make: the last one is kept, */
    size_t last_length; /* 0 when there is none */
    char last_text[NUMBER_TEXT_SIZE];
    declared_missing missing; /* values that are missing where no codebook lists them */
} import_column;

typedef struct importer {
    builder *b;
    import_column *columns;
    size_t column_count;
} importer;

static void fail_malformed(builder *b, size_t column, const char *what)
{
    reader_fail(&b->at, RELCOORD_EDATA, column, "the Arrow %s is malformed", what);
}

/* ---- Types ---- */

/* What of a column's type cannot be read: a format; NULL when all can. */
static const char *read_types(const struct ArrowSchema *schema, import_column *c)
{
    const struct ArrowSchema *dictionary = schema->dictionary;
    const char *format = schema->format ? schema->format : "";
    c->dictionary = dictionary != NULL;
    if (!arrow_type(format, &c->type) || (dictionary && c->type.kind != CELL_INTEGER))
        return format;
    if (!dictionary)
        return NULL;
    if (dictionary->dictionary)
        return "dictionary";
    return arrow_type(dictionary->format, &c->values) && c->values.kind != CELL_BOOLEAN ? NULL
           : dictionary->format ? dictionary->format
                                : "";
}

static void plan_column(importer *m, size_t child, const struct ArrowSchema *schema)
{
    import_column *c = &m->columns[m->column_count++];
    const char *unknown = read_types(schema, c);
    const column_use *use = &m->b->uses[m->b->first_use[child]];
    bool alone = m->b->first_use[child + 1] - m->b->first_use[child] == 1;
    for (uint32_t i = m->b->first_use[child];
         c->type.kind == CELL_BOOLEAN && i < m->b->first_use[child + 1]; i++)
        if (m->b->uses[i].kind
            != USE_MEMBER) /* whether one is in a group: of nothing else is yes or no the answer */
            unknown = schema->format;
    c->child = child;
    c->small = !c->dictionary && c->type.kind == CELL_INTEGER && c->type.width == 1;
    if (c->dictionary && alone && use->kind == USE_LABEL)
        c->row_label = &m->b->row_labels[use->slot];
    if (unknown)
        reader_fail(&m->b->at, RELCOORD_EDATA, child,
                    "a %s of the Arrow type '%.40s' cannot be read; give text or numbers",
                    c->dictionary ? "dictionary" : "column", unknown);
}

/* A byte's quick way looks at no value twice. */
static void plan_missing(importer *m, import_column *c, const struct ArrowSchema *schema)
{
    relcoord_status status = declared_missing_read(schema->metadata, &c->missing);
    if (status == RELCOORD_ENOMEM)
        reader_fail_memory(&m->b->at);
    else if (status)
        reader_fail(&m->b->at, RELCOORD_EDATA, c->child,
                    "what the metadata relcoord.missing says cannot be read");
    c->small = c->small && c->missing.count == 0;
}

static void plan_heading(builder *b, const char *name)
{
    name += strspn(name, " \t"); /* the builder drops the blanks behind it */
    reader_heading((void *)(uintptr_t)name, strlen(name), b);
}

/* Reads the columns' names and types, and finds their roles. */
static void plan_columns(importer *m, const struct ArrowSchema *schema)
{
    builder *b = m->b;
    if (!schema->release || !schema->format || strcmp(schema->format, "+s") != 0
        || schema->dictionary) {
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "the Arrow stream is no table of columns");
        return;
    }
    if (schema->n_children < 0 || (schema->n_children > 0 && !schema->children))
        fail_malformed(b, SIZE_MAX, "schema");
    for (int64_t i = 0; i < schema->n_children && !b->at.status; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (!child || !child->release)
            fail_malformed(b, SIZE_MAX, "schema");
        else
            plan_heading(b, child->name ? child->name : "");
    }
    reader_header(0, b);
    if (b->at.status)
        return;
    m->columns = memory_zeroed(b->column_count, sizeof *m->columns);
    if (!m->columns)
        reader_fail_memory(&b->at);
    b->at.row = 0; /* what is wrong with a type is wrong with no row */
    for (size_t i = 0; i < b->column_count && !b->at.status; i++)
        if (b->first_use[i] < b->first_use[i + 1]) {
            plan_column(m, i, schema->children[i]);
            plan_missing(m, &m->columns[m->column_count - 1], schema->children[i]);
        }
    b->at.row = 1;
}

/* ---- Cells ---- */

static bool is_listed(const builder *b, size_t column, const char *bytes, size_t length)
{
    for (uint32_t i = b->first_use[column]; i < b->first_use[column + 1]; i++) {
        const code_list *codes = b->uses[i].codes;
        if (codes && code_list_find(codes, bytes, length, '.') < codes->count)
            return true;
    }
    return false;
}

/* What a codebook lists is what it says; else the column may declare a value missing. */
static void give_field(importer *m, const import_column *c, const char *bytes, size_t length)
{
    bool missing = c->missing.count > 0 && declared_missing_holds(&c->missing, bytes, length)
                   && !is_listed(m->b, c->child, bytes, length);
    builder_field(missing ? NULL : (void *)(uintptr_t)bytes, missing ? 0 : length, m->b);
}

static void take_integer(importer *m, import_column *c, uint64_t magnitude, bool negative)
{
    uint64_t bits = negative ? -magnitude : magnitude;
    if (magnitude < 10 && !negative) {
        give_field(m, c, (char[]){(char)('0' + magnitude)}, 1);
        return;
    }
    if (c->last_length == 0 || bits != c->last_bits) {
        char *end = c->last_text + sizeof c->last_text, *digit = end;
        do
            *--digit = (char)('0' + magnitude % 10);
        while (magnitude /= 10);
        if (negative)
            *--digit = '-';
        c->last_bits = bits;
        c->last_length = (size_t)(end - digit);
        memmove(c->last_text, digit, c->last_length);
    }
    give_field(m, c, c->last_text, c->last_length);
}

static void take_float(importer *m, import_column *c, double value)
{
    char buffer[NUMBER_TEXT_SIZE];
    if (isnan(value)) /* how data frames write a missing number */
        builder_field(NULL, 0, m->b);
    else if (value == floor(value) && fabs(value) < 1e15) /* as text it is the integer */
        take_integer(m, c, (uint64_t)fabs(value), value < 0);
    else
        give_field(m, c, buffer, number_format(value, buffer));
}

static bool take_text(importer *m, const import_column *c, const struct ArrowArray *a,
                      cell_type type, int64_t at)
{
    const char *bytes = NULL;
    size_t length = 0;
    if (!find_text(a, type, at, &bytes, &length))
        return false;
    if (length > LONGEST_FIELD)
        reader_fail(&m->b->at, RELCOORD_EDATA, c->child, "a field of more than %d bytes",
                    LONGEST_FIELD);
    give_field(m, c, bytes, length);
    return true;
}

/* Gives the builder the value at a place of an array. False when the array is malformed there. */
static bool take_value(importer *m, import_column *c, const struct ArrowArray *a, cell_type type,
                       int64_t at)
{
    uint64_t magnitude;
    bool negative;
    if (type.kind == CELL_NULL || !is_valid(a, at)) {
        builder_field(NULL, 0, m->b);
    } else if (type.kind == CELL_BOOLEAN) {
        builder_field(read_boolean(a, at) ? (char[]){'1'} : (char[]){'0'}, 1, m->b);
    } else if (type.kind == CELL_INTEGER) {
        magnitude = read_integer(a->buffers[1], type, at, &negative);
        take_integer(m, c, magnitude, negative);
    } else if (type.kind == CELL_FLOAT) {
        take_float(m, c, read_float(a->buffers[1], type.width, at));
    } else {
        return take_text(m, c, a, type, at);
    }
    return true;
}

/* The same by way of a dictionary. The labels of its items are kept: they come again and again. */
static bool take_item(importer *m, import_column *c, int64_t at)
{
    const struct ArrowArray *a = c->array, *values = a->dictionary;
    uint64_t index;
    bool negative;
    if (!is_valid(a, at)) {
        builder_field(NULL, 0, m->b);
        return true;
    }
    index = read_integer(a->buffers[1], c->type, at, &negative);
    if (negative || index >= (uint64_t)values->length)
        return false;
    if (c->labels && c->labels[index] != NO_LABEL) {
        *c->row_label = c->labels[index];
        return true;
    }
    if (!take_value(m, c, values, c->values, values->offset + (int64_t)index))
        return false;
    if (c->labels && !m->b->at.status)
        c->labels[index] = *c->row_label;
    return true;
}

static inline bool take_cell(importer *m, import_column *c, int64_t at)
{
    if (c->small && is_valid(c->array, at)) { /* most cells are answers */
        uint8_t value = ((const uint8_t *)c->array->buffers[1])[at];
        if (value < 10) {
            builder_field((char[]){(char)('0' + value)}, 1, m->b);
            return true;
        }
    }
    return c->dictionary ? take_item(m, c, at) : take_value(m, c, c->array, c->type, at);
}

/* ---- Batches ---- */

static bool column_fits(const import_column *c, const struct ArrowArray *a, int64_t end)
{
    const struct ArrowArray *values;
    if (!array_fits(a, c->type, end))
        return false;
    if (!c->dictionary)
        return !a->dictionary;
    values = a->dictionary;
    if (end == 0)
        return true;
    return values && values->length >= 0 && !values->dictionary
           && array_fits(values, c->values, values->length);
}

/* Forgets the labels of another batch's dictionary. Keeps none where that would cost more than it
 * saves. */
static void forget_labels(builder *b, import_column *c, int64_t rows)
{
    int64_t count = c->row_label && rows > 0 ? c->array->dictionary->length : 0;
    void *labels = c->labels;
    if (count == 0 || count > rows) {
        memory_free(c->labels);
        c->labels = NULL;
        c->label_capacity = 0;
    } else if (!memory_reserve(&labels, &c->label_capacity, (size_t)count, sizeof *c->labels)) {
        reader_fail_memory(&b->at);
    } else {
        c->labels = labels;
        memset(c->labels, 0xFF, (size_t)count * sizeof *c->labels);
    }
}

/* Finds the columns in a batch; refuses one that is not as its lengths and its schema say. */
static void find_columns(importer *m, const struct ArrowArray *batch)
{
    builder *b = m->b;
    if (batch->length < 0 || batch->offset < 0 || batch->offset > MOST_ITEMS - batch->length
        || batch->dictionary || batch->n_children != (int64_t)b->column_count
        || (batch->n_children > 0 && !batch->children)
        || (batch->null_count > 0
            && (batch->n_buffers < 1 || !batch->buffers || !batch->buffers[0]))) {
        fail_malformed(b, SIZE_MAX, "array");
        return;
    }
    for (size_t i = 0; i < m->column_count && !b->at.status; i++) {
        import_column *c = &m->columns[i];
        c->array = batch->children[c->child];
        if (!column_fits(c, c->array, batch->offset + batch->length)) {
            fail_malformed(b, c->child, "array");
            return;
        }
        c->first = c->array->offset + batch->offset;
        forget_labels(b, c, batch->length);
    }
}

static void take_row(importer *m, int64_t row)
{
    builder *b = m->b;
    b->at.row_line = b->at.row; /* rows stand for lines while the survey is built */
    for (size_t i = 0; i < m->column_count; i++) {
        import_column *c = &m->columns[i];
        b->at.field = c->child;
        if (!take_cell(m, c, c->first + row))
            fail_malformed(b, c->child, "array");
    }
    b->at.field = b->column_count;
    builder_row(0, b);
}

static void take_batch(importer *m, const struct ArrowArray *batch, const relcoord_options *options)
{
    builder *b = m->b;
    const bool whole = batch->n_buffers > 0 && batch->buffers && batch->buffers[0];
    find_columns(m, batch);
    for (int64_t row = 0; row < batch->length && !b->at.status; row++) {
        if (whole && !is_valid(batch, batch->offset + row))
            reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "the row is missing as a whole");
        else
            take_row(m, row);
        if (row % PROGRESS_ROWS == PROGRESS_ROWS - 1 && options_progress(options, -1, NULL))
            reader_fail(&b->at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
    }
}

/* ---- The stream ---- */

/* The reason may be a report of many lines; and it may repeat an answer. */
static void fail_stream(builder *b, struct ArrowArrayStream *stream, int fault)
{
    relcoord_status status = fault == ENOMEM ? RELCOORD_ENOMEM : RELCOORD_EIO;
    const char *reason = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    if (b->at.redact) {
        reader_fail(&b->at, status, SIZE_MAX, "the Arrow stream failed");
        return;
    }
    reason = reason ? reason + strspn(reason, " \r\n") : "";
    reason = *reason ? reason : "it gave no reason";
    reader_fail(&b->at, status, SIZE_MAX, "the Arrow stream failed: %.*s",
                (int)strcspn(reason, "\r\n"), reason);
}

static void take_batches(importer *m, struct ArrowArrayStream *stream,
                         const relcoord_options *options)
{
    builder *b = m->b;
    while (!b->at.status) {
        struct ArrowArray batch = {.release = NULL};
        int fault;
        if (options_progress(options, -1, NULL)) {
            reader_fail(&b->at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
            return;
        }
        fault = stream->get_next(stream, &batch);
        if (fault) /* what stands in the batch then is nobody's */
            fail_stream(b, stream, fault);
        if (fault || !batch.release)
            return;
        take_batch(m, &batch, options);
        batch.release(&batch);
    }
}

static void take_stream(importer *m, struct ArrowArrayStream *stream,
                        const relcoord_options *options)
{
    builder *b = m->b;
    struct ArrowSchema schema = {.release = NULL};
    int fault = stream->get_schema(stream, &schema);
    reader_next_file(&b->at);
    if (fault) {
        fail_stream(b, stream, fault);
        return;
    }
    plan_columns(m, &schema);
    if (schema.release)
        schema.release(&schema);
    take_batches(m, stream, options);
    if (!b->at.status && b->at.row <= 1) {
        b->at.row = 0;
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "the Arrow stream has no rows");
    }
}

static relcoord_status import_stream(struct ArrowArrayStream *stream,
                                     const relcoord_options *options, relcoord_survey **out,
                                     relcoord_error *err)
{
    builder b;
    importer m = {&b, NULL, 0};
    uint32_t file;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!out || !stream->get_schema || !stream->get_next))
        status = fail(err, RELCOORD_EUSAGE, "%s",
                      out ? "the Arrow stream lacks its functions"
                          : "reading needs a place for the survey");
    if (!status)
        status = reading_start_survey(&b, NULL, 0, options, err);
    if (status)
        return status;
    if (!b.at.status)
        take_stream(&m, stream, options);
    status = b.at.status;
    if (status && err)
        *err = b.at.error;
    if (!status)
        status = builder_finish(&b, out, &file, err);
    if (status && err)
        err->line = 0; /* rows stood for lines */
    for (size_t i = 0; !status && i < (*out)->problem_count; i++)
        (*out)->problems[i].line = 0;
    for (size_t i = 0; i < m.column_count; i++) {
        memory_free(m.columns[i].labels);
        declared_missing_free(&m.columns[i].missing);
    }
    memory_free(m.columns);
    builder_free(&b);
    return status;
}

relcoord_status relcoord_survey_from_arrow(struct ArrowArrayStream *stream,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err)
{
    relcoord_status status;
    if (!stream || !stream->release)
        return fail(err, RELCOORD_EUSAGE, "reading needs an Arrow stream that is not released");
    status = import_stream(stream, options, out, err);
    stream->release(stream);
    return status;
}
