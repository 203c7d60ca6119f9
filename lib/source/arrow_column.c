/* Columns of an Arrow stream as text; see arrow_column.h. */
#include "source/arrow_column.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/options.h"

enum { LONGEST_FIELD = 1 << 20 }; /* as long as one of a file */

void arrow_fail_malformed(reader *at, size_t column, const char *what)
{
    reader_fail(at, RELCOORD_EDATA, column, "the Arrow %s is malformed", what);
}

/* ---- Types ---- */

const char *arrow_column_types(const struct ArrowSchema *schema, arrow_column *c)
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

void arrow_column_refuse(reader *at, const arrow_column *c, const char *format)
{
    reader_fail(at, RELCOORD_EDATA, c->child,
                "a %s of the Arrow type '%.40s' cannot be read; give text or numbers",
                c->dictionary ? "dictionary" : "column", format);
}

void arrow_column_missing(reader *at, const struct ArrowSchema *schema, arrow_column *c)
{
    relcoord_status status = declared_missing_read(schema->metadata, &c->missing);
    if (status == RELCOORD_ENOMEM)
        reader_fail_memory(at);
    else if (status)
        reader_fail(at, RELCOORD_EDATA, c->child, "the metadata relcoord.missing cannot be read");
}

void arrow_column_free(arrow_column *c)
{
    declared_missing_free(&c->missing);
}

/* ---- Batches ---- */

static bool column_fits(const arrow_column *c, const struct ArrowArray *a, int64_t end)
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

bool arrow_column_find(reader *at, arrow_column *c, const struct ArrowArray *batch)
{
    c->array = batch->children[c->child];
    if (!column_fits(c, c->array, batch->offset + batch->length)) {
        arrow_fail_malformed(at, c->child, "array");
        return false;
    }
    c->first = c->array->offset + batch->offset;
    return true;
}

static bool batch_fits(const struct ArrowArray *batch, size_t columns)
{
    return batch->length >= 0 && batch->offset >= 0 && batch->offset <= MOST_ITEMS - batch->length
           && !batch->dictionary && batch->n_children == (int64_t)columns
           && (batch->n_children == 0 || batch->children)
           && (batch->null_count <= 0
               || (batch->n_buffers >= 1 && batch->buffers && batch->buffers[0]));
}

/* ---- Cells ---- */

static void integer_text(arrow_column *c, uint64_t magnitude, bool negative, const char **bytes,
                         size_t *length)
{
    static const char digits[] = "0123456789";
    uint64_t bits = negative ? -magnitude : magnitude;
    if (magnitude < 10 && !negative) {
        *bytes = digits + magnitude;
        *length = 1;
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
    *bytes = c->last_text;
    *length = c->last_length;
}

static void float_text(arrow_column *c, double value, const char **bytes, size_t *length)
{
    if (isnan(value)) { /* how data frames write a missing number */
        *bytes = NULL;
    } else if (value == floor(value) && fabs(value) < 1e15) { /* as text it is the integer */
        integer_text(c, (uint64_t)fabs(value), value < 0, bytes, length);
    } else {
        *length = number_format(value, c->last_text);
        *bytes = c->last_text;
        c->last_length = 0; /* it is no integer's */
    }
}

bool arrow_value_text(reader *at, arrow_column *c, const struct ArrowArray *a, cell_type type,
                      int64_t place, const char **bytes, size_t *length)
{
    uint64_t magnitude;
    bool negative;
    *bytes = NULL;
    *length = 0;
    if (type.kind == CELL_NULL || !is_valid(a, place))
        return true;
    switch (type.kind) {
    case CELL_BOOLEAN:
        *bytes = read_boolean(a, place) ? "1" : "0";
        *length = 1;
        return true;
    case CELL_INTEGER:
        magnitude = read_integer(a->buffers[1], type, place, &negative);
        integer_text(c, magnitude, negative, bytes, length);
        return true;
    case CELL_FLOAT:
        float_text(c, read_float(a->buffers[1], type.width, place), bytes, length);
        return true;
    default: break;
    }
    if (!find_text(a, type, place, bytes, length))
        return false;
    if (*length > LONGEST_FIELD)
        reader_fail(at, RELCOORD_EDATA, c->child, "a field of more than %d bytes", LONGEST_FIELD);
    return true;
}

bool arrow_dictionary_place(const arrow_column *c, int64_t place, int64_t *index)
{
    uint64_t found;
    bool negative;
    *index = -1;
    if (!is_valid(c->array, place))
        return true;
    found = read_integer(c->array->buffers[1], c->type, place, &negative);
    if (negative || found >= (uint64_t)c->array->dictionary->length)
        return false;
    *index = (int64_t)found;
    return true;
}

/* ---- The stream ---- */

/* The reason may be a report of many lines; and it may repeat an answer. */
static void fail_stream(reader *at, struct ArrowArrayStream *stream, int fault)
{
    relcoord_status status = fault == ENOMEM ? RELCOORD_ENOMEM : RELCOORD_EIO;
    const char *reason = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    if (at->redact) {
        reader_fail(at, status, SIZE_MAX, "the Arrow stream failed");
        return;
    }
    reason = reason ? reason + strspn(reason, " \r\n") : "";
    reason = *reason ? reason : "it gave no reason";
    reader_fail(at, status, SIZE_MAX, "the Arrow stream failed: %.*s", (int)strcspn(reason, "\r\n"),
                reason);
}

static void take_heading(reader *at, const char *name)
{
    name += strspn(name, " \t"); /* the reader drops the blanks behind it */
    reader_heading((void *)(uintptr_t)name, strlen(name), at);
}

static void take_headings(reader *at, const struct ArrowSchema *schema)
{
    if (!schema->release || !schema->format || strcmp(schema->format, "+s") != 0
        || schema->dictionary) {
        reader_fail(at, RELCOORD_EDATA, SIZE_MAX, "the Arrow stream is not a table of columns");
        return;
    }
    if (schema->n_children < 0 || (schema->n_children > 0 && !schema->children))
        arrow_fail_malformed(at, SIZE_MAX, "schema");
    for (int64_t i = 0; i < schema->n_children && !at->status; i++) {
        const struct ArrowSchema *child = schema->children[i];
        if (!child || !child->release)
            arrow_fail_malformed(at, SIZE_MAX, "schema");
        else
            take_heading(at, child->name ? child->name : "");
    }
    reader_header(0, at);
}

static void take_schema(reader *at, const struct ArrowSchema *schema, const arrow_taker *taker)
{
    take_headings(at, schema);
    if (at->status)
        return;
    at->row = 0; /* what is wrong with a type is wrong with no row */
    taker->plan(taker->user, schema);
    at->row = 1;
}

static void take_batches(reader *at, struct ArrowArrayStream *stream, const arrow_taker *taker,
                         const relcoord_options *options)
{
    while (!at->status) {
        struct ArrowArray batch = {.release = NULL};
        int fault;
        if (options_progress(options, -1, NULL)) {
            reader_fail(at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
            return;
        }
        fault = stream->get_next(stream, &batch);
        if (fault) /* what stands in the batch then is nobody's */
            fail_stream(at, stream, fault);
        if (fault || !batch.release)
            return;
        if (batch_fits(&batch, at->heading_count))
            taker->take(taker->user, &batch);
        else
            arrow_fail_malformed(at, SIZE_MAX, "array");
        batch.release(&batch);
    }
}

void arrow_read(reader *at, struct ArrowArrayStream *stream, const arrow_taker *taker,
                const relcoord_options *options)
{
    struct ArrowSchema schema = {.release = NULL};
    int fault = stream->get_schema(stream, &schema);
    reader_next_file(at);
    if (fault) {
        fail_stream(at, stream, fault);
        return;
    }
    take_schema(at, &schema, taker);
    if (schema.release)
        schema.release(&schema);
    take_batches(at, stream, taker, options);
    if (!at->status && at->row <= 1) {
        at->row = 0;
        reader_fail(at, RELCOORD_EDATA, SIZE_MAX, "the Arrow stream has no rows");
    }
}
