#include "analyses/agreement/resampling.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* Groups are other draws than people, by the same seed. */
enum { GROUP_STREAM = 1 };

typedef struct group_values {
    const agreement_block *b;
    int size; /* of an ICC, as the option k0 has it */
    const group_summary *summaries;
    const double *within; /* by row of agreement, then group */
} group_values;

enum { STATISTICS = BETWEEN_COUNT + WITHIN_COUNT };

static relcoord_status evaluate_between(const group_values *g, const double *weights,
                                        double *values, relcoord_error *err)
{
    anova a = anova_of_weighted_groups(g->summaries, weights, g->b->count);
    oneway fit;
    if (!oneway_fit_weighted(g->summaries, weights, g->b->count, &fit))
        return fail_memory(err);
    icc i = icc_of_anova(&a, g->size == SIZE_MEAN ? a.mean_size : a.n0, 0);
    bool reml = g->size == SIZE_REML;
    values[BETWEEN_ETA2] = a.eta2;
    values[BETWEEN_OMEGA2] = a.omega2;
    values[BETWEEN_ICC1] = reml ? fit.icc1 : i.one.raw;
    values[BETWEEN_ICC2] = reml ? oneway_reliability(&fit, a.mean_size) : i.two.raw;
    values[BETWEEN_TAU2] = fit.tau2;
    values[BETWEEN_SIGMA2] = fit.sigma2;
    return RELCOORD_OK;
}

static double weigh_groups(const double *of, const double *weights, size_t count)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(of[i])) {
            sum += weights[i] * of[i];
            n += weights[i];
        }
    return n > 0 ? sum / n : NAN;
}

static relcoord_status evaluate_groups(const void *context, const double *weights, void *scratch,
                                       double *values, relcoord_error *err)
{
    const group_values *g = context;
    relcoord_status status = RELCOORD_OK;
    (void)scratch;
    for (size_t i = 0; i < BETWEEN_COUNT; i++)
        values[i] = NAN;
    if (!g->b->total)
        status = evaluate_between(g, weights, values, err);
    for (size_t i = 0; i < WITHIN_COUNT; i++)
        values[BETWEEN_COUNT + i] = weigh_groups(g->within + i * g->b->count, weights, g->b->count);
    return status;
}

/* Over all targets, a workgroup's ratings of them are drawn together: the same people gave them. */
static relcoord_status choose_groups(const agreement_block *b, resample *out, relcoord_error *err)
{
    uint32_t *labels = memory_new(b->count, sizeof *labels);
    resample_plan plan = {.count = b->count,
                          .cluster = labels,
                          .plain = options_choice(b->r->options, "resample") == 1,
                          .seed = (uint64_t)options_integer(b->r->options, "seed"),
                          .stream = GROUP_STREAM};
    relcoord_status status;
    for (size_t i = 0; i < b->count && labels; i++)
        labels[i] = b->groups[i].label;
    status = labels ? resample_make(&plan, out, err) : fail_memory(err);
    memory_free(labels);
    return status;
}

static relcoord_status find_intervals(const group_values *g, bootstrap_interval *found,
                                      relcoord_error *err)
{
    resample groups = {0};
    resampling_statistics statistics = {evaluate_groups, g, STATISTICS, 1, g->b->share};
    relcoord_status status = choose_groups(g->b, &groups, err);
    if (!status)
        status = resampling_intervals_of(g->b->r, &groups, &statistics, found, err);
    resample_free(&groups);
    return status;
}

relcoord_status agreement_resample(const agreement_block *b, agreement_resampled *out,
                                   relcoord_error *err)
{
    group_summary *summaries = memory_new(b->count, sizeof *summaries);
    double *within = memory_new(b->count, WITHIN_COUNT * sizeof *within);
    bootstrap_interval *found = memory_new(STATISTICS, sizeof *found);
    group_values g = {b, options_choice(b->r->options, "k0"), summaries, within};
    relcoord_status status = summaries && within && found ? RELCOORD_OK : fail_memory(err);
    for (size_t i = 0; i < b->count && !status; i++) {
        summaries[i] = b->groups[i].scores;
        for (size_t row = 0; row < WITHIN_COUNT; row++)
            within[row * b->count + i] = agreement_within_value(b, row, i);
    }
    if (!status)
        status = find_intervals(&g, found, err);
    for (size_t i = 0; i < STATISTICS && !status; i++)
        *(i < BETWEEN_COUNT ? &out->between[i] : &out->within[i - BETWEEN_COUNT]) = found[i];
    memory_free(summaries);
    memory_free(within);
    memory_free(found);
    return status;
}
