/* Coupling competence (koblingskompetence): four functions of the same people, their weakest link
 * and how widely they are held (relcoord-methods(7), Coupling competence). The project's own
 * operationalisation, which every result says. */
#include "analyses/coupling/context.h"
#include "analyses/coupling/empty.h"
#include "analyses/coupling/forms.h"
#include "analyses/coupling/functions.h"
#include "analyses/coupling/indices.h"
#include "analyses/coupling/levels.h"
#include "analyses/coupling/pairs.h"
#include "analyses/coupling/precondition.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/resampling.h"

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
    if (!status)
        status = write_pairs(tables[TABLE_PAIRS], g, &all, err);
    if (!status) {
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
        table_explain_empty(tables[i], coupling_why_empty(r->survey, coupling_tables[i]->name));
        status = tables[i] ? status : fail_memory(err);
    }
    result_add_note(result, "coupling competence: relcoord's own operationalisation, not a "
                            "published, validated instrument");
    coupling_explain_unasked(result, &items);
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
        "coupling competence: the four functions, the weakest link, and how widely they are held",
    .needs = "a codebook with items of the scale coupling",
    .options = coupling_options,
    .option_count = sizeof coupling_options / sizeof *coupling_options,
    .tables = coupling_tables,
    .finish = coupling_finish,
    .takes_any_data = true,
    .unweighted = true,
};
