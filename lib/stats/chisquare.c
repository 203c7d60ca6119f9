/* The noncentral chi-square is a Poisson mixture of central ones (Johnson, Kotz & Balakrishnan 1995, 29.4):
 * P(x; df, lambda) = S_j Poisson(j; lambda/2) P(x; df + 2j). The weights are summed where they are not negligible, from
 * there the P(x; df + 2j) follow from each other: P(a + 1, y) = P(a, y) - y^a e^-y / Gamma(a + 1). */
#include "stats/chisquare.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

/* Weights smaller than this share of the largest change no digit. */
static const double NEGLIGIBLE = 1e-19;

static bool is_usable(double x, double df)
{
    return fabs(x) <= 1e12 && df > 0 && df <= 1e12;
}

double chisquare_above(double x, double df)
{
    return is_usable(x, df) ? gsl_cdf_chisq_Q(x, df) : NAN;
}

/* The lowest j whose weight counts; *weight becomes its size relative to the largest one. */
static double find_first_weight(double mean, double *weight)
{
    double j = floor(mean);
    for (*weight = 1; j > 0 && *weight > NEGLIGIBLE; j--)
        *weight *= j / mean;
    return j;
}

double chisquare_noncentral_below(double x, double df, double lambda)
{
    if (!is_usable(x, df) || !(lambda >= 0 && isfinite(lambda)))
        return NAN;
    if (x <= 0)
        return 0;
    if (lambda <= 0)
        return gsl_cdf_chisq_P(x, df);
    double mean = lambda / 2, y = x / 2, weight, weights = 0, sum = 0;
    double j = find_first_weight(mean, &weight), a = df / 2 + j;
    double below = gsl_cdf_chisq_P(x, 2 * a), term = exp(a * log(y) - y - gsl_sf_lngamma(a + 1));
    for (; j <= mean || weight > NEGLIGIBLE; j++, a++) {
        weights += weight;
        sum += weight * (below > 0 ? below : 0);
        below -= term;
        term *= y / (a + 1);
        weight *= mean / (j + 1);
    }
    return sum / weights;
}

double chisquare_noncentrality(double x, double df, double probability)
{
    double low = 0, high = 1;
    if (!is_usable(x, df) || !(probability > 0 && probability < 1))
        return NAN;
    if (chisquare_noncentral_below(x, df, 0) <= probability)
        return 0;
    while (chisquare_noncentral_below(x, df, high) > probability)
        high *= 2;
    while (high - low > 1e-12 * high) {
        double middle = (low + high) / 2;
        if (chisquare_noncentral_below(x, df, middle) > probability)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
