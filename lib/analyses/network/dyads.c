/* The table of dyads: how two workgroups rate each other, and Welch's test (1947) of the
 * difference, whose two sides are said by different people. */
#include <stdlib.h>

#include "analyses/network/specs.h"
#include "analyses/network/tables.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/intervals.h"
#include "stats/measures/scores.h"
#include "stats/tests/adjust.h"

/* A pair of the square part that was asked about at least one way. */
typedef struct pair {
    uint32_t one, other; /* numbers, one < other */
    size_t out, in;      /* arcs, or NETWORK_NO_ARC */
} pair;

typedef struct comparison {
    double difference, se, df, p;
    int64_t n_out, n_in;
    const char *reason; /* why there is no test */
} comparison;

static int compare_pairs(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    if (a->one != b->one)
        return a->one < b->one ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

/* Each pair once: by its arc from the lesser number, or by the only one. */
static size_t list_pairs(const network_shape *s, pair *pairs)
{
    size_t count = 0;
    for (size_t a = 0; a < s->arcs; a++) {
        bool forth = s->from[a] < s->to[a];
        if (forth)
            pairs[count++] = (pair){s->from[a], s->to[a], a, s->back[a]};
        else if (s->back[a] == NETWORK_NO_ARC)
            pairs[count++] = (pair){s->to[a], s->from[a], NETWORK_NO_ARC, a};
    }
    if (count > 1)
        qsort(pairs, count, sizeof *pairs, compare_pairs);
    return count;
}

static const moments *moments_of(const network_findings *f, size_t arc)
{
    static const moments none = {0, 0, 0};
    return arc == NETWORK_NO_ARC ? &none
                                 : &f->g->cells[f->g->arc_cells[arc]].of->measures[DIMENSION_RC];
}

static double mean_of(const moments *m)
{
    return m->n ? moments_mean(m, SCORE_UNIT) : NAN;
}

/* Welch's: variances of their own, and Satterthwaite's degrees of freedom. */
static comparison compare(const moments *out, const moments *in)
{
    comparison c = {mean_of(out) - mean_of(in), NAN, NAN, NAN, out->n, in->n, NULL};
    double v, w;
    if (out->n == 0 || in->n == 0)
        c.reason = "empty";
    else if (out->n < 2 || in->n < 2)
        c.reason = "too_few";
    if (c.reason)
        return c;
    v = moments_sd(out, SCORE_UNIT) * moments_sd(out, SCORE_UNIT) / (double)out->n;
    w = moments_sd(in, SCORE_UNIT) * moments_sd(in, SCORE_UNIT) / (double)in->n;
    c.se = sqrt(v + w);
    if (c.se == 0) {
        c.reason = "all_equal";
        return c;
    }
    c.df = (v + w) * (v + w) / (v * v / (double)(out->n - 1) + w * w / (double)(in->n - 1));
    c.p = student_tails(c.difference / c.se, c.df);
    return c;
}

static const char *state_of(const network_findings *f, const pair *p)
{
    bool out, in;
    if (isnan(f->cut))
        return NULL;
    if (moments_of(f, p->out)->n == 0 || moments_of(f, p->in)->n == 0)
        return "unknown";
    out = f->scratch->arc_strong[p->out];
    in = f->scratch->arc_strong[p->in];
    return out && in ? "mutual" : out || in ? "asymmetric" : "null";
}

static void write_pair(const network_findings *f, relcoord_table *table, const pair *p,
                       double p_holm)
{
    const char *const *labels = f->g->r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    const moments *out = moments_of(f, p->out), *in = moments_of(f, p->in);
    comparison c = compare(out, in);
    double reach = student_reach(f->confidence, c.df) * c.se;
    bool forth = p->out != NETWORK_NO_ARC;
    const network_cell *known = &f->g->cells[f->g->arc_cells[forth ? p->out : p->in]];
    size_t keys = cases_begin_row(table, &f->g->r->cases, f->group);
    table_set_string(table, keys, labels[f->g->nodes[forth ? known->from : known->to].label]);
    table_set_string(table, keys + 1, labels[f->g->nodes[forth ? known->to : known->from].label]);
    table_set_number(table, keys + 2, mean_of(out));
    table_set_number(table, keys + 3, mean_of(in));
    table_set_integer(table, keys + 4, c.n_out);
    table_set_integer(table, keys + 5, c.n_in);
    table_set_number(table, keys + 6, c.difference);
    table_set_number(table, keys + 7, c.se);
    table_set_number(table, keys + 8, c.df);
    table_set_number(table, keys + 9, c.difference - reach);
    table_set_number(table, keys + 10, c.difference + reach);
    table_set_number(table, keys + 11, c.p);
    table_set_number(table, keys + 12, p_holm);
    table_set_string(table, keys + 13, state_of(f, p));
    table_set_string(table, keys + 14, "difference_welch");
    table_add_note(table, c.reason);
    if (isnan(f->cut))
        table_add_note(table, "no_cut");
}

relcoord_status network_write_dyads(const network_findings *f, relcoord_table *table,
                                    relcoord_error *err)
{
    pair *pairs = memory_new(f->g->shape.arcs, sizeof *pairs);
    double *p = memory_new(f->g->shape.arcs, sizeof *p);
    relcoord_status status = pairs && p ? RELCOORD_OK : fail_memory(err);
    size_t count = status ? 0 : list_pairs(&f->g->shape, pairs);
    for (size_t i = 0; i < count; i++)
        p[i] = compare(moments_of(f, pairs[i].out), moments_of(f, pairs[i].in)).p;
    if (!status)
        status = adjust_holm(p, count, p, err);
    for (size_t i = 0; i < count && !status; i++)
        write_pair(f, table, &pairs[i], p[i]);
    memory_free(pairs);
    memory_free(p);
    return status;
}
