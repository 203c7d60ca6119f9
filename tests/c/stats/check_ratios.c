/* The interval of REML's ratio of variances, and groups that are there several times or in part:
 * against the balanced case's closed form, the pivot written out, and the groups themselves
 * repeated. */
#include <math.h>

#include "stats/distributions/fisher.h"
#include "stats/variance/anova.h"
#include "stats/variance/oneway.h"
#include "support.h"

Suite *ratios_suite(void);

enum { MOST_GROUPS = 60 };

/* Groups of `size` members, or of 1 to size when they differ, some way apart. */
static size_t invent_groups(uint64_t *seed, bool differ, group_summary *groups)
{
    size_t count = 2 + random_below(seed, 12), size = 2 + random_below(seed, 8);
    double apart = (double)random_below(seed, 3) / 2;
    for (size_t g = 0; g < count; g++) {
        double values[10], effect = apart * (double)random_below(seed, 7);
        size_t n = differ ? 1 + random_below(seed, (uint32_t)size + 1) : size;
        for (size_t i = 0; i < n; i++)
            values[i] = effect + (double)random_below(seed, 1000) / 250;
        groups[g] = group_of_values(values, n);
    }
    return count;
}

static oneway_ratios interval_of(const group_summary *groups, size_t count, double confidence)
{
    oneway_ratios ratios;
    ck_assert(oneway_interval(groups, count, confidence, &ratios));
    return ratios;
}

/* With groups of one size it is the interval of McGraw & Wong, but for what lies below 0. */
START_TEST(balanced_is_mcgraw_and_wong)
{
    uint64_t seed = 3;
    int above = 0;
    for (int round = 0; round < rounds(300); round++) {
        group_summary groups[MOST_GROUPS];
        size_t count = invent_groups(&seed, false, groups);
        double confidence = round % 2 ? 0.95 : 0.8, k = groups[0].n;
        anova a = anova_of_groups(groups, count);
        icc wanted = icc_of_anova(&a, k, confidence);
        oneway_ratios got = interval_of(groups, count, confidence);
        above += wanted.one.low > 0;
        expect_near("ICC(1), low", got.low / (1 + got.low), fmax(0, wanted.one.low), 1e-11);
        expect_near("ICC(1), high", got.high / (1 + got.high), fmax(0, wanted.one.high), 1e-11);
        expect_near("ICC(2), low", k * got.low / (1 + k * got.low), fmax(0, wanted.two.low), 1e-11);
        expect_near("ICC(2), high", k * got.high / (1 + k * got.high), fmax(0, wanted.two.high),
                    1e-11);
    }
    ck_assert_int_gt(above, rounds(300) / 10);
}
END_TEST

/* S w (mean - weighted mean)^2 / (G - 1) / MSW with w = n/(1 + n ratio). */
static double find_pivot(const group_summary *groups, size_t count, double ratio)
{
    double n = 0, within = 0, weights = 0, sum = 0, squares = 0;
    for (size_t g = 0; g < count; g++) {
        double w = groups[g].n / (1 + groups[g].n * ratio);
        n += groups[g].n;
        within += groups[g].squares;
        weights += w;
        sum += w * groups[g].mean;
    }
    for (size_t g = 0; g < count; g++)
        squares += groups[g].n / (1 + groups[g].n * ratio) * pow(groups[g].mean - sum / weights, 2);
    return squares / ((double)count - 1) / (within / (n - (double)count));
}

START_TEST(limits_are_where_the_pivot_is_at_its_quantiles)
{
    uint64_t seed = 11;
    for (int round = 0; round < rounds(300); round++) {
        group_summary groups[MOST_GROUPS];
        size_t count = invent_groups(&seed, true, groups);
        anova a = anova_of_groups(groups, count);
        if (!(a.df_within > 0) || !(a.ss_within > 0))
            continue;
        oneway_ratios got = interval_of(groups, count, 0.9);
        double upper = fisher_quantile(0.05, a.df_between, a.df_within),
               lower = 1 / fisher_quantile(0.05, a.df_within, a.df_between);
        ck_assert(got.low >= 0 && got.low <= got.high);
        if (got.low > 0)
            expect_near("pivot at the lower limit", find_pivot(groups, count, got.low) / upper, 1,
                        1e-9);
        else
            ck_assert_double_le(find_pivot(groups, count, 0), upper * (1 + 1e-12));
        if (got.high > 0)
            expect_near("pivot at the upper limit", find_pivot(groups, count, got.high) / lower, 1,
                        1e-9);
        else
            ck_assert_double_le(find_pivot(groups, count, 0), lower * (1 + 1e-12));
        oneway_ratios wider = interval_of(groups, count, 0.99);
        ck_assert(wider.low <= got.low && wider.high >= got.high);
        for (size_t g = 0; g < count / 2; g++) {
            group_summary kept = groups[g];
            groups[g] = groups[count - 1 - g];
            groups[count - 1 - g] = kept;
        }
        wider = interval_of(groups, count, 0.9);
        ck_assert(wider.low == got.low && wider.high == got.high);
    }
}
END_TEST

START_TEST(too_little_for_an_interval)
{
    static const struct {
        group_summary groups[3];
        size_t count;
    } cases[] = {{{{3, 1, 2}}, 1},
                 {{{1, 1, 0}, {1, 2, 0}, {1, 5, 0}}, 3},
                 {{{2, 1, 0}, {2, 2, 0}}, 2},
                 {{{2, 1, 0}, {2, 1, 0}}, 2}};
    for (size_t c = 0; c < LENGTH(cases); c++) {
        oneway_ratios got = interval_of(cases[c].groups, cases[c].count, 0.95);
        ck_assert_msg(isnan(got.low) && isnan(got.high), "case %d: %g to %g", (int)c, got.low,
                      got.high);
    }
}
END_TEST

/* Whole weights are as many groups; of REML, too. */
START_TEST(whole_weights_are_copies)
{
    uint64_t seed = 29;
    for (int round = 0; round < rounds(200); round++) {
        group_summary groups[MOST_GROUPS / 4], copies[MOST_GROUPS];
        double weights[MOST_GROUPS / 4];
        size_t count = invent_groups(&seed, round % 3 > 0, groups), copied = 0;
        for (size_t g = 0; g < count; g++) {
            uint32_t times = random_below(&seed, 4);
            weights[g] = times;
            for (uint32_t i = 0; i < times; i++)
                copies[copied++] = groups[g];
        }
        anova wanted = anova_of_groups(copies, copied),
              got = anova_of_weighted_groups(groups, weights, count);
        ck_assert_int_eq(got.groups, wanted.groups);
        if (wanted.notes & (ANOVA_FEW_GROUPS | ANOVA_NO_PAIRS))
            continue;
        expect_near("n", got.n, wanted.n, 1e-14);
        expect_near("SSB", got.ss_between, wanted.ss_between, 1e-10);
        expect_near("SSW", got.ss_within, wanted.ss_within, 1e-12);
        expect_near("n0", got.n0, wanted.n0, 1e-12);
        oneway one, other;
        ck_assert(oneway_fit(copies, copied, &one)
                  && oneway_fit_weighted(groups, weights, count, &other));
        if (one.notes & ONEWAY_FEW_GROUPS || one.notes & ONEWAY_CONSTANT)
            continue;
        expect_near("tau2", other.tau2, one.tau2, 1e-9 * (one.tau2 + one.sigma2));
        expect_near("sigma2", other.sigma2, one.sigma2, 1e-9 * (one.tau2 + one.sigma2));
    }
}
END_TEST

/* Sums of squares are linear in the weights: half of every group is half of each of them. */
START_TEST(weights_need_not_be_whole)
{
    uint64_t seed = 31;
    group_summary groups[MOST_GROUPS];
    double weights[MOST_GROUPS];
    size_t count = invent_groups(&seed, true, groups);
    for (size_t g = 0; g < count; g++)
        weights[g] = 2.5;
    anova one = anova_of_groups(groups, count),
          more = anova_of_weighted_groups(groups, weights, count);
    expect_near("SSB", more.ss_between, 2.5 * one.ss_between, 1e-12);
    expect_near("SSW", more.ss_within, 2.5 * one.ss_within, 1e-12);
    expect_near("df", more.df_between, 2.5 * (double)one.groups - 1, 1e-12);
    expect_near("mean size", more.mean_size, one.mean_size, 1e-12);
}
END_TEST

START_TEST(memory_runs_out)
{
    static const group_summary groups[] = {{3, 1, 2}, {4, 2, 2}, {5, 3, 1}};
    oneway_ratios ratios;
    heap_start();
    for (int64_t fail = 1; fail <= 2; fail++) {
        heap_fail(fail, fail);
        ck_assert(!oneway_interval(groups, 3, 0.95, &ratios));
        ck_assert_int_eq(heap_alive(), 0);
    }
    heap_fail(0, 0);
    ck_assert(oneway_interval(groups, 3, 0.95, &ratios));
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *ratios_suite(void)
{
    Suite *suite = suite_create("ratios");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 30);
    tcase_add_test(all, balanced_is_mcgraw_and_wong);
    tcase_add_test(all, limits_are_where_the_pivot_is_at_its_quantiles);
    tcase_add_test(all, too_little_for_an_interval);
    tcase_add_test(all, whole_weights_are_copies);
    tcase_add_test(all, weights_need_not_be_whole);
    tcase_add_test(all, memory_runs_out);
    suite_add_tcase(suite, all);
    return suite;
}
