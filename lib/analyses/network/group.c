/* Making the network of one group from the cells of the matrix; see group.h. */
#include "analyses/network/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- Nodes ---- */

static void meet(network_group *g, uint32_t *node_of, uint32_t label)
{
    if (node_of[label] != NO_NODE)
        return;
    node_of[label] = g->node_count;
    g->nodes[g->node_count++] = (network_node){
        .label = label, .place = g->r->survey->union_place[label], .number = NO_NODE};
}

static int compare_nodes(const void *left, const void *right)
{
    const network_node *a = left, *b = right;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The workgroups of the rows and those that are rated, in order; node_of[label] says where each
 * is. */
static void find_nodes(network_group *g, const cell *cells, uint32_t *node_of)
{
    const cases *c = &g->r->cases;
    for (uint32_t row = g->first_row; row < g->end_row; row++)
        meet(g, node_of, c->row_workgroup[row]);
    for (uint32_t i = 0; i < g->cell_count; i++)
        meet(g, node_of, cells[i].target);
    qsort(g->nodes, g->node_count, sizeof *g->nodes, compare_nodes);
    for (uint32_t i = 0; i < g->node_count; i++)
        node_of[g->nodes[i].label] = i;
    for (uint32_t row = g->first_row; row < g->end_row; row++) {
        size_t respondents = c->row_start[row + 1] - c->row_start[row];
        g->nodes[node_of[c->row_workgroup[row]]].respondents = (int64_t)respondents;
    }
}

static void find_cells(network_group *g, const cell *cells, const uint32_t *node_of)
{
    for (uint32_t i = 0; i < g->cell_count; i++) {
        network_cell *c = &g->cells[i];
        *c = (network_cell){&cells[i], node_of[g->r->cases.row_workgroup[cells[i].row]],
                            node_of[cells[i].target]};
        if (c->from == c->to)
            continue;
        g->nodes[c->from].rates = true;
        g->nodes[c->to].rated = true;
    }
    for (uint32_t i = 0; i < g->node_count; i++)
        if (g->nodes[i].rates && g->nodes[i].rated)
            g->nodes[i].number = g->shape.nodes++;
}

/* ---- Arcs ---- */

typedef struct arc {
    uint32_t from, to, cell;
} arc;

static int compare_arcs(const void *left, const void *right)
{
    const arc *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static size_t list_arcs(const network_group *g, arc *list)
{
    size_t count = 0;
    for (uint32_t i = 0; i < g->cell_count; i++) {
        const network_cell *c = &g->cells[i];
        uint32_t from = g->nodes[c->from].number, to = g->nodes[c->to].number;
        if (from != NO_NODE && to != NO_NODE && from != to)
            list[count++] = (arc){from, to, i};
    }
    if (count > 1)
        qsort(list, count, sizeof *list, compare_arcs);
    return count;
}

static relcoord_status find_arcs(network_group *g, relcoord_error *err)
{
    arc *list = memory_new(g->cell_count, sizeof *list);
    size_t count = list ? list_arcs(g, list) : 0, *back = memory_new(count, sizeof *back);
    uint32_t *from = memory_new(count, sizeof *from), *to = memory_new(count, sizeof *to);
    bool made = list && back && from && to;
    g->arc_cells = memory_new(count, sizeof *g->arc_cells);
    g->shape.from = from;
    g->shape.to = to;
    g->shape.back = back;
    g->shape.arcs = count;
    made = made && g->arc_cells;
    for (size_t a = 0; a < count && made; a++) {
        from[a] = list[a].from;
        to[a] = list[a].to;
        g->arc_cells[a] = list[a].cell;
    }
    if (made)
        network_find_back(from, to, count, back);
    memory_free(list);
    return made ? RELCOORD_OK : fail_memory(err);
}

relcoord_status network_group_make(const run *r, const cell_state *cells, const uint32_t *row_cells,
                                   uint32_t first_row, uint32_t end_row, uint32_t *node_of,
                                   network_group *out, relcoord_error *err)
{
    network_group g = {.r = r,
                       .first_row = first_row,
                       .end_row = end_row,
                       .row_cells = row_cells,
                       .cell_count = row_cells[end_row] - row_cells[first_row]};
    const cell *first = g.cell_count ? cells->cells + row_cells[first_row] : NULL;
    size_t labels = r->survey->attributes[COLUMN_WORKGROUP].labels.count,
           most = (size_t)(end_row - first_row) + g.cell_count;
    relcoord_status status = RELCOORD_OK;
    g.nodes = memory_new(most < labels ? most : labels, sizeof *g.nodes);
    g.cells = memory_new(g.cell_count, sizeof *g.cells);
    if (!g.nodes || !g.cells)
        status = fail_memory(err);
    if (!status) {
        find_nodes(&g, first, node_of);
        find_cells(&g, first, node_of);
        status = find_arcs(&g, err);
    }
    for (uint32_t i = 0; i < g.node_count; i++)
        node_of[g.nodes[i].label] = NO_NODE;
    if (status)
        network_group_free(&g);
    else
        *out = g;
    return status;
}

void network_group_free(network_group *g)
{
    memory_free(g->nodes);
    memory_free(g->cells);
    memory_free((void *)g->shape.from);
    memory_free((void *)g->shape.to);
    memory_free((void *)g->shape.back);
    memory_free(g->arc_cells);
    memset(g, 0, sizeof *g);
}

double network_progress(const network_group *g, double part)
{
    const cases *c = &g->r->cases; /* the first half is gathering; a group is worth its people */
    double first = (double)c->row_start[g->first_row], end = (double)c->row_start[g->end_row],
           all = (double)c->row_start[c->row_count];
    return 0.5 + 0.5 * (first + part * (end - first)) / all;
}

/* ---- Ties ---- */

void network_place_cells(const network_group *g, uint32_t row, uint32_t *place_of)
{
    uint32_t first = g->row_cells[g->first_row];
    for (uint32_t i = g->row_cells[row]; i < g->row_cells[row + 1]; i++)
        place_of[g->cells[i - first].of->target] = i - first;
}

size_t network_list_ties(const network_group *g, const score_rule *rule, uint32_t participation,
                         const uint32_t *place_of, network_tie *ties)
{
    const relcoord_survey *s = g->r->survey;
    uint32_t first = s->first_tie[participation], end = first + s->tie_count[participation];
    size_t count = 0;
    for (uint32_t t = first; t < end; t++) {
        int32_t score = score_measure(s->answers + (size_t)t * ITEM_COUNT, rule, DIMENSION_RC);
        if (score)
            ties[count++] = (network_tie){place_of[s->target[t]], score};
    }
    return count;
}
