/* Memory through the hooks of relcoord_set_allocator. Holds the library's one process-wide
 * setting. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static void *system_allocate(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *system_reallocate(void *user, void *block, size_t size)
{
    (void)user;
    return realloc(block, size);
}

static void system_release(void *user, void *block)
{
    (void)user;
    free(block);
}

static struct {
    relcoord_allocate allocate;
    relcoord_reallocate reallocate;
    relcoord_release release;
    void *user;
} hooks = {system_allocate, system_reallocate, system_release, NULL};

relcoord_status relcoord_set_allocator(relcoord_allocate allocate, relcoord_reallocate reallocate,
                                       relcoord_release release, void *user, relcoord_error *err)
{
    if (!allocate && !reallocate && !release) {
        allocate = system_allocate;
        reallocate = system_reallocate;
        release = system_release;
        user = NULL;
    }
    if (!allocate || !reallocate || !release)
        return fail(err, RELCOORD_EUSAGE, "an allocator needs all three functions, or none");
    hooks.allocate = allocate;
    hooks.reallocate = reallocate;
    hooks.release = release;
    hooks.user = user;
    return RELCOORD_OK;
}

/* Bytes for count elements, at least 1; 0 when that is more than can be addressed. */
static size_t byte_count(size_t count, size_t size)
{
    if (size != 0 && count > PTRDIFF_MAX / size)
        return 0;
    return count * size > 0 ? count * size : 1;
}

void *memory_new(size_t count, size_t size)
{
    size_t bytes = byte_count(count, size);
    return bytes ? hooks.allocate(hooks.user, bytes) : NULL;
}

void *memory_zeroed(size_t count, size_t size)
{
    void *block = memory_new(count, size);
    if (block)
        memset(block, 0, byte_count(count, size));
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    size_t bytes = byte_count(count, size);
    return bytes ? hooks.reallocate(hooks.user, block, bytes) : NULL;
}

void memory_free(void *block)
{
    if (block)
        hooks.release(hooks.user, block);
}

char *memory_copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = memory_new(size, 1);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

bool memory_reserve(void **array, size_t *capacity, size_t needed, size_t size)
{
    size_t wanted = *capacity;
    void *grown;
    if (needed <= *capacity)
        return true;
    while (wanted < needed)
        wanted = wanted < 8 ? 8 : wanted > SIZE_MAX / 2 ? needed : 2 * wanted;
    grown = memory_resize(*array, wanted, size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}
