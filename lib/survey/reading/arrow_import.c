/* An Arrow stream into a builder: which of its columns are used and how, and the quick ways through
 * them. What stands in a cell is source/arrow_column's. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/options.h"
#include "source/arrow_column.h"
#include "source/reading.h"
#include "survey/building/fields.h"
#include "survey/building/finish.h"
#include "survey/building/rows.h"
#include "survey/building/start.h"
#include "survey/reading/start.h"

enum { PROGRESS_ROWS = 65536 };
#define NO_LABEL INTERN_FULL

/* A column that is used. */
typedef struct import_column {
    arrow_column of;
    bool small; /* integers of a byte, and no indices */
    uint32_t
        *row_label;   /* of a dictionary of labels: where the row's label stands in the builder, */
    uint32_t *labels; /* and those of the dictionary's items, or NO_LABEL; NULL when not kept */
    size_t label_capacity;
} import_column;

typedef struct importer {
    builder *b;
    import_column *columns;
    size_t column_count;
    const relcoord_options *options;
} importer;

/* ---- Types ---- */

static void plan_column(importer *m, size_t child, const struct ArrowSchema *schema)
{
    builder *b = m->b;
    import_column *c = &m->columns[m->column_count++];
    const char *unknown = arrow_column_types(schema, &c->of);
    const column_use *use = &b->uses[b->first_use[child]];
    bool alone = b->first_use[child + 1] - b->first_use[child] == 1;
    for (uint32_t i = b->first_use[child];
         c->of.type.kind == CELL_BOOLEAN && i < b->first_use[child + 1]; i++)
        if (b->uses[i].kind
            != USE_MEMBER) /* whether one is in a group: of nothing else is yes or no the answer */
            unknown = schema->format;
    c->of.child = child;
    if (c->of.dictionary && alone && use->kind == USE_LABEL)
        c->row_label = &b->row_labels[use->slot];
    if (unknown)
        arrow_column_refuse(&b->at, &c->of, unknown);
    arrow_column_missing(&b->at, schema, &c->of);
    /* A byte's quick way looks at no value twice. */
    c->small = !c->of.dictionary && c->of.type.kind == CELL_INTEGER && c->of.type.width == 1
               && c->of.missing.count == 0;
}

static void plan_columns(void *user, const struct ArrowSchema *schema)
{
    importer *m = user;
    builder *b = m->b;
    m->columns = memory_zeroed(b->column_count, sizeof *m->columns);
    if (!m->columns)
        reader_fail_memory(&b->at);
    for (size_t i = 0; i < b->column_count && !b->at.status; i++)
        if (b->first_use[i] < b->first_use[i + 1])
            plan_column(m, i, schema->children[i]);
}

/* ---- Cells ---- */

static bool is_listed(const builder *b, size_t column, const char *bytes, size_t length)
{
    for (uint32_t i = b->first_use[column]; i < b->first_use[column + 1]; i++) {
        const code_list *codes = b->uses[i].codes;
        if (codes && code_list_find(codes, bytes, length, '.') < codes->count)
            return true;
    }
    return false;
}

/* Gives the builder the value at a place of an array. What a codebook lists is what it says; else
 * the column may declare a value missing. False when the array is malformed there. */
static bool take_value(importer *m, import_column *c, const struct ArrowArray *a, cell_type type,
                       int64_t at)
{
    const char *bytes;
    size_t length;
    if (!arrow_value_text(&m->b->at, &c->of, a, type, at, &bytes, &length))
        return false;
    if (bytes && c->of.missing.count > 0 && declared_missing_holds(&c->of.missing, bytes, length)
        && !is_listed(m->b, c->of.child, bytes, length))
        bytes = NULL;
    builder_field((void *)(uintptr_t)bytes, bytes ? length : 0, m->b);
    return true;
}

/* The same by way of a dictionary. The labels of its items are kept: they come again and again. */
static bool take_item(importer *m, import_column *c, int64_t at)
{
    const struct ArrowArray *values = c->of.array->dictionary;
    int64_t index;
    if (!arrow_dictionary_place(&c->of, at, &index))
        return false;
    if (index < 0) {
        builder_field(NULL, 0, m->b);
        return true;
    }
    if (c->labels && c->labels[index] != NO_LABEL) {
        *c->row_label = c->labels[index];
        return true;
    }
    if (!take_value(m, c, values, c->of.values, values->offset + index))
        return false;
    if (c->labels && !m->b->at.status)
        c->labels[index] = *c->row_label;
    return true;
}

static inline bool take_cell(importer *m, import_column *c, int64_t at)
{
    if (c->small && is_valid(c->of.array, at)) { /* most cells are answers */
        uint8_t value = ((const uint8_t *)c->of.array->buffers[1])[at];
        if (value < 10) {
            builder_field((char[]){(char)('0' + value)}, 1, m->b);
            return true;
        }
    }
    return c->of.dictionary ? take_item(m, c, at) : take_value(m, c, c->of.array, c->of.type, at);
}

/* ---- Batches ---- */

/* Forgets the labels of another batch's dictionary. Keeps none where that would cost more than it
 * saves. */
static void forget_labels(builder *b, import_column *c, int64_t rows)
{
    int64_t count = c->row_label && rows > 0 ? c->of.array->dictionary->length : 0;
    void *labels = c->labels;
    if (count == 0 || count > rows) {
        memory_free(c->labels);
        c->labels = NULL;
        c->label_capacity = 0;
    } else if (!memory_reserve(&labels, &c->label_capacity, (size_t)count, sizeof *c->labels)) {
        reader_fail_memory(&b->at);
    } else {
        c->labels = labels;
        memset(c->labels, 0xFF, (size_t)count * sizeof *c->labels);
    }
}

static void take_row(importer *m, int64_t row)
{
    builder *b = m->b;
    b->at.row_line = b->at.row; /* rows stand for lines while the survey is built */
    for (size_t i = 0; i < m->column_count; i++) {
        import_column *c = &m->columns[i];
        b->at.field = c->of.child;
        if (!take_cell(m, c, c->of.first + row))
            arrow_fail_malformed(&b->at, c->of.child, "array");
    }
    b->at.field = b->column_count;
    builder_row(0, b);
}

static void take_batch(void *user, const struct ArrowArray *batch)
{
    importer *m = user;
    builder *b = m->b;
    const bool whole = batch->n_buffers > 0 && batch->buffers && batch->buffers[0];
    for (size_t i = 0; i < m->column_count && !b->at.status; i++)
        if (arrow_column_find(&b->at, &m->columns[i].of, batch))
            forget_labels(b, &m->columns[i], batch->length);
    for (int64_t row = 0; row < batch->length && !b->at.status; row++) {
        if (whole && !is_valid(batch, batch->offset + row))
            reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "the whole row is missing");
        else
            take_row(m, row);
        if (row % PROGRESS_ROWS == PROGRESS_ROWS - 1 && options_progress(m->options, -1, NULL))
            reader_fail(&b->at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
    }
}

/* ---- The stream ---- */

static relcoord_status import_stream(struct ArrowArrayStream *stream,
                                     const relcoord_options *options, relcoord_survey **out,
                                     relcoord_error *err)
{
    builder b;
    importer m = {&b, NULL, 0, options};
    const arrow_taker taker = {plan_columns, take_batch, &m};
    uint32_t file;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!out || !stream->get_schema || !stream->get_next))
        status = fail(err, RELCOORD_EUSAGE, "%s",
                      out ? "the Arrow stream lacks its functions"
                          : "reading needs a place for the survey");
    if (!status)
        status = reading_start_survey(&b, NULL, 0, options, err);
    if (status)
        return status;
    if (!b.at.status)
        arrow_read(&b.at, stream, &taker, options);
    status = b.at.status;
    if (status && err)
        *err = b.at.error;
    if (!status)
        status = builder_finish(&b, out, &file, err);
    if (status && err)
        err->line = 0; /* rows stood for lines */
    for (size_t i = 0; !status && i < (*out)->problem_count; i++)
        (*out)->problems[i].line = 0;
    for (size_t i = 0; i < m.column_count; i++) {
        memory_free(m.columns[i].labels);
        arrow_column_free(&m.columns[i].of);
    }
    memory_free(m.columns);
    builder_free(&b);
    return status;
}

relcoord_status relcoord_survey_from_arrow(struct ArrowArrayStream *stream,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err)
{
    relcoord_status status;
    if (!stream || !stream->release)
        return fail(err, RELCOORD_EUSAGE, "reading needs an Arrow stream that is not released");
    status = import_stream(stream, options, out, err);
    stream->release(stream);
    return status;
}
