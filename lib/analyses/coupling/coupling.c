/* Coupling competence (koblingskompetence): four functions of the same people, their weakest link
 * and how widely they are held (relcoord-methods(7), Coupling competence). The project's own
 * operationalisation, which every result says. */
#include "analyses/coupling/coupling.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/resampling.h"
#include "stats/intervals/intervals.h"

/* ---- What it takes and gives ---- */

static const option_spec coupling_options[] = {
    CASE_OPTIONS,
    ESTIMATE_OPTIONS,
    {.name = "breadth_cut",
     .type = OPTION_NUMBER,
     .initial = "3.5",
     .minimum = -1000000,
     .maximum = 1000000,
     .help = "score, on the scale of the answers, at or above which somebody holds a function"},
    {.name = "strong_cut",
     .type = OPTION_NUMBER,
     .initial = "4",
     .minimum = 1,
     .maximum = 127,
     .help = "between workgroups, an rc above this is strong"},
    RESAMPLE_OPTIONS,
    THREAD_OPTION,
};

static const column_spec function_columns[] = {
    {"function", RELCOORD_STRING, RELCOORD_KEY,
     "function: bridge_builder, communicator, coordinator or cooperation"},
    {"level", RELCOORD_STRING, RELCOORD_KEY,
     "level of the items, or (total) for those of all levels"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "people with a score"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score, on the scale of the answers"},
    INTERVAL_COLUMNS,
    {"rescaled", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the mean from 0, the lowest answer, to 1, the highest"},
    {"items", RELCOORD_INTEGER, RELCOORD_COUNT, "items of the function"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "people who answered too few of the items"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation (n - 1) of people's scores"},
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the mean"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec function_views[] = {
    {VIEW_LIST, "Coupling competence by function", NULL,
     "function,level,items,n,left_out,mean,sd,ci_low,ci_high,rescaled,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec functions_table = {"functions", "one function, over all levels or at one",
                                    function_columns, function_views};
enum {
    FUNCTION_NAME,
    FUNCTION_LEVEL,
    FUNCTION_N,
    FUNCTION_MEAN,
    FUNCTION_LOW,
    FUNCTION_HIGH,
    FUNCTION_RESCALED,
    FUNCTION_ITEMS,
    FUNCTION_LEFT_OUT,
    FUNCTION_SD,
    FUNCTION_SE,
    FUNCTION_ESTIMATOR
};

static const table_spec *const coupling_tables[] = {&functions_table,
                                                    &coupling_indices_table,
                                                    &breadth_table,
                                                    &levels_table,
                                                    &gaps_table,
                                                    &pairs_table,
                                                    &states_table,
                                                    &zones_table,
                                                    &points_table,
                                                    &precondition_table,
                                                    &context_table,
                                                    &forms_table,
                                                    NULL};

/* ---- Functions ---- */

mean_interval coupling_interval(const group_summary *values, double confidence)
{
    mean_interval found = {NAN, NAN, NAN, NAN};
    double reach;
    if (!(values->n >= 2))
        return found;
    found.sd = sqrt(values->squares / (values->n - 1));
    found.se = found.sd / sqrt(values->n);
    reach = student_reach(confidence, values->n - 1) * found.se;
    found.low = values->mean - reach;
    found.high = values->mean + reach;
    return found;
}

void coupling_write_interval(relcoord_table *table, size_t column, const mean_interval *interval)
{
    table_set_number(table, column, interval->se);
    table_set_number(table, column + 1, interval->low);
    table_set_number(table, column + 2, interval->high);
    if (isnan(interval->se))
        table_add_note(table, "too_few");
}

static void write_mean(relcoord_table *table, size_t keys, const coupling_group *g,
                       const group_summary *scores)
{
    const coupling_scale *s = g->people->scale;
    mean_interval interval = coupling_interval(scores, options_number(g->r->options, "confidence"));
    table_set_number(table, keys + FUNCTION_MEAN, scores->mean);
    table_set_number(table, keys + FUNCTION_LOW, interval.low);
    table_set_number(table, keys + FUNCTION_HIGH, interval.high);
    table_set_number(table, keys + FUNCTION_RESCALED, (scores->mean - s->low) / (s->high - s->low));
    table_set_number(table, keys + FUNCTION_SD, interval.sd);
    table_set_number(table, keys + FUNCTION_SE, interval.se);
    if (isnan(interval.se))
        table_add_note(table, "too_few");
}

static void write_function(relcoord_table *table, const coupling_group *g, int function,
                           size_t column)
{
    const coupling_scale *s = g->people->scale;
    size_t keys = cases_begin_row(table, &g->r->cases, g->group), n = 0;
    group_summary scores;
    for (uint32_t m = 0; m < g->people->members.count; m++) {
        double mean = coupling_mean(g->people, m, column, function);
        if (!isnan(mean))
            g->room[n++] = mean;
    }
    scores = group_of_values(g->room, n);
    table_set_string(table, keys + FUNCTION_NAME, coupling_functions[function]);
    table_set_string(table, keys + FUNCTION_LEVEL, column ? s->levels[column - 1] : "(total)");
    table_set_integer(table, keys + FUNCTION_N, (int64_t)n);
    table_set_integer(table, keys + FUNCTION_ITEMS,
                      s->asked[column * FUNCTION_COUNT + (size_t)function]);
    table_set_integer(table, keys + FUNCTION_LEFT_OUT, (int64_t)(g->people->members.count - n));
    table_set_string(table, keys + FUNCTION_ESTIMATOR, "mean_t");
    if (n > 0)
        write_mean(table, keys, g, &scores);
    else
        table_add_note(table, "empty");
    if (s->asked[column * FUNCTION_COUNT + (size_t)function] == 0)
        table_add_note(table, "not_asked");
}

void write_functions(relcoord_table *table, const coupling_group *g)
{
    for (int f = 0; f < FUNCTION_COUNT; f++)
        for (size_t column = 0; column < g->people->columns; column++)
            write_function(table, g, f, column);
}

/* ---- The whole ---- */

/* Its tables, in the order of coupling_tables. */
typedef enum coupling_table {
    TABLE_FUNCTIONS,
    TABLE_INDICES,
    TABLE_BREADTH,
    TABLE_LEVELS,
    TABLE_GAPS,
    TABLE_PAIRS,
    TABLE_STATES,
    TABLE_ZONES,
    TABLE_POINTS,
    TABLE_PRECONDITION,
    TABLE_CONTEXT,
    TABLE_FORMS,
    TABLE_COUNT
} coupling_table;

/* What people say of themselves. */
static relcoord_status write_competence(relcoord_table *const tables[], const coupling_group *g,
                                        relcoord_error *err)
{
    relcoord_status status = write_coupling_indices(tables[TABLE_INDICES], g, err);
    write_functions(tables[TABLE_FUNCTIONS], g);
    write_levels(tables[TABLE_LEVELS], g);
    if (!status)
        status = write_breadth(tables[TABLE_BREADTH], g, err);
    if (!status)
        status = write_gaps(tables[TABLE_GAPS], g, err);
    return status ? status : write_forms(tables[TABLE_FORMS], g, err);
}

/* What that has to do with relational coordination. */
static relcoord_status write_coordination(relcoord_table *const tables[], const coupling_group *g,
                                          relcoord_error *err)
{
    coupling_ties all = {.units = 1}, by_unit = {.units = 1};
    relcoord_status status = RELCOORD_OK;
    if (!g->r->survey->attributes[COLUMN_WORKGROUP].present)
        return RELCOORD_OK;
    status = coupling_ties_gather(g->r, &g->people->members, false, &all, err);
    if (!status)
        status = coupling_ties_gather(g->r, &g->people->members, true, &by_unit, err);
    if (!status) {
        write_pairs(tables[TABLE_PAIRS], g, &all);
        write_zones(tables[TABLE_ZONES], g, &all);
        status = write_states(tables[TABLE_STATES], g, &all, err);
    }
    if (!status)
        status = write_precondition(tables[TABLE_POINTS], tables[TABLE_PRECONDITION], g, &by_unit,
                                    err);
    if (!status)
        status = write_context(tables[TABLE_CONTEXT], g, err);
    coupling_ties_free(&all);
    coupling_ties_free(&by_unit);
    return status;
}

static relcoord_status write_group(relcoord_table *const tables[], const run *r,
                                   const coupling_scale *items, const uint32_t *zone_targets,
                                   uint32_t group, relcoord_error *err)
{
    coupling_people people;
    relcoord_status status = coupling_people_gather(r, items, group, &people, err);
    if (status)
        return status;
    coupling_group g = {r, group, &people, memory_new(people.members.count, sizeof *g.room),
                        zone_targets};
    if (!g.room)
        status = fail_memory(err);
    if (!status)
        status = write_competence(tables, &g, err);
    if (!status)
        status = write_coordination(tables, &g, err);
    memory_free(g.room);
    coupling_people_free(&people);
    return status;
}

static relcoord_status coupling_finish(void *state, const run *r, relcoord_result *result,
                                       relcoord_error *err)
{
    const cases *c = &r->cases;
    relcoord_table *tables[TABLE_COUNT];
    coupling_scale items;
    uint32_t *zone_targets;
    relcoord_status status = resampling_check(r, err);
    (void)state;
    if (!status)
        status = coupling_scale_find(r, &items, err);
    if (status)
        return status;
    zone_targets = coupling_zone_targets(r->survey);
    status = zone_targets ? RELCOORD_OK : fail_memory(err);
    for (int i = 0; i < TABLE_COUNT; i++) {
        tables[i] = result_add_table(result, coupling_tables[i], c->by_names, c->by_count);
        status = tables[i] ? status : fail_memory(err);
    }
    result_add_note(result, "coupling competence: relcoord's own operationalisation, not a "
                            "published, validated instrument");
    for (uint32_t group = 0; group < c->group_count && !status; group++) {
        status = options_progress(r->options, (double)group / c->group_count, err);
        if (!status)
            status = write_group(tables, r, &items, zone_targets, group, err);
    }
    memory_free(zone_targets);
    coupling_scale_free(&items);
    return status;
}

const analysis coupling_analysis = {
    .name = "coupling",
    .summary =
        "coupling competence: its four functions, the weakest link, and how widely they are held",
    .options = coupling_options,
    .option_count = sizeof coupling_options / sizeof *coupling_options,
    .tables = coupling_tables,
    .finish = coupling_finish,
    .takes_any_data = true,
    .unweighted = true,
};
