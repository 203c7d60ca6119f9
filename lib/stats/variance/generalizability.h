/* Generalisability theory on the variance components of ratings between workgroups (Brennan 2001,
 * ch. 1, 4 and 5): how well a cell and an in-strength are measured, and how many respondents a
 * workgroup needs.
 *
 * A cell is the mean of n respondents of one workgroup about another. Its workgroup's cells share
 * their respondents, so that the object is the rated workgroup as that rater workgroup sees it:
 *
 *     universe score rated + cell
 *     relative error residual/n
 *     absolute error (respondent + residual)/n
 *
 * An in-strength is the mean of the cells of r rater workgroups of n respondents each (r = G-1 for
 * a workgroup that answers itself, G for one that does not), as if the same r rated all. With fixed
 * raters:
 *
 *     universe score rated + cell/r
 *     relative error residual/(n r)
 *     absolute error (respondent + residual)/(n r)
 *
 * With random raters:
 *
 *     universe score rated
 *     relative error cell/r + residual/(n r)
 *     absolute error (rater + cell)/r + (respondent + residual)/(n r) */
#ifndef STATS_VARIANCE_GENERALIZABILITY_H
#define STATS_VARIANCE_GENERALIZABILITY_H

#include "stats/variance/components.h"

typedef enum measured_object { MEASURED_CELL, MEASURED_IN_STRENGTH } measured_object;

typedef struct generalizability {
    double universe, relative_error, absolute_error; /* variances */
    double coefficient, dependability; /* universe / (universe + error); NaN where both are 0 */
} generalizability;

/* respondents (by workgroup) and raters are at least 1; a cell takes no raters. */
generalizability generalizability_of(const double variance[COMPONENTS], measured_object object,
                                     workgroup_effects raters_are, double respondents,
                                     double raters);

typedef struct planned_respondents {
    double relative,
        absolute; /* for the coefficient, for dependability; INFINITY where no number reaches it */
} planned_respondents;

/* The least whole number of respondents in each workgroup for which the coefficient is at least
 * `wanted`, above 0 and below 1. */
planned_respondents plan_respondents(const double variance[COMPONENTS], measured_object object,
                                     workgroup_effects raters_are, double raters, double wanted);

#endif
