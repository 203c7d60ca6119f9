/* Wilson's interval of a proportion and the worst case of a population (relcoord-methods(7),
 * Uncertainty). */
#include "stats/intervals/proportions.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

static bool is_proportion(double successes, double n)
{
    return successes >= 0 && successes <= n && n > 0 && isfinite(n);
}

proportion_interval wilson_interval(double successes, double n, double population,
                                    double confidence)
{
    bool whole = population <= 0; /* NaN is neither a population nor none */
    if (!is_proportion(successes, n) || !(whole || n <= population)
        || !(confidence > 0 && confidence < 1))
        return (proportion_interval){NAN, NAN};

    double p = successes / n, z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
    /* 1 / n, or what stands for it: 0 when all have answered */
    double inverse = whole            ? 1 / n
                     : population > 1 ? (1 - n / population) / (n * (1 - 1 / population))
                                      : 0;
    double centre = p + z * z * inverse / 2, scale = 1 + z * z * inverse;
    double reach = z * sqrt(p * (1 - p) * inverse + z * z * inverse * inverse / 4);
    /* At 0 and at n the bound is the proportion itself, which rounding would miss. */
    double low = successes > 0 ? (centre - reach) / scale : 0,
           high = successes < n ? (centre + reach) / scale : 1;
    return (proportion_interval){low, high};
}

proportion_interval proportion_worst_case(double successes, double n, double population)
{
    if (!is_proportion(successes, n) || !(n <= population))
        return (proportion_interval){NAN, NAN};
    return (proportion_interval){successes / population,
                                 (successes + (population - n)) / population};
}
