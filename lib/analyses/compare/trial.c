#include "analyses/compare/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/regressions.h"
#include "engine/scores/people.h"

static const column_spec columns[] = {
    DIMENSION_COLUMN,
    PART_COLUMN,
    WAVE_PAIR_COLUMNS,
    {"n_treated_from", RELCOORD_INTEGER, RELCOORD_COUNT, "treated people in the earlier wave"},
    {"n_treated_to", RELCOORD_INTEGER, RELCOORD_COUNT, "treated people in the later wave"},
    {"n_control_from", RELCOORD_INTEGER, RELCOORD_COUNT, "other people in the earlier wave"},
    {"n_control_to", RELCOORD_INTEGER, RELCOORD_COUNT, "other people in the later wave"},
    {"clusters", RELCOORD_INTEGER, RELCOORD_COUNT, "units of assignment that they are in"},
    {"change_treated", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "change of the mean of those treated"},
    {"change_control", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "change of the mean of the others"},
    {"difference", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "change_treated - change_control"},
    DIFFERENCE_ERROR_COLUMN,
    TERM_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec views[] = {
    {VIEW_LIST, "Differences in differences (rc)", "dimension=rc",
     "part,n_treated_from,n_treated_to,n_control_from,n_control_to,clusters,change_treated,change_"
     "control,difference,ci_low,ci_high,p,note",
     NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec trial_table = {
    .name = "effects",
    .help = "how the change of those treated differs from that of the others",
    .columns = columns,
    .views = views,
    .on_request = true,
    .things = "clusters"};

enum { TERMS = 4, TERM_EFFECT = 3 }; /* 1, treated, later, both */

typedef struct trial_case {
    uint32_t cluster, participation;
    bool treated, later;
} trial_case;

typedef struct trial {
    const run *r;
    const wave_pair *waves;
    score_rule rule;
    const attribute *treatment, *assignment;
    uint32_t treated, group; /* treated: a label */
    trial_case *cases;
    size_t count;
    double *x, *y;
    uint32_t *cluster;
    int64_t n[2][2]; /* by treated and later */
} trial;

/* ---- What the options say ---- */

static relcoord_status find_column(const run *r, const char *option, const char *otherwise,
                                   const attribute **out, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const char *name = *options_text(r->options, option) ? options_text(r->options, option)
                                                         : otherwise;
    size_t a = survey_find_attribute(s, name);
    if (a == s->attribute_count || !s->attributes[a].present)
        return fail_option(err, option, "the data have no column '%.100s' of groups", name);
    *out = &s->attributes[a];
    return RELCOORD_OK;
}

static relcoord_status find_treated(trial *t, relcoord_error *err)
{
    const label_list *labels = &t->treatment->labels;
    const char *name = options_text(t->r->options, "treated"), *near;
    if (!*name)
        return fail_option(err, "treated", "say which group of '%s' was treated",
                           t->treatment->name);
    for (t->treated = 0; t->treated < labels->count; t->treated++)
        if (strcmp(labels->names[t->treated], name) == 0)
            return RELCOORD_OK;
    near = t->r->survey->redact ? NULL : relcoord_nearest(name, labels->names, labels->count);
    if (near)
        return fail_option(err, "treated", "'%s' has no group '%.100s'; did you mean '%.100s'?",
                           t->treatment->name, name, near);
    return fail_option(err, "treated", "'%s' has no group '%.100s'", t->treatment->name, name);
}

/* ---- Cases ---- */

static int compare_cases(const void *left, const void *right)
{
    const trial_case *a = left, *b = right;
    if (a->cluster != b->cluster)
        return a->cluster < b->cluster ? -1 : 1;
    return a->participation < b->participation ? -1 : a->participation > b->participation;
}

/* The people of both waves who are in one group of either grouping, by cluster. */
static void list_cases(trial *t, uint32_t first, uint32_t end)
{
    const cases *c = &t->r->cases;
    const uint32_t *waves = t->r->survey->attributes[COLUMN_WAVE].values;
    t->count = 0;
    for (size_t i = c->row_start[first]; i < c->row_start[end]; i++) {
        uint32_t p = c->members[i], cluster = person_group(t->assignment, p),
                 group = person_group(t->treatment, p);
        bool later = waves[p] == t->waves->waves[1];
        if (cluster == NO_ROW || group == NO_ROW || (!later && waves[p] != t->waves->waves[0]))
            continue;
        if (t->waves->changed[t->r->survey->respondent[p]] && t->waves->drop_changed)
            continue;
        t->cases[t->count++] = (trial_case){cluster, p, group == t->treated, later};
    }
    if (t->count > 1)
        qsort(t->cases, t->count, sizeof *t->cases, compare_cases);
}

/* Fills the arrays with those who have a score; returns how many. */
static size_t fill_cases(trial *t, int measure, tie_part part)
{
    size_t n = 0;
    memset(t->n, 0, sizeof t->n);
    for (size_t i = 0; i < t->count; i++) {
        const trial_case *c = &t->cases[i];
        double value = person_mean(t->r, &t->rule, c->participation, measure, part);
        if (isnan(value))
            continue;
        t->y[n] = value;
        t->cluster[n] = c->cluster;
        t->x[n * TERMS] = 1;
        t->x[n * TERMS + 1] = c->treated;
        t->x[n * TERMS + 2] = c->later;
        t->x[n * TERMS + TERM_EFFECT] = c->treated && c->later;
        t->n[c->treated][c->later]++;
        n++;
    }
    return n;
}

/* ---- Rows ---- */

static void write_effect(relcoord_table *table, const trial *t, size_t keys, const regression *fit,
                         const regression_term terms[TERMS])
{
    const regression_term *effect = &terms[TERM_EFFECT];
    table_set_number(table, keys + 9, terms[2].estimate + effect->estimate);
    table_set_number(table, keys + 10, terms[2].estimate);
    regression_write_term(table, keys + 11, effect, options_number(t->r->options, "confidence"));
    regression_note_clusters(table, fit, TERMS);
}

static relcoord_status write_row(relcoord_table *table, trial *t, int measure, tie_part part,
                                 relcoord_error *err)
{
    const char *const *waves = t->r->survey->attributes[COLUMN_WAVE].labels.names;
    regression_data data = {fill_cases(t, measure, part), TERMS, t->x, t->y, t->cluster};
    regression fit;
    regression_term terms[TERMS];
    relcoord_status status = regression_fit(&data, REGRESSION_CR2, &fit, terms, err);
    size_t keys = status ? 0 : cases_begin_row(table, &t->r->cases, t->group);
    if (status)
        return status;
    table_set_string(table, keys, dimension_names[measure]);
    table_set_string(table, keys + 1, tie_part_names[part]);
    for (int w = 0; w < 2; w++)
        table_set_string(table, keys + 2 + (size_t)w, cases_label(waves[t->waves->waves[w]]));
    for (int control = 0; control < 2; control++)
        for (int later = 0; later < 2; later++)
            table_set_integer(table, keys + 4 + 2 * (size_t)control + (size_t)later,
                              t->n[!control][later]);
    table_set_integer(table, keys + 8, (int64_t)fit.clusters);
    table_set_string(table, keys + 17, "ols_cr2");
    if (fit.reason == REGRESSION_DONE)
        write_effect(table, t, keys, &fit, terms);
    else if (fit.reason == REGRESSION_CONSTANT)
        table_add_note(table, "all_equal");
    else
        table_add_note(table, "empty_cell");
    return RELCOORD_OK;
}

static relcoord_status write_group(relcoord_table *table, trial *t, uint32_t first, uint32_t end,
                                   relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    t->group = t->r->cases.row_group[first];
    list_cases(t, first, end);
    for (int measure = 0; measure < DIMENSION_COUNT; measure++)
        for (int part = 0; part < TIE_PARTS && !status && dimension_asked(t->r->survey, measure);
             part++) {
            status = options_progress(t->r->options, 0.5 + 0.5 * first / t->r->cases.row_count,
                                      err);
            if (!status)
                status = write_row(table, t, measure, (tie_part)part, err);
        }
    return status;
}

relcoord_status trial_write(relcoord_table *table, const run *r, const wave_pair *w,
                            relcoord_error *err)
{
    const cases *c = &r->cases;
    size_t people = c->row_start[c->row_count];
    trial t = {.r = r,
               .waves = w,
               .rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked)};
    relcoord_status status;
    if (!*options_text(r->options, "treatment"))
        return RELCOORD_OK;
    status = find_column(r, "treatment", "", &t.treatment, err);
    if (!status)
        status = find_treated(&t, err);
    if (!status)
        status = find_column(r, "assignment", "unit", &t.assignment, err);
    if (status)
        return status;
    t.cases = memory_new(people, sizeof *t.cases);
    t.x = memory_new(people * TERMS, sizeof *t.x);
    t.y = memory_new(people, sizeof *t.y);
    t.cluster = memory_new(people, sizeof *t.cluster);
    status = t.cases && t.x && t.y && t.cluster ? RELCOORD_OK : fail_memory(err);
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = write_group(table, &t, first, end, err);
    }
    memory_free(t.cases);
    memory_free(t.x);
    memory_free(t.y);
    memory_free(t.cluster);
    return status;
}
