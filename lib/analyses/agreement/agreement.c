/* Agreement in groups and differences between them: whether the scores of people may be made into
 * those of their unit (relcoord-methods(7), Agreement and aggregation). Any scale, any grouping; by
 * chance by simulation. */
#include "stats/agreement/agreement.h"

#include <math.h>
#include <string.h>

#include "analyses/agreement/tables.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"
#include "stats/numbers/covariance.h"

static const option_spec agreement_options[] = {
    CASE_OPTIONS,
    SCALE_OPTION,
    GROUPING_OPTION,
    ESTIMATE_OPTIONS,
    {.name = "k0",
     .type = OPTION_CHOICE,
     .initial = "n0",
     .choices = "n0|mean|reml",
     .help = "the group size of an ICC: n0, the mean size, or variance components by REML in place "
             "of mean squares"},
    {.name = "null",
     .type = OPTION_CHOICE,
     .initial = "uniform",
     .choices = "uniform|slight_skew|moderate_skew|heavy_skew|triangular|normal",
     .help =
         "how people answer who do not agree: uniform on any scale, the others on a scale of five"},
    {.name = "null_variance",
     .type = OPTION_NUMBER,
     .initial = "0",
     .minimum = 0,
     .maximum = 1000000,
     .help =
         "variance of the answers of people who do not agree, in place of that of null; 0: none"},
    {.name = "chance",
     .type = OPTION_CHOICE,
     .initial = "off",
     .choices = "off|on",
     .help = "whether to simulate what agreement comes to by chance"},
    BOOTSTRAP_OPTIONS,
    {.name = "replicates",
     .type = OPTION_INTEGER,
     .initial = "2000",
     .minimum = 20,
     .maximum = 1000000,
     .help = "how many times chance is simulated, and groups are drawn"},
    SEED_OPTION,
    {.name = "resample",
     .type = OPTION_CHOICE,
     .initial = "groups",
     .choices = "groups|groups_plain",
     .help = "how whole groups are drawn: n - 1 of n and rescaled, or plainly n of n"},
    THREAD_OPTION,
};

static const table_spec *const agreement_tables[] = {&agreement_coefficients_table,
                                                     &agreement_groups_table, NULL};

/* ---- Chance ---- */

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
        status = fail(err, RELCOORD_EINTERNAL, "correlations that are none");
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

/* ---- Blocks ---- */

/* The i-th of `count` equal pieces of a share. */
static work_share piece_of(work_share whole, size_t i, size_t count)
{
    double each = (whole.to - whole.from) / (double)count;
    return (work_share){whole.from + each * (double)i, whole.from + each * ((double)i + 1)};
}

typedef struct agreeing {
    const run *r;
    uint32_t group; /* of `by` */
    relcoord_table *coefficients, *groups;
} agreeing;

static relcoord_status write_block(const agreeing *a, agreement_block *b, relcoord_error *err)
{
    static const chance_verdict none = {NAN, NAN};
    oneway fit = {.tau2 = NAN, .sigma2 = NAN};
    chance_outcome chance = {options_choice(a->r->options, "chance") == 1 && !b->total, none, none,
                             NULL};
    agreement_resampled resampled;
    bool resamples = resampling_wanted(a->r) && b->count > 0;
    relcoord_status status = RELCOORD_OK;
    if (b->of->means || !b->of->on_scale)
        chance.note = "not_single_answers";
    else
        chance.note = !any_pair(b) ? "no_pairs" : !has_null(b) ? "no_null" : NULL;
    if (chance.asked && !chance.note) {
        status = run_chance(b, &chance, err);
        if (!status && isnan(chance.rwg.p))
            chance.note = "constant_item";
    }
    if (!status && resamples)
        status = agreement_resample(b, &resampled, err);
    if (!status)
        status = agreement_write_coefficients(b, &chance, resamples ? &resampled : NULL,
                                              a->coefficients, &fit, err);
    if (!status && !b->total)
        agreement_write_groups(b, &fit, a->groups);
    return status;
}

static relcoord_status write_named_block(const agreeing *a, agreement_block *b, const char *target,
                                         relcoord_error *err)
{
    text name = {0};
    relcoord_status status;
    text_add(&name, "workgroup:");
    text_add(&name, target);
    b->name = name.bytes;
    status = name.failed ? fail_memory(err) : write_block(a, b, err);
    text_free(&name);
    return status;
}

/* Each target is a set of its own, in which a respondent has one tie; agreement of all of them
 * comes last. */
static relcoord_status write_targets(const agreeing *a, const agreement_block *all, grouping by,
                                     relcoord_error *err)
{
    const char **names = a->r->survey->attributes[COLUMN_WORKGROUP].labels.names;
    relcoord_status status = RELCOORD_OK;
    for (size_t first = 0, end; first < all->count && !status; first = end) {
        agreement_block b = *all;
        for (end = first; end < all->count && all->groups[end].target == all->groups[first].target;)
            end++;
        b.groups = all->groups + first;
        b.count = end - first;
        b.share.to = all->share.from
                     + (all->share.to - all->share.from) * (double)end / (double)(all->count + 1);
        b.share.from = b.share.to
                       - (all->share.to - all->share.from) * (double)b.count
                             / (double)(all->count + 1);
        status = write_named_block(a, &b, names[b.groups[0].target], err);
    }
    if (!status && by.target == NO_TARGET) {
        agreement_block b = *all;
        b.total = true;
        b.share.from = piece_of(all->share, all->count, all->count + 1).from;
        status = write_named_block(a, &b, "(total)", err);
    }
    return status;
}

static relcoord_status write_grouping(const agreeing *a, const scale *s,
                                      const group_members *members, grouping by, work_share share,
                                      relcoord_error *err)
{
    const relcoord_survey *survey = a->r->survey;
    agreement_groups g;
    relcoord_status status = agreement_groups_make(a->r, s, members, by, &g, err);
    if (status)
        return status;
    agreement_block b = {.r = a->r,
                         .scale = s->name,
                         .of = &g,
                         .groups = g.groups,
                         .count = g.count,
                         .without_group = g.without_group,
                         .group_of_by = a->group,
                         .share = share};
    if (by.attribute == BY_TARGET) {
        status = write_targets(a, &b, by, err);
    } else {
        b.name = survey->attributes[by.attribute].name;
        status = write_block(a, &b, err);
    }
    agreement_groups_free(&g);
    return status;
}

/* ---- All ---- */

static relcoord_status write_scale(const agreeing *a, const scale *s, const group_members *members,
                                   work_share share, size_t *groupings, relcoord_error *err)
{
    grouping_list list = {0, NULL};
    relcoord_status status = groupings_select(a->r, s, &list, err);
    *groupings += list.count;
    for (size_t i = 0; i < list.count && !status; i++)
        status = write_grouping(a, s, members, list.groupings[i], piece_of(share, i, list.count),
                                err);
    groupings_free(&list);
    return status;
}

static relcoord_status agreement_finish(void *state, const run *r, relcoord_result *result,
                                        relcoord_error *err)
{
    agreeing a = {
        r, 0,
        result_add_table(result, &agreement_coefficients_table, r->cases.by_names,
                         r->cases.by_count),
        result_add_table(result, &agreement_groups_table, r->cases.by_names, r->cases.by_count)};
    scale_list scales = {0, NULL, NULL};
    size_t groupings = 0;
    relcoord_status status = a.coefficients && a.groups ? scales_select(r, &scales, err)
                                                        : fail_memory(err);
    (void)state;
    for (; a.group < r->cases.group_count && !status; a.group++) {
        group_members members = {0, NULL};
        work_share share = piece_of((work_share){0.5, 1}, a.group, r->cases.group_count);
        status = options_progress(r->options, share.from, err);
        if (!status)
            status = group_members_list(r, a.group, &members, err);
        for (size_t i = 0; i < scales.count && !status; i++)
            status = write_scale(&a, &scales.scales[i], &members, piece_of(share, i, scales.count),
                                 &groupings, err);
        group_members_free(&members);
    }
    if (!status && groupings == 0)
        status = fail_option(
            err, "grouping",
            "the data have no groups of people who answer these scales; name a column to group by");
    scales_free(&scales);
    return status;
}

const analysis agreement_analysis = {
    .name = "agreement",
    .summary =
        "whether people of one group answer alike, and groups differ: ICC, rwg, average deviations",
    .options = agreement_options,
    .option_count = sizeof agreement_options / sizeof *agreement_options,
    .tables = agreement_tables,
    .finish = agreement_finish,
    .takes_any_data = true,
    .unweighted = true,
};
