#include "analyses/compare/groups.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/people.h"
#include "stats/intervals/differences.h"
#include "stats/tests/kruskal.h"

/* ---- What they give ---- */

static const column_spec unit_columns[] = {
    {"wave", RELCOORD_STRING, RELCOORD_KEY, "wave of the answers"},
    DIMENSION_COLUMN,
    PART_COLUMN,
    {"test", RELCOORD_STRING, RELCOORD_KEY,
     "welch_anova: do means differ; kruskal_wallis: do ranks"},
    {"groups", RELCOORD_INTEGER, RELCOORD_COUNT, "groups that are compared"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people in them, each with the mean over the ties"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people without a score, in no group or in several"},
    {"statistic", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "F, or H corrected for ties"},
    {"df", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "degrees of freedom"},
    {"df_within", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "those of the denominator of F"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "p-value that all groups are alike"},
    {"effect", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "epsilon squared of the Kruskal-Wallis test, 0 to 1"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec unit_views[] = {
    {VIEW_LIST, "Do units differ (rc)?", "dimension=rc",
     "wave,part,test,groups,n,left_out,statistic,df,df_within,p,effect,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec unit_tests_table = {.name = "units",
                                     .help = "one test of whether units differ",
                                     .columns = unit_columns,
                                     .views = unit_views,
                                     .on_request = true,
                                     .things = "groups"};

static const column_spec target_columns[] = {
    {"wave", RELCOORD_STRING, RELCOORD_KEY, "wave of the answers"},
    RATER_COLUMN,
    DIMENSION_COLUMN,
    {"test", RELCOORD_STRING, RELCOORD_KEY, "friedman: do ranks differ"},
    {"groups", RELCOORD_INTEGER, RELCOORD_COUNT, "other workgroups that it rates"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people who rate all of them"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people who do not"},
    {"statistic", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "chi-square, corrected for ties"},
    {"df", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "degrees of freedom"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "p-value that all targets are rated alike"},
    {"effect", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "Kendall's W: how far people agree on the order, 0 to 1"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec target_views[] = {
    {VIEW_LIST, "Do people rate their targets differently (rc)?", "dimension=rc",
     "wave,workgroup,test,groups,n,left_out,statistic,df,p,effect,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec target_tests_table = {
    .name = "targets",
    .help = "one test of whether a workgroup rates the others differently",
    .columns = target_columns,
    .views = target_views,
    .on_request = true,
    .things = "groups"};

/* ---- What both walk over ---- */

/* The people of some rows in one wave. */
typedef struct wave_people {
    const run *r;
    score_rule rule;
    uint32_t group, wave; /* wave: NO_ROW where the data have none */
    uint32_t *members;
    size_t count;
} wave_people;

static void select_members(wave_people *w, uint32_t first, uint32_t end)
{
    const cases *c = &w->r->cases;
    const uint32_t *waves = w->r->survey->attributes[COLUMN_WAVE].values;
    w->count = 0;
    for (size_t i = c->row_start[first]; i < c->row_start[end]; i++)
        if (w->wave == NO_ROW || waves[c->members[i]] == w->wave)
            w->members[w->count++] = c->members[i];
}

static const char *wave_name(const wave_people *w)
{
    return w->wave == NO_ROW
               ? "(total)"
               : cases_label(w->r->survey->attributes[COLUMN_WAVE].labels.names[w->wave]);
}

static int32_t tie_score(const wave_people *w, uint32_t tie, int measure)
{
    return score_measure(w->r->survey->answers + (size_t)tie * ITEM_COUNT, &w->rule, measure);
}

/* A test on what select_members finds, wave by wave. */
typedef relcoord_status (*wave_test)(relcoord_table *table, const wave_people *w, void *context,
                                     relcoord_error *err);

static relcoord_status test_waves(relcoord_table *table, const run *r, uint32_t first, uint32_t end,
                                  wave_test test, void *context, relcoord_error *err)
{
    const attribute *waves = &r->survey->attributes[COLUMN_WAVE];
    uint32_t count = waves->present ? waves->labels.count : 1;
    wave_people w = {
        .r = r,
        .rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked),
        .group = r->cases.row_group[first]};
    relcoord_status status;
    w.members = memory_new(r->cases.row_start[end] - r->cases.row_start[first], sizeof *w.members);
    status = w.members ? RELCOORD_OK : fail_memory(err);
    for (uint32_t wave = 0; wave < count && !status; wave++) {
        w.wave = waves->present ? wave : NO_ROW;
        select_members(&w, first, end);
        status = options_progress(r->options, 0.5 + 0.5 * first / r->cases.row_count, err);
        if (!status && w.count > 0)
            status = test(table, &w, context, err);
    }
    memory_free(w.members);
    return status;
}

/* ---- Units ---- */

typedef struct unit_values {
    const attribute *of;
    double *values; /* room for all people */
    uint32_t *units;
    group_summary *groups;
} unit_values;

static size_t gather_units(const wave_people *w, const unit_values *v, int measure, tie_part part)
{
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        uint32_t p = w->members[i], unit = person_group(v->of, p);
        double mean = unit == NO_ROW ? NAN : person_mean(w->r, &w->rule, p, measure, part);
        if (isnan(mean))
            continue;
        v->values[count] = mean;
        v->units[count++] = unit;
    }
    return count;
}

/* Summaries of the units, whose values need not stand together. */
static void summarise_units(const unit_values *v, size_t count)
{
    uint32_t units = v->of->labels.count;
    memset(v->groups, 0, units * sizeof *v->groups);
    for (size_t i = 0; i < count; i++) {
        v->groups[v->units[i]].n++;
        v->groups[v->units[i]].mean += v->values[i];
    }
    for (uint32_t u = 0; u < units; u++)
        if (v->groups[u].n > 0)
            v->groups[u].mean /= v->groups[u].n;
    for (size_t i = 0; i < count; i++) {
        group_summary *g = &v->groups[v->units[i]];
        double away = v->values[i] - g->mean;
        g->squares += fabs(away) > 1e-13 * fabs(g->mean)
                          ? away * away
                          : 0; /* what rounding left of equal values is none */
    }
}

static size_t begin_unit_row(relcoord_table *table, const wave_people *w, int measure,
                             tie_part part, const char *test)
{
    size_t keys = cases_begin_row(table, &w->r->cases, w->group);
    table_set_string(table, keys, wave_name(w));
    table_set_string(table, keys + 1, dimension_names[measure]);
    table_set_string(table, keys + 2, tie_part_names[part]);
    table_set_string(table, keys + 3, test);
    return keys;
}

static void write_welch(relcoord_table *table, const wave_people *w, const unit_values *v,
                        int measure, tie_part part, size_t count)
{
    size_t left_out, keys = begin_unit_row(table, w, measure, part, "welch_anova"), n = 0;
    welch_anova a = welch_anova_of(v->groups, v->of->labels.count, &left_out);
    for (uint32_t u = 0; u < v->of->labels.count; u++)
        n += v->groups[u].n > 1 && v->groups[u].squares > 0 ? (size_t)v->groups[u].n : 0;
    table_set_integer(table, keys + 4, (int64_t)a.groups);
    table_set_integer(table, keys + 5, (int64_t)n);
    table_set_integer(table, keys + 6, (int64_t)(w->count - n));
    table_set_number(table, keys + 7, a.f);
    table_set_number(table, keys + 8, a.df_between);
    table_set_number(table, keys + 9, a.df_within);
    table_set_number(table, keys + 10, a.p);
    if (left_out > 0)
        table_add_note(table, "groups_without_variance");
    if (a.groups < 2)
        table_add_note(table, count > 0 ? "too_few" : "empty");
}

static void write_kruskal(relcoord_table *table, const wave_people *w, const rank_test *t,
                          int measure, tie_part part)
{
    size_t keys = begin_unit_row(table, w, measure, part, "kruskal_wallis");
    table_set_integer(table, keys + 4, (int64_t)t->groups);
    table_set_integer(table, keys + 5, (int64_t)t->n);
    table_set_integer(table, keys + 6, (int64_t)(w->count - t->n));
    table_set_number(table, keys + 7, t->statistic);
    table_set_number(table, keys + 8, t->df);
    table_set_number(table, keys + 10, t->p);
    table_set_number(table, keys + 11, t->effect);
    if (t->groups < 2)
        table_add_note(table, t->n > 0 ? "too_few" : "empty");
    else if (isnan(t->statistic))
        table_add_note(table, "all_equal");
}

static relcoord_status test_units(relcoord_table *table, const wave_people *w, void *context,
                                  relcoord_error *err)
{
    const unit_values *v = context;
    for (int measure = 0; measure < DIMENSION_COUNT; measure++)
        for (int part = 0; part < TIE_PARTS && dimension_asked(w->r->survey, measure); part++) {
            size_t count = gather_units(w, v, measure, (tie_part)part);
            rank_test t;
            relcoord_status status = options_progress(w->r->options,
                                                      0.5 + 0.4 * measure / DIMENSION_COUNT, err);
            if (status)
                return status;
            if (!kruskal_test(v->values, v->units, count, v->of->labels.count, &t))
                return fail_memory(err);
            summarise_units(v, count);
            write_welch(table, w, v, measure, (tie_part)part, count);
            write_kruskal(table, w, &t, measure, (tie_part)part);
        }
    return RELCOORD_OK;
}

static relcoord_status find_grouping(const run *r, const attribute **out, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const char *name = options_text(r->options, "grouping");
    size_t a = survey_find_attribute(s, name);
    bool asked = options_choice(r->options, "of") == 2 || strcmp(name, "unit") != 0;
    *out = a < s->attribute_count && s->attributes[a].present ? &s->attributes[a] : NULL;
    if (a == COLUMN_WAVE)
        return fail_option(err, "grouping", "waves cannot be units: each is tested separately");
    if (!*out && asked)
        return fail_option(err, "grouping",
                           "the data have no column '%.100s' whose groups could be compared", name);
    return RELCOORD_OK;
}

relcoord_status unit_tests_write(relcoord_table *table, const run *r, relcoord_error *err)
{
    const cases *c = &r->cases;
    unit_values v = {.of = NULL};
    relcoord_status status = find_grouping(r, &v.of, err);
    if (status || !v.of)
        return status;
    v.values = memory_new(c->row_start[c->row_count], sizeof *v.values);
    v.units = memory_new(c->row_start[c->row_count], sizeof *v.units);
    v.groups = memory_new(v.of->labels.count, sizeof *v.groups);
    status = v.values && v.units && v.groups ? RELCOORD_OK : fail_memory(err);
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = test_waves(table, r, first, end, test_units, &v, err);
    }
    memory_free(v.values);
    memory_free(v.units);
    memory_free(v.groups);
    return status;
}

/* ---- Targets ---- */

/* The targets that anybody among the people is asked about, but their own, with a column for
 * each. */
static uint32_t number_targets(const wave_people *w, uint32_t row, uint32_t *columns)
{
    const relcoord_survey *s = w->r->survey;
    uint32_t labels = s->attributes[COLUMN_WORKGROUP].labels.count, count = 0;
    for (uint32_t i = 0; i < labels; i++)
        columns[i] = NO_ROW;
    for (size_t i = 0; i < w->count; i++)
        for (uint32_t t = s->first_tie[w->members[i]];
             t < s->first_tie[w->members[i]] + s->tie_count[w->members[i]]; t++)
            if (s->target[t] != w->r->cases.row_workgroup[row] && columns[s->target[t]] == NO_ROW)
                columns[s->target[t]] = count++;
    return count;
}

/* Writes the scores of those who rate all; returns how many they are. */
static size_t gather_complete(const wave_people *w, const uint32_t *columns, uint32_t count,
                              int measure, double *values)
{
    const relcoord_survey *s = w->r->survey;
    size_t people = 0;
    for (size_t i = 0; i < w->count; i++) {
        uint32_t p = w->members[i], scored = 0;
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++) {
            int32_t score = columns[s->target[t]] == NO_ROW ? 0 : tie_score(w, t, measure);
            if (score > 0) {
                values[people * count + columns[s->target[t]]] = score;
                scored++;
            }
        }
        people += scored == count;
    }
    return people;
}

static void write_friedman(relcoord_table *table, const wave_people *w, uint32_t row, int measure,
                           const rank_test *t)
{
    size_t keys = cases_begin_row(table, &w->r->cases, w->group);
    table_set_string(table, keys, wave_name(w));
    table_set_string(table, keys + 1,
                     cases_label(w->r->survey->attributes[COLUMN_WORKGROUP]
                                     .labels.names[w->r->cases.row_workgroup[row]]));
    table_set_string(table, keys + 2, dimension_names[measure]);
    table_set_string(table, keys + 3, "friedman");
    table_set_integer(table, keys + 4, (int64_t)t->groups);
    table_set_integer(table, keys + 5, (int64_t)t->n);
    table_set_integer(table, keys + 6, (int64_t)(w->count - t->n));
    table_set_number(table, keys + 7, t->statistic);
    table_set_number(table, keys + 8, t->df);
    table_set_number(table, keys + 9, t->p);
    table_set_number(table, keys + 10, t->effect);
    if (t->groups < 2 || t->n == 0)
        table_add_note(table, "too_few");
    else if (isnan(t->statistic))
        table_add_note(table, "all_equal");
}

static relcoord_status test_targets(relcoord_table *table, const wave_people *w, void *context,
                                    relcoord_error *err)
{
    uint32_t row = *(const uint32_t *)context,
             *columns = memory_new(w->r->survey->attributes[COLUMN_WORKGROUP].labels.count,
                                   sizeof *columns);
    uint32_t count = columns ? number_targets(w, row, columns) : 0;
    double *values = memory_new((w->count + 1) * count, sizeof *values);
    relcoord_status status = columns && values ? RELCOORD_OK : fail_memory(err);
    for (int measure = 0; measure < DIMENSION_COUNT && !status; measure++) {
        rank_test t;
        if (!dimension_asked(w->r->survey, measure))
            continue;
        status = options_progress(w->r->options, 0.9, err);
        if (!status
            && !friedman_test(values, gather_complete(w, columns, count, measure, values), count,
                              &t))
            status = fail_memory(err);
        if (!status)
            write_friedman(table, w, row, measure, &t);
    }
    memory_free(columns);
    memory_free(values);
    return status;
}

relcoord_status target_tests_write(relcoord_table *table, const run *r, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (uint32_t row = 0; row < r->cases.row_count && !status; row++)
        status = test_waves(table, r, row, row + 1, test_targets, &row, err);
    return status;
}
