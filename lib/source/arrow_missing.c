/* The key relcoord.missing of an Arrow field: entries split by ';', each a value, or a range as
 * LOW|HIGH whose open end is empty; escapes are those of a codebook's values. The metadata have no
 * length of their own (Apache Arrow, C data interface: how many pairs, and the sizes of each):
 * their sizes are trusted as those of buffers are. */
#include "source/arrow_missing.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "source/reader.h"

static const char missing_key[] = "relcoord.missing";

/* The next piece of metadata, and behind it; NULL when its size is none. */
static const char *take_piece(const char **at, size_t *length)
{
    const char *piece;
    int32_t size;
    memcpy(&size, *at, sizeof size);
    piece = *at + sizeof size;
    if (size < 0)
        return NULL;
    *length = (size_t)size;
    *at = piece + size;
    return piece;
}

/* The value of the key; NULL when there is none. */
static const char *find_key(const char *metadata, size_t *length)
{
    int32_t pairs = 0;
    const char *at = metadata ? metadata + sizeof pairs : NULL;
    if (metadata)
        memcpy(&pairs, metadata, sizeof pairs);
    for (; pairs > 0; pairs--) {
        size_t key_length;
        const char *key = take_piece(&at, &key_length),
                   *value = key ? take_piece(&at, length) : NULL;
        if (!value)
            return NULL;
        if (key_length == strlen(missing_key) && memcmp(key, missing_key, key_length) == 0)
            return value;
    }
    return NULL;
}

/* Copies up to the next ';' or '|' without a backslash; which of them, or 0 at the end. NULL when
 * memory runs out. */
static char *take_part(const char **at, const char *end, char *stop)
{
    char *part = memory_new((size_t)(end - *at) + 1, 1);
    size_t length = 0;
    *stop = 0;
    while (part && *at < end && !*stop) {
        char c = *(*at)++;
        if (c == ';' || c == '|')
            *stop = c;
        else
            part[length++] = c == '\\' && *at < end ? *(*at)++ : c;
    }
    if (part)
        part[length] = 0;
    return part;
}

static bool parse_bound(const char *part, double open, double *bound)
{
    *bound = open;
    return !*part || number_parse_marked(part, strlen(part), '.', bound);
}

static relcoord_status add_missing_value(declared_missing *missing, char *first, char *second)
{
    void *values = missing->values;
    declared_value value = {.text = first};
    if (second
        && (!parse_bound(first, -INFINITY, &value.low)
            || !parse_bound(second, INFINITY, &value.high)))
        return RELCOORD_EDATA;
    if (!memory_reserve(&values, &missing->capacity, missing->count + 1, sizeof value))
        return RELCOORD_ENOMEM;
    missing->values = values;
    if (second) {
        value.text = NULL;
        value.numeric = true;
        memory_free(first);
    } else if (number_parse_marked(first, strlen(first), '.', &value.low)) {
        value.numeric = true;
        value.high = value.low;
    }
    missing->values[missing->count++] = value;
    return RELCOORD_OK;
}

/* One entry, which begins here. */
static relcoord_status take_entry(declared_missing *missing, const char **at, const char *end)
{
    char stop, end_stop = 0, *first = take_part(at, end, &stop);
    char *second = first && stop == '|' ? take_part(at, end, &end_stop) : NULL;
    relcoord_status status = RELCOORD_ENOMEM;
    if (first && (second || stop != '|'))
        status = end_stop == '|' ? RELCOORD_EDATA : add_missing_value(missing, first, second);
    if (status)
        memory_free(first);
    memory_free(second);
    return status;
}

relcoord_status declared_missing_read(const char *metadata, declared_missing *out)
{
    size_t length = 0;
    const char *at = find_key(metadata, &length), *end = at ? at + length : NULL;
    relcoord_status status = RELCOORD_OK;
    *out = (declared_missing){.count = 0};
    while (at < end && !status)
        status = take_entry(out, &at, end);
    return status;
}

void declared_missing_free(declared_missing *missing)
{
    for (size_t i = 0; i < missing->count; i++)
        memory_free(missing->values[i].text);
    memory_free(missing->values);
    *missing = (declared_missing){.count = 0};
}

bool declared_missing_holds(const declared_missing *missing, const char *bytes, size_t length)
{
    double number;
    bool numeric;
    reader_trim(&bytes, &length);
    numeric = number_parse_marked(bytes, length, '.', &number);
    for (size_t i = 0; i < missing->count; i++) {
        const declared_value *value = &missing->values[i];
        if (value->text && strlen(value->text) == length && memcmp(value->text, bytes, length) == 0)
            return true;
        if (numeric && value->numeric && number >= value->low && number <= value->high)
            return true;
    }
    return false;
}
