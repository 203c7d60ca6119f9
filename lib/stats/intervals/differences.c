/* Tests of differences of means. */
#include "stats/intervals/differences.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "stats/distributions/fisher.h"

double student_two_sided(double estimate, double se, double df)
{
    if (!(se > 0) || !(df > 0))
        return NAN;
    return fisher_upper(estimate / se * (estimate / se), 1, df);
}

mean_test mean_test_make(double difference, double se, double df)
{
    return (mean_test){difference, se, df, student_two_sided(difference, se, df)};
}

/* The variance of a mean. */
static double mean_variance(const group_summary *g)
{
    return g->squares / (g->n - 1) / g->n;
}

mean_test welch_difference(const group_summary *first, const group_summary *second)
{
    if (!(first->n > 1) || !(second->n > 1))
        return (mean_test){second->mean - first->mean, NAN, NAN, NAN};
    double v = mean_variance(first), w = mean_variance(second);
    double df = (v + w) * (v + w) / (v * v / (first->n - 1) + w * w / (second->n - 1));
    return mean_test_make(second->mean - first->mean, sqrt(v + w), df);
}

mean_test clustered_difference(const group_summary *first, cluster_error first_error,
                               const group_summary *second, cluster_error second_error)
{
    double v = 1 / first->n,
           w = 1 / second->n; /* the variances of the means under the working model */
    double df = (v + w) * (v + w) / (v * v / first_error.df + w * w / second_error.df);
    return mean_test_make(second->mean - first->mean, hypot(first_error.se, second_error.se), df);
}

welch_anova welch_anova_of(const group_summary *groups, size_t count, size_t *left_out)
{
    welch_anova a = {0, NAN, NAN, NAN, NAN};
    double weights = 0, sum = 0, between = 0, rest = 0, centre = 0;
    *left_out = 0;
    for (size_t g = 0; g < count; g++) {
        if (!(groups[g].n > 1) || !(groups[g].squares > 0)) {
            *left_out += groups[g].n > 0;
            continue;
        }
        if (a.groups++ == 0)
            centre = groups[g].mean;
        weights += 1 / mean_variance(&groups[g]);
        sum += (groups[g].mean - centre) / mean_variance(&groups[g]);
    }
    if (a.groups < 2)
        return a;
    for (size_t g = 0; g < count; g++) {
        if (!(groups[g].n > 1) || !(groups[g].squares > 0))
            continue;
        double weight = 1 / mean_variance(&groups[g]),
               away = groups[g].mean - centre - sum / weights;
        between += weight * away * away;
        rest += (1 - weight / weights) * (1 - weight / weights) / (groups[g].n - 1);
    }
    double k = (double)a.groups, share = rest / (k * k - 1);
    a.df_between = k - 1;
    a.df_within = 1 / (3 * share);
    a.f = between / ((k - 1) * (1 + 2 * (k - 2) * share));
    a.p = fisher_upper(a.f, a.df_between, a.df_within);
    return a;
}

/* By G(x) = sqrt(2 pi) x^(x-1/2) e^-x gammastar(x), so that no large logarithms cancel. */
double hedges_correction(double df)
{
    double x = df / 2;
    if (!(df > 1) || !(df < 1e15))
        return NAN;
    return exp((1 - x) * log1p(-0.5 / x) - 0.5) * gsl_sf_gammastar(x) / gsl_sf_gammastar(x - 0.5);
}
