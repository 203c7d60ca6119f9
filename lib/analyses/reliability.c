/* Reliability of any scale of the survey (relcoord-methods(7), Reliability): the descriptor, and working out one scale. */
#include "analyses/reliability.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- What it takes and gives ---- */

static const option_spec reliability_options[] = {
    CASE_OPTIONS,
    SCALE_OPTION,
    {.name = "missing", .type = OPTION_CHOICE, .initial = "listwise", .choices = "listwise|pairwise",
     .help = "covariances of the cases that answer every item, or for each pair of items of those that answer both"},
    {.name = "alpha_ci", .type = OPTION_CHOICE, .initial = "feldt", .choices = "feldt|duhachek",
     .help = "analytic interval of alpha: Feldt, Woodruff & Salih (1987), or Duhachek & Iacobucci (2004)"},
    {.name = "confidence", .type = OPTION_NUMBER, .initial = "0.95", .minimum = 0.5, .maximum = 0.9999,
     .help = "level of the confidence intervals"},
    RESAMPLE_OPTIONS,
    THREAD_OPTION,
};

static const table_spec *const reliability_tables[] = {&coefficients_table, &scale_items_table, &scale_correlations_table, NULL};

/* ---- One scale ---- */

void scale_reliability_free(scale_reliability *s)
{
    scale_cases_free(&s->cases);
    covariances_free(&s->matrices);
    covariances_free(&s->complete);
    two_level_free(&s->levels);
    memory_free(s->items);
    memory_free(s->ends);
    memory_free(s->work);
}

/* The cases behind a figure, and those left out of it. */
static void count_cases(scale_reliability *s)
{
    const covariances *c = &s->matrices;
    s->n = s->pairwise ? c->n[0] : c->complete;
    for (size_t i = 0; i < c->k * c->k && s->pairwise; i++)
        s->n = c->n[i] < s->n ? c->n[i] : s->n;
    s->left_out = (int64_t)s->cases.rows - (s->pairwise ? c->cases : c->complete);
}

static bool is_complete(const double *row, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (isnan(row[j]))
            return false;
    return true;
}

/* Shares at the ends, of the cases that the mean is of. */
static void find_ends(scale_reliability *s)
{
    size_t k = s->cases.k;
    for (size_t j = 0; j < k; j++) {
        int64_t at_floor = 0, at_ceiling = 0;
        for (size_t r = 0; r < s->cases.rows; r++) {
            const double *row = s->cases.values + r * k;
            if (isnan(row[j]) || (!s->pairwise && !is_complete(row, k)))
                continue;
            at_floor += row[j] == s->scale->low;
            at_ceiling += row[j] == s->scale->high;
        }
        s->ends[j] = reliability_end_shares(at_floor, at_ceiling, s->items[j].n);
    }
}

static relcoord_status find_matrices(scale_reliability *s, relcoord_error *err)
{
    const attribute *workgroups = &s->r->survey->attributes[COLUMN_WORKGROUP];
    const scale_cases *c = &s->cases;
    s->leveled = workgroups->present;
    s->items = memory_new(c->k, sizeof *s->items);
    s->ends = memory_new(c->k, sizeof *s->ends);
    s->work = c->k <= SIZE_MAX / c->k ? memory_new(c->k * c->k, sizeof *s->work) : NULL;
    if (!s->items || !s->ends || !s->work)
        return fail_memory(err);
    if (!covariances_of_values(c->values, c->rows, c->k, s->pairwise ? COVARIANCE_PAIRWISE : COVARIANCE_LISTWISE, &s->matrices))
        return fail_memory(err);
    if (s->pairwise && !covariances_of_values(c->values, c->rows, c->k, COVARIANCE_LISTWISE, &s->complete))
        return fail_memory(err);
    if (s->leveled && !two_level_of_values(c->values, c->rows, c->k, c->workgroup, workgroups->labels.count, &s->levels))
        return fail_memory(err);
    return RELCOORD_OK;
}

static relcoord_status resample_scale(scale_reliability *s, const coefficient_matrices *whole, const group_members *members,
                                      relcoord_error *err)
{
    coefficient_sums sums;
    resampling_statistics statistics = {coefficient_sums_evaluate, &sums, COEFFICIENT_COUNT, 0};
    relcoord_status status = coefficient_sums_make(&s->cases, members->count, s->pairwise, s->leveled, whole, &sums, err);
    if (status)
        return status;
    statistics.scratch_size = coefficient_sums_scratch(&sums);
    status = resampling_intervals(s->r, members, &statistics, s->intervals, err);
    coefficient_sums_free(&sums);
    return status;
}

relcoord_status scale_reliability_find(scale_reliability *out, const group_members *members, relcoord_error *err)
{
    relcoord_status status = scale_cases_gather(out->r, out->scale, members, out->basis, &out->cases, err);
    if (!status)
        status = find_matrices(out, err);
    if (status)
        return status;
    count_cases(out);
    reliability_items(&out->matrices, out->work, out->items);
    find_ends(out);

    const covariances *c = &out->matrices;
    coefficient_matrices whole = {.k = c->k, .n = out->n, .covariance = c->covariance, .correlation = c->correlation,
                                  .complete_n = c->complete, .levels = out->leveled ? &out->levels : NULL,
                                  .complete = out->pairwise ? out->complete.covariance : c->covariance,
                                  .confidence = options_number(out->r->options, "confidence"), .work = out->work};
    status = coefficients_find(&whole, &out->found, err);
    out->resampled = resampling_wanted(out->r) && members->count > 0;
    return status || !out->resampled ? status : resample_scale(out, &whole, members, err);
}

/* ---- All of them ---- */

typedef struct reliability_writer {
    relcoord_table *coefficients, *items, *correlations;
} reliability_writer;

static relcoord_status write_scale(const reliability_writer *w, const run *r, uint32_t group, const scale *which,
                                   scale_basis basis, const group_members *members, relcoord_error *err)
{
    scale_reliability s = {.r = r, .group = group, .scale = which, .basis = basis,
                           .pairwise = options_choice(r->options, "missing") == 1};
    relcoord_status status = scale_reliability_find(&s, members, err);
    if (!status) {
        write_coefficients(w->coefficients, &s);
        write_scale_items(w->items, &s);
        write_scale_correlations(w->correlations, &s);
    }
    scale_reliability_free(&s);
    return status;
}

static relcoord_status write_group(const reliability_writer *w, const run *r, uint32_t group, const scale_list *scales,
                                   relcoord_error *err)
{
    group_members members;
    relcoord_status status = group_members_list(r, group, &members, err);
    if (status)
        return status;
    for (size_t i = 0; i < scales->count && !status; i++)
        for (scale_basis basis = BASIS_TIES; basis < BASIS_COUNT && !status; basis++)
            if (basis == BASIS_RESPONDENTS || scales->scales[i].of_ties)
                status = write_scale(w, r, group, &scales->scales[i], basis, &members, err);
    group_members_free(&members);
    return status;
}

static relcoord_status reliability_finish(void *state, const run *r, relcoord_result *result, relcoord_error *err)
{
    const cases *c = &r->cases;
    scale_list scales;
    relcoord_status status = resampling_check(r, err);
    (void)state;
    if (!status)
        status = scales_select(r, &scales, err);
    if (status)
        return status;
    reliability_writer w = {result_add_table(result, &coefficients_table, c->by_names, c->by_count),
                            result_add_table(result, &scale_items_table, c->by_names, c->by_count),
                            result_add_table(result, &scale_correlations_table, c->by_names, c->by_count)};
    status = w.coefficients && w.items && w.correlations ? RELCOORD_OK : fail_memory(err);
    for (uint32_t group = 0; group < c->group_count && !status; group++) {
        status = options_progress(r->options, (double)group / c->group_count, err);
        if (!status)
            status = write_group(&w, r, group, &scales, err);
    }
    scales_free(&scales);
    return status;
}

const analysis reliability_analysis = {
    .name = "reliability",
    .summary = "how well the items of each scale go together: alpha, omega, lambdas, split halves, items",
    .options = reliability_options,
    .option_count = sizeof reliability_options / sizeof *reliability_options,
    .tables = reliability_tables,
    .finish = reliability_finish,
    .takes_any_data = true,
    .unweighted = true,
};
