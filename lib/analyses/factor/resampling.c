/* Bootstrap intervals of factor models: people are drawn with all their cases, and the models that
 * the sample has are fitted again, each from its own solution. A replicate without a solution is
 * undefined, and counted. */
#include <math.h>
#include <string.h>

#include "analyses/factor/factors.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/scores/coefficients.h"

/* Behind the figures of items of each model, the correlation of two factors. */
static size_t place_of(size_t k, factor_model_id id, factor_figure figure, size_t item)
{
    size_t of_items = FIGURE_CORRELATION * k;
    return figure == FIGURE_CORRELATION ? FACTOR_MODEL_COUNT * of_items
                                        : id * of_items + figure * k + item;
}

static size_t count_statistics(size_t k)
{
    return place_of(k, TWO_FACTORS, FIGURE_CORRELATION, 0) + 1;
}

const bootstrap_interval *scale_factors_interval(const scale_factors *s, factor_model_id id,
                                                 factor_figure figure, size_t item)
{
    return s->resampled ? &s->resampled[place_of(s->scale->k, id, figure, item)] : NULL;
}

typedef struct refitting {
    const scale_factors *of;
    const coefficient_sums *sums;
    size_t sums_size; /* of the scratch, in front of the covariances */
} refitting;

static void read_solution(const factor_solution *found, factor_model_id id, double *values)
{
    size_t k = found->items;
    for (size_t j = 0; j < k; j++) {
        values[place_of(k, id, FIGURE_LOADING, j)] = factor_loading(found, j).value;
        values[place_of(k, id, FIGURE_LOADING_STD, j)] =
            factor_loading_standardised(found, j).value;
        values[place_of(k, id, FIGURE_RESIDUAL, j)] = factor_residual(found, j).value;
    }
    if (id == TWO_FACTORS)
        values[place_of(k, id, FIGURE_CORRELATION, 0)] = factor_correlation(found).value;
}

static relcoord_status evaluate_models(const void *context, const double *weights, void *scratch,
                                       double *values, relcoord_error *err)
{
    const refitting *now = context;
    size_t k = now->of->scale->k;
    double *covariance = (double *)scratch + now->sums_size / sizeof *covariance;
    double n = coefficient_sums_complete(now->sums, weights, scratch, covariance);
    for (size_t i = 0; i < count_statistics(k); i++)
        values[i] = NAN;
    for (factor_model_id id = ONE_FACTOR; id < FACTOR_MODEL_COUNT; id++) {
        factor_solution found;
        factor_status status = FACTOR_NOT_CONVERGED;
        if (now->of->models[id].status == FACTOR_DONE && isfinite(covariance[0]))
            status = factor_refit(covariance, n, &now->of->models[id].solution, &found);
        if (status == FACTOR_NO_MEMORY)
            return fail_memory(err);
        if (status != FACTOR_DONE)
            continue;
        read_solution(&found, id, values);
        factor_solution_free(&found);
    }
    return RELCOORD_OK;
}

static relcoord_status resample_members(scale_factors *s, const group_members *members,
                                        work_share share, relcoord_error *err)
{
    size_t k = s->scale->k;
    coefficient_matrices whole = {.k = k, .n = s->n, .complete_n = s->n};
    coefficient_sums sums;
    relcoord_status status = coefficient_sums_make(s->r, s->scale, members, s->basis, false, &whole,
                                                   &sums, err);
    if (status)
        return status;
    refitting now = {s, &sums, coefficient_sums_scratch(&sums)};
    resampling_statistics statistics = {evaluate_models, &now, count_statistics(k),
                                        now.sums_size + k * k * sizeof(double), share};
    s->resampled = memory_new(statistics.count, sizeof *s->resampled);
    status = s->resampled ? resampling_intervals(s->r, members, &statistics, s->resampled, err)
                          : fail_memory(err);
    coefficient_sums_free(&sums);
    return status;
}

relcoord_status scale_factors_resample(scale_factors *s, work_share share, relcoord_error *err)
{
    group_members members = {0, NULL};
    relcoord_status status;
    if (s->models[ONE_FACTOR].status != FACTOR_DONE && s->models[TWO_FACTORS].status != FACTOR_DONE)
        return RELCOORD_OK;
    status = group_members_list(s->r, s->group, &members, err);
    if (!status)
        status = resample_members(s, &members, share, err);
    group_members_free(&members);
    return status;
}
