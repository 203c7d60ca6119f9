/* Running an analysis over a survey. */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "engine/analysis.h"

/* Selects the cases that the options ask for, feeds them to the analysis in blocks on several
 * threads, merges the states and finishes. options: made for the analysis, or NULL for its
 * defaults. The caller frees *out, set on success only. */
relcoord_status run_analysis(const analysis *a, const relcoord_survey *survey,
                             const relcoord_options *options, relcoord_result **out,
                             relcoord_error *err);

#endif
