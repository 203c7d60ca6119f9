/* Interned strings and number keys: open addressing with linear probing; strings in pages that
 * never move. */
#include "base/intern.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

/* Eight bytes: the table of a million respondents is read at random, and should stay near. */
typedef struct intern_slot {
    uint32_t hash; /* 0: free */
    uint32_t id;
} intern_slot;

typedef struct intern_page {
    struct intern_page *next;
    size_t used, size;
    char bytes[];
} intern_page;

typedef struct key_slot {
    uint64_t key;
    uint32_t id_plus_one; /* 0: free */
} key_slot;

enum { FIRST_SLOTS = 64, PAGE_SIZE = 64 * 1024, MOST_IDS = 1 << 30 };

/* Never 0, which marks a free slot. */
static uint32_t hash_string(const intern *table, const char *bytes, size_t length)
{
    uint32_t hash = (uint32_t)hash_bytes(&table->key, bytes, length);
    return hash ? hash : 1;
}

/* A string's length stands in the four bytes before it. */
static uint32_t string_length(const char *string)
{
    uint32_t length;
    memcpy(&length, string - sizeof length, sizeof length);
    return length;
}

/* The slot that holds the string, or the free one where it belongs. */
static intern_slot *find_slot(const intern *table, const char *bytes, size_t length, uint32_t hash)
{
    uint32_t mask = table->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        intern_slot *slot = &table->slots[at];
        const char *string;
        if (slot->hash == 0)
            return slot;
        if (slot->hash != hash)
            continue;
        string = table->strings[slot->id];
        if (string_length(string) == length && memcmp(string, bytes, length) == 0)
            return slot;
    }
}

static bool grow_slots(intern *table)
{
    uint32_t count = table->slot_count ? 2 * table->slot_count : FIRST_SLOTS;
    intern_slot *slots = memory_zeroed(count, sizeof *slots);
    if (!slots)
        return false;
    if (!table->slots)
        table->key = hash_key_new();
    for (uint32_t i = 0; i < table->slot_count; i++) {
        uint32_t at = table->slots[i].hash & (count - 1);
        if (table->slots[i].hash == 0)
            continue;
        while (slots[at].hash)
            at = (at + 1) & (count - 1);
        slots[at] = table->slots[i];
    }
    memory_free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    return true;
}

/* Keeps a copy with its length before it and a NUL behind it. */
static const char *keep_string(intern *table, const char *bytes, size_t length)
{
    intern_page *page = table->pages;
    uint32_t prefix = (uint32_t)length; /* fields are capped far below 4 GiB */
    size_t needed = sizeof prefix + length + 1;
    char *kept;
    if (!page || page->size - page->used < needed) {
        size_t size = needed > PAGE_SIZE ? needed : PAGE_SIZE;
        page = memory_new(sizeof *page + size, 1);
        if (!page)
            return NULL;
        page->next = table->pages;
        page->used = 0;
        page->size = size;
        table->pages = page;
    }
    kept = page->bytes + page->used + sizeof prefix;
    memcpy(kept - sizeof prefix, &prefix, sizeof prefix);
    if (length)
        memcpy(kept, bytes, length);
    kept[length] = 0;
    page->used += needed;
    return kept;
}

uint32_t intern_add(intern *table, const char *bytes, size_t length)
{
    uint32_t hash;
    intern_slot *slot;
    void *strings = table->strings;
    if (table->count >= table->slot_count / 2 && (table->count >= MOST_IDS || !grow_slots(table)))
        return INTERN_FULL;
    hash = hash_string(table, bytes, length);
    slot = find_slot(table, bytes, length, hash);
    if (slot->hash)
        return slot->id;
    if (!memory_reserve(&strings, &table->strings_capacity, table->count + (size_t)1,
                        sizeof *table->strings))
        return INTERN_FULL;
    table->strings = strings;
    table->strings[table->count] = keep_string(table, bytes, length);
    if (!table->strings[table->count])
        return INTERN_FULL;
    *slot = (intern_slot){hash, table->count};
    return table->count++;
}

uint32_t intern_find(const intern *table, const char *bytes, size_t length)
{
    const intern_slot *slot;
    if (table->count == 0)
        return INTERN_FULL;
    slot = find_slot(table, bytes, length, hash_string(table, bytes, length));
    return slot->hash ? slot->id : INTERN_FULL;
}

void intern_free(intern *table)
{
    intern_page *page = table->pages;
    while (page) {
        intern_page *next = page->next;
        memory_free(page);
        page = next;
    }
    memory_free(table->slots);
    memory_free(table->strings);
    memset(table, 0, sizeof *table);
}

/* ---- Order ---- */

typedef struct ordered {
    double number;
    const char *string;
    uint32_t id;
} ordered;

static int compare_ordered(const void *left, const void *right)
{
    const ordered *a = left, *b = right;
    if (a->number < b->number || a->number > b->number)
        return a->number < b->number ? -1 : 1;
    return strcmp(a->string, b->string);
}

int intern_order(const intern *table, uint32_t *order)
{
    bool numbers = true, sorted = true;
    ordered *list = memory_new(table->count, sizeof *list);
    if (!list)
        return -1;
    for (uint32_t i = 0; i < table->count; i++) {
        const char *string = table->strings[i];
        list[i] = (ordered){-INFINITY, string, i};
        numbers = numbers && (!*string || number_parse(string, strlen(string), &list[i].number));
    }
    for (uint32_t i = 0; i < table->count && !numbers; i++)
        list[i].number = 0;
    for (uint32_t i = 1; i < table->count && sorted;
         i++) /* files are mostly sorted by respondent */
        sorted = compare_ordered(&list[i - 1], &list[i]) <= 0;
    if (!sorted)
        qsort(list, table->count, sizeof *list, compare_ordered);
    for (uint32_t i = 0; i < table->count; i++)
        order[i] = list[i].id;
    memory_free(list);
    return 0;
}

/* ---- Number keys ---- */

static key_slot *find_key(const key_index *index, uint64_t key)
{
    uint32_t mask = index->slot_count - 1, at = (uint32_t)hash_number(&index->key, key) & mask;
    while (index->slots[at].id_plus_one && index->slots[at].key != key)
        at = (at + 1) & mask;
    return &index->slots[at];
}

static bool grow_keys(key_index *index)
{
    key_index grown = *index;
    grown.slot_count = index->slot_count ? 2 * index->slot_count : FIRST_SLOTS;
    grown.slots = memory_zeroed(grown.slot_count, sizeof *grown.slots);
    if (!grown.slots)
        return false;
    if (!index->slots)
        grown.key = hash_key_new();
    for (uint32_t id = 0; id < index->count; id++)
        *find_key(&grown, index->keys[id]) = (key_slot){index->keys[id], id + 1};
    memory_free(index->slots);
    *index = grown;
    return true;
}

uint32_t key_index_add(key_index *index, uint64_t key)
{
    key_slot *slot;
    void *keys = index->keys;
    if (index->count >= index->slot_count / 2 && (index->count >= MOST_IDS || !grow_keys(index)))
        return INTERN_FULL;
    slot = find_key(index, key);
    if (slot->id_plus_one)
        return slot->id_plus_one - 1;
    if (!memory_reserve(&keys, &index->keys_capacity, index->count + (size_t)1,
                        sizeof *index->keys))
        return INTERN_FULL;
    index->keys = keys;
    index->keys[index->count] = key;
    *slot = (key_slot){key, ++index->count};
    return index->count - 1;
}

uint32_t key_index_find(const key_index *index, uint64_t key)
{
    return index->count ? find_key(index, key)->id_plus_one - 1 : INTERN_FULL;
}

void key_index_free(key_index *index)
{
    memory_free(index->slots);
    memory_free(index->keys);
    memset(index, 0, sizeof *index);
}
