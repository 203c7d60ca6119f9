/* Resampled means of cells and of the whole. Scores are whole numbers of SCORE_UNITs, so that what
 * a respondent adds is exact and the order of their ties does not show. */
#include "engine/scores/cell_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"

void cell_sums_free(cell_sums *s)
{
    memory_free(s->member);
    memory_free(s->weight);
    memory_free(s->first_tie);
    memory_free(s->cell);
    memory_free(s->scores);
    memory_free(s->within);
    *s = (cell_sums){0};
}

/* ---- What each rater adds ---- */

static bool make_room(cell_sums *s, size_t ties)
{
    s->member = memory_new(s->raters, sizeof *s->member);
    s->weight = memory_new(s->raters, sizeof *s->weight);
    s->first_tie = memory_zeroed(s->raters + (size_t)1, sizeof *s->first_tie);
    s->cell = memory_new(ties, sizeof *s->cell);
    s->scores = memory_new(ties, DIMENSION_COUNT * sizeof *s->scores);
    s->within = memory_new(s->cells, sizeof *s->within);
    return s->member && s->weight && s->first_tie && s->cell && s->scores && s->within;
}

static int compare_participations(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static uint32_t find_member(const group_members *members, uint32_t participation)
{
    const uint32_t *found = bsearch(&participation, members->participations, members->count,
                                    sizeof participation, compare_participations);
    return found ? (uint32_t)(found - members->participations) : 0; /* rows hold members only */
}

/* Adds a participation's ties, whose cells are place[target]. */
static void add_ties(const run *r, const score_rule *rule, const uint32_t *place, uint32_t p,
                     size_t tie, cell_sums *s)
{
    const relcoord_survey *survey = r->survey;
    for (uint32_t t = survey->first_tie[p]; t < survey->first_tie[p] + survey->tie_count[p];
         t++, tie++) {
        s->cell[tie] = place[survey->target[t]];
        for (int d = 0; d < DIMENSION_COUNT; d++)
            s->scores[tie * DIMENSION_COUNT + (size_t)d] = (uint16_t)score_measure(
                survey->answers + (size_t)t * ITEM_COUNT, rule, d);
    }
}

static void add_row(const run *r, const cell_state *cells, const uint32_t *row_cells, uint32_t row,
                    uint32_t first_cell, const group_members *members, uint32_t *place,
                    cell_sums *s)
{
    const cases *c = &r->cases;
    for (uint32_t i = row_cells[row]; i < row_cells[row + 1]; i++) {
        place[cells->cells[i].target] = i - first_cell;
        s->within[i - first_cell] = cell_is_within(r, &cells->cells[i]);
    }
    for (size_t i = c->row_start[row]; i < c->row_start[row + 1]; i++) {
        uint32_t p = c->members[i], rater = s->raters++;
        s->member[rater] = find_member(members, p);
        s->weight[rater] = !participation_counts(r, p) ? 0 : c->weight ? c->weight[p] : 1;
        s->first_tie[rater + 1] = s->first_tie[rater] + r->survey->tie_count[p];
        add_ties(r, &cells->rule, place, p, s->first_tie[rater], s);
    }
}

relcoord_status cell_sums_make(const run *r, const cell_state *cells, const uint32_t *row_cells,
                               uint32_t first_row, uint32_t end_row, const group_members *members,
                               cell_sums *out, relcoord_error *err)
{
    const cases *c = &r->cases;
    size_t ties = 0;
    cell_sums s = {.raters = (uint32_t)(c->row_start[end_row] - c->row_start[first_row]),
                   .cells = row_cells[end_row] - row_cells[first_row]};
    uint32_t *place = memory_new(r->survey->attributes[COLUMN_WORKGROUP].labels.count,
                                 sizeof *place);
    for (size_t i = c->row_start[first_row]; i < c->row_start[end_row]; i++)
        ties += r->survey->tie_count[c->members[i]];
    if (!place || !make_room(&s, ties)) {
        memory_free(place);
        cell_sums_free(&s);
        return fail_memory(err);
    }
    s.raters = 0;
    for (uint32_t row = first_row; row < end_row; row++)
        add_row(r, cells, row_cells, row, row_cells[first_row], members, place, &s);
    memory_free(place);
    *out = s;
    return RELCOORD_OK;
}

/* ---- Cells with weights ---- */

/* Of a cell and dimension. */
typedef struct weighted_sum {
    double n, sum; /* of weights, and of weights times scores, in SCORE_UNITs */
} weighted_sum;

static double mean_of(const weighted_sum *w)
{
    return w->n > 0 ? w->sum / (w->n * SCORE_UNIT) : NAN;
}

/* Adds up all cells; what a cell is without has weight 0. */
static void weigh_cells(const cell_sums *s, const double *weights, weighted_sum *sums)
{
    memset(sums, 0, s->cells * DIMENSION_COUNT * sizeof *sums);
    for (uint32_t rater = 0; rater < s->raters; rater++) {
        double weight = weights[s->member[rater]] * s->weight[rater];
        if (weight == 0)
            continue;
        for (size_t t = s->first_tie[rater]; t < s->first_tie[rater + 1]; t++) {
            weighted_sum *into = sums + (size_t)s->cell[t] * DIMENSION_COUNT;
            const uint16_t *scores = s->scores + t * DIMENSION_COUNT;
            for (int d = 0; d < DIMENSION_COUNT; d++) {
                into[d].n += scores[d] ? weight : 0;
                into[d].sum += weight * scores[d];
            }
        }
    }
}

static relcoord_status evaluate_cells(const void *context, const double *weights, void *scratch,
                                      double *values, relcoord_error *err)
{
    const cell_sums *s = context;
    const weighted_sum *sums = scratch;
    (void)err;
    weigh_cells(s, weights, scratch);
    for (size_t i = 0; i < s->cells * DIMENSION_COUNT; i++)
        values[i] = mean_of(&sums[i]);
    return RELCOORD_OK;
}

relcoord_status cell_sums_resample_cells(const run *r, const group_members *members,
                                         const cell_sums *s, work_share share,
                                         bootstrap_interval *out, relcoord_error *err)
{
    size_t count = s->cells * DIMENSION_COUNT;
    resampling_statistics statistics = {evaluate_cells, s, count, count * sizeof(weighted_sum),
                                        share};
    return resampling_intervals(r, members, &statistics, out, err);
}

/* ---- Overall means with weights ---- */

/* A rater's own scores of one dimension in one part. */
typedef struct own_scores {
    double n, sum, mean; /* sum in SCORE_UNITs; mean 0 of none */
} own_scores;

typedef own_scores rater_scores[DIMENSION_COUNT][PART_COUNT];

typedef struct index_sums {
    const cell_sums *cells;
    rater_scores *raters;
} index_sums;

/* The order of the statistics. */
enum {
    MEANS = DIMENSION_COUNT * PART_COUNT * WEIGHTING_COUNT,
    INDEX_STATISTICS = MEANS + DIMENSION_COUNT * WEIGHTING_COUNT
};

static void sum_rater(const cell_sums *s, uint32_t rater, rater_scores own)
{
    for (size_t t = s->first_tie[rater]; t < s->first_tie[rater + 1]; t++)
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            own_scores *part = &own[d][s->within[s->cell[t]] ? PART_WITHIN : PART_BETWEEN];
            uint16_t score = s->scores[t * DIMENSION_COUNT + (size_t)d];
            part->n += score > 0;
            part->sum += score;
        }
    for (int d = 0; d < DIMENSION_COUNT; d++) {
        own_scores *of = own[d];
        of[PART_ALL].n = of[PART_WITHIN].n + of[PART_BETWEEN].n;
        of[PART_ALL].sum = of[PART_WITHIN].sum + of[PART_BETWEEN].sum;
        for (int k = 0; k < PART_COUNT; k++)
            of[k].mean = of[k].n > 0 ? of[k].sum / (of[k].n * SCORE_UNIT) : 0;
    }
}

typedef struct part_means {
    weighted_sum
        of[WEIGHTING_COUNT]; /* by respondents and workgroups, of means; by ties, of SCORE_UNITs */
} part_means;

static void add_raters(const index_sums *s, const double *weights,
                       part_means parts[DIMENSION_COUNT][PART_COUNT])
{
    for (uint32_t rater = 0; rater < s->cells->raters; rater++) {
        double weight = weights[s->cells->member[rater]] * s->cells->weight[rater];
        if (weight == 0)
            continue;
        for (int d = 0; d < DIMENSION_COUNT; d++)
            for (int k = 0; k < PART_COUNT; k++) {
                const own_scores *own = &s->raters[rater][d][k];
                weighted_sum *into = parts[d][k].of;
                into[WEIGHTING_RESPONDENTS].n += own->n > 0 ? weight : 0;
                into[WEIGHTING_RESPONDENTS].sum += weight * own->mean;
                into[WEIGHTING_TIES].n += weight * own->n;
                into[WEIGHTING_TIES].sum += weight * own->sum;
            }
    }
}

/* A cell that nobody drawn rates is no cell of that replicate. */
static void add_cells(const cell_sums *s, const weighted_sum *sums,
                      part_means parts[DIMENSION_COUNT][PART_COUNT])
{
    for (size_t c = 0; c < s->cells; c++)
        for (int d = 0; d < DIMENSION_COUNT; d++) {
            const weighted_sum *rated = &sums[c * DIMENSION_COUNT + (size_t)d];
            weighted_sum *into[] = {
                &parts[d][s->within[c] ? PART_WITHIN : PART_BETWEEN].of[WEIGHTING_WORKGROUPS],
                &parts[d][PART_ALL].of[WEIGHTING_WORKGROUPS]};
            for (int i = 0; i < 2 && rated->n > 0; i++) {
                into[i]->n++;
                into[i]->sum += mean_of(rated);
            }
        }
}

static relcoord_status evaluate_indices(const void *context, const double *weights, void *scratch,
                                        double *values, relcoord_error *err)
{
    const index_sums *s = context;
    part_means parts[DIMENSION_COUNT][PART_COUNT];
    double *silo = values + MEANS;
    (void)err;
    memset(parts, 0, sizeof parts);
    weigh_cells(s->cells, weights, scratch);
    add_raters(s, weights, parts);
    add_cells(s->cells, scratch, parts);
    for (int d = 0; d < DIMENSION_COUNT; d++, values += PART_COUNT * WEIGHTING_COUNT)
        for (int w = 0; w < WEIGHTING_COUNT; w++) {
            for (int k = 0; k < PART_COUNT; k++) {
                const weighted_sum *of = &parts[d][k].of[w];
                double mean = of->n > 0 ? of->sum / of->n : NAN;
                values[k * WEIGHTING_COUNT + w] = w == WEIGHTING_TIES ? mean_of(of) : mean;
            }
            *silo++ = values[PART_WITHIN * WEIGHTING_COUNT + w]
                      - values[PART_BETWEEN * WEIGHTING_COUNT + w];
        }
    return RELCOORD_OK;
}

relcoord_status cell_sums_resample_indices(const run *r, const group_members *members,
                                           const cell_sums *s, work_share share,
                                           index_intervals *out, relcoord_error *err)
{
    index_sums sums = {s, memory_zeroed(s->raters, sizeof *sums.raters)};
    bootstrap_interval *found = memory_new(INDEX_STATISTICS, sizeof *found);
    resampling_statistics statistics = {evaluate_indices, &sums, INDEX_STATISTICS,
                                        s->cells * DIMENSION_COUNT * sizeof(weighted_sum), share};
    relcoord_status status = sums.raters && found ? RELCOORD_OK : fail_memory(err);
    for (uint32_t rater = 0; rater < s->raters && !status; rater++)
        sum_rater(s, rater, sums.raters[rater]);
    if (!status)
        status = resampling_intervals(r, members, &statistics, found, err);
    if (!status) {
        memcpy(out->means, found, sizeof out->means);
        memcpy(out->silo, found + MEANS, sizeof out->silo);
    }
    memory_free(sums.raters);
    memory_free(found);
    return status;
}
