/* What an array of an Arrow stream holds: the formats that can be read, and where values stand.
 * After the Arrow C data interface and the columnar format (Apache Arrow). */
#include "source/arrow_array.h"

enum { VIEW_INLINE = 12 };

bool arrow_type(const char *format, cell_type *type)
{
    static const struct {
        const char *format;
        cell_type type;
    } known[] = {
        {"n", {CELL_NULL, 0, false}},    {"c", {CELL_INTEGER, 1, true}},
        {"C", {CELL_INTEGER, 1, false}}, {"s", {CELL_INTEGER, 2, true}},
        {"S", {CELL_INTEGER, 2, false}}, {"i", {CELL_INTEGER, 4, true}},
        {"I", {CELL_INTEGER, 4, false}}, {"l", {CELL_INTEGER, 8, true}},
        {"L", {CELL_INTEGER, 8, false}}, {"f", {CELL_FLOAT, 4, true}},
        {"g", {CELL_FLOAT, 8, true}},    {"u", {CELL_TEXT, 4, true}},
        {"U", {CELL_TEXT, 8, true}},     {"vu", {CELL_VIEW, 0, false}},
        {"b", {CELL_BOOLEAN, 0, false}},
    };
    for (size_t i = 0; format && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].format, format) == 0) {
            *type = known[i].type;
            return true;
        }
    return false;
}

bool array_fits(const struct ArrowArray *a, cell_type type, int64_t end)
{
    bool of_text = type.kind == CELL_TEXT || type.kind == CELL_VIEW;
    int64_t buffers = of_text ? 3 : 2; /* of a view, or more */
    if (!a || !a->release || a->length < end || a->offset < 0)
        return false;
    if (type.kind == CELL_NULL)
        return a->length <= INT64_MAX - a->offset;
    if (a->length > MOST_ITEMS || a->offset > MOST_ITEMS - a->length || a->n_buffers < buffers
        || (type.kind != CELL_VIEW && a->n_buffers != buffers))
        return false;
    if (end == 0)
        return true;
    return a->buffers && a->buffers[1]
           && (a->null_count == 0 || a->null_count == -1 || a->buffers[0])
           && (type.kind != CELL_VIEW || a->n_buffers == 3 || a->buffers[a->n_buffers - 1]);
}

double read_float(const void *values, int width, int64_t at)
{
    uint64_t bits = load(values, width, at);
    uint32_t half = (uint32_t)bits;
    float narrow;
    double wide;
    memcpy(&narrow, &half, sizeof narrow);
    memcpy(&wide, &bits, sizeof wide);
    return width == 4 ? (double)narrow : wide;
}

static bool find_offsets(const struct ArrowArray *a, cell_type type, int64_t at, const char **bytes,
                         size_t *length)
{
    uint64_t from = load(a->buffers[1], type.width, at),
             to = load(a->buffers[1], type.width, at + 1);
    uint64_t most = type.width == 4 ? INT32_MAX : PTRDIFF_MAX; /* below 0 is above it */
    if (to > most || to < from || (to > from && !a->buffers[2]))
        return false;
    *bytes = to > from ? (const char *)a->buffers[2] + from : "";
    *length = (size_t)(to - from);
    return true;
}

/* A string view: its length, then the bytes themselves (up to 12), or their first four, the number
 * of a data buffer and the place in it. The last buffer holds the data buffers' sizes. */
static bool find_view(const struct ArrowArray *a, int64_t at, const char **bytes, size_t *length)
{
    const char *view = (const char *)a->buffers[1] + VIEW_SIZE * at;
    int32_t parts[4];
    int64_t size;
    memcpy(parts, view, sizeof parts);
    if (parts[0] < 0)
        return false;
    *length = (size_t)parts[0];
    *bytes = view + sizeof *parts;
    if (parts[0] <= VIEW_INLINE)
        return true;
    if (parts[2] < 0 || parts[2] >= a->n_buffers - 3 || parts[3] < 0 || !a->buffers[2 + parts[2]])
        return false;
    size = (int64_t)load(a->buffers[a->n_buffers - 1], 8, parts[2]);
    *bytes = (const char *)a->buffers[2 + parts[2]] + parts[3];
    return size >= parts[0] && parts[3] <= size - parts[0];
}

bool find_text(const struct ArrowArray *a, cell_type type, int64_t at, const char **bytes,
               size_t *length)
{
    return type.kind == CELL_VIEW ? find_view(a, at, bytes, length)
                                  : find_offsets(a, type, at, bytes, length);
}
