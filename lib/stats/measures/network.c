/* Measures of a directed network; see network.h. */
#include "stats/measures/network.h"

#include <math.h>

#include "stats/numbers/moments.h"

/* ---- Arcs that go the other way ---- */

static bool comes_before(const uint32_t *from, const uint32_t *to, size_t arc, uint32_t wanted_from,
                         uint32_t wanted_to)
{
    return from[arc] < wanted_from || (from[arc] == wanted_from && to[arc] < wanted_to);
}

static size_t find_arc(const uint32_t *from, const uint32_t *to, size_t arcs, uint32_t wanted_from,
                       uint32_t wanted_to)
{
    size_t low = 0, high = arcs;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (comes_before(from, to, middle, wanted_from, wanted_to))
            low = middle + 1;
        else
            high = middle;
    }
    return low < arcs && from[low] == wanted_from && to[low] == wanted_to ? low : NETWORK_NO_ARC;
}

void network_find_back(const uint32_t *from, const uint32_t *to, size_t arcs, size_t *back)
{
    for (size_t a = 0; a < arcs; a++)
        back[a] = find_arc(from, to, arcs, to[a], from[a]);
}

/* ---- Parts: each node points to another of its part, the root to itself ---- */

static uint32_t find_root(uint32_t *parts, uint32_t node)
{
    while (parts[node] != node)
        node = parts[node] = parts[parts[node]]; /* halves the way for those who come later */
    return node;
}

/* Whether the two were in different parts, which are now one. */
static bool join_parts(uint32_t *parts, uint32_t one, uint32_t other)
{
    uint32_t a = find_root(parts, one), b = find_root(parts, other);
    if (a < b)
        parts[b] = a;
    else
        parts[a] = b;
    return a != b;
}

/* ---- Measures ---- */

static void count_arcs(const network_shape *s, const double *values, const uint8_t *strong,
                       uint32_t *in_degree, uint32_t *out_degree, uint32_t *parts,
                       network_measures *m)
{
    total sum = {0, 0};
    for (size_t a = 0; a < s->arcs; a++) {
        if (isnan(values[a]))
            continue;
        m->known++;
        total_add(&sum, values[a]);
        if (!strong[a])
            continue;
        m->edges++;
        out_degree[s->from[a]]++;
        in_degree[s->to[a]]++;
        m->parts -= join_parts(parts, s->from[a], s->to[a]);
    }
    m->density = m->known > 0 ? m->edges / m->known : NAN;
    m->weighted_density = m->known > 0 ? total_value(&sum) / m->known : NAN;
}

static void count_pairs(const network_shape *s, const double *values, const uint8_t *strong,
                        network_measures *m)
{
    total sum = {0, 0};
    double known;
    for (size_t a = 0; a < s->arcs; a++) {
        size_t back = s->back[a];
        if (back == NETWORK_NO_ARC || back < a || isnan(values[a]) || isnan(values[back]))
            continue;
        if (strong[a] && strong[back])
            m->mutual++;
        else if (strong[a] || strong[back])
            m->asymmetric++;
        else
            m->null++;
        total_add(&sum, fabs(values[a] - values[back]));
    }
    known = m->mutual + m->asymmetric + m->null;
    m->unknown = m->pairs - known;
    m->difference = known > 0 ? total_value(&sum) / known : NAN;
    m->reciprocity = m->mutual + m->asymmetric > 0 ? 2 * m->mutual / (2 * m->mutual + m->asymmetric)
                                                   : NAN;
}

static double centralise(const uint32_t *degrees, uint32_t nodes)
{
    double highest = 0, sum = 0, others = (double)nodes - 1;
    for (uint32_t i = 0; i < nodes; i++) {
        highest = degrees[i] > highest ? degrees[i] : highest;
        sum += degrees[i];
    }
    return nodes < 2 ? NAN : (highest * nodes - sum) / (others * others);
}

void network_measure(const network_shape *s, const double *values, const uint8_t *strong,
                     uint32_t *in_degree, uint32_t *out_degree, uint32_t *parts,
                     network_measures *out)
{
    double nodes = s->nodes;
    *out = (network_measures){.possible = nodes > 0 ? nodes * (nodes - 1) : 0, .parts = s->nodes};
    out->pairs = out->possible / 2;
    for (uint32_t i = 0; i < s->nodes; i++) {
        in_degree[i] = out_degree[i] = 0;
        parts[i] = i;
    }
    count_arcs(s, values, strong, in_degree, out_degree, parts, out);
    count_pairs(s, values, strong, out);
    out->in_centralisation = centralise(in_degree, s->nodes);
}

double network_ei(double external, double internal)
{
    return external + internal > 0 ? (external - internal) / (external + internal) : NAN;
}
