/* What every fuzz entry needs: an expectation that stops the run, and a heap that counts what is alive. */
#ifndef FUZZ_ENTRY_H
#define FUZZ_ENTRY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define EXPECT(condition)                                                                                             \
    do {                                                                                                              \
        if (!(condition)) {                                                                                           \
            fprintf(stderr, "line %d: not so: %s\n", __LINE__, #condition);                                           \
            abort();                                                                                                  \
        }                                                                                                             \
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

#endif
