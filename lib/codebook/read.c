/* Reading a codebook (relcoord-codebook(5)) from CSV. What its rows may say is in entry.c, the
 * grammar of their values in values.c. Knows nothing of the data. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "codebook/entry.h"
#include "codebook/values.h"
#include "source/reading.h"

static const char cells_listed[] =
    "variable, role, scale, dimension, target, level, values, label_en, label_da";

static const char *const cell_names[CELL_COUNT] = {
    "variable", "role", "scale", "dimension", "target", "level", "values", "label_en", "label_da",
};

static const char roles_listed[] =
    "respondent, workgroup, target, unit, group, wave, weight, role, level, status, item, outcome";

/* ---- The header ---- */

static void find_column(codebook_reader *c, size_t column)
{
    const char *heading = c->at.headings[column], *near;
    char shown[SHOWN_SIZE];
    int cell = 0;
    while (cell < CELL_COUNT && strcmp(heading, cell_names[cell]) != 0)
        cell++;
    c->cell_of[column] = (uint8_t)cell;
    if (cell == CELL_COUNT && *heading) {
        near = relcoord_nearest(heading, cell_names, CELL_COUNT);
        reader_fail(&c->at, RELCOORD_EDATA, column,
                    near ? "a codebook has no column %s; did you mean '%s'?"
                         : "a codebook has no column %s; its columns are %s",
                    reader_shown(&c->at, heading, strlen(heading), shown),
                    near ? near : cells_listed);
    } else if (cell < CELL_COUNT && c->column_of[cell] != SIZE_MAX) {
        reader_fail(&c->at, RELCOORD_EDATA, column, "two columns have this name");
    } else if (cell < CELL_COUNT) {
        c->column_of[cell] = column;
    }
}

static void take_header(reader *r)
{
    codebook_reader *c = (codebook_reader *)r;
    c->cell_of = memory_new(r->heading_count, 1);
    if (!c->cell_of)
        reader_fail_memory(r);
    for (int cell = 0; cell < CELL_COUNT; cell++)
        c->column_of[cell] = SIZE_MAX;
    for (size_t i = 0; i < r->heading_count && !r->status; i++)
        find_column(c, i);
    for (int cell = CELL_VARIABLE; cell <= CELL_ROLE && !r->status; cell++)
        if (c->column_of[cell] == SIZE_MAX) {
            reader_fail(r, RELCOORD_EDATA, SIZE_MAX, "no column '%s', which a codebook needs",
                        cell_names[cell]);
            error_field(r->error.column, sizeof r->error.column, cell_names[cell]);
        }
}

/* ---- Rows ---- */

static void take_field(void *bytes, size_t length, void *user)
{
    codebook_reader *c = user;
    const char *field = length ? bytes : "";
    size_t column = c->at.field++;
    char shown[SHOWN_SIZE];
    text *cell;
    reader_trim(&field, &length);
    if (c->at.status || length == 0)
        return;
    c->filled = true;
    if (column >= c->at.heading_count)
        return; /* the row's end refuses it */
    if (utf8_valid_prefix(field, length) != length) {
        reader_fail_text(&c->at, column, reader_shown(&c->at, field, length, shown));
    } else if (c->cell_of[column] == CELL_COUNT) {
        reader_fail(&c->at, RELCOORD_EDATA, SIZE_MAX, "%s stands in column %zu, which has no name",
                    reader_shown(&c->at, field, length, shown), column + 1);
    } else {
        cell = &c->cells[c->cell_of[column]];
        text_add_bytes(cell, field, length);
        if (cell->failed)
            reader_fail_memory(&c->at);
    }
}

static const char *keep_cell(codebook_reader *c, codebook_cell cell)
{
    const text *t = &c->cells[cell];
    uint32_t id = intern_add(&c->codebook->strings, t->length ? t->bytes : "", t->length);
    if (id == INTERN_FULL)
        reader_fail_memory(&c->at);
    return id == INTERN_FULL ? "" : c->codebook->strings.strings[id];
}

static codebook_role find_role(codebook_reader *c)
{
    const text *t = &c->cells[CELL_ROLE];
    const char *word = t->length ? t->bytes : "",
               *near = relcoord_nearest(word, codebook_role_names, ROLE_COUNT);
    size_t column = c->column_of[CELL_ROLE];
    char shown[SHOWN_SIZE];
    for (int role = 0; role < ROLE_COUNT; role++)
        if (strcmp(word, codebook_role_names[role]) == 0)
            return (codebook_role)role;
    reader_shown(&c->at, word, t->length, shown);
    if (!*word)
        reader_fail(&c->at, RELCOORD_EDATA, column, "the role is empty; it is one of %s",
                    roles_listed);
    else if (near)
        reader_fail(&c->at, RELCOORD_EDATA, column, "unknown role %s; did you mean '%s'?", shown,
                    near);
    else
        reader_fail(&c->at, RELCOORD_EDATA, column, "unknown role %s; it is one of %s", shown,
                    roles_listed);
    return ROLE_COUNT;
}

/* The next entry of the codebook; the codebook frees it from here on. */
static codebook_entry *new_entry(codebook_reader *c)
{
    relcoord_codebook *codebook = c->codebook;
    void *entries = codebook->entries;
    if (!memory_reserve(&entries, &c->entry_capacity, codebook->count + 1,
                        sizeof *codebook->entries)) {
        reader_fail_memory(&c->at);
        return NULL;
    }
    codebook->entries = entries;
    memset(&codebook->entries[codebook->count], 0, sizeof *codebook->entries);
    return &codebook->entries[codebook->count++];
}

static void add_entry(codebook_reader *c)
{
    const text *values = &c->cells[CELL_VALUES];
    codebook_entry *e = new_entry(c);
    if (!e)
        return;
    e->line = c->at.row_line;
    e->variable = keep_cell(c, CELL_VARIABLE);
    e->scale = keep_cell(c, CELL_SCALE);
    e->dimension = keep_cell(c, CELL_DIMENSION);
    e->target = keep_cell(c, CELL_TARGET);
    e->level = keep_cell(c, CELL_LEVEL);
    e->labels[ENGLISH] = keep_cell(c, CELL_LABEL_EN);
    e->labels[DANISH] = keep_cell(c, CELL_LABEL_DA);
    if (!c->at.status)
        e->role = find_role(c);
    if (!c->at.status && values->length > 0)
        values_read(&c->at, c->column_of[CELL_VALUES], values->bytes, values->length,
                    &c->codebook->strings, &e->values);
    if (!c->at.status)
        codebook_check_entry(c, e);
}

static void take_row(int terminator, void *user)
{
    codebook_reader *c = user;
    size_t fields = c->at.field;
    (void)terminator;
    c->at.field = 0;
    if (c->at.status)
        return;
    if (c->filled && fields != c->at.heading_count)
        reader_fail_width(&c->at, fields, c->at.heading_count);
    if (c->filled && !c->at.status)
        add_entry(c);
    for (int cell = 0; cell < CELL_COUNT; cell++)
        text_clear(&c->cells[cell]);
    c->filled = false;
    c->at.row++;
}

/* ---- From beginning to end ---- */

static relcoord_status begin_reading(codebook_reader *c, relcoord_error *err)
{
    *c = (codebook_reader){
        .at = {.take_header = take_header, .take_field = take_field, .take_row = take_row}};
    c->codebook = codebook_new();
    return c->codebook ? RELCOORD_OK : fail_memory(err);
}

/* Hands out the codebook or the reader's error, and frees the rest. */
static relcoord_status finish_reading(codebook_reader *c, const char *name, relcoord_codebook **out,
                                      relcoord_error *err)
{
    uint32_t file = intern_add(&c->codebook->strings, name, strlen(name));
    relcoord_status status;
    if (!c->at.status && c->codebook->count == 0) { /* blank rows */
        c->at.row_line = c->at.row = 0;
        reader_fail(&c->at, RELCOORD_EDATA, SIZE_MAX, "no rows below the header");
    }
    if (file == INTERN_FULL)
        reader_fail_memory(&c->at);
    else
        c->codebook->file = c->codebook->strings.strings[file];
    status = c->at.status;
    if (status && err)
        *err = c->at.error;
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, name);
    if (status)
        relcoord_codebook_free(c->codebook);
    else
        *out = c->codebook;
    for (int cell = 0; cell < CELL_COUNT; cell++)
        text_free(&c->cells[cell]);
    intern_free(&c->claims);
    memory_free(c->claim_lines);
    memory_free(c->cell_of);
    reader_free(&c->at);
    return status;
}

relcoord_status relcoord_codebook_read(const char *path, const relcoord_options *options,
                                       relcoord_codebook **out, relcoord_error *err)
{
    codebook_reader c;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!path || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading a codebook needs a file");
    if (!status)
        status = begin_reading(&c, err);
    if (status)
        return status;
    if (!inputs_add(&c.codebook->inputs, &path, 1, options))
        reader_fail_memory(&c.at);
    asked = reading_dialect(options);
    if (!c.at.status)
        reading_file(&c.at, path, &asked, 1, options);
    return finish_reading(&c, path, out, err);
}

relcoord_status relcoord_codebook_read_source(relcoord_source source, void *user, const char *name,
                                              const relcoord_options *options,
                                              relcoord_codebook **out, relcoord_error *err)
{
    codebook_reader c;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!source || !name || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading a codebook needs a source and a name for it");
    if (!status)
        status = begin_reading(&c, err);
    if (status)
        return status;
    if (!inputs_add(&c.codebook->inputs, NULL, 0, options))
        reader_fail_memory(&c.at);
    asked = reading_dialect(options);
    csv_read(&c.at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return finish_reading(&c, name, out, err);
}
