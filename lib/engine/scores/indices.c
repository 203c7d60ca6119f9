/* Overall means under three weightings (relcoord-methods(7), Scores and Uncertainty). One pass over
 * the rows of the matrix; within a row over its respondents in the survey's order. */
#include "engine/scores/indices.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"

/* Above this many targets of one workgroup the pairs of cells are not counted (their number grows
 * with the square), and CR2 takes its degrees of freedom from the number of respondents. */
enum { MOST_PAIRED_CELLS = 512, PROGRESS_MEMBERS = 1 << 14 };

/* What is gathered of one part: within, between or all. */
typedef struct part_sums {
    moments ties; /* exact, in SCORE_UNITs */
    int64_t asked, cells_asked, raters;
    int64_t silent;         /* respondents asked who have no score */
    int64_t single_cells;   /* cells of one rater: no error can be seen in them */
    mean_clusters clusters; /* in SCORE_UNITs */
    weighted_clusters weighted;
    weighted_moments weighted_ties, respondents;
    weighted_moments cell_means;
    total residual_squares; /* of what each respondent adds to the mean of cell means */
    cell_freedom freedom;
} part_sums;

/* A cell of the row at hand. */
typedef struct row_cell {
    bool within;
    double mean, factor; /* what a residual from that mean weighs */
    weighted_moments weighted;
} row_cell;

typedef struct gatherer {
    const index_scope *scope;
    int measure;
    bool paired; /* the pairs of all rows are counted */
    part_sums parts[PART_COUNT];

    uint32_t row_size;
    row_cell *row;   /* by place */
    uint32_t *place; /* by target: its cell's place in the row */
    uint32_t
        *together; /* by two places: respondents with a score in both; NULL when weighted or CR1 */
    uint32_t full; /* respondents with a score in every cell: counted here, added to all pairs at
                      the end */
    uint32_t *which; /* scratch: places */
} gatherer;

/* ---- Before the rows: what the cells say ---- */

static void add_cell(part_sums *part, const cell *c, const moments *m)
{
    moments_merge(&part->ties, m);
    part->asked += c->asked;
    part->cells_asked++;
    part->single_cells += m->n == 1;
}

static void sum_cells(gatherer *g)
{
    const index_scope *scope = g->scope;
    for (uint32_t i = scope->row_cells[scope->first_row]; i < scope->row_cells[scope->end_row];
         i++) {
        const cell *c = &scope->cells->cells[i];
        add_cell(&g->parts[cell_is_within(scope->r, c) ? PART_WITHIN : PART_BETWEEN], c,
                 &c->measures[g->measure]);
        add_cell(&g->parts[PART_ALL], c, &c->measures[g->measure]);
    }
    for (int k = 0; k < PART_COUNT; k++) {
        part_sums *part = &g->parts[k];
        double centre = part->ties.n ? moments_mean(&part->ties, SCORE_UNIT) : 0;
        part->clusters.n = (double)part->ties.n;
        part->clusters.mean = part->ties.n ? moments_mean(&part->ties, 1) : 0;
        part->weighted.centre = part->weighted_ties.centre = part->respondents.centre =
            part->cell_means.centre = centre;
    }
}

/* ---- A row: its cells, then its respondents ---- */

static int32_t tie_score(const gatherer *g, uint32_t tie)
{
    return score_measure(g->scope->r->survey->answers + (size_t)tie * ITEM_COUNT,
                         &g->scope->cells->rule, g->measure);
}

/* Gathers the weighted moments of the row's cells, which must stand before residuals can be
 * taken. */
static void weigh_cells(gatherer *g, uint32_t row)
{
    const run *r = g->scope->r;
    for (size_t i = r->cases.row_start[row]; i < r->cases.row_start[row + 1]; i++) {
        uint32_t p = r->cases.members[i], first = r->survey->first_tie[p];
        for (uint32_t t = first; t < first + r->survey->tie_count[p] && participation_counts(r, p);
             t++) {
            row_cell *c = &g->row[g->place[r->survey->target[t]]];
            double weight = r->cases.weight[p], score = (double)tie_score(g, t) / SCORE_UNIT;
            if (score == 0)
                continue;
            weighted_moments_add(&c->weighted, weight, score);
            weighted_moments_add(&g->parts[c->within ? PART_WITHIN : PART_BETWEEN].weighted_ties,
                                 weight, score);
            weighted_moments_add(&g->parts[PART_ALL].weighted_ties, weight, score);
        }
    }
}

static void begin_row(gatherer *g, uint32_t row)
{
    const index_scope *scope = g->scope;
    g->row_size = scope->row_cells[row + 1] - scope->row_cells[row];
    for (uint32_t i = 0; i < g->row_size; i++) {
        const cell *c = &scope->cells->cells[scope->row_cells[row] + i];
        const moments *m = &c->measures[g->measure];
        row_cell now = {.within = cell_is_within(scope->r, c),
                        .mean = m->n ? moments_mean(m, SCORE_UNIT) : 0};
        now.factor = cell_factor((double)m->n, scope->method);
        now.weighted.centre = now.mean;
        g->row[i] = now;
        g->place[c->target] = i;
    }
    if (scope->r->cases.weight)
        weigh_cells(g, row);
    for (uint32_t i = 0; i < g->row_size; i++) {
        const moments *m = &scope->cells->cells[scope->row_cells[row] + i].measures[g->measure];
        row_cell *c = &g->row[i];
        if (m->n == 0)
            continue;
        if (scope->r->cases.weight) {
            c->mean = weighted_moments_mean(&c->weighted);
            c->factor = m->n < 2 ? 0 : 1 / total_value(&c->weighted.w);
        }
        weighted_moments_add(&g->parts[c->within ? PART_WITHIN : PART_BETWEEN].cell_means, 1,
                             c->mean);
        weighted_moments_add(&g->parts[PART_ALL].cell_means, 1, c->mean);
    }
}

/* A respondent's ties in one part. */
typedef struct member_sums {
    int64_t asked, scored, sum; /* sum in SCORE_UNITs */
    double residual;
} member_sums;

/* Adds up a respondent's ties by part; returns how many are scored, their places being in
 * g->which. */
static uint32_t sum_member(gatherer *g, uint32_t p, member_sums sums[PART_COUNT])
{
    const relcoord_survey *s = g->scope->r->survey;
    bool counts = participation_counts(g->scope->r, p);
    uint32_t scored = 0;
    memset(sums, 0, PART_COUNT * sizeof *sums);
    for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++) {
        uint32_t place = g->place[s->target[t]];
        const row_cell *c = &g->row[place];
        member_sums *part = &sums[c->within ? PART_WITHIN : PART_BETWEEN];
        int32_t score = counts ? tie_score(g, t) : 0;
        part->asked++;
        if (!score)
            continue;
        part->scored++;
        part->sum += score;
        part->residual += ((double)score / SCORE_UNIT - c->mean) * c->factor;
        g->which[scored++] = place;
    }
    sums[PART_ALL] = (member_sums){sums[0].asked + sums[1].asked, sums[0].scored + sums[1].scored,
                                   sums[0].sum + sums[1].sum, sums[0].residual + sums[1].residual};
    return scored;
}

static void add_member(gatherer *g, uint32_t p)
{
    const run *r = g->scope->r;
    double weight = r->cases.weight ? r->cases.weight[p] : 1;
    member_sums sums[PART_COUNT];
    uint32_t scored = sum_member(g, p, sums);
    for (int k = 0; k < PART_COUNT; k++) {
        part_sums *part = &g->parts[k];
        double size = (double)sums[k].scored, residual = weight * sums[k].residual;
        part->silent += sums[k].asked > 0 && sums[k].scored == 0;
        if (sums[k].scored == 0)
            continue;
        part->raters++;
        mean_clusters_add(&part->clusters, size, (double)sums[k].sum);
        weighted_moments_add(&part->respondents, weight, (double)sums[k].sum / (size * SCORE_UNIT));
        if (r->cases.weight)
            weighted_clusters_add(&part->weighted, weight, size, (double)sums[k].sum / SCORE_UNIT);
        total_add(&part->residual_squares, residual * residual);
    }
    if (scored == g->row_size)
        g->full++;
    else
        for (uint32_t i = 0; g->together && i < scored; i++)
            for (uint32_t j = 0; j < scored; j++)
                g->together[(size_t)g->which[i] * g->row_size + g->which[j]]++;
}

/* Adds the row's cells to the degrees of freedom of each part. */
static void add_freedom(gatherer *g)
{
    for (size_t i = 0; i < (size_t)g->row_size * g->row_size; i++)
        g->together[i] += g->full;
    for (int k = 0; k < PART_COUNT; k++) {
        size_t count = 0;
        for (uint32_t i = 0; i < g->row_size; i++)
            if (k == PART_ALL || g->row[i].within == (k == PART_WITHIN))
                g->which[count++] = i;
        cell_freedom_add(&g->parts[k].freedom, g->together, g->row_size, g->which, count);
    }
}

/* Reports that the group's members before the i-th were seen in this measure. */
static relcoord_status report_member(const gatherer *g, size_t i, relcoord_error *err)
{
    const index_scope *scope = g->scope;
    const group_progress *whole = &scope->progress;
    size_t first = scope->r->cases.row_start[scope->first_row],
           end = scope->r->cases.row_start[scope->end_row];
    double done = (g->measure + (double)(i - first) / (double)(end - first)) / MEASURE_COUNT;
    return options_progress(whole->options, whole->from + (whole->to - whole->from) * done, err);
}

static relcoord_status gather_row(gatherer *g, uint32_t row, relcoord_error *err)
{
    const cases *c = &g->scope->r->cases;
    relcoord_status status = RELCOORD_OK;
    begin_row(g, row);
    g->full = 0;
    if (g->together)
        memset(g->together, 0, (size_t)g->row_size * g->row_size * sizeof *g->together);
    for (size_t i = c->row_start[row]; i < c->row_start[row + 1] && !status; i++) {
        status = i % PROGRESS_MEMBERS == 0 ? report_member(g, i, err) : RELCOORD_OK;
        add_member(g, c->members[i]);
    }
    if (g->together)
        add_freedom(g);
    return status;
}

/* ---- After the rows: estimates ---- */

static const char *estimator_name(const gatherer *g, bool clustered)
{
    if (g->scope->r->cases.weight)
        return "mean_weighted";
    if (!clustered)
        return "mean_t";
    return g->scope->method == CLUSTER_CR1 ? "mean_cr1" : "mean_cr2";
}

static estimate estimate_respondents(const gatherer *g, const part_sums *part)
{
    estimate e = {part->raters,
                  part->raters,
                  part->silent,
                  NAN,
                  NAN,
                  NAN,
                  (double)part->raters - 1,
                  estimator_name(g, false),
                  NULL,
                  NULL,
                  NULL};
    if (part->raters > 0) {
        e.mean = weighted_moments_mean(&part->respondents);
        e.sd = weighted_moments_sd(&part->respondents);
        e.se = weighted_moments_se(&part->respondents);
    }
    return e;
}

static estimate estimate_ties(const gatherer *g, const part_sums *part)
{
    bool weighted = g->scope->r->cases.weight != NULL;
    cluster_error error = weighted ? weighted_clusters_error(&part->weighted)
                                   : mean_clusters_error(&part->clusters, g->scope->method);
    estimate e = {part->ties.n, part->raters, part->asked - part->ties.n, NAN,  NAN,
                  NAN,          error.df,     estimator_name(g, true),    NULL, NULL,
                  NULL};
    if (part->ties.n > 0) {
        e.mean = weighted ? weighted_clusters_mean(&part->weighted)
                          : moments_mean(&part->ties, SCORE_UNIT);
        e.sd = weighted ? weighted_moments_sd(&part->weighted_ties)
                        : moments_sd(&part->ties, SCORE_UNIT);
        e.se = weighted ? error.se : error.se / SCORE_UNIT;
    }
    return e;
}

static estimate estimate_workgroups(const gatherer *g, const part_sums *part)
{
    double cells = (double)part->cell_means.n, raters = (double)part->raters;
    bool adjusted = !g->scope->r->cases.weight && g->scope->method == CLUSTER_CR2;
    estimate e = {part->cell_means.n,
                  part->raters,
                  part->cells_asked - part->cell_means.n,
                  NAN,
                  NAN,
                  NAN,
                  raters - 1,
                  estimator_name(g, true),
                  NULL,
                  NULL,
                  NULL};
    if (part->cell_means.n == 0)
        return e;
    e.mean = weighted_moments_mean(&part->cell_means);
    e.sd = weighted_moments_sd(&part->cell_means);
    if (part->single_cells
        > 0) { /* nothing says how far that cell's raters differ: its part is not 0 but unknown */
        e.note = "single_rater_cells";
        return e;
    }
    if (part->raters < 2)
        return e;
    e.se = sqrt(total_value(&part->residual_squares) * (adjusted ? 1 : raters / (raters - 1)))
           / cells;
    if (adjusted && g->paired)
        e.df = cell_freedom_value(&part->freedom);
    else if (adjusted)
        e.note = "df_respondents";
    return e;
}

relcoord_status indices_estimate(const index_scope *scope, int measure,
                                 estimate out[PART_COUNT][WEIGHTING_COUNT], relcoord_error *err)
{
    gatherer *g = memory_zeroed(1, sizeof *g);
    size_t widest = 0, labels = scope->r->survey->attributes[COLUMN_WORKGROUP].labels.count;
    relcoord_status status = RELCOORD_OK;
    if (!g)
        return fail_memory(err);
    for (uint32_t row = scope->first_row; row < scope->end_row; row++)
        if (scope->row_cells[row + 1] - scope->row_cells[row] > widest)
            widest = scope->row_cells[row + 1] - scope->row_cells[row];
    g->scope = scope;
    g->measure = measure;
    g->paired = widest <= MOST_PAIRED_CELLS;
    g->row = memory_new(widest, sizeof *g->row);
    g->place = memory_new(labels, sizeof *g->place);
    g->which = memory_new(widest, sizeof *g->which);
    if (g->paired && !scope->r->cases.weight && scope->method == CLUSTER_CR2) {
        g->together = memory_new(widest * widest, sizeof *g->together);
        status = g->together ? RELCOORD_OK : fail_memory(err);
    }
    if (!status && (!g->row || !g->place || !g->which))
        status = fail_memory(err);
    if (!status)
        sum_cells(g);
    for (uint32_t row = scope->first_row; row < scope->end_row && !status; row++)
        status = gather_row(g, row, err);
    for (int k = 0; k < PART_COUNT && !status; k++) {
        out[k][WEIGHTING_RESPONDENTS] = estimate_respondents(g, &g->parts[k]);
        out[k][WEIGHTING_TIES] = estimate_ties(g, &g->parts[k]);
        out[k][WEIGHTING_WORKGROUPS] = estimate_workgroups(g, &g->parts[k]);
    }
    memory_free(g->row);
    memory_free(g->place);
    memory_free(g->which);
    memory_free(g->together);
    memory_free(g);
    return status;
}
