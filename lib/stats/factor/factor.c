/* Fitting a factor model. ML is scale invariant, so the correlation matrix is fitted, where all
 * parameters are of one size, and what is asked for is scaled back. Residual variances may become
 * negative, as lavaan lets them: such a Heywood case is counted, not hidden by a bound. */
#include "stats/factor/factor.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/factor/factor_model.h"
#include "stats/numbers/linear.h"
#include "stats/numbers/newton.h"

/* A standardised loading beyond this is on its way to infinity: there is no minimum. */
static const double LARGEST_LOADING = 100;

/* Communalities to begin with, one after the other until a proper minimum is found. Improper ones
 * are often not alone: of several the lowest is taken. */
static const double STARTS[] = {0.5, 0.8, 0.2};

/* From a solution nearby five or six are usual; what takes more is on its way elsewhere. */
enum { MOST_REFIT_STEPS = 50 };

static bool has_items_enough(size_t items, const int *factor_of)
{
    size_t second = 0;
    for (size_t i = 0; i < items && factor_of; i++)
        second += factor_of[i] != 0;
    return second == 0 ? items >= 3 : second >= 2 && items - second >= 2;
}

static bool make_solution(factor_solution *s, size_t items, double n, const int *factor_of)
{
    *s = (factor_solution){.items = items, .factors = 1, .n = n};
    s->factor_of = memory_zeroed(items, sizeof *s->factor_of);
    if (!s->factor_of)
        return false;
    for (size_t i = 0; i < items && factor_of; i++)
        if (factor_of[i] != 0) {
            s->factor_of[i] = 1;
            s->factors = 2;
        }
    size_t count = s->parameters = 2 * items + (s->factors == 2);
    s->memory = memory_zeroed(items + items * items + count + 2 * count * count, sizeof *s->memory);
    if (!s->memory)
        return false;
    s->scale = s->memory;
    s->correlations = s->scale + items;
    s->parameter = s->correlations + items * items;
    s->covariance = s->parameter + count;
    return true;
}

void factor_solution_free(factor_solution *s)
{
    memory_free(s->factor_of);
    memory_free(s->memory);
    *s = (factor_solution){0};
}

/* Takes the covariances apart into standard deviations and correlations; room: items x items. */
static factor_status standardise(factor_solution *s, const double *covariance, double *room)
{
    size_t p = s->items;
    for (size_t i = 0; i < p; i++) {
        double variance = covariance[i * p + i];
        if (!(variance > 0) || !isfinite(variance))
            return FACTOR_NOT_POSITIVE;
        s->scale[i] = sqrt(variance);
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            s->correlations[i * p + j] = i == j
                                             ? 1
                                             : covariance[i * p + j] / (s->scale[i] * s->scale[j]);
    return linear_inverse_positive(s->correlations, p, room, &s->log_determinant)
               ? FACTOR_DONE
               : FACTOR_NOT_POSITIVE;
}

/* Turns each factor so that its loadings have a sum that is not negative. */
static void orient(factor_solution *s)
{
    for (int f = 0; f < (int)s->factors; f++) {
        double sum = 0;
        for (size_t i = 0; i < s->items; i++)
            sum += s->factor_of[i] == f ? s->parameter[i] : 0;
        if (sum >= 0)
            continue;
        for (size_t i = 0; i < s->items; i++)
            if (s->factor_of[i] == f)
                s->parameter[i] = -s->parameter[i];
        if (s->factors == 2)
            s->parameter[2 * s->items] = -s->parameter[2 * s->items];
    }
}

static bool is_within_reach(const factor_solution *s)
{
    for (size_t i = 0; i < s->items; i++)
        if (!(fabs(s->parameter[i]) <= LARGEST_LOADING))
            return false;
    return true;
}

/* Residual variances that are not positive, and a correlation beyond 1. */
static size_t count_heywood_cases(const factor_solution *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->items; i++)
        count += !(s->parameter[s->items + i] > 0);
    if (s->factors == 2)
        count += fabs(s->parameter[2 * s->items]) > 1;
    return count;
}

/* Goes down from where the parameters stand; a place lower than *lowest becomes the best. Whether
 * it is a proper one. */
static bool try_start(factor_solution *s, newton_problem *problem, double *room, double *best,
                      double *lowest)
{
    if (!newton_minimise(problem, s->parameter, room) || !is_within_reach(s))
        return false;
    double value = factor_model_value(problem->user, s->parameter);
    if (!(value < *lowest))
        return false;
    *lowest = value;
    memcpy(best, s->parameter, s->parameters * sizeof *best);
    s->heywood = count_heywood_cases(s);
    return s->heywood == 0;
}

/* From another solution, when there is one, and then from one start only, in few steps each. */
static factor_status find_minimum(factor_solution *s, factor_model *m,
                                  const factor_solution *nearby, double *room)
{
    newton_problem problem = {s->parameters, nearby ? MOST_REFIT_STEPS : 0, m, factor_model_value,
                              factor_model_derive};
    double *best = room + newton_room(s->parameters), lowest = INFINITY;
    size_t starts = nearby ? 1 : sizeof STARTS / sizeof *STARTS;
    bool proper = false;
    if (nearby) {
        memcpy(s->parameter, nearby->parameter, s->parameters * sizeof *s->parameter);
        proper = try_start(s, &problem, room, best, &lowest);
    }
    for (size_t i = 0; i < starts && !proper; i++) {
        if (!factor_model_start(m, STARTS[i], s->parameter))
            return FACTOR_NO_MEMORY;
        proper = try_start(s, &problem, room, best, &lowest);
    }
    memcpy(s->parameter, best, s->parameters * sizeof *best);
    return lowest < INFINITY ? FACTOR_DONE : FACTOR_NOT_CONVERGED;
}

/* The parameters' covariances: the inverse of n/2 times the expected Hessian of F. */
static factor_status find_errors(factor_solution *s, factor_model *m, double *room)
{
    size_t count = s->parameters;
    double *hessian = room, *gradient = room + count * count, *scale = gradient + count;
    s->discrepancy = factor_model_value(m, s->parameter);
    if (!isfinite(s->discrepancy))
        return FACTOR_NOT_CONVERGED;
    factor_model_derive(m, s->parameter, gradient, hessian, scale);
    factor_model_expect(m, hessian);
    if (!linear_inverse_positive(hessian, count, s->covariance, NULL))
        return FACTOR_NOT_IDENTIFIED;
    for (size_t i = 0; i < count * count; i++)
        s->covariance[i] *= 2 / s->n;
    return FACTOR_DONE;
}

/* nearby: NULL to look for a minimum everywhere. */
static factor_status fit_model(factor_solution *s, const double *covariance,
                               const factor_solution *nearby)
{
    factor_model m = {0};
    factor_status status = FACTOR_NO_MEMORY;
    double *room = memory_zeroed(newton_room(s->parameters) + s->parameters, sizeof *room);
    if (!room)
        goto done;
    status = standardise(s, covariance, room);
    if (status != FACTOR_DONE)
        goto done;
    if (!factor_model_make(&m, s->correlations, s->log_determinant, s->items, s->factors,
                           s->factor_of)) {
        status = FACTOR_NO_MEMORY;
        goto done;
    }
    status = find_minimum(s, &m, nearby, room);
    if (status != FACTOR_DONE)
        goto done;
    orient(s);
    status = find_errors(s, &m, room);
done:
    factor_model_free(&m);
    memory_free(room);
    return status;
}

factor_status factor_fit(const double *covariance, size_t items, double n, const int *factor_of,
                         factor_solution *out)
{
    factor_status status = FACTOR_NO_MEMORY;
    *out = (factor_solution){0};
    if (!has_items_enough(items, factor_of))
        return FACTOR_TOO_FEW_ITEMS;
    if (!(n > 0))
        return FACTOR_NOT_POSITIVE;
    if (make_solution(out, items, n, factor_of))
        status = fit_model(out, covariance, NULL);
    if (status != FACTOR_DONE)
        factor_solution_free(out);
    return status;
}

factor_status factor_refit(const double *covariance, double n, const factor_solution *start,
                           factor_solution *out)
{
    factor_status status = FACTOR_NO_MEMORY;
    *out = (factor_solution){0};
    if (!(n > 0))
        return FACTOR_NOT_POSITIVE;
    if (make_solution(out, start->items, n, start->factor_of))
        status = fit_model(out, covariance, start);
    if (status != FACTOR_DONE)
        factor_solution_free(out);
    return status;
}
