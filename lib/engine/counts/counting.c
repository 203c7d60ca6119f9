/* Counts first, in whole numbers; then, in the order of the people's keys, what is weighted or
 * clustered. */
#include "engine/counts/counting.h"

#include <math.h>
#include <string.h>

#include "stats/intervals/clusters.h"
#include "stats/intervals/intervals.h"
#include "stats/intervals/proportions.h"

static double weight_of(const run *r, uint32_t p)
{
    return r->cases.weight ? r->cases.weight[p] : 1;
}

/* ---- Counts ---- */

static void count_base(counting *c, double weight)
{
    c->base.n++;
    total_add(&c->base.weight, weight);
    total_add(&c->squares, weight * weight);
}

static void count_category(counting *c, int which, double weight)
{
    c->categories[which].n++;
    total_add(&c->categories[which].weight, weight);
}

static void count_answer(counting *c, int which, double weight)
{
    if (which == ANSWER_IS_DOUBT)
        c->dont_know++;
    else if (which < 0)
        c->missing++;
    if (which < 0)
        return;
    count_base(c, weight);
    count_category(c, which, weight);
}

/* Once in the base, and in each of the groups. */
static void count_groups(counting *c, uint32_t p)
{
    const uint32_t *labels;
    uint32_t count = survey_groups_of(&c->r->survey->attributes[c->variable->slot], p, &labels);
    count_answer(c, c->variable->of_place[labels[0]], weight_of(c->r, p));
    for (uint32_t i = 1; i < count; i++)
        count_category(c, c->variable->of_place[labels[i]], weight_of(c->r, p));
}

static void count_person(counting *c, uint32_t p)
{
    const relcoord_survey *s = c->r->survey;
    const categorical *v = c->variable;
    double weight = weight_of(c->r, p);
    if (v->multiple)
        count_groups(c, p);
    else if (v->source == FROM_TIES)
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++)
            count_answer(c, category_of_tie(s, v, t), weight);
    else if (v->source == FROM_GROUPING || s->items[v->slot].codes)
        count_answer(c, category_of_person(s, v, p), weight);
    else if (isnan(s->items[v->slot].numbers[p]))
        c->missing++;
    else
        count_base(c, weight);
}

void counting_fill(counting *c)
{
    if (c->variable->count > 0)
        memset(c->categories, 0, c->variable->count * sizeof *c->categories);
    memset(&c->base, 0, sizeof c->base);
    memset(&c->squares, 0, sizeof c->squares);
    c->dont_know = c->missing = 0;
    for (size_t i = 0; i < c->people_count; i++)
        count_person(c, c->people[i]);
}

/* ---- Ties ---- */

typedef struct tie_estimate {
    double mean, se, df;
} tie_estimate;

/* The value of a category: its score, or 1 when it is marked and 0 when it is not. */
static double value_of(const counting *c, const bool *marked, int which)
{
    if (which < 0)
        return NAN;
    return marked ? marked[which] : c->variable->categories[which].score;
}

/* How many ties of a person have a value, and their sum. */
static double sum_ties(const counting *c, const bool *marked, uint32_t p, double *size)
{
    const relcoord_survey *s = c->r->survey;
    double sum = 0;
    *size = 0;
    for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++) {
        double value = value_of(c, marked, category_of_tie(s, c->variable, t));
        *size += !isnan(value);
        sum += isnan(value) ? 0 : value;
    }
    return sum;
}

/* The mean of all ties first, about which the clusters are then gathered. */
static tie_estimate estimate_ties(const counting *c, const bool *marked)
{
    mean_clusters plain = {.n = 0};
    weighted_clusters weighted = {.clusters = 0};
    cluster_error error;
    double size, sum = 0;
    for (size_t i = 0; i < c->people_count; i++) {
        sum += sum_ties(c, marked, c->people[i], &size);
        plain.n += size;
    }
    plain.mean = weighted.centre = sum / plain.n;
    for (size_t i = 0; i < c->people_count; i++) {
        sum = sum_ties(c, marked, c->people[i], &size);
        if (size > 0 && c->r->cases.weight)
            weighted_clusters_add(&weighted, weight_of(c->r, c->people[i]), size, sum);
        else if (size > 0)
            mean_clusters_add(&plain, size, sum);
    }
    if (!c->r->cases.weight) {
        error = mean_clusters_error(&plain, CLUSTER_CR2);
        return (tie_estimate){plain.mean, error.se, error.df};
    }
    error = weighted_clusters_error(&weighted);
    return (tie_estimate){weighted_clusters_mean(&weighted), error.se, error.df};
}

/* ---- Shares ---- */

/* By weights the answers are worth as many as would have the same variance: (sum of w)^2 / sum of
 * w^2 (Kish 1965). */
void share_of_people(share *s, double squares, const run *r, double population)
{
    const bool weighted = r->cases.weight != NULL, whole = population == 0,
               all = s->weight >= s->base_weight;
    const double n = weighted ? s->base_weight * s->base_weight / squares : s->base_weight;
    proportion_interval bounds = wilson_interval(all ? n : n * (s->weight / s->base_weight), n,
                                                 population,
                                                 options_number(r->options, "confidence"));
    proportion_interval worst = {NAN, NAN};
    if (population > 0)
        worst = proportion_worst_case(s->weight, s->base_weight, population);
    s->estimator = weighted ? "rate_wilson_weighted"
                   : !whole ? "rate_wilson_population"
                            : "rate_wilson";
    s->note = isnan(population) ? "population_unknown" : NULL;
    s->low = bounds.low;
    s->high = bounds.high;
    s->worst_low = worst.low;
    s->worst_high = worst.high;
}

static void share_of_ties(share *s, const counting *c, const bool *marked)
{
    tie_estimate e = estimate_ties(c, marked);
    double reach = student_reach(options_number(c->r->options, "confidence"), e.df) * e.se;
    s->estimator = c->r->cases.weight ? "rate_cr1_weighted" : "rate_cr2";
    if (s->n == 0 || s->n == c->base.n) {
        s->note = "all_equal"; /* and so no spread to judge by */
        return;
    }
    if (isnan(reach)) {
        s->note = "too_few";
        return;
    }
    s->note = e.mean - reach < 0 || e.mean + reach > 1 ? "clamped" : NULL;
    s->low = fmax(e.mean - reach, 0);
    s->high = fmin(e.mean + reach, 1);
}

share counting_share(const counting *c, const bool *marked)
{
    share s = {.base_weight = total_value(&c->base.weight),
               .low = NAN,
               .high = NAN,
               .worst_low = NAN,
               .worst_high = NAN};
    for (size_t i = 0; i < c->variable->count; i++)
        if (marked[i]) {
            s.n += c->categories[i].n;
            s.weight += total_value(&c->categories[i].weight);
        }
    if (c->variable->source == FROM_TIES)
        share_of_ties(&s, c, marked);
    else
        share_of_people(&s, total_value(&c->squares), c->r, c->population);
    if (c->base.n == 0)
        s.note = "empty";
    return s;
}

/* ---- The mean ---- */

static void add_scores(const counting *c, weighted_moments *m, uint32_t p)
{
    const relcoord_survey *s = c->r->survey;
    const categorical *v = c->variable;
    double score;
    if (v->source == FROM_TIES) {
        for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++) {
            score = value_of(c, NULL, category_of_tie(s, v, t));
            if (!isnan(score))
                weighted_moments_add(m, weight_of(c->r, p), score);
        }
        return;
    }
    score = score_of_person(s, v, p);
    if (!isnan(score))
        weighted_moments_add(m, weight_of(c->r, p), score);
}

/* A value near the mean, so that nothing cancels: the unweighted one. */
static double find_centre(const counting *c)
{
    weighted_moments about_zero = {.n = 0};
    for (size_t i = 0; i < c->people_count; i++)
        add_scores(c, &about_zero, c->people[i]);
    return about_zero.n > 0 ? weighted_moments_mean(&about_zero) : 0;
}

counted_mean counting_mean(const counting *c)
{
    const bool weighted = c->r->cases.weight != NULL, ties = c->variable->source == FROM_TIES;
    weighted_moments m = {.centre = find_centre(c)};
    counted_mean mean = {.estimator = weighted ? "mean_weighted" : ties ? "mean_cr2" : "mean_t"};
    for (size_t i = 0; i < c->people_count; i++)
        add_scores(c, &m, c->people[i]);
    mean.n = m.n;
    mean.mean = mean.sd = mean.se = mean.df = NAN;
    if (m.n == 0)
        return mean;
    mean.mean = weighted_moments_mean(&m);
    mean.sd = weighted_moments_sd(&m);
    mean.se = weighted_moments_se(&m);
    mean.df = (double)m.n - 1;
    if (!ties && c->population != 0) { /* Cochran 1977, 2.20: as all are there, no error is left */
        mean.se *= sqrt(1 - (double)m.n / c->population);
        mean.estimator = "mean_t_population";
    }
    if (ties) {
        tie_estimate e = estimate_ties(c, NULL);
        mean.se = e.se;
        mean.df = e.df;
    }
    return mean;
}
