/* The matrix: how each workgroup rates each target, on every dimension (relcoord-methods(7), Scores). */
#include <stdlib.h>
#include <string.h>

#include "analyses/cells.h"
#include "analyses/estimates.h"
#include "analyses/invitations.h"
#include "analyses/strengths.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/scores.h"

/* ---- What it takes and gives ---- */

static const option_spec matrix_options[] = {CASE_OPTIONS, ESTIMATE_OPTIONS, BAND_OPTIONS, THREAD_OPTION};

static const column_spec cell_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup that rates"},
    {"target", RELCOORD_STRING, RELCOORD_KEY, "workgroup that is rated"},
    {"dimension", RELCOORD_STRING, RELCOORD_KEY, "one of the seven dimensions, communication, relationship or rc"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties that have the score"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents among them"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "ties without the score"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "of those left out, ties with a don't know among the score's items"},
    ESTIMATE_COLUMNS,
    {NULL, 0, 0, NULL},
};
enum { CELL_N = 3, CELL_MEAN = 7 };

static const view_spec cell_views[] = {
    {VIEW_PIVOT, "Relational coordination: mean, band, number of raters", "dimension=rc", "workgroup", "target", "mean,band,n"},
    {VIEW_PIVOT, "Means by dimension", NULL, "workgroup,target", "dimension", "mean"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec coverage_columns[] = {
    {"workgroup", RELCOORD_STRING, RELCOORD_KEY, "workgroup that rates"},
    {"target", RELCOORD_STRING, RELCOORD_KEY, "workgroup that is rated"},
    {"invited", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the workgroup that were invited; empty without a register"},
    {"respondents", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the workgroup in the data"},
    {"asked", RELCOORD_INTEGER, RELCOORD_COUNT, "of them, those asked about the target: their ties in the data"},
    {"answered", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with at least one answer"},
    {"scored", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with an rc score"},
    {"complete", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with all items answered"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT, "ties with a don't know"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
enum { COVERAGE_INVITED = 2, COVERAGE_RESPONDENTS };

static const view_spec coverage_views[] = {
    {VIEW_LIST, "Coverage: how many of a workgroup answered about one target", NULL,
     "workgroup,target,invited,respondents,asked,answered,scored,complete,dont_know", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const table_spec cells_table = {"cells", "how one workgroup rates one target on one dimension", cell_columns, cell_views};
static const table_spec coverage_table = {"coverage", "how many of a workgroup answered about one target", coverage_columns, coverage_views};
static const table_spec *const matrix_tables[] = {&cells_table, &coverage_table, &strengths_table, NULL};

/* ---- Estimates ---- */

/* Where the weighted estimates of one row of the matrix are gathered. */
typedef struct weighing {
    uint32_t first;           /* the row's first cell */
    uint32_t *place;          /* by target: the cell's place in the row */
    weighted_moments *gathered; /* by place and dimension */
} weighing;

static void weigh_member(const run *r, const cell_state *state, const weighing *w, uint32_t p)
{
    const relcoord_survey *s = r->survey;
    if (!participation_counts(r, p))
        return;
    for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++)
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            int32_t score = score_measure(s->answers + (size_t)t * ITEM_COUNT, &state->rule, d);
            if (score)
                weighted_moments_add(&w->gathered[(size_t)w->place[s->target[t]] * DIMENSION_COUNT + (size_t)d],
                                     r->cases.weight[p], (double)score / SCORE_UNIT);
        }
}

/* Gathers the weighted moments of a row's cells, in the survey's order. */
static void weigh_row(const run *r, const cell_state *state, const uint32_t *row_cells, uint32_t row, weighing *w)
{
    w->first = row_cells[row];
    for (uint32_t i = w->first; i < row_cells[row + 1]; i++) {
        const cell *c = &state->cells[i];
        w->place[c->target] = i - w->first;
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            weighted_moments *m = &w->gathered[(size_t)(i - w->first) * DIMENSION_COUNT + (size_t)d];
            memset(m, 0, sizeof *m);
            m->centre = c->measures[d].n ? moments_mean(&c->measures[d], SCORE_UNIT) : 0;
        }
    }
    for (size_t i = r->cases.row_start[row]; i < r->cases.row_start[row + 1]; i++)
        weigh_member(r, state, w, r->cases.members[i]);
}

static estimate estimate_cell(const cell *c, int dimension, const weighted_moments *weighted)
{
    const moments *m = &c->measures[dimension];
    estimate e = {m->n, m->n, c->asked - m->n, NAN, NAN, NAN, (double)m->n - 1, "mean_t", m, NULL};
    if (weighted) {
        e.estimator = "mean_weighted";
        e.exact = NULL;
    }
    if (m->n == 0)
        return e;
    e.mean = weighted ? weighted_moments_mean(weighted) : moments_mean(m, SCORE_UNIT);
    e.sd = weighted ? weighted_moments_sd(weighted) : moments_sd(m, SCORE_UNIT);
    e.se = weighted ? weighted_moments_se(weighted) : e.sd / sqrt((double)m->n);
    return e;
}

/* ---- Tables ---- */

static size_t begin_row(relcoord_table *table, const run *r, const cell *c)
{
    const char *const *labels = r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    size_t keys = cases_begin_row(table, &r->cases, r->cases.row_group[c->row]);
    table_set_string(table, keys, labels[r->cases.row_workgroup[c->row]]);
    table_set_string(table, keys + 1, labels[c->target]);
    return keys;
}

static void write_cell(relcoord_table *table, const run *r, const cell *c, int d, const estimate *e, const band_cuts cuts[2])
{
    size_t keys = begin_row(table, r, c);
    table_set_string(table, keys + 2, dimension_names[d]);
    table_set_integer(table, keys + CELL_N, e->n);
    table_set_integer(table, keys + CELL_N + 1, e->raters);
    table_set_integer(table, keys + CELL_N + 2, e->left_out);
    table_set_integer(table, keys + CELL_N + 3, c->dont_know[d]);
    estimate_write(table, keys + CELL_MEAN, e, options_number(r->options, "confidence"),
                   d == DIMENSION_RC ? &cuts[cell_is_within(r, c)] : NULL);
}

static void write_coverage(relcoord_table *table, const run *r, const cell *c, int64_t invited)
{
    size_t keys = begin_row(table, r, c) + COVERAGE_RESPONDENTS;
    if (invited >= 0)
        table_set_integer(table, keys - COVERAGE_RESPONDENTS + COVERAGE_INVITED, invited);
    else if (r->survey->invited)
        table_add_note(table, "not_in_register");
    else
        table_add_note(table, "no_register");
    table_set_integer(table, keys, (int64_t)(r->cases.row_start[c->row + 1] - r->cases.row_start[c->row]));
    table_set_integer(table, keys + 1, c->asked);
    table_set_integer(table, keys + 2, c->answered);
    table_set_integer(table, keys + 3, c->measures[DIMENSION_RC].n);
    table_set_integer(table, keys + 4, c->complete);
    table_set_integer(table, keys + 5, c->doubted);
}

static relcoord_status write_coverages(relcoord_result *result, const run *r, const cell_state *cells, relcoord_error *err)
{
    relcoord_table *table = result_add_table(result, &coverage_table, r->cases.by_names, r->cases.by_count);
    int64_t *invited = memory_new(r->cases.row_count, sizeof *invited);
    relcoord_status status = table && invited ? invitations_count(r, invited, err) : fail_memory(err);
    for (uint32_t i = 0; i < cells->index.count && !status; i++)
        write_coverage(table, r, &cells->cells[i], invited[cells->cells[i].row]);
    memory_free(invited);
    return status;
}

/* Writes the cells of all rows; rc_means[cell] becomes the mean that the strengths are made from. */
static relcoord_status write_cells(relcoord_result *result, const run *r, const cell_state *state,
                                   const uint32_t *row_cells, double *rc_means, relcoord_error *err)
{
    relcoord_table *table = result_add_table(result, &cells_table, r->cases.by_names, r->cases.by_count);
    band_cuts cuts[2];
    weighing w = {0, NULL, NULL};
    uint32_t most = 0;
    relcoord_status status = band_cuts_read(r, cuts, result, err);
    for (uint32_t row = 0; row < r->cases.row_count; row++)
        most = row_cells[row + 1] - row_cells[row] > most ? row_cells[row + 1] - row_cells[row] : most;
    if (r->cases.weight) {
        w.place = memory_new(r->survey->attributes[COLUMN_WORKGROUP].labels.count, sizeof *w.place);
        w.gathered = memory_new((size_t)most * DIMENSION_COUNT, sizeof *w.gathered);
    }
    if (!status && (!table || (r->cases.weight && (!w.place || !w.gathered))))
        status = fail_memory(err);
    for (uint32_t row = 0; row < r->cases.row_count && !status; row++) {
        if (r->cases.weight)
            weigh_row(r, state, row_cells, row, &w);
        for (uint32_t i = row_cells[row]; i < row_cells[row + 1]; i++)
            for (int d = 0; d < DIMENSION_COUNT; d++) {
                const weighted_moments *m = r->cases.weight ? &w.gathered[(size_t)(i - w.first) * DIMENSION_COUNT + (size_t)d] : NULL;
                estimate e = estimate_cell(&state->cells[i], d, m);
                if (dimension_asked(r->survey, d))
                    write_cell(table, r, &state->cells[i], d, &e, cuts);
                rc_means[i] = e.mean; /* the last is rc */
            }
    }
    memory_free(w.place);
    memory_free(w.gathered);
    return status;
}

static relcoord_status matrix_finish(void *state, const run *r, relcoord_result *result, relcoord_error *err)
{
    cell_state *cells = state;
    uint32_t *row_cells = NULL;
    double *rc_means = memory_new(cells->index.count, sizeof *rc_means);
    relcoord_status status = rc_means ? cells_sort(cells, r, &row_cells, err) : fail_memory(err);
    if (!status)
        status = write_cells(result, r, cells, row_cells, rc_means, err);
    if (!status)
        status = write_coverages(result, r, cells, err);
    if (!status)
        status = strengths_write(result, r, cells, rc_means, err);
    memory_free(rc_means);
    memory_free(row_cells);
    return status;
}

const analysis matrix_analysis = {
    .name = "matrix",
    .summary = "how each workgroup rates each other and itself: means, intervals and bands",
    .options = matrix_options,
    .option_count = sizeof matrix_options / sizeof *matrix_options,
    .tables = matrix_tables,
    .start = cells_start,
    .add = cells_add,
    .merge = cells_merge,
    .finish = matrix_finish,
    .drop = cells_drop,
};
