/* Measures of a directed network without loops, some of whose arcs may be unknown: density, pairs,
 * reciprocity, centralisation, parts (Wasserman & Faust 1994, "Social network analysis", chapters
 * 4, 5 and 13; Freeman 1979). Knows numbers of nodes and arcs only. */
#ifndef STATS_MEASURES_NETWORK_H
#define STATS_MEASURES_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NETWORK_NO_ARC SIZE_MAX

/* The arcs on which anything may be known: ascending by from, then to, each once. All others are
 * unknown. */
typedef struct network_shape {
    uint32_t nodes;
    size_t arcs;
    const uint32_t *from, *to;
    const size_t *back; /* by arc: the one from `to` to `from`, or NETWORK_NO_ARC */
} network_shape;

/* Fills back[]. */
void network_find_back(const uint32_t *from, const uint32_t *to, size_t arcs, size_t *back);

typedef struct network_measures {
    double possible, known,
        edges; /* arcs; known ones have a value, edges are those of them that are strong */
    double pairs, mutual, asymmetric, null,
        unknown;              /* the dyad census; unknown: an arc of the two is not known */
    double density;           /* edges / known */
    double weighted_density;  /* mean value of the known arcs */
    double reciprocity;       /* 2 mutual / (2 mutual + asymmetric) */
    double in_centralisation; /* S (max d - d) / (nodes - 1)^2 over in-degrees d (Freeman 1979) */
    double difference;        /* mean of |value - value back| over the pairs that are known */
    uint32_t parts;           /* weakly connected ones; a node without an edge is one */
} network_measures;

/* values: by arc, NaN where it is not known; strong: by arc, 0 or 1, read where it is known. Writes
 * the degrees by node; parts has room for a number a node. What has no value is NaN. */
void network_measure(const network_shape *shape, const double *values, const uint8_t *strong,
                     uint32_t *in_degree, uint32_t *out_degree, uint32_t *parts,
                     network_measures *out);

/* Krackhardt & Stern (1988): (external - internal) / (external + internal); NaN when both are 0. */
double network_ei(double external, double internal);

#endif
