/* Looking entries up in the compiled catalogue, which is sorted by context and id. */
#include "words/lookup.h"

#include <string.h>

/* Whether a context is behind that of `context` and `of`: below 0 before it, 0 the same. */
static int compare_context(const catalogue_entry *entry, const char *context, const char *of)
{
    const char *own = catalogue_words + entry->context;
    size_t length = strlen(context);
    int order = strncmp(own, context, length);
    return order ? order : strcmp(own + length, of);
}

static int compare(const catalogue_entry *entry, const char *context, const char *of,
                   const char *id, size_t length)
{
    const char *own = catalogue_id(entry);
    int order = compare_context(entry, context, of);
    if (order == 0)
        order = strncmp(own, id, length);
    return order ? order : own[length] != 0;
}

/* The first entry that is not before these. */
static const catalogue_entry *lower_bound(const char *context, const char *of, const char *id,
                                          size_t length)
{
    size_t low = 0, high = catalogue_size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&catalogue[middle], context, of, id, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return catalogue + low;
}

const catalogue_entry *catalogue_find(const char *context, const char *of, const char *id,
                                      size_t length)
{
    const catalogue_entry *found = lower_bound(context, of, id, length);
    bool same = found < catalogue + catalogue_size && compare(found, context, of, id, length) == 0;
    return same ? found : NULL;
}

const catalogue_entry *catalogue_section(const char *context, const char *of,
                                         const catalogue_entry **end)
{
    const catalogue_entry *first = lower_bound(context, of, "", 0);
    for (*end = first; *end < catalogue + catalogue_size; ++*end)
        if (compare_context(*end, context, of) != 0)
            break;
    return first;
}

const char *catalogue_id(const catalogue_entry *entry)
{
    return catalogue_words + entry->id;
}

const char *catalogue_words_of(const catalogue_entry *entry, language l)
{
    uint32_t words = entry->words[l] ? entry->words[l] : entry->words[ENGLISH];
    return catalogue_words + words;
}
