/* How well a factor model fits: chi-square against the model of independent items, residual
 * correlations. */
#include <math.h>

#include "stats/distributions/chisquare.h"
#include "stats/factor/factor.h"
#include "stats/factor/factor_indices.h"

double factor_find_cfi(const factor_misfit *m)
{
    double own = fmax(m->chisq - m->scaling * m->df, 0);
    double worst = fmax(own, m->baseline_chisq - m->baseline_scaling * m->baseline_df);
    return worst > 0 ? 1 - own / worst : 1;
}

double factor_find_tli(const factor_misfit *m)
{
    double own = (m->chisq - m->scaling * m->df) * m->baseline_df;
    double baseline = (m->baseline_chisq - m->baseline_scaling * m->baseline_df) * m->df;
    return fabs(baseline) > 0 ? 1 - own / baseline : 1;
}

double factor_find_rmsea(const factor_misfit *m)
{
    return m->df > 0 ? sqrt(fmax((m->chisq / m->df - m->scaling) / m->n, 0)) : 0;
}

void factor_rmsea_interval(double chisq, double df, double n, double scaling, double confidence,
                           double *low, double *high)
{
    *low = *high = 0;
    if (!(df > 0))
        return;
    *low = sqrt(scaling * chisquare_noncentrality(chisq, df, (1 + confidence) / 2) / (n * df));
    *high = sqrt(scaling * chisquare_noncentrality(chisq, df, (1 - confidence) / 2) / (n * df));
}

/* The root mean square of the residual correlations, the diagonal counted. */
static double find_srmr(const factor_solution *s)
{
    size_t p = s->items;
    double sum = 0;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++) {
            double phi = s->factor_of[i] == s->factor_of[j] ? 1 : s->parameter[2 * p];
            double implied = s->parameter[i] * s->parameter[j] * phi
                             + (i == j ? s->parameter[p + i] : 0);
            double residual = s->correlations[i * p + j] - implied;
            sum += residual * residual;
        }
    return sqrt(sum / ((double)p * ((double)p + 1) / 2));
}

factor_misfit factor_find_misfit(const factor_solution *s)
{
    size_t p = s->items;
    double df = (double)(p * (p + 1) / 2 - s->parameters);
    return (factor_misfit){.n = s->n,
                           .df = df,
                           .baseline_df = (double)(p * (p - 1) / 2),
                           .scaling = 1,
                           .baseline_scaling = 1,
                           .baseline_chisq = -s->n * s->log_determinant,
                           .chisq = df > 0 ? s->n * fmax(s->discrepancy, 0) : 0};
}

void factor_assess(const factor_solution *s, double rmsea_confidence, factor_indices *out)
{
    factor_misfit m = factor_find_misfit(s);
    *out = (factor_indices){.chisq = m.chisq,
                            .df = (size_t)m.df,
                            .baseline_chisq = m.baseline_chisq,
                            .baseline_df = (size_t)m.baseline_df,
                            .cfi = factor_find_cfi(&m),
                            .tli = factor_find_tli(&m),
                            .rmsea = factor_find_rmsea(&m),
                            .srmr = find_srmr(s),
                            .p = chisquare_above(m.chisq, m.df)};
    factor_rmsea_interval(m.chisq, m.df, m.n, 1, rmsea_confidence, &out->rmsea_low,
                          &out->rmsea_high);
}
