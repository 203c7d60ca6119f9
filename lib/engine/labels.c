#include "engine/labels.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "survey/matching.h"

/* What is known by a name: a row of the codebook, whose labels are meant. */
typedef struct dictionary {
    const relcoord_survey *survey;
    relcoord_result *result;
    intern names;
    const codebook_entry **entries; /* by name */
    size_t capacity;
    text english, danish; /* scratch */
    bool failed;
} dictionary;

/* ---- Learning -------------------------------------------------------------------------------- */

static bool has_label(const codebook_entry *e)
{
    return *e->labels[ENGLISH] || *e->labels[DANISH];
}

/* What is said first holds. */
static void learn(dictionary *d, const char *name, const codebook_entry *entry)
{
    void *entries = d->entries;
    uint32_t known = d->names.count;

    if (d->failed || !entry || !*name)
        return;
    if (!memory_reserve(&entries, &d->capacity, known + (size_t)1, sizeof entry)) {
        d->failed = true;
        return;
    }
    d->entries = entries;
    uint32_t id = intern_add(&d->names, name, strlen(name));
    d->failed = id == INTERN_FULL;
    if (id == known)
        d->entries[id] = entry;
}

/* The question behind a dimension: none where each target has one of its own. */
static const codebook_entry *question_of(const relcoord_survey *s, size_t dimension)
{
    const codebook_entry *found = NULL;

    for (size_t i = 0; i < s->codebook->count; i++) {
        const codebook_entry *e = &s->codebook->entries[i];
        if (e->role != ROLE_ITEM || strcmp(e->scale, "rc") != 0
            || (size_t)dimension_of(e->dimension, strlen(e->dimension)) != dimension)
            continue;
        if (!has_label(e) || (found && strcmp(e->labels[ENGLISH], found->labels[ENGLISH]) != 0)
            || (found && strcmp(e->labels[DANISH], found->labels[DANISH]) != 0))
            return NULL;
        found = e;
    }
    return found;
}

/* The column that an attribute of the field's own is read from. */
static const codebook_entry *column_of(const relcoord_survey *s, size_t a)
{
    for (size_t i = 0; i < s->codebook->count; i++) {
        const codebook_entry *e = &s->codebook->entries[i];
        if (e->role == role_of_column((column_role)a) && !*e->dimension && has_label(e))
            return e;
    }
    return NULL;
}

static void learn_all(dictionary *d)
{
    const relcoord_survey *s = d->survey;

    for (size_t i = 0; s->codebook && i < s->codebook->count; i++) {
        const codebook_entry *e = &s->codebook->entries[i];
        if (!e->pattern && has_label(e))
            learn(d, e->variable, e);
    }
    for (size_t i = 0; s->codebook && i < ITEM_COUNT; i++)
        learn(d, dimension_names[i], question_of(s, i));
    for (size_t a = 0; s->codebook && a < ATTRIBUTE_COUNT; a++)
        learn(d, s->attributes[a].name, column_of(s, a));
}

static void forget(dictionary *d)
{
    d->result->failed = d->result->failed || d->failed || d->english.failed || d->danish.failed;
    intern_free(&d->names);
    memory_free(d->entries);
    text_free(&d->english);
    text_free(&d->danish);
}

/* ---- Looking up ------------------------------------------------------------------------------ */

static const codebook_entry *find(const dictionary *d, const char *name, size_t length)
{
    uint32_t id = intern_find(&d->names, name, length);
    return id == INTERN_FULL ? NULL : d->entries[id];
}

/* The label in the tables, of which the result learns the Danish; NULL for none. */
static const char *label_of(const dictionary *d, const codebook_entry *e)
{
    if (!e)
        return NULL;
    if (!*e->labels[ENGLISH])
        return e->labels[DANISH];
    if (*e->labels[DANISH])
        result_add_label(d->result, e->labels[ENGLISH], e->labels[DANISH]);
    return e->labels[ENGLISH];
}

/* "unit=North": both as they are called; a group is called so already. */
static const char *label_of_group(dictionary *d, const char *name)
{
    const char *equals = strchr(name, '='), *group = equals ? equals + 1 : "", *english, *danish;
    const codebook_entry *e = equals ? find(d, name, (size_t)(equals - name)) : NULL;

    if (!e)
        return NULL;
    english = label_of(d, e);
    danish = result_danish_label(d->result, group);
    text_clear(&d->english);
    text_clear(&d->danish);
    text_add_format(&d->english, "%s: %s", english, group);
    text_add_format(&d->danish, "%s: %s", *e->labels[DANISH] ? e->labels[DANISH] : english,
                    danish ? danish : group);
    if (d->english.failed || d->danish.failed)
        return NULL;
    result_add_label(d->result, d->english.bytes, d->danish.bytes);
    return d->english.bytes;
}

static const char *label_of_name(dictionary *d, const char *name)
{
    const codebook_entry *e = find(d, name, strlen(name));
    return e ? label_of(d, e) : label_of_group(d, name);
}

/* ---- Filling --------------------------------------------------------------------------------- */

static void fill_column(dictionary *d, relcoord_table *table, size_t column)
{
    const table_column *of = table->columns[column].of;
    const char *last = NULL, *label = NULL;

    for (size_t row = 0; row < table->row_count && !table->failed; row++) {
        if (!of->valid[row])
            continue;
        if (!last || strcmp(last, of->values.strings[row]) != 0)
            label = label_of_name(d, of->values.strings[row]);
        last = of->values.strings[row];
        if (label)
            table_set_label(table, column, row, label);
    }
}

void labels_head(relcoord_result *result, const relcoord_survey *survey, const char *column,
                 const char *variable)
{
    dictionary d = {.survey = survey, .result = result};
    const char *label;

    learn_all(&d);
    label = label_of(&d, find(&d, variable, strlen(variable)));
    result_add_heading(result, column, label ? label : variable);
    forget(&d);
}

/* What answers are called in Danish. */
static void name_answers(relcoord_result *result, const relcoord_survey *s)
{
    for (size_t i = 0; i < s->item_count; i++) {
        const code_list *codes = s->items[i].codes;
        for (size_t c = 0; codes && c < codes->count; c++)
            if (*codes->codes[c].labels[DANISH])
                result_add_label(result, code_name(&codes->codes[c]),
                                 codes->codes[c].labels[DANISH]);
    }
}

void labels_fill(relcoord_result *result, const run *r)
{
    dictionary d = {.survey = r->survey, .result = result};

    if (!r->survey->codebook)
        return;
    name_answers(result, r->survey);
    learn_all(&d);
    for (size_t i = 0; i < result->table_count; i++)
        for (size_t c = 0; c < result->tables[i]->column_count; c++)
            if (result->tables[i]->columns[c].of)
                fill_column(&d, result->tables[i], c);
    for (size_t i = 0; i < r->cases.by_count; i++) {
        const char *label = label_of(&d,
                                     find(&d, r->cases.by_names[i], strlen(r->cases.by_names[i])));
        if (label)
            result_add_heading(result, r->cases.by_names[i], label);
    }
    forget(&d);
}
