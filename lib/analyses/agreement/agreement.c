/* Agreement in groups and differences between them: whether the scores of people may be made into
 * those of their unit (relcoord-methods(7), Agreement and aggregation). Any scale, any grouping; by
 * chance by simulation. */
#include <math.h>

#include "analyses/agreement/between.h"
#include "analyses/agreement/chance.h"
#include "analyses/agreement/group_rows.h"
#include "analyses/agreement/resampling.h"
#include "analyses/agreement/within.h"
#include "base/error.h"
#include "base/text.h"
#include "engine/coefficients_asked.h"

static const option_spec agreement_options[] = {
    CASE_OPTIONS,
    SCALE_OPTION,
    COEFFICIENTS_OPTION,
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
     .help = "distribution of answers without any agreement: uniform on any scale, the others on a "
             "scale of five"},
    {.name = "null_variance",
     .type = OPTION_NUMBER,
     .initial = "0",
     .minimum = 0,
     .maximum = 1000000,
     .help = "variance of answers without any agreement, instead of that of null; 0: use null"},
    {.name = "chance",
     .type = OPTION_CHOICE,
     .initial = "off",
     .choices = "off|on",
     .help = "whether to simulate agreement by chance"},
    BOOTSTRAP_OPTIONS,
    {.name = "replicates",
     .type = OPTION_INTEGER,
     .initial = "2000",
     .minimum = 20,
     .maximum = 1000000,
     .help = "number of simulations of chance, and of bootstrap replicates of groups"},
    SEED_OPTION,
    {.name = "resample",
     .type = OPTION_CHOICE,
     .initial = "groups",
     .choices = "groups|groups_plain",
     .help = "how whole groups are resampled: n - 1 of n and rescaled, or plainly n of n"},
    THREAD_OPTION,
};

static const table_spec *const agreement_tables[] = {&agreement_coefficients_table,
                                                     &agreement_groups_table, NULL};

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
    oneway fit = {.tau2 = NAN, .sigma2 = NAN};
    chance_outcome chance;
    agreement_resampled resampled;
    bool resamples = resampling_wanted(a->r) && b->count > 0;
    relcoord_status status = agreement_find_chance(b, &chance, err);
    if (!status && resamples)
        status = agreement_resample(b, &resampled, err);
    if (!status && !b->total)
        status = agreement_write_between(b, resamples ? resampled.between : NULL, a->coefficients,
                                         &fit, err);
    if (!status)
        status = agreement_write_within(b, resamples ? resampled.within : NULL, a->coefficients,
                                        err);
    if (!status)
        agreement_write_chance(b, &chance, a->coefficients);
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
    return status ? status : coefficients_keep_asked(r, a.coefficients, err);
}

const analysis agreement_analysis = {
    .name = "agreement",
    .summary = "whether people in a group agree, and groups differ: ICC, rwg, average deviations",
    .options = agreement_options,
    .option_count = sizeof agreement_options / sizeof *agreement_options,
    .tables = agreement_tables,
    .finish = agreement_finish,
    .takes_any_data = true,
    .unweighted = true,
};
