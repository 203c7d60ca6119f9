/* What many groups come to together, as rows of tables (relcoord-methods(7), Agreement and aggregation). Groups of one
 * stay in the analysis of variance, where they tell of the differences between groups, and are left out of agreement. */
#include "analyses/agreement_tables.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- Columns ---- */

static const column_spec coefficient_columns[] = {
    {"scale", RELCOORD_STRING, RELCOORD_KEY, "scale"},
    {"grouping", RELCOORD_STRING, RELCOORD_KEY, "who should agree: the groups of a column, or workgroup: and the target that workgroups rate"},
    {"coefficient", RELCOORD_STRING, RELCOORD_KEY, "name of the coefficient, see relcoord-methods(7)"},
    {"groups", RELCOORD_INTEGER, RELCOORD_COUNT, "groups that it is over; of agreement, those with a value"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "members of these groups with a score; of agreement, with all items answered"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "others: without a score or a group; of agreement, also those in groups without a value"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the coefficient"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec coefficient_views[] = {
    {VIEW_LIST, "ICC(1): how much of a score is its group's", "coefficient=icc1", "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_LIST, "ICC(2): how reliable the groups' means are", "coefficient=icc2", "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_PIVOT, "All coefficients of agreement in groups and of differences between them", NULL, "scale,coefficient", "grouping", "value"},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_coefficients_table = {"coefficients", "one coefficient of one scale in one set of groups", coefficient_columns,
                                                 coefficient_views};

static const column_spec group_columns[] = {
    {"scale", RELCOORD_STRING, RELCOORD_KEY, "scale"},
    {"grouping", RELCOORD_STRING, RELCOORD_KEY, "who should agree: the groups of a column, or workgroup: and the target that workgroups rate"},
    {"group", RELCOORD_STRING, RELCOORD_KEY, "the group"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "members with a score"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT, "members with all items answered, whom agreement is about"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "members without a score"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score, on the scale of the answers"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation (n - 1) of what the mean is over"},
    {"rwg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "rwg(J), of one item rwg, against the null of the options"},
    {"rwg_j_uniform", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same against the uniform null"},
    {"rwg_j_slight_skew", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same against the slightly skewed null"},
    {"r_star_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "r*wg(J), not cut off at 0, against the null of the options"},
    {"ad_j_mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "average deviation about the items' means"},
    {"ad_j_median", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "average deviation about the items' medians"},
    {"a_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "a_wg(J), over the items for which it is defined"},
    {"reliability", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "how reliable the group's mean is: its n tau2/(n tau2 + sigma2), by REML"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec group_views[] = {
    {VIEW_LIST, "Agreement in each group", NULL,
     "scale,grouping,group,n,raters,mean,rwg_j_uniform,rwg_j_slight_skew,r_star_wg_j,ad_j_mean,a_wg_j,reliability,note", NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_groups_table = {"groups", "one group's agreement on one scale", group_columns, group_views};

/* ---- A row ---- */

/* What a coefficient is over. */
typedef struct case_base {
    int64_t groups, n, left_out;
} case_base;

static void write_row(const agreement_block *b, const char *coefficient, case_base base, const icc_value *value,
                      const char *estimator, relcoord_table *table)
{
    size_t keys = cases_begin_row(table, &b->r->cases, b->group_of_by);
    table_set_string(table, keys, b->scale);
    table_set_string(table, keys + 1, b->name);
    table_set_string(table, keys + 2, coefficient);
    table_set_integer(table, keys + 3, base.groups);
    table_set_integer(table, keys + 4, base.n);
    table_set_integer(table, keys + 5, base.left_out);
    table_set_number(table, keys + 6, value->raw);
    table_set_number(table, keys + 7, value->low);
    table_set_number(table, keys + 8, value->high);
    table_set_string(table, keys + 9, estimator);
    if (b->of->means)
        table_add_note(table, "means");
    if (b->of->overlapping)
        table_add_note(table, "overlapping");
}

static void write_value(const agreement_block *b, const char *coefficient, case_base base, double value, const char *estimator,
                        relcoord_table *table)
{
    icc_value only = {value, value, NAN, NAN};
    write_row(b, coefficient, base, &only, estimator, table);
}

/* ---- Differences between groups ---- */

static void note_anova(const anova *a, unsigned which, relcoord_table *table)
{
    unsigned notes = a->notes & which;
    if (notes & ANOVA_FEW_GROUPS)
        table_add_note(table, "few_groups");
    if (notes & ANOVA_NO_PAIRS)
        table_add_note(table, "no_pairs");
    if (notes & ANOVA_NO_BETWEEN)
        table_add_note(table, "no_between");
    if (notes & ANOVA_NO_WITHIN)
        table_add_note(table, "no_within");
    if (notes & ANOVA_UNBALANCED)
        table_add_note(table, "unbalanced");
    if (notes & ANOVA_GROUPS_OF_ONE)
        table_add_note(table, "groups_of_one");
}

static void note_fit(const oneway *fit, relcoord_table *table)
{
    if (fit->notes & ONEWAY_FEW_GROUPS)
        table_add_note(table, "few_groups");
    if (fit->notes & ONEWAY_CONSTANT)
        table_add_note(table, "all_equal");
    if (fit->notes & ONEWAY_NO_WITHIN)
        table_add_note(table, "no_within");
    if (fit->notes & ONEWAY_BOUNDARY)
        table_add_note(table, "at_zero");
}

static case_base count_scores(const agreement_block *b)
{
    case_base base = {0, 0, b->without_group};
    for (size_t i = 0; i < b->count; i++) {
        base.groups += b->groups[i].scores.n > 0;
        base.n += (int64_t)b->groups[i].scores.n;
        base.left_out += b->groups[i].left_out;
    }
    return base;
}

static void write_anova(const agreement_block *b, case_base base, const anova *a, relcoord_table *table)
{
    static const char *const names[] = {"f", "p", "eta2", "omega2"};
    const double values[] = {a->f, a->p, a->eta2, a->omega2};
    for (size_t i = 0; i < 4; i++) {
        write_value(b, names[i], base, values[i], "oneway_anova", table);
        note_anova(a, ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE | (i < 2 ? ANOVA_NO_WITHIN : 0u), table);
        if (isnan(values[i]) && i > 1 && !(a->notes & (ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS)))
            table_add_note(table, "all_equal");
    }
}

/* The raw value, with the interval, and beside it what it is cut to. */
static void write_icc(const agreement_block *b, case_base base, const anova *a, const icc *i, bool second, relcoord_table *table)
{
    static const char *const names[2][2] = {{"icc1", "icc1_clamped"}, {"icc2", "icc2_clamped"}};
    const char *estimator = options_choice(b->r->options, "k0") == SIZE_MEAN ? "icc_mean_anova" : "icc_n0_anova";
    const icc_value *value = second ? &i->two : &i->one;
    unsigned notes = ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE | ANOVA_NO_WITHIN | (second ? ANOVA_NO_BETWEEN : 0u);
    write_row(b, names[second][0], base, value, estimator, table);
    note_anova(a, notes | ANOVA_UNBALANCED, table);
    write_value(b, names[second][1], base, value->clamped, estimator, table);
    note_anova(a, notes, table);
    if (value->raw < value->clamped || value->raw > value->clamped)
        table_add_note(table, "clamped");
}

static void write_reml(const agreement_block *b, case_base base, const anova *a, const oneway *fit, relcoord_table *table)
{
    static const char *const names[] = {"k", "icc1", "icc2"};
    double values[] = {a->mean_size, fit->icc1, oneway_reliability(fit, a->mean_size)};
    for (size_t i = 0; i < 3; i++) {
        write_value(b, names[i], base, values[i], "icc_reml", table);
        if (i > 0)
            note_fit(fit, table);
        if (i > 0 && isnan(values[i]) && fit->notes == 0)
            table_add_note(table, "undefined");
    }
}

static void write_variances(const agreement_block *b, case_base base, const oneway *fit, relcoord_table *table)
{
    write_value(b, "tau2", base, fit->tau2, "variance_reml", table);
    note_fit(fit, table);
    write_value(b, "sigma2", base, fit->sigma2, "variance_reml", table);
    note_fit(fit, table);
}

static relcoord_status write_between(const agreement_block *b, relcoord_table *table, oneway *fit, relcoord_error *err)
{
    case_base base = count_scores(b);
    int size = options_choice(b->r->options, "k0");
    group_summary *summaries = memory_new(b->count, sizeof *summaries);
    bool done = summaries != NULL;
    anova a;
    for (size_t i = 0; i < b->count && done; i++)
        summaries[i] = b->groups[i].scores;
    done = done && oneway_fit(summaries, b->count, fit);
    if (done) {
        a = anova_of_groups(summaries, b->count);
        write_anova(b, base, &a, table);
        if (size == SIZE_REML) {
            write_reml(b, base, &a, fit, table);
        } else {
            double k = size == SIZE_MEAN ? a.mean_size : a.n0;
            icc i = icc_of_anova(&a, k, options_number(b->r->options, "confidence"));
            write_value(b, "k", base, k, size == SIZE_MEAN ? "icc_mean_anova" : "icc_n0_anova", table);
            note_anova(&a, ANOVA_FEW_GROUPS, table);
            write_icc(b, base, &a, &i, false, table);
            write_icc(b, base, &a, &i, true, table);
        }
        write_variances(b, base, fit, table);
    }
    memory_free(summaries);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* ---- Agreement in groups ---- */

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

typedef enum statistic { STATISTIC_MEAN, STATISTIC_MEDIAN, STATISTIC_LOW, STATISTIC_HIGH, STATISTIC_SHARE } statistic;

static const struct {
    measure which;
    statistic statistic;
    const char *names[2]; /* of one item; of several */
} written[] = {
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
    return !given && ((which == MEASURE_UNIFORM && chosen == NULL_UNIFORM) || (which == MEASURE_SKEW && chosen == NULL_SLIGHT_SKEW));
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
static case_base collect_values(const agreement_block *b, measure which, double *values, double *small)
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

static void note_agreement(const agreement_block *b, measure which, statistic what, case_base base, relcoord_table *table)
{
    bool deviation = which == MEASURE_AD_MEAN || which == MEASURE_AD_MEDIAN, some = false, ones = false;
    for (size_t i = 0; i < b->count; i++) {
        some = some || b->groups[i].items.raters > 1;
        ones = ones || b->groups[i].items.raters == 1;
    }
    if (!some)
        table_add_note(table, "no_pairs");
    else if (which <= MEASURE_STAR && base.groups == 0)
        table_add_note(table, "no_null");
    if (some && !b->of->on_scale && (which == MEASURE_AWG || (deviation && what == STATISTIC_SHARE)))
        table_add_note(table, "no_ends");
    if (which < MEASURE_STAR && any_group(b, which, AGREEMENT_BEYOND_NULL))
        table_add_note(table, "beyond_null");
    if (which == MEASURE_AWG && any_group(b, which, AGREEMENT_AWG_UNDEFINED | AGREEMENT_AWG_LEFT_OUT))
        table_add_note(table, "a_wg_undefined");
    if (which == MEASURE_AWG && any_group(b, which, AGREEMENT_AWG_FEW_RATERS))
        table_add_note(table, "a_wg_few_raters");
    if (ones)
        table_add_note(table, "groups_of_one");
}

static relcoord_status write_within(const agreement_block *b, relcoord_table *table, relcoord_error *err)
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
        agreement_summary s = agreement_summarise(values, b->count, 0.70);
        double value = pick_statistic(&s, written[i].statistic, small);
        bool unknown = which >= MEASURE_AD_MEAN && written[i].statistic == STATISTIC_SHARE && isnan(small);
        write_value(b, written[i].names[b->of->k > 1], base, unknown ? NAN : value, estimator_of(b->r, which), table);
        note_agreement(b, which, written[i].statistic, base, table);
    }
    memory_free(values);
    return RELCOORD_OK;
}

relcoord_status agreement_observe(const agreement_block *b, observed_agreement *out, relcoord_error *err)
{
    double *values = memory_new(b->count, sizeof *values), small;
    if (!values)
        return fail_memory(err);
    collect_values(b, MEASURE_RWG, values, &small);
    out->rwg = agreement_summarise(values, b->count, 0.70).mean;
    collect_values(b, MEASURE_AD_MEAN, values, &small);
    out->ad_mean = agreement_summarise(values, b->count, 0.70).mean;
    memory_free(values);
    return RELCOORD_OK;
}

static void write_chance(const agreement_block *b, const chance_outcome *chance, relcoord_table *table)
{
    static const char *const names[4][2] = {{"rwg_mean_p", "rwg_j_mean_p"},
                                            {"rwg_mean_critical", "rwg_j_mean_critical"},
                                            {"ad_mean_p", "ad_j_mean_p"},
                                            {"ad_mean_critical", "ad_j_mean_critical"}};
    const double values[] = {chance->rwg.p, chance->rwg.critical, chance->ad_mean.p, chance->ad_mean.critical};
    for (size_t i = 0; i < 4; i++) {
        case_base base = {0, 0, b->without_group};
        for (size_t g = 0; g < b->count; g++) {
            bool used = b->groups[g].items.raters > 1;
            base.groups += used;
            base.n += used ? b->groups[g].items.raters : 0;
            base.left_out += (int64_t)b->groups[g].count - (used ? b->groups[g].items.raters : 0);
        }
        write_value(b, names[i][b->of->k > 1], base, values[i], "chance_listwise", table);
        if (chance->note)
            table_add_note(table, chance->note);
        else if (isnan(values[i]))
            table_add_note(table, "too_few_replicates");
    }
}

relcoord_status agreement_write_coefficients(const agreement_block *b, const chance_outcome *chance, relcoord_table *table,
                                             oneway *fit, relcoord_error *err)
{
    relcoord_status status = b->total ? RELCOORD_OK : write_between(b, table, fit, err);
    if (!status)
        status = write_within(b, table, err);
    if (!status && chance->asked)
        write_chance(b, chance, table);
    return status;
}

/* ---- Groups ---- */

static void note_group(const agreement_block *b, const agreement_group *g, double reliability, relcoord_table *table)
{
    unsigned notes = g->items.notes;
    if (g->scores.n < 1)
        table_add_note(table, "empty");
    if (notes & AGREEMENT_ONE_RATER)
        table_add_note(table, "one_rater");
    else if (g->rwg[NULL_BESIDE_UNIFORM].notes & AGREEMENT_NO_NULL || g->rwg[NULL_BESIDE_SKEW].notes & AGREEMENT_NO_NULL)
        table_add_note(table, "no_null");
    if ((g->rwg[NULL_CHOSEN].notes | g->rwg[NULL_BESIDE_UNIFORM].notes | g->rwg[NULL_BESIDE_SKEW].notes) & AGREEMENT_BEYOND_NULL)
        table_add_note(table, "beyond_null");
    if (!b->of->on_scale && g->items.raters > 1)
        table_add_note(table, "no_ends");
    if (notes & (AGREEMENT_AWG_UNDEFINED | AGREEMENT_AWG_LEFT_OUT))
        table_add_note(table, "a_wg_undefined");
    if (notes & AGREEMENT_AWG_FEW_RATERS)
        table_add_note(table, "a_wg_few_raters");
    if (isnan(reliability) && g->scores.n > 0)
        table_add_note(table, "no_components");
    if (b->of->means)
        table_add_note(table, "means");
    if (b->of->overlapping)
        table_add_note(table, "overlapping");
}

void agreement_write_groups(const agreement_block *b, const oneway *fit, relcoord_table *table)
{
    for (size_t i = 0; i < b->count; i++) {
        const agreement_group *g = &b->groups[i];
        size_t keys = cases_begin_row(table, &b->r->cases, b->group_of_by);
        double n = g->scores.n, reliability = n > 0 ? oneway_reliability(fit, n) : NAN;
        table_set_string(table, keys, b->scale);
        table_set_string(table, keys + 1, b->name);
        table_set_string(table, keys + 2, g->name);
        table_set_integer(table, keys + 3, (int64_t)n);
        table_set_integer(table, keys + 4, g->items.raters);
        table_set_integer(table, keys + 5, g->left_out);
        table_set_number(table, keys + 6, g->scores.mean);
        table_set_number(table, keys + 7, n > 1 ? sqrt(g->scores.squares / (n - 1)) : NAN);
        for (int null = 0; null < NULL_COLUMNS; null++)
            table_set_number(table, keys + 8 + (size_t)null, g->rwg[null].rwg);
        table_set_number(table, keys + 11, g->rwg[NULL_CHOSEN].lindell);
        table_set_number(table, keys + 12, g->items.ad_mean);
        table_set_number(table, keys + 13, g->items.ad_median);
        table_set_number(table, keys + 14, g->items.awg);
        table_set_number(table, keys + 15, reliability);
        note_group(b, g, reliability, table);
    }
}
