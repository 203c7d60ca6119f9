/* What a network comes to, as observed and in replicates; see values.h. */
#include "analyses/network/values.h"

#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/estimates.h"
#include "engine/resampling.h"
#include "engine/sorted.h"
#include "stats/measures/scores.h"

/* ---- Room ---- */

/* Doubles first, then what needs less alignment. */
static size_t double_count(const network_group *g)
{
    return 3 * (size_t)g->cell_count + g->shape.arcs + 2 * (size_t)g->shape.nodes
           + sizeof(node_sums) / sizeof(double) * g->node_count;
}
static_assert(sizeof(node_sums) % sizeof(double) == 0, "sums are doubles");

size_t network_scratch_size(const network_group *g)
{
    return double_count(g) * sizeof(double) + 3 * (size_t)g->shape.nodes * sizeof(uint32_t)
           + g->cell_count + g->shape.arcs;
}

void network_scratch_cut(const network_group *g, void *block, network_scratch *out)
{
    double *numbers = block;
    uint32_t *counts = (uint32_t *)(numbers + double_count(g));
    uint8_t *bytes = (uint8_t *)(counts + 3 * (size_t)g->shape.nodes);
    size_t cells = g->cell_count, nodes = g->shape.nodes;
    out->cells = (network_cells){numbers, numbers + cells, numbers + 2 * cells, bytes};
    out->arc_values = numbers + 3 * cells;
    out->effects = out->arc_values + g->shape.arcs;
    out->sums = (node_sums *)(out->effects + 2 * nodes);
    out->in_degree = counts;
    out->out_degree = counts + nodes;
    out->parts = counts + 2 * nodes;
    out->arc_strong = bytes + cells;
}

size_t network_value_count(const network_group *g)
{
    return (size_t)g->node_count * NODE_MEASURES + INDEX_COUNT;
}

int32_t network_strong_score(double cut)
{
    static const int64_t parts = 1000000; /* cuts are meant to six decimals, as for bands */
    return isnan(cut) ? INT32_MAX
                      : (int32_t)(llround(cut * (double)parts) * SCORE_UNIT / parts) + 1;
}

/* ---- Workgroups ---- */

static void find_strengths(const network_group *g, const double *means, node_sums *sums,
                           double *values)
{
    memset(sums, 0, g->node_count * sizeof *sums);
    for (uint32_t i = 0; i < g->node_count; i++)
        values[i * NODE_MEASURES + NODE_OWN] = NAN;
    for (uint32_t i = 0; i < g->cell_count; i++) {
        const network_cell *c = &g->cells[i];
        if (c->from == c->to) {
            values[c->from * NODE_MEASURES + NODE_OWN] = means[i];
        } else if (!isnan(means[i])) {
            total_add(&sums[c->from].out, means[i]);
            total_add(&sums[c->to].in, means[i]);
            sums[c->from].out_count++;
            sums[c->to].in_count++;
        }
    }
    for (uint32_t i = 0; i < g->node_count; i++) {
        double *of = values + i * NODE_MEASURES;
        of[NODE_IN] = sums[i].in_count > 0 ? total_value(&sums[i].in) / sums[i].in_count : NAN;
        of[NODE_OUT] = sums[i].out_count > 0 ? total_value(&sums[i].out) / sums[i].out_count : NAN;
        of[NODE_SILO] = of[NODE_OWN] - (of[NODE_IN] + of[NODE_OUT]) / 2;
    }
}

static void find_degrees(const network_group *g, bool with_edges, const network_scratch *s,
                         double *values)
{
    for (uint32_t i = 0; i < g->node_count; i++) {
        double *of = values + i * NODE_MEASURES;
        uint32_t number = g->nodes[i].number;
        bool inside = with_edges && number != NO_NODE;
        of[NODE_IN_DEGREE] = inside ? (double)s->in_degree[number] : (double)NAN;
        of[NODE_OUT_DEGREE] = inside ? (double)s->out_degree[number] : (double)NAN;
    }
}

/* ---- Indices ---- */

/* A respondent's tie to a workgroup stands for ties to each of its other members: so Krackhardt &
 * Stern's index of persons can be had, and compared with what it is when all ties are strong, which
 * the sizes of the workgroups say. */
static void find_ei(const network_group *g, bool with_edges, const network_cells *c, double *values)
{
    double external = 0, internal = 0, all_external = 0, all_internal = 0;
    for (uint32_t i = 0; i < g->cell_count; i++) {
        const network_cell *now = &g->cells[i];
        const network_node *to = &g->nodes[now->to];
        bool own = now->from == now->to;
        double persons = (double)(to->respondents - own);
        if (g->nodes[now->from].number == NO_NODE || to->number == NO_NODE)
            continue;
        *(own ? &internal : &external) += persons * c->strong[i];
        *(own ? &all_internal : &all_external) += persons * c->scored[i];
    }
    values[INDEX_EI] = with_edges && all_internal > 0 && all_external > 0
                           ? network_ei(external, internal)
                           : NAN;
    values[INDEX_EI_EXPECTED] = all_internal > 0 && all_external > 0
                                    ? network_ei(all_external, all_internal)
                                    : NAN;
}

static void find_relations(const network_group *g, network_scratch *s, double *values)
{
    social_relations model;
    bool complete = g->shape.nodes > 1 && s->measures.known == s->measures.possible;
    social_relations_estimate(s->arc_values, complete ? g->shape.nodes : 0, s->effects, &model);
    values[INDEX_GENERALISED] = model.generalised;
    values[INDEX_DYADIC] = model.dyadic;
    values[INDEX_ACTOR] = model.actor;
    values[INDEX_PARTNER] = model.partner;
    values[INDEX_RELATIONSHIP] = model.relationship;
}

static void find_measures(const network_group *g, bool with_edges, const network_measures *m,
                          double *values)
{
    bool nodes = g->shape.nodes > 1;
    values[INDEX_WEIGHTED_DENSITY] = m->weighted_density;
    values[INDEX_DIFFERENCE] = m->difference;
    values[INDEX_UNKNOWN] = nodes ? m->unknown : NAN;
    values[INDEX_DENSITY] = with_edges ? m->density : NAN;
    values[INDEX_MUTUAL] = with_edges && nodes ? m->mutual : NAN;
    values[INDEX_ASYMMETRIC] = with_edges && nodes ? m->asymmetric : NAN;
    values[INDEX_NULL] = with_edges && nodes ? m->null : NAN;
    values[INDEX_RECIPROCITY] = with_edges ? m->reciprocity : NAN;
    values[INDEX_CENTRALISATION] = with_edges ? m->in_centralisation : NAN;
    values[INDEX_PARTS] = with_edges && nodes ? (double)m->parts : (double)NAN;
}

void network_evaluate(const network_group *g, bool with_edges, network_scratch *s, double *values)
{
    double *indices = values + (size_t)g->node_count * NODE_MEASURES;
    for (size_t a = 0; a < g->shape.arcs; a++) {
        s->arc_values[a] = s->cells.means[g->arc_cells[a]];
        s->arc_strong[a] = s->cells.edges[g->arc_cells[a]];
    }
    network_measure(&g->shape, s->arc_values, s->arc_strong, s->in_degree, s->out_degree, s->parts,
                    &s->measures);
    find_strengths(g, s->cells.means, s->sums, values);
    find_degrees(g, with_edges, s, values);
    find_measures(g, with_edges, &s->measures, indices);
    find_ei(g, with_edges, &s->cells, indices);
    find_relations(g, s, indices);
}

/* ---- Replicates ---- */

/* The scored ties of a group. */
typedef struct tie_list {
    const network_group *group;
    network_tie *ties;
    uint32_t *members; /* by tie: which of the group's members says it */
    size_t count, capacity, member_capacity;
    double cut;
    int32_t strong_score;
} tie_list;

static relcoord_status evaluate_replicate(const void *context, const double *weights, void *block,
                                          double *values, relcoord_error *err)
{
    const tie_list *list = context;
    const network_group *g = list->group;
    network_scratch s;
    (void)err;
    network_scratch_cut(g, block, &s);
    for (uint32_t i = 0; i < g->cell_count; i++)
        s.cells.means[i] = s.cells.scored[i] = s.cells.strong[i] = 0;
    for (size_t t = 0; t < list->count; t++) {
        const network_tie *tie = &list->ties[t];
        double weight = weights[list->members[t]];
        s.cells.means[tie->cell] += weight * tie->score;
        s.cells.scored[tie->cell] += weight;
        s.cells.strong[tie->cell] += tie->score >= list->strong_score ? weight : 0;
    }
    for (uint32_t i = 0; i < g->cell_count; i++) {
        double scored = s.cells.scored[i];
        s.cells.means[i] = scored > 0 ? s.cells.means[i] / (scored * SCORE_UNIT) : NAN;
        s.cells.edges[i] = scored > 0 && mean_is_above(s.cells.means[i], NULL, list->cut);
    }
    network_evaluate(g, !isnan(list->cut), &s, values);
    return RELCOORD_OK;
}

static bool list_ties(tie_list *list, const score_rule *rule, uint32_t participation,
                      uint32_t member, const uint32_t *place_of)
{
    size_t most = list->count + list->group->r->survey->tie_count[participation],
           from = list->count;
    void *ties = list->ties, *of = list->members;
    if (!memory_reserve(&ties, &list->capacity, most, sizeof *list->ties))
        return false;
    list->ties = ties;
    if (!memory_reserve(&of, &list->member_capacity, most, sizeof *list->members))
        return false;
    list->members = of;
    if (most > from) /* else there may be no array yet */
        list->count += network_list_ties(list->group, rule, participation, place_of,
                                         list->ties + from);
    for (size_t t = from; t < list->count; t++)
        list->members[t] = member;
    return true;
}

static relcoord_status list_row(tie_list *list, const score_rule *rule, uint32_t row,
                                const group_members *members, uint32_t *place_of,
                                relcoord_error *err)
{
    const cases *c = &list->group->r->cases;
    network_place_cells(list->group, row, place_of);
    for (size_t i = c->row_start[row]; i < c->row_start[row + 1]; i++) {
        size_t member = sorted_place(members->participations, members->count, c->members[i]);
        if (!list_ties(list, rule, c->members[i], (uint32_t)member, place_of))
            return fail_memory(err);
    }
    return RELCOORD_OK;
}

relcoord_status network_resample(const network_group *g, const score_rule *rule, uint32_t group,
                                 double cut, bootstrap_interval *out, relcoord_error *err)
{
    tie_list list = {.group = g, .cut = cut, .strong_score = network_strong_score(cut)};
    resampling_statistics statistics = {
        .evaluate = evaluate_replicate,
        .context = &list,
        .count = network_value_count(g),
        .scratch_size = network_scratch_size(g),
        .share = {network_progress(g, NETWORK_ERRORS_PART), network_progress(g, 1)}};
    uint32_t *place_of = memory_new(g->r->survey->attributes[COLUMN_WORKGROUP].labels.count,
                                    sizeof *place_of);
    group_members members = {0, NULL};
    relcoord_status status = place_of ? group_members_list(g->r, group, &members, err)
                                      : fail_memory(err);
    for (uint32_t row = g->first_row; row < g->end_row && !status; row++)
        status = list_row(&list, rule, row, &members, place_of, err);
    if (!status)
        status = resampling_intervals(g->r, &members, &statistics, out, err);
    memory_free(list.ties);
    memory_free(list.members);
    memory_free(place_of);
    group_members_free(&members);
    return status;
}
