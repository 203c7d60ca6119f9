#include "analyses/agreement/within.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* What an rwg is to be at least, by custom. */
static const double GOOD = 0.70;

typedef enum measure {
    MEASURE_RWG,
    MEASURE_UNIFORM,
    MEASURE_SKEW,
    MEASURE_STAR,
    MEASURE_AD_MEAN,
    MEASURE_AD_MEDIAN,
    MEASURE_AWG
} measure;

static double measure_of(const agreement_group *g, measure which)
{
    switch (which) {
    case MEASURE_RWG: return g->rwg[NULL_CHOSEN].rwg;
    case MEASURE_UNIFORM: return g->rwg[NULL_BESIDE_UNIFORM].rwg;
    case MEASURE_SKEW: return g->rwg[NULL_BESIDE_SKEW].rwg;
    case MEASURE_STAR: return g->rwg[NULL_CHOSEN].lindell;
    case MEASURE_AD_MEAN: return g->items.ad_mean;
    case MEASURE_AD_MEDIAN: return g->items.ad_median;
    default: return g->items.awg;
    }
}

typedef enum statistic {
    STATISTIC_MEAN,
    STATISTIC_MEDIAN,
    STATISTIC_LOW,
    STATISTIC_HIGH,
    STATISTIC_SHARE
} statistic;

static const struct {
    measure which;
    statistic statistic;
    const char *names[2]; /* of one item; of several */
} written[WITHIN_COUNT] = {
    {MEASURE_RWG, STATISTIC_MEAN, {"rwg_mean", "rwg_j_mean"}},
    {MEASURE_RWG, STATISTIC_MEDIAN, {"rwg_median", "rwg_j_median"}},
    {MEASURE_RWG, STATISTIC_LOW, {"rwg_q1", "rwg_j_q1"}},
    {MEASURE_RWG, STATISTIC_HIGH, {"rwg_q3", "rwg_j_q3"}},
    {MEASURE_RWG, STATISTIC_SHARE, {"rwg_share_70", "rwg_j_share_70"}},
    {MEASURE_UNIFORM, STATISTIC_MEAN, {"rwg_uniform_mean", "rwg_j_uniform_mean"}},
    {MEASURE_UNIFORM, STATISTIC_MEDIAN, {"rwg_uniform_median", "rwg_j_uniform_median"}},
    {MEASURE_UNIFORM, STATISTIC_SHARE, {"rwg_uniform_share_70", "rwg_j_uniform_share_70"}},
    {MEASURE_SKEW, STATISTIC_MEAN, {"rwg_slight_skew_mean", "rwg_j_slight_skew_mean"}},
    {MEASURE_SKEW, STATISTIC_MEDIAN, {"rwg_slight_skew_median", "rwg_j_slight_skew_median"}},
    {MEASURE_SKEW, STATISTIC_SHARE, {"rwg_slight_skew_share_70", "rwg_j_slight_skew_share_70"}},
    {MEASURE_STAR, STATISTIC_MEAN, {"r_star_wg_mean", "r_star_wg_j_mean"}},
    {MEASURE_STAR, STATISTIC_MEDIAN, {"r_star_wg_median", "r_star_wg_j_median"}},
    {MEASURE_AD_MEAN, STATISTIC_MEAN, {"ad_mean", "ad_j_mean"}},
    {MEASURE_AD_MEAN, STATISTIC_SHARE, {"ad_mean_share_small", "ad_j_mean_share_small"}},
    {MEASURE_AD_MEDIAN, STATISTIC_MEAN, {"ad_median", "ad_j_median"}},
    {MEASURE_AD_MEDIAN, STATISTIC_SHARE, {"ad_median_share_small", "ad_j_median_share_small"}},
    {MEASURE_AWG, STATISTIC_MEAN, {"a_wg_mean", "a_wg_j_mean"}},
    {MEASURE_AWG, STATISTIC_MEDIAN, {"a_wg_median", "a_wg_j_median"}},
};

/* The nulls that are always shown are not shown twice. */
static bool is_chosen(const run *r, measure which)
{
    bool given = options_number(r->options, "null_variance") > 0;
    agreement_null chosen = agreement_null_chosen(r);
    return !given
           && ((which == MEASURE_UNIFORM && chosen == NULL_UNIFORM)
               || (which == MEASURE_SKEW && chosen == NULL_SLIGHT_SKEW));
}

static const char *estimator_of(const run *r, measure which)
{
    switch (which) {
    case MEASURE_RWG:
    case MEASURE_STAR: return agreement_null_estimator(r, NULL_CHOSEN);
    case MEASURE_UNIFORM: return agreement_null_estimator(r, NULL_BESIDE_UNIFORM);
    case MEASURE_SKEW: return agreement_null_estimator(r, NULL_BESIDE_SKEW);
    case MEASURE_AD_MEAN: return "ad_mean_listwise";
    case MEASURE_AD_MEDIAN: return "ad_median_listwise";
    default: return "a_wg_listwise";
    }
}

static double pick_statistic(const agreement_summary *s, statistic which, double small)
{
    switch (which) {
    case STATISTIC_MEAN: return s->mean;
    case STATISTIC_MEDIAN: return s->median;
    case STATISTIC_LOW: return s->quartile_low;
    case STATISTIC_HIGH: return s->quartile_high;
    default: return isnan(small) ? s->share : small;
    }
}

/* The groups that have a value, and their raters; NaN in `values` for the others. */
static case_base collect_values(const agreement_block *b, measure which, double *values,
                                double *small)
{
    case_base base = {0, 0, b->without_group};
    bool deviation = which == MEASURE_AD_MEAN || which == MEASURE_AD_MEDIAN;
    int64_t few = 0;
    for (size_t i = 0; i < b->count; i++) {
        const agreement_group *g = &b->groups[i];
        values[i] = measure_of(g, which);
        if (isnan(values[i])) {
            base.left_out += (int64_t)g->count;
            continue;
        }
        base.groups++;
        base.n += g->items.raters;
        base.left_out += (int64_t)g->count - g->items.raters;
        few += which == MEASURE_AD_MEAN ? g->items.ad_mean_small : g->items.ad_median_small;
    }
    *small = deviation && b->of->on_scale ? (double)few / (double)base.groups : NAN;
    return base;
}

/* How often a note is among the groups of two and more. */
static bool any_group(const agreement_block *b, measure which, unsigned note)
{
    for (size_t i = 0; i < b->count; i++) {
        const agreement_group *g = &b->groups[i];
        unsigned notes = g->items.notes;
        if (which == MEASURE_RWG || which == MEASURE_STAR)
            notes |= g->rwg[NULL_CHOSEN].notes;
        if (which == MEASURE_UNIFORM)
            notes |= g->rwg[NULL_BESIDE_UNIFORM].notes;
        if (which == MEASURE_SKEW)
            notes |= g->rwg[NULL_BESIDE_SKEW].notes;
        if (g->items.raters > 1 && notes & note)
            return true;
    }
    return false;
}

static void note_agreement(const agreement_block *b, measure which, statistic what, case_base base,
                           relcoord_table *table)
{
    bool deviation = which == MEASURE_AD_MEAN || which == MEASURE_AD_MEDIAN, some = false,
         ones = false;
    for (size_t i = 0; i < b->count; i++) {
        some = some || b->groups[i].items.raters > 1;
        ones = ones || b->groups[i].items.raters == 1;
    }
    if (!some)
        table_add_note(table, "no_pairs");
    else if (which <= MEASURE_STAR && base.groups == 0)
        table_add_note(table, "no_null");
    if (some && !b->of->on_scale
        && (which == MEASURE_AWG || (deviation && what == STATISTIC_SHARE)))
        table_add_note(table, "no_ends");
    if (which < MEASURE_STAR && any_group(b, which, AGREEMENT_BEYOND_NULL))
        table_add_note(table, "beyond_null");
    if (which == MEASURE_AWG
        && any_group(b, which, AGREEMENT_AWG_UNDEFINED | AGREEMENT_AWG_LEFT_OUT))
        table_add_note(table, "a_wg_undefined");
    if (which == MEASURE_AWG && any_group(b, which, AGREEMENT_AWG_FEW_RATERS))
        table_add_note(table, "a_wg_few_raters");
    if (ones)
        table_add_note(table, "groups_of_one");
}

/* ---- Rows ---- */

/* Means over groups are what a resample of groups says something of; a median of weights that are
 * no whole numbers is not defined here. */
static bool is_resampled(statistic what)
{
    return what == STATISTIC_MEAN || what == STATISTIC_SHARE;
}

relcoord_status agreement_write_within(const agreement_block *b,
                                       const bootstrap_interval *resampled, relcoord_table *table,
                                       relcoord_error *err)
{
    double *values = memory_new(b->count, sizeof *values);
    if (!values)
        return fail_memory(err);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        measure which = written[i].which;
        double small;
        if (is_chosen(b->r, which))
            continue;
        case_base base = collect_values(b, which, values, &small);
        agreement_summary s = agreement_summarise(values, b->count, GOOD);
        double value = pick_statistic(&s, written[i].statistic, small);
        bool unknown = which >= MEASURE_AD_MEAN && written[i].statistic == STATISTIC_SHARE
                       && isnan(small);
        agreement_write_value(b, written[i].names[b->of->k > 1], base, unknown ? NAN : value,
                              estimator_of(b->r, which), table);
        note_agreement(b, which, written[i].statistic, base, table);
        if (resampled && is_resampled(written[i].statistic) && !unknown)
            agreement_write_resampled(b, &resampled[i], table);
    }
    memory_free(values);
    return RELCOORD_OK;
}

double agreement_within_value(const agreement_block *b, size_t row, size_t group)
{
    const agreement_group *g = &b->groups[group];
    measure which = written[row].which;
    double value = measure_of(g, which);
    if (!is_resampled(written[row].statistic) || isnan(value))
        return NAN;
    if (written[row].statistic == STATISTIC_MEAN)
        return value;
    if (which == MEASURE_AD_MEAN || which == MEASURE_AD_MEDIAN)
        return which == MEASURE_AD_MEAN ? g->items.ad_mean_small : g->items.ad_median_small;
    return value >= GOOD;
}

relcoord_status agreement_observe(const agreement_block *b, observed_agreement *out,
                                  relcoord_error *err)
{
    double *values = memory_new(b->count, sizeof *values), small;
    if (!values)
        return fail_memory(err);
    collect_values(b, MEASURE_RWG, values, &small);
    out->rwg = agreement_summarise(values, b->count, GOOD).mean;
    collect_values(b, MEASURE_AD_MEAN, values, &small);
    out->ad_mean = agreement_summarise(values, b->count, GOOD).mean;
    memory_free(values);
    return RELCOORD_OK;
}
