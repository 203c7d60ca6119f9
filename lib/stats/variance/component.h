/* The random effects of the crossed model, whose variances are its components. */
#ifndef STATS_VARIANCE_COMPONENT_H
#define STATS_VARIANCE_COMPONENT_H

/* The first three stay within a rater workgroup. */
typedef enum component {
    COMPONENT_RATER,
    COMPONENT_RESPONDENT,
    COMPONENT_CELL,
    COMPONENT_RATED,
    COMPONENT_RESIDUAL,
    COMPONENTS
} component;

enum { WITHIN = COMPONENT_RATED, RATIOS = COMPONENT_RESIDUAL };

#endif
