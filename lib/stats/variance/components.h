/* Variance components of the crossed model of ratings between workgroups, by restricted maximum
 * likelihood (Patterson & Thompson 1971), and generalisability theory on them is in
 * generalizability.h. Between ties only.
 *
 *     score = mean + rater workgroup + respondent + rated workgroup + cell (rater x rated)
 *             + residual
 *
 * Random workgroups: all five are drawn, as lme4's score ~ 1 + (1|g) + (1|id) + (1|h) + (1|g:h).
 * Fixed workgroups: these and no others are of interest. Rater and rated workgroups are fixed
 * effects, as lme4's score ~ g + h + (1|id) + (1|g:h); respondents, cells and residual are drawn.
 * The variance of rater and of rated workgroups is then that of the fixed effects among themselves,
 * sum of squares about the mean over their number less one, less the part of it that is their
 * estimates' error (so that it can fall below 0, and is then set to 0). Within connected parts
 * only, and without a standard error: a list that is complete is no sample. In a balanced survey
 * both give the same five figures unless one is 0. */
#ifndef STATS_VARIANCE_COMPONENTS_H
#define STATS_VARIANCE_COMPONENTS_H

#include "stats/variance/reml.h"

typedef enum component_reason {
    COMPONENTS_FITTED,
    COMPONENTS_INVALID, /* see crossing_status */
    COMPONENTS_NO_TIES,
    COMPONENTS_CONSTANT,     /* every score is the same */
    COMPONENTS_UNIDENTIFIED, /* the ties cannot tell the `confounded` components apart, or from
                                fixed effects */
    COMPONENTS_NO_RESIDUAL,  /* the model fits to the last digit: the likelihood has no bound */
    COMPONENTS_STUCK         /* no convergence */
} component_reason;

typedef enum workgroup_effects { WORKGROUPS_FIXED, WORKGROUPS_RANDOM } workgroup_effects;

/* All numbers are NaN unless the reason is COMPONENTS_FITTED. */
typedef struct component_fit {
    component_reason reason;
    unsigned confounded; /* bits 1 << component */
    size_t ties, respondents, raters, rated, cells, parts;
    double variance[COMPONENTS], share[COMPONENTS];
    bool at_zero[COMPONENTS]; /* the estimate lies on the boundary, or was set to 0 */
    /* From the inverse of the expected information, of those not at zero (Searle, Casella &
     * McCulloch 1992, 6.6); NaN at zero, and for workgroups that are fixed. */
    double se[COMPONENTS];
    double mean;      /* generalised least squares; NaN with fixed workgroups */
    double criterion; /* -2 log restricted likelihood, as lme4's REMLcrit */
    int iterations;
} component_fit;

/* Returns 0, -1 when memory runs out, or 1 when the watch, which may be NULL, stopped it. */
int components_fit(const component_ties *ties, workgroup_effects workgroups,
                   const reml_watch *watch, component_fit *out);

#endif
