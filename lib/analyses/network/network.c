/* The network of workgroups: who is tied to whom, how strongly, both ways or one, and how the whole
 * hangs together (relcoord-methods(7), Networks). From the cells of the matrix; measures are
 * stats/measures/network.h and stats/variance/social_relations.h. */
#include "analyses/network/specs.h"
#include "analyses/network/tables.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/estimates.h"
#include "stats/measures/scores.h"

enum { SCALE_OF_CUT = 5 };

static const option_spec network_options[] = {
    CASE_OPTIONS, ESTIMATE_OPTIONS, BETWEEN_STRONG_OPTION, RESAMPLE_OPTIONS, THREAD_OPTION,
};

/* The cut above which a cell is an edge; NaN where the default is not for the answers' scale. */
static double read_cut(const run *r, relcoord_result *result)
{
    double cut = options_number(r->options, "between_strong");
    if (r->survey->scale_top != SCALE_OF_CUT
        && cut == options_initial(r->options, "between_strong")) {
        result_add_note(result, "no edges: the known cut applies to answers from 1 to 5, and these "
                                "end at another number");
        return NAN;
    }
    result_add_note(
        result,
        "an edge is a mean rc between workgroups above %g; the network is of those that both rate "
        "others and are rated, and cells that nobody has scored are unknown",
        cut);
    return cut;
}

/* ---- One group ---- */

/* The observed means and edges; sums are exact, so that a mean of 4 is never above 4. */
static void observe_cells(const network_group *g, double cut, network_cells *cells)
{
    for (uint32_t i = 0; i < g->cell_count; i++) {
        const moments *m = &g->cells[i].of->measures[DIMENSION_RC];
        cells->means[i] = m->n ? moments_mean(m, SCORE_UNIT) : NAN;
        cells->scored[i] = (double)m->n;
        cells->edges[i] = m->n > 0 && mean_is_above(cells->means[i], m, cut);
    }
}

static relcoord_status write_tables(const network_findings *f,
                                    relcoord_table *const tables[NETWORK_TABLES],
                                    relcoord_error *err)
{
    relcoord_status status = network_write_workgroups(f, tables[TABLE_WORKGROUPS], err);
    if (!status)
        status = network_write_dyads(f, tables[TABLE_DYADS], err);
    if (status)
        return status;
    network_write_indices(f, tables[TABLE_INDICES]);
    network_write_cells(f, tables[TABLE_CELLS]);
    return RELCOORD_OK;
}

/* What all groups of a run have in common. */
typedef struct networking {
    const run *r;
    const cell_state *cells;
    const uint32_t *row_cells;
    uint32_t *node_of;
    double cut;
    relcoord_table *tables[NETWORK_TABLES];
} networking;

static relcoord_status find_group(const networking *n, const network_group *g, uint32_t group,
                                  relcoord_error *err)
{
    size_t count = network_value_count(g);
    bool resampled = resampling_wanted(n->r);
    network_scratch scratch;
    void *block = memory_new(network_scratch_size(g), 1);
    double *values = memory_new(count, sizeof *values);
    strength_error *errors = memory_new((size_t)g->node_count * STRENGTHS, sizeof *errors);
    bootstrap_interval *intervals = memory_new(resampled ? count : 0, sizeof *intervals);
    network_findings f = {g,        group,  n->cut, options_number(n->r->options, "confidence"),
                          &scratch, values, errors, resampled ? intervals : NULL};
    bool made = block && values && errors && intervals;
    relcoord_status status = made ? RELCOORD_OK : fail_memory(err);
    if (!status) {
        network_scratch_cut(g, block, &scratch);
        observe_cells(g, n->cut, &scratch.cells);
        status = network_find_errors(g, &n->cells->rule, network_strong_score(n->cut),
                                     &scratch.cells, errors, err);
    }
    if (!status)
        network_evaluate(g, !isnan(n->cut), &scratch, values);
    if (!status && resampled)
        status = network_resample(g, &n->cells->rule, group, n->cut, intervals, err);
    if (!status)
        status = write_tables(&f, n->tables, err);
    memory_free(block);
    memory_free(values);
    memory_free(errors);
    memory_free(intervals);
    return status;
}

/* ---- All groups ---- */

static relcoord_status find_groups(const networking *n, relcoord_error *err)
{
    const cases *c = &n->r->cases;
    relcoord_status status = RELCOORD_OK;
    for (uint32_t group = 0, first = 0, end = 0; group < c->group_count && !status;
         group++, first = end) {
        network_group g;
        while (end < c->row_count && c->row_group[end] == group)
            end++;
        status = network_group_make(n->r, n->cells, n->row_cells, first, end, n->node_of, &g, err);
        if (status)
            return status;
        status = find_group(n, &g, group, err);
        network_group_free(&g);
    }
    return status;
}

static relcoord_status network_finish(void *state, const run *r, relcoord_result *result,
                                      relcoord_error *err)
{
    uint32_t *row_cells = NULL, labels = r->survey->attributes[COLUMN_WORKGROUP].labels.count;
    networking n = {.r = r, .cells = state, .node_of = memory_new(labels, sizeof *n.node_of)};
    relcoord_status status = n.node_of ? resampling_check(r, err) : fail_memory(err);
    if (!status)
        status = cells_sort(state, r, &row_cells, err);
    for (uint32_t i = 0; i < labels && !status; i++)
        n.node_of[i] = NO_NODE;
    for (int t = 0; t < NETWORK_TABLES && !status; t++) {
        n.tables[t] = result_add_table(result, network_tables[t], r->cases.by_names,
                                       r->cases.by_count);
        status = n.tables[t] ? RELCOORD_OK : fail_memory(err);
        table_explain_empty(n.tables[t], "no rows: fewer than two workgroups rate each other");
    }
    if (!status) {
        n.row_cells = row_cells;
        n.cut = read_cut(r, result);
        status = find_groups(&n, err);
    }
    memory_free(row_cells);
    memory_free(n.node_of);
    return status;
}

const analysis network_analysis = {
    .name = "network",
    .summary =
        "the network of workgroups: strength of ties, reciprocity, and the network as a whole",
    .options = network_options,
    .option_count = sizeof network_options / sizeof *network_options,
    .tables = network_tables,
    .start = cells_start,
    .add = cells_add,
    .merge = cells_merge,
    .finish = network_finish,
    .drop = cells_drop,
    .unweighted = true,
};
