#include "analyses/compare/changes.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "stats/intervals/differences.h"
#include "stats/measures/scores.h"
#include "stats/tests/mann_whitney.h"
#include "stats/tests/signed_rank.h"
#include "stats/variance/random_intercept.h"

enum { PROGRESS_TIES = 1 << 16 };

/* What a person gave in the two waves, in SCORE_UNITs. */
typedef struct person_sums {
    int64_t n[2], sum[2], squares; /* squares: of both waves */
    int64_t pairs, rise; /* ties with a score in both waves, and the sum of their differences */
} person_sums;

/* All that is gathered of a set. */
typedef struct gathered {
    const change_work *work;
    bool clustered; /* people may have several ties */
    size_t people;
    moments waves[2], pairs[2], rises; /* pairs: the scores of paired ties in each wave */
    int64_t givers[2], paired;         /* people with a score in a wave, and with a pair */
    int64_t givers_of_both;
} gathered;

bool change_work_make(change_work *w, const run *r, size_t most)
{
    *w = (change_work){
        .r = r, .rule = score_rule_make(options_number(r->options, "min_share"), r->survey->asked)};
    w->ranks = options_choice(r->options, "test") == 1;
    w->people = memory_new(most, sizeof *w->people);
    w->first = memory_new(most, sizeof *w->first);
    w->second = memory_new(most, sizeof *w->second);
    w->waves = memory_new(most, sizeof *w->waves);
    return w->people && w->first && w->second && w->waves;
}

void change_work_free(change_work *w)
{
    memory_free(w->people);
    memory_free(w->first);
    memory_free(w->second);
    memory_free(w->waves);
}

/* ---- Gathering ---- */

static bool tie_counts(set_kind kind, const compared_tie *t)
{
    return kind == SET_CELL || kind == SET_ALL || t->within == (kind == SET_WITHIN);
}

static void add_pair(gathered *g, person_sums *p, int32_t before, int32_t after)
{
    moments_add(&g->pairs[0], before);
    moments_add(&g->pairs[1], after);
    moments_add(&g->rises, after - before);
    p->pairs++;
    p->rise += after - before;
}

static void end_person(gathered *g, const person_sums *p)
{
    g->givers[0] += p->n[0] > 0;
    g->givers[1] += p->n[1] > 0;
    g->givers_of_both += p->n[0] > 0 && p->n[1] > 0;
    g->paired += p->pairs > 0;
    g->clustered = g->clustered || p->n[0] > 1 || p->n[1] > 1;
    g->people += p->n[0] + p->n[1] > 0; /* who gave none makes room for the next */
}

static relcoord_status gather(gathered *g, const change_set *set, int measure, double share,
                              relcoord_error *err)
{
    const relcoord_survey *s = g->work->r->survey;
    const compared_tie *before = NULL; /* the last scored tie of the first wave */
    int32_t score_before = 0;
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < set->count && !status; i++) {
        const compared_tie *t = &set->ties[i];
        person_sums *p = &g->work->people[g->people];
        int32_t score;
        if (i % PROGRESS_TIES == 0)
            status = options_progress(g->work->r->options, share, err);
        if (i == 0 || set->ties[i - 1].person != t->person) {
            if (i > 0)
                end_person(g, p);
            p = &g->work->people[g->people];
            *p = (person_sums){{0, 0}, {0, 0}, 0, 0, 0};
            before = NULL;
        }
        score = tie_counts(set->kind, t) ? score_measure(s->answers + (size_t)t->tie * ITEM_COUNT,
                                                         &g->work->rule, measure)
                                         : 0;
        if (!score)
            continue;
        p->n[t->later]++;
        p->sum[t->later] += score;
        p->squares += (int64_t)score * score;
        moments_add(&g->waves[t->later], score);
        if (t->later && before && before->target == t->target)
            add_pair(g, p, score_before, score);
        before = t->later ? NULL : t;
        score_before = score;
    }
    if (set->count > 0)
        end_person(g, &g->work->people[g->people]);
    return status;
}

/* ---- Estimates ---- */

/* The cluster-robust error of the mean of a wave, or of the rises (which: 2). */
static cluster_error find_error(const gathered *g, int which)
{
    const moments *m = which == 2 ? &g->rises : &g->waves[which];
    mean_clusters clusters = {.n = (double)m->n, .mean = m->n ? moments_mean(m, 1) : 0};
    cluster_error error;
    for (size_t i = 0; i < g->people; i++) {
        const person_sums *p = &g->work->people[i];
        int64_t n = which == 2 ? p->pairs : p->n[which], sum = which == 2 ? p->rise : p->sum[which];
        if (n > 0)
            mean_clusters_add(&clusters, (double)n, (double)sum);
    }
    error = mean_clusters_error(&clusters, CLUSTER_CR2);
    error.se /= SCORE_UNIT;
    return error;
}

static void set_test(change *c, mean_test t)
{
    c->difference = t.difference;
    c->se = t.se;
    c->df = t.df;
    c->p = t.p;
    if (t.se == 0)
        c->notes |= CHANGE_ALL_EQUAL;
    else if (isnan(t.se) || isnan(t.df))
        c->notes |= CHANGE_TOO_FEW;
}

/* The correction takes more than one degree of freedom. */
static void set_hedges(change *c, double df, double spread)
{
    c->effect = hedges_correction(df) * c->difference / spread;
    c->notes |= isnan(c->effect) && !(c->notes & CHANGE_TOO_FEW) ? CHANGE_NO_EFFECT : 0u;
}

static void find_paired(const gathered *g, change *c)
{
    c->test = g->clustered ? "t_paired_cr2" : "t_paired";
    c->effect_name = "hedges_g";
    if (g->rises.n == 0) {
        c->notes |= CHANGE_NO_PAIRS;
        return;
    }
    cluster_error error = find_error(g, 2);
    double spread = (moments_sd(&g->pairs[0], SCORE_UNIT) + moments_sd(&g->pairs[1], SCORE_UNIT))
                    / 2;
    for (int w = 0; w < 2; w++)
        c->means[w] = moments_mean(&g->pairs[w], SCORE_UNIT);
    set_test(c, mean_test_make(moments_mean(&g->rises, SCORE_UNIT), error.se, error.df));
    if (spread > 0)
        set_hedges(c, (double)g->paired - 1, spread);
}

static void find_unpaired(const gathered *g, change *c)
{
    group_summary first = group_of_moments(&g->waves[0], SCORE_UNIT),
                  second = group_of_moments(&g->waves[1], SCORE_UNIT);
    c->test = g->clustered ? "t_cr2" : "t_welch";
    c->effect_name = "hedges_g";
    for (int w = 0; w < 2; w++)
        c->means[w] = g->waves[w].n ? moments_mean(&g->waves[w], SCORE_UNIT) : NAN;
    c->notes |= g->givers_of_both > 0 ? CHANGE_OVERLAP : 0u;
    if (g->waves[0].n == 0 || g->waves[1].n == 0) {
        c->notes |= CHANGE_EMPTY_WAVE;
        return;
    }
    set_test(c, g->clustered
                    ? clustered_difference(&first, find_error(g, 0), &second, find_error(g, 1))
                    : welch_difference(&first, &second));
    double spread = sqrt((first.squares + second.squares) / (first.n + second.n - 2));
    if (spread > 0)
        set_hedges(c, (double)(g->givers[0] + g->givers[1]) - 2, spread);
}

static relcoord_status find_mixed(const gathered *g, change *c, relcoord_error *err)
{
    random_intercept fit;
    total within = {0, 0};
    for (size_t i = 0; i < g->people; i++) {
        const person_sums *p = &g->work->people[i];
        int64_t n = p->n[0] + p->n[1], sum = p->sum[0] + p->sum[1];
        for (int w = 0; w < 2; w++) {
            g->work->waves[i].n[w] = (double)p->n[w];
            g->work->waves[i].sum[w] = (double)p->sum[w] / SCORE_UNIT;
        }
        total_add(&within,
                  (double)(p->squares * n - sum * sum) / (double)n / SCORE_UNIT / SCORE_UNIT);
    }
    c->test = "mixed_reml";
    c->effect_name = "d_total";
    if (!random_intercept_fit(g->work->waves, g->people, total_value(&within), &fit))
        return fail_memory(err);
    c->notes |= (fit.notes & INTERCEPT_UNIDENTIFIED ? CHANGE_UNIDENTIFIED : 0u)
                | (fit.notes & INTERCEPT_NO_RESIDUAL ? CHANGE_NO_RESIDUAL : 0u)
                | (fit.notes & INTERCEPT_BOUNDARY ? CHANGE_AT_ZERO : 0u);
    if (fit.notes & (INTERCEPT_UNIDENTIFIED | INTERCEPT_NO_RESIDUAL))
        return RELCOORD_OK;
    c->means[0] = fit.mean_first;
    c->means[1] = fit.mean_first + fit.change;
    set_test(c, mean_test_make(fit.change, fit.se, fit.df));
    c->effect = fit.change / sqrt(fit.tau2 + fit.sigma2);
    return RELCOORD_OK;
}

/* ---- Tests of ranks: each person has one value, the mean over the ties ---- */

static relcoord_status rank_pairs(const gathered *g, change *c, relcoord_error *err)
{
    size_t count = 0;
    signed_rank s;
    for (size_t i = 0; i < g->people; i++)
        if (g->work->people[i].pairs > 0)
            g->work->first[count++] = (double)g->work->people[i].rise
                                      / (double)g->work->people[i].pairs;
    if (!signed_rank_test(g->work->first, count, &s))
        return fail_memory(err);
    c->test = s.exact ? "wilcoxon_exact" : "wilcoxon_normal";
    c->effect_name = "rank_biserial";
    c->effect = s.biserial;
    c->p = s.p;
    c->notes |= s.zeros > 0 ? CHANGE_ZEROS_DROPPED : 0u;
    return RELCOORD_OK;
}

static relcoord_status rank_waves(const gathered *g, change *c, relcoord_error *err)
{
    double *const values[2] = {g->work->first, g->work->second};
    size_t count[2] = {0, 0};
    mann_whitney m;
    for (size_t i = 0; i < g->people; i++)
        for (int w = 0; w < 2; w++) {
            const person_sums *p = &g->work->people[i];
            if (p->n[w] > 0)
                values[w][count[w]++] = (double)p->sum[w] / (double)p->n[w];
        }
    if (!mann_whitney_test(values[0], count[0], values[1], count[1], &m))
        return fail_memory(err);
    c->test = m.exact ? "mann_whitney_exact" : "mann_whitney_normal";
    c->effect_name = "cliffs_delta";
    c->effect = m.delta;
    c->p = m.p;
    return RELCOORD_OK;
}

/* ---- The whole ---- */

static change begin_change(const gathered *g, const change_set *set, int measure, int pairing)
{
    return (change){.kind = set->kind,
                    .row = set->ties->row,
                    .target = set->ties->target,
                    .dimension = measure,
                    .pairing = pairing,
                    .n = {g->waves[0].n, g->waves[1].n},
                    .pairs = g->rises.n,
                    .means = {NAN, NAN},
                    .difference = NAN,
                    .se = NAN,
                    .df = NAN,
                    .effect = NAN,
                    .p = NAN,
                    .p_holm = NAN,
                    .p_bh = NAN};
}

static relcoord_status find_one(const gathered *g, change *c, relcoord_error *err)
{
    if (c->pairing == PAIRING_MIXED)
        return find_mixed(g, c, err);
    if (c->pairing == PAIRING_PAIRED)
        find_paired(g, c);
    else
        find_unpaired(g, c);
    if (!g->work->ranks)
        return RELCOORD_OK;
    return c->pairing == PAIRING_PAIRED ? rank_pairs(g, c, err) : rank_waves(g, c, err);
}

relcoord_status changes_find(const change_work *w, const change_set *set, int measure,
                             unsigned wanted, double share, change out[PAIRING_COUNT],
                             size_t *count, relcoord_error *err)
{
    gathered g = {.work = w};
    relcoord_status status = gather(&g, set, measure, share, err);
    bool partly = g.givers_of_both > 0
                  && (g.givers_of_both < g.givers[0] || g.givers_of_both < g.givers[1]);
    *count = 0;
    for (int pairing = 0; pairing < PAIRING_COUNT && !status; pairing++) {
        if (!(wanted & 1u << pairing) || (pairing == PAIRING_MIXED && !partly))
            continue;
        out[*count] = begin_change(&g, set, measure, pairing);
        status = find_one(&g, &out[(*count)++], err);
    }
    return status;
}
