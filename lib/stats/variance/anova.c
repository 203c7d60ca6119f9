/* One-way analysis of variance. Exact sums of squares of whole numbers are kept in fixed point:
 * what a division by a group's size leaves is cut at 2^-64, so that even 100,000 groups are off by
 * less than 1e-14. */
#include "stats/variance/anova.h"

#include <float.h>
#include <math.h>

#include "stats/distributions/fisher.h"

/* ---- A group ---- */

group_summary group_of_moments(const moments *m, double unit)
{
    double sd = moments_sd(m, unit), n = (double)m->n;
    return (group_summary){n, m->n ? moments_mean(m, unit) : NAN, m->n > 1 ? sd * sd * (n - 1) : 0};
}

group_summary group_of_values(const double *values, size_t n)
{
    total sum = {0}, squares = {0}, rest = {0};
    if (n == 0)
        return (group_summary){0, NAN, 0};
    for (size_t i = 0; i < n; i++) /* about the first value, so that equal ones leave nothing */
        total_add(&sum, values[i] - values[0]);
    double shift = total_value(&sum) / (double)n;
    for (size_t i = 0; i < n; i++) {
        double away = values[i] - values[0] - shift;
        total_add(&squares, away * away);
        total_add(&rest, away);
    }
    double left = total_value(&rest); /* what the rounding of the mean adds */
    return (group_summary){(double)n, values[0] + shift,
                           total_value(&squares) - left * left / (double)n};
}

/* ---- Figures from sums of squares ---- */

/* Fills what follows from df and sums of squares; df_within may be 0. */
static void fill_ratios(anova *a)
{
    double all = a->ss_between + a->ss_within;
    a->ms_between = a->ss_between / a->df_between;
    a->notes |= a->ss_between > 0 ? 0u : ANOVA_NO_BETWEEN;
    if (all > 0)
        a->eta2 = a->ss_between / all;
    if (!(a->df_within > 0)) {
        a->notes |= ANOVA_NO_PAIRS;
        a->eta2 = NAN;
        return;
    }
    a->ms_within = a->ss_within / a->df_within;
    if (all > 0)
        a->omega2 = (a->ss_between - a->df_between * a->ms_within) / (all + a->ms_within);
    if (!(a->ss_within > 0)) {
        a->notes |= ANOVA_NO_WITHIN;
        return;
    }
    a->f = a->ms_between / a->ms_within;
    a->p = fisher_upper(a->f, a->df_between, a->df_within);
}

static anova find_anova(double groups, double n, double squared_sizes, double ss_between,
                        double ss_within)
{
    anova a = {.groups = llround(groups),
               .n = n,
               .ss_between = NAN,
               .ss_within = ss_within,
               .df_between = NAN,
               .df_within = n - groups,
               .ms_between = NAN,
               .ms_within = NAN,
               .f = NAN,
               .p = NAN,
               .eta2 = NAN,
               .omega2 = NAN,
               .n0 = NAN,
               .mean_size = groups > 0 ? n / groups : NAN};
    if (groups < 2) {
        a.notes = ANOVA_FEW_GROUPS;
        return a;
    }
    a.ss_between = ss_between;
    a.df_between = groups - 1;
    a.n0 = (n - squared_sizes / n) / a.df_between;
    fill_ratios(&a);
    return a;
}

anova anova_of_squares(int64_t groups, double n, double squared_sizes, double ss_between,
                       double ss_within)
{
    return find_anova((double)groups, n, squared_sizes, ss_between, ss_within);
}

/* ---- Doubles ---- */

static double weight_of(const double *weights, size_t group)
{
    return weights ? weights[group] : 1;
}

anova anova_of_groups(const group_summary *groups, size_t count)
{
    return anova_of_weighted_groups(groups, NULL, count);
}

anova anova_of_weighted_groups(const group_summary *groups, const double *weights, size_t count)
{
    total all_groups = {0}, n = {0}, sum = {0}, squares = {0}, within = {0}, between = {0};
    double first_size = 0, first_mean = 0, largest = 0;
    int64_t used = 0, ones = 0;
    bool differ = false;
    for (size_t g = 0; g < count; g++) {
        double weight = weight_of(weights, g);
        if (!(groups[g].n > 0 && weight > 0))
            continue;
        if (used++ == 0)
            first_size = groups[g].n, first_mean = groups[g].mean;
        total_add(&all_groups, weight);
        total_add(&n, weight * groups[g].n);
        total_add(&sum, weight * groups[g].n * (groups[g].mean - first_mean));
        total_add(&squares, weight * groups[g].n * groups[g].n);
        total_add(&within, weight * groups[g].squares);
        largest = fmax(largest, fabs(groups[g].mean) + sqrt(groups[g].squares / groups[g].n));
        ones += groups[g].n == 1;
        differ |= groups[g].n != first_size;
    }
    double centre = total_value(&sum) / total_value(&n), noise = 4 * DBL_EPSILON * largest;
    for (size_t g = 0; g < count; g++)
        if (groups[g].n > 0 && weight_of(weights, g) > 0) {
            double away = groups[g].mean - first_mean - centre;
            total_add(&between, weight_of(weights, g) * groups[g].n * away * away);
        }
    double all = total_value(&n), ss = total_value(&between);
    anova a = find_anova(total_value(&all_groups), all, total_value(&squares),
                         ss > all * noise * noise ? ss : 0, total_value(&within));
    a.groups_of_one = ones;
    a.notes |= (differ ? ANOVA_UNBALANCED : 0u) | (ones ? ANOVA_GROUPS_OF_ONE : 0u);
    return a;
}

/* ---- Intraclass correlations ---- */

static icc_value make_value(double raw)
{
    return (icc_value){raw, isnan(raw) ? NAN : fmin(1, fmax(0, raw)), NAN, NAN};
}

icc icc_of_anova(const anova *a, double k, double confidence)
{
    double between = a->ms_between, within = a->ms_within, tail = (1 - confidence) / 2;
    icc i = {k, make_value(NAN), make_value(NAN)};
    if (!(k > 1) || isnan(within) || isnan(between) || (between <= 0 && within <= 0))
        return i;
    i.one = make_value((between - within) / (between + (k - 1) * within));
    if (between > 0)
        i.two = make_value((between - within) / between);
    if (isnan(a->f) || !(confidence > 0 && confidence < 1))
        return i;
    double low = a->f / fisher_quantile(tail, a->df_between, a->df_within);
    double high = a->f * fisher_quantile(tail, a->df_within, a->df_between);
    i.one.low = (low - 1) / (low + k - 1);
    i.one.high = (high - 1) / (high + k - 1);
    if (between > 0) {
        i.two.low = 1 - 1 / low;
        i.two.high = 1 - 1 / high;
    }
    return i;
}
