/* Generalisability theory on variance components (Brennan 2001). Errors are a part that more
 * respondents make smaller and one that they do not. */
#include "stats/variance/generalizability.h"

#include <math.h>

/* One error variance: per respondent, and whatever their number. */
typedef struct error_parts {
    double shrinking, lasting;
} error_parts;

typedef struct measurement {
    double universe;
    error_parts relative, absolute;
} measurement;

static measurement take_apart(const double variance[COMPONENTS], measured_object object,
                              workgroup_effects raters_are, double raters)
{
    double rated = variance[COMPONENT_RATED], cell = variance[COMPONENT_CELL],
           residual = variance[COMPONENT_RESIDUAL];
    double both = variance[COMPONENT_RESPONDENT] + residual;
    if (object == MEASURED_CELL)
        return (measurement){rated + cell, {residual, 0}, {both, 0}};
    if (raters_are == WORKGROUPS_FIXED)
        return (measurement){rated + cell / raters, {residual / raters, 0}, {both / raters, 0}};
    return (measurement){rated,
                         {residual / raters, cell / raters},
                         {both / raters, (variance[COMPONENT_RATER] + cell) / raters}};
}

static double error_of(error_parts e, double respondents)
{
    return e.shrinking / respondents + e.lasting;
}

static double coefficient_of(double universe, double error)
{
    return universe / (universe + error);
}

generalizability generalizability_of(const double variance[COMPONENTS], measured_object object,
                                     workgroup_effects raters_are, double respondents,
                                     double raters)
{
    measurement m = take_apart(variance, object, raters_are, raters);
    generalizability g = {m.universe, error_of(m.relative, respondents),
                          error_of(m.absolute, respondents), 0, 0};
    g.coefficient = coefficient_of(g.universe, g.relative_error);
    g.dependability = coefficient_of(g.universe, g.absolute_error);
    return g;
}

/* Nine respondents that give .9 but for rounding are enough. */
static bool reaches(double universe, double error, double wanted)
{
    return coefficient_of(universe, error) >= wanted * (1 - 1e-12);
}

/* Solves universe / (universe + error) >= wanted for the respondents; whether the last one counts
 * is tried. */
static double plan_for(double universe, error_parts e, double wanted)
{
    double room = universe * (1 - wanted) / wanted - e.lasting;
    if (!(universe > 0 && room > 0))
        return INFINITY;
    double n = fmax(1, ceil(e.shrinking / room));
    if (n > 1 && reaches(universe, error_of(e, n - 1), wanted))
        return n - 1;
    return reaches(universe, error_of(e, n), wanted) ? n : n + 1;
}

planned_respondents plan_respondents(const double variance[COMPONENTS], measured_object object,
                                     workgroup_effects raters_are, double raters, double wanted)
{
    measurement m = take_apart(variance, object, raters_are, raters);
    return (planned_respondents){plan_for(m.universe, m.relative, wanted),
                                 plan_for(m.universe, m.absolute, wanted)};
}
