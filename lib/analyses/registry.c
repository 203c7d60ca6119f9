/* All analyses, and relcoord_run, which finds one of them. A new one is a folder here, and one line
 * below. */
#include "analyses/registry.h"

#include <string.h>

#include "base/error.h"
#include "engine/run.h"

extern const analysis agreement_analysis, benchmark_analysis, compare_analysis, components_analysis,
    coupling_analysis, crosstab_analysis, data_analysis, distribution_analysis, factor_analysis,
    matrix_analysis, network_analysis, quality_analysis, regression_analysis, reliability_analysis,
    response_analysis, scores_analysis, summary_analysis;

const analysis *const analysis_registry[] = {
    &quality_analysis,     &data_analysis,         &scores_analysis,
    &matrix_analysis,      &summary_analysis,      &network_analysis,
    &reliability_analysis, &factor_analysis,       &agreement_analysis,
    &components_analysis,  &compare_analysis,      &benchmark_analysis,
    &regression_analysis,  &distribution_analysis, &crosstab_analysis,
    &response_analysis,    &coupling_analysis,     NULL,
};

const analysis *analysis_find(const char *name, relcoord_error *err)
{
    const char *names[sizeof analysis_registry / sizeof *analysis_registry], *near;
    size_t count = 0;
    for (; analysis_registry[count]; count++) {
        names[count] = analysis_registry[count]->name;
        if (strcmp(names[count], name) == 0)
            return analysis_registry[count];
    }
    near = relcoord_nearest(name, names, count);
    if (near)
        fail(err, RELCOORD_EUSAGE, "there is no analysis '%.60s'; did you mean '%s'?", name, near);
    else
        fail(err, RELCOORD_EUSAGE, "there is no analysis '%.60s'", name);
    return NULL;
}

relcoord_status relcoord_run(const relcoord_survey *survey, const char *name,
                             const relcoord_options *options, relcoord_result **out,
                             relcoord_error *err)
{
    const analysis *a;
    if (!survey || !name || !out)
        return fail(
            err, RELCOORD_EUSAGE,
            "relcoord_run needs a survey, the name of an analysis, and where to put the result");
    a = analysis_find(name, err);
    return a ? run_analysis(a, survey, options, out, err) : RELCOORD_EUSAGE;
}
