/* Reliability of any scale of the survey (relcoord-methods(7), Reliability): the descriptor. */
#include "analyses/reliability/tables.h"
#include "base/error.h"
#include "engine/coefficients_asked.h"

/* ---- What it takes and gives ---- */

static const option_spec reliability_options[] = {
    CASE_OPTIONS,
    SCALE_OPTION,
    COEFFICIENTS_OPTION,
    {.name = "missing",
     .type = OPTION_CHOICE,
     .initial = "listwise",
     .choices = "listwise|pairwise",
     .help = "covariances of the cases that answer every item, or for each pair of items of those "
             "that answer both"},
    {.name = "alpha_ci",
     .type = OPTION_CHOICE,
     .initial = "feldt",
     .choices = "feldt|duhachek",
     .help = "analytic interval of alpha: Feldt, Woodruff & Salih (1987), or Duhachek & Iacobucci "
             "(2004)"},
    CONFIDENCE_OPTION,
    RESAMPLE_OPTIONS,
    THREAD_OPTION,
};

static const table_spec *const reliability_tables[] = {&coefficients_table, &scale_items_table,
                                                       &scale_correlations_table, NULL};

/* ---- All of them ---- */

typedef struct reliability_writer {
    relcoord_table *coefficients, *items, *correlations;
} reliability_writer;

static relcoord_status write_scale(const reliability_writer *w, const run *r, uint32_t group,
                                   const scale *which, scale_basis basis,
                                   const group_members *members, work_share share,
                                   relcoord_error *err)
{
    scale_reliability s = {.r = r,
                           .group = group,
                           .scale = which,
                           .basis = basis,
                           .share = share,
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

static relcoord_status write_group(const reliability_writer *w, const run *r, uint32_t group,
                                   const scale_list *scales, relcoord_error *err)
{
    group_members members;
    relcoord_status status = group_members_list(r, group, &members, err);
    if (status)
        return status;
    for (size_t i = 0; i < scales->count && !status; i++)
        for (scale_basis basis = BASIS_TIES; basis < BASIS_COUNT && !status; basis++) {
            double each = 1.0 / r->cases.group_count / (double)scales->count / BASIS_COUNT;
            double from = (double)group / r->cases.group_count
                          + each * (double)(BASIS_COUNT * i + basis);
            if (basis == BASIS_RESPONDENTS || scales->scales[i].of_ties)
                status = write_scale(w, r, group, &scales->scales[i], basis, &members,
                                     (work_share){0.5 + 0.5 * from, 0.5 + 0.5 * (from + each)},
                                     err);
        }
    group_members_free(&members);
    return status;
}

static relcoord_status reliability_finish(void *state, const run *r, relcoord_result *result,
                                          relcoord_error *err)
{
    const cases *c = &r->cases;
    scale_list scales;
    relcoord_status status = resampling_check(r, err);
    (void)state;
    if (!status)
        status = scales_select(r, &scales, err);
    if (status)
        return status;
    reliability_writer w = {
        result_add_table(result, &coefficients_table, c->by_names, c->by_count),
        result_add_table(result, &scale_items_table, c->by_names, c->by_count),
        result_add_table(result, &scale_correlations_table, c->by_names, c->by_count)};
    status = w.coefficients && w.items && w.correlations ? RELCOORD_OK : fail_memory(err);
    table_explain_empty(w.correlations, "no rows: no scale has two items");
    for (uint32_t group = 0; group < c->group_count && !status; group++) {
        status = options_progress(r->options, 0.5 + 0.5 * group / c->group_count, err);
        if (!status)
            status = write_group(&w, r, group, &scales, err);
    }
    scales_free(&scales);
    return status ? status : coefficients_keep_asked(r, w.coefficients, err);
}

const analysis reliability_analysis = {
    .name = "reliability",
    .summary =
        "how consistent the items of each scale are: alpha, omega, lambdas, split halves, items",
    .options = reliability_options,
    .option_count = sizeof reliability_options / sizeof *reliability_options,
    .tables = reliability_tables,
    .finish = reliability_finish,
    .takes_any_data = true,
    .unweighted = true,
};
