/* What a network comes to, given the means of its cells: the strengths and degrees of its
 * workgroups, and its indices (relcoord-methods(7), Networks). One function for the cells as
 * observed and for those of a replicate. */
#ifndef ANALYSES_NETWORK_VALUES_H
#define ANALYSES_NETWORK_VALUES_H

#include "analyses/network/group.h"
#include "stats/resampling/bootstrap.h"
#include "stats/variance/social_relations.h"

/* Of a workgroup. */
enum { NODE_IN, NODE_OUT, NODE_OWN, NODE_SILO, NODE_IN_DEGREE, NODE_OUT_DEGREE, NODE_MEASURES };

/* Of the network, in the order of the table. */
typedef enum network_index {
    INDEX_DENSITY,
    INDEX_WEIGHTED_DENSITY,
    INDEX_MUTUAL,
    INDEX_ASYMMETRIC,
    INDEX_NULL,
    INDEX_UNKNOWN,
    INDEX_RECIPROCITY,
    INDEX_CENTRALISATION,
    INDEX_PARTS,
    INDEX_EI,
    INDEX_EI_EXPECTED,
    INDEX_DIFFERENCE,
    INDEX_GENERALISED,
    INDEX_DYADIC,
    INDEX_ACTOR,
    INDEX_PARTNER,
    INDEX_RELATIONSHIP,
    INDEX_COUNT
} network_index;

/* What the cells are: arrays by the group's cells. */
typedef struct network_cells {
    double *means;  /* NaN where nobody has a score */
    double *scored; /* ties with a score */
    double *strong; /* those of them above the cut */
    uint8_t *edges; /* whether the mean is above the cut */
} network_cells;

/* The cells in which a workgroup is rated by others, and rates others. */
typedef struct node_sums {
    total in, out;
    double in_count, out_count;
} node_sums;

/* Room for one evaluation, cut from one block of memory. */
typedef struct network_scratch {
    network_cells cells;
    double *arc_values, *effects;
    node_sums *sums; /* by node */
    uint32_t *in_degree, *out_degree, *parts;
    uint8_t *arc_strong;
    network_measures measures; /* of the last evaluation */
} network_scratch;

size_t network_scratch_size(const network_group *g);
void network_scratch_cut(const network_group *g, void *block, network_scratch *out);

/* How many values there are: NODE_MEASURES of each node, then INDEX_COUNT. */
size_t network_value_count(const network_group *g);

/* Fills values from the scratch's cells; NaN is no value. with_edges: there is a cut. */
void network_evaluate(const network_group *g, bool with_edges, network_scratch *s, double *values);

/* The least score in SCORE_UNITs that is above a cut; INT32_MAX where it is NaN: there is none. */
int32_t network_strong_score(double cut);

/* Writes a bootstrap interval for each of the values. */
relcoord_status network_resample(const network_group *g, const score_rule *rule, uint32_t group,
                                 double cut, bootstrap_interval *out, relcoord_error *err);

#endif
