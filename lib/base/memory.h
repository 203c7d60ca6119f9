/* Memory through the hooks of relcoord_set_allocator: the only way to allocate in lib/. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* As malloc, calloc, realloc and free; count * size is checked. NULL when memory runs out. A size
 * of 0 gives a block that can be freed. */
void *memory_new(size_t count, size_t size);
void *memory_zeroed(size_t count, size_t size);
void *memory_resize(void *block, size_t count, size_t size);
void memory_free(void *block);
char *memory_copy_text(const char *text);

/* Makes room for `needed` elements in a growing array, at least doubling *capacity; false when
 * memory runs out, the array then as it was. */
bool memory_reserve(void **array, size_t *capacity, size_t needed, size_t size);

#endif
