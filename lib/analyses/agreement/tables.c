/* What many groups come to together, as rows of tables (relcoord-methods(7), Agreement and
 * aggregation). Groups of one stay in the analysis of variance, where they tell of the differences
 * between groups, and are left out of agreement. */
#include "analyses/agreement/tables.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- Columns ---- */

static const column_spec coefficient_columns[] = {
    {"scale", RELCOORD_STRING, RELCOORD_KEY, "scale"},
    {"grouping", RELCOORD_STRING, RELCOORD_KEY,
     "who should agree: the groups of a column, or workgroup: and the target that workgroups rate"},
    {"coefficient", RELCOORD_STRING, RELCOORD_KEY,
     "name of the coefficient, see relcoord-methods(7)"},
    {"groups", RELCOORD_INTEGER, RELCOORD_COUNT,
     "groups that it is over; of agreement, those with a value"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT,
     "members of these groups with a score; of agreement, with all items answered"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT,
     "others: without a score or a group; of agreement, also those in groups without a value"},
    {"value", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the coefficient"},
    INTERVAL_COLUMNS,
    ESTIMATOR_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec coefficient_views[] = {
    {VIEW_LIST, "ICC(1): how much of a score is its group's", "coefficient=icc1",
     "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_LIST, "ICC(2): how reliable the groups' means are", "coefficient=icc2",
     "scale,grouping,groups,n,left_out,value,ci_low,ci_high,note", NULL, NULL},
    {VIEW_PIVOT, "All coefficients of agreement in groups and of differences between them", NULL,
     "scale,coefficient", "grouping", "value"},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_coefficients_table = {
    "coefficients", "one coefficient of one scale in one set of groups", coefficient_columns,
    coefficient_views};

static const column_spec group_columns[] = {
    {"scale", RELCOORD_STRING, RELCOORD_KEY, "scale"},
    {"grouping", RELCOORD_STRING, RELCOORD_KEY,
     "who should agree: the groups of a column, or workgroup: and the target that workgroups rate"},
    {"group", RELCOORD_STRING, RELCOORD_KEY, "the group"},
    {"n", RELCOORD_INTEGER, RELCOORD_COUNT, "members with a score"},
    {"raters", RELCOORD_INTEGER, RELCOORD_COUNT,
     "members with all items answered, whom agreement is about"},
    {"left_out", RELCOORD_INTEGER, RELCOORD_COUNT, "members without a score"},
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "mean score, on the scale of the answers"},
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "standard deviation (n - 1) of what the mean is over"},
    {"rwg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "rwg(J), of one item rwg, against the null of the options"},
    {"rwg_j_uniform", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "the same against the uniform null"},
    {"rwg_j_slight_skew", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "the same against the slightly skewed null"},
    {"r_star_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "r*wg(J), not cut off at 0, against the null of the options"},
    {"ad_j_mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "average deviation about the items' means"},
    {"ad_j_median", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "average deviation about the items' medians"},
    {"a_wg_j", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "a_wg(J), over the items for which it is defined"},
    {"reliability", RELCOORD_NUMBER, RELCOORD_ESTIMATE,
     "how reliable the group's mean is: its n tau2/(n tau2 + sigma2), by REML"},
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};
static const view_spec group_views[] = {
    {VIEW_LIST, "Agreement in each group", NULL,
     "scale,grouping,group,n,raters,mean,rwg_j_uniform,rwg_j_slight_skew,r_star_wg_j,ad_j_mean,a_"
     "wg_j,reliability,note",
     NULL, NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};
const table_spec agreement_groups_table = {"groups", "one group's agreement on one scale",
                                           group_columns, group_views};

/* ---- A row ---- */

void agreement_write_row(const agreement_block *b, const char *coefficient, case_base base,
                         const icc_value *value, const char *estimator, relcoord_table *table)
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

void agreement_write_value(const agreement_block *b, const char *coefficient, case_base base,
                           double value, const char *estimator, relcoord_table *table)
{
    icc_value only = {value, value, NAN, NAN};
    agreement_write_row(b, coefficient, base, &only, estimator, table);
}

void agreement_write_resampled(const agreement_block *b, const bootstrap_interval *interval,
                               relcoord_table *table)
{
    size_t column = b->r->cases.by_count + 7;
    if (!interval || isnan(interval->value))
        return;
    table_set_number(table, column, interval->low);
    table_set_number(table, column + 1, interval->high);
    resampling_add_notes(table, b->r, interval);
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

static void write_anova(const agreement_block *b, case_base base, const anova *a,
                        const agreement_resampled *resampled, relcoord_table *table)
{
    static const char *const names[] = {"f", "p", "eta2", "omega2"};
    const double values[] = {a->f, a->p, a->eta2, a->omega2};
    for (size_t i = 0; i < 4; i++) {
        agreement_write_value(b, names[i], base, values[i], "oneway_anova", table);
        note_anova(a,
                   ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE
                       | (i < 2 ? ANOVA_NO_WITHIN : 0u),
                   table);
        if (resampled && i > 1)
            agreement_write_resampled(
                b, &resampled->between[i == 2 ? RESAMPLED_ETA2 : RESAMPLED_OMEGA2], table);
        if (isnan(values[i]) && i > 1 && !(a->notes & (ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS)))
            table_add_note(table, "all_equal");
    }
}

/* The raw value, with the interval, and beside it what it is cut to. */
static void write_icc(const agreement_block *b, case_base base, const anova *a, const icc *i,
                      bool second, const agreement_resampled *resampled, relcoord_table *table)
{
    static const char *const names[2][2] = {{"icc1", "icc1_clamped"}, {"icc2", "icc2_clamped"}};
    const char *estimator = options_choice(b->r->options, "k0") == SIZE_MEAN ? "icc_mean_anova"
                                                                             : "icc_n0_anova";
    const icc_value *value = second ? &i->two : &i->one,
                    alone = {value->raw, value->clamped, NAN, NAN};
    unsigned notes = ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE | ANOVA_NO_WITHIN
                     | (second ? ANOVA_NO_BETWEEN : 0u);
    agreement_write_row(b, names[second][0], base, resampled ? &alone : value, estimator, table);
    note_anova(a, notes | (resampled ? 0u : ANOVA_UNBALANCED), table);
    if (resampled)
        agreement_write_resampled(b, &resampled->between[second ? RESAMPLED_ICC2 : RESAMPLED_ICC1],
                                  table);
    agreement_write_value(b, names[second][1], base, value->clamped, estimator, table);
    note_anova(a, notes, table);
    if (value->raw < value->clamped || value->raw > value->clamped)
        table_add_note(table, "clamped");
}

/* The share of a group of k that its mean has at a ratio of the variances, which ICC(1) and ICC(2)
 * rise with. */
static double find_share(double ratio, double k)
{
    return k * ratio / (1 + k * ratio);
}

static void write_reml(const agreement_block *b, case_base base, const anova *a, const oneway *fit,
                       const oneway_ratios *ratios, const agreement_resampled *resampled,
                       relcoord_table *table)
{
    static const char *const names[] = {"icc1", "icc2"};
    agreement_write_value(b, "k", base, a->mean_size, "icc_reml", table);
    for (size_t i = 0; i < 2; i++) {
        double k = i == 0 ? 1 : a->mean_size,
               value = i == 0 ? fit->icc1 : oneway_reliability(fit, k);
        icc_value row = {value, value, find_share(ratios->low, k), find_share(ratios->high, k)};
        if (resampled || isnan(value))
            row.low = row.high = NAN;
        agreement_write_row(b, names[i], base, &row, "icc_reml", table);
        note_fit(fit, table);
        if (isnan(value) && fit->notes == 0)
            table_add_note(table, "undefined");
        if (resampled)
            agreement_write_resampled(
                b, &resampled->between[i == 0 ? RESAMPLED_ICC1 : RESAMPLED_ICC2], table);
    }
}

static void write_variances(const agreement_block *b, case_base base, const oneway *fit,
                            const agreement_resampled *resampled, relcoord_table *table)
{
    static const char *const names[] = {"tau2", "sigma2"};
    const double values[] = {fit->tau2, fit->sigma2};
    for (size_t i = 0; i < 2; i++) {
        agreement_write_value(b, names[i], base, values[i], "variance_reml", table);
        note_fit(fit, table);
        if (resampled)
            agreement_write_resampled(
                b, &resampled->between[i == 0 ? RESAMPLED_TAU2 : RESAMPLED_SIGMA2], table);
    }
}

/* The rows that are made of the groups' summaries. */
static void write_summaries(const agreement_block *b, const anova *a, const oneway *fit,
                            const oneway_ratios *ratios, const agreement_resampled *resampled,
                            relcoord_table *table)
{
    case_base base = count_scores(b);
    int size = options_choice(b->r->options, "k0");
    write_anova(b, base, a, resampled, table);
    if (size == SIZE_REML) {
        write_reml(b, base, a, fit, ratios, resampled, table);
    } else {
        double k = size == SIZE_MEAN ? a->mean_size : a->n0;
        icc i = icc_of_anova(a, k, options_number(b->r->options, "confidence"));
        agreement_write_value(b, "k", base, k,
                              size == SIZE_MEAN ? "icc_mean_anova" : "icc_n0_anova", table);
        note_anova(a, ANOVA_FEW_GROUPS, table);
        write_icc(b, base, a, &i, false, resampled, table);
        write_icc(b, base, a, &i, true, resampled, table);
    }
    write_variances(b, base, fit, resampled, table);
}

static relcoord_status write_between(const agreement_block *b, const agreement_resampled *resampled,
                                     relcoord_table *table, oneway *fit, relcoord_error *err)
{
    group_summary *summaries = memory_new(b->count, sizeof *summaries);
    oneway_ratios ratios;
    bool done = summaries != NULL;
    for (size_t i = 0; i < b->count && done; i++)
        summaries[i] = b->groups[i].scores;
    done = done && oneway_fit(summaries, b->count, fit)
           && oneway_interval(summaries, b->count, options_number(b->r->options, "confidence"),
                              &ratios);
    if (done) {
        anova a = anova_of_groups(summaries, b->count);
        write_summaries(b, &a, fit, &ratios, resampled, table);
    }
    memory_free(summaries);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* ---- Chance ---- */

static void write_chance(const agreement_block *b, const chance_outcome *chance,
                         relcoord_table *table)
{
    static const char *const names[4][2] = {{"rwg_mean_p", "rwg_j_mean_p"},
                                            {"rwg_mean_critical", "rwg_j_mean_critical"},
                                            {"ad_mean_p", "ad_j_mean_p"},
                                            {"ad_mean_critical", "ad_j_mean_critical"}};
    const double values[] = {chance->rwg.p, chance->rwg.critical, chance->ad_mean.p,
                             chance->ad_mean.critical};
    for (size_t i = 0; i < 4; i++) {
        case_base base = {0, 0, b->without_group};
        for (size_t g = 0; g < b->count; g++) {
            bool used = b->groups[g].items.raters > 1;
            base.groups += used;
            base.n += used ? b->groups[g].items.raters : 0;
            base.left_out += (int64_t)b->groups[g].count - (used ? b->groups[g].items.raters : 0);
        }
        agreement_write_value(b, names[i][b->of->k > 1], base, values[i], "chance_listwise", table);
        if (chance->note)
            table_add_note(table, chance->note);
        else if (isnan(values[i]))
            table_add_note(table, "too_few_replicates");
    }
}

relcoord_status agreement_write_coefficients(const agreement_block *b, const chance_outcome *chance,
                                             const agreement_resampled *resampled,
                                             relcoord_table *table, oneway *fit,
                                             relcoord_error *err)
{
    relcoord_status status = b->total ? RELCOORD_OK : write_between(b, resampled, table, fit, err);
    if (!status)
        status = agreement_write_within(b, resampled, table, err);
    if (!status && chance->asked)
        write_chance(b, chance, table);
    return status;
}

/* ---- Groups ---- */

static void note_group(const agreement_block *b, const agreement_group *g, double reliability,
                       relcoord_table *table)
{
    unsigned notes = g->items.notes;
    if (g->scores.n < 1)
        table_add_note(table, "empty");
    if (notes & AGREEMENT_ONE_RATER)
        table_add_note(table, "one_rater");
    else if (g->rwg[NULL_BESIDE_UNIFORM].notes & AGREEMENT_NO_NULL
             || g->rwg[NULL_BESIDE_SKEW].notes & AGREEMENT_NO_NULL)
        table_add_note(table, "no_null");
    if ((g->rwg[NULL_CHOSEN].notes | g->rwg[NULL_BESIDE_UNIFORM].notes
         | g->rwg[NULL_BESIDE_SKEW].notes)
        & AGREEMENT_BEYOND_NULL)
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
