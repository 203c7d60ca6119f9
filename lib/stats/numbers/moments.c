/* Moments of whole numbers and of weighted values. */
#include "stats/numbers/moments.h"

double moments_mean(const moments *m, double unit)
{
    return (double)m->sum / ((double)m->n * unit);
}

double moments_sd(const moments *m, double unit)
{
    /* Centred on the whole number nearest to the mean: the sum of squares is still exact, and what
     * is taken off it below is at most half of it. */
    int64_t half = m->sum < 0 ? -m->n / 2 : m->n / 2;
    int64_t centre = m->n ? (m->sum + half) / m->n : 0, rest = m->sum - centre * m->n;
    int64_t squares = m->squares - 2 * centre * m->sum + centre * centre * m->n;
    double n = (double)m->n;
    if (m->n < 2)
        return NAN;
    return sqrt(((double)squares - (double)rest * (double)rest / n) / (n - 1)) / unit;
}

void weighted_moments_add(weighted_moments *m, double weight, double value)
{
    double x = value - m->centre;
    m->n++;
    total_add(&m->w, weight);
    total_add(&m->wx, weight * x);
    total_add(&m->wxx, weight * x * x);
    total_add(&m->ww, weight * weight);
    total_add(&m->wwx, weight * weight * x);
    total_add(&m->wwxx, weight * weight * x * x);
}

double weighted_moments_mean(const weighted_moments *m)
{
    return m->centre + total_value(&m->wx) / total_value(&m->w);
}

/* n/(n-1) * S u(x-m)^2, for u the weights or their squares, from the sums about the centre. */
static double scatter(const weighted_moments *m, const total *u, const total *ux, const total *uxx)
{
    double shift = total_value(&m->wx) / total_value(&m->w), n = (double)m->n;
    double sum = total_value(uxx) - 2 * shift * total_value(ux) + shift * shift * total_value(u);
    return (sum > 0 ? sum : 0) * n / (n - 1);
}

double weighted_moments_sd(const weighted_moments *m)
{
    return m->n < 2 ? NAN : sqrt(scatter(m, &m->w, &m->wx, &m->wxx) / total_value(&m->w));
}

double weighted_moments_se(const weighted_moments *m)
{
    return m->n < 2 ? NAN : sqrt(scatter(m, &m->ww, &m->wwx, &m->wwxx)) / total_value(&m->w);
}
