/* Summing the ties of a scale: members in slices, as many at a time as there are threads, each
 * thread into sums of its own, which are merged at last. */
#include "engine/scores/scale_sums.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { SLICE = 16384, MOST_BLOCK = 1 + ITEM_COUNT + ITEM_COUNT * (ITEM_COUNT + 1) / 2 };

typedef struct summing {
    const run *r;
    const scale *scale;
    const group_members *members;
    scale_sums *slots; /* by task of a round */
    uint32_t first;    /* the member that the round begins with */
} summing;

static size_t pair_count(size_t k)
{
    return k * (k + 1) / 2;
}

static size_t block_size(size_t k)
{
    return 1 + k + pair_count(k);
}

void scale_sums_free(scale_sums *s)
{
    memory_free(s->blocks);
    memory_free(s->pairs);
    memory_free(s->complete_pairs);
    memory_free(s->at_floor);
    memory_free(s->at_ceiling);
    *s = (scale_sums){.k = 0};
}

static bool make_sums(size_t k, size_t workgroups, bool pairwise, scale_sums *s)
{
    *s = (scale_sums){.k = k, .workgroups = workgroups};
    s->blocks = memory_zeroed(workgroups, block_size(k) * sizeof *s->blocks);
    s->pairs = pairwise ? memory_zeroed(pair_count(k), sizeof *s->pairs) : NULL;
    s->complete_pairs = memory_zeroed(pair_count(k), sizeof *s->complete_pairs);
    s->at_floor = memory_zeroed(k, sizeof *s->at_floor);
    s->at_ceiling = memory_zeroed(k, sizeof *s->at_ceiling);
    return s->blocks && (s->pairs || !pairwise) && s->complete_pairs && s->at_floor
           && s->at_ceiling;
}

/* ---- One member ---- */

static void add_complete(const int64_t *x, size_t k, int64_t *block)
{
    int64_t *products = block + 1 + k;
    block[0]++;
    for (size_t i = 0; i < k; i++) {
        block[1 + i] += x[i];
        for (size_t j = 0; j <= i; j++)
            *products++ += x[i] * x[j];
    }
}

static void add_pairs(const int64_t *x, size_t k, pair_sums *pair)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, pair++)
            if (x[i] > 0 && x[j] > 0)
                pair_sums_add(pair, x[i], x[j]);
}

static void add_tie(const relcoord_survey *survey, const scale *s, uint32_t tie, int64_t *block,
                    scale_sums *to)
{
    const int8_t *answers = survey->answers + (size_t)tie * ITEM_COUNT;
    int64_t x[ITEM_COUNT], low = (int64_t)s->low, high = (int64_t)s->high;
    size_t answered = 0;
    for (size_t j = 0; j < s->k; j++) {
        x[j] = answers[s->items[j].slot];
        answered += x[j] > 0;
    }
    bool complete = answered == s->k;
    to->rows++;
    to->cases += answered > 0;
    to->complete += complete;
    if (complete)
        add_complete(x, s->k, block);
    if (to->pairs)
        add_pairs(x, s->k, to->pairs);
    for (size_t j = 0; j < s->k && (complete || to->pairs); j++) {
        to->at_floor[j] += x[j] > 0 && x[j] == low;
        to->at_ceiling[j] += x[j] > 0 && x[j] == high;
    }
}

static void add_member(const summing *a, uint32_t member, scale_sums *to)
{
    const relcoord_survey *survey = a->r->survey;
    const attribute *workgroups = &survey->attributes[COLUMN_WORKGROUP];
    uint32_t p = a->members->participations[member];
    int64_t block[MOST_BLOCK] = {0}, *whole = to->blocks;
    for (uint32_t tie = survey->first_tie[p]; tie < survey->first_tie[p] + survey->tie_count[p];
         tie++)
        add_tie(survey, a->scale, tie, block, to);
    if (to->workgroups > 1)
        whole += workgroups->values[p] * block_size(to->k);
    for (size_t i = 0; i < block_size(to->k); i++)
        whole[i] += block[i];
}

/* ---- All of them ---- */

static relcoord_status add_slice(void *user, size_t task, relcoord_error *err)
{
    const summing *a = user;
    uint32_t first = a->first + (uint32_t)task * SLICE, left = a->members->count - first;
    (void)err;
    for (uint32_t m = first; m < first + (left < SLICE ? left : SLICE); m++)
        add_member(a, m, &a->slots[task]);
    return RELCOORD_OK;
}

static relcoord_status add_members(summing *a, size_t slots, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (uint64_t first = 0; first < a->members->count && !status; first += slots * SLICE) {
        size_t slices = (a->members->count - first + SLICE - 1) / SLICE;
        a->first = (uint32_t)first;
        status = parallel_run(a->r->threads, slices < slots ? slices : slots, add_slice, a, NULL,
                              err);
    }
    return status;
}

static void merge_sums(scale_sums *into, const scale_sums *from)
{
    into->rows += from->rows;
    into->cases += from->cases;
    into->complete += from->complete;
    for (size_t i = 0; i < into->workgroups * block_size(into->k); i++)
        into->blocks[i] += from->blocks[i];
    for (size_t i = 0; i < pair_count(into->k) && into->pairs; i++)
        pair_sums_merge(&into->pairs[i], &from->pairs[i]);
    for (size_t j = 0; j < into->k; j++) {
        into->at_floor[j] += from->at_floor[j];
        into->at_ceiling[j] += from->at_ceiling[j];
    }
}

static void find_complete_pairs(scale_sums *s)
{
    size_t k = s->k;
    for (const int64_t *block = s->blocks; block != s->blocks + s->workgroups * block_size(k);
         block += block_size(k)) {
        const int64_t *sums = block + 1, *products = sums + k;
        pair_sums *pair = s->complete_pairs;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++, pair++)
                pair_sums_merge(
                    pair, &(pair_sums){block[0], sums[i], sums[j], products[pair_count(i) + i],
                                       products[pair_count(j) + j], products[pair_count(i) + j]});
    }
}

relcoord_status scale_sums_gather(const run *r, const scale *s, const group_members *members,
                                  bool pairwise, bool leveled, scale_sums *out, relcoord_error *err)
{
    size_t slices = ((size_t)members->count + SLICE - 1) / SLICE,
           slots = slices < r->threads ? slices : r->threads;
    size_t workgroups = leveled ? r->survey->attributes[COLUMN_WORKGROUP].labels.count : 1;
    summing a = {r, s, members, NULL, 0};
    relcoord_status status = RELCOORD_OK;
    if (!s->of_ties)
        return fail(err, RELCOORD_EINTERNAL, "the scale '%s' has no ties", s->name);
    slots = slots > 0 ? slots : 1;
    a.slots = memory_zeroed(slots, sizeof *a.slots);
    if (!a.slots)
        return fail_memory(err);
    for (size_t i = 0; i < slots && !status; i++)
        status = make_sums(s->k, workgroups > 0 ? workgroups : 1, pairwise, &a.slots[i])
                     ? RELCOORD_OK
                     : fail_memory(err);
    if (!status)
        status = add_members(&a, slots, err);
    for (size_t i = 1; i < slots && !status; i++)
        merge_sums(&a.slots[0], &a.slots[i]);
    if (!status) {
        find_complete_pairs(&a.slots[0]);
        *out = a.slots[0];
        a.slots[0] = (scale_sums){.k = 0};
    }
    for (size_t i = 0; i < slots; i++)
        scale_sums_free(&a.slots[i]);
    memory_free(a.slots);
    return status;
}
