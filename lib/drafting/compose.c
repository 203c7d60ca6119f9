#include "drafting/compose.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- Text ---- */

static const char *keep(composed_codebook *c, text *t)
{
    uint32_t id = t->failed ? INTERN_FULL
                            : intern_add(&c->strings, t->bytes ? t->bytes : "", t->length);
    text_free(t);
    c->failed = c->failed || id == INTERN_FULL;
    return c->failed ? "" : c->strings.strings[id];
}

static const char *joined(composed_codebook *c, const char *one, size_t length, const char *between,
                          const char *other)
{
    text t = {0};
    text_add_bytes(&t, one, length);
    text_add(&t, between);
    text_add(&t, other);
    return keep(c, &t);
}

/* Names as the values of a column that labels them. */
static const char *listed(composed_codebook *c, const composed_names *names)
{
    text t = {0};
    for (size_t i = 0; i < names->count; i++) {
        const composed_name *name = &names->list[i];
        text_add(&t, i ? ";" : "");
        text_add(&t, name->code);
        for (int l = 0; l < LABEL_LANGUAGES; l++) {
            text_add(&t, "|");
            text_add(&t, name->labels[l]);
        }
    }
    return keep(c, &t);
}

/* ---- Rows ---- */

static bool is_rc(const builtin_row *row)
{
    return strcmp(row->scale, "rc") == 0;
}

static bool is_answer(const builtin_row *row)
{
    return strcmp(row->role, "item") == 0 || strcmp(row->role, "outcome") == 0;
}

static bool has_levels(const builtin_row *row)
{
    return strcmp(row->role, "item") == 0 && strcmp(row->scale, "coupling") == 0;
}

/* How long its variable is without the mark that it is asked about each workgroup; 0 without
 * one. */
static size_t stem_of(const builtin_row *row)
{
    const char *mark = strstr(row->variable, BUILTIN_EACH_TARGET);
    return mark ? (size_t)(mark - row->variable) : 0;
}

static bool is_there(const composed_codebook *c, const composed_row *row)
{
    static const int same[] = {COMPOSED_VARIABLE, COMPOSED_ROLE, COMPOSED_SCALE};
    for (size_t i = 0; i < c->count; i++) {
        bool equal = true;
        for (size_t j = 0; j < sizeof same / sizeof *same; j++)
            equal = equal && strcmp(c->rows[i].cells[same[j]], row->cells[same[j]]) == 0;
        if (equal)
            return true;
    }
    return false;
}

static void add_column(composed_codebook *c, const char *column)
{
    void *columns = c->columns;
    if (!memory_reserve(&columns, &c->column_capacity, c->column_count + 1, sizeof *c->columns)) {
        c->failed = true;
        return;
    }
    c->columns = columns;
    c->columns[c->column_count++] = column;
}

/* The columns of the data that a row describes. */
static void add_columns(composed_codebook *c, const composed_row *row)
{
    const char *variable = row->cells[COMPOSED_VARIABLE];
    const char *mark = strstr(variable, BUILTIN_EACH_TARGET);
    for (size_t i = 0; i < c->targets.count && mark; i++)
        add_column(c, joined(c, variable, (size_t)(mark - variable), "_", c->targets.list[i].code));
    if (!mark && *variable)
        add_column(c, variable);
}

static void add_row(composed_codebook *c, const composed_row *row)
{
    void *rows = c->rows;
    if (c->failed || is_there(c, row))
        return;
    if (!memory_reserve(&rows, &c->capacity, c->count + 1, sizeof *row)) {
        c->failed = true;
        return;
    }
    c->rows = rows;
    c->rows[c->count++] = *row;
    add_columns(c, row);
}

/* A row once for each name, which goes behind its variable and its labels. */
static void add_for_each(composed_codebook *c, const composed_row *row, size_t stem,
                         const composed_names *names, int cell, bool by_label)
{
    for (size_t i = 0; i < names->count; i++) {
        const composed_name *name = &names->list[i];
        composed_row own = *row;
        own.cells[COMPOSED_VARIABLE] = joined(c, row->cells[COMPOSED_VARIABLE], stem, "_",
                                              name->code);
        own.cells[cell] = by_label ? name->labels[ENGLISH] : name->code;
        for (int l = 0; l < LABEL_LANGUAGES; l++) {
            const char *label = row->cells[COMPOSED_LABELS + l];
            own.cells[COMPOSED_LABELS + l] = joined(c, label, strlen(label), ": ", name->labels[l]);
        }
        add_row(c, &own);
    }
}

/* any_rc: targets have a row of their own, which says what their codes mean. */
static void add_builtin_row(composed_codebook *c, const builtin_row *row, bool any_rc)
{
    composed_row own = {{row->variable, row->role, row->scale, row->dimension, "", "", row->values,
                         row->labels[ENGLISH], row->labels[DANISH]}};
    size_t stem = stem_of(row);
    c->asks_about_targets = c->asks_about_targets || (stem && !is_rc(row));
    c->has_levels = c->has_levels || has_levels(row);
    if (has_levels(row) && c->levels.count > 0) {
        add_for_each(c, &own, strlen(row->variable), &c->levels, COMPOSED_LEVEL, false);
        return;
    }
    if (stem && c->targets.count > 0 && !is_rc(row)) {
        add_for_each(c, &own, stem, &c->targets, COMPOSED_TARGET, !any_rc);
        return;
    }
    if (stem && c->targets.count == 0)
        own.cells[COMPOSED_VARIABLE] = joined(c, row->variable, stem, "", "");
    if (c->targets.count > 0
        && (strcmp(row->role, "workgroup") == 0 || strcmp(row->role, "target") == 0))
        own.cells[COMPOSED_VALUES] = listed(c, &c->targets);
    if (c->targets.count > 0 && strcmp(row->role, "target") == 0) /* in wide data it is no column */
        own.cells[COMPOSED_VARIABLE] = own.cells[COMPOSED_LABELS] =
            own.cells[COMPOSED_LABELS + DANISH] = "";
    add_row(c, &own);
}

/* ---- The whole ---- */

static const builtin_codebook *next_builtin(const char **name)
{
    const builtin_codebook *found = NULL;
    while (**name && !found) {
        found = builtin_codebook_of(*name); /* "none" is none */
        *name = options_name_after(*name);
    }
    return found;
}

/* The rows of a role, or, NULL, all answers, of all that are named. */
static void add_rows(composed_codebook *c, const relcoord_options *options, const char *role,
                     bool any_rc)
{
    const char *name = options_names(options, "builtin");
    for (const builtin_codebook *b; (b = next_builtin(&name));)
        for (size_t i = 0; i < b->list->count; i++) {
            const builtin_row *row = &b->list->rows[i];
            if (role ? strcmp(row->role, role) == 0 : is_answer(row))
                add_builtin_row(c, row, any_rc);
        }
}

static bool has_rc(const relcoord_options *options)
{
    const char *name = options_names(options, "builtin");
    for (const builtin_codebook *b; (b = next_builtin(&name));)
        for (size_t i = 0; i < b->list->count; i++)
            if (is_rc(&b->list->rows[i]))
                return true;
    return false;
}

relcoord_status compose_make(const relcoord_options *options, composed_codebook *c,
                             relcoord_error *err)
{
    static const char *const in_front[] = {"respondent", "workgroup", "target", "unit", "role"};
    bool any_rc = has_rc(options);
    relcoord_status status;
    *c = (composed_codebook){.count = 0};
    status = compose_read_names(options, "targets", &c->strings, &c->targets, err);
    if (!status)
        status = compose_read_names(options, "levels", &c->strings, &c->levels, err);
    if (status)
        return status;
    for (size_t i = 0; i < sizeof in_front / sizeof *in_front; i++)
        add_rows(c, options, in_front[i], any_rc);
    add_rows(c, options, NULL, any_rc);
    return c->failed ? fail_memory(err) : RELCOORD_OK;
}

void compose_free(composed_codebook *c)
{
    memory_free(c->rows);
    memory_free(c->targets.list);
    memory_free(c->levels.list);
    memory_free(c->columns);
    intern_free(&c->strings);
}
