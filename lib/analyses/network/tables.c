/* The tables of workgroups, indices and cells of a network; that of dyads is in dyads.c. */
#include "analyses/network/tables.h"

#include <stdio.h>

#include "analyses/network/specs.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/intervals.h"
#include "stats/measures/scores.h"

/* ---- Notes ---- */

/* What is to be said of one of several bootstrap intervals in a row; how they were made is said
 * once. */
static void add_interval_notes(relcoord_table *table, const bootstrap_interval *interval,
                               const char *name)
{
    unsigned flags = interval->flags;
    for (const char *reason; (reason = resampling_next_reason(&flags)) != NULL;)
        table_add_named_note(table, reason, name);
}

/* ---- Workgroups ---- */

static const struct {
    const char *name;
    size_t column, low;
} node_measures[NODE_MEASURES] = {
    [NODE_IN] = {"in_strength", NODE_COLUMN_IN, NODE_COLUMN_INTERVALS},
    [NODE_OUT] = {"out_strength", NODE_COLUMN_IN + 1, NODE_COLUMN_INTERVALS + 2},
    [NODE_OWN] = {"own", NODE_COLUMN_IN + 2, NODE_COLUMN_INTERVALS + 4},
    [NODE_SILO] = {"silo", NODE_COLUMN_IN + 3, NODE_COLUMN_INTERVALS + 6},
    [NODE_IN_DEGREE] = {"in_degree", NODE_COLUMN_IN + 4, NODE_COLUMN_INTERVALS + 8},
    [NODE_OUT_DEGREE] = {"out_degree", NODE_COLUMN_IN + 5, NODE_COLUMN_INTERVALS + 10},
};

static void write_analytic(const network_findings *f, relcoord_table *table, size_t low,
                           const char *name, double value, const strength_error *e)
{
    double reach = student_reach(f->confidence, e->df) * e->se;
    table_set_number(table, low, value - reach);
    table_set_number(table, low + 1, value + reach);
    if (e->single)
        table_add_named_note(table, "single_rater_cells", name);
    else if (e->se == 0)
        table_add_named_note(table, "all_equal", name);
    else if (isnan(reach))
        table_add_named_note(table, "no_se", name);
    if (e->by_raters && !isnan(reach))
        table_add_named_note(table, "df_respondents", name);
}

static void write_resampled(relcoord_table *table, size_t low, const char *name,
                            const bootstrap_interval *interval)
{
    table_set_number(table, low, interval->low);
    table_set_number(table, low + 1, interval->high);
    add_interval_notes(table, interval, name);
}

static void write_measures(const network_findings *f, relcoord_table *table, size_t keys,
                           uint32_t node)
{
    const double *values = f->values + (size_t)node * NODE_MEASURES;
    for (int m = 0; m < NODE_MEASURES; m++) {
        size_t low = keys + node_measures[m].low;
        if (isnan(values[m]))
            continue;
        if (m <= NODE_SILO)
            table_set_number(table, keys + node_measures[m].column, values[m]);
        else
            table_set_integer(table, keys + node_measures[m].column, (int64_t)values[m]);
        if (f->intervals)
            write_resampled(table, low, node_measures[m].name,
                            &f->intervals[(size_t)node * NODE_MEASURES + (size_t)m]);
        else if (m <= NODE_SILO)
            write_analytic(f, table, low, node_measures[m].name, values[m],
                           &f->errors[(size_t)node * STRENGTHS + (size_t)m]);
    }
    if (!f->intervals && !isnan(values[NODE_IN_DEGREE]))
        table_add_named_note(table, "no_analytic_ci", "degrees");
}

/* Why a workgroup has not all measures. */
static void explain_node(const network_findings *f, relcoord_table *table, const network_node *node,
                         const double *values)
{
    if (isnan(values[NODE_OWN]))
        table_add_note(table, "own_empty");
    if (!node->rated)
        table_add_note(table, "not_rated");
    else if (isnan(values[NODE_IN]))
        table_add_note(table, "in_empty");
    if (!node->rates)
        table_add_note(table, "not_rating");
    else if (isnan(values[NODE_OUT]))
        table_add_note(table, "out_empty");
    if (node->number != NO_NODE && isnan(f->cut))
        table_add_note(table, "no_cut");
}

/* Counts, by number in the square part, the known cells that a workgroup rates or is rated in. */
static void count_known(const network_findings *f, size_t *known)
{
    const network_shape *s = &f->g->shape;
    for (size_t a = 0; a < s->arcs; a++) {
        if (isnan(f->scratch->arc_values[a]))
            continue;
        known[s->from[a]]++;
        known[s->to[a]]++;
    }
}

static void write_node(const network_findings *f, relcoord_table *table, uint32_t i,
                       const size_t *known)
{
    const char *const *labels = f->g->r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    const network_node *node = &f->g->nodes[i];
    const node_sums *sums = &f->scratch->sums[i];
    size_t keys = cases_begin_row(table, &f->g->r->cases, f->group);
    bool inside = node->number != NO_NODE;
    table_set_string(table, keys, labels[node->label]);
    table_set_string(table, keys + NODE_COLUMN_INSIDE, inside ? "yes" : "no");
    table_set_integer(table, keys + NODE_COLUMN_INSIDE + 1, node->respondents);
    table_set_integer(table, keys + NODE_COLUMN_INSIDE + 2, (int64_t)sums->in_count);
    table_set_integer(table, keys + NODE_COLUMN_INSIDE + 3, (int64_t)sums->out_count);
    table_set_string(table, keys + NODE_COLUMN_ESTIMATOR, "mean_cr2");
    explain_node(f, table, node, f->values + (size_t)i * NODE_MEASURES);
    if (inside && !isnan(f->cut) && known[node->number] < 2 * ((size_t)f->g->shape.nodes - 1))
        table_add_note(table, "unknown_cells"); /* degrees are the least that they can be */
    if (f->intervals) /* the method's name alone: what is to be said of each interval follows */
        resampling_add_notes(table, f->g->r,
                             &(bootstrap_interval){.low = 0, .high = 0, .flags = 0});
    write_measures(f, table, keys, i);
}

relcoord_status network_write_workgroups(const network_findings *f, relcoord_table *table,
                                         relcoord_error *err)
{
    size_t *known = memory_zeroed(f->g->shape.nodes, sizeof *known);
    if (!known)
        return fail_memory(err);
    count_known(f, known);
    for (uint32_t i = 0; i < f->g->node_count; i++)
        write_node(f, table, i, known);
    memory_free(known);
    return RELCOORD_OK;
}

/* ---- Indices ---- */

/* Why an index has no value. */
enum reason {
    ALL_UNKNOWN,
    NO_EDGES,
    NO_STRONG_TIES,
    OWN_EMPTY,
    NO_EFFECTS,
    INCOMPLETE,
    TOO_FEW_WORKGROUPS,
    NO_CUT
};
static const struct {
    enum reason reason;
    const char *code;
} reasons[] = {{ALL_UNKNOWN, "all_unknown"},
               {NO_EDGES, "no_edges"},
               {NO_STRONG_TIES, "no_strong_ties"},
               {OWN_EMPTY, "own_empty"},
               {NO_EFFECTS, "no_effects"},
               {INCOMPLETE, "incomplete"},
               {TOO_FEW_WORKGROUPS, "too_few_workgroups"},
               {NO_CUT, "no_cut"}};

/* What an index is over, and why it may have no value where there are edges and workgroups
 * enough. */
static const struct {
    const char *name, *estimator;
    enum reason reason;
    bool of_edges; /* needs a cut */
    enum {
        OVER_CELLS,
        OVER_PAIRS,
        OVER_ALL_PAIRS,
        OVER_ASYMMETRIC,
        OVER_WORKGROUPS,
        OVER_TIES,
        OVER_STRONG_TIES
    } over;
} indices[INDEX_COUNT] = {
    [INDEX_DENSITY] = {"density", "network_cells", ALL_UNKNOWN, true, OVER_CELLS},
    [INDEX_WEIGHTED_DENSITY] = {"weighted_density", "network_cells", ALL_UNKNOWN, false,
                                OVER_CELLS},
    [INDEX_MUTUAL] = {"mutual", "network_cells", ALL_UNKNOWN, true, OVER_PAIRS},
    [INDEX_ASYMMETRIC] = {"asymmetric", "network_cells", ALL_UNKNOWN, true, OVER_PAIRS},
    [INDEX_NULL] = {"null", "network_cells", ALL_UNKNOWN, true, OVER_PAIRS},
    [INDEX_UNKNOWN] = {"unknown", "network_cells", ALL_UNKNOWN, false, OVER_ALL_PAIRS},
    [INDEX_RECIPROCITY] = {"reciprocity", "network_cells", NO_EDGES, true, OVER_ASYMMETRIC},
    [INDEX_CENTRALISATION] = {"in_centralisation", "network_cells", ALL_UNKNOWN, true,
                              OVER_WORKGROUPS},
    [INDEX_PARTS] = {"parts", "network_cells", ALL_UNKNOWN, true, OVER_WORKGROUPS},
    [INDEX_EI] = {"ei_index", "network_ties", NO_STRONG_TIES, true, OVER_STRONG_TIES},
    [INDEX_EI_EXPECTED] = {"ei_expected", "network_ties", OWN_EMPTY, false, OVER_TIES},
    [INDEX_DIFFERENCE] = {"absolute_difference", "network_cells", ALL_UNKNOWN, false, OVER_PAIRS},
    [INDEX_GENERALISED] = {"generalised_reciprocity", "social_relations_anova", NO_EFFECTS, false,
                           OVER_WORKGROUPS},
    [INDEX_DYADIC] = {"dyadic_reciprocity", "social_relations_anova", NO_EFFECTS, false,
                      OVER_WORKGROUPS},
    [INDEX_ACTOR] = {"actor_variance", "social_relations_anova", NO_EFFECTS, false,
                     OVER_WORKGROUPS},
    [INDEX_PARTNER] = {"partner_variance", "social_relations_anova", NO_EFFECTS, false,
                       OVER_WORKGROUPS},
    [INDEX_RELATIONSHIP] = {"relationship_variance", "social_relations_anova", NO_EFFECTS, false,
                            OVER_WORKGROUPS},
};

/* Ties of the square part and its diagonal, scored and strong. */
static void count_ties(const network_findings *f, double *scored, double *strong, double *asked)
{
    *scored = *strong = *asked = 0;
    for (uint32_t i = 0; i < f->g->cell_count; i++) {
        const network_cell *c = &f->g->cells[i];
        if (f->g->nodes[c->from].number == NO_NODE || f->g->nodes[c->to].number == NO_NODE)
            continue;
        *scored += f->scratch->cells.scored[i];
        *strong += f->scratch->cells.strong[i];
        *asked += (double)c->of->asked;
    }
}

static void write_base(const network_findings *f, relcoord_table *table, size_t keys, int index)
{
    const network_measures *m = &f->scratch->measures;
    double n = 0, left_out = 0, scored, strong, asked;
    count_ties(f, &scored, &strong, &asked);
    switch (indices[index].over) {
    case OVER_CELLS: n = m->known, left_out = m->possible - m->known; break;
    case OVER_PAIRS: n = m->pairs - m->unknown, left_out = m->unknown; break;
    case OVER_ALL_PAIRS: n = m->pairs; break;
    case OVER_ASYMMETRIC: n = m->mutual + m->asymmetric, left_out = m->unknown; break;
    case OVER_WORKGROUPS: n = f->g->shape.nodes, left_out = f->g->node_count - n; break;
    case OVER_TIES: n = scored, left_out = asked - scored; break;
    case OVER_STRONG_TIES: n = strong, left_out = asked - scored; break;
    }
    table_set_integer(table, keys + INDEX_COLUMN_N, (int64_t)n);
    table_set_integer(table, keys + INDEX_COLUMN_N + 1, (int64_t)left_out);
}

/* Why the social relations model, or one of its figures, is not there. */
static enum reason explain_relations(const network_findings *f, int index)
{
    if (f->g->shape.nodes < SOCIAL_RELATIONS_LEAST)
        return TOO_FEW_WORKGROUPS;
    if (f->scratch->measures.known < f->scratch->measures.possible)
        return INCOMPLETE;
    return indices[index].reason;
}

static enum reason explain_index(const network_findings *f, int index)
{
    if (f->g->shape.nodes < 2)
        return TOO_FEW_WORKGROUPS;
    if (indices[index].of_edges && isnan(f->cut))
        return NO_CUT;
    if (index >= INDEX_GENERALISED)
        return explain_relations(f, index);
    if (index == INDEX_EI
        && isnan(f->values[(size_t)f->g->node_count * NODE_MEASURES + INDEX_EI_EXPECTED]))
        return OWN_EMPTY;
    return indices[index].reason;
}

static void add_reason(relcoord_table *table, enum reason reason)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].reason == reason)
            table_add_note(table, reasons[i].code);
}

/* What a value has to be read with. */
static void qualify_index(const network_findings *f, relcoord_table *table, int index, double value)
{
    bool counted = index == INDEX_CENTRALISATION || index == INDEX_PARTS;
    if (counted && f->scratch->measures.known < f->scratch->measures.possible)
        table_add_note(table, "unknown_cells");
    if (index == INDEX_DIFFERENCE)
        table_add_note(table, "biased_by_noise");
    if (index == INDEX_GENERALISED && fabs(value) > 1)
        table_add_note(table, "beyond_one");
    if (index >= INDEX_ACTOR && value < 0)
        table_add_note(table, "negative_variance");
    if (!f->intervals)
        table_add_note(table, "no_analytic_ci");
}

void network_write_indices(const network_findings *f, relcoord_table *table)
{
    const double *values = f->values + (size_t)f->g->node_count * NODE_MEASURES;
    const bootstrap_interval *intervals =
        f->intervals ? f->intervals + (size_t)f->g->node_count * NODE_MEASURES : NULL;
    for (int i = 0; i < INDEX_COUNT; i++) {
        size_t keys = cases_begin_row(table, &f->g->r->cases, f->group);
        table_set_string(table, keys, indices[i].name);
        table_set_number(table, keys + 1, values[i]);
        write_base(f, table, keys, i);
        table_set_string(table, keys + INDEX_COLUMN_N + 2, indices[i].estimator);
        if (isnan(values[i])) {
            add_reason(table, explain_index(f, i));
            continue;
        }
        qualify_index(f, table, i, values[i]);
        if (!intervals)
            continue;
        table_set_number(table, keys + 2, intervals[i].low);
        table_set_number(table, keys + 3, intervals[i].high);
        resampling_add_notes(table, f->g->r, &intervals[i]);
    }
}

/* ---- Cells ---- */

void network_write_cells(const network_findings *f, relcoord_table *table)
{
    const char *const *labels = f->g->r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    for (size_t a = 0; a < f->g->shape.arcs; a++) {
        const network_cell *c = &f->g->cells[f->g->arc_cells[a]];
        const moments *m = &c->of->measures[DIMENSION_RC];
        size_t keys = cases_begin_row(table, &f->g->r->cases, f->group);
        double mean = f->scratch->arc_values[a],
               se = moments_sd(m, SCORE_UNIT) / sqrt((double)m->n);
        double reach = student_reach(f->confidence, (double)m->n - 1) * se;
        table_set_string(table, keys, labels[f->g->nodes[c->from].label]);
        table_set_string(table, keys + 1, labels[f->g->nodes[c->to].label]);
        table_set_number(table, keys + 2, mean);
        table_set_integer(table, keys + 3, m->n);
        table_set_number(table, keys + 4, se);
        table_set_number(table, keys + 5, mean - reach);
        table_set_number(table, keys + 6, mean + reach);
        table_set_string(table, keys + 8, "mean_t");
        if (m->n > 0 && !isnan(f->cut))
            table_set_integer(table, keys + 7, f->scratch->arc_strong[a]);
        if (m->n == 0)
            table_add_note(table, "empty");
        else if (m->n == 1)
            table_add_note(table, "too_few");
        else if (se == 0)
            table_add_note(table, "all_equal");
        if (m->n > 0 && isnan(f->cut))
            table_add_note(table, "no_cut");
    }
}
