/* Reading columns for what stands in them: how many different values, and of what kind. */
#include "drafting/profile.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/options.h"
#include "base/utf8.h"
#include "codebook/codebook.h"
#include "source/arrow_column.h"
#include "source/reading.h"

enum { LONGEST_ID = 64, PROGRESS_ROWS = 65536 };

bool profile_number(const profile *p, const char *value, double *number)
{
    size_t length = strlen(value);
    return number_parse_marked(value, length, reader_decimal_mark(&p->at, value, length), number);
}

/* ---- The header ---- */

static void add_column(profile *p, const char *name)
{
    void *columns = p->columns;
    if (!memory_reserve(&columns, &p->capacity, p->count + 1, sizeof *p->columns)) {
        reader_fail_memory(&p->at);
        return;
    }
    p->columns = columns;
    p->columns[p->count++] = (column_profile){
        .name = name, .all_differ = true, .all_numbers = true, .all_whole = true};
}

static void find_column(profile *p, size_t column, intern *seen)
{
    const char *name = p->at.headings[column];
    size_t length = strlen(name);
    uint32_t count = seen->count;
    p->place[column] = NO_COLUMN;
    if (length == 0) {
        p->unnamed = true;
        return;
    }
    if (intern_add(seen, name, length) < count)
        reader_fail(&p->at, RELCOORD_EDATA, p->at.redact ? SIZE_MAX : column,
                    "two columns have this name");
    p->place[column] = intern_add(&p->names, name, length);
    if (seen->count == count || p->place[column] == INTERN_FULL)
        reader_fail_memory(&p->at); /* the first fault holds */
    else if (p->place[column] == p->count)
        add_column(p, p->names.strings[p->count]);
}

static void take_header(reader *r)
{
    profile *p = (profile *)r;
    intern seen = {0};
    uint32_t *place = memory_resize(p->place, r->heading_count, sizeof *place);
    p->place = place ? place : p->place;
    if (!place)
        reader_fail_memory(r);
    for (size_t i = 0; i < r->heading_count && !r->status; i++)
        find_column(p, i, &seen);
    intern_free(&seen);
}

/* ---- Fields and rows ---- */

/* A person's number or name for the survey: short, and one word. */
static bool is_like_id(const char *bytes, size_t length)
{
    return length <= LONGEST_ID && !memchr(bytes, ' ', length) && !memchr(bytes, '\n', length);
}

static void note_kind(column_profile *c, const profile *p, const char *bytes, size_t length)
{
    double number;
    if (c->all_numbers
        && !number_parse_marked(bytes, length, reader_decimal_mark(&p->at, bytes, length), &number))
        c->all_numbers = c->all_whole = false;
    else if (c->all_whole && number != floor(number))
        c->all_whole = false;
    for (size_t i = 0; i < length; i++)
        c->unclean = c->unclean || (unsigned char)bytes[i] < ' ' || bytes[i] == 0x7F;
}

static void add_value(profile *p, column_profile *c, size_t column, const char *bytes,
                      size_t length)
{
    char shown[SHOWN_SIZE];
    uint32_t count = c->values.count, id = c->many ? 0 : intern_add(&c->values, bytes, length);
    if (id == INTERN_FULL)
        reader_fail_memory(&p->at);
    c->filled++;
    if (!c->many && id < count) {
        c->all_differ = false;
    } else if (utf8_valid_prefix(bytes, length) != length) {
        reader_fail_text(&p->at, column, reader_shown(&p->at, bytes, length, shown));
    } else {
        c->all_differ = c->all_differ && is_like_id(bytes, length);
        note_kind(c, p, bytes, length);
    }
    if (c->values.count > MOST_CODES && !c->all_differ) {
        intern_free(&c->values);
        c->values = (intern){0};
        c->many = true;
    }
}

static void take_field(void *bytes, size_t length, void *user)
{
    profile *p = user;
    const char *field = length ? bytes : "";
    size_t column = p->at.field++;
    reader_trim(&field, &length);
    if (!p->at.status && length > 0 && column < p->at.heading_count
        && p->place[column] != NO_COLUMN)
        add_value(p, &p->columns[p->place[column]], column, field, length);
}

static void take_row(int terminator, void *user)
{
    profile *p = user;
    size_t fields = p->at.field;
    (void)terminator;
    p->at.field = 0;
    if (fields != p->at.heading_count)
        reader_fail_width(&p->at, fields, p->at.heading_count);
    p->at.row++;
    p->rows++;
}

/* ---- From beginning to end ---- */

static void begin_reading(profile *p, const relcoord_options *options)
{
    *p = (profile){
        .at = {.take_header = take_header, .take_field = take_field, .take_row = take_row}};
    p->at.redact = options && options_flag(options, "redact_values");
}

static relcoord_status finish_reading(profile *p, relcoord_error *err)
{
    for (size_t i = 0; i < p->count; i++) /* so many that they were kept for this alone */
        p->columns[i].many = p->columns[i].many || p->columns[i].values.count > MOST_CODES;
    if (p->at.status && err)
        *err = p->at.error;
    return p->at.status;
}

relcoord_status profile_read(profile *p, const char *const *paths, size_t count,
                             const relcoord_options *options, relcoord_error *err)
{
    csv_dialect asked = reading_dialect(options);
    relcoord_status status;
    begin_reading(p, options);
    for (size_t i = 0; i < count && !p->at.status; i++) {
        p->at.file = (uint32_t)i;
        reading_file(&p->at, paths[i], &asked, count, options);
    }
    status = finish_reading(p, err);
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, paths[p->at.file]);
    return status;
}

relcoord_status profile_read_source(profile *p, relcoord_source source, void *user,
                                    const relcoord_options *options, relcoord_error *err)
{
    csv_dialect asked = reading_dialect(options);
    begin_reading(p, options);
    csv_read(&p->at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return finish_reading(p, err);
}

/* ---- An Arrow stream ---- */

typedef struct importer {
    profile *p;
    arrow_column *columns;
    size_t count;
    const relcoord_options *options;
} importer;

static void plan_columns(void *user, const struct ArrowSchema *schema)
{
    importer *m = user;
    reader *at = &m->p->at;
    m->columns = memory_zeroed(at->heading_count, sizeof *m->columns);
    if (!m->columns)
        reader_fail_memory(at);
    for (size_t i = 0; i < at->heading_count && !at->status; i++) {
        arrow_column *c = &m->columns[m->count++];
        const char *unknown = arrow_column_types(schema->children[i], c);
        c->child = i;
        if (unknown)
            arrow_column_refuse(at, c, unknown);
        arrow_column_missing(at, schema->children[i], c);
    }
}

/* False when the array is malformed there. */
static bool take_cell(importer *m, arrow_column *c, int64_t at)
{
    const struct ArrowArray *a = c->array;
    const char *bytes = NULL;
    size_t length = 0;
    int64_t index = at;
    if (c->dictionary && !arrow_dictionary_place(c, at, &index))
        return false;
    if (c->dictionary && index >= 0) {
        a = a->dictionary;
        index += a->offset;
    }
    if (index >= 0
        && !arrow_value_text(&m->p->at, c, a, c->dictionary ? c->values : c->type, index, &bytes,
                             &length))
        return false;
    if (bytes && c->missing.count > 0 && declared_missing_holds(&c->missing, bytes, length))
        bytes = NULL;
    m->p->at.field = c->child;
    take_field((void *)(uintptr_t)bytes, bytes ? length : 0, m->p);
    return true;
}

static void take_batch(void *user, const struct ArrowArray *batch)
{
    importer *m = user;
    reader *at = &m->p->at;
    for (size_t i = 0; i < m->count && !at->status; i++)
        arrow_column_find(at, &m->columns[i], batch);
    for (int64_t row = 0; row < batch->length && !at->status; row++) {
        for (size_t i = 0; i < m->count; i++)
            if (!take_cell(m, &m->columns[i], m->columns[i].first + row))
                arrow_fail_malformed(at, i, "array");
        at->field = at->heading_count;
        take_row(0, m->p);
        if (row % PROGRESS_ROWS == PROGRESS_ROWS - 1 && options_progress(m->options, -1, NULL))
            reader_fail(at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
    }
}

relcoord_status profile_read_arrow(profile *p, struct ArrowArrayStream *stream,
                                   const relcoord_options *options, relcoord_error *err)
{
    importer m = {p, NULL, 0, options};
    const arrow_taker taker = {plan_columns, take_batch, &m};
    relcoord_status status;
    begin_reading(p, options);
    arrow_read(&p->at, stream, &taker, options);
    for (size_t i = 0; i < m.count; i++)
        arrow_column_free(&m.columns[i]);
    memory_free(m.columns);
    status = finish_reading(p, err);
    if (status && err)
        err->line = 0; /* a stream has rows */
    return status;
}

void profile_free(profile *p)
{
    for (size_t i = 0; i < p->count; i++)
        intern_free(&p->columns[i].values);
    memory_free(p->columns);
    memory_free(p->place);
    intern_free(&p->names);
    reader_free(&p->at);
}
