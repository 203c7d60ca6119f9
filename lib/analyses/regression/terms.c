/* Reading the terms of a regression from the options, and the cases from the survey. */
#include "analyses/regression/terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "engine/people/numbers.h"

/* ---- Outcomes ---- */

static bool is_named(const run *r, const char *option, const char *name)
{
    for (const char *other = options_names(r->options, option); *other;
         other = options_name_after(other))
        if (strcmp(other, name) == 0)
            return true;
    return false;
}

/* An outcome cannot be a term, too. */
static relcoord_status check_terms(const run *r, const term_list *t, relcoord_error *err)
{
    static const char *const options[] = {"covariates", "predictors"};
    for (size_t i = 0; i < t->outcome_count; i++)
        for (size_t o = 0; o < sizeof options / sizeof *options; o++)
            if (is_named(r, options[o], t->outcomes[i].name))
                return fail_option(err, options[o], "a column cannot be explained by itself");
    return RELCOORD_OK;
}

/* The columns of the role outcome, but those that are terms. */
static void add_usual_outcomes(const run *r, term_list *t)
{
    const relcoord_survey *s = r->survey;
    for (size_t i = 0; i < s->item_count; i++) {
        const survey_item *item = &s->items[i];
        const char *name = item->entry->variable;
        if (item->entry->role == ROLE_OUTCOME && numbers_are_there(item)
            && !is_named(r, "covariates", name) && !is_named(r, "predictors", name))
            t->outcomes[t->outcome_count++] = (term_source){name, NULL, item, NULL};
    }
}

static relcoord_status find_outcomes(const run *r, term_list *t, relcoord_error *err)
{
    const bool given = *options_names(r->options, "outcome") != 0;
    relcoord_status status = given ? respondent_scales_find(r, "outcome", &t->explained, err)
                                   : RELCOORD_OK;
    if (status)
        return status;
    t->outcomes = memory_new(t->explained.count + r->survey->item_count, sizeof *t->outcomes);
    if (!t->outcomes)
        return fail_memory(err);
    for (size_t i = 0; i < t->explained.count; i++)
        t->outcomes[t->outcome_count++] = (term_source){t->explained.scales[i].name,
                                                        &t->explained.scales[i], NULL, NULL};
    if (!given)
        add_usual_outcomes(r, t);
    if (t->outcome_count == 0)
        return fail(err, RELCOORD_EUSAGE,
                    "the data have no outcome to explain: name a scale or an item by 'outcome', or "
                    "give a column with scores or numbers the role outcome in the codebook");
    return check_terms(r, t, err);
}

/* ---- Terms ---- */

static relcoord_status add_source(term_list *t, const char *option, term_source source,
                                  relcoord_error *err)
{
    for (size_t i = 0; i < t->source_count; i++)
        if (strcmp(t->sources[i].name, source.name) == 0)
            return fail_option(err, option, "'%s' is given twice", source.name);
    if (t->source_count + 1 == MOST_TERMS)
        return fail_option(err, option, "more than %d terms", MOST_TERMS);
    t->sources[t->source_count++] = source;
    return RELCOORD_OK;
}

static const char default_predictor[] = "rc";

/* Without names it is rc, which data without answers about workgroups have not. */
static relcoord_status add_predictors(const run *r, term_list *t, relcoord_error *err)
{
    const bool given = *options_names(r->options, "predictors") != 0;
    relcoord_status status;
    if (!given && r->survey->asked_count == 0)
        return fail_option(err, "predictors",
                           "the data have no answers about workgroups: 'predictors' has to name "
                           "scales or items");
    status = respondent_scales_find(r, "predictors", &t->explaining, err);
    for (size_t i = 0; i < t->explaining.count && !status; i++) {
        const respondent_scale *scale = &t->explaining.scales[i];
        if (given || strcmp(scale->name, default_predictor) == 0)
            status = add_source(t, "predictors", (term_source){scale->name, scale, NULL, NULL},
                                err);
    }
    return status;
}

static relcoord_status add_covariates(const run *r, term_list *t, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    relcoord_status status = RELCOORD_OK;
    for (const char *name = options_names(r->options, "covariates"); *name && !status;
         name = options_name_after(name)) {
        const survey_item *item = numbers_find(s, name);
        size_t a = survey_find_attribute(s, name);
        if (item)
            status = add_source(t, "covariates",
                                (term_source){item->entry->variable, NULL, item, NULL}, err);
        else if (a < s->attribute_count && s->attributes[a].present)
            status = add_source(t, "covariates",
                                (term_source){s->attributes[a].name, NULL, NULL, &s->attributes[a]},
                                err);
        else
            status = numbers_refuse(s, "covariates", name, err);
    }
    return status;
}

static relcoord_status find_cluster(const run *r, const attribute **out, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const char *name = options_text(r->options, "cluster");
    size_t a = *name ? survey_find_attribute(s, name) : COLUMN_UNIT;
    bool there = a < s->attribute_count && s->attributes[a].present;
    *out = there ? &s->attributes[a] : NULL;
    return there || !*name
               ? RELCOORD_OK
               : fail_option(err, "cluster", "the data have no column '%.100s' of groups", name);
}

relcoord_status terms_find(const run *r, term_list *out, relcoord_error *err)
{
    relcoord_status status;
    *out = (term_list){.part = (tie_part)options_choice(r->options, "part")};
    out->sources = memory_new(MOST_TERMS, sizeof *out->sources);
    status = out->sources ? find_outcomes(r, out, err) : fail_memory(err);
    if (!status)
        status = find_cluster(r, &out->cluster, err);
    if (!status)
        status = add_predictors(r, out, err);
    if (!status)
        status = add_covariates(r, out, err);
    return status;
}

void terms_free(term_list *t)
{
    respondent_scales_free(&t->explained);
    respondent_scales_free(&t->explaining);
    memory_free(t->outcomes);
    memory_free(t->sources);
}

/* ---- What they are made of ---- */

static bool is_of_ties(const term_source *source)
{
    return source->scale && source->scale->of_ties;
}

bool terms_have_ties(const term_list *t)
{
    bool found = false;
    for (size_t i = 0; i < t->outcome_count; i++)
        found = found || is_of_ties(&t->outcomes[i]);
    for (size_t i = 0; i < t->source_count; i++)
        found = found || is_of_ties(&t->sources[i]);
    return found;
}

bool terms_are_of_ties(const term_list *t)
{
    bool all = true;
    for (size_t i = 0; i < t->outcome_count; i++)
        all = all && !t->outcomes[i].scale;
    for (size_t i = 0; i < t->source_count; i++)
        all = all && (!t->sources[i].scale || t->sources[i].scale->of_ties);
    return all;
}

/* Whether a dimension is one of the answers behind a measure. */
static bool measures(int measure, int dimension)
{
    switch (measure) {
    case DIMENSION_COMMUNICATION: return dimension < COMMUNICATION_ITEMS;
    case DIMENSION_RELATIONSHIP: return dimension >= COMMUNICATION_ITEMS;
    case DIMENSION_RC: return true;
    default: return measure == dimension;
    }
}

static bool has_item(const term_source *source, const survey_item *item)
{
    bool found = source->item == item;
    for (size_t i = 0; source->scale && i < source->scale->item_count; i++)
        found = found || source->scale->items[i] == item;
    return found;
}

bool terms_share_answers(const term_source *outcome, const term_source *term)
{
    bool shared = outcome->item && has_item(term, outcome->item);
    if (is_of_ties(outcome) != is_of_ties(term))
        return false;
    for (int d = 0; is_of_ties(outcome) && d < ITEM_COUNT; d++)
        shared = shared
                 || (measures(outcome->scale->measure, d) && measures(term->scale->measure, d));
    for (size_t i = 0; outcome->scale && i < outcome->scale->item_count; i++)
        shared = shared || has_item(term, outcome->scale->items[i]);
    return shared;
}

/* ---- Cases ---- */

/* The value of an outcome or a term, a label for a grouping; NaN for none. */
static double source_value(const run *r, const term_list *t, const term_source *source, uint32_t p)
{
    uint32_t group;
    if (source->scale)
        return respondent_score(r, &t->explaining, source->scale, p, t->part);
    if (source->item)
        return number_of_person(source->item, p);
    group = person_group(source->groups, p);
    return group == NO_ROW ? (double)NAN : (double)group;
}

typedef struct gathered_case {
    uint32_t cluster, participation;
} gathered_case;

static int compare_cases(const void *left, const void *right)
{
    const gathered_case *a = left, *b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return a->participation < b->participation ? -1 : a->participation > b->participation;
}

static bool has_all(const run *r, const term_list *t, const term_source *outcome, uint32_t p)
{
    if (isnan(source_value(r, t, outcome, p)))
        return false;
    for (size_t i = 0; i < t->source_count; i++)
        if (isnan(source_value(r, t, &t->sources[i], p)))
            return false;
    return true;
}

/* Lists who has everything, in the order of clusters; the caller frees the list. NULL when memory
 * runs out. */
static gathered_case *list_cases(const run *r, const term_list *t, const term_source *outcome,
                                 uint32_t first, uint32_t end, model_cases *out)
{
    const cases *c = &r->cases;
    gathered_case *list = memory_new(c->row_start[end] - c->row_start[first], sizeof *list);
    for (size_t i = c->row_start[first]; i < c->row_start[end] && list; i++) {
        uint32_t p = c->members[i], cluster = t->cluster ? person_group(t->cluster, p) : p;
        if (cluster != NO_ROW && has_all(r, t, outcome, p))
            list[out->n++] = (gathered_case){cluster, p};
        else
            out->left_out++;
    }
    if (list && out->n > 1)
        qsort(list, out->n, sizeof *list, compare_cases);
    for (size_t i = 0; list && i < out->n; i++)
        out->clusters += i == 0 || list[i].cluster != list[i - 1].cluster;
    return list;
}

/* ---- Columns ---- */

static bool add_name(model_cases *out, const char *name, const char *group)
{
    text t = {0};
    text_add(&t, name);
    if (group) {
        text_add(&t, "=");
        text_add(&t, group);
    }
    out->names[out->terms] = t.failed ? NULL : memory_copy_text(t.bytes);
    text_free(&t);
    return out->names[out->terms] != NULL;
}

/* Adds a column: of a grouping, 1 where the value is `group`. */
static bool add_column(model_cases *out, const term_source *of, const double *values,
                       const char *group_name, double group)
{
    if (!add_name(out, of ? of->name : "(intercept)", group_name))
        return false;
    out->of[out->terms] = of;
    for (size_t i = 0; i < out->n; i++)
        out->x[i * MOST_TERMS + out->terms] = group_name ? values[i] == group : values[i];
    out->terms++;
    return true;
}

/* The groups that cases are in, but the first. */
static bool add_groups(model_cases *out, const term_source *source, const double *values,
                       bool *full)
{
    bool first = true;
    for (uint32_t label = 0; label < source->groups->labels.count; label++) {
        bool met = false;
        for (size_t i = 0; i < out->n && !met; i++)
            met = values[i] == label;
        if (!met)
            continue;
        *full = !first && out->terms == MOST_TERMS;
        if (*full
            || (!first
                && !add_column(out, source, values,
                               cases_label(source->groups->labels.names[label]), label)))
            return false;
        first = false;
    }
    return true;
}

static relcoord_status add_columns(const run *r, const term_list *t, const gathered_case *list,
                                   model_cases *out, relcoord_error *err)
{
    double *values = memory_new(out->n, sizeof *values);
    bool done = values != NULL, full = false;
    for (size_t i = 0; i < out->n && done; i++)
        values[i] = 1;
    done = done && add_column(out, NULL, values, NULL, 0);
    for (size_t k = 0; k < t->source_count && done; k++) {
        full = out->terms == MOST_TERMS;
        for (size_t i = 0; i < out->n && !full; i++)
            values[i] = source_value(r, t, &t->sources[k], list[i].participation);
        done = !full
               && (t->sources[k].groups ? add_groups(out, &t->sources[k], values, &full)
                                        : add_column(out, &t->sources[k], values, NULL, 0));
    }
    memory_free(values);
    if (full)
        return fail_option(err, "covariates", "more than %d terms", MOST_TERMS);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* Brings the columns, which stand MOST_TERMS apart, together. */
static void pack_columns(model_cases *out)
{
    for (size_t i = 0; i < out->n; i++)
        for (size_t j = 0; j < out->terms; j++)
            out->x[i * out->terms + j] = out->x[i * MOST_TERMS + j];
}

relcoord_status model_cases_gather(const run *r, const term_list *t, const term_source *outcome,
                                   uint32_t first, uint32_t end, model_cases *out,
                                   relcoord_error *err)
{
    model_cases c = {.n = 0};
    gathered_case *list = list_cases(r, t, outcome, first, end, &c);
    relcoord_status status;
    c.names = memory_zeroed(MOST_TERMS, sizeof *c.names);
    c.of = memory_new(MOST_TERMS, sizeof *c.of);
    c.x = memory_new(c.n * MOST_TERMS, sizeof *c.x);
    c.y = memory_new(c.n, sizeof *c.y);
    c.cluster = memory_new(c.n, sizeof *c.cluster);
    status = list && c.names && c.of && c.x && c.y && c.cluster ? add_columns(r, t, list, &c, err)
                                                                : fail_memory(err);
    for (size_t i = 0; i < c.n && !status; i++) {
        c.y[i] = source_value(r, t, outcome, list[i].participation);
        c.cluster[i] = list[i].cluster;
    }
    memory_free(list);
    if (status) {
        model_cases_free(&c);
        return status;
    }
    pack_columns(&c);
    *out = c;
    return RELCOORD_OK;
}

void model_cases_free(model_cases *c)
{
    for (size_t i = 0; c->names && i < MOST_TERMS; i++)
        memory_free(c->names[i]);
    memory_free(c->names);
    memory_free(c->of);
    memory_free(c->x);
    memory_free(c->y);
    memory_free(c->cluster);
}
