/* A table as an Arrow stream, read by a consumer written out by hand: content, empty cells, who may
 * let go when, columns past 2 GiB, and memory that runs out at every single allocation. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <check.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "support.h"
#include "things.h"

Suite *arrow_suite(void);

/* ---- Arrow: a consumer by hand --------------------------------------------------------------- */

static bool bit(const void *bits, int64_t row)
{
    return ((const uint8_t *)bits)[row / 8] >> (row % 8) & 1;
}

static void take_stream(const relcoord_table *t, struct ArrowSchema *schema,
                        struct ArrowArray *batch)
{
    struct ArrowArrayStream stream;

    ck_assert_int_eq(relcoord_table_to_arrow(t, &stream, NULL), RELCOORD_OK);
    ck_assert_int_eq(stream.get_schema(&stream, schema), 0);
    ck_assert_int_eq(stream.get_next(&stream, batch), 0);
    stream.release(&stream);
    ck_assert_ptr_null((void *)(uintptr_t)stream.release);
}

START_TEST(arrow_has_the_cells)
{
    relcoord_table *t = three_rows();
    struct ArrowSchema schema;
    struct ArrowArray batch;
    const char *const formats[] = {"u", "l", "g", "u"};

    take_stream(t, &schema, &batch);
    table_free(t); /* the consumer's copy outlives it */

    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(schema.n_children, 4);
    ck_assert_ptr_null(schema.metadata);
    ck_assert_ptr_null(schema.dictionary);
    for (int i = 0; i < 4; i++) {
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
        ck_assert_str_eq(schema.children[i]->name, columns[i].name);
        ck_assert_int_eq(schema.children[i]->flags, 2);
        ck_assert_int_eq(schema.children[i]->n_children, 0);
    }
    ck_assert_int_eq(batch.length, 3);
    ck_assert_int_eq(batch.null_count, 0);
    ck_assert_int_eq(batch.n_buffers, 1);
    ck_assert_ptr_null(batch.buffers[0]);
    ck_assert_int_eq(batch.n_children, 4);

    struct ArrowArray *unit = batch.children[0], *n = batch.children[1];
    struct ArrowArray *mean = batch.children[2], *note = batch.children[3];
    ck_assert_int_eq(unit->length, 3);
    ck_assert_int_eq(unit->offset, 0);
    ck_assert_int_eq(unit->null_count, 1);
    ck_assert_int_eq(unit->n_buffers, 3);
    ck_assert(bit(unit->buffers[0], 0) && bit(unit->buffers[0], 1) && !bit(unit->buffers[0], 2));
    ck_assert_mem_eq(unit->buffers[1], ((int32_t[]){0, 5, 10, 10}), 4 * sizeof(int32_t));
    ck_assert_mem_eq(unit->buffers[2], "NorthNorth", 10);
    ck_assert_int_eq(n->n_buffers, 2);
    ck_assert_int_eq(n->null_count, 1);
    ck_assert_int_eq(((const int64_t *)n->buffers[1])[1], -9007199254740993);
    ck_assert_int_eq(mean->null_count, 2);
    ck_assert(bit(mean->buffers[0], 0) && !bit(mean->buffers[0], 1) && !bit(mean->buffers[0], 2));
    ck_assert_double_eq(((const double *)mean->buffers[1])[0], 3.5);
    ck_assert_int_eq(note->null_count, 0);
    ck_assert_ptr_null(note->buffers[0]);
    ck_assert_mem_eq(note->buffers[2], "too_fewundefined", 16);
    batch.release(&batch);
    schema.release(&schema);
    ck_assert(!batch.release && !schema.release);
}
END_TEST

START_TEST(arrow_validity_over_many_bytes)
{
    relcoord_table *t = table_new(&spec, NULL, 0);
    struct ArrowSchema schema;
    struct ArrowArray batch;

    for (int i = 0; i < 1000; i++) {
        table_add_row(t);
        if (i % 7 == 0 || i % 11 == 0)
            table_set_integer(t, 1, i);
    }
    take_stream(t, &schema, &batch);
    int64_t nulls = 0;
    for (int i = 0; i < 1000; i++) {
        bool there = i % 7 == 0 || i % 11 == 0;
        nulls += !there;
        ck_assert_int_eq(bit(batch.children[1]->buffers[0], i), there);
    }
    ck_assert_int_eq(batch.children[1]->null_count, nulls);
    batch.release(&batch);
    schema.release(&schema);
    table_free(t);
}
END_TEST

START_TEST(an_arrow_stream_has_one_batch)
{
    relcoord_table *t = table_new(&spec, NULL, 0); /* no rows: still a batch, of length 0 */
    struct ArrowArrayStream stream;
    struct ArrowSchema schema, again;
    struct ArrowArray batch, none;

    memset(&none, 'x', sizeof none);
    ck_assert_int_eq(relcoord_table_to_arrow(t, &stream, NULL), RELCOORD_OK);
    table_free(t);
    ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
    ck_assert_int_eq(stream.get_schema(&stream, &again), 0);
    ck_assert_str_eq(again.children[2]->name, "mean");
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert(batch.release);
    ck_assert_int_eq(batch.length, 0);
    ck_assert_int_eq(((const int32_t *)batch.children[0]->buffers[1])[0], 0);
    ck_assert_int_eq(stream.get_next(&stream, &none), 0);
    ck_assert(!none.release);
    ck_assert_ptr_null(stream.get_last_error(&stream));
    schema.release(&schema);
    ck_assert_str_eq(again.children[2]->name, "mean");
    batch.release(&batch);
    again.release(&again);
    stream.release(&stream);

    ck_assert_int_eq(relcoord_table_to_arrow(NULL, &stream, NULL), RELCOORD_EUSAGE);
}
END_TEST

/* The three ways in which a consumer may let go; all must leave nothing behind. */
START_TEST(arrow_is_released_in_any_order)
{
    heap_start();
    relcoord_table *t = three_rows();
    struct ArrowArrayStream stream;
    struct ArrowSchema schema, field;
    struct ArrowArray batch, child;

    ck_assert_int_eq(relcoord_table_to_arrow(t, &stream, NULL), RELCOORD_OK);
    table_free(t);
    if (_i == 0) { /* never asked */
        stream.release(&stream);
    } else if (_i == 1) { /* the stream first */
        ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
        ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
        stream.release(&stream);
        batch.release(&batch);
        schema.release(&schema);
    } else { /* a child moved away lives longer than its parent */
        ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
        ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
        memcpy(&child, batch.children[2], sizeof child);
        batch.children[2]->release = NULL;
        memcpy(&field, schema.children[2], sizeof field);
        schema.children[2]->release = NULL;
        batch.children[1]->release(batch.children[1]); /* one let go early */
        batch.release(&batch);
        schema.release(&schema);
        stream.release(&stream);
        ck_assert_double_eq(((const double *)child.buffers[1])[0], 3.5);
        ck_assert_str_eq(field.name, "mean");
        child.release(&child);
        field.release(&field);
        ck_assert(!child.release && !field.release);
    }
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

/* A column past 2 GiB needs 64-bit offsets. Its text is one block of 16 MiB again and again, so the
 * heap gives for the large copy one block of memory mapped again and again: nothing is that
 * large. */
enum { LONG_TEXT = 1 << 24, LONG_ROWS = 129 };
static struct {
    FILE *file;
    char *address;
    size_t size;
} large;

static void *large_allocate(void *user, size_t size)
{
    (void)user;
    if (size < (size_t)LONG_TEXT * LONG_ROWS)
        return malloc(size);
    large.size = size;
    large.address = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ck_assert_ptr_ne(large.address, MAP_FAILED);
    for (size_t at = 0; at < size; at += LONG_TEXT)
        ck_assert_ptr_ne(mmap(large.address + at, LONG_TEXT, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_FIXED, fileno(large.file), 0),
                         MAP_FAILED);
    return large.address;
}

static void *large_reallocate(void *user, void *block, size_t size)
{
    (void)user;
    return realloc(block, size);
}

static void large_release(void *user, void *block)
{
    (void)user;
    if (block && block == large.address)
        munmap(large.address, large.size);
    else
        free(block);
}

START_TEST(arrow_counts_past_two_gigabytes)
{
    if (sizeof(size_t) < 8)
        return;
    char *words = malloc(LONG_TEXT + 1);
    struct ArrowSchema schema;
    struct ArrowArray batch;

    ck_assert_ptr_nonnull(words);
    large.file = tmpfile();
    ck_assert_ptr_nonnull(large.file);
    ck_assert_int_eq(fseek(large.file, LONG_TEXT - 1, SEEK_SET), 0);
    ck_assert_int_eq(fputc('x', large.file), 'x');
    ck_assert_int_eq(fflush(large.file), 0);
    memset(words, 'x', LONG_TEXT);
    words[LONG_TEXT] = '\0';

    relcoord_set_allocator(large_allocate, large_reallocate, large_release, NULL, NULL);
    relcoord_table *t = table_new(&spec, NULL, 0);
    for (int i = 0; i < LONG_ROWS; i++) {
        table_add_row(t);
        table_set_string(t, 0, words);
    }
    take_stream(t, &schema, &batch);
    ck_assert_str_eq(schema.children[0]->format, "U");
    ck_assert_str_eq(schema.children[3]->format, "u");
    const int64_t *offsets = batch.children[0]->buffers[1];
    for (int i = 0; i <= LONG_ROWS; i++)
        ck_assert_int_eq(offsets[i], (int64_t)i * LONG_TEXT);
    ck_assert_ptr_eq(batch.children[0]->buffers[2], large.address);
    batch.release(&batch);
    schema.release(&schema);
    table_free(t);
    heap_stop();
    fclose(large.file);
    free(words);
}
END_TEST

/* ---- Memory that runs out -------------------------------------------------------------------- */

static relcoord_status export_table(void *of)
{
    const relcoord_table *t = of;
    struct ArrowArrayStream stream = {0};
    struct ArrowSchema schema = {0};
    relcoord_status status = relcoord_table_to_arrow(t, &stream, NULL);

    if (status) {
        ck_assert(!stream.release);
        return status;
    }
    if (stream.get_schema(&stream, &schema)) {
        ck_assert(!schema.release);
        ck_assert_str_eq(stream.get_last_error(&stream), "memory ran out");
        status = RELCOORD_ENOMEM;
    } else {
        schema.release(&schema);
    }
    stream.release(&stream);
    return status;
}

START_TEST(memory_may_run_out_anywhere)
{
    relcoord_table *t = three_rows();
    heap_start();
    ck_assert_int_eq(heap_fail_each(export_table, t, RELCOORD_OK, INT_MAX), 0);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    table_free(t);
}
END_TEST

Suite *arrow_suite(void)
{
    Suite *suite = suite_create("arrow");
    TCase *content = tcase_create("content"), *memory = tcase_create("memory");

    tcase_add_test(content, arrow_has_the_cells);
    tcase_add_test(content, arrow_validity_over_many_bytes);
    tcase_add_test(content, an_arrow_stream_has_one_batch);
    tcase_add_loop_test(content, arrow_is_released_in_any_order, 0, 3);
    tcase_add_test(content, arrow_counts_past_two_gigabytes);
    tcase_set_timeout(content, 120);
    suite_add_tcase(suite, content);

    tcase_add_test(memory, memory_may_run_out_anywhere);
    tcase_set_timeout(memory, 60);
    suite_add_tcase(suite, memory);
    return suite;
}
