#include "analyses/coupling/indices.h"

#include <math.h>

#include "analyses/coupling/empty.h"
#include "analyses/coupling/mean_interval.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/counts/rate.h"
#include "engine/resampling.h"
#include "stats/intervals/proportions.h"

#define COMPLETE_COLUMNS                                                                  \
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people with a score on all four functions"}, \
    {                                                                                     \
        "left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people without"                    \
    }

/* ---- Indices ---- */

static const column_spec index_columns[] = {
    {"index", RELCOORD_STRING, RELCOORD_KEY, "what is measured"},
    COMPLETE_COLUMNS,
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "its value: from 0 to 1, but spreads, which are on the scale of the answers"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "its standard error, where the interval's method has one"},
    INTERVAL_COLUMNS,
    {"function", RELCOORD_STRING, RELCOORD_LABEL, "the function that is the weakest link"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec index_views[] = {
    {VIEW_LIST, "Coupling competence overall", NULL,
     "index,n,left_out,value,ci_low,ci_high,function,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec coupling_indices_table = {.name = "indices",
                                           .help = "one index of the four functions together",
                                           .columns = index_columns,
                                           .views = index_views};
enum {
    INDEX_NAME,
    INDEX_N,
    INDEX_LEFT_OUT,
    INDEX_VALUE,
    INDEX_SE,
    INDEX_LOW,
    INDEX_HIGH,
    INDEX_FUNCTION,
    INDEX_ESTIMATOR
};

/* The interval that an index has without resampling. */
typedef enum own_interval { INTERVAL_NONE, INTERVAL_MEAN, INTERVAL_SHARE } own_interval;

static const struct {
    coupling_index index;
    const char *name, *estimator;
    own_interval interval;
    coupling_own own;
} listed[] = {
    {COUPLING_WEAKEST, "weakest_link", "weakest_listwise", INTERVAL_NONE, OWN_COUNT},
    {COUPLING_SPREAD, "spread", "spread_listwise", INTERVAL_NONE, OWN_COUNT},
    {COUPLING_MEAN, "mean", "mean_t", INTERVAL_MEAN, OWN_MEAN},
    {COUPLING_GEOMETRIC, "geometric", "mean_t", INTERVAL_MEAN, OWN_GEOMETRIC},
    {COUPLING_ZEROS, "zero_share", "rate_wilson", INTERVAL_SHARE, OWN_COUNT},
    {COUPLING_OWN_WEAKEST, "own_weakest_link", "mean_t", INTERVAL_MEAN, OWN_WEAKEST},
    {COUPLING_OWN_SPREAD, "own_spread", "mean_t", INTERVAL_MEAN, OWN_SPREAD},
    {COUPLING_GINI, "gini", "gini_listwise", INTERVAL_NONE, OWN_COUNT},
};
enum { LISTED = sizeof listed / sizeof *listed };

/* Those with all four scores, and which members they are. */
typedef struct complete_people {
    coupling_sample sample;
    uint32_t *member;
} complete_people;

static void free_complete(complete_people *c)
{
    coupling_sample_free(&c->sample);
    memory_free(c->member);
}

static relcoord_status find_complete(const coupling_people *p, complete_people *c,
                                     relcoord_error *err)
{
    double *scores = memory_new(p->members.count, FUNCTION_COUNT * sizeof *scores);
    size_t n = 0;
    relcoord_status status;
    *c = (complete_people){.member = memory_new(p->members.count, sizeof *c->member)};
    status = scores && c->member ? RELCOORD_OK : fail_memory(err);
    for (uint32_t m = 0; m < p->members.count && !status; m++)
        if (coupling_all(p, m, scores + n * FUNCTION_COUNT))
            c->member[n++] = m;
    if (!status)
        status = coupling_sample_make(scores, n, p->scale->low, p->scale->high, &c->sample, err);
    memory_free(scores);
    return status;
}

static relcoord_status evaluate_indices(const void *context, const double *weights, void *scratch,
                                        double *values, relcoord_error *err)
{
    const complete_people *c = context;
    double *own = scratch;
    (void)err;
    for (size_t i = 0; i < c->sample.n; i++)
        own[i] = weights[c->member[i]];
    coupling_indices(&c->sample, own, values);
    return RELCOORD_OK;
}

static void write_own_interval(relcoord_table *table, size_t keys, const coupling_group *g,
                               const complete_people *c, size_t i, double value)
{
    double confidence = options_number(g->r->options, "confidence"), n = (double)c->sample.n;
    if (listed[i].interval == INTERVAL_MEAN && c->sample.n >= 2) {
        group_summary values;
        mean_interval interval;
        for (size_t person = 0; person < c->sample.n; person++)
            g->room[person] = c->sample.own[person * OWN_COUNT + (size_t)listed[i].own];
        values = group_of_values(g->room, c->sample.n);
        interval = coupling_interval(&values, confidence);
        coupling_write_interval(table, keys + INDEX_SE, &interval);
    } else if (listed[i].interval == INTERVAL_SHARE && c->sample.n >= 1) {
        proportion_interval interval = wilson_interval(round(value * n), n, 0, confidence);
        table_set_number(table, keys + INDEX_LOW, interval.low);
        table_set_number(table, keys + INDEX_HIGH, interval.high);
    } else {
        table_add_note(table, listed[i].interval == INTERVAL_NONE ? "no_analytic_ci" : "too_few");
    }
}

/* Names the function, and those that are as weak. */
static void name_weakest(relcoord_table *table, size_t keys, const complete_people *c)
{
    double means[FUNCTION_COUNT];
    int weakest;
    if (coupling_weakest(&c->sample, NULL, means, &weakest) > 0)
        table_add_note(table, "tied");
    table_set_string(table, keys + INDEX_FUNCTION, coupling_functions[weakest]);
}

static void write_index(relcoord_table *table, const coupling_group *g, const complete_people *c,
                        size_t i, double value, const bootstrap_interval *resampled)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    table_set_string(table, keys + INDEX_NAME, listed[i].name);
    table_set_integer(table, keys + INDEX_N, (int64_t)c->sample.n);
    table_set_integer(table, keys + INDEX_LEFT_OUT,
                      (int64_t)(g->people->members.count - c->sample.n));
    table_set_number(table, keys + INDEX_VALUE, value);
    table_set_string(table, keys + INDEX_ESTIMATOR, listed[i].estimator);
    if (c->sample.n == 0) {
        if (!coupling_note_unasked(table, g->people->scale))
            table_add_note(table, "empty");
        return;
    }
    if (listed[i].index == COUPLING_WEAKEST)
        name_weakest(table, keys, c);
    if (!resampled) {
        write_own_interval(table, keys, g, c, i, value);
        return;
    }
    table_set_number(table, keys + INDEX_SE, resampled->se);
    table_set_number(table, keys + INDEX_LOW, resampled->low);
    table_set_number(table, keys + INDEX_HIGH, resampled->high);
    resampling_add_notes(table, g->r, resampled);
}

relcoord_status write_coupling_indices(relcoord_table *table, const coupling_group *g,
                                       relcoord_error *err)
{
    complete_people c;
    bootstrap_interval intervals[COUPLING_COUNT];
    double values[COUPLING_COUNT];
    relcoord_status status = find_complete(g->people, &c, err);
    bool resampled = resampling_wanted(g->r) && !status && c.sample.n > 0;
    if (resampled) {
        double groups = g->r->cases.group_count;
        resampling_statistics statistics = {evaluate_indices,
                                            &c,
                                            COUPLING_COUNT,
                                            c.sample.n * sizeof(double),
                                            {g->group / groups, (g->group + 1) / groups}};
        status = resampling_intervals(g->r, &g->people->members, &statistics, intervals, err);
    }
    if (!status)
        coupling_indices(&c.sample, NULL, values);
    for (size_t i = 0; i < LISTED && !status; i++)
        write_index(table, g, &c, i, values[listed[i].index],
                    resampled ? &intervals[listed[i].index] : NULL);
    free_complete(&c);
    return status;
}

/* ---- Breadth ---- */

static const column_spec breadth_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup, or (total)"},
    {"role", RELCOORD_STRING, RELCOORD_KEY, "role, or (total)"},
    COMPLETE_COLUMNS,
    {"holders", RELCOORD_INTEGER, RELCOORD_COUNT, "those who reach the cut on all four"},
    {"percent", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "holders, per cent of n"},
    RATE_COLUMNS,
    {NULL, 0, 0, NULL},
};
static const view_spec breadth_views[] = {
    {VIEW_LIST, "Who holds all four functions", NULL,
     "workgroup,role,n,left_out,holders,percent,ci_low,ci_high,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec breadth_table = {
    .name = "breadth",
    .help = "how many of one workgroup and role hold all four functions",
    .columns = breadth_columns,
    .views = breadth_views};

typedef struct breadth_count {
    int64_t n, left_out, holders;
} breadth_count;

static void count_breadth(const coupling_people *p, uint32_t member, double cut,
                          breadth_count *count)
{
    double scores[FUNCTION_COUNT];
    bool holds = true;
    if (!coupling_all(p, member, scores)) {
        count->left_out++;
        return;
    }
    for (int f = 0; f < FUNCTION_COUNT; f++)
        holds = holds && coupling_reaches(p, member, f, cut);
    count->n++;
    count->holders += holds;
}

static void write_breadth_row(relcoord_table *table, const coupling_group *g, const char *workgroup,
                              const char *role, const breadth_count *count, bool lowest)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group);
    table_set_string(table, keys, workgroup);
    table_set_string(table, keys + 1, role);
    table_set_integer(table, keys + 2, count->n);
    table_set_integer(table, keys + 3, count->left_out);
    table_set_integer(table, keys + 4, count->holders);
    if (!coupling_note_unasked(table, g->people->scale))
        rate_write(table, keys + 5, g->r, count->holders, count->n);
    if (lowest && count->n > 0)
        table_add_note(table, "lowest");
}

/* Whether a smaller share, exactly. */
static bool is_lower(const breadth_count *a, const breadth_count *b)
{
    return a->n > 0 && (b->n == 0 || a->holders * b->n < b->holders * a->n);
}

static uint32_t labels_of(const attribute *a)
{
    return a->present && !a->multiple ? a->labels.count : 1;
}

static uint32_t label_of(const attribute *a, uint32_t participation)
{
    return a->present && !a->multiple ? a->values[participation] : 0;
}

static const char *name_of(const attribute *a, uint32_t label)
{
    return a->present && !a->multiple ? cases_label(a->labels.names[label]) : "(total)";
}

relcoord_status write_breadth(relcoord_table *table, const coupling_group *g, relcoord_error *err)
{
    const relcoord_survey *s = g->r->survey;
    const attribute *workgroups = &s->attributes[COLUMN_WORKGROUP],
                    *roles = &s->attributes[COLUMN_ROLE];
    size_t role_count = labels_of(roles), count = role_count * labels_of(workgroups);
    double cut = options_number(g->r->options, "breadth_cut");
    breadth_count all = {0, 0, 0}, least = {0, 0, 0},
                  *counts = memory_zeroed(count, sizeof *counts);
    if (!counts)
        return fail_memory(err);
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        uint32_t p = g->people->members.participations[m];
        count_breadth(g->people, m, cut, &all);
        count_breadth(g->people, m, cut,
                      &counts[label_of(workgroups, p) * role_count + label_of(roles, p)]);
    }
    for (size_t i = 0; i < count; i++)
        least = is_lower(&counts[i], &least) ? counts[i] : least;
    write_breadth_row(table, g, "(total)", "(total)", &all, false);
    for (size_t i = 0; i < count && count > 1; i++)
        if (counts[i].n + counts[i].left_out > 0)
            write_breadth_row(table, g, name_of(workgroups, (uint32_t)(i / role_count)),
                              name_of(roles, (uint32_t)(i % role_count)), &counts[i],
                              counts[i].n > 0 && !is_lower(&least, &counts[i]));
    memory_free(counts);
    return RELCOORD_OK;
}
