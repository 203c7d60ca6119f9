/* What every fuzz entry needs: an expectation that stops the run, and a heap that counts what is
 * alive. Bytes as a relcoord_source, for those that read text; and what to run analyses with. */
#ifndef FUZZ_ENTRY_H
#define FUZZ_ENTRY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/registry.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define EXPECT(condition)                                                   \
    do {                                                                    \
        if (!(condition)) {                                                 \
            fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition); \
            abort();                                                        \
        }                                                                   \
    } while (0)

static long alive;

static void *heap_allocate(void *user, size_t size)
{
    void *block = malloc(size);
    (void)user;
    alive += block != NULL;
    return block;
}

static void *heap_reallocate(void *user, void *block, size_t size)
{
    void *moved = realloc(block, size);
    (void)user;
    alive += !block && moved;
    return moved;
}

static void heap_release(void *user, void *block)
{
    (void)user;
    alive -= block != NULL;
    free(block);
}

/* Counts from the first call on. */
static inline void count_blocks(void)
{
    static bool started;
    if (!started)
        started = relcoord_set_allocator(heap_allocate, heap_reallocate, heap_release, NULL, NULL)
                  == RELCOORD_OK;
}

/* A fault has a message, and all its text is UTF-8. */
static inline void expect_message(relcoord_status status, const relcoord_error *error)
{
    EXPECT(error->status == (int32_t)status && *error->message);
    EXPECT(utf8_valid_prefix(error->message, strlen(error->message)) == strlen(error->message));
    EXPECT(utf8_valid_prefix(error->column, strlen(error->column)) == strlen(error->column));
}

/* ---- Bytes that arrive in pieces (0: as many at a time as are asked for) ---- */

typedef struct pieces {
    const uint8_t *bytes;
    size_t left, piece;
} pieces;

static inline int64_t next_piece(void *user, void *buffer, size_t capacity)
{
    pieces *p = user;
    size_t size = p->piece && p->piece < p->left ? p->piece : p->left;
    size = size < capacity ? size : capacity;
    if (size)
        memcpy(buffer, p->bytes, size);
    p->bytes += size;
    p->left -= size;
    return (int64_t)size;
}

/* The first byte says in pieces of what size the others arrive: reading them gives the same as
 * reading the whole, and leaves nothing behind. */
static inline int expect_same_in_pieces(uint64_t (*read)(const uint8_t *, size_t, size_t),
                                        const uint8_t *data, size_t size)
{
    count_blocks();
    if (size == 0)
        return 0;
    EXPECT(read(data + 1, size - 1, data[0] % 32) == read(data + 1, size - 1, 0));
    EXPECT(alive == 0);
    return 0;
}

/* ---- Analyses ---- */

static inline void set_if_taken(const analysis *a, relcoord_options *options, const char *name,
                                const char *value)
{
    for (size_t i = 0; i < a->option_count; i++)
        if (strcmp(a->options[i].name, name) == 0)
            EXPECT(relcoord_options_set(options, name, value, NULL) == RELCOORD_OK);
}

/* Groups by those columns, and whatever keeps a run short and possible, as far as the analysis
 * takes it. */
static inline relcoord_options *options_for(const analysis *a, const char *by)
{
    relcoord_options *options = NULL;
    EXPECT(relcoord_options_new(a->name, &options, NULL) == RELCOORD_OK);
    set_if_taken(a, options, "by", by);
    set_if_taken(a, options, "replicates", "20");
    if (a->unweighted)
        set_if_taken(a, options, "weights", "ignore");
    return options;
}

/* Whether it can be made of any answers about workgroups, if only by the right columns. */
static inline bool needs_ties_alone(const analysis *a)
{
    return a->add && !a->takes_any_data;
}

#endif
