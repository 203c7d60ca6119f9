/* Bytes as an Arrow stream into a survey, then every analysis. The bytes say what the stream
 * is: names, formats, lengths, offsets, indices, views, bitmaps, counts, null pointers, errors
 * midway, all of them as false as they like; but no buffer is shorter than its array's length and
 * type say, for no consumer could know. When the bytes run out the rest is plain. Beyond not
 * crashing: a fault has a message, all that the stream gave is released once, and nothing stays
 * allocated. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz/entry.h"
#include "relcoord.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- Bytes, and what a structure owns ---- */

enum { MOST_COLUMNS = 14, MOST_ITEMS = 24, MOST_BUFFERS = 6 };

typedef struct producer {
    const uint8_t *bytes;
    size_t left;
    int columns, batches;
    const char *formats[MOST_COLUMNS], *items[MOST_COLUMNS]; /* items: of a dictionary, or NULL */
    int given, released, stream_released;
} producer;

static uint8_t next_byte(producer *p)
{
    if (p->left == 0)
        return 0;
    p->left--;
    return *p->bytes++;
}

/* One of a byte in so many; never when the bytes have run out. */
static bool seldom(producer *p)
{
    return next_byte(p) > 247;
}

static uint64_t next_word(producer *p)
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++)
        word = word << 8 | next_byte(p);
    return word;
}

/* The plain value, or once in a while one that no array can have. */
static int64_t perhaps_false(producer *p, int64_t plain)
{
    static const int64_t wrong[] = {
        -1, INT64_MIN, INT64_MAX, INT64_MAX - 1, INT64_MAX / 2, INT64_MAX / 8, -2, INT64_MIN + 1};
    return seldom(p) ? wrong[next_byte(p) % LENGTH(wrong)] : plain;
}

/* Blocks that live until their structure is released. */
typedef struct arena {
    producer *p;
    void *blocks[400];
    size_t count;
} arena;

static arena *new_arena(producer *p)
{
    arena *a = malloc(sizeof *a);
    EXPECT(a != NULL);
    a->p = p;
    a->count = 0;
    p->given++;
    return a;
}

/* A block of just that size, so that a sanitizer sees a read past its end. */
static void *new_block(arena *a, size_t size)
{
    void *block = calloc(size ? size : 1, 1);
    EXPECT(block && a->count < LENGTH(a->blocks));
    a->blocks[a->count++] = block;
    return block;
}

static void free_arena(arena *a)
{
    a->p->released++;
    while (a->count)
        free(a->blocks[--a->count]);
    free(a);
}

static void release_schema(struct ArrowSchema *schema)
{
    arena *a = schema->private_data;
    schema->release = NULL;
    free_arena(a);
}

static void release_batch(struct ArrowArray *batch)
{
    arena *a = batch->private_data;
    batch->release = NULL;
    free_arena(a);
}

static void release_child_schema(struct ArrowSchema *schema)
{
    EXPECT(!schema); /* a part is never released by itself */
}

static void release_child(struct ArrowArray *array)
{
    EXPECT(!array);
}

/* ---- Schema ---- */

static const char *const names[] = {
    "respondent",
    "workgroup",
    "target",
    "frequent",
    "timely",
    "accurate",
    "problem_solving",
    "shared_goals",
    "shared_knowledge",
    "mutual_respect",
    "weight",
    "wave",
    "unit",
    "role",
    "M\xC3\xA5lgruppe",
    " faggruppe\t",
    "comment",
    "",
    "hyppig",
    "respodent",
    "a\xE6",
    "a;b",
};
static const char *const formats[] = {"u", "U", "vu", "c", "C", "s",  "S",      "i", "I",  "l", "L",
                                      "f", "g", "n",  "b", "z", "+s", "d:10,2", "",  "vz", "e"};
static const char *const integers[] = {"c", "C", "s", "S", "i", "I", "l", "L"};

static const char *choose_format(producer *p, int column)
{
    uint8_t byte = next_byte(p);
    if (byte == 0)
        return column < 3 ? "u" : "c";
    return byte < 240 ? formats[byte % 14] : formats[byte % LENGTH(formats)];
}

static struct ArrowSchema *make_field(arena *a, const char *format, const char *name)
{
    struct ArrowSchema *field = new_block(a, sizeof *field);
    field->format = seldom(a->p) ? NULL : format;
    field->name = name;
    field->release = seldom(a->p) ? NULL : release_child_schema;
    return field;
}

static void make_column(arena *a, struct ArrowSchema *schema, int column)
{
    producer *p = a->p;
    const char *name = column < 10 && !seldom(p) ? names[column]
                                                 : names[(10 + next_byte(p)) % LENGTH(names)];
    bool dictionary = next_byte(p) % 4 == 3;
    p->items[column] = dictionary ? choose_format(p, column) : NULL;
    p->formats[column] = dictionary && !seldom(p) ? integers[next_byte(p) % LENGTH(integers)]
                                                  : choose_format(p, column);
    schema->children[column] = seldom(p)
                                   ? NULL
                                   : make_field(a, p->formats[column], seldom(p) ? NULL : name);
    if (dictionary && schema->children[column]) {
        schema->children[column]->dictionary = make_field(a, p->items[column], NULL);
        schema->children[column]->dictionary->dictionary = seldom(p) ? schema->children[0] : NULL;
    }
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    producer *p = stream->private_data;
    arena *a;
    if (seldom(p)) {
        out->release = release_child_schema; /* what stands there after a failure is nobody's */
        return next_byte(p) % 2 ? EIO : ENOMEM;
    }
    a = new_arena(p);
    *out = (struct ArrowSchema){
        .format = seldom(p) ? "+l" : "+s", .release = release_schema, .private_data = a};
    p->columns = seldom(p) ? next_byte(p) % (MOST_COLUMNS + 1) : 10 + next_byte(p) % 5;
    out->children = new_block(a, MOST_COLUMNS * sizeof *out->children);
    for (int i = 0; i < p->columns; i++)
        make_column(a, out, i);
    out->n_children = seldom(p) ? -next_byte(p) : p->columns;
    if (seldom(p))
        out->children = NULL;
    return 0;
}

/* ---- Arrays ---- */

static int width_of(const char *format)
{
    return strchr("sS", *format) ? 2 : strchr("iIf", *format) ? 4 : strchr("lLg", *format) ? 8 : 1;
}

/* Items that are mostly answers, or places in a small dictionary. */
static void *make_numbers(arena *a, const char *format, int items, bool indices)
{
    int width = width_of(format);
    char *values = new_block(a, (size_t)(width * items));
    for (int i = 0; i < items; i++) {
        uint8_t byte = next_byte(a->p);
        uint64_t bits = byte > 250              ? next_word(a->p)
                        : indices || byte > 240 ? byte % 32U
                                                : 1U + byte % 5;
        double wide = (double)bits;
        float narrow = (float)bits;
        if (byte <= 250 && *format == 'g')
            memcpy(&bits, &wide, sizeof wide);
        else if (byte <= 250 && *format == 'f')
            memcpy(&bits, &narrow, sizeof narrow);
        memcpy(values + width * i,
               width == 1   ? (void *)&(uint8_t){(uint8_t)bits}
               : width == 2 ? (void *)&(uint16_t){(uint16_t)bits}
               : width == 4 ? (void *)&(uint32_t){(uint32_t)bits}
                            : (void *)&bits,
               (size_t)width);
    }
    return values;
}

static void *make_bytes(arena *a, int size)
{
    char *bytes = new_block(a, (size_t)size);
    for (int i = 0; i < size; i++) {
        uint8_t byte = next_byte(a->p);
        bytes[i] = (char)(byte ? byte : 'A' + i % 26);
    }
    return bytes;
}

/* Offsets below zero or backwards, but never past the text. */
static void make_text(arena *a, struct ArrowArray *array, const char *format, int items)
{
    int width = *format == 'u' ? 4 : 8, size = items + next_byte(a->p) % 40;
    char *offsets = new_block(a, (size_t)(width * (items + 1)));
    int64_t at = 0;
    for (int i = 0; i <= items; i++) {
        uint8_t byte = next_byte(a->p);
        int64_t offset = at = byte ? (at + byte) % (size + 1) : at;
        if (byte > 252)
            offset = byte == 253 ? -1 : byte == 254 ? INT32_MIN : width == 8 ? INT64_MIN : 0;
        memcpy(offsets + width * i,
               width == 4 ? (void *)&(int32_t){(int32_t)offset} : (void *)&offset, (size_t)width);
        at = at < size ? at + 1 : size;
    }
    array->buffers[1] = offsets;
    array->buffers[2] = seldom(a->p) ? NULL : make_bytes(a, size);
}

/* Views are any bytes; the sizes of the data are never too large. */
static int make_views(arena *a, struct ArrowArray *array, int items)
{
    int count = next_byte(a->p) % 3;
    int64_t *sizes = new_block(a, (size_t)count * sizeof *sizes);
    int32_t(*views)[4] = new_block(a, (size_t)items * sizeof *views);
    for (int i = 0; i < items; i++) {
        uint8_t byte = next_byte(a->p);
        views[i][0] = byte > 250 ? (int32_t)next_word(a->p) : byte ? byte % 40 : 1;
        views[i][1] = byte ? (int32_t)next_word(a->p) : '1' + i % 5;
        views[i][2] = byte > 12 ? (int32_t)next_byte(a->p) - (int32_t)next_byte(a->p) : 0x41414141;
        views[i][3] = byte > 12 ? (int32_t)next_byte(a->p) - (int32_t)next_byte(a->p) : 0x41414141;
    }
    for (int i = 0; i < count; i++) {
        int size = next_byte(a->p) % 64;
        array->buffers[2 + i] = seldom(a->p) ? NULL : make_bytes(a, size);
        sizes[i] = seldom(a->p) ? (int64_t)(next_word(a->p) | (uint64_t)1 << 63) : size;
    }
    array->buffers[1] = views;
    array->buffers[2 + count] = sizes;
    return 3 + count;
}

static uint8_t *make_bitmap(arena *a, int items)
{
    uint8_t *bits = new_block(a, (size_t)(items + 7) / 8);
    for (int i = 0; i < (items + 7) / 8; i++)
        bits[i] = (uint8_t)~next_byte(a->p);
    return bits;
}

/* An array with buffers for `items`, of which it says that it has them behind an offset, or no such
 * thing. */
static struct ArrowArray *make_array(arena *a, const char *format, int items, bool indices)
{
    producer *p = a->p;
    struct ArrowArray *array = new_block(a, sizeof *array);
    int buffers = strcmp(format, "n") == 0 ? 0 : 2, offset = next_byte(p) % 4;
    array->buffers = new_block(a, MOST_BUFFERS * sizeof *array->buffers);
    if (buffers)
        array->buffers[0] = next_byte(p) % 2 ? make_bitmap(a, items + offset) : NULL;
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0)
        make_text(a, array, format, items + offset), buffers = 3;
    else if (strcmp(format, "vu") == 0)
        buffers = make_views(a, array, items + offset);
    else if (buffers)
        array->buffers[1] = make_numbers(a, format, items + offset, indices);
    array->length = perhaps_false(p, items);
    array->offset = perhaps_false(p, offset);
    array->null_count = perhaps_false(p, array->buffers[0] ? -1 : 0);
    array->n_buffers = seldom(p) ? (int64_t)(next_byte(p) % 3) - 1 : buffers;
    if (seldom(p))
        array->buffers[next_byte(p) % MOST_BUFFERS] = NULL;
    if (seldom(p))
        array->buffers = NULL;
    array->release = seldom(p) ? NULL : release_child;
    array->private_data = a;
    return array;
}

static struct ArrowArray *make_child(arena *a, int column, int items)
{
    producer *p = a->p;
    bool dictionary = p->items[column] != NULL;
    struct ArrowArray *array = make_array(a, p->formats[column], items, dictionary);
    if (dictionary ? !seldom(p) : seldom(p))
        array->dictionary = make_array(a, dictionary ? p->items[column] : "u",
                                       next_byte(p) % MOST_ITEMS, false);
    if (array->dictionary && seldom(p))
        array->dictionary->dictionary = array;
    return array;
}

static int give_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    producer *p = stream->private_data;
    int items = 3 + next_byte(p) % (MOST_ITEMS - 3), offset = next_byte(p) % 4;
    arena *a;
    if (seldom(p)) {
        out->release = release_child; /* as above */
        return next_byte(p) % 2 ? EIO : ENOMEM;
    }
    if (p->batches-- == 0)
        return 0;
    a = new_arena(p);
    *out = (struct ArrowArray){
        .n_buffers = 1, .n_children = p->columns, .release = release_batch, .private_data = a};
    out->children = new_block(a, (MOST_COLUMNS + 1) * sizeof *out->children);
    out->buffers = new_block(a, sizeof *out->buffers);
    if (next_byte(p) % 4 == 3)
        out->buffers[0] = make_bitmap(a, items);
    for (int i = 0; i < p->columns; i++)
        out->children[i] = seldom(p) ? NULL : make_child(a, i, seldom(p) ? items / 2 : items);
    out->length = perhaps_false(p, offset < items ? items - offset : 0);
    out->offset = perhaps_false(p, offset);
    out->null_count = perhaps_false(p, out->buffers[0] ? -1 : 0);
    out->n_children = seldom(p) ? p->columns + 1 - next_byte(p) % 20 : p->columns;
    if (seldom(p))
        out->n_buffers = -1;
    if (seldom(p))
        out->buffers = NULL;
    if (seldom(p))
        out->children = NULL;
    if (seldom(p))
        out->dictionary = make_array(a, "u", 2, false);
    return 0;
}

static const char *give_reason(struct ArrowArrayStream *stream)
{
    producer *p = stream->private_data;
    return next_byte(p) % 2 ? NULL : "so\nit is, \xE6";
}

static void release_stream(struct ArrowArrayStream *stream)
{
    producer *p = stream->private_data;
    p->stream_released++;
    stream->release = NULL;
}

/* ---- In and out ---- */

static int check_bytes(void *user, const char *bytes, size_t size)
{
    size_t *count = user;
    EXPECT(bytes != NULL);
    *count += size;
    return 0;
}

static void run_analysis(const relcoord_survey *survey, const analysis *a)
{
    relcoord_options *options = options_for(a, "");
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    relcoord_status status = relcoord_run(survey, a->name, options, &result, &error);
    size_t count = 0;
    relcoord_options_free(options);
    if (status) { /* several waves, or not what it is made from */
        EXPECT((status == RELCOORD_EUSAGE || status == RELCOORD_EOPTION) && *error.message);
        return;
    }
    EXPECT(relcoord_write(result, "json", NULL, check_bytes, &count, NULL) == RELCOORD_OK
           && count > 0);
    relcoord_result_free(result);
}

static int ask_to_stop(void *user, double share)
{
    (void)share;
    return seldom(user);
}

static relcoord_options *make_options(producer *p)
{
    relcoord_options *options = NULL;
    if (next_byte(p) % 2 == 0)
        return NULL;
    EXPECT(relcoord_options_new("read", &options, NULL) == RELCOORD_OK);
    EXPECT(relcoord_options_set(options, "redact_values", next_byte(p) % 2 ? "true" : "false", NULL)
           == RELCOORD_OK);
    relcoord_options_set_progress(options, ask_to_stop, p);
    return options;
}

static void expect_stream_message(relcoord_status status, const relcoord_error *error)
{
    expect_message(status, error);
    EXPECT(error->line == 0 && error->row >= 0 && !*error->option && !*error->file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    producer p = {.bytes = data, .left = size};
    struct ArrowArrayStream stream = {give_schema, give_batch, give_reason, release_stream, &p};
    relcoord_survey *survey = NULL;
    relcoord_options *options;
    relcoord_error error = {0};
    relcoord_status status;
    count_blocks();
    options = make_options(&p);
    p.batches = 1 + next_byte(&p) % 4;
    status = relcoord_survey_from_arrow(&stream, options, &survey, &error);
    EXPECT(!stream.release && p.stream_released == 1 && p.released == p.given);
    EXPECT((status == RELCOORD_OK) == (survey != NULL));
    if (status) {
        EXPECT(status == RELCOORD_EDATA || status == RELCOORD_EIO || status == RELCOORD_ENOMEM
               || status == RELCOORD_ECANCELLED);
        expect_stream_message(status, &error);
    } else {
        for (size_t a = 0; analysis_registry[a]; a++)
            run_analysis(survey, analysis_registry[a]);
    }
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    EXPECT(alive == 0);
    return 0;
}
