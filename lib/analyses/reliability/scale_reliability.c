#include "analyses/reliability/scale_reliability.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/scale_sums.h"

void scale_reliability_free(scale_reliability *s)
{
    covariances_free(&s->matrices);
    covariances_free(&s->complete);
    two_level_free(&s->levels);
    for (omega_model which = 0; which < OMEGA_MODELS; which++)
        factor_solution_free(&s->solved[which]);
    memory_free(s->items);
    memory_free(s->ends);
    memory_free(s->at_floor);
    memory_free(s->at_ceiling);
    memory_free(s->work);
}

/* The cases behind a figure, and those left out of it. */
static void count_cases(scale_reliability *s)
{
    const covariances *c = &s->matrices;
    s->n = s->pairwise ? c->n[0] : c->complete;
    for (size_t i = 0; i < c->k * c->k && s->pairwise; i++)
        s->n = c->n[i] < s->n ? c->n[i] : s->n;
    s->left_out = s->rows - (s->pairwise ? c->cases : c->complete);
}

static void find_ends(scale_reliability *s)
{
    for (size_t j = 0; j < s->scale->k; j++)
        s->ends[j] = reliability_end_shares(s->at_floor[j], s->at_ceiling[j], s->items[j].n);
}

static relcoord_status make_room(scale_reliability *s, relcoord_error *err)
{
    size_t k = s->scale->k;
    s->items = memory_new(k, sizeof *s->items);
    s->ends = memory_new(k, sizeof *s->ends);
    s->at_floor = memory_zeroed(k, sizeof *s->at_floor);
    s->at_ceiling = memory_zeroed(k, sizeof *s->at_ceiling);
    s->work = k <= SIZE_MAX / 8 / k ? memory_new(reliability_items_room(k), sizeof *s->work) : NULL;
    if (!s->items || !s->ends || !s->at_floor || !s->at_ceiling || !s->work)
        return fail_memory(err);
    return RELCOORD_OK;
}

/* ---- Ties: by their sums ---- */

static bool take_sums(const scale_sums *sums, scale_reliability *s)
{
    size_t k = sums->k;
    s->rows = sums->rows;
    memcpy(s->at_floor, sums->at_floor, k * sizeof *s->at_floor);
    memcpy(s->at_ceiling, sums->at_ceiling, k * sizeof *s->at_ceiling);
    if (!covariances_of_sums(s->pairwise ? sums->pairs : sums->complete_pairs, k, 1, &s->matrices))
        return false;
    s->matrices.cases = sums->cases;
    s->matrices.complete = sums->complete;
    if (s->pairwise && !covariances_of_sums(sums->complete_pairs, k, 1, &s->complete))
        return false;
    return !s->leveled || two_level_of_sums(sums->blocks, k, sums->workgroups, &s->levels);
}

static relcoord_status find_matrices_of_ties(scale_reliability *s, const group_members *members,
                                             relcoord_error *err)
{
    scale_sums sums = {.k = 0};
    relcoord_status status = scale_sums_gather(s->r, s->scale, members, s->pairwise, s->leveled,
                                               &sums, err);
    if (!status && !take_sums(&sums, s))
        status = fail_memory(err);
    scale_sums_free(&sums);
    return status;
}

/* ---- Respondents: by a matrix of them ---- */

static bool is_complete(const double *row, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (isnan(row[j]))
            return false;
    return true;
}

static void count_ends(const scale_cases *c, scale_reliability *s)
{
    for (const double *row = c->values; row != c->values + c->rows * c->k; row += c->k)
        for (size_t j = 0; j < c->k && (s->pairwise || is_complete(row, c->k)); j++) {
            s->at_floor[j] += row[j] == s->scale->low;
            s->at_ceiling[j] += row[j] == s->scale->high;
        }
}

static bool take_cases(const scale_cases *c, scale_reliability *s)
{
    size_t groups = s->r->survey->attributes[COLUMN_WORKGROUP].labels.count;
    s->rows = (int64_t)c->rows;
    count_ends(c, s);
    if (!covariances_of_values(c->values, c->rows, c->k,
                               s->pairwise ? COVARIANCE_PAIRWISE : COVARIANCE_LISTWISE,
                               &s->matrices))
        return false;
    if (s->pairwise
        && !covariances_of_values(c->values, c->rows, c->k, COVARIANCE_LISTWISE, &s->complete))
        return false;
    return !s->leveled
           || two_level_of_values(c->values, c->rows, c->k, c->workgroup, groups, &s->levels);
}

static relcoord_status find_matrices_of_respondents(scale_reliability *s,
                                                    const group_members *members,
                                                    relcoord_error *err)
{
    scale_cases c = {.rows = 0};
    relcoord_status status = scale_cases_gather(s->r, s->scale, members, s->basis, &c, err);
    if (!status && !take_cases(&c, s))
        status = fail_memory(err);
    scale_cases_free(&c);
    return status;
}

/* ---- Both ---- */

static relcoord_status resample_scale(scale_reliability *s, const coefficient_matrices *whole,
                                      const group_members *members, relcoord_error *err)
{
    coefficient_sums sums;
    resampling_statistics statistics = {coefficient_sums_evaluate, &sums, COEFFICIENT_COUNT, 0,
                                        s->share};
    relcoord_status status = coefficient_sums_make(s->r, s->scale, members, s->basis, s->pairwise,
                                                   whole, &sums, err);
    if (status)
        return status;
    statistics.scratch_size = coefficient_sums_scratch(&sums);
    status = resampling_intervals(s->r, members, &statistics, s->intervals, err);
    coefficient_sums_free(&sums);
    return status;
}

relcoord_status scale_reliability_find(scale_reliability *out, const group_members *members,
                                       relcoord_error *err)
{
    relcoord_status status = make_room(out, err);
    out->leveled = out->r->survey->attributes[COLUMN_WORKGROUP].present;
    if (!status)
        status = out->basis == BASIS_TIES ? find_matrices_of_ties(out, members, err)
                                          : find_matrices_of_respondents(out, members, err);
    if (status)
        return status;
    count_cases(out);
    reliability_items(&out->matrices, out->work, out->items);
    find_ends(out);

    const covariances *c = &out->matrices, *of_complete = out->pairwise ? &out->complete : c;
    coefficient_matrices whole = {.k = c->k,
                                  .n = out->n,
                                  .covariance = c->covariance,
                                  .correlation = c->correlation,
                                  .complete_n = c->complete,
                                  .levels = out->leveled ? &out->levels : NULL,
                                  .complete = of_complete->covariance,
                                  .confidence = options_number(out->r->options, "confidence"),
                                  .work = out->work,
                                  .solved = out->solved};
    status = coefficients_find(&whole, &out->found, err);
    out->resampled = resampling_wanted(out->r) && members->count > 0;
    return status || !out->resampled ? status : resample_scale(out, &whole, members, err);
}
