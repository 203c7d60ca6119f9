/* The matrix: how each workgroup rates each target, on every dimension (relcoord-methods(7),
 * Scores). */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/estimates.h"
#include "engine/invitations.h"
#include "engine/scores/cell_sums.h"
#include "engine/scores/strengths.h"
#include "stats/measures/scores.h"

/* ---- What it takes and gives ---- */

static const option_spec matrix_options[] = {CASE_OPTIONS, ESTIMATE_OPTIONS, BAND_OPTIONS,
                                             RESAMPLE_OPTIONS, THREAD_OPTION};

static const column_spec cell_columns[] = {
    RATER_COLUMN,
    RATED_COLUMN,
    DIMENSION_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "ties that have the score"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT, "respondents among them"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "ties without the score"},
    {"dont_know", RELCOORD_INTEGER, RELCOORD_COUNT,
     "of those left out, ties with a don't know among the score's items"},
    ESTIMATE_COLUMNS,
    {NULL, 0, 0, NULL},
};
enum { CELL_N = 3, CELL_MEAN = 7 };

static const view_spec cell_views[] = {
    {VIEW_PIVOT, "Relational coordination: mean, band, number of raters", "dimension=rc",
     "workgroup", "target", "mean,band,n"},
    {VIEW_PIVOT, "Means by dimension", NULL, "workgroup,target", "dimension", "mean"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const view_spec cell_apa[] = {
    {VIEW_LIST, "Relational coordination of workgroups", "dimension=rc",
     "workgroup,target,n,mean,sd,ci_low,ci_high", NULL, NULL},
    {VIEW_PIVOT, "Means of the dimensions", NULL, "workgroup,target", "dimension", "mean"},
    {0, NULL, NULL, NULL, NULL, NULL},
};

static const column_spec coverage_columns[] = {
    RATER_COLUMN,
    RATED_COLUMN,
    {"invited", RELCOORD_INTEGER, RELCOORD_COUNT,
     "people of the workgroup that were invited; empty without a register"},
    {"respondents", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the workgroup in the data"},
    {"asked", RELCOORD_INTEGER, RELCOORD_COUNT,
     "of them, those asked about the target: their ties in the data"},
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

static const table_spec cells_table = {
    .name = "cells",
    .help = "how one workgroup rates one target on one dimension",
    .columns = cell_columns,
    .views = cell_views,
    .apa = cell_apa};
static const table_spec coverage_table = {
    .name = "coverage",
    .on_request = true,
    .help = "how many of a workgroup answered about one target",
    .columns = coverage_columns,
    .views = coverage_views};
static const table_spec *const matrix_tables[] = {&cells_table, &coverage_table, &strengths_table,
                                                  NULL};

/* ---- Estimates ---- */

/* Where the weighted estimates of one row of the matrix are gathered. */
typedef struct weighing {
    uint32_t first;             /* the row's first cell */
    uint32_t *place;            /* by target: the cell's place in the row */
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
                weighted_moments_add(
                    &w->gathered[(size_t)w->place[s->target[t]] * DIMENSION_COUNT + (size_t)d],
                    r->cases.weight[p], (double)score / SCORE_UNIT);
        }
}

/* Gathers the weighted moments of a row's cells, in the survey's order. */
static void weigh_row(const run *r, const cell_state *state, const uint32_t *row_cells,
                      uint32_t row, weighing *w)
{
    w->first = row_cells[row];
    for (uint32_t i = w->first; i < row_cells[row + 1]; i++) {
        const cell *c = &state->cells[i];
        w->place[c->target] = i - w->first;
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            weighted_moments *m =
                &w->gathered[(size_t)(i - w->first) * DIMENSION_COUNT + (size_t)d];
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
    estimate e = {m->n, m->n, c->asked - m->n, NAN, NAN, NAN, (double)m->n - 1, "mean_t", m,
                  NULL, NULL};
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

/* ---- Resampled ---- */

/* The values of replicates that are held at once, unless a row of the matrix alone has more. */
enum { MOST_VALUES = 1 << 22 };

/* The intervals of some rows of the matrix, which are of one group. */
typedef struct resampled_rows {
    uint32_t group, first_row, end_row;
    group_members members;
    bootstrap_interval *intervals; /* by cell and dimension */
} resampled_rows;

static void free_resampled(resampled_rows *w)
{
    group_members_free(&w->members);
    memory_free(w->intervals);
}

/* The rows from `row` on whose replicates are held at once. */
static uint32_t end_of_rows(const run *r, const uint32_t *row_cells, uint32_t row,
                            const resampled_rows *w)
{
    size_t each = (size_t)options_integer(r->options, "replicates") + w->members.count,
           cells = MOST_VALUES / DIMENSION_COUNT / each;
    uint32_t end = row + 1;
    while (end < r->cases.row_count && r->cases.row_group[end] == w->group
           && row_cells[end + 1] - row_cells[row] <= cells)
        end++;
    return end;
}

/* Draws people for the rows from `row` on. */
static relcoord_status resample_rows(const run *r, const cell_state *state,
                                     const uint32_t *row_cells, uint32_t row, resampled_rows *w,
                                     relcoord_error *err)
{
    cell_sums sums = {0};
    uint32_t group = r->cases.row_group[row];
    work_share share;
    relcoord_status status = RELCOORD_OK;
    memory_free(w->intervals);
    w->intervals = NULL;
    if (row == 0 || group != w->group) {
        group_members_free(&w->members);
        w->group = group;
        status = group_members_list(r, group, &w->members, err);
    }
    if (status)
        return status;
    w->first_row = row;
    w->end_row = end_of_rows(r, row_cells, row, w);
    share = (work_share){0.5 + 0.5 * row / r->cases.row_count,
                         0.5 + 0.5 * w->end_row / r->cases.row_count};
    status = cell_sums_make(r, state, row_cells, row, w->end_row, &w->members, &sums, err);
    if (status)
        return status;
    w->intervals = memory_new(sums.cells * DIMENSION_COUNT, sizeof *w->intervals);
    status = w->intervals
                 ? cell_sums_resample_cells(r, &w->members, &sums, share, w->intervals, err)
                 : fail_memory(err);
    cell_sums_free(&sums);
    return status;
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

static void write_cell(relcoord_table *table, const run *r, const cell *c, int d, const estimate *e,
                       const band_cuts cuts[2])
{
    size_t keys = begin_row(table, r, c);
    table_set_string(table, keys + 2, dimension_names[d]);
    table_set_integer(table, keys + CELL_N, e->n);
    table_set_integer(table, keys + CELL_N + 1, e->raters);
    table_set_integer(table, keys + CELL_N + 2, e->left_out);
    table_set_integer(table, keys + CELL_N + 3, c->dont_know[d]);
    estimate_write(table, keys + CELL_MEAN, e, r,
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
    table_set_integer(table, keys,
                      (int64_t)(r->cases.row_start[c->row + 1] - r->cases.row_start[c->row]));
    table_set_integer(table, keys + 1, c->asked);
    table_set_integer(table, keys + 2, c->answered);
    table_set_integer(table, keys + 3, c->measures[DIMENSION_RC].n);
    table_set_integer(table, keys + 4, c->complete);
    table_set_integer(table, keys + 5, c->doubted);
}

static relcoord_status write_coverages(relcoord_result *result, const run *r,
                                       const cell_state *cells, relcoord_error *err)
{
    relcoord_table *table = result_add_table(result, &coverage_table, r->cases.by_names,
                                             r->cases.by_count);
    int64_t *invited = memory_new(r->cases.row_count, sizeof *invited);
    relcoord_status status = table && invited ? invitations_count(r, invited, err)
                                              : fail_memory(err);
    for (uint32_t i = 0; i < cells->index.count && !status; i++)
        write_coverage(table, r, &cells->cells[i], invited[cells->cells[i].row]);
    memory_free(invited);
    return status;
}

/* What the cells of a row are written with. */
typedef struct cell_writer {
    relcoord_table *table;
    band_cuts cuts[2];
    weighing weighed; /* when there are weights */
    bool resamples;
    resampled_rows resampled; /* when it does */
} cell_writer;

static relcoord_status make_writer(cell_writer *w, relcoord_result *result, const run *r,
                                   const uint32_t *row_cells, relcoord_error *err)
{
    uint32_t most = 0;
    relcoord_status status = band_cuts_read(r, w->cuts, result, err);
    w->table = result_add_table(result, &cells_table, r->cases.by_names, r->cases.by_count);
    w->resamples = resampling_wanted(r);
    for (uint32_t row = 0; row < r->cases.row_count; row++)
        most = row_cells[row + 1] - row_cells[row] > most ? row_cells[row + 1] - row_cells[row]
                                                          : most;
    if (r->cases.weight) {
        w->weighed.place = memory_new(r->survey->attributes[COLUMN_WORKGROUP].labels.count,
                                      sizeof *w->weighed.place);
        w->weighed.gathered = memory_new((size_t)most * DIMENSION_COUNT,
                                         sizeof *w->weighed.gathered);
    }
    if (!status && (!w->table || (r->cases.weight && (!w->weighed.place || !w->weighed.gathered))))
        status = fail_memory(err);
    return status;
}

/* Writes the cells of a row; rc_means[cell] becomes the mean that the strengths are made from. */
static void write_row(cell_writer *w, const run *r, const cell_state *state,
                      const uint32_t *row_cells, uint32_t row, double *rc_means)
{
    if (r->cases.weight)
        weigh_row(r, state, row_cells, row, &w->weighed);
    for (uint32_t i = row_cells[row]; i < row_cells[row + 1]; i++)
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            size_t place = (size_t)(i - row_cells[row]) * DIMENSION_COUNT + (size_t)d;
            estimate e = estimate_cell(&state->cells[i], d,
                                       r->cases.weight ? &w->weighed.gathered[place] : NULL);
            if (w->resamples)
                estimate_resample(
                    &e, r,
                    &w->resampled
                         .intervals[(size_t)(row_cells[row] - row_cells[w->resampled.first_row])
                                        * DIMENSION_COUNT
                                    + place]);
            if (dimension_asked(r->survey, d))
                write_cell(w->table, r, &state->cells[i], d, &e, w->cuts);
            rc_means[i] = e.mean; /* the last is rc */
        }
}

static relcoord_status write_cells(relcoord_result *result, const run *r, const cell_state *state,
                                   const uint32_t *row_cells, double *rc_means, relcoord_error *err)
{
    cell_writer w = {.table = NULL};
    relcoord_status status = make_writer(&w, result, r, row_cells, err);
    for (uint32_t row = 0; row < r->cases.row_count && !status; row++) {
        if (w.resamples && row >= w.resampled.end_row)
            status = resample_rows(r, state, row_cells, row, &w.resampled, err);
        if (!status)
            write_row(&w, r, state, row_cells, row, rc_means);
    }
    free_resampled(&w.resampled);
    memory_free(w.weighed.place);
    memory_free(w.weighed.gathered);
    return status;
}

static relcoord_status matrix_finish(void *state, const run *r, relcoord_result *result,
                                     relcoord_error *err)
{
    cell_state *cells = state;
    uint32_t *row_cells = NULL;
    double *rc_means = memory_new(cells->index.count, sizeof *rc_means);
    relcoord_status status = rc_means ? resampling_check(r, err) : fail_memory(err);
    if (!status)
        status = cells_sort(cells, r, &row_cells, err);
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
