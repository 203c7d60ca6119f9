/* REML of one-way variance components. With lambda = tau2/sigma2, sigma2 and the mean have closed
 * forms, so that one dimension is left to search; groups of one size enter as their number, mean
 * and squares. */
#include "stats/variance/oneway.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/distributions/fisher.h"
#include "stats/variance/lambda.h"

/* Groups of one size: how many, the mean of their means and the squares about it. */
typedef struct size_class {
    double n, groups, mean, squares;
} size_class;

typedef struct search {
    size_class *classes;
    size_t count;
    double n, groups, within,
        scale; /* scale: the size at which a group's reliability is searched */
} search;

/* What one lambda gives. */
typedef struct profile {
    double mean, weight, between, squares, criterion, slope; /* slope: d criterion / d lambda */
} profile;

static profile find_profile(const search *s, double lambda)
{
    double weight = 0, weight_squares = 0, sum = 0, log_sum = 0, squares = 0, slopes = 0,
           df = s->n - 1;
    for (size_t c = 0; c < s->count; c++) {
        const size_class *k = &s->classes[c];
        double w = k->n / (1 + k->n * lambda);
        weight += k->groups * w;
        weight_squares += k->groups * w * w;
        sum += k->groups * w * (k->mean - s->classes[0].mean);
        log_sum += k->groups * log1p(k->n * lambda);
    }
    double shift = sum / weight;
    for (size_t c = 0; c < s->count; c++) {
        const size_class *k = &s->classes[c];
        double w = k->n / (1 + k->n * lambda), away = k->mean - s->classes[0].mean - shift;
        squares += w * (k->squares + k->groups * away * away);
        slopes += w * w * (k->squares + k->groups * away * away);
    }
    double all = s->within + squares;
    return (profile){
        .mean = s->classes[0].mean + shift,
        .weight = weight,
        .between = squares,
        .squares = all,
        .criterion = df * (1 + log(2 * 3.14159265358979323846 * (all / df))) + log_sum
                     + log(weight),
        .slope = weight - weight_squares / weight - df * slopes / all,
    };
}

static double slope_at(const void *of, double lambda)
{
    return find_profile(of, lambda).slope;
}

static double criterion_at(const void *of, double lambda)
{
    return find_profile(of, lambda).criterion;
}

/* ---- Classes of sizes ---- */

/* A group, and how often it is there. */
typedef struct counted_group {
    group_summary is;
    double times;
} counted_group;

static int compare_groups(const void *left, const void *right)
{
    const counted_group *a = left, *b = right;
    if (a->is.n != b->is.n)
        return a->is.n < b->is.n ? -1 : 1;
    if (a->is.mean != b->is.mean)
        return a->is.mean < b->is.mean ? -1 : 1;
    if (a->is.squares != b->is.squares)
        return a->is.squares < b->is.squares ? -1 : 1;
    return (a->times > b->times) - (a->times < b->times);
}

static size_class make_class(const counted_group *groups, size_t count)
{
    total times = {0}, sum = {0}, squares = {0};
    for (size_t g = 0; g < count; g++) {
        total_add(&times, groups[g].times);
        total_add(&sum, groups[g].times * (groups[g].is.mean - groups[0].is.mean));
    }
    double shift = total_value(&sum) / total_value(&times);
    for (size_t g = 0; g < count; g++) {
        double away = groups[g].is.mean - groups[0].is.mean - shift;
        total_add(&squares, groups[g].times * away * away);
    }
    return (size_class){groups[0].is.n, total_value(&times), groups[0].is.mean + shift,
                        total_value(&squares)};
}

/* Fills the classes from sorted groups. */
static void make_classes(search *s, const counted_group *groups, size_t count)
{
    total within = {0};
    for (size_t g = 0, end; g < count; g = end) {
        for (end = g; end < count && groups[end].is.n == groups[g].is.n; end++)
            total_add(&within, groups[end].times * groups[end].is.squares);
        s->classes[s->count++] = make_class(groups + g, end - g);
    }
    s->within = total_value(&within);
}

/* The classes of the groups that are there, to be freed; weights may be NULL. False when memory
 * runs out. */
static bool make_search(const group_summary *groups, const double *weights, size_t count,
                        const anova *a, search *out)
{
    search s = {.n = a->n, .groups = a->df_between + 1, .scale = a->n0};
    size_t used = 0;
    counted_group *sorted = memory_new(count, sizeof *sorted);
    s.classes = memory_new(count, sizeof *s.classes);
    bool done = sorted && s.classes;
    for (size_t g = 0; g < count && done; g++)
        if (groups[g].n > 0 && (!weights || weights[g] > 0))
            sorted[used++] = (counted_group){groups[g], weights ? weights[g] : 1};
    if (done) {
        qsort(sorted, used, sizeof *sorted, compare_groups);
        make_classes(&s, sorted, used);
        *out = s;
    } else {
        memory_free(s.classes);
    }
    memory_free(sorted);
    return done;
}

/* ---- The fit ---- */

/* The limit where nothing varies within: each group's mean is its value, without error. */
static void fill_without_within(const search *s, oneway *out)
{
    double sum = 0, squares = 0;
    for (size_t c = 0; c < s->count; c++)
        sum += s->classes[c].groups * (s->classes[c].mean - s->classes[0].mean);
    double shift = sum / s->groups;
    for (size_t c = 0; c < s->count; c++) {
        double away = s->classes[c].mean - s->classes[0].mean - shift;
        squares += s->classes[c].squares + s->classes[c].groups * away * away;
    }
    out->notes |= ONEWAY_NO_WITHIN;
    out->sigma2 = 0;
    out->tau2 = squares / (s->groups - 1);
    out->icc1 = 1;
    out->mean = s->classes[0].mean + shift;
    out->mean_se = sqrt(out->tau2 / s->groups);
}

static void fill_fit(const search *s, oneway *out)
{
    double lambda = lambda_find(&(lambda_search){slope_at, criterion_at, s, s->scale, 0, 40});
    profile p = find_profile(s, lambda);
    out->notes |= lambda > 0 ? 0u : ONEWAY_BOUNDARY;
    out->sigma2 = p.squares / (s->n - 1);
    out->tau2 = lambda * out->sigma2;
    out->icc1 = lambda / (1 + lambda);
    out->mean = p.mean;
    out->mean_se = sqrt(out->sigma2 / p.weight);
    out->criterion = p.criterion;
}

/* Why there are no components; 0 when there are. */
static unsigned find_reasons(const anova *a)
{
    if (a->notes & (ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS))
        return ONEWAY_FEW_GROUPS;
    return a->notes & ANOVA_NO_BETWEEN && a->notes & ANOVA_NO_WITHIN ? ONEWAY_CONSTANT : 0u;
}

bool oneway_fit(const group_summary *groups, size_t count, oneway *out)
{
    return oneway_fit_weighted(groups, NULL, count, out);
}

bool oneway_fit_weighted(const group_summary *groups, const double *weights, size_t count,
                         oneway *out)
{
    anova a = anova_of_weighted_groups(groups, weights, count);
    search s;
    *out = (oneway){find_reasons(&a), NAN, NAN, NAN, NAN, NAN, NAN};
    if (out->notes)
        return true;
    if (!make_search(groups, weights, count, &a, &s))
        return false;
    if (a.notes & ANOVA_NO_WITHIN)
        fill_without_within(&s, out);
    else
        fill_fit(&s, out);
    memory_free(s.classes);
    return true;
}

double oneway_reliability(const oneway *fit, double k)
{
    double between = k * fit->tau2;
    return between + fit->sigma2 > 0 ? between / (between + fit->sigma2) : NAN;
}

/* ---- The interval ---- */

/* The ratio at which the squares between, weighted by it, come down to `squares`; 0 when they never
 * are above. */
static double find_ratio(const search *s, double squares)
{
    double low = 0, high = 1;
    if (!(find_profile(s, 0).between > squares))
        return 0;
    for (;;) {
        double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
            return lambda_of_share(low, s->scale);
        if (find_profile(s, lambda_of_share(middle, s->scale)).between > squares)
            low = middle;
        else
            high = middle;
    }
}

bool oneway_interval(const group_summary *groups, size_t count, double confidence,
                     oneway_ratios *out)
{
    anova a = anova_of_groups(groups, count);
    double tail = (1 - confidence) / 2;
    search s;
    *out = (oneway_ratios){NAN, NAN};
    if (find_reasons(&a) || (a.notes & ANOVA_NO_WITHIN) || !(confidence > 0 && confidence < 1))
        return true;
    if (!make_search(groups, NULL, count, &a, &s))
        return false;
    double unit = a.df_between * a.ms_within;
    out->low = find_ratio(&s, unit * fisher_quantile(tail, a.df_between, a.df_within));
    out->high = find_ratio(&s, unit / fisher_quantile(tail, a.df_within, a.df_between));
    memory_free(s.classes);
    return true;
}
