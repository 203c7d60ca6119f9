#include "analyses/coupling/precondition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/coupling/empty.h"
#include "base/error.h"
#include "base/memory.h"
#include "stats/numbers/ranks.h"
#include "stats/tests/association.h"

static const column_spec point_columns[] = {
    {"place", RELCOORD_STRING, RELCOORD_KEY, "unit; empty where people are in none, or in several"},
    WORKGROUP_COLUMN,
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "its people with a score on all four functions"},
    {"weakest_link", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the least of their mean rescaled functions"},
    {"geometric", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean of their geometric means"},
    {"in_strength", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "mean of the rc cells in which others of the unit rate it"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec point_views[] = {
    {VIEW_LIST, "Coupling competence and strength of ties in, by workgroup", NULL, NULL, NULL,
     NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec points_table = {
    .name = "points",
    .on_request = true,
    .help = "a workgroup in a unit: its coupling competence and how others rate it",
    .columns = point_columns,
    .views = point_views};

static const column_spec precondition_columns[] = {
    {"measure", RELCOORD_STRING, RELCOORD_KEY, "weakest_link or geometric, against in_strength"},
    {"basis", RELCOORD_STRING, RELCOORD_KEY,
     "pooled: all points; within_units: differences from their unit's mean"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "points"},
    {"pearson", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "Pearson correlation"},
    INTERVAL_COLUMNS,
    {"spearman", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "Spearman correlation"},
    {"p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "of it, by permutation"},
    {"necessity", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "effect size d of necessary condition analysis, ceiling CE-FDH"},
    {"necessity_p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "of it, by permutation"},
    {"counterexamples", RELCOORD_INTEGER, RELCOORD_COUNT,
     "points with strong ties in and a measure below the cut of holding a function"},
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec precondition_views[] = {
    {VIEW_LIST, "Is coupling competence a precondition of strong ties?", NULL, NULL, NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec precondition_table = {
    .name = "precondition",
    .on_request = true,
    .help = "one measure of coupling competence against strength of ties in",
    .columns = precondition_columns,
    .views = precondition_views,
    .things = "n,counterexamples"};
enum {
    PRE_MEASURE,
    PRE_BASIS,
    PRE_N,
    PRE_PEARSON,
    PRE_LOW,
    PRE_HIGH,
    PRE_SPEARMAN,
    PRE_P,
    PRE_NECESSITY,
    PRE_NECESSITY_P,
    PRE_COUNTER,
    PRE_ESTIMATOR
};

enum { NECESSITY_STREAM = 1, SPEARMAN_STREAM = 2, LEAST_FOR_INTERVAL = 10 };

/* ---- Points ---- */

typedef enum point_measure { POINT_WEAKEST, POINT_GEOMETRIC, POINT_MEASURES } point_measure;
static const char *const measure_names[POINT_MEASURES] = {"weakest_link", "geometric"};

typedef struct point {
    uint32_t unit, workgroup;
    size_t n;
    double measures[POINT_MEASURES], in_strength;
} point;

typedef struct point_list {
    size_t count;
    point *points; /* by unit, then workgroup */
} point_list;

/* Members in the order of units and workgroups. */
typedef struct placed_member {
    uint64_t place;
    uint32_t member;
} placed_member;

static int compare_places(const void *left, const void *right)
{
    const placed_member *a = left, *b = right;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->member < b->member ? -1 : a->member > b->member;
}

static placed_member *place_members(const coupling_group *g, const coupling_ties *t)
{
    const uint32_t *workgroups = g->r->survey->attributes[COLUMN_WORKGROUP].values;
    uint32_t count = g->people->members.count;
    placed_member *list = memory_new(count, sizeof *list);
    for (uint32_t m = 0; m < count && list; m++) {
        uint32_t p = g->people->members.participations[m];
        list[m] = (placed_member){(uint64_t)coupling_unit_of(g->r, t, p) << 32 | workgroups[p], m};
    }
    if (list)
        qsort(list, count, sizeof *list, compare_places);
    return list;
}

/* The point that members [first, end) of the list are. */
static relcoord_status make_point(const coupling_group *g, const coupling_ties *t,
                                  const coupling_rating *ratings, const placed_member *first,
                                  const placed_member *end, double *scores, point *out,
                                  relcoord_error *err)
{
    coupling_sample sample;
    double values[COUPLING_COUNT];
    relcoord_status status;
    *out = (point){.unit = (uint32_t)(first->place >> 32), .workgroup = (uint32_t)first->place};
    for (const placed_member *now = first; now < end; now++)
        out->n += coupling_all(g->people, now->member, scores + out->n * FUNCTION_COUNT);
    status = coupling_sample_make(scores, out->n, g->people->scale->low, g->people->scale->high,
                                  &sample, err);
    if (status)
        return status;
    coupling_indices(&sample, NULL, values);
    out->measures[POINT_WEAKEST] = values[COUPLING_WEAKEST];
    out->measures[POINT_GEOMETRIC] = values[COUPLING_GEOMETRIC];
    out->in_strength = coupling_in_strength(t, ratings, out->unit, out->workgroup);
    coupling_sample_free(&sample);
    return RELCOORD_OK;
}

static relcoord_status find_points(const coupling_group *g, const coupling_ties *t,
                                   point_list *list, relcoord_error *err)
{
    uint32_t count = g->people->members.count;
    placed_member *placed = place_members(g, t);
    coupling_rating *ratings = coupling_ratings(t);
    double *scores = memory_new(count, FUNCTION_COUNT * sizeof *scores);
    relcoord_status status;
    *list = (point_list){0, memory_new(count, sizeof *list->points)};
    status = placed && ratings && scores && list->points ? RELCOORD_OK : fail_memory(err);
    for (uint32_t first = 0, end; first < count && !status; first = end) {
        for (end = first + 1; end < count && placed[end].place == placed[first].place;)
            end++;
        status = make_point(g, t, ratings, placed + first, placed + end, scores,
                            &list->points[list->count], err);
        list->count += !status;
    }
    memory_free(placed);
    memory_free(ratings);
    memory_free(scores);
    return status;
}

/* ---- Counterexamples ---- */

/* Strongly tied to without holding the functions: what a necessary condition rules out. */
static bool is_counterexample(const coupling_group *g, const point *p, point_measure m)
{
    const coupling_scale *s = g->people->scale;
    double cut = (options_number(g->r->options, "breadth_cut") - s->low) / (s->high - s->low);
    return p->in_strength > options_number(g->r->options, "strong_cut") && p->measures[m] < cut;
}

static void write_points(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                         const point_list *list)
{
    const relcoord_survey *s = g->r->survey;
    for (size_t i = 0; i < list->count; i++) {
        const point *now = &list->points[i];
        size_t keys = cases_begin_row(table, &g->r->cases, g->group);
        table_set_string(
            table, keys,
            t->units > 1 ? cases_label(s->attributes[COLUMN_UNIT].labels.names[now->unit]) : NULL);
        table_set_string(table, keys + 1,
                         cases_label(s->attributes[COLUMN_WORKGROUP].labels.names[now->workgroup]));
        table_set_integer(table, keys + 2, (int64_t)now->n);
        table_set_number(table, keys + 3, now->measures[POINT_WEAKEST]);
        table_set_number(table, keys + 4, now->measures[POINT_GEOMETRIC]);
        table_set_number(table, keys + 5, now->in_strength);
        if (now->n == 0 && !coupling_note_unasked(table, g->people->scale))
            table_add_note(table, "empty");
        if (isnan(now->in_strength))
            table_add_note(table, "in_empty");
        if (is_counterexample(g, now, POINT_WEAKEST))
            table_add_note(table, "counterexample");
    }
}

/* ---- Associations ---- */

/* The points that have both, as the statistics take them. */
typedef struct paired_points {
    size_t n, counterexamples;
    double *x, *y, *rank_x, *rank_y;
    uint32_t *unit;
} paired_points;

static bool make_paired(paired_points *p, size_t count)
{
    *p = (paired_points){0,
                         0,
                         memory_new(count, sizeof *p->x),
                         memory_new(count, sizeof *p->y),
                         memory_new(count, sizeof *p->rank_x),
                         memory_new(count, sizeof *p->rank_y),
                         memory_new(count, sizeof *p->unit)};
    return p->x && p->y && p->rank_x && p->rank_y && p->unit;
}

static void free_paired(paired_points *p)
{
    memory_free(p->x);
    memory_free(p->y);
    memory_free(p->rank_x);
    memory_free(p->rank_y);
    memory_free(p->unit);
}

static void pair_points(const coupling_group *g, const point_list *list, point_measure m,
                        paired_points *p)
{
    p->n = p->counterexamples = 0;
    for (size_t i = 0; i < list->count; i++) {
        const point *now = &list->points[i];
        if (isnan(now->measures[m]) || isnan(now->in_strength))
            continue;
        p->x[p->n] = now->measures[m];
        p->y[p->n] = now->in_strength;
        p->unit[p->n++] = now->unit;
        p->counterexamples += is_counterexample(g, now, m);
    }
}

/* Leaves differences from the mean of the unit; a unit with one point says nothing and goes.
 * Returns the units left. */
static size_t centre_on_units(paired_points *p)
{
    size_t kept = 0, units = 0;
    for (size_t first = 0, end; first < p->n; first = end) {
        double x = 0, y = 0;
        for (end = first; end < p->n && p->unit[end] == p->unit[first]; end++) {
            x += p->x[end];
            y += p->y[end];
        }
        units += end - first > 1;
        for (size_t i = first; i < end && end - first > 1; i++, kept++) {
            p->x[kept] = p->x[i] - x / (double)(end - first);
            p->y[kept] = p->y[i] - y / (double)(end - first);
            p->unit[kept] = p->unit[i];
        }
    }
    p->n = kept;
    return units;
}

typedef struct sorted_point {
    double x, y;
} sorted_point;

static int compare_points(const void *left, const void *right)
{
    const sorted_point *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->y < b->y ? -1 : a->y > b->y;
}

static bool sort_by_x(paired_points *p)
{
    sorted_point *list = memory_new(p->n, sizeof *list);
    for (size_t i = 0; i < p->n && list; i++)
        list[i] = (sorted_point){p->x[i], p->y[i]};
    if (!list)
        return false;
    qsort(list, p->n, sizeof *list, compare_points);
    for (size_t i = 0; i < p->n; i++) {
        p->x[i] = list[i].x;
        p->y[i] = list[i].y;
    }
    memory_free(list);
    return true;
}

/* r with an interval where there are points enough: of differences, as many fewer count as there
 * are units. */
static void write_pearson(relcoord_table *table, size_t keys, const run *r, const paired_points *p,
                          size_t units)
{
    double value = correlation_of(p->x, p->y, p->n);
    size_t free_points = p->n + 1 - (units > 0 ? units : 1);
    correlation_interval interval = correlation_interval_of(
        value, free_points, options_number(r->options, "confidence"));
    table_set_number(table, keys + PRE_PEARSON, value);
    if (isnan(value)) {
        table_add_note(table, "all_equal");
    } else if (p->n < LEAST_FOR_INTERVAL) {
        table_add_note(table, "too_few");
    } else {
        table_set_number(table, keys + PRE_LOW, interval.low);
        table_set_number(table, keys + PRE_HIGH, interval.high);
    }
}

static relcoord_status write_spearman(relcoord_table *table, size_t keys, const run *r,
                                      const paired_points *p, bool stratified, relcoord_error *err)
{
    double ties, value;
    bool exact;
    permutation_plan plan = {p->rank_x,
                             p->rank_y,
                             stratified ? p->unit : NULL,
                             p->n,
                             ASSOCIATION_CORRELATION,
                             (uint64_t)options_integer(r->options, "seed"),
                             SPEARMAN_STREAM};
    if (!ranks_find(p->x, p->n, p->rank_x, &ties) || !ranks_find(p->y, p->n, p->rank_y, &ties)
        || !permutation_p(&plan, &value, &exact))
        return fail_memory(err);
    table_set_number(table, keys + PRE_SPEARMAN, correlation_of(p->rank_x, p->rank_y, p->n));
    table_set_number(table, keys + PRE_P, value);
    table_set_string(table, keys + PRE_ESTIMATOR,
                     exact ? "correlation_exact" : "correlation_simulated");
    return RELCOORD_OK;
}

static relcoord_status write_necessity(relcoord_table *table, size_t keys, const run *r,
                                       paired_points *p, relcoord_error *err)
{
    double value;
    bool exact;
    permutation_plan plan = {p->x,
                             p->y,
                             NULL,
                             p->n,
                             ASSOCIATION_NECESSITY,
                             (uint64_t)options_integer(r->options, "seed"),
                             NECESSITY_STREAM};
    if (!sort_by_x(p) || !permutation_p(&plan, &value, &exact))
        return fail_memory(err);
    table_set_number(table, keys + PRE_NECESSITY, necessity_effect(p->x, p->y, p->n));
    table_set_number(table, keys + PRE_NECESSITY_P, value);
    table_set_integer(table, keys + PRE_COUNTER, (int64_t)p->counterexamples);
    return RELCOORD_OK;
}

static relcoord_status write_association(relcoord_table *table, const coupling_group *g,
                                         const point_list *list, point_measure m, bool within_units,
                                         paired_points *p, relcoord_error *err)
{
    size_t keys = cases_begin_row(table, &g->r->cases, g->group), units = 0;
    relcoord_status status;
    pair_points(g, list, m, p);
    if (within_units)
        units = centre_on_units(p);
    table_set_string(table, keys + PRE_MEASURE, measure_names[m]);
    table_set_string(table, keys + PRE_BASIS, within_units ? "within_units" : "pooled");
    table_set_integer(table, keys + PRE_N, (int64_t)p->n);
    if (p->n < 3) {
        if (!coupling_note_unasked(table, g->people->scale))
            table_add_note(table, "too_few");
        return RELCOORD_OK;
    }
    write_pearson(table, keys, g->r, p, units);
    status = write_spearman(table, keys, g->r, p, within_units, err);
    return status || within_units ? status : write_necessity(table, keys, g->r, p, err);
}

relcoord_status write_precondition(relcoord_table *points, relcoord_table *precondition,
                                   const coupling_group *g, const coupling_ties *t,
                                   relcoord_error *err)
{
    point_list list = {0, NULL};
    paired_points paired = {.n = 0};
    relcoord_status status;
    if (t->index.count == 0)
        return RELCOORD_OK;
    status = find_points(g, t, &list, err);
    if (!status && !make_paired(&paired, list.count))
        status = fail_memory(err);
    if (!status)
        write_points(points, g, t, &list);
    for (point_measure m = 0; m < POINT_MEASURES && !status; m++) {
        status = write_association(precondition, g, &list, m, false, &paired, err);
        if (!status && t->units > 1)
            status = write_association(precondition, g, &list, m, true, &paired, err);
    }
    free_paired(&paired);
    memory_free(list.points);
    return status;
}
