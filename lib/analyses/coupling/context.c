#include "analyses/coupling/context.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/coupling/empty.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/regressions.h"
#include "engine/scores/people.h"
#include "stats/measures/scores.h"

enum { TERM_INTERCEPT, TERM_COUPLING, TERM_CONTEXT, TERM_INTERACTION, TERM_COUNT };

static const char *const term_names[TERM_COUNT] = {"(intercept)", "coupling", "context",
                                                   "interaction"};

/* Means of answers that are all the same differ by rounding, far below what one other answer
 * makes. */
static const double NO_RANGE = 1e-9;

static const column_spec context_columns[] = {
    {"context", RELCOORD_STRING, RELCOORD_KEY, "dimension of scale rc_context, or own_discipline"},
    {"term", RELCOORD_STRING, RELCOORD_KEY,
     "coupling: mean of a person's rescaled functions; context: the mean of its items; "
     "interaction: their product"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people with all four functions, the context, and an rc with other workgroups"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people without one of them, or in no unit"},
    {"clusters", RELCOORD_INTEGER, RELCOORD_COUNT, "units that they are in; people, without units"},
    {"estimate", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "change of a person's rc with other workgroups for one more of the term, the other at its "
     "mean"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "its standard error"},
    TERM_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec context_views[] = {
    {VIEW_LIST, "Relational coordination by coupling competence and its context", NULL,
     "context,term,n,clusters,estimate,se,df,ci_low,ci_high,p,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec context_table = {
    .name = "context",
    .on_request = true,
    .help = "one term of rc explained by coupling competence in one context",
    .columns = context_columns,
    .views = context_views,
    .things = "clusters"};

/* ---- Contexts ---- */

/* The context that an item asks about; NULL for none. */
static const char *context_of(const survey_item *item)
{
    const codebook_entry *e = item->entry;
    if (e->role != ROLE_ITEM || !item->codes)
        return NULL;
    if (strcmp(e->scale, "own_discipline") == 0)
        return e->scale;
    if (strcmp(e->scale, "rc_context") != 0)
        return NULL;
    return *e->dimension ? e->dimension : e->variable;
}

static bool is_item_of(const survey_item *item, const char *context)
{
    const char *of = context_of(item);
    return of && strcmp(of, context) == 0;
}

/* Whether it is the first item that asks about its context. */
static bool opens_context(const relcoord_survey *s, size_t item)
{
    const char *context = context_of(&s->items[item]);
    for (size_t i = 0; i < item && context; i++)
        if (is_item_of(&s->items[i], context))
            return false;
    return context != NULL;
}

/* The mean of the items answered; NaN when too few are. */
static double context_mean(const run *r, const char *context, uint32_t participation)
{
    double sum = 0;
    int asked = 0, answered = 0;
    for (size_t i = 0; i < r->survey->item_count; i++) {
        const survey_item *item = &r->survey->items[i];
        uint8_t place = is_item_of(item, context) ? item->places[participation] : 0;
        asked += is_item_of(item, context);
        if (place && item->codes->codes[place - 1].kind == CODE_SCORE) {
            sum += item->codes->codes[place - 1].score;
            answered++;
        }
    }
    return answered >= scores_least_answered(options_number(r->options, "min_share"), asked)
               ? sum / answered
               : NAN;
}

/* ---- Cases ---- */

typedef struct context_case {
    uint32_t cluster, participation;
    double coupling, context, rc;
} context_case;

typedef struct context_model {
    const char *name;
    size_t n, clusters;
    context_case *list; /* in the order of clusters, then people */
    double *x, *y;
    uint32_t *cluster;
    bool constant[TERM_COUNT];
    regression fit;
    regression_term terms[TERM_COUNT];
} context_model;

static int compare_cases(const void *left, const void *right)
{
    const context_case *a = left, *b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return a->participation < b->participation ? -1 : a->participation > b->participation;
}

/* People in several units at once cannot be told apart by unit, so that each is then alone. */
static uint32_t cluster_of(const relcoord_survey *s, uint32_t participation)
{
    const attribute *units = &s->attributes[COLUMN_UNIT];
    return units->present && !units->multiple ? person_group(units, participation) : participation;
}

static context_case find_case(const coupling_group *g, const score_rule *rule, const char *name,
                              uint32_t member)
{
    uint32_t p = g->people->members.participations[member];
    const coupling_scale *s = g->people->scale;
    double scores[FUNCTION_COUNT], own[OWN_COUNT] = {NAN};
    if (coupling_all(g->people, member, scores))
        coupling_of_person(scores, s->low, s->high, own);
    return (context_case){cluster_of(g->r->survey, p), p, own[OWN_MEAN],
                          context_mean(g->r, name, p),
                          person_mean(g->r, rule, p, DIMENSION_RC, TIES_BETWEEN)};
}

static void gather_cases(const coupling_group *g, context_model *m)
{
    score_rule rule = score_rule_make(options_number(g->r->options, "min_share"),
                                      g->r->survey->asked);
    for (uint32_t i = 0; i < g->people->members.count; i++) {
        context_case found = find_case(g, &rule, m->name, i);
        if (found.cluster != NO_ROW && !isnan(found.coupling) && !isnan(found.context)
            && !isnan(found.rc))
            m->list[m->n++] = found;
    }
    if (m->n > 1)
        qsort(m->list, m->n, sizeof *m->list, compare_cases);
    for (size_t i = 0; i < m->n; i++)
        m->clusters += i == 0 || m->list[i].cluster != m->list[i - 1].cluster;
}

/* Takes the mean from a column. One that does not vary becomes 0, so that no rounding looks like a
 * difference. */
static bool centre(double *column, size_t n, size_t step)
{
    double sum = 0, low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double value = column[i * step];
        sum += value;
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    for (size_t i = 0; i < n; i++)
        column[i * step] = high - low > NO_RANGE ? column[i * step] - sum / (double)n : 0;
    return !(high - low > NO_RANGE);
}

static void fill_columns(context_model *m)
{
    for (size_t i = 0; i < m->n; i++) {
        double *row = m->x + i * TERM_COUNT;
        row[TERM_INTERCEPT] = 1;
        row[TERM_COUPLING] = m->list[i].coupling;
        row[TERM_CONTEXT] = m->list[i].context;
        m->y[i] = m->list[i].rc;
        m->cluster[i] = m->list[i].cluster;
    }
    m->constant[TERM_COUPLING] = centre(m->x + TERM_COUPLING, m->n, TERM_COUNT);
    m->constant[TERM_CONTEXT] = centre(m->x + TERM_CONTEXT, m->n, TERM_COUNT);
    centre(m->y, m->n, 1); /* moves the intercept alone */
    for (size_t i = 0; i < m->n; i++) {
        double *row = m->x + i * TERM_COUNT;
        row[TERM_INTERACTION] = row[TERM_COUPLING] * row[TERM_CONTEXT];
    }
}

/* ---- Rows ---- */

static void note_term(relcoord_table *table, const coupling_scale *s, const context_model *m,
                      size_t term)
{
    switch (m->fit.reason) {
    case REGRESSION_FEW_CASES:
        if (!coupling_note_unasked(table, s))
            table_add_note(table, m->n ? "too_few" : "empty");
        return;
    case REGRESSION_CONSTANT: table_add_note(table, "all_equal"); return;
    case REGRESSION_SINGULAR:
        table_add_note(table, m->constant[term]      ? "all_equal"
                              : term == m->fit.which ? "collinear"
                                                     : "undefined");
        return;
    default: break;
    }
    regression_note_clusters(table, &m->fit, TERM_COUNT);
}

static void write_term(relcoord_table *table, const coupling_group *g, const context_model *m,
                       size_t term)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    const regression_term *t = &m->terms[term];
    table_set_string(table, keys, m->name);
    table_set_string(table, keys + 1, term_names[term]);
    table_set_integer(table, keys + 2, (int64_t)m->n);
    table_set_integer(table, keys + 3, (int64_t)(g->people->members.count - m->n));
    table_set_integer(table, keys + 4, (int64_t)m->clusters);
    regression_write_term(table, keys + 5, t, options_number(g->r->options, "confidence"));
    table_set_string(table, keys + 11, "ols_cr2");
    note_term(table, g->people->scale, m, term);
}

static relcoord_status write_one(relcoord_table *table, const coupling_group *g, context_model *m,
                                 relcoord_error *err)
{
    relcoord_status status;
    gather_cases(g, m);
    m->x = memory_new(m->n, TERM_COUNT * sizeof *m->x);
    m->y = memory_new(m->n, sizeof *m->y);
    m->cluster = memory_new(m->n, sizeof *m->cluster);
    if (!m->x || !m->y || !m->cluster)
        return fail_memory(err);
    fill_columns(m);
    regression_data data = {m->n, TERM_COUNT, m->x, m->y, m->cluster};
    status = regression_fit(&data, REGRESSION_CR2, &m->fit, m->terms, err);
    for (size_t term = TERM_COUPLING; term < TERM_COUNT && !status; term++)
        write_term(table, g, m, term);
    return status;
}

relcoord_status write_context(relcoord_table *table, const coupling_group *g, relcoord_error *err)
{
    const relcoord_survey *s = g->r->survey;
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < s->item_count && s->asked_count > 0 && !status; i++) {
        context_model m = {.name = context_of(&s->items[i])};
        if (!opens_context(s, i))
            continue;
        status = options_progress(g->r->options, (double)g->group / g->r->cases.group_count, err);
        if (status)
            return status;
        m.list = memory_new(g->people->members.count, sizeof *m.list);
        status = m.list ? write_one(table, g, &m, err) : fail_memory(err);
        memory_free(m.list);
        memory_free(m.x);
        memory_free(m.y);
        memory_free(m.cluster);
    }
    return status;
}
