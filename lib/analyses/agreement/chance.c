#include "analyses/agreement/chance.h"

#include <math.h>

#include "analyses/agreement/within.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "stats/numbers/covariance.h"

enum { RANGE = 64 /* replicates a task; no figure depends on it */ };

typedef struct simulation {
    chance_plan plan;
    const uint32_t *sizes;
    size_t groups;
    uint64_t replicates, first; /* first: where task 0 begins */
    chance_draw *draws;
} simulation;

/* Draws depend on the seed and a replicate's number alone, not on who makes them. */
static relcoord_status simulate_range(void *user, size_t task, relcoord_error *err)
{
    simulation *s = user;
    uint64_t first = s->first + task * RANGE,
             end = first + RANGE < s->replicates ? first + RANGE : s->replicates;
    if (first >= end)
        return RELCOORD_OK;
    return chance_replicate(&s->plan, s->sizes, s->groups, first, end, s->draws + first)
               ? RELCOORD_OK
               : fail_memory(err);
}

/* A range for each thread at a time, with progress between. */
static relcoord_status simulate(const agreement_block *b, simulation *s, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    for (; s->first < s->replicates && !status; s->first += b->r->threads * RANGE) {
        status = options_progress(b->r->options, b->share.from, err);
        if (!status)
            status = parallel_run(b->r->threads, b->r->threads, simulate_range, s, NULL, err);
    }
    return status;
}

static void judge(const agreement_block *b, const simulation *s, const observed_agreement *observed,
                  double *values, chance_outcome *out)
{
    double level = 1 - options_number(b->r->options, "confidence");
    for (uint64_t i = 0; i < s->replicates; i++)
        values[i] = s->draws[i].rwg;
    out->rwg = chance_judge(observed->rwg, values, s->replicates, level, true);
    for (uint64_t i = 0; i < s->replicates; i++)
        values[i] = s->draws[i].ad_mean;
    out->ad_mean = chance_judge(observed->ad_mean, values, s->replicates, level, false);
}

/* Whether there are groups of two and more, and a null for them. */
static bool any_pair(const agreement_block *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->groups[i].items.raters > 1)
            return true;
    return false;
}
static bool has_null(const agreement_block *b)
{
    return !isnan(agreement_null_variance(agreement_null_chosen(b->r), b->of->scale.options));
}

/* The factor of the items' correlations over all raters of the block; a constant item has none. */
static relcoord_status find_factor(const agreement_block *b, double *factor, bool *constant,
                                   relcoord_error *err)
{
    const agreement_groups *g = b->of;
    size_t first = b->groups[0].first, rows = 0;
    relcoord_status status = RELCOORD_OK;
    covariances c;
    for (size_t i = 0; i < b->count; i++)
        rows += b->groups[i].count;
    if (!covariances_of_values(g->items + first * g->k, rows, g->k, COVARIANCE_LISTWISE, &c))
        return fail_memory(err);
    *constant = false;
    for (size_t i = 0; i < g->k * g->k; i++)
        *constant = *constant || isnan(c.correlation[i]);
    if (!*constant && !chance_factor(c.correlation, g->k, factor))
        status = fail(err, RELCOORD_EINTERNAL, "invalid correlations");
    covariances_free(&c);
    return status;
}

static relcoord_status run_chance(const agreement_block *b, chance_outcome *out,
                                  relcoord_error *err)
{
    const relcoord_options *o = b->r->options;
    uint64_t replicates = (uint64_t)options_integer(o, "replicates");
    double *factor = memory_zeroed(b->of->k * b->of->k, sizeof *factor),
           *values = memory_new(replicates, sizeof *values);
    double given = options_number(o, "null_variance");
    uint32_t *sizes = memory_new(b->count, sizeof *sizes);
    simulation s = {.sizes = sizes,
                    .groups = b->count,
                    .replicates = replicates,
                    .draws = memory_new(replicates, sizeof *s.draws)};
    observed_agreement observed;
    bool constant = true;
    relcoord_status status = factor && values && sizes && s.draws
                                 ? agreement_observe(b, &observed, err)
                                 : fail_memory(err);
    if (!status)
        status = find_factor(b, factor, &constant, err);
    if (!status && !constant) {
        agreement_null null = agreement_null_chosen(b->r);
        for (size_t i = 0; i < b->count; i++)
            sizes[i] = (uint32_t)b->groups[i].items.raters;
        s.plan = (chance_plan){(uint64_t)options_integer(o, "seed"),
                               b->of->k,
                               b->of->scale,
                               null,
                               given > 0 ? given
                                         : agreement_null_variance(null, b->of->scale.options),
                               factor};
        status = simulate(b, &s, err);
        if (!status)
            judge(b, &s, &observed, values, out);
    }
    memory_free(factor);
    memory_free(values);
    memory_free(sizes);
    memory_free(s.draws);
    return status;
}

relcoord_status agreement_find_chance(const agreement_block *b, chance_outcome *out,
                                      relcoord_error *err)
{
    static const chance_verdict none = {NAN, NAN};
    bool asked = options_choice(b->r->options, "chance") == 1 && !b->total;
    relcoord_status status = RELCOORD_OK;
    *out = (chance_outcome){asked, none, none, NULL};
    if (!asked)
        return RELCOORD_OK;
    if (b->of->means || !b->of->on_scale)
        out->note = "not_single_answers";
    else if (!any_pair(b))
        out->note = "no_pairs";
    else if (!has_null(b))
        out->note = "no_null";
    if (out->note)
        return RELCOORD_OK;
    status = run_chance(b, out, err);
    if (!status && isnan(out->rwg.p))
        out->note = "constant_item";
    return status;
}

void agreement_write_chance(const agreement_block *b, const chance_outcome *chance,
                            relcoord_table *table)
{
    static const char *const names[4][2] = {{"rwg_mean_p", "rwg_j_mean_p"},
                                            {"rwg_mean_critical", "rwg_j_mean_critical"},
                                            {"ad_mean_p", "ad_j_mean_p"},
                                            {"ad_mean_critical", "ad_j_mean_critical"}};
    const double values[] = {chance->rwg.p, chance->rwg.critical, chance->ad_mean.p,
                             chance->ad_mean.critical};
    if (!chance->asked)
        return;
    for (size_t i = 0; i < 4; i++) {
        case_base base = {0, 0, b->without_group};
        for (size_t g = 0; g < b->count; g++) {
            bool used = b->groups[g].items.raters > 1;
            base.groups += used;
            base.n += used ? b->groups[g].items.raters : 0;
            base.left_out += (int64_t)b->groups[g].count - (used ? b->groups[g].items.raters : 0);
        }
        agreement_write_value(b, names[i][b->of->k > 1], base, values[i], "chance_listwise", table);
        if (chance->note)
            table_add_note(table, chance->note);
        else if (isnan(values[i]))
            table_add_note(table, "too_few_replicates");
    }
}
