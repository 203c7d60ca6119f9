/* The factor structure of any scale of the survey (relcoord-methods(7), Factor structure): the
 * descriptor, and all scales of all groups. */
#include <string.h>

#include "analyses/factor/factors.h"
#include "base/error.h"
#include "base/memory.h"

/* ---- What it takes and gives ---- */

static const option_spec factor_options[] = {
    CASE_OPTIONS,
    SCALE_OPTION,
    {.name = "basis",
     .type = OPTION_CHOICE,
     .initial = "both",
     .choices = "both|ties|respondents",
     .help =
         "what a case is: a tie, a respondent with the mean over all ties, or one after the other"},
    {.name = "estimator",
     .type = OPTION_CHOICE,
     .initial = "mlr",
     .choices = "mlr|ml",
     .help = "standard errors of loadings and correlations: those that hold for several ties of a "
             "respondent and answers "
             "that are not normal, or those of normal, independent answers"},
    {.name = "confidence",
     .type = OPTION_NUMBER,
     .initial = "0.95",
     .minimum = 0.5,
     .maximum = 0.9999,
     .help = "level of the confidence intervals, but that of the RMSEA is always 0.9"},
    BOOTSTRAP_OPTIONS,
    {.name = "replicates",
     .type = OPTION_INTEGER,
     .initial = "1000",
     .minimum = 20,
     .maximum = 1000000,
     .help = "samples of the parallel analysis, and number of bootstrap replicates"},
    SEED_OPTION,
    RESAMPLE_OPTION,
    THREAD_OPTION,
};

static const table_spec *const factor_tables[] = {
    &fit_table, &loadings_table, &factor_correlations_table, &eigenvalues_table, NULL};

/* ---- All scales of all groups ---- */

typedef struct factoring {
    size_t count;
    scale_factors *all; /* by group, scale, basis: the order of the rows */
} factoring;

static bool is_wanted(const run *r, const scale *which, scale_basis basis)
{
    int chosen = options_choice(r->options, "basis");
    return (chosen == 0 || chosen == (int)basis + 1)
           && (which->of_ties || basis == BASIS_RESPONDENTS);
}

static relcoord_status list_work(const run *r, const scale_list *scales, factoring *f,
                                 relcoord_error *err)
{
    size_t most = scales->count * BASIS_COUNT;
    f->all = most <= SIZE_MAX / sizeof *f->all
                 ? memory_zeroed(r->cases.group_count, most * sizeof *f->all)
                 : NULL;
    if (!f->all)
        return fail_memory(err);
    for (uint32_t group = 0; group < r->cases.group_count; group++)
        for (size_t i = 0; i < scales->count; i++)
            for (scale_basis basis = BASIS_TIES; basis < BASIS_COUNT; basis++)
                if (is_wanted(r, &scales->scales[i], basis))
                    f->all[f->count++] = (scale_factors){
                        .r = r,
                        .group = group,
                        .scale = &scales->scales[i],
                        .basis = basis,
                        .robust = options_choice(r->options, "estimator") == 0};
    if (f->count == 0 && r->cases.group_count > 0)
        return fail_option(err, "basis", "the scales asked for have no ties: take 'respondents'");
    return RELCOORD_OK;
}

static relcoord_status find_one(void *user, size_t task, relcoord_error *err)
{
    factoring *f = user;
    return scale_factors_find(&f->all[task], err);
}

static relcoord_status find_all(const run *r, factoring *f, relcoord_error *err)
{
    relcoord_status status = work_in_rounds(r, f->count, find_one, f, (work_share){0.5, 0.6}, err);
    for (size_t i = 0; i < f->count && !status; i++) {
        double each = 0.4 / (double)f->count, from = 0.6 + each * (double)i;
        status = scale_factors_simulate(&f->all[i], (work_share){from, from + each / 2}, err);
        if (!status && resampling_wanted(r))
            status = scale_factors_resample(&f->all[i], (work_share){from + each / 2, from + each},
                                            err);
    }
    return status;
}

static relcoord_status write_all(const run *r, const factoring *f, relcoord_result *result,
                                 relcoord_error *err)
{
    static void (*const write[])(relcoord_table *, const scale_factors *) = {
        write_fit, write_loadings, write_factor_correlations, write_eigenvalues};
    bool dependent = false;
    for (size_t t = 0; factor_tables[t]; t++) {
        relcoord_table *table = result_add_table(result, factor_tables[t], r->cases.by_names,
                                                 r->cases.by_count);
        if (!table)
            return fail_memory(err);
        if (write[t] == write_factor_correlations)
            table_explain_empty(table, "no rows: no model has two factors");
        for (size_t i = 0; i < f->count; i++)
            write[t](table, &f->all[i]);
    }
    for (size_t i = 0; i < f->count && !dependent; i++)
        dependent = f->all[i].n > f->all[i].respondents;
    if (dependent)
        result_add_note(result, "parallel analysis of ties: its samples have independent cases, "
                                "but the ties of one respondent are not independent");
    result_add_note(
        result,
        "the confidence interval of the RMSEA is at level 0.9, whatever the level of the others");
    return RELCOORD_OK;
}

static relcoord_status factor_finish(void *state, const run *r, relcoord_result *result,
                                     relcoord_error *err)
{
    scale_list scales;
    factoring f = {0, NULL};
    relcoord_status status = resampling_check(r, err);
    (void)state;
    if (!status)
        status = scales_select(r, &scales, err);
    if (status)
        return status;
    status = list_work(r, &scales, &f, err);
    if (!status)
        status = find_all(r, &f, err);
    if (!status)
        status = write_all(r, &f, result, err);
    for (size_t i = 0; i < f.count; i++)
        scale_factors_free(&f.all[i]);
    memory_free(f.all);
    scales_free(&scales);
    return status;
}

const analysis factor_analysis = {
    .name = "factor",
    .summary = "whether a scale measures one thing or two: factor models, their fit and loadings, "
               "parallel analysis",
    .options = factor_options,
    .option_count = sizeof factor_options / sizeof *factor_options,
    .tables = factor_tables,
    .finish = factor_finish,
    .takes_any_data = true,
    .unweighted = true,
};
