/* Tables: columns that grow together, row by row; their strings lie in pages that the table owns.
 * May know base/ only. */
#include "tables/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

enum { FIRST_ROWS = 16, FIRST_PAGE = 1024, LARGEST_PAGE = 1 << 20 };

struct text_page {
    struct text_page *next;
    size_t used, size;
    char bytes[];
};

/* ---- Strings --------------------------------------------------------------------------------- */

/* Room for `size` bytes in the newest page, or in a new one; NULL sets `failed`. */
static char *page_space(relcoord_table *table, size_t size)
{
    struct text_page *page = table->pages;

    if (!page || page->size - page->used < size) {
        size_t wanted = page ? page->size * 2 : FIRST_PAGE;
        if (wanted > LARGEST_PAGE)
            wanted = LARGEST_PAGE;
        if (wanted < size)
            wanted = size;
        page = memory_new(1, sizeof *page + wanted);
        if (!page) {
            table->failed = true;
            return NULL;
        }
        page->next = table->pages;
        page->used = 0;
        page->size = wanted;
        table->pages = page;
    }
    char *space = page->bytes + page->used;
    page->used += size;
    return space;
}

/* A copy that the table owns; NULL sets `failed`. */
static const char *keep_text(relcoord_table *table, const char *value)
{
    size_t size = strlen(value) + 1;
    char *space = page_space(table, size);

    return space ? memcpy(space, value, size) : NULL;
}

/* ---- Making ---------------------------------------------------------------------------------- */

static size_t value_size(relcoord_type type)
{
    switch (type) {
    case RELCOORD_INTEGER: return sizeof(int64_t);
    case RELCOORD_NUMBER: return sizeof(double);
    case RELCOORD_STRING: break;
    }
    return sizeof(char *);
}

/* A column whose arrays could not grow keeps the old ones, so a failure half-way loses nothing. */
static bool grow_column(table_column *column, size_t capacity)
{
    void *values = memory_resize(column->values.strings, capacity, value_size(column->spec.type));
    if (!values)
        return false;
    column->values.strings = values;

    uint8_t *valid = memory_resize(column->valid, capacity, 1);
    if (!valid)
        return false;
    column->valid = valid;
    return true;
}

static bool grow_rows(relcoord_table *table, size_t capacity)
{
    if (capacity < table->row_capacity)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        if (!grow_column(&table->columns[i], capacity))
            return false;
    table->row_capacity = capacity;
    return true;
}

/* ---- Labels of keys ---- */

static const char *const label_help = "what the codebook calls it; empty: nothing";

/* A name of the list, which moves on; its length is 0 past the last. */
static size_t next_labelled(const char **list, const char **name)
{
    size_t length = *list ? strcspn(*list, ",") : 0;

    *name = *list;
    if (length)
        *list += length + ((*list)[length] == ',');
    return length;
}

enum { LABEL_NAME_SIZE = 64 };

/* The name of the label column of the key at a place in the spec's list; false past the last. */
static bool label_name(const table_spec *spec, size_t place, char name[LABEL_NAME_SIZE])
{
    const char *list = spec->labels, *labelled = NULL;
    size_t length = next_labelled(&list, &labelled);

    for (size_t i = 0; i < place; i++)
        length = next_labelled(&list, &labelled);
    if (length && place == 0)
        snprintf(name, LABEL_NAME_SIZE, "label");
    else if (length)
        snprintf(name, LABEL_NAME_SIZE, "%.*s_label", (int)length, labelled);
    return length > 0;
}

static bool spec_has(const table_spec *spec, const char *name)
{
    char label[LABEL_NAME_SIZE];

    for (const column_spec *column = spec->columns; column->name; column++)
        if (strcmp(column->name, name) == 0)
            return true;
    for (size_t i = 0; label_name(spec, i, label); i++)
        if (strcmp(label, name) == 0)
            return true;
    return false;
}

/* The name of a key in front: by_ goes before it until no other column has it. */
static const char *free_name(relcoord_table *table, const char *name, size_t keys_before)
{
    const char *kept = keep_text(table, name);

    for (;;) {
        bool taken = kept && spec_has(table->spec, kept);
        for (size_t i = 0; kept && i < keys_before; i++)
            taken = taken || strcmp(table->columns[i].spec.name, kept) == 0;
        if (!taken)
            return kept;

        size_t length = strlen(kept);
        char *longer = page_space(table, length + sizeof "by_");
        if (longer) {
            memcpy(longer, "by_", 3);
            memcpy(longer + 3, kept, length + 1);
        }
        kept = longer;
    }
}

/* The columns of a spec, its own and those of labels, which stand before the note. */
static size_t count_columns(const table_spec *spec, size_t *own)
{
    char name[LABEL_NAME_SIZE];
    size_t labels = 0;

    for (*own = 0; spec->columns[*own].name;)
        ++*own;
    while (label_name(spec, labels, name))
        labels++;
    return *own + labels;
}

/* False when memory runs out, or when there is no such key. */
static bool add_label_columns(relcoord_table *table, size_t first)
{
    const char *list = table->spec->labels, *labelled;
    char name[LABEL_NAME_SIZE];
    size_t length;

    for (size_t i = 0; label_name(table->spec, i, name); i++) {
        table_column *column = &table->columns[first + i];
        length = next_labelled(&list, &labelled);
        column->spec = (column_spec){keep_text(table, name), RELCOORD_STRING, RELCOORD_LABEL,
                                     label_help};
        for (size_t key = table->key_count; key < first && !column->of; key++)
            if (strncmp(table->columns[key].spec.name, labelled, length) == 0
                && !table->columns[key].spec.name[length])
                column->of = &table->columns[key];
        if (!column->spec.name || !column->of)
            return false;
        column->of->label = column;
    }
    return true;
}

relcoord_table *table_new(const table_spec *spec, const char *const *key_names, size_t key_count)
{
    relcoord_table *table = memory_zeroed(1, sizeof *table);
    size_t own, all = count_columns(spec, &own);

    if (!table)
        return NULL;
    table->spec = spec;
    table->columns = memory_zeroed(key_count + all, sizeof *table->columns);
    if (!table->columns)
        goto failed;
    table->column_count = key_count + all;
    table->key_count = key_count;

    for (size_t i = 0; i < key_count; i++) {
        const char *name = free_name(table, key_names[i], i);
        if (!name)
            goto failed;
        table->columns[i].spec = (column_spec){name, RELCOORD_STRING, RELCOORD_KEY,
                                               "grouping column of by"};
    }
    for (size_t i = 0; i < own; i++)
        table->columns[key_count + i + (i + 1 == own ? all - own : 0)].spec = spec->columns[i];
    if (!add_label_columns(table, key_count + own - 1))
        goto failed;
    if (!grow_rows(table, FIRST_ROWS))
        goto failed;
    return table;

failed:
    table_free(table);
    return NULL;
}

void table_free(relcoord_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->column_count; i++) {
        memory_free(table->columns[i].values.strings);
        memory_free(table->columns[i].valid);
    }
    for (struct text_page *page = table->pages, *next; page; page = next) {
        next = page->next;
        memory_free(page);
    }
    memory_free(table->columns);
    memory_free(table);
}

/* ---- Filling --------------------------------------------------------------------------------- */

static void clear_cell(table_column *column, size_t row)
{
    column->valid[row] = column->spec.kind == RELCOORD_NOTE;
    switch (column->spec.type) {
    case RELCOORD_STRING: column->values.strings[row] = ""; break;
    case RELCOORD_INTEGER: column->values.integers[row] = 0; break;
    case RELCOORD_NUMBER: column->values.doubles[row] = (double)NAN; break;
    }
}

void table_add_row(relcoord_table *table)
{
    if (!table || table->failed)
        return;
    if (table->row_count == table->row_capacity && !grow_rows(table, table->row_capacity * 2)) {
        table->failed = true;
        return;
    }
    for (size_t i = 0; i < table->column_count; i++)
        clear_cell(&table->columns[i], table->row_count);
    table->row_count++;
}

/* The column whose cell in the last row is to be set; NULL when there is nothing to set. A wrong
 * type or index is a defect of the caller and is kept for result_finished to report. */
static table_column *cell_column(relcoord_table *table, size_t index, relcoord_type type)
{
    if (!table || table->failed)
        return NULL;
    if (!table->row_count || index >= table->column_count
        || table->columns[index].spec.type != type) {
        table->misused = true;
        return NULL;
    }
    return &table->columns[index];
}

void table_set_string(relcoord_table *table, size_t index, const char *value)
{
    table_column *column = cell_column(table, index, RELCOORD_STRING);
    if (!column || !value)
        return;

    size_t row = table->row_count - 1;
    const char *above = row ? column->values.strings[row - 1] : "";
    const char *kept = strcmp(above, value) == 0 ? above : keep_text(table, value);
    if (!kept)
        return;
    column->values.strings[row] = kept;
    column->valid[row] = 1;
}

void table_set_integer(relcoord_table *table, size_t index, int64_t value)
{
    table_column *column = cell_column(table, index, RELCOORD_INTEGER);
    if (!column)
        return;
    column->values.integers[table->row_count - 1] = value;
    column->valid[table->row_count - 1] = 1;
}

void table_set_number(relcoord_table *table, size_t index, double value)
{
    table_column *column = cell_column(table, index, RELCOORD_NUMBER);
    if (!column || isnan(value))
        return;
    column->values.doubles[table->row_count - 1] = value;
    column->valid[table->row_count - 1] = 1;
}

void table_keep_rows(relcoord_table *table, const bool *keep)
{
    size_t kept = 0;

    for (size_t row = 0; row < table->row_count; row++) {
        if (!keep[row])
            continue;
        for (size_t i = 0; i < table->column_count; i++) {
            table_column *c = &table->columns[i];
            c->valid[kept] = c->valid[row];
            switch (c->spec.type) {
            case RELCOORD_STRING: c->values.strings[kept] = c->values.strings[row]; break;
            case RELCOORD_INTEGER: c->values.integers[kept] = c->values.integers[row]; break;
            case RELCOORD_NUMBER: c->values.doubles[kept] = c->values.doubles[row]; break;
            }
        }
        kept++;
    }
    table->row_count = kept;
}

void table_set_label(relcoord_table *table, size_t index, size_t row, const char *label)
{
    table_column *column = &table->columns[index];
    bool as_above = row && strcmp(column->values.strings[row - 1], label) == 0;
    const char *kept = as_above ? column->values.strings[row - 1] : keep_text(table, label);

    if (!kept)
        return;
    column->values.strings[row] = kept;
    column->valid[row] = 1;
}

void table_explain_empty(relcoord_table *table, const char *why)
{
    if (table)
        table->why_empty = why;
}

bool table_note_has(const char *note, const char *code)
{
    size_t length = strlen(code);

    for (const char *at = note; (at = strstr(at, code)); at++)
        if ((at == note || at[-1] == ';') && (at[length] == ';' || at[length] == '\0'))
            return true;
    return false;
}

void table_add_note(relcoord_table *table, const char *code)
{
    if (!table || table->failed || !code || !*code)
        return;
    size_t index = table->column_count - 1;
    table_column *column = cell_column(table, index, RELCOORD_STRING);
    if (!column)
        return;

    const char *note = column->values.strings[table->row_count - 1];
    if (!*note) {
        table_set_string(table, index, code);
        return;
    }
    if (table_note_has(note, code))
        return;
    size_t length = strlen(note), code_size = strlen(code) + 1;
    char *joined = page_space(table, length + 1 + code_size);
    if (!joined)
        return;
    memcpy(joined, note, length);
    joined[length] = ';';
    memcpy(joined + length + 1, code, code_size);
    column->values.strings[table->row_count - 1] = joined;
}

void table_add_named_note(relcoord_table *table, const char *code, const char *name)
{
    char note[256];
    size_t length = strlen(code) + 1, rest = sizeof note - 1 - length;
    snprintf(note, sizeof note, "%s:", code);
    rest = utf8_valid_prefix(name, strlen(name) < rest ? strlen(name) : rest);
    for (size_t i = 0; i < rest; i++)
        note[length + i] = name[i] == ';' ? ',' : name[i];
    note[length + rest] = 0;
    table_add_note(table, note);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

size_t table_column_index(const relcoord_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].spec.name, name) == 0)
            return i;
    return SIZE_MAX;
}

const char *table_type_name(relcoord_type type)
{
    switch (type) {
    case RELCOORD_STRING: return "string";
    case RELCOORD_INTEGER: return "integer";
    case RELCOORD_NUMBER: return "number";
    }
    return "unknown";
}

const char *relcoord_table_name(const relcoord_table *table)
{
    return table ? table->spec->name : NULL;
}

size_t relcoord_table_rows(const relcoord_table *table)
{
    return table ? table->row_count : 0;
}

size_t relcoord_table_columns(const relcoord_table *table)
{
    return table ? table->column_count : 0;
}

const char *relcoord_table_column_name(const relcoord_table *table, size_t index)
{
    return table && index < table->column_count ? table->columns[index].spec.name : NULL;
}

relcoord_type relcoord_table_column_type(const relcoord_table *table, size_t index)
{
    return table && index < table->column_count ? table->columns[index].spec.type
                                                : (relcoord_type)0;
}

relcoord_kind relcoord_table_column_kind(const relcoord_table *table, size_t index)
{
    return table && index < table->column_count ? table->columns[index].spec.kind
                                                : (relcoord_kind)0;
}

const char *relcoord_table_column_of(const relcoord_table *table, size_t index)
{
    const table_column *of = table && index < table->column_count ? table->columns[index].of : NULL;
    return of ? of->spec.name : NULL;
}

/* The name among the table's columns nearest to a mistyped one; NULL when none is near. */
static const char *nearest_column(const relcoord_table *table, const char *name)
{
    const char **names = memory_new(table->column_count, sizeof *names);
    const char *nearest = NULL;

    if (!names)
        return NULL;
    for (size_t i = 0; i < table->column_count; i++)
        names[i] = table->columns[i].spec.name;
    nearest = relcoord_nearest(name, names, table->column_count);
    memory_free(names);
    return nearest;
}

static const table_column *typed_column(const relcoord_table *table, const char *name,
                                        relcoord_type type, relcoord_error *err)
{
    if (!table || !name) {
        fail(err, RELCOORD_EUSAGE, "a table and the name of a column are needed");
        return NULL;
    }
    size_t index = table_column_index(table, name);
    if (index == SIZE_MAX) {
        const char *nearest = nearest_column(table, name);
        if (nearest)
            fail(err, RELCOORD_EUSAGE, "table '%s' has no column '%s'; did you mean '%s'?",
                 table->spec->name, name, nearest);
        else
            fail(err, RELCOORD_EUSAGE, "table '%s' has no column '%s'", table->spec->name, name);
    } else if (table->columns[index].spec.type == type) {
        return &table->columns[index];
    } else {
        fail(err, RELCOORD_EUSAGE, "column '%s' of table '%s' is of type %s, not %s", name,
             table->spec->name, table_type_name(table->columns[index].spec.type),
             table_type_name(type));
    }
    if (err)
        error_field(err->column, sizeof err->column, name);
    return NULL;
}

relcoord_status relcoord_table_strings(const relcoord_table *table, const char *column,
                                       const char *const **values, const uint8_t **valid,
                                       relcoord_error *err)
{
    const table_column *found = typed_column(table, column, RELCOORD_STRING, err);
    if (!found)
        return RELCOORD_EUSAGE;
    if (values)
        *values = found->values.strings;
    if (valid)
        *valid = found->valid;
    return RELCOORD_OK;
}

relcoord_status relcoord_table_integers(const relcoord_table *table, const char *column,
                                        const int64_t **values, const uint8_t **valid,
                                        relcoord_error *err)
{
    const table_column *found = typed_column(table, column, RELCOORD_INTEGER, err);
    if (!found)
        return RELCOORD_EUSAGE;
    if (values)
        *values = found->values.integers;
    if (valid)
        *valid = found->valid;
    return RELCOORD_OK;
}

relcoord_status relcoord_table_doubles(const relcoord_table *table, const char *column,
                                       const double **values, const uint8_t **valid,
                                       relcoord_error *err)
{
    const table_column *found = typed_column(table, column, RELCOORD_NUMBER, err);
    if (!found)
        return RELCOORD_EUSAGE;
    if (values)
        *values = found->values.doubles;
    if (valid)
        *valid = found->valid;
    return RELCOORD_OK;
}
