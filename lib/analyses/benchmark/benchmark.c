/* Benchmark: how each unit stands among the others (relcoord-methods(7), Benchmark). A person is
 * one value, the mean over the ties of a part. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/people.h"
#include "stats/measures/standing.h"
#include "stats/variance/oneway.h"

/* ---- What it takes and gives ---- */

static const option_spec benchmark_options[] = {
    CASE_OPTIONS,
    MIN_SHARE_OPTION,
    {.name = "grouping",
     .type = OPTION_TEXT,
     .initial = "",
     .help = "what the units are: unit, workgroup, role, level, or a grouping of the codebook; "
             "empty: unit, or workgroup without any"},
    THREAD_OPTION,
};

static const column_spec standing_columns[] = {
    {"unit", RELCOORD_STRING, RELCOORD_KEY, "the unit, or a group of the grouping"},
    {"index", RELCOORD_STRING, RELCOORD_KEY,
     "one of the seven dimensions, communication, relationship or rc"},
    PART_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the unit, each with the mean over the ties"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "their mean"},
    MEAN_ERROR_COLUMN,
    {"percentile_rank", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "per cent of the other units that are below, equal ones as half"},
    {"mean_shrunk", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "empirical Bayes mean: shrunk towards the mean of all units, the more so the fewer its "
     "people"},
    {"funnel95_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "lower funnel limit: chance alone keeps 95 of 100 units of its size inside"},
    {"funnel95_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper limit of the same"},
    {"funnel998_low", RELCOORD_NUMBER, RELCOORD_INTERVAL,
     "lower outer funnel limit: chance alone keeps 998 of 1000 units of its size inside"},
    {"funnel998_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper limit of the same"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec standing_views[] = {
    {VIEW_LIST, "How units compare (rc)", "index=rc",
     "unit,part,n,mean,se,percentile_rank,mean_shrunk,funnel95_low,funnel95_high,note", NULL, NULL},
    {VIEW_PIVOT, "Mean of each unit", NULL, "unit,part", "index", "mean"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec standings_table = {.name = "standings",
                                           .help = "how one unit compares with the others",
                                           .columns = standing_columns,
                                           .views = standing_views};
static const table_spec *const benchmark_tables[] = {&standings_table, NULL};

/* ---- Units ---- */

/* What is known of the units of one measure and part; by label of the grouping, then of those that
 * are there. */
typedef struct unit_list {
    const attribute *of;
    score_rule rule;
    double *values;   /* by member */
    uint32_t *units;  /* by member */
    uint32_t *labels; /* of the units that are there */
    group_summary *all, *there;
    double *means, *ranks;
    size_t count;
} unit_list;

static bool unit_list_make(unit_list *u, const run *r)
{
    size_t people = r->cases.row_start[r->cases.row_count], labels = u->of->labels.count;
    u->rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked);
    u->values = memory_new(people, sizeof *u->values);
    u->units = memory_new(people, sizeof *u->units);
    u->labels = memory_new(labels, sizeof *u->labels);
    u->all = memory_new(labels, sizeof *u->all);
    u->there = memory_new(labels, sizeof *u->there);
    u->means = memory_new(labels, sizeof *u->means);
    u->ranks = memory_new(labels, sizeof *u->ranks);
    return u->values && u->units && u->labels && u->all && u->there && u->means && u->ranks;
}

static void unit_list_free(unit_list *u)
{
    memory_free(u->values);
    memory_free(u->units);
    memory_free(u->labels);
    memory_free(u->all);
    memory_free(u->there);
    memory_free(u->means);
    memory_free(u->ranks);
}

/* Sums the people of rows first … end - 1 by unit, and lists the units that have any. */
static void gather_units(unit_list *u, const run *r, uint32_t first, uint32_t end, int measure,
                         tie_part part)
{
    const cases *c = &r->cases;
    size_t count = 0;
    memset(u->all, 0, u->of->labels.count * sizeof *u->all);
    for (size_t i = c->row_start[first]; i < c->row_start[end]; i++) {
        uint32_t unit = person_group(u->of, c->members[i]);
        double value = unit == NO_ROW ? NAN
                                      : person_mean(r, &u->rule, c->members[i], measure, part);
        if (isnan(value))
            continue;
        u->values[count] = value;
        u->units[count++] = unit;
        u->all[unit].n++;
        u->all[unit].mean += value;
    }
    u->count = 0;
    for (uint32_t unit = 0; unit < u->of->labels.count; unit++)
        if (u->all[unit].n > 0)
            u->all[unit].mean /= u->all[unit].n;
    for (size_t i = 0; i < count; i++) {
        double away = u->values[i] - u->all[u->units[i]].mean;
        u->all[u->units[i]].squares += fabs(away) > 1e-13 * fabs(u->values[i]) ? away * away : 0;
    }
    for (uint32_t unit = 0; unit < u->of->labels.count; unit++)
        if (u->all[unit].n > 0) {
            u->labels[u->count] = unit;
            u->means[u->count] = u->all[unit].mean;
            u->there[u->count++] = u->all[unit];
        }
}

/* ---- Standings ---- */

static double shrink_mean(const oneway *fit, const group_summary *g)
{
    double between = fit->tau2 * g->n;
    return between + fit->sigma2 > 0
               ? fit->mean + between / (between + fit->sigma2) * (g->mean - fit->mean)
               : NAN;
}

static void write_funnel(relcoord_table *table, size_t column, const funnel *f,
                         const group_summary *g)
{
    double near = funnel_reach(f, g->n, 0.95), far = funnel_reach(f, g->n, 0.998),
           away = fabs(g->mean - f->centre);
    if (f->sd == 0)
        table_add_named_note(table, "all_equal", "funnel");
    if (!(f->sd > 0))
        return;
    table_set_number(table, column, f->centre - near);
    table_set_number(table, column + 1, f->centre + near);
    table_set_number(table, column + 2, f->centre - far);
    table_set_number(table, column + 3, f->centre + far);
    if (away > far)
        table_add_note(table, "far_outside_funnel");
    else if (away > near)
        table_add_note(table, "outside_funnel");
}

static void write_standing(relcoord_table *table, const unit_list *u, size_t i, const oneway *fit,
                           const funnel *f, size_t column)
{
    const group_summary *g = &u->there[i];
    table_set_integer(table, column, (int64_t)g->n);
    table_set_number(table, column + 1, g->mean);
    table_set_number(table, column + 2, g->n > 1 ? sqrt(g->squares / (g->n - 1) / g->n) : NAN);
    table_set_number(table, column + 3, u->ranks[i]);
    table_set_number(table, column + 4, shrink_mean(fit, g));
    if (g->n < 2)
        table_add_note(table, "too_few");
    if (u->count < 2)
        table_add_note(table, "no_other_unit");
    if (fit->notes & ONEWAY_BOUNDARY)
        table_add_note(table, "units_alike");
    if (isnan(shrink_mean(fit, g)) && u->count > 1 && g->n > 1)
        table_add_named_note(table, "all_equal", "mean_shrunk");
    write_funnel(table, column + 5, f, g);
}

static relcoord_status write_standings(relcoord_table *table, const run *r, const unit_list *u,
                                       uint32_t group, int measure, tie_part part,
                                       relcoord_error *err)
{
    oneway fit;
    funnel f = funnel_of(u->there, u->count);
    if (!oneway_fit(u->there, u->count, &fit) || !percentile_ranks(u->means, u->count, u->ranks))
        return fail_memory(err);
    for (size_t i = 0; i < u->count; i++) {
        size_t keys = cases_begin_row(table, &r->cases, group);
        table_set_string(table, keys, cases_label(u->of->labels.names[u->labels[i]]));
        table_set_string(table, keys + 1, dimension_names[measure]);
        table_set_string(table, keys + 2, tie_part_names[part]);
        write_standing(table, u, i, &fit, &f, keys + 3);
    }
    return RELCOORD_OK;
}

static relcoord_status write_group(relcoord_table *table, const run *r, unit_list *u,
                                   uint32_t first, uint32_t end, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    double from = 0.5 + 0.5 * first / r->cases.row_count,
           share = 0.5 * (end - first) / r->cases.row_count;
    for (int measure = 0; measure < DIMENSION_COUNT; measure++)
        for (int part = 0; part < TIE_PARTS && !status && dimension_asked(r->survey, measure);
             part++) {
            status = options_progress(r->options, from + share * measure / DIMENSION_COUNT, err);
            if (status)
                return status;
            gather_units(u, r, first, end, measure, (tie_part)part);
            status = write_standings(table, r, u, r->cases.row_group[first], measure,
                                     (tie_part)part, err);
        }
    return status;
}

/* ---- The whole ---- */

static relcoord_status find_units(const run *r, const attribute **out, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    const char *name = options_text(r->options, "grouping");
    size_t a = *name                                ? survey_find_attribute(s, name)
               : s->attributes[COLUMN_UNIT].present ? COLUMN_UNIT
                                                    : COLUMN_WORKGROUP;
    if (a == s->attribute_count || !s->attributes[a].present)
        return fail_option(err, "grouping",
                           "the data have no column '%.100s' whose groups could be compared", name);
    *out = &s->attributes[a];
    return RELCOORD_OK;
}

static relcoord_status benchmark_finish(void *state, const run *r, relcoord_result *result,
                                        relcoord_error *err)
{
    const cases *c = &r->cases;
    relcoord_table *table = result_add_table(result, &standings_table, c->by_names, c->by_count);
    unit_list u = {.of = NULL};
    relcoord_status status = table ? find_units(r, &u.of, err) : fail_memory(err);
    table_explain_empty(table, "no rows: nobody has a score");
    (void)state;
    if (status)
        return status;
    status = unit_list_make(&u, r) ? RELCOORD_OK : fail_memory(err);
    result_add_note(result, "a rank does not say how far units differ: see the funnel limits, "
                            "outside which chance alone puts 5 or 0.2 of 100 units");
    for (uint32_t first = 0, end; first < c->row_count && !status; first = end) {
        for (end = first; end < c->row_count && c->row_group[end] == c->row_group[first];)
            end++;
        status = write_group(table, r, &u, first, end, err);
    }
    unit_list_free(&u);
    return status;
}

const analysis benchmark_analysis = {
    .name = "benchmark",
    .summary =
        "how each unit compares with the others: percentile ranks, shrunken means, funnel limits",
    .options = benchmark_options,
    .option_count = sizeof benchmark_options / sizeof *benchmark_options,
    .tables = benchmark_tables,
    .finish = benchmark_finish,
    .unweighted = true,
};
