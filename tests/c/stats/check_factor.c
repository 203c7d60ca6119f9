/* Factor models, ratios, eigenvalues and distributions against lavaan, semTools and R
 * (golden/stats/factor.R). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stats/distributions/chisquare.h"
#include "stats/factor/factor.h"
#include "stats/factor/htmt.h"
#include "stats/factor/parallel_analysis.h"
#include "support.h"

Suite *factor_suite(void);

enum { MOST_ITEMS = 7 };

/* Pairs are a value and its standard error. */
typedef struct golden_estimates {
    double loading[MOST_ITEMS][2], residual[MOST_ITEMS][2], loading_std[MOST_ITEMS][2],
        residual_std[MOST_ITEMS][2];
    double correlation[2], omega[2], omega_std[2];
} golden_estimates;

typedef struct golden_case {
    const char *name;
    size_t items, clusters, df, baseline_df;
    double n;
    const double *moments; /* NULL: no clusters */
    int factor_of[MOST_ITEMS];
    double covariance[MOST_ITEMS * MOST_ITEMS];
    double fit[9]; /* chisq, p, cfi, tli, rmsea, rmsea_low, rmsea_high, srmr, baseline_chisq */
    double robust_fit[9]; /* the same to rmsea_high, then both scalings */
    double htmt[2], eigenvalues[MOST_ITEMS];
    golden_estimates plain, robust;
} golden_case;

#include "golden/stats/factor.h"

/* How near iterated figures are held to lavaan's. */
static const double ITERATED = 1e-6;

/* ---- Comparing ---- */

static void expect_close(const char *test, const char *name, double got, double wanted,
                         double tolerance)
{
    if (isnan(wanted)) {
        ck_assert_msg(isnan(got), "%s: %s is %.17g, not NaN", test, name, got);
        return;
    }
    /* what is 0 but for rounding has no relative error */
    double allowed = tolerance * fabs(wanted) + 1e-10;
    ck_assert_msg(fabs(got - wanted) <= allowed, "%s: %s is %.17g, not %.17g: off by %.3g of it",
                  test, name, got, wanted, fabs(got - wanted) / fabs(wanted));
}

static void expect_estimate(const char *test, const char *name, factor_estimate got,
                            const double wanted[2])
{
    char error[64];
    snprintf(error, sizeof error, "se of %s", name);
    expect_close(test, name, got.value, wanted[0], ITERATED);
    expect_close(test, error, got.se, wanted[1], ITERATED);
}

static void expect_estimates(const golden_case *c, const factor_solution *s,
                             const golden_estimates *wanted)
{
    for (size_t i = 0; i < c->items; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s %zu", s->robust ? "robust item" : "item", i);
        expect_estimate(c->name, name, factor_loading(s, i), wanted->loading[i]);
        expect_estimate(c->name, name, factor_residual(s, i), wanted->residual[i]);
        expect_estimate(c->name, name, factor_loading_standardised(s, i), wanted->loading_std[i]);
        expect_estimate(c->name, name, factor_residual_standardised(s, i), wanted->residual_std[i]);
    }
    expect_estimate(c->name, "correlation", factor_correlation(s), wanted->correlation);
    expect_estimate(c->name, "omega", factor_omega(s), wanted->omega);
    expect_estimate(c->name, "omega_std", factor_omega_standardised(s), wanted->omega_std);
}

static factor_solution fit_golden(const golden_case *c)
{
    factor_solution s;
    factor_status status = factor_fit(c->covariance, c->items, c->n, c->factor_of, &s);
    ck_assert_msg(status == FACTOR_DONE, "%s: status %d", c->name, status);
    return s;
}

static const golden_case *find_golden(const char *name)
{
    for (size_t i = 0; i < LENGTH(golden_cases); i++)
        if (strcmp(golden_cases[i].name, name) == 0)
            return golden_cases + i;
    ck_abort_msg("there is no case %s", name);
    return NULL;
}

/* ---- Against R ---- */

START_TEST(estimates_are_lavaans)
{
    const golden_case *c = golden_cases + _i;
    factor_solution s = fit_golden(c);
    expect_estimates(c, &s, &c->plain);
    factor_solution_free(&s);
}
END_TEST

START_TEST(fit_is_lavaans)
{
    static const char *const names[] = {"chisq",     "p",          "cfi",  "tli",           "rmsea",
                                        "rmsea_low", "rmsea_high", "srmr", "baseline_chisq"};
    const golden_case *c = golden_cases + _i;
    factor_solution s = fit_golden(c);
    factor_indices x;
    factor_assess(&s, 0.9, &x);
    double got[] = {x.chisq,     x.p,          x.cfi,  x.tli,           x.rmsea,
                    x.rmsea_low, x.rmsea_high, x.srmr, x.baseline_chisq};
    ck_assert_uint_eq(x.df, c->df);
    ck_assert_uint_eq(x.baseline_df, c->baseline_df);
    for (size_t i = 0; i < LENGTH(got); i++)
        expect_close(c->name, names[i], got[i], c->fit[i], ITERATED);
    factor_solution_free(&s);
}
END_TEST

/* The clusters' moments as factor.R writes them: rows, sums, triangle. */
static factor_clusters read_clusters(const golden_case *c)
{
    factor_clusters clusters;
    size_t triangle = c->items * (c->items + 1) / 2, width = 1 + c->items + triangle;
    ck_assert(factor_clusters_make(&clusters, c->clusters, c->items));
    for (size_t g = 0; g < c->clusters; g++) {
        const double *from = c->moments + g * width;
        clusters.size[g] = from[0];
        memcpy(clusters.sum + g * c->items, from + 1, c->items * sizeof *from);
        memcpy(clusters.product + g * triangle, from + 1 + c->items, triangle * sizeof *from);
    }
    return clusters;
}

START_TEST(robust_figures_are_lavaans)
{
    static const char *const names[] = {"robust chisq",      "robust p",     "robust cfi",
                                        "robust tli",        "robust rmsea", "robust rmsea_low",
                                        "robust rmsea_high", "scaling",      "baseline scaling"};
    const golden_case *c = golden_cases + _i;
    if (!c->moments)
        return;
    double covariance[MOST_ITEMS * MOST_ITEMS], means[MOST_ITEMS];
    factor_clusters clusters = read_clusters(c);
    ck_assert(factor_clusters_covariance(&clusters, covariance, means) == c->n);
    for (size_t i = 0; i < c->items * c->items; i++)
        expect_close(c->name, "covariance", covariance[i], c->covariance[i], 1e-10);
    factor_solution s = fit_golden(c);
    factor_robust_test t;
    ck_assert_int_eq(factor_test_clusters(&s, &clusters, 0.9, &t), FACTOR_DONE);
    double got[] = {t.chisq,      t.p,       t.cfi,
                    t.tli,        t.rmsea,   t.rmsea_low,
                    t.rmsea_high, t.scaling, t.baseline_scaling};
    ck_assert_uint_eq(t.df, c->df);
    ck_assert_uint_eq(t.clusters, c->clusters);
    for (size_t i = 0; i < LENGTH(got); i++)
        expect_close(c->name, names[i], got[i], c->robust_fit[i], ITERATED);
    expect_estimates(c, &s, &c->robust);
    factor_solution_free(&s);
    factor_clusters_free(&clusters);
}
END_TEST

START_TEST(htmt_and_eigenvalues_are_rs)
{
    const golden_case *c = golden_cases + _i;
    double values[MOST_ITEMS], room[MOST_ITEMS * MOST_ITEMS];
    htmt_ratios ratios = htmt_find(c->covariance, c->items, c->factor_of);
    expect_close(c->name, "htmt", ratios.htmt, c->htmt[0], 1e-10);
    expect_close(c->name, "htmt2", ratios.htmt2, c->htmt[1], 1e-10);
    ck_assert(correlation_eigenvalues(c->covariance, c->items, values, room));
    for (size_t i = 0; i < c->items; i++)
        expect_close(c->name, "eigenvalue", values[i], c->eigenvalues[i], 1e-10);
}
END_TEST

START_TEST(heywood_cases_are_counted)
{
    static const struct {
        const char *name;
        size_t heywood;
    } table[] = {{"Heywood", 1},
                 {"three items, Heywood", 1},
                 {"two factors, correlation beyond 1", 1},
                 {"nearly singular", 0},
                 {"ties", 0}};
    for (size_t i = 0; i < LENGTH(table); i++) {
        factor_solution s = fit_golden(find_golden(table[i].name));
        ck_assert_msg(s.heywood == table[i].heywood, "%s: %zu", table[i].name, s.heywood);
        factor_solution_free(&s);
    }
}
END_TEST

START_TEST(chisquare_is_rs)
{
    for (size_t i = 0; i < LENGTH(golden_above); i++) {
        const double *g = golden_above[i];
        double got = chisquare_above(g[0], g[1]);
        ck_assert_msg(fabs(got - g[2]) <= 1e-12 * g[2], "Q(%g; %g) is %.17g, not %.17g", g[0], g[1],
                      got, g[2]);
    }
    ck_assert(chisquare_above(0, 3) == 1 && chisquare_above(-1, 3) == 1
              && chisquare_above(1e9, 3) == 0);
    /* where R's and GSL's give up: nearly normal */
    for (double x = 1e5; x < 1e9; x *= 7)
        for (double z = -2; z <= 2; z++) {
            double lambda = x - 13,
                   below = chisquare_noncentral_below(x + z * 2 * sqrt(x), 13, lambda);
            ck_assert_msg(fabs(below - erfc(-z / sqrt(2)) / 2) < 1 / sqrt(x), "%g at %g, %g", below,
                          x, z);
        }
}
END_TEST

START_TEST(noncentral_chisquare_is_rs)
{
    for (size_t i = 0; i < LENGTH(golden_noncentral); i++) {
        const double *g = golden_noncentral[i];
        char name[80];
        snprintf(name, sizeof name, "P(%g; %g, %g)", g[0], g[1], g[2]);
        expect_close("noncentral", name, chisquare_noncentral_below(g[0], g[1], g[2]), g[3], 1e-9);
        if (g[2] > 0 && g[3] > 1e-3 && g[3] < 0.999)
            expect_close("noncentrality", name, chisquare_noncentrality(g[0], g[1], g[3]), g[2],
                         1e-6);
    }
    ck_assert(chisquare_noncentrality(1, 14, 0.95) == 0);
    ck_assert(isnan(chisquare_above(1, 0)) && isnan(chisquare_above(1, 1.5))
              && isnan(chisquare_above(INFINITY, 1)));
    ck_assert(isnan(chisquare_noncentral_below(1, 1, -1))
              && isnan(chisquare_noncentrality(1, 1, 1)));
}
END_TEST

/* The quantiles' Monte-Carlo errors are those of 20,000 samples here and there. */
START_TEST(parallel_analysis_is_horns)
{
    enum { ITEMS = 7 };
    parallel_plan plan = {ITEMS, 40, (size_t)rounds(20000), 5, 0.95};
    double means[ITEMS], quantiles[ITEMS], sum = 0,
                                           more = sqrt(1 + 20000.0 / (double)plan.replicates);
    ck_assert(parallel_analysis(&plan, means, quantiles));
    for (size_t i = 0; i < ITEMS; i++) {
        const double *g = golden_parallel[i];
        ck_assert_msg(fabs(means[i] - g[0]) < 4 * more * g[1], "mean %zu: %g, not %g", i, means[i],
                      g[0]);
        ck_assert_msg(fabs(quantiles[i] - g[2]) < 4 * more * g[3], "quantile %zu: %g, not %g", i,
                      quantiles[i], g[2]);
        sum += means[i];
    }
    expect_close("parallel", "sum of means", sum, ITEMS, 1e-12);
}
END_TEST

Suite *factor_suite(void)
{
    Suite *suite = suite_create("factor");
    TCase *golden = tcase_create("golden");
    tcase_add_loop_test(golden, estimates_are_lavaans, 0, (int)LENGTH(golden_cases));
    tcase_add_loop_test(golden, fit_is_lavaans, 0, (int)LENGTH(golden_cases));
    tcase_add_loop_test(golden, robust_figures_are_lavaans, 0, (int)LENGTH(golden_cases));
    tcase_add_loop_test(golden, htmt_and_eigenvalues_are_rs, 0, (int)LENGTH(golden_cases));
    tcase_add_test(golden, heywood_cases_are_counted);
    tcase_add_test(golden, chisquare_is_rs);
    tcase_add_test(golden, noncentral_chisquare_is_rs);
    tcase_add_test(golden, parallel_analysis_is_horns);
    suite_add_tcase(suite, golden);
    return suite;
}
