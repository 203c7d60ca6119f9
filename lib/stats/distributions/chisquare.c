/* Of whole degrees of freedom, with a = df/2 and y = x/2, both tails are sums of t_b = y^b e^-y /
 * Gamma(b + 1), all positive (Abramowitz & Stegun 1964, 26.4.4-6): below, b = a, a + 1, …; above, b
 * = a - 1, a - 2, … down to 0, or to 1/2 and then erfc(sqrt(y)). GSL's own raise their error
 * handler where both are in the millions.
 *
 * The noncentral chi-square is a Poisson mixture of central ones (Johnson, Kotz & Balakrishnan
 * 1995, 29.4): P(x; df, lambda) = S_j Poisson(j; lambda/2) P(x; df + 2j). The weights are summed
 * where they are not negligible; from there the P(x; df + 2j) follow from each other: P(a + 1, y) =
 * P(a, y) - t_a. */
#include "stats/distributions/chisquare.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>
#include <stdbool.h>

/* Terms and weights smaller than this share of the sum or of the largest change no digit. */
static const double NEGLIGIBLE = 1e-19;

static bool is_usable(double x, double df)
{
    return fabs(x) <= 1e10 && df >= 1 && df <= 1e10 && floor(df) == df;
}

/* y^b e^-y / Gamma(b + 1), written so that nothing large cancels (as Loader 2000 does for the
 * Poisson). */
static double find_term(double b, double y)
{
    if (b <= 0)
        return exp(-y);
    return exp(b * gsl_sf_log_1plusx_mx((y - b) / b)) / (sqrt(2 * M_PI * b) * gsl_sf_gammastar(b));
}

/* t_a + t_(a+1) + …, for y <= a. */
static double sum_upwards(double a, double y)
{
    double term = find_term(a, y), sum = term;
    for (double b = a + 1; term > NEGLIGIBLE * sum; b++) {
        term *= y / b;
        sum += term;
    }
    return sum;
}

/* t_(a-1) + t_(a-2) + …, and what lies below 1/2, for y > a. */
static double sum_downwards(double a, double y)
{
    double sum = floor(a) < a ? erfc(sqrt(y)) : 0, term = a >= 1 ? find_term(a - 1, y) : 0;
    for (double b = a - 1; b >= 0 && term > NEGLIGIBLE * sum; b--) {
        sum += term;
        term *= b / y;
    }
    return sum;
}

static double find_below(double a, double y)
{
    return y <= 0 ? 0 : y <= a ? sum_upwards(a, y) : 1 - sum_downwards(a, y);
}

double chisquare_above(double x, double df)
{
    if (!is_usable(x, df))
        return NAN;
    return x <= 0 ? 1 : x <= df ? 1 - sum_upwards(df / 2, x / 2) : sum_downwards(df / 2, x / 2);
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
    if (!is_usable(x, df) || !(lambda >= 0 && lambda <= 1e10))
        return NAN;
    if (x <= 0)
        return 0;
    if (lambda <= 0)
        return find_below(df / 2, x / 2);
    double mean = lambda / 2, y = x / 2, weight, weights = 0, sum = 0;
    double j = find_first_weight(mean, &weight), a = df / 2 + j;
    double below = find_below(a, y), term = find_term(a, y);
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
