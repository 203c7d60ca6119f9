/* Standard errors of strengths. A workgroup's own rating and its out-strength are said by the same
 * respondents, an in-strength by those of other workgroups, cell by cell; silo takes both. Each is
 * a sum of cell means, to which stats/intervals/clusters.h has CR2 and its degrees of freedom. */
#include "analyses/network/errors.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/clusters.h"
#include "stats/measures/scores.h"

/* As in the means of the summary: above so many cells of a row their pairs are not counted. */
enum { MOST_PAIRED_CELLS = 512, PROGRESS_MEMBERS = 1 << 14 };

/* What a workgroup's errors are made from. */
typedef struct node_parts {
    double out_count, in_count; /* cells in the strengths */
    double raters;              /* respondents with a score for others */
    total out, row, in; /* squares of residuals: for out, for silo, and the variances for in */
    cell_freedom out_freedom, row_freedom;
    total in_trace, in_squares;
    bool out_single, in_single, by_raters;
} node_parts;

typedef struct gatherer {
    const network_group *g;
    const score_rule *rule;
    int32_t strong_score;
    network_cells *cells;
    node_parts *parts;
    uint32_t *place_of, *together, *which;
    double *weights;
    network_tie *ties;
} gatherer;

/* ---- Cells ---- */

static void add_cell(gatherer *w, uint32_t i)
{
    const network_cell *c = &w->g->cells[i];
    const moments *m = &c->of->measures[DIMENSION_RC];
    double n = (double)m->n, sd = moments_sd(m, SCORE_UNIT);
    node_parts *from = &w->parts[c->from], *to = &w->parts[c->to];
    if (c->from == c->to || m->n == 0)
        return;
    from->out_count++;
    to->in_count++;
    if (m->n == 1) {
        from->out_single = to->in_single = true;
        return;
    }
    total_add(&to->in, sd * sd / n);
    total_add(&to->in_trace, 1 / n);
    total_add(&to->in_squares, 1 / (n * n * (n - 1)));
}

/* ---- Rows ---- */

/* Adds a respondent, whose ties with a score are w->ties. */
static void add_member(gatherer *w, node_parts *of, size_t count, uint32_t first, uint32_t size)
{
    double own = 0, others = 0;
    bool rates = false;
    for (size_t t = 0; t < count; t++) {
        const network_tie *tie = &w->ties[t];
        const network_cell *c = &w->g->cells[tie->cell];
        double residual = (double)tie->score / SCORE_UNIT - w->cells->means[tie->cell];
        residual *= cell_factor(w->cells->scored[tie->cell], CLUSTER_CR2);
        *(c->from == c->to ? &own : &others) += residual;
        rates = rates || c->from != c->to;
        w->cells->strong[tie->cell] += tie->score >= w->strong_score;
        for (size_t u = 0; u < count && w->together; u++)
            w->together[(size_t)(tie->cell - first) * size + (w->ties[u].cell - first)]++;
    }
    of->raters += rates;
    total_add(&of->out, others * others);
    own -= of->out_count > 0 ? others / (2 * of->out_count) : 0;
    total_add(&of->row, own * own);
}

/* Adds the row's cells to the degrees of freedom: those rating others for out, all for silo. */
static void add_freedom(gatherer *w, node_parts *of, uint32_t first, uint32_t size)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++)
        if (w->g->cells[first + i].from != w->g->cells[first + i].to)
            w->which[count++] = i;
    cell_freedom_add(&of->out_freedom, w->together, size, w->which, count);
    for (uint32_t i = 0; i < size; i++) {
        bool own = w->g->cells[first + i].from == w->g->cells[first + i].to;
        w->which[i] = i;
        w->weights[i] = own ? 1 : 1 / (2 * of->out_count);
    }
    if (of->out_count > 0)
        cell_freedom_add_weighted(&of->row_freedom, w->together, size, w->which, w->weights, size);
}

static relcoord_status gather_row(gatherer *w, uint32_t row, relcoord_error *err)
{
    const network_group *g = w->g;
    const cases *c = &g->r->cases;
    uint32_t first = g->row_cells[row] - g->row_cells[g->first_row],
             size = g->row_cells[row + 1] - g->row_cells[row];
    uint32_t *together = w->together;
    node_parts *of = size ? &w->parts[g->cells[first].from] : NULL;
    size_t before = c->row_start[g->first_row], people = c->row_start[g->end_row] - before;
    relcoord_status status = RELCOORD_OK;
    if (!of)
        return RELCOORD_OK;
    of->by_raters = size > MOST_PAIRED_CELLS;
    if (of->by_raters)
        w->together = NULL;
    else
        memset(together, 0, (size_t)size * size * sizeof *together);
    network_place_cells(g, row, w->place_of);
    for (size_t i = c->row_start[row]; i < c->row_start[row + 1] && !status; i++) {
        size_t count = network_list_ties(g, w->rule, c->members[i], w->place_of, w->ties);
        if (i % PROGRESS_MEMBERS == 0)
            status = options_progress(
                g->r->options,
                network_progress(g, NETWORK_ERRORS_PART * (double)(i - before) / (double)people),
                err);
        add_member(w, of, count, first, size);
    }
    if (w->together)
        add_freedom(w, of, first, size);
    w->together = together;
    return status;
}

/* ---- Errors ---- */

static strength_error error_of(double variance, double df, bool single, bool by_raters)
{
    strength_error e = {sqrt(variance), df, single, by_raters};
    if (single)
        e.se = e.df = NAN;
    return e;
}

static void find_errors(const node_parts *p, strength_error *errors)
{
    double out = p->out_count, in = p->in_count, half = 1 / (2 * in);
    double in_variance = total_value(&p->in) / (in * in);
    double in_trace = total_value(&p->in_trace), in_squares = total_value(&p->in_squares);
    double trace = total_value(&p->row_freedom.trace) + half * half * in_trace;
    double squares = total_value(&p->row_freedom.squares) + half * half * half * half * in_squares;
    if (in > 0)
        errors[NODE_IN] = error_of(in_variance, in_trace * in_trace / in_squares, p->in_single,
                                   false);
    if (out > 0)
        errors[NODE_OUT] = error_of(total_value(&p->out) / (out * out),
                                    p->by_raters ? p->raters - 1
                                                 : cell_freedom_value(&p->out_freedom),
                                    p->out_single, p->by_raters);
    if (in > 0 && out > 0 && !isnan(errors[NODE_OWN].se))
        errors[NODE_SILO] = error_of(total_value(&p->row) + in_variance / 4,
                                     p->by_raters ? p->raters - 1 : trace * trace / squares,
                                     p->in_single || p->out_single, p->by_raters);
    else
        errors[NODE_SILO].single = errors[NODE_OWN].single || p->in_single || p->out_single;
}

/* A workgroup's rating of itself is one cell. */
static void find_own_errors(const network_group *g, strength_error *errors)
{
    for (uint32_t i = 0; i < g->cell_count; i++) {
        const network_cell *c = &g->cells[i];
        const moments *m = &c->of->measures[DIMENSION_RC];
        if (c->from == c->to && m->n > 0)
            errors[(size_t)c->from * STRENGTHS + NODE_OWN] = error_of(
                moments_sd(m, SCORE_UNIT) * moments_sd(m, SCORE_UNIT) / (double)m->n,
                (double)m->n - 1, m->n == 1, false);
    }
}

static relcoord_status gather(gatherer *w, relcoord_error *err)
{
    const network_group *g = w->g;
    relcoord_status status = RELCOORD_OK;
    for (uint32_t i = 0; i < g->cell_count; i++) {
        w->cells->strong[i] = 0;
        add_cell(w, i);
    }
    for (uint32_t row = g->first_row; row < g->end_row && !status; row++)
        status = gather_row(w, row, err);
    return status;
}

relcoord_status network_find_errors(const network_group *g, const score_rule *rule,
                                    int32_t strong_score, network_cells *cells,
                                    strength_error *errors, relcoord_error *err)
{
    gatherer w = {.g = g, .rule = rule, .strong_score = strong_score, .cells = cells};
    size_t widest = 0, paired;
    relcoord_status status;
    for (uint32_t row = g->first_row; row < g->end_row; row++)
        if (g->row_cells[row + 1] - g->row_cells[row] > widest)
            widest = g->row_cells[row + 1] - g->row_cells[row];
    paired = widest < MOST_PAIRED_CELLS ? widest : MOST_PAIRED_CELLS;
    w.parts = memory_zeroed(g->node_count, sizeof *w.parts);
    w.place_of = memory_new(g->r->survey->attributes[COLUMN_WORKGROUP].labels.count,
                            sizeof *w.place_of);
    w.together = memory_new(paired * paired, sizeof *w.together);
    w.which = memory_new(widest, sizeof *w.which);
    w.weights = memory_new(widest, sizeof *w.weights);
    w.ties = memory_new(g->r->survey->most_ties, sizeof *w.ties);
    status = w.parts && w.place_of && w.together && w.which && w.weights && w.ties
                 ? RELCOORD_OK
                 : fail_memory(err);
    if (!status)
        status = gather(&w, err);
    for (size_t i = 0; i < (size_t)g->node_count * STRENGTHS && !status; i++)
        errors[i] = (strength_error){NAN, NAN, false, false};
    if (!status)
        find_own_errors(g, errors);
    for (uint32_t i = 0; i < g->node_count && !status; i++)
        find_errors(&w.parts[i], errors + (size_t)i * STRENGTHS);
    memory_free(w.parts);
    memory_free(w.place_of);
    memory_free(w.together);
    memory_free(w.which);
    memory_free(w.weights);
    memory_free(w.ties);
    return status;
}
