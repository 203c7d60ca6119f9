/* What an array of an Arrow stream holds. The other side is not trusted: array_fits first, then the
 * values of places below the array's length. Knows nobody of this folder. */
#ifndef SOURCE_ARROW_ARRAY_H
#define SOURCE_ARROW_ARRAY_H

#include <stdbool.h>
#include <string.h>

#include "relcoord.h"

/* The most items that an array can have, the widest taking 16 bytes. */
enum { VIEW_SIZE = 16 };
#define MOST_ITEMS (PTRDIFF_MAX / VIEW_SIZE - 1)

typedef enum cell_kind {
    CELL_NULL,
    CELL_INTEGER,
    CELL_FLOAT,
    CELL_TEXT,
    CELL_VIEW,
    CELL_BOOLEAN
} cell_kind;

typedef struct cell_type {
    cell_kind kind;
    int width; /* bytes of an integer, a float, or a text's offset */
    bool is_signed;
} cell_type;

/* The type of a format that can be read; false for any other. */
bool arrow_type(const char *format, cell_type *type);

/* Whether an array has the buffers that its type needs for items up to `end`, the first being 0. */
bool array_fits(const struct ArrowArray *a, cell_type type, int64_t end);

/* Places count from the start of the buffers, the array's offset included. */

static inline bool is_valid(const struct ArrowArray *a, int64_t at)
{
    const uint8_t *bits = a->buffers[0];
    return !bits || (bits[at >> 3] >> (at & 7) & 1);
}

/* The bit of a boolean, packed as validity is. */
static inline bool read_boolean(const struct ArrowArray *a, int64_t at)
{
    return ((const uint8_t *)a->buffers[1])[at >> 3] >> (at & 7) & 1;
}

/* The integer of a width at a place; buffers need not be aligned. */
static inline uint64_t load(const void *values, int width, int64_t at)
{
    const char *place = (const char *)values + width * at;
    uint64_t whole = 0;
    uint32_t four;
    uint16_t two;
    switch (width) {
    case 1: return *(const unsigned char *)place;
    case 2: memcpy(&two, place, sizeof two); return two;
    case 4: memcpy(&four, place, sizeof four); return four;
    default: memcpy(&whole, place, sizeof whole); return whole;
    }
}

/* An integer as its magnitude and sign. */
static inline uint64_t read_integer(const void *values, cell_type type, int64_t at, bool *negative)
{
    uint64_t bits = load(values, type.width, at), sign = (uint64_t)1 << (8 * type.width - 1);
    *negative = type.is_signed && (bits & sign);
    return *negative ? (sign << 1) - bits
                     : bits; /* sign << 1 is 0 for eight bytes: the same modulo 2^64 */
}

double read_float(const void *values, int width, int64_t at);

/* The text at a place of an array of CELL_TEXT or CELL_VIEW; false when the array is malformed
 * there. */
bool find_text(const struct ArrowArray *a, cell_type type, int64_t at, const char **bytes,
               size_t *length);

#endif
