/* Raking. Cases alike in all margins are one pattern, whose weight is the product of one factor a
 * margin: a cycle takes time by patterns, not by cases. */
#include "stats/weighting/raking.h"

#include <math.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/options.h"
#include "stats/numbers/moments.h"

/* ---- Patterns ---- */

typedef struct pattern_list {
    size_t count;
    uint32_t *of_case;  /* by case */
    double *cases;      /* by pattern: how many */
    double *weight;     /* the same: of each of them */
    uint32_t *category; /* by margin and pattern */
} pattern_list;

static void patterns_free(pattern_list *p)
{
    memory_free(p->of_case);
    memory_free(p->cases);
    memory_free(p->weight);
    memory_free(p->category);
}

/* Numbers the patterns margin by margin: those of the margins so far, each with its next category.
 * False when memory runs out. */
static bool number_patterns(const raking_margin *margins, size_t margin_count, size_t cases,
                            pattern_list *p)
{
    bool done = true;
    for (size_t i = 0; i < cases; i++)
        p->of_case[i] = 0;
    p->count = cases > 0;
    for (size_t m = 0; m < margin_count && done; m++) {
        key_index pairs = {0};
        for (size_t i = 0; i < cases && done; i++) {
            p->of_case[i] = key_index_add(&pairs,
                                          (uint64_t)p->of_case[i] << 32 | margins[m].category[i]);
            done = p->of_case[i] != INTERN_FULL;
        }
        p->count = pairs.count;
        key_index_free(&pairs);
    }
    return done;
}

static relcoord_status find_patterns(const raking_margin *margins, size_t margin_count,
                                     size_t cases, pattern_list *p, relcoord_error *err)
{
    p->of_case = memory_new(cases, sizeof *p->of_case);
    if (!p->of_case || !number_patterns(margins, margin_count, cases, p))
        return fail_memory(err);
    p->cases = memory_zeroed(p->count, sizeof *p->cases);
    p->weight = memory_new(p->count, sizeof *p->weight);
    p->category = memory_new(p->count, sizeof *p->category * (margin_count ? margin_count : 1));
    if (!p->cases || !p->weight || !p->category)
        return fail_memory(err);
    for (size_t i = 0; i < cases; i++) {
        uint32_t pattern = p->of_case[i];
        p->cases[pattern]++;
        p->weight[pattern] = 1;
        for (size_t m = 0; m < margin_count; m++)
            p->category[m * p->count + pattern] = margins[m].category[i];
    }
    return RELCOORD_OK;
}

/* ---- Fitting ---- */

/* Adds up the weights of each category of a margin. */
static void add_up(const pattern_list *p, const uint32_t *category, size_t categories, total *sums)
{
    for (size_t k = 0; k < categories; k++)
        sums[k] = (total){0, 0};
    for (size_t i = 0; i < p->count; i++)
        total_add(&sums[category[i]], p->cases[i] * p->weight[i]);
}

static bool has_empty_category(const pattern_list *p, const raking_margin *margins,
                               size_t margin_count, total *sums)
{
    for (size_t m = 0; m < margin_count; m++) {
        add_up(p, p->category + m * p->count, margins[m].count, sums);
        for (size_t k = 0; k < margins[m].count; k++)
            if (margins[m].target[k] > 0 && !(total_value(&sums[k]) > 0))
                return true;
    }
    return false;
}

/* Makes one margin hold. Returns by what share the furthest category was off, infinity when it
 * cannot hold. */
static double fit_margin(pattern_list *p, const raking_margin *margin, const uint32_t *category,
                         total *sums)
{
    double furthest = 0;
    add_up(p, category, margin->count, sums);
    for (size_t k = 0; k < margin->count; k++) {
        double sum = total_value(&sums[k]), factor = margin->target[k] > 0 ? INFINITY : 1;
        if (sum > 0)
            factor = margin->target[k] / sum;
        furthest = fmax(furthest, fabs(factor - 1));
        sums[k] = (total){factor, 0};
    }
    for (size_t i = 0; i < p->count && isfinite(furthest); i++)
        p->weight[i] *= sums[category[i]].sum;
    return furthest;
}

static relcoord_status fit_cycles(pattern_list *p, const raking_margin *margins,
                                  size_t margin_count, const relcoord_options *progress,
                                  double share, total *sums, raking *out, relcoord_error *err)
{
    double furthest = margin_count ? 1 : 0;
    relcoord_status status = RELCOORD_OK;
    while (furthest > RAKING_TOLERANCE && isfinite(furthest) && out->cycles < RAKING_CYCLES
           && !status) {
        furthest = 0;
        for (size_t m = 0; m < margin_count && isfinite(furthest); m++)
            furthest = fmax(furthest, fit_margin(p, &margins[m], p->category + m * p->count, sums));
        out->cycles++;
        status = options_progress(progress, share, err);
    }
    out->outcome = furthest <= RAKING_TOLERANCE ? RAKING_DONE : RAKING_UNSETTLED;
    return status;
}

relcoord_status raking_fit(const raking_margin *margins, size_t margin_count, size_t cases,
                           const relcoord_options *progress, double share, double *weights,
                           raking *out, relcoord_error *err)
{
    pattern_list p = {0};
    raking found = {RAKING_DONE, 0};
    size_t most = 1;
    total *sums;
    relcoord_status status = find_patterns(margins, margin_count, cases, &p, err);
    for (size_t m = 0; m < margin_count; m++)
        most = margins[m].count > most ? margins[m].count : most;
    sums = memory_new(most, sizeof *sums);
    if (!status && !sums)
        status = fail_memory(err);
    if (!status && has_empty_category(&p, margins, margin_count, sums))
        found.outcome = RAKING_EMPTY;
    else if (!status)
        status = fit_cycles(&p, margins, margin_count, progress, share, sums, &found, err);
    for (size_t i = 0; i < cases && !status; i++)
        weights[i] = found.outcome == RAKING_DONE ? p.weight[p.of_case[i]] : NAN;
    if (!status)
        *out = found;
    memory_free(sums);
    patterns_free(&p);
    return status;
}

/* ---- What weights cost ---- */

void weight_spread_add(weight_spread *s, double weight)
{
    s->least = s->n == 0 || weight < s->least ? weight : s->least;
    s->most = s->n == 0 || weight > s->most ? weight : s->most;
    s->n++;
    s->sum += weight;
    s->squares += weight * weight;
}

double weight_spread_effective(const weight_spread *s)
{
    return s->sum > 0 ? s->sum * s->sum / s->squares : NAN;
}

double weight_spread_design_effect(const weight_spread *s)
{
    return (double)s->n / weight_spread_effective(s);
}
