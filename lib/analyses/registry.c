/* All analyses, in the order in which they are listed, and relcoord_run, which finds one of them. A
 * new one is a folder here, and one line below. */
#include "analyses/registry.h"

#include <string.h>

#include "base/error.h"
#include "engine/run.h"

#define ANALYSES           \
    ANALYSIS(quality)      \
    ANALYSIS(data)         \
    ANALYSIS(scores)       \
    ANALYSIS(matrix)       \
    ANALYSIS(summary)      \
    ANALYSIS(network)      \
    ANALYSIS(reliability)  \
    ANALYSIS(factor)       \
    ANALYSIS(agreement)    \
    ANALYSIS(components)   \
    ANALYSIS(compare)      \
    ANALYSIS(benchmark)    \
    ANALYSIS(regression)   \
    ANALYSIS(distribution) \
    ANALYSIS(crosstab)     \
    ANALYSIS(response)     \
    ANALYSIS(coupling)

#define ANALYSIS(name) extern const analysis name##_analysis;
ANALYSES
#undef ANALYSIS

#define ANALYSIS(name) &name##_analysis,
const analysis *const analysis_registry[] = {ANALYSES NULL};
#undef ANALYSIS

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
        fail(err, RELCOORD_EUSAGE, "unknown analysis '%.60s'; did you mean '%s'?", name, near);
    else
        fail(err, RELCOORD_EUSAGE, "unknown analysis '%.60s'", name);
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
            "relcoord_run needs a survey, the name of an analysis, and a place for the result");
    a = analysis_find(name, err);
    return a ? run_analysis(a, survey, options, out, err) : RELCOORD_EUSAGE;
}
