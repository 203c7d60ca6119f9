/* A table as an Arrow C stream of one batch, a copy that lives as long as its consumer wants.
 * May know base/ and the table. After the Arrow C data and stream interface specifications
 * (Apache Arrow): a release callback releases the children that were not moved away, frees what its
 * own structure holds and sets release to NULL; the consumer may move a structure by copying it. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "tables/table.h"

enum { BUFFER_LIMIT = 3, ARROW_NULLABLE = 2 };

/* What an array holds: its buffers, and the structures of its children. */
typedef struct array_own {
    const void *buffers[BUFFER_LIMIT];
    struct ArrowArray *children;
} array_own;

/* What the stream holds until it is released. */
typedef struct stream_own {
    size_t column_count;
    char **names;
    const char **formats;
    struct ArrowArray batch; /* moved to the consumer by the first get_next */
    const char *last_error;
} stream_own;

/* ---- Schema ---------------------------------------------------------------------------------- */

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    memory_free(schema->children);
    memory_free(schema->private_data); /* the children's structures */
    memory_free((void *)schema->name);
    schema->release = NULL;
}

static bool make_field(struct ArrowSchema *field, const char *format, const char *name)
{
    *field = (struct ArrowSchema){.format = format, .release = release_schema};
    field->name = memory_copy_text(name);
    return field->name != NULL;
}

static bool make_children(struct ArrowSchema *schema, const stream_own *own)
{
    size_t count = own->column_count;
    struct ArrowSchema *children = memory_zeroed(count, sizeof *children);

    schema->private_data = children;
    schema->children = memory_zeroed(count, sizeof *schema->children);
    if (!children || !schema->children)
        return false;
    for (size_t i = 0; i < count; i++)
        schema->children[i] = &children[i];
    schema->n_children = (int64_t)count;
    for (size_t i = 0; i < count; i++) {
        if (!make_field(&children[i], own->formats[i], own->names[i]))
            return false;
        children[i].flags = ARROW_NULLABLE;
    }
    return true;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    stream_own *own = stream->private_data;
    struct ArrowSchema schema;

    if (!make_field(&schema, "+s", "") || !make_children(&schema, own)) {
        schema.release(&schema);
        own->last_error = "memory ran out";
        return ENOMEM;
    }
    *out = schema;
    return 0;
}

/* ---- Array ----------------------------------------------------------------------------------- */

static void release_array(struct ArrowArray *array)
{
    array_own *own = array->private_data;

    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    for (size_t i = 0; i < BUFFER_LIMIT; i++)
        memory_free((void *)own->buffers[i]);
    memory_free(own->children);
    memory_free(array->children);
    memory_free(own);
    array->release = NULL;
}

/* An array without content; after false it is as released. */
static bool make_array(struct ArrowArray *array, size_t length, int64_t buffers)
{
    array_own *own = memory_zeroed(1, sizeof *own);

    *array = (struct ArrowArray){0};
    if (!own)
        return false;
    array->length = (int64_t)length;
    array->n_buffers = buffers;
    array->buffers = own->buffers;
    array->private_data = own;
    array->release = release_array;
    return true;
}

/* The bitmap of the cells that are there, lowest bit first; none when all are. */
static bool copy_validity(struct ArrowArray *array, const uint8_t *valid, size_t rows)
{
    size_t there = 0;

    for (size_t i = 0; i < rows; i++)
        there += valid[i];
    array->null_count = (int64_t)(rows - there);
    if (there == rows)
        return true;

    uint8_t *bits = memory_zeroed((rows + 7) / 8, 1);
    array->buffers[0] = bits;
    if (!bits)
        return false;
    for (size_t i = 0; i < rows; i++)
        bits[i / 8] = (uint8_t)(bits[i / 8] | (valid[i] << (i % 8)));
    return true;
}

static bool copy_fixed(struct ArrowArray *array, const void *values, size_t rows)
{
    void *copy = memory_new(rows, 8);

    array->buffers[1] = copy;
    if (copy)
        memcpy(copy, values, rows * 8);
    return copy != NULL;
}

static uint64_t text_bytes(const table_column *column, size_t rows)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < rows; i++)
        bytes += strlen(column->values.strings[i]);
    return bytes;
}

static bool copy_texts(struct ArrowArray *array, const table_column *column, size_t rows,
                       uint64_t bytes, bool large)
{
    int32_t *offsets = NULL;
    int64_t *large_offsets = NULL;
    char *data = bytes <= SIZE_MAX ? memory_new((size_t)bytes, 1) : NULL;
    size_t at = 0;

    array->buffers[2] = data;
    if (large)
        array->buffers[1] = large_offsets = memory_zeroed(rows + 1, sizeof *large_offsets);
    else
        array->buffers[1] = offsets = memory_zeroed(rows + 1, sizeof *offsets);
    if (!data || !array->buffers[1])
        return false;

    for (size_t i = 0; i < rows; i++) {
        size_t length = strlen(column->values.strings[i]);
        memcpy(data + at, column->values.strings[i], length);
        at += length;
        if (large)
            large_offsets[i + 1] = (int64_t)at;
        else
            offsets[i + 1] = (int32_t)at;
    }
    return true;
}

/* Copies one column and says in which Arrow format. */
static bool copy_column(struct ArrowArray *array, const table_column *column, size_t rows,
                        const char **format)
{
    bool words = column->spec.type == RELCOORD_STRING;

    if (!make_array(array, rows, words ? 3 : 2) || !copy_validity(array, column->valid, rows))
        return false;
    if (words) {
        /* "u" counts in 32 bits; a column past 2 GiB takes the format that counts in 64. */
        uint64_t bytes = text_bytes(column, rows);
        bool large = bytes > INT32_MAX;
        *format = large ? "U" : "u";
        return copy_texts(array, column, rows, bytes, large);
    }
    *format = column->spec.type == RELCOORD_INTEGER ? "l" : "g";
    return copy_fixed(array, column->values.doubles, rows);
}

static bool copy_batch(stream_own *own, const relcoord_table *table)
{
    struct ArrowArray *batch = &own->batch, *children;
    size_t count = table->column_count;

    if (!make_array(batch, table->row_count, 1))
        return false;
    children = memory_zeroed(count, sizeof *children);
    ((array_own *)batch->private_data)->children = children;
    batch->children = memory_zeroed(count, sizeof *batch->children);
    if (!children || !batch->children)
        return false;
    for (size_t i = 0; i < count; i++)
        batch->children[i] = &children[i];
    batch->n_children = (int64_t)count;
    for (size_t i = 0; i < count; i++)
        if (!copy_column(&children[i], &table->columns[i], table->row_count, &own->formats[i]))
            return false;
    return true;
}

/* ---- Stream ---------------------------------------------------------------------------------- */

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_own *own = stream->private_data;

    *out = own->batch;
    own->batch = (struct ArrowArray){0};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    return ((const stream_own *)stream->private_data)->last_error;
}

static void free_own(stream_own *own)
{
    if (own->batch.release)
        own->batch.release(&own->batch);
    for (size_t i = 0; own->names && i < own->column_count; i++)
        memory_free(own->names[i]);
    memory_free(own->names);
    memory_free(own->formats);
    memory_free(own);
}

static void release_stream(struct ArrowArrayStream *stream)
{
    free_own(stream->private_data);
    stream->release = NULL;
}

static bool copy_names(stream_own *own, const relcoord_table *table)
{
    own->column_count = table->column_count;
    own->names = memory_zeroed(own->column_count, sizeof *own->names);
    own->formats = memory_zeroed(own->column_count, sizeof *own->formats);
    if (!own->names || !own->formats)
        return false;
    for (size_t i = 0; i < own->column_count; i++) {
        own->names[i] = memory_copy_text(table->columns[i].spec.name);
        if (!own->names[i])
            return false;
    }
    return true;
}

relcoord_status relcoord_table_to_arrow(const relcoord_table *table, struct ArrowArrayStream *out,
                                        relcoord_error *err)
{
    if (!table || !out)
        return fail(err, RELCOORD_EUSAGE, "a table and a stream to fill are needed");

    stream_own *own = memory_zeroed(1, sizeof *own);
    if (!own)
        return fail_memory(err);
    if (!copy_names(own, table) || !copy_batch(own, table)) {
        free_own(own);
        return fail_memory(err);
    }
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, own};
    return RELCOORD_OK;
}
