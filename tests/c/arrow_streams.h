/* Arrow streams for tests of the import: CSV text (without quotation marks) as columns of given
 * types, in batches, at offsets. Every buffer is a block of just its size, so that a sanitizer sees
 * a read past its end; every release is counted. */
#ifndef TESTS_ARROW_STREAMS_H
#define TESTS_ARROW_STREAMS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* How a stream is made. types: a format for each column, parted by blanks, the last one for all
 * that follow; "c>u" is a dictionary of u with indices c; a format that is not the importer's gets
 * the buffers of "c". An empty cell is a null, but NaN where `nan` is set. */
typedef struct stream_plan {
    const char *csv, *types;
    int batch_rows; /* 0: all in one batch */
    int struct_offset, child_offset;
    int empty_batches; /* so many before each */
    bool nan;
    void (*spoil_schema)(struct ArrowSchema *schema);
    void (*spoil_batch)(struct ArrowArray *batch); /* the last, or the only one */
    int schema_code, next_code; /* what get_schema gives, and get_next for the last batch */
    const char *reason;
} stream_plan;

enum { TEST_COLUMNS = 24, TYPE_SIZE = 16 };

typedef struct stream_state {
    const stream_plan *plan;
    char *text, **cells; /* by row and column; row 0 is the header */
    int rows, columns, next_row, empty_left;
    int schemas, batches, released, stream_released, wrongly_released;
} stream_state;

/* ---- What a structure owns ---- */

/* Blocks that live until their structure is released; the first is the list itself. */
typedef struct arena {
    stream_state *state;
    void **blocks;
    size_t count;
} arena;

static arena *arena_new(stream_state *state)
{
    arena *a = malloc(sizeof *a);
    ck_assert_ptr_nonnull(a);
    *a = (arena){state, NULL, 0};
    return a;
}

/* A block of just that size, of bytes that are no good values. */
static void *arena_block(arena *a, size_t size)
{
    a->blocks = realloc(a->blocks, (a->count + 1) * sizeof *a->blocks);
    ck_assert_ptr_nonnull(a->blocks);
    a->blocks[a->count] = malloc(size ? size : 1);
    ck_assert_ptr_nonnull(a->blocks[a->count]);
    return memset(a->blocks[a->count++], 0x77, size);
}

static void arena_free(arena *a)
{
    a->state->released++;
    for (size_t i = 0; i < a->count; i++)
        free(a->blocks[i]);
    free(a->blocks);
    free(a);
}

static void schema_release(struct ArrowSchema *schema)
{
    arena *a = schema->private_data;
    schema->release = NULL;
    arena_free(a);
}

static void batch_release(struct ArrowArray *batch)
{
    arena *a = batch->private_data;
    batch->release = NULL;
    arena_free(a);
}

/* Who reads a stream releases a schema or a batch, never a part of it. */
static void child_schema_release(struct ArrowSchema *schema)
{
    ((arena *)schema->private_data)->state->wrongly_released++;
}

static void child_release(struct ArrowArray *array)
{
    ((arena *)array->private_data)->state->wrongly_released++;
}

/* ---- Schema ---- */

/* The type of a column and, of a dictionary, that of its items; "" for none. */
static void find_type(const stream_state *s, int column, char type[TYPE_SIZE],
                      char items[TYPE_SIZE])
{
    const char *at = s->plan->types;
    size_t length = strcspn(at, " ");
    for (int i = 0; i < column && at[length]; i++) {
        at += length + 1;
        length = strcspn(at, " ");
    }
    ck_assert_uint_lt(length, TYPE_SIZE);
    memcpy(type, at, length);
    type[length] = *items = 0;
    if (strchr(type, '>')) {
        strcpy(items, strchr(type, '>') + 1);
        *strchr(type, '>') = 0;
    }
}

static struct ArrowSchema *make_field(arena *a, const char *type, const char *name)
{
    struct ArrowSchema *field = arena_block(a, sizeof *field);
    *field = (struct ArrowSchema){.flags = 2, .release = child_schema_release, .private_data = a};
    field->format = strcpy(arena_block(a, strlen(type) + 1), type);
    field->name = name ? strcpy(arena_block(a, strlen(name) + 1), name) : NULL;
    return field;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    stream_state *s = stream->private_data;
    char type[TYPE_SIZE], items[TYPE_SIZE];
    arena *a;
    if (s->plan->schema_code) {
        out->release =
            child_schema_release; /* what stands there after a failure is not to be touched */
        return s->plan->schema_code;
    }
    a = arena_new(s);
    s->schemas++;
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = s->columns,
                                .release = schema_release,
                                .private_data = a};
    out->children = arena_block(a, (size_t)s->columns * sizeof *out->children);
    for (int column = 0; column < s->columns; column++) {
        find_type(s, column, type, items);
        out->children[column] = make_field(a, type, s->cells[column]);
        if (*items)
            out->children[column]->dictionary = make_field(a, items, NULL);
    }
    if (s->plan->spoil_schema)
        s->plan->spoil_schema(out);
    return 0;
}

/* ---- Arrays ---- */

static void set_bit(void *bits, int at, bool valid)
{
    uint8_t *byte = (uint8_t *)bits + at / 8;
    *byte = (uint8_t)(valid ? *byte | 1 << at % 8 : *byte & ~(1 << at % 8));
}

static size_t width_of(char type)
{
    return strchr("sS", type) ? 2 : strchr("iIf", type) ? 4 : strchr("lLg", type) ? 8 : 1;
}

static void put_number(void *values, char type, int at, const char *cell)
{
    long long integer = strtoll(cell, NULL, 10);
    unsigned long long natural = strtoull(cell, NULL, 10);
    size_t width = width_of(type);
    char *place = (char *)values + width * (size_t)at;
    long half = strtol(strchr(cell, '.') ? strchr(cell, '.') + 1 : "0", NULL,
                       10); /* .0 or .5, whatever the locale */
    double wide = *cell ? (double)integer + (half ? *cell == '-' ? -0.5 : 0.5 : 0) : NAN;
    float narrow = (float)wide;
    if (type == 'L')
        memcpy(place, &natural, width); /* in the machine's order, whichever */
    else if (type == 'l')
        memcpy(place, &integer, width);
    else if (type == 'g')
        memcpy(place, &wide, width);
    else if (type == 'f')
        memcpy(place, &narrow, width);
    else if (width == 1)
        *place = (char)integer;
    else if (width == 2)
        memcpy(place, &(int16_t){(int16_t)integer}, width);
    else
        memcpy(place, &(int32_t){(int32_t)integer}, width);
}

static void make_numbers(arena *a, struct ArrowArray *array, char type, int total, int first,
                         const char *const *cells, int count)
{
    size_t width = width_of(type);
    char *values = (char *)arena_block(a, (size_t)total * width + 1)
                   + 1; /* alignment is not promised */
    array->n_buffers = 2;
    array->buffers[1] = values;
    for (int i = 0; i < count; i++)
        put_number(values, type, first + i, cells[i]);
}

static void make_booleans(arena *a, struct ArrowArray *array, int total, int first,
                          const char *const *cells, int count)
{
    uint8_t *bits = arena_block(a, (size_t)(total + 7) / 8);
    array->n_buffers = 2;
    array->buffers[1] = bits;
    for (int i = 0; i < count; i++)
        set_bit(bits, first + i, *cells[i] == '1');
}

static void make_text(arena *a, struct ArrowArray *array, char type, int total, int first,
                      const char *const *cells, int count)
{
    size_t width = type == 'u' ? 4 : 8, length = 0, at = 0;
    char *offsets = arena_block(a, ((size_t)total + 1) * width), *bytes;
    for (int i = 0; i < count; i++)
        length += strlen(cells[i]);
    bytes = arena_block(a, length);
    for (int i = 0; i <= total; i++) {
        memcpy(offsets + (size_t)i * width,
               width == 4 ? (void *)&(int32_t){(int32_t)at} : (void *)&(int64_t){(int64_t)at},
               width);
        if (i >= first && i < first + count) {
            memcpy(bytes + at, cells[i - first], strlen(cells[i - first]));
            at += strlen(cells[i - first]);
        }
    }
    array->n_buffers = 3;
    array->buffers[1] = offsets;
    array->buffers[2] = length ? bytes : NULL;
}

/* Long texts go into two data buffers in turn, each with a byte before the first. */
static void make_views(arena *a, struct ArrowArray *array, int total, int first,
                       const char *const *cells, int count)
{
    int64_t size[2] = {1, 1}, *sizes = arena_block(a, sizeof size);
    int32_t(*views)[4] = arena_block(a, (size_t)total * sizeof *views);
    char *data[2];
    int turn = 0;
    for (int i = 0; i < count; i++)
        if (strlen(cells[i]) > 12)
            size[turn++ % 2] += (int64_t)strlen(cells[i]);
    array->n_buffers = 5;
    array->buffers[1] = views;
    array->buffers[4] = memcpy(sizes, size, sizeof size);
    array->buffers[2] = data[0] = arena_block(a, (size_t)size[0]);
    array->buffers[3] = data[1] = arena_block(a, (size_t)size[1]);
    size[0] = size[1] = 1;
    turn = 0;
    for (int i = 0; i < count; i++) {
        int32_t *view = views[first + i], length = (int32_t)strlen(cells[i]);
        memset(view, 0, sizeof *views);
        view[0] = length;
        memcpy(view + 1, cells[i], length < 12 ? (size_t)length : length == 12 ? 12 : 4);
        if (length <= 12)
            continue;
        view[2] = turn++ % 2;
        view[3] = (int32_t)size[view[2]];
        memcpy(data[view[2]] + view[3], cells[i], (size_t)length);
        size[view[2]] += length;
    }
}

/* An array whose items from `first` on, counted from its start, are the cells; its own offset is
 * `offset` of these. Items before them are nulls, and no good values. */
static struct ArrowArray *make_array(arena *a, const char *type, int offset, int first,
                                     const char *const *cells, int count)
{
    struct ArrowArray *array = arena_block(a, sizeof *array);
    int total = first + count, nulls = 0;
    uint8_t *bits = arena_block(a, (size_t)(total + 7) / 8);
    bool has_nan = a->state->plan->nan && (*type == 'f' || *type == 'g');
    *array = (struct ArrowArray){
        .length = total - offset, .offset = offset, .release = child_release, .private_data = a};
    array->buffers = arena_block(a, 5 * sizeof *array->buffers);
    memset(array->buffers, 0, 5 * sizeof *array->buffers);
    for (int i = 0; i < total; i++) {
        bool valid = i >= first && (*cells[i - first] || has_nan);
        set_bit(bits, i, valid);
        nulls += !valid && i >= offset;
    }
    array->null_count = nulls && total % 2 ? -1 : nulls;
    if (strcmp(type, "n") == 0)
        return array;
    array->buffers[0] = nulls ? bits : NULL;
    if (strcmp(type, "vu") == 0)
        make_views(a, array, total, first, cells, count);
    else if (*type == 'u' || *type == 'U')
        make_text(a, array, *type, total, first, cells, count);
    else if (strcmp(type, "b") == 0)
        make_booleans(a, array, total, first, cells, count);
    else
        make_numbers(a, array, strlen(type) == 1 ? *type : 'c', total, first, cells, count);
    return array;
}

/* A dictionary at an offset of 1, of the distinct cells, backwards, then a null: every other empty
 * cell is an index to that, the others have none. */
static struct ArrowArray *make_dictionary(arena *a, const char *type, const char *items, int offset,
                                          int first, const char *const *cells, int count)
{
    const char **distinct = arena_block(a, (size_t)(count + 1) * sizeof *distinct);
    const char **indices = arena_block(a, (size_t)count * sizeof *indices);
    struct ArrowArray *array;
    int found = 0;
    distinct[count] = "";
    for (int i = count; i-- > 0;) {
        int at = count;
        while (at > count - found && strcmp(distinct[at - 1], cells[i]) != 0)
            at--;
        if (at == count - found && *cells[i])
            distinct[count - ++found] = cells[i];
    }
    for (int i = 0; i < count; i++) {
        int at = count - found;
        while (strcmp(distinct[at], cells[i]) != 0)
            at++;
        indices[i] = arena_block(a, 12);
        snprintf((char *)(uintptr_t)indices[i], 12, "%d", at - (count - found));
        if (at == count && i % 2)
            indices[i] = "";
    }
    array = make_array(a, type, offset, first, indices, count);
    array->dictionary = make_array(a, items, 1, 1, distinct + count - found, found + 1);
    return array;
}

/* ---- The stream ---- */

static void make_batch(stream_state *s, int rows, struct ArrowArray *out)
{
    const stream_plan *plan = s->plan;
    int first = plan->struct_offset + plan->child_offset;
    char type[TYPE_SIZE], items[TYPE_SIZE];
    arena *a = arena_new(s);
    s->batches++;
    *out = (struct ArrowArray){.length = rows,
                               .offset = plan->struct_offset,
                               .n_buffers = 1,
                               .n_children = s->columns,
                               .release = batch_release,
                               .private_data = a};
    out->buffers = arena_block(a, sizeof *out->buffers);
    out->buffers[0] = NULL;
    out->children = arena_block(a, (size_t)s->columns * sizeof *out->children);
    for (int column = 0; column < s->columns; column++) {
        const char **cells = arena_block(a, (size_t)rows * sizeof *cells);
        for (int i = 0; i < rows; i++)
            cells[i] = s->cells[(s->next_row + i) * s->columns + column];
        find_type(s, column, type, items);
        out->children[column] = *items
                                    ? make_dictionary(a, type, items, plan->child_offset, first,
                                                      cells, rows)
                                    : make_array(a, type, plan->child_offset, first, cells, rows);
    }
    s->next_row += rows;
}

static int give_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_state *s = stream->private_data;
    int rows = s->rows - s->next_row;
    bool last;
    out->release = NULL;
    if (rows == 0)
        return 0;
    if (s->empty_left-- > 0) {
        make_batch(s, 0, out);
        return 0;
    }
    s->empty_left = s->plan->empty_batches;
    last = !s->plan->batch_rows || s->plan->batch_rows >= rows;
    if (last && s->plan->next_code) {
        out->release = child_release; /* as above */
        return s->plan->next_code;
    }
    make_batch(s, last ? rows : s->plan->batch_rows, out);
    if (last && s->plan->spoil_batch)
        s->plan->spoil_batch(out);
    return 0;
}

static const char *give_reason(struct ArrowArrayStream *stream)
{
    return ((stream_state *)stream->private_data)->plan->reason;
}

static void stream_release(struct ArrowArrayStream *stream)
{
    ((stream_state *)stream->private_data)->stream_released++;
    stream->release = NULL;
}

/* Makes a stream over state, which stream_end checks and frees. */
static struct ArrowArrayStream stream_make(const stream_plan *plan, stream_state *state)
{
    char *at;
    *state = (stream_state){.plan = plan,
                            .text = strcpy(malloc(strlen(plan->csv) + 1), plan->csv),
                            .columns = 1,
                            .empty_left = plan->empty_batches};
    for (at = state->text; *at != '\n'; at++)
        state->columns += *at == ',';
    for (at = state->text; *at; at++)
        state->rows += *at == '\n';
    state->cells = malloc((size_t)(state->rows * state->columns + 1) * sizeof *state->cells);
    ck_assert_ptr_nonnull(state->cells);
    at = state->text;
    for (int i = 0; i < state->rows * state->columns; i++) {
        state->cells[i] = at;
        at += strcspn(at, ",\n");
        *at++ = 0;
    }
    state->next_row = 1;
    return (struct ArrowArrayStream){give_schema, give_batch, give_reason, stream_release, state};
}

/* All that was given was released once, no part by itself, and the stream too. */
static void stream_end(stream_state *state, const char *name)
{
    ck_assert_msg(state->released == state->schemas + state->batches,
                  "%s: %d schemas and %d batches, %d releases", name, state->schemas,
                  state->batches, state->released);
    ck_assert_msg(state->wrongly_released == 0, "%s: a part was released", name);
    ck_assert_msg(state->stream_released == 1, "%s: the stream was released %d times", name,
                  state->stream_released);
    free(state->cells);
    free(state->text);
}

#endif
