/* Standard errors of the strengths of workgroups, and how many ties of a cell are strong: what
 * takes each respondent's own ties (relcoord-methods(7), Networks and Uncertainty). */
#ifndef ANALYSES_NETWORK_ERRORS_H
#define ANALYSES_NETWORK_ERRORS_H

#include "analyses/network/values.h"

typedef struct strength_error {
    double se, df;  /* NaN where there is none */
    bool single;    /* because a cell of one rater says nothing of how raters differ */
    bool by_raters; /* the degrees of freedom are those of the respondents: too many cells to count
                       their pairs */
} strength_error;

enum { STRENGTHS = NODE_SILO + 1 };

/* errors: by node, then NODE_IN to NODE_SILO, clustered by respondent (CR2). cells->means and
 * cells->scored are filled; cells->strong becomes the number of ties above the cut. Reports
 * progress. */
relcoord_status network_find_errors(const network_group *g, const score_rule *rule,
                                    int32_t strong_score, network_cells *cells,
                                    strength_error *errors, relcoord_error *err);

#endif
