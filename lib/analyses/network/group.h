/* The network of one group of `by`: its workgroups as nodes, the cells of the matrix among them,
 * and the arcs of its square part, where workgroups both rate others and are rated by others
 * (relcoord-methods(7), Networks). */
#ifndef ANALYSES_NETWORK_GROUP_H
#define ANALYSES_NETWORK_GROUP_H

#include "engine/scores/cells.h"
#include "stats/measures/network.h"

#define NO_NODE UINT32_MAX

typedef struct network_node {
    uint32_t label, place; /* the workgroup, and its place among workgroups and targets together */
    uint32_t number;       /* in the square part, or NO_NODE */
    int64_t respondents;
    bool rates, rated; /* was asked about others; others were asked about it */
} network_node;

typedef struct network_cell {
    const cell *of;
    uint32_t from, to; /* nodes; the same on the diagonal */
} network_cell;

typedef struct network_group {
    const run *r;
    uint32_t first_row, end_row;
    const uint32_t *row_cells; /* where each row's cells begin among those of all groups */
    uint32_t node_count;
    network_node *nodes; /* in the order of workgroups and targets together */
    uint32_t cell_count;
    network_cell *cells; /* row by row */
    network_shape shape; /* of the square part; its arrays are the group's */
    uint32_t *arc_cells; /* by arc: its cell */
} network_group;

/* The rows [first_row, end_row) of sorted cells. node_of: by label of workgroup, NO_NODE before and
 * after. */
relcoord_status network_group_make(const run *r, const cell_state *cells, const uint32_t *row_cells,
                                   uint32_t first_row, uint32_t end_row, uint32_t *node_of,
                                   network_group *out, relcoord_error *err);
void network_group_free(network_group *g);

/* The share of the whole run that is done when this part of the group's work is, of finding errors
 * and, after NETWORK_ERRORS_PART, resampling. */
#define NETWORK_ERRORS_PART 0.1
double network_progress(const network_group *g, double part);

/* ---- Its ties ---- */

typedef struct network_tie {
    uint32_t cell; /* of the group's */
    int32_t score; /* rc in SCORE_UNITs */
} network_tie;

/* Notes where the cells of a row are; place_of has room for a number a label. */
void network_place_cells(const network_group *g, uint32_t row, uint32_t *place_of);

/* The scored ties of a participation of the row whose cells are placed. Fills ties, which has room
 * for all of them, and returns how many there are. */
size_t network_list_ties(const network_group *g, const score_rule *rule, uint32_t participation,
                         const uint32_t *place_of, network_tie *ties);

#endif
