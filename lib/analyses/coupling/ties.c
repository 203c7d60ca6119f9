/* Relational coordination between the workgroups that coupling competence is held against. Sums are
 * whole, so that no order of adding shows, and whether a mean is above a cut is asked of the
 * sum. */
#include "analyses/coupling/ties.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/measures/scores.h"

const char *const pair_state_names[PAIR_STATES] = {"strong", "weak", "mixed", "unknown"};

static const attribute *units_of(const run *r)
{
    const attribute *units = &r->survey->attributes[COLUMN_UNIT];
    return units->present && !units->multiple ? units : NULL;
}

uint32_t coupling_unit_of(const run *r, const coupling_ties *t, uint32_t participation)
{
    return t->units > 1 ? units_of(r)->values[participation] : 0;
}

static uint64_t key_of(const coupling_ties *t, uint32_t unit, uint32_t rater, uint32_t target)
{
    return ((uint64_t)unit * t->workgroups + rater) * t->workgroups + target;
}

static bool add_tie(coupling_ties *t, uint64_t key, int32_t score)
{
    void *cells = t->cells;
    uint32_t before = t->index.count, id = key_index_add(&t->index, key);
    if (id == INTERN_FULL
        || !memory_reserve(&cells, &t->capacity, (size_t)id + 1, sizeof *t->cells))
        return false;
    t->cells = cells;
    if (id == before)
        t->cells[id] = (moments){0, 0, 0};
    moments_add(&t->cells[id], score);
    return true;
}

static bool add_ties(const run *r, coupling_ties *t, uint32_t participation)
{
    const relcoord_survey *s = r->survey;
    uint32_t own = s->attributes[COLUMN_WORKGROUP].values[participation],
             unit = coupling_unit_of(r, t, participation);
    bool done = true;
    for (uint32_t tie = s->first_tie[participation];
         tie < s->first_tie[participation] + s->tie_count[participation] && done; tie++) {
        int32_t score = score_measure(s->answers + (size_t)tie * ITEM_COUNT, &t->rule,
                                      DIMENSION_RC);
        done = score == 0 || add_tie(t, key_of(t, unit, own, s->target[tie]), score);
    }
    return done;
}

relcoord_status coupling_ties_gather(const run *r, const group_members *members, bool by_unit,
                                     coupling_ties *out, relcoord_error *err)
{
    const relcoord_survey *s = r->survey;
    coupling_ties t = {.units = by_unit && units_of(r) ? units_of(r)->labels.count : 1,
                       .workgroups = s->attributes[COLUMN_WORKGROUP].labels.count,
                       .rule = score_rule_make(options_number(r->options, "min_share"), s->asked)};
    bool done = true;
    for (uint32_t m = 0; m < members->count && done && s->asked_count > 0; m++)
        done = add_ties(r, &t, members->participations[m]);
    if (!done) {
        coupling_ties_free(&t);
        return fail_memory(err);
    }
    *out = t;
    return RELCOORD_OK;
}

void coupling_ties_free(coupling_ties *t)
{
    key_index_free(&t->index);
    memory_free(t->cells);
    t->cells = NULL;
}

const moments *coupling_cell(const coupling_ties *t, uint32_t unit, uint32_t rater, uint32_t target)
{
    uint32_t id = key_index_find(&t->index, key_of(t, unit, rater, target));
    return id == INTERN_FULL ? NULL : &t->cells[id];
}

static int compare_ratings(const void *left, const void *right)
{
    const coupling_rating *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->target != b->target)
        return a->target < b->target ? -1 : 1;
    return a->rater < b->rater ? -1 : a->rater > b->rater;
}

coupling_rating *coupling_ratings(const coupling_ties *t)
{
    coupling_rating *list = memory_new(t->index.count, sizeof *list);
    for (uint32_t id = 0; id < t->index.count && list; id++) {
        uint64_t key = t->index.keys[id];
        list[id] = (coupling_rating){
            .unit = (uint32_t)(key / t->workgroups / t->workgroups),
            .target = (uint32_t)(key % t->workgroups),
            .rater = (uint32_t)(key / t->workgroups % t->workgroups),
            .cell = id,
        };
    }
    if (list)
        qsort(list, t->index.count, sizeof *list, compare_ratings);
    return list;
}

double coupling_in_strength(const coupling_ties *t, const coupling_rating *ratings, uint32_t unit,
                            uint32_t workgroup)
{
    const coupling_rating wanted = {unit, workgroup, 0, 0};
    uint32_t low = 0, high = t->index.count;
    total sum = {0, 0};
    int64_t count = 0;
    while (low < high) { /* the first that is not before it */
        uint32_t middle = low + (high - low) / 2;
        if (compare_ratings(&ratings[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < t->index.count && ratings[low].unit == unit && ratings[low].target == workgroup;
         low++) {
        if (ratings[low].rater == workgroup)
            continue;
        total_add(&sum, moments_mean(&t->cells[ratings[low].cell], SCORE_UNIT));
        count++;
    }
    return count > 0 ? total_value(&sum) / (double)count : NAN;
}

static bool is_strong(const moments *rated, double strong)
{
    return (double)rated->sum > strong * SCORE_UNIT * (double)rated->n;
}

pair_state coupling_pair_state(const coupling_ties *t, uint32_t unit, uint32_t one, uint32_t other,
                               double strong)
{
    const moments *there = coupling_cell(t, unit, one, other),
                  *back = coupling_cell(t, unit, other, one);
    if (!there || !back)
        return PAIR_UNKNOWN;
    if (is_strong(there, strong) != is_strong(back, strong))
        return PAIR_MIXED;
    return is_strong(there, strong) ? PAIR_STRONG : PAIR_WEAK;
}
