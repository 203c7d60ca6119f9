/* One-way analysis of variance, intraclass correlations and REML against R's aov, multilevel, psych
 * and lme4 (tests/golden/stats/agreement.R), and by hand where those packages fail. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "golden_rows.h"
#include "stats/variance/anova.h"
#include "stats/variance/oneway.h"
#include "support.h"

Suite *anova_suite(void);

enum { MOST_GROUPS = 128 };

/* ---- Golden values ---- */

/* Within the tolerance times |wanted|, without a floor. */
static void expect_relative(const char *data, const char *statistic, double got, double wanted,
                            double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted),
                  "%s, %s: %.17g, expected %.17g, off by %.2g", data, statistic, got, wanted,
                  fabs(got / wanted - 1));
}

/* One data set's golden values against what an analysis and a fit give. Returns how many there
 * are. */
static int compare_golden(const golden_rows *g, const char *data, const anova *a, const oneway *fit)
{
    icc mean = icc_of_anova(a, a->mean_size, 0.95), n0 = icc_of_anova(a, a->n0, 0.95);
    const struct {
        const char *statistic;
        double got, tolerance;
    } cases[] = {
        {"ss_between", a->ss_between, 1e-10},
        {"ss_within", a->ss_within, 1e-10},
        {"f", a->f, 1e-10},
        {"p", a->p, 1e-10},
        {"eta2", a->eta2, 1e-10},
        {"omega2", a->omega2, 1e-10},
        {"n0", a->n0, 1e-10},
        {"icc1_mean", mean.one.raw, 1e-10},
        {"icc2_mean", mean.two.raw, 1e-10},
        {"icc1_n0", n0.one.raw, 1e-10},
        {"icc1_low_mean", mean.one.low, 1e-10},
        {"icc1_high_mean", mean.one.high, 1e-10},
        {"icc1_low_n0", n0.one.low, 1e-10},
        {"icc1_high_n0", n0.one.high, 1e-10},
        {"icc2_low", n0.two.low, 1e-10},
        {"icc2_high", n0.two.high, 1e-10},
        {"psych_icc1", n0.one.raw, 1e-10},
        {"psych_icc1_low", n0.one.low, 1e-10},
        {"psych_icc1_high", n0.one.high, 1e-10},
        {"psych_icc2", n0.two.raw, 1e-10},
        {"psych_icc2_low", n0.two.low, 1e-10},
        {"psych_icc2_high", n0.two.high, 1e-10},
        {"reml_tau2", fit->tau2, 1e-6},
        {"reml_sigma2", fit->sigma2, 1e-6},
        {"reml_icc1", fit->icc1, 1e-6},
        {"reml_mean", fit->mean, 1e-6},
        {"reml_mean_se", fit->mean_se, 1e-6},
        {"reml_criterion", fit->criterion, 1e-10},
    };
    int compared = 0;
    for (size_t r = 0; r < g->rows; r++) {
        const char *const *row = (const char *const *)g->cells + r * g->columns;
        for (size_t c = 0;
             strcmp(row[0], data) == 0 && strcmp(row[1], "0") == 0 && c < LENGTH(cases); c++)
            if (strcmp(row[2], cases[c].statistic) == 0) {
                expect_relative(data, row[2], cases[c].got, golden_number(g, r, 3),
                                cases[c].tolerance);
                compared++;
                if (strcmp(row[2], "reml_criterion") == 0)
                    ck_assert_msg(fit->criterion <= golden_number(g, r, 3) + 1e-8,
                                  "%s: lme4 finds a lower criterion", data);
            }
    }
    return compared;
}

static oneway fit_groups(const group_summary *groups, size_t count)
{
    oneway fit;
    ck_assert(oneway_fit(groups, count, &fit));
    return fit;
}

START_TEST(whole_numbers_against_r)
{
    golden_rows wanted = golden_read("agreement.csv"), g = golden_read("agreement_moments.csv");
    int compared = 0;
    for (size_t r = 0, end; r < g.rows; r = end) {
        const char *data = g.cells[r * g.columns];
        group_summary groups[MOST_GROUPS];
        for (end = r; end < g.rows && strcmp(g.cells[end * g.columns], data) == 0; end++) {
            moments m = {(int64_t)golden_number(&g, end, 2), (int64_t)golden_number(&g, end, 3),
                         (int64_t)golden_number(&g, end, 4)};
            groups[end - r] = group_of_moments(&m, 1);
        }
        anova a = anova_of_groups(groups, end - r);
        oneway fit = fit_groups(groups, end - r);
        compared += compare_golden(&wanted, data, &a, &fit);
    }
    ck_assert_int_eq(compared, 5 * 22); /* five data sets; the polarised one is not R's to judge */
    golden_free(&wanted);
    golden_free(&g);
}
END_TEST

START_TEST(doubles_against_r)
{
    golden_rows wanted = golden_read("agreement.csv"), g = golden_read("agreement_values.csv");
    int compared = 0;
    for (size_t r = 0, end; r < g.rows; r = end) {
        const char *data = g.cells[r * g.columns], *last = "";
        group_summary groups[MOST_GROUPS];
        double values[4096];
        size_t count = 0, n = 0;
        for (end = r; end <= g.rows; end++) {
            bool same = end < g.rows && strcmp(g.cells[end * g.columns], data) == 0;
            if (n && (!same || strcmp(g.cells[end * g.columns + 1], last) != 0)) {
                groups[count++] = group_of_values(values, n);
                n = 0;
            }
            if (!same)
                break;
            last = g.cells[end * g.columns + 1];
            values[n++] = golden_number(&g, end, 2);
        }
        anova a = anova_of_groups(groups, count);
        oneway fit = fit_groups(groups, count);
        compared += compare_golden(&wanted, data, &a, &fit);
    }
    ck_assert_int_eq(compared, 4 * 22 + 2 * 6);
    golden_free(&wanted);
    golden_free(&g);
}
END_TEST

START_TEST(summaries_against_r)
{
    golden_rows wanted = golden_read("agreement.csv"), g = golden_read("agreement_groups.csv");
    int compared = 0;
    for (size_t r = 0, end; r < g.rows; r = end) {
        group_summary groups[MOST_GROUPS];
        for (end = r; end < g.rows && strcmp(g.cells[end * g.columns], g.cells[r * g.columns]) == 0;
             end++)
            groups[end - r] = (group_summary){golden_number(&g, end, 2), golden_number(&g, end, 3),
                                              golden_number(&g, end, 4)};
        anova a = anova_of_groups(groups, end - r);
        oneway fit = fit_groups(groups, end - r);
        compared += compare_golden(&wanted, g.cells[r * g.columns], &a, &fit);
    }
    ck_assert_int_eq(compared, 4 * 22);
    golden_free(&wanted);
    golden_free(&g);
}
END_TEST

/* F(8, 327) = 5.32 of nine hospitals, mean size 37.33: the reference values of the methods page. */
START_TEST(published_hospitals)
{
    anova a = anova_of_squares(9, 336, 336 * 336 / 9.0, 5.32 * 8, 327);
    icc i = icc_of_anova(&a, 37.33, 0.95);
    const struct {
        const char *name;
        double got, wanted, half;
    } cases[] = {
        {"icc1", i.one.raw, 0.1037, 5e-5},  {"low", i.one.low, 0.0358, 5e-5},
        {"high", i.one.high, 0.3330, 5e-5}, {"icc2", i.two.raw, 0.8120, 5e-5},
        {"low", i.two.low, 0.5807, 5e-5},   {"high", i.two.high, 0.9491, 5e-5},
        {"eta2", a.eta2, 0.1152, 5e-5},     {"p", a.p, 2.73e-6, 5e-9},
        {"n0", a.n0, 37.333333, 1e-6},      {"df", a.df_within, 327, 0},
    };
    for (size_t c = 0; c < LENGTH(cases); c++)
        ck_assert_msg(fabs(cases[c].got - cases[c].wanted) <= cases[c].half,
                      "%s: %.9g, expected %.9g", cases[c].name, cases[c].got, cases[c].wanted);
}
END_TEST

/* ---- Order and rounding ---- */

static moments invent_group(uint64_t *seed, uint32_t largest, uint32_t width)
{
    moments m = {0};
    uint32_t n = 1 + random_below(seed, largest);
    for (uint32_t i = 0; i < n; i++)
        moments_add(&m, 420 + 30 * random_below(seed, width));
    return m;
}

/* The same bits in any order. */
START_TEST(order_does_not_show)
{
    enum { COUNT = 60 };
    uint64_t seed = 77;
    for (int round = 0; round < rounds(300); round++) {
        group_summary summaries[COUNT], shuffled[COUNT];
        size_t half = random_below(&seed, COUNT);
        for (size_t g = 0; g < COUNT; g++) {
            moments group = invent_group(&seed, round % 3 ? 12 : 1, round % 5 ? 57 : 1);
            summaries[g] = group_of_moments(&group, 420);
        }
        for (size_t g = COUNT; g--;)
            shuffled[g] = summaries[(g * 7 + half) % COUNT];
        oneway fit = fit_groups(summaries, COUNT), other_fit = fit_groups(shuffled, COUNT);
        ck_assert(fit.notes == other_fit.notes);
        ck_assert_msg(memcmp(&fit.tau2, &other_fit.tau2, sizeof fit - offsetof(oneway, tau2)) == 0,
                      "round %d: the order shows in %.17g, %.17g", round, fit.icc1, other_fit.icc1);
    }
}
END_TEST

/* Equal rational means are equal, whatever their sums. */
START_TEST(no_between_variance)
{
    static const moments equal[] = {{3, 7, 21}, {6, 14, 40}, {9, 21, 51}};
    group_summary thirds[LENGTH(equal)];
    for (size_t g = 0; g < LENGTH(equal); g++)
        thirds[g] = group_of_moments(&equal[g], 420);
    anova a = anova_of_groups(thirds, LENGTH(equal));
    icc i = icc_of_anova(&a, a.n0, 0.95);
    ck_assert(a.ss_between == 0 && a.f == 0 && a.p == 1 && a.eta2 == 0
              && (a.notes & ANOVA_NO_BETWEEN));
    ck_assert(isnan(i.two.raw) && isnan(i.two.clamped) && isnan(i.two.low) && isnan(i.two.high));
    expect_near("icc1", i.one.raw, -1 / (a.n0 - 1), 1e-15);
    ck_assert(i.one.clamped == 0);

    /* Doubles whose means part in the last place only, where multilevel's ICC2 prints -2.2e30. */
    static const double values[3][3] = {{0.1, 0.2, 0.6}, {0.6, 0.1, 0.2}, {0.2, 0.6, 0.1}};
    group_summary groups[3];
    for (size_t g = 0; g < 3; g++)
        groups[g] = group_of_values(values[g], 3);
    a = anova_of_groups(groups, 3);
    i = icc_of_anova(&a, a.n0, 0.95);
    ck_assert((a.notes & ANOVA_NO_BETWEEN) && a.f == 0 && isnan(i.two.raw));
    expect_near("icc1", i.one.raw, -0.5, 1e-15);
    for (uint64_t seed = 1, round = 0; round < 300; round++) {
        double members[8];
        size_t n = 2 + random_below(&seed, 7);
        for (size_t m = 0; m < n; m++)
            members[m] = 100 + random_below(&seed, 1000) / 10.0;
        group_summary same[5];
        for (size_t g = 0; g < 5;
             g++) { /* turned by one member, moved by as much as rounding does */
            double first = members[0];
            memmove(members, members + 1, (n - 1) * sizeof *members);
            members[n - 1] = first;
            same[g] = group_of_values(members, n);
            same[g].mean *= 1 + (double)(g % 2) * 0x1p-52;
        }
        ck_assert(anova_of_groups(same, 5).notes & ANOVA_NO_BETWEEN);
    }
    oneway fit = fit_groups(groups, 3);
    ck_assert(fit.tau2 == 0 && fit.icc1 == 0 && fit.notes == ONEWAY_BOUNDARY);
    expect_near("sigma2 at the boundary", fit.sigma2, 3 * 0.14 / 8, 1e-14);
}
END_TEST

/* ---- The edges ---- */

START_TEST(too_little_for_an_analysis)
{
    static const group_summary one[] = {{5, 3, 4}}, singles[] = {{1, 3, 0}, {1, 4, 0}, {1, 5, 0}},
                               constant[] = {{4, 3, 0}, {5, 3, 0}},
                               equal[] = {{4, 3, 0}, {5, 4, 0}, {3, 5, 0}};
    const struct {
        const group_summary *groups;
        size_t count;
        unsigned notes, fit_notes;
    } cases[] = {
        {one, 0, ANOVA_FEW_GROUPS, ONEWAY_FEW_GROUPS},
        {one, 1, ANOVA_FEW_GROUPS, ONEWAY_FEW_GROUPS},
        {singles, 3, ANOVA_NO_PAIRS | ANOVA_GROUPS_OF_ONE, ONEWAY_FEW_GROUPS},
        {constant, 2, ANOVA_NO_BETWEEN | ANOVA_NO_WITHIN | ANOVA_UNBALANCED, ONEWAY_CONSTANT},
        {equal, 3, ANOVA_NO_WITHIN | ANOVA_UNBALANCED, ONEWAY_NO_WITHIN},
    };
    for (size_t c = 0; c < LENGTH(cases); c++) {
        anova a = anova_of_groups(cases[c].groups, cases[c].count);
        icc i = icc_of_anova(&a, a.n0, 0.95);
        oneway fit = fit_groups(cases[c].groups, cases[c].count);
        ck_assert_msg(a.notes == cases[c].notes, "case %zu: notes %u, expected %u", c, a.notes,
                      cases[c].notes);
        ck_assert_msg(fit.notes == cases[c].fit_notes, "case %zu: notes %u of the fit", c,
                      fit.notes);
        ck_assert_msg(isnan(a.f) && isnan(a.p), "case %zu: F %g, p %g", c, a.f, a.p);
        ck_assert_msg(isnan(i.one.low) && isnan(i.two.high), "case %zu: an interval", c);
        bool all_between = cases[c].groups == equal;
        ck_assert(all_between ? i.one.raw == 1 && i.two.raw == 1 && a.eta2 == 1
                              : isnan(i.one.raw) && isnan(i.two.raw));
        ck_assert(all_between ? fit.icc1 == 1 && fit.sigma2 == 0 && fit.tau2 == 1
                              : isnan(fit.tau2) && isnan(fit.icc1));
    }
    ck_assert(anova_of_groups(NULL, 0).notes == ANOVA_FEW_GROUPS);
}
END_TEST

/* Sizes 1 to 12: three k, each named, and a reliability of each group's own. */
START_TEST(sizes_from_one_to_twelve)
{
    group_summary summaries[12];
    for (int g = 0; g < 12; g++) {
        moments group = {0};
        for (int i = 0; i <= g; i++)
            moments_add(&group, 420 * (1 + (g * 2 + i % 3) % 5));
        summaries[g] = group_of_moments(&group, 420);
    }
    anova a = anova_of_groups(summaries, 12);
    expect_near("mean size", a.mean_size, 6.5, 1e-15);
    expect_near("n0", a.n0, (78 - 650 / 78.0) / 11, 1e-15);
    ck_assert(a.groups_of_one == 1 && a.notes == (ANOVA_UNBALANCED | ANOVA_GROUPS_OF_ONE));
    icc n0 = icc_of_anova(&a, a.n0, 0.95), mean = icc_of_anova(&a, a.mean_size, 0.95);
    ck_assert(n0.k == a.n0 && mean.k == a.mean_size && n0.one.raw > mean.one.raw
              && n0.two.raw == mean.two.raw);
    oneway fit = fit_groups(summaries, 12);
    for (int k = 1; k <= 12; k++)
        expect_near("reliability", oneway_reliability(&fit, k),
                    k * fit.icc1 / (1 + (k - 1) * fit.icc1), 1e-12);
}
END_TEST

/* Balanced data have closed forms: tau2 = (MSB - MSW)/n, or 0 and the whole variance. */
START_TEST(balanced_fits_have_closed_forms)
{
    uint64_t seed = 5;
    int boundaries = 0;
    for (int round = 0; round < rounds(400); round++) {
        group_summary groups[10];
        size_t size = 2 + random_below(&seed, 9);
        for (size_t g = 0; g < 10; g++) {
            double values[10], effect = round % 2 ? random_below(&seed, 5) : 0;
            for (size_t i = 0; i < size; i++)
                values[i] = effect + random_below(&seed, 1000) / 100.0;
            groups[g] = group_of_values(values, size);
        }
        anova a = anova_of_groups(groups, 10);
        oneway fit = fit_groups(groups, 10);
        bool boundary = a.f <= 1;
        boundaries += boundary;
        double tau2 = boundary ? 0 : (a.ms_between - a.ms_within) / (double)size;
        double sigma2 = boundary ? (a.ss_between + a.ss_within) / (a.n - 1) : a.ms_within;
        ck_assert_msg(fabs(fit.tau2 - tau2) <= 1e-10 * (tau2 + sigma2),
                      "round %d: tau2 %.17g, expected %.17g", round, fit.tau2, tau2);
        expect_relative("balanced", "sigma2", fit.sigma2, sigma2, 1e-10);
        ck_assert(boundary == ((fit.notes & ONEWAY_BOUNDARY) != 0));
    }
    ck_assert_int_gt(boundaries, rounds(400) / 8);
}
END_TEST

/* -2 log restricted likelihood at given components, written out; `*sigma2` is set to its best where
 * it is 0, for tau2 as that many of it. */
static double find_criterion(const group_summary *groups, size_t count, double tau2, double *sigma2)
{
    double n = 0, within = 0, weight = 0, sum = 0, squares = 0, logs = 0,
           unit = *sigma2 > 0 ? *sigma2 : 1;
    for (size_t g = 0; g < count; g++) {
        double variance = unit + groups[g].n * tau2;
        n += groups[g].n;
        within += groups[g].squares;
        weight += groups[g].n / variance;
        sum += groups[g].n / variance * groups[g].mean;
        logs += (groups[g].n - 1) * log(unit) + log(variance);
    }
    for (size_t g = 0; g < count; g++)
        squares += groups[g].n / (unit + groups[g].n * tau2)
                   * pow(groups[g].mean - sum / weight, 2);
    if (*sigma2 > 0)
        return logs + log(weight) + within / unit + squares + (n - 1) * log(2 * acos(-1));
    *sigma2 = (within + squares) / (n - 1);
    return find_criterion(groups, count, tau2 * *sigma2, sigma2);
}

/* A few small groups far off make two minima, of which the lower one may be either. */
static const struct {
    group_summary groups[7];
    size_t count;
    bool boundary;
} two_minima[] = {
    {{{2, 4.5, 900},
      {40, 0.2, 10},
      {200, -0.06, 10},
      {200, 0, 10},
      {1, 0.8, 0},
      {2, -0.06, 16},
      {40, 0.2, 10}},
     7,
     true},
    {{{40, -0.12, 48}, {200, 0.06, 900}, {200, 0.1, 800}, {1, 14, 0}}, 4, false},
    {{{200, -0.7, 600}, {3, -0.75, 8}, {1, -9, 0}, {200, -0.8, 900}, {3, 0.5, 100}}, 5, false},
    {{{40, 0.14, 100}, {1000, 0.5, 4000}, {200, -0.28, 848}, {1, 7, 0}}, 4, false},
    {{{40, 1, 80}, {3, 0.36, 2}, {1, 4, 0}}, 3, false},
};

START_TEST(the_lower_of_two_minima)
{
    const group_summary *groups = two_minima[_i].groups;
    oneway fit = fit_groups(groups, two_minima[_i].count);
    double sigma2 = fit.sigma2, last = INFINITY;
    int falls = 0, rises = 0;
    expect_near("criterion", find_criterion(groups, two_minima[_i].count, fit.tau2, &sigma2),
                fit.criterion, 1e-13);
    ck_assert(two_minima[_i].boundary == ((fit.notes & ONEWAY_BOUNDARY) != 0)
              && two_minima[_i].boundary == (fit.tau2 == 0));
    for (double lambda = 1e-6; lambda < 1e4; lambda *= 1.1) {
        double best = 0, criterion = find_criterion(groups, two_minima[_i].count, lambda, &best);
        ck_assert_msg(fit.criterion <= criterion + 1e-8,
                      "case %d: %.12g at lambda %g, but %.12g was found", _i, criterion, lambda,
                      fit.criterion);
        falls += criterion < last && rises > falls;
        rises += criterion > last && rises == falls;
        last = criterion;
    }
    ck_assert_msg(rises >= 2, "case %d has one minimum only", _i);
}
END_TEST

/* Numbers far from 0 and groups with a name that is a number lose nothing: only differences
 * count. */
START_TEST(shifts_do_not_show)
{
    uint64_t seed = 11;
    group_summary near_zero[20], far[20];
    for (size_t g = 0; g < 20; g++) {
        double values[8], shifted[8];
        size_t n = 2 + g % 7;
        for (size_t i = 0; i < n; i++) {
            values[i] = (double)random_below(&seed, 4096) / 1024 + (double)(g % 4);
            shifted[i] = values[i] + 0x1p30;
        }
        near_zero[g] = group_of_values(values, n);
        far[g] = group_of_values(shifted, n);
    }
    anova a = anova_of_groups(near_zero, 20), b = anova_of_groups(far, 20);
    expect_relative("far from 0", "f", b.f, a.f,
                    1e-6); /* a mean near 2^30 keeps 2^-22 of a point */
    expect_relative("far from 0", "ss_within", b.ss_within, a.ss_within, 1e-12);
}
END_TEST

START_TEST(memory_runs_out)
{
    static const group_summary groups[] = {{3, 1, 2}, {4, 2, 2}, {5, 3, 1}};
    oneway fit;
    heap_start();
    for (int64_t fail = 1; fail <= 2; fail++) {
        heap_fail(fail, fail);
        ck_assert(!oneway_fit(groups, 3, &fit));
    }
    heap_fail(0, 0);
    ck_assert(oneway_fit(groups, 3, &fit));
    ck_assert_int_eq(heap_asked(), 2);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *anova_suite(void)
{
    Suite *suite = suite_create("anova");
    TCase *golden = tcase_create("golden"), *edges = tcase_create("edges");
    tcase_set_timeout(golden, 30);
    tcase_set_timeout(edges, 30);
    tcase_add_test(golden, whole_numbers_against_r);
    tcase_add_test(golden, doubles_against_r);
    tcase_add_test(golden, summaries_against_r);
    tcase_add_test(golden, published_hospitals);
    tcase_add_test(edges, order_does_not_show);
    tcase_add_test(edges, no_between_variance);
    tcase_add_test(edges, too_little_for_an_analysis);
    tcase_add_test(edges, sizes_from_one_to_twelve);
    tcase_add_test(edges, balanced_fits_have_closed_forms);
    tcase_add_loop_test(edges, the_lower_of_two_minima, 0, (int)LENGTH(two_minima));
    tcase_add_test(edges, shifts_do_not_show);
    tcase_add_test(edges, memory_runs_out);
    suite_add_tcase(suite, golden);
    suite_add_tcase(suite, edges);
    return suite;
}
