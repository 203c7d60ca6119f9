/* R vectors as an Arrow stream, without copies: numbers and a factor's codes are lent as they are.
 * After the Arrow C data and stream interfaces (Apache Arrow). */
#include "columns.h"

#include <stdbool.h>
#include <string.h>

typedef struct column {
    struct ArrowSchema schema, item_schema;
    struct ArrowArray array, items;
    const void *buffers[2], *item_buffers[3];
} column;

typedef struct frame {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema, **schemas;
    struct ArrowArray array, **arrays;
    const void *buffers[1];
    bool given;
    column *columns;
} frame;

/* ---- Releases: nothing to free, but each says that it happened ---- */

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary && schema->dictionary->release)
        schema->dictionary->release(schema->dictionary);
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release)
            array->children[i]->release(array->children[i]);
    if (array->dictionary && array->dictionary->release)
        array->dictionary->release(array->dictionary);
    array->release = NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    frame *f = stream->private_data;
    *out = f->schema;
    return 0;
}

static int give_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    frame *f = stream->private_data;
    if (f->given)
        *out = (struct ArrowArray){.release = NULL};
    else
        *out = f->array;
    f->given = true;
    return 0;
}

static const char *give_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

/* ---- Missing values ---- */

static uint8_t *bits_new(R_xlen_t count)
{
    uint8_t *bits = (uint8_t *)R_alloc((size_t)count / 8 + 1, 1);
    memset(bits, 0, (size_t)count / 8 + 1);
    return bits;
}

static void set_bit(uint8_t *bits, R_xlen_t at)
{
    bits[at >> 3] = (uint8_t)(bits[at >> 3] | 1u << (at & 7));
}

/* A bit for each value that is there; NULL when all are, as the first pass, which is fast,
 * finds. */
static const uint8_t *find_valid(const int *values, R_xlen_t count)
{
    int missing = 0;
    uint8_t *bits;
    for (R_xlen_t i = 0; i < count; i++)
        missing |= values[i] == NA_INTEGER;
    if (!missing)
        return NULL;
    bits = bits_new(count);
    for (R_xlen_t i = 0; i < count; i++)
        if (values[i] != NA_INTEGER)
            set_bit(bits, i);
    return bits;
}

static const uint8_t *find_valid_wide(const int64_t *values, R_xlen_t count)
{
    int missing = 0;
    uint8_t *bits;
    for (R_xlen_t i = 0; i < count; i++)
        missing |= values[i] == INT64_MIN;
    if (!missing)
        return NULL;
    bits = bits_new(count);
    for (R_xlen_t i = 0; i < count; i++)
        if (values[i] != INT64_MIN)
            set_bit(bits, i);
    return bits;
}

/* ---- Columns ---- */

static struct ArrowArray array_of(R_xlen_t length, const void **buffers, int64_t buffer_count)
{
    return (struct ArrowArray){.length = length,
                               .null_count = buffer_count > 0 && buffers[0] ? -1 : 0,
                               .n_buffers = buffer_count,
                               .buffers = buffers,
                               .release = release_array};
}

/* The labels of a factor, behind one that is not used: so a factor's codes, which count from 1, are
 * indices. */
static void lend_labels(column *c, SEXP labels)
{
    R_xlen_t count = XLENGTH(labels) + 1;
    int64_t *ends = (int64_t *)R_alloc((size_t)count + 1, sizeof *ends);
    uint8_t *valid = bits_new(count);
    char *bytes;
    ends[0] = ends[1] = 0;
    for (R_xlen_t i = 1; i < count; i++) {
        SEXP label = STRING_ELT(labels, i - 1);
        ends[i + 1] = ends[i] + (label == NA_STRING ? 0 : LENGTH(label));
        if (label != NA_STRING)
            set_bit(valid, i);
    }
    bytes = R_alloc((size_t)ends[count] + 1, 1);
    for (R_xlen_t i = 1; i < count; i++)
        if (ends[i + 1] > ends[i])
            memcpy(bytes + ends[i], CHAR(STRING_ELT(labels, i - 1)),
                   (size_t)(ends[i + 1] - ends[i]));
    c->item_schema = (struct ArrowSchema){
        .format = "U", .name = "", .flags = 2, .release = release_schema};
    c->item_buffers[0] = valid;
    c->item_buffers[1] = ends;
    c->item_buffers[2] = bytes;
    c->items = array_of(count, c->item_buffers, 3);
    c->schema.dictionary = &c->item_schema;
    c->array.dictionary = &c->items;
}

/* A factor's codes are trusted by R's own functions, but anybody can make a factor. */
static void check_codes(const int *codes, R_xlen_t count, R_xlen_t labels, const char *name)
{
    int wrong = 0;
    for (R_xlen_t i = 0; i < count; i++)
        wrong |= codes[i] != NA_INTEGER && (codes[i] < 1 || codes[i] > labels);
    if (wrong)
        Rf_error("column '%s' is a malformed factor: it has codes without a level", name);
}

static void pack_logical(column *c, const int *values, R_xlen_t rows)
{
    uint8_t *bits = bits_new(rows);
    for (R_xlen_t i = 0; i < rows; i++)
        if (values[i] == 1)
            set_bit(bits, i);
    c->buffers[0] = find_valid(values, rows);
    c->buffers[1] = bits;
}

/* Lends a vector as an Arrow type; `kind` is one of those that R/survey.R gives, and any other is
 * the name of a class that cannot be read: the library refuses it by that name if it uses the
 * column. */
static void lend_column(column *c, const char *kind, SEXP vector, SEXP labels, R_xlen_t rows)
{
    c->schema = (struct ArrowSchema){.format = kind, .flags = 2, .release = release_schema};
    if (strcmp(kind, "i") == 0) {
        c->buffers[1] = INTEGER(vector);
        c->buffers[0] = find_valid(c->buffers[1], rows);
    } else if (strcmp(kind, "g") == 0) {
        c->buffers[1] = REAL(vector); /* NA is a NaN, and the library takes these as missing */
    } else if (strcmp(kind, "l") == 0) {
        c->buffers[1] = REAL(vector);
        c->buffers[0] = find_valid_wide(c->buffers[1], rows);
    } else if (strcmp(kind, "b") == 0) {
        pack_logical(c, LOGICAL(vector), rows);
    } else if (strcmp(kind, "factor") == 0) {
        c->schema.format = "i";
        c->buffers[1] = INTEGER(vector);
        c->buffers[0] = find_valid(c->buffers[1], rows);
    } else {
        c->array = array_of(rows, c->buffers,
                            0); /* "n", which has no buffers, and the unreadable */
        return;
    }
    c->array = array_of(rows, c->buffers, 2);
    if (labels != R_NilValue)
        lend_labels(c, labels);
}

static int type_of_kind(const char *kind)
{
    if (strcmp(kind, "i") == 0 || strcmp(kind, "factor") == 0)
        return INTSXP;
    if (strcmp(kind, "g") == 0 || strcmp(kind, "l") == 0)
        return REALSXP;
    return strcmp(kind, "b") == 0 ? LGLSXP : -1;
}

static void lend_prepared(column *c, SEXP prepared, const char *name, R_xlen_t rows)
{
    const char *kind = CHAR(STRING_ELT(VECTOR_ELT(prepared, 0), 0));
    SEXP vector = VECTOR_ELT(prepared, 1), labels = VECTOR_ELT(prepared, 2);
    const int type = type_of_kind(kind);
    if (type >= 0 && (TYPEOF(vector) != type || XLENGTH(vector) != rows))
        Rf_error("column '%s' is malformed: it has %lld values for %lld rows", name,
                 (long long)Rf_xlength(vector), (long long)rows);
    if (strcmp(kind, "factor") == 0)
        check_codes(INTEGER(vector), rows, XLENGTH(labels), name);
    lend_column(c, kind, vector, labels, rows);
    c->schema.name = name;
}

static void *zeroed(R_xlen_t count, size_t size)
{
    void *block = R_alloc((size_t)count + 1, (int)size);
    memset(block, 0, ((size_t)count + 1) * size);
    return block;
}

struct ArrowArrayStream *r_stream_new(SEXP columns, R_xlen_t rows)
{
    R_xlen_t count = XLENGTH(columns);
    SEXP names = Rf_getAttrib(columns, R_NamesSymbol);
    frame *f = zeroed(1, sizeof *f);
    f->columns = zeroed(count, sizeof *f->columns);
    f->schemas = zeroed(count, sizeof *f->schemas);
    f->arrays = zeroed(count, sizeof *f->arrays);
    for (R_xlen_t i = 0; i < count; i++) {
        lend_prepared(&f->columns[i], VECTOR_ELT(columns, i), CHAR(STRING_ELT(names, i)), rows);
        f->schemas[i] = &f->columns[i].schema;
        f->arrays[i] = &f->columns[i].array;
    }
    f->schema = (struct ArrowSchema){.format = "+s",
                                     .name = "",
                                     .n_children = count,
                                     .children = f->schemas,
                                     .release = release_schema};
    f->array = array_of(rows, f->buffers, 1);
    f->array.n_children = count;
    f->array.children = f->arrays;
    f->stream = (struct ArrowArrayStream){give_schema, give_next, give_error, release_stream, f};
    return &f->stream;
}
