#include "analyses/agreement/between.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"

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
                        const bootstrap_interval *resampled, relcoord_table *table)
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
            agreement_write_resampled(b, &resampled[i == 2 ? BETWEEN_ETA2 : BETWEEN_OMEGA2], table);
        if (isnan(values[i]) && i > 1 && !(a->notes & (ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS)))
            table_add_note(table, "all_equal");
    }
}

/* The raw value, with the interval, and beside it what it is cut to. */
static void write_icc(const agreement_block *b, case_base base, const anova *a, const icc *i,
                      bool second, const bootstrap_interval *resampled, relcoord_table *table)
{
    static const char *const names[2][2] = {{"icc1", "icc1_clamped"}, {"icc2", "icc2_clamped"}};
    bool by_mean = options_choice(b->r->options, "k0") == SIZE_MEAN;
    const char *estimator = by_mean ? "icc_mean_anova" : "icc_n0_anova";
    const icc_value *value = second ? &i->two : &i->one,
                    alone = {value->raw, value->clamped, NAN, NAN};
    unsigned notes = ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE | ANOVA_NO_WITHIN
                     | (second ? ANOVA_NO_BETWEEN : 0u);
    agreement_write_row(b, names[second][0], base, resampled ? &alone : value, estimator, table);
    note_anova(a, notes | (resampled ? 0u : ANOVA_UNBALANCED), table);
    if (resampled)
        agreement_write_resampled(b, &resampled[second ? BETWEEN_ICC2 : BETWEEN_ICC1], table);
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
                       const oneway_ratios *ratios, const bootstrap_interval *resampled,
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
            agreement_write_resampled(b, &resampled[i == 0 ? BETWEEN_ICC1 : BETWEEN_ICC2], table);
    }
}

static void write_variances(const agreement_block *b, case_base base, const oneway *fit,
                            const bootstrap_interval *resampled, relcoord_table *table)
{
    static const char *const names[] = {"tau2", "sigma2"};
    const double values[] = {fit->tau2, fit->sigma2};
    for (size_t i = 0; i < 2; i++) {
        agreement_write_value(b, names[i], base, values[i], "variance_reml", table);
        note_fit(fit, table);
        if (resampled)
            agreement_write_resampled(b, &resampled[i == 0 ? BETWEEN_TAU2 : BETWEEN_SIGMA2], table);
    }
}

/* The rows that are made of the groups' summaries. */
static void write_summaries(const agreement_block *b, const anova *a, const oneway *fit,
                            const oneway_ratios *ratios, const bootstrap_interval *resampled,
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

relcoord_status agreement_write_between(const agreement_block *b,
                                        const bootstrap_interval *resampled, relcoord_table *table,
                                        oneway *fit, relcoord_error *err)
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
