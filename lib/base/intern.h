/* Interned strings and interned number keys: each distinct one gets an id 0, 1, 2 … in order of
 * first appearance. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

#define INTERN_FULL UINT32_MAX

/* Zero-initialise. Strings may hold any bytes; each is kept with a NUL behind it. */
typedef struct intern {
    uint32_t count;
    uint32_t slot_count; /* a power of two */
    hash_key key;        /* drawn with the first slots */
    struct intern_slot *slots;
    const char **strings; /* by id; they never move */
    size_t strings_capacity;
    struct intern_page *pages;
} intern;

/* The id of a string, new when it was not there; INTERN_FULL when memory runs out. */
uint32_t intern_add(intern *table, const char *bytes, size_t length);
/* The id of a string, or INTERN_FULL when it is not there. */
uint32_t intern_find(const intern *table, const char *bytes, size_t length);
void intern_free(intern *table);

/* Writes the ids in ascending order of their strings, numerically if all of them are numbers (""
 * counts as one, before all others), else by UTF-8 bytes: order[0] is the id that comes first.
 * Returns 0, or -1 when memory runs out. */
int intern_order(const intern *table, uint32_t *order);

/* The same for 64-bit keys. Zero-initialise. */
typedef struct key_index {
    uint32_t count, slot_count;
    hash_key key; /* drawn with the first slots */
    struct key_slot *slots;
    uint64_t *keys; /* by id */
    size_t keys_capacity;
} key_index;

uint32_t key_index_add(key_index *index, uint64_t key);
uint32_t key_index_find(const key_index *index, uint64_t key);
void key_index_free(key_index *index);

#endif
