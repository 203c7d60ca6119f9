/* What is read off a fitted factor model: estimates in the items' own units and standardised, and
 * omega, each with the standard error of the delta method, which takes the derivatives by the
 * parameters. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "stats/factor/factor.h"

/* ---- The delta method ---- */

/* Derivatives of a function of an item's loading and residual variance, or of all of them. */
typedef struct slopes {
    double loading, residual;
} slopes;

static double covariance_between(const factor_solution *s, size_t a, size_t b)
{
    return (s->robust ? s->robust : s->covariance)[a * s->parameters + b];
}

/* What two items' parameters share of the function's variance. */
static double covariance_of(const factor_solution *s, size_t i, slopes at_i, size_t j, slopes at_j)
{
    size_t p = s->items;
    return at_i.loading * at_j.loading * covariance_between(s, i, j)
           + at_i.loading * at_j.residual * covariance_between(s, i, p + j)
           + at_i.residual * at_j.loading * covariance_between(s, p + i, j)
           + at_i.residual * at_j.residual * covariance_between(s, p + i, p + j);
}

static double error_of(double variance)
{
    return variance > 0 ? sqrt(variance) : NAN;
}

static factor_estimate estimate_item(const factor_solution *s, size_t item, double value,
                                     slopes slope)
{
    return (factor_estimate){value, error_of(covariance_of(s, item, slope, item, slope))};
}

/* ---- One item ---- */

factor_estimate factor_loading(const factor_solution *s, size_t item)
{
    double scale = s->scale[item];
    return estimate_item(s, item, scale * s->parameter[item], (slopes){scale, 0});
}

factor_estimate factor_residual(const factor_solution *s, size_t item)
{
    double square = s->scale[item] * s->scale[item];
    return estimate_item(s, item, square * s->parameter[s->items + item], (slopes){0, square});
}

/* lambda / sqrt(lambda^2 + theta) and its derivatives; the variance is positive where Sigma is. */
static double standardise_loading(const factor_solution *s, size_t item, slopes *slope)
{
    double loading = s->parameter[item], residual = s->parameter[s->items + item];
    double variance = loading * loading + residual, root = sqrt(variance);
    *slope = (slopes){residual / (variance * root), -loading / (2 * variance * root)};
    return loading / root;
}

factor_estimate factor_loading_standardised(const factor_solution *s, size_t item)
{
    slopes slope;
    double value = standardise_loading(s, item, &slope);
    return estimate_item(s, item, value, slope);
}

factor_estimate factor_residual_standardised(const factor_solution *s, size_t item)
{
    slopes slope;
    double loading = standardise_loading(s, item, &slope);
    slope.loading *= -2 * loading; /* of 1 - loading^2 */
    slope.residual *= -2 * loading;
    return estimate_item(s, item, 1 - loading * loading, slope);
}

factor_estimate factor_correlation(const factor_solution *s)
{
    size_t last = 2 * s->items;
    if (s->factors < 2)
        return (factor_estimate){NAN, NAN};
    return (factor_estimate){s->parameter[last], error_of(covariance_between(s, last, last))};
}

/* ---- Omega ---- */

/* S lambda, S theta, and what omega's derivatives are by each. */
typedef struct omega_parts {
    double loadings, residuals, by_loadings, by_residuals;
} omega_parts;

static double find_omega(omega_parts *parts)
{
    double square = parts->loadings * parts->loadings, total = square + parts->residuals;
    parts->by_loadings = 2 * parts->loadings * parts->residuals / (total * total);
    parts->by_residuals = -square / (total * total);
    return total > 0 ? square / total : NAN;
}

static slopes omega_slopes(const factor_solution *s, size_t item, const omega_parts *parts)
{
    double scale = s->scale[item];
    return (slopes){scale * parts->by_loadings, scale * scale * parts->by_residuals};
}

static slopes omega_slopes_standardised(const factor_solution *s, size_t item,
                                        const omega_parts *parts)
{
    slopes slope;
    double loading = standardise_loading(s, item, &slope);
    double by_loading = parts->by_loadings - 2 * loading * parts->by_residuals;
    return (slopes){by_loading * slope.loading, by_loading * slope.residual};
}

static factor_estimate estimate_omega(const factor_solution *s, omega_parts parts,
                                      slopes (*slopes_of)(const factor_solution *, size_t,
                                                          const omega_parts *))
{
    double omega = find_omega(&parts), variance = 0;
    if (s->factors != 1 || !isfinite(omega))
        return (factor_estimate){NAN, NAN};
    for (size_t i = 0; i < s->items; i++)
        for (size_t j = 0; j < s->items; j++)
            variance += covariance_of(s, i, slopes_of(s, i, &parts), j, slopes_of(s, j, &parts));
    return (factor_estimate){omega, error_of(variance)};
}

factor_estimate factor_omega(const factor_solution *s)
{
    omega_parts parts = {0};
    for (size_t i = 0; i < s->items; i++) {
        parts.loadings += s->scale[i] * s->parameter[i];
        parts.residuals += s->scale[i] * s->scale[i] * s->parameter[s->items + i];
    }
    return estimate_omega(s, parts, omega_slopes);
}

factor_estimate factor_omega_standardised(const factor_solution *s)
{
    omega_parts parts = {0};
    for (size_t i = 0; i < s->items; i++) {
        slopes slope;
        double loading = standardise_loading(s, i, &slope);
        parts.loadings += loading;
        parts.residuals += 1 - loading * loading;
    }
    return estimate_omega(s, parts, omega_slopes_standardised);
}

/* ---- Intervals ---- */

void factor_interval(factor_estimate e, double confidence, double *low, double *high)
{
    double reach = confidence > 0 && confidence < 1 ? gsl_cdf_ugaussian_Qinv((1 - confidence) / 2)
                                                    : NAN;
    *low = e.value - reach * e.se;
    *high = e.value + reach * e.se;
}
