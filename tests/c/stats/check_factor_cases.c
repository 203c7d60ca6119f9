/* Factor models where no package is asked: derivatives against differences, closed forms, cases
 * without an answer, invariance to units, order and signs, and memory that runs out. */
#include <math.h>
#include <string.h>

#include "stats/factor/factor.h"
#include "stats/factor/factor_model.h"
#include "stats/factor/htmt.h"
#include "stats/factor/parallel_analysis.h"
#include "support.h"

Suite *factor_cases_suite(void);

/* Four communication and three relationship items of different spreads. */
enum { ITEMS = 7 };
static const int HALVES[ITEMS] = {0, 0, 0, 0, 1, 1, 1};

static void make_covariance(double covariance[ITEMS * ITEMS])
{
    static const double loading[ITEMS] = {0.8, 0.7, 0.6, 0.75, 0.65, 0.7, 0.8};
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t j = 0; j < ITEMS; j++) {
            double noise = 0.01 * (double)((i * j) % 5),
                   correlation = i == j ? 1 : loading[i] * loading[j] + noise;
            covariance[i * ITEMS + j] = (HALVES[i] == HALVES[j] ? 1 : 0.7) * correlation
                                        * (1 + (double)i) * (1 + (double)j);
        }
}

static void expect_close(const char *name, double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted) + 1e-13, "%s is %.17g, not %.17g",
                  name, got, wanted);
}

/* From its own solution, or one nearby, a model comes to the same minimum; its sign and what it
 * reports, too. */
START_TEST(refits_come_to_the_same_minimum)
{
    double covariance[ITEMS * ITEMS], other[ITEMS * ITEMS];
    uint64_t seed = 7;
    make_covariance(covariance);
    for (int two = 0; two <= 1; two++) {
        factor_solution start, whole, near;
        ck_assert_int_eq(factor_fit(covariance, ITEMS, 120, two ? HALVES : NULL, &start),
                         FACTOR_DONE);
        for (int round = 0; round < rounds(40); round++) {
            for (size_t i = 0; i < ITEMS; i++)
                for (size_t j = 0; j <= i; j++) {
                    double factor = i == j ? 1.1
                                           : 1 + ((double)random_below(&seed, 100) - 50) / 400;
                    other[i * ITEMS + j] = other[j * ITEMS + i] = covariance[i * ITEMS + j]
                                                                  * factor;
                }
            ck_assert_int_eq(factor_fit(other, ITEMS, 118.5, two ? HALVES : NULL, &whole),
                             FACTOR_DONE);
            ck_assert_int_eq(factor_refit(other, 118.5, &start, &near), FACTOR_DONE);
            ck_assert_uint_eq(near.heywood, whole.heywood);
            expect_close("discrepancy", near.discrepancy, whole.discrepancy, 1e-9);
            for (size_t i = 0; i < ITEMS; i++)
                expect_close("loading", factor_loading(&near, i).value,
                             factor_loading(&whole, i).value, 1e-6);
            factor_solution_free(&whole);
            factor_solution_free(&near);
        }
        other[1] = other[ITEMS] = 1e9; /* no covariances */
        ck_assert_int_eq(factor_refit(other, 118.5, &start, &near), FACTOR_NOT_POSITIVE);
        ck_assert_ptr_null(near.memory);
        ck_assert_int_eq(factor_refit(covariance, 0, &start, &near), FACTOR_NOT_POSITIVE);
        factor_solution_free(&start);
    }
}
END_TEST

START_TEST(parallel_quantiles_are_of_the_replicates)
{
    parallel_plan plan = {4, 30, 21, 9, 0.95}; /* place 19 of 0 … 20 */
    double means[4], quantiles[4], room[32], values[21][4];
    ck_assert(parallel_analysis(&plan, means, quantiles));
    for (size_t r = plan.replicates; r-- > 0;)
        ck_assert(parallel_replicate(&plan, r, values[r], room));
    for (size_t i = 0; i < 4; i++) {
        int above = 0, at = 0;
        double mean = 0;
        for (size_t r = 0; r < plan.replicates; r++) {
            above += values[r][i] > quantiles[i];
            at += values[r][i] == quantiles[i];
            mean += values[r][i] / 21;
        }
        ck_assert_int_eq(above, 1);
        ck_assert_int_eq(at, 1);
        expect_close("mean", means[i], mean, 1e-12);
    }
    plan.seed++;
    double others[4];
    ck_assert(parallel_analysis(&plan, means, others));
    ck_assert(others[0] != quantiles[0]);
    plan.n = 4;
    ck_assert(!parallel_analysis(&plan, means, others));
    double eigenvalues[] = {3, 1.2, 1.1, 0.2}, cuts[] = {1.5, 1.3, 1.0, 0.9};
    ck_assert_uint_eq(parallel_retain(eigenvalues, cuts, 4),
                      1); /* the third does not count after the second failed */
    cuts[1] = 1.1;
    ck_assert_uint_eq(parallel_retain(eigenvalues, cuts, 4), 3);
}
END_TEST

/* Gradient and Hessian against central differences, at a place that is no minimum. */
START_TEST(derivatives_are_those_of_the_value)
{
    enum { SIX = 6, COUNT = 2 * SIX + 1 };
    double at[COUNT], target[SIX * SIX], gradient[COUNT], hessian[COUNT * COUNT], scale[COUNT];
    double up[COUNT], down[COUNT], other[COUNT * COUNT], step = 1e-5;
    int factor_of[] = {0, 1, 0, 1, 1, 0};
    factor_model m;
    for (size_t i = 0; i < SIX; i++)
        for (size_t j = 0; j < SIX; j++)
            target[i * SIX + j] = i == j ? 1 : 0.3 + 0.01 * (double)(i + j);
    for (size_t i = 0; i < SIX; i++) {
        at[i] = 0.9 - 0.1 * (double)i;
        at[SIX + i] = 0.4 + 0.05 * (double)i;
    }
    at[2 * SIX] = -0.3;
    ck_assert(factor_model_make(&m, target, 0, SIX, 2, factor_of));
    ck_assert(isfinite(factor_model_value(&m, at)));
    factor_model_derive(&m, at, gradient, hessian, scale);
    for (size_t a = 0; a < COUNT; a++) {
        double kept = at[a], high, low;
        at[a] = kept + step;
        high = factor_model_value(&m, at);
        factor_model_derive(&m, at, up, other, scale);
        at[a] = kept - step;
        low = factor_model_value(&m, at);
        factor_model_derive(&m, at, down, other, scale);
        at[a] = kept;
        expect_near("gradient", gradient[a], (high - low) / (2 * step), 1e-8);
        for (size_t b = 0; b < COUNT; b++)
            expect_near("Hessian", hessian[a * COUNT + b], (up[b] - down[b]) / (2 * step), 1e-7);
    }
    factor_model_free(&m);
}
END_TEST

/* One factor, three items: lambda_1^2 = r_12 r_13 / r_23. */
START_TEST(three_items_are_solved_in_closed_form)
{
    double r[] = {1, 0.6, 0.5, 0.6, 1, 0.4, 0.5, 0.4, 1};
    double wanted[] = {sqrt(0.6 * 0.5 / 0.4), sqrt(0.6 * 0.4 / 0.5), sqrt(0.5 * 0.4 / 0.6)},
           sum = 0, rest = 0;
    factor_solution s;
    factor_indices x;
    ck_assert_int_eq(factor_fit(r, 3, 50, NULL, &s), FACTOR_DONE);
    for (size_t i = 0; i < 3; i++) {
        expect_close("loading", factor_loading(&s, i).value, wanted[i], 1e-10);
        sum += wanted[i];
        rest += 1 - wanted[i] * wanted[i];
    }
    expect_close("omega", factor_omega(&s).value, sum * sum / (sum * sum + rest), 1e-10);
    factor_assess(&s, 0.9, &x);
    ck_assert(x.df == 0 && x.chisq == 0 && isnan(x.p) && x.cfi == 1 && x.tli == 1
              && x.rmsea_high == 0);
    factor_solution_free(&s);
}
END_TEST

START_TEST(no_answer_is_a_status)
{
    static const struct {
        const char *name;
        double r[16];
        size_t items;
        double n;
        int factor_of[4];
        factor_status status;
    } table[] = {
        {"two items", {1, .5, .5, 1}, 2, 50, {0}, FACTOR_TOO_FEW_ITEMS},
        {"no item", {0}, 0, 50, {0}, FACTOR_TOO_FEW_ITEMS},
        {"a factor of one item",
         {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1},
         4,
         50,
         {0, 0, 0, 1},
         FACTOR_TOO_FEW_ITEMS},
        {"all items on the second factor",
         {1, 0, 0, 0, 1, 0, 0, 0, 1},
         3,
         50,
         {1, 1, 1},
         FACTOR_TOO_FEW_ITEMS},
        {"a constant item", {1, 0, .5, 0, 0, 0, .5, 0, 1}, 3, 50, {0}, FACTOR_NOT_POSITIVE},
        {"an item twice", {1, 1, .5, 1, 1, .5, .5, .5, 1}, 3, 50, {0}, FACTOR_NOT_POSITIVE},
        {"not a covariance matrix",
         {1, .9, -.9, .9, 1, .9, -.9, .9, 1},
         3,
         50,
         {0},
         FACTOR_NOT_POSITIVE},
        {"not a number", {1, NAN, .5, NAN, 1, .5, .5, .5, 1}, 3, 50, {0}, FACTOR_NOT_POSITIVE},
        {"infinite", {INFINITY, .1, .5, .1, 1, .5, .5, .5, 1}, 3, 50, {0}, FACTOR_NOT_POSITIVE},
        {"no case", {1, .5, .5, .5, 1, .5, .5, .5, 1}, 3, 0, {0}, FACTOR_NOT_POSITIVE},
        {"a loading towards infinity",
         {1, .5, .5, .5, 1, 0, .5, 0, 1},
         3,
         50,
         {0},
         FACTOR_NOT_CONVERGED},
        {"no real solution", {1, .5, .5, .5, 1, -.2, .5, -.2, 1}, 3, 50, {0}, FACTOR_NOT_CONVERGED},
    };
    for (size_t i = 0; i < LENGTH(table); i++) {
        factor_solution s;
        factor_status got = factor_fit(table[i].r, table[i].items, table[i].n, table[i].factor_of,
                                       &s);
        ck_assert_msg(got == table[i].status, "%s: %d, not %d", table[i].name, got,
                      table[i].status);
        ck_assert(!s.memory && !s.factor_of);
    }
    /* Uncorrelated items: the minimum is where no factor is; any status but a solution. */
    double r[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    factor_solution s;
    ck_assert_int_ne(factor_fit(r, 4, 50, NULL, &s), FACTOR_DONE);
}
END_TEST

/* Other units, another order of the items, items turned round: the same model. */
START_TEST(units_order_and_signs_do_not_matter)
{
    static const size_t order[] = {6, 2, 4, 0, 5, 1, 3};
    static const double unit[] = {1e-4, 1, 3e5, 0.2, 70, 1, 9};
    double covariance[ITEMS * ITEMS], other[ITEMS * ITEMS];
    int factor_of[ITEMS];
    factor_solution s, t;
    make_covariance(covariance);
    for (size_t i = 0; i < ITEMS; i++) {
        factor_of[i] = !HALVES[order[i]];
        for (size_t j = 0; j < ITEMS; j++) {
            double sign = HALVES[order[i]] == HALVES[order[j]]
                              ? 1
                              : -1; /* one factor's items turned round */
            other[i * ITEMS + j] = covariance[order[i] * ITEMS + order[j]] * unit[i] * unit[j]
                                   * sign;
        }
    }
    ck_assert_int_eq(factor_fit(covariance, ITEMS, 240, HALVES, &s), FACTOR_DONE);
    ck_assert_int_eq(factor_fit(other, ITEMS, 240, factor_of, &t), FACTOR_DONE);
    expect_close("F", t.discrepancy, s.discrepancy, 1e-10);
    expect_close("correlation", factor_correlation(&t).value, -factor_correlation(&s).value, 1e-9);
    expect_close("se of correlation", factor_correlation(&t).se, factor_correlation(&s).se, 1e-9);
    for (size_t i = 0; i < ITEMS; i++) {
        factor_estimate a = factor_loading(&t, i), b = factor_loading(&s, order[i]);
        expect_close("loading", a.value, b.value * unit[i], 1e-9);
        expect_close("se of loading", a.se, b.se * unit[i], 1e-9);
    }
    factor_solution_free(&s);
    factor_solution_free(&t);
}
END_TEST

/* The first principal axis is found with the other sign here. */
START_TEST(a_factors_loadings_have_no_negative_sum)
{
    static const double loading[] = {0.75, -0.35, -0.7, 0.75, 0.3, -0.7};
    double r[36];
    factor_solution s;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            r[i * 6 + j] = i == j ? 1 : loading[i] * loading[j];
    ck_assert_int_eq(factor_fit(r, 6, 100, NULL, &s), FACTOR_DONE);
    for (size_t i = 0; i < 6; i++)
        expect_close("loading", factor_loading(&s, i).value, loading[i], 1e-9);
    factor_solution_free(&s);
}
END_TEST

START_TEST(clusters_are_what_their_rows_say)
{
    static const double rows[][3] = {{1, 2, 4}, {3, 5, 4}, {2, 2, 1},
                                     {5, 4, 3}, {4, 1, 2}, {1, 3, 5}};
    static const size_t cluster_of[] = {0, 1, 0, 1, 1, 2};
    factor_clusters c;
    double covariance[9], means[3], sum[3], product[9], totals[3] = {0};
    ck_assert(factor_clusters_make(&c, 3, 3));
    for (size_t i = 0; i < LENGTH(rows); i++)
        factor_clusters_add(&c, cluster_of[i], rows[i]);
    ck_assert(factor_clusters_covariance(&c, covariance, means) == 6);
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            double wanted = 0;
            for (size_t row = 0; row < 6; row++)
                wanted += (rows[row][i] - means[i]) * (rows[row][j] - means[j]) / 6;
            expect_close("covariance", covariance[i * 3 + j], wanted, 1e-12);
        }
    for (size_t g = 0; g < 3; g++) {
        factor_clusters_centre(&c, g, means, sum, product);
        for (size_t i = 0; i < 3; i++) {
            totals[i] += sum[i];
            double wanted = 0;
            for (size_t row = 0; row < 6; row++)
                if (cluster_of[row] == g)
                    wanted += (rows[row][i] - means[i]) * (rows[row][1] - means[1]);
            expect_close("product", product[i * 3 + 1], wanted, 1e-12);
        }
    }
    for (size_t i = 0; i < 3; i++)
        expect_close("sum of residuals", totals[i], 0, 1e-12);
    factor_clusters_free(&c);
}
END_TEST

START_TEST(clusters_without_an_answer)
{
    double r[] = {1, 0.6, 0.5, 0.6, 1, 0.4, 0.5, 0.4, 1};
    factor_solution s;
    factor_clusters one, few;
    factor_robust_test t;
    ck_assert_int_eq(factor_fit(r, 3, 8, NULL, &s), FACTOR_DONE);
    ck_assert(factor_clusters_make(&one, 1, 3) && factor_clusters_make(&few, 2, 3));
    ck_assert_int_eq(factor_test_clusters(&s, &one, 0.9, &t), FACTOR_NOT_IDENTIFIED);
    ck_assert(!s.robust);
    for (size_t row = 0; row < 8; row++)
        factor_clusters_add(&few, row % 2,
                            (double[]){(double)(row % 3), (double)(row % 5), (double)(row / 3)});
    ck_assert_int_eq(factor_test_clusters(&s, &few, 0.9, &t), FACTOR_DONE);
    ck_assert(t.rank_deficient && isnan(t.scaling) && isnan(t.chisq)
              && isnan(t.p)); /* df 0: nothing to test */
    factor_clusters_free(&one);
    factor_clusters_free(&few);
    factor_solution_free(&s);
}
END_TEST

START_TEST(intervals_and_ratios_at_their_edges)
{
    double low, high;
    factor_interval((factor_estimate){0.9, 0.1}, 0.95, &low, &high);
    expect_close("low", low, 0.9 - 0.1 * 1.959963984540054, 1e-12);
    expect_close("high", high, 0.9 + 0.1 * 1.959963984540054, 1e-12);
    factor_interval((factor_estimate){0.9, 0.1}, 1, &low, &high);
    ck_assert(isnan(low) && isnan(high));

    int set_of[] = {0, 0, 1, 1}, alone[] = {0, 0, 0, 1};
    double r[] = {1, .5, .2, 0, .5, 1, .2, .2, .2, .2, 1, .5, 0, .2, .5, 1};
    htmt_ratios h = htmt_find(r, 4, set_of);
    expect_close("arithmetic", h.htmt, .15 / .5, 1e-12);
    ck_assert(h.htmt2 == 0); /* an uncorrelated pair makes the geometric mean 0 */
    h = htmt_find(r, 4, alone);
    ck_assert(isnan(h.htmt) && isnan(h.htmt2));
}
END_TEST

/* All that allocates, one after the other; true when none failed. What failed must say so. */
static bool run_all(const double covariance[ITEMS * ITEMS])
{
    factor_solution s;
    factor_robust_test t;
    factor_clusters clusters = {0};
    parallel_plan plan = {2, 9, 3, 1, 0.5};
    double means[2], quantiles[2];
    factor_status status = factor_fit(covariance, ITEMS, 240, HALVES, &s);
    bool made = status == FACTOR_DONE && factor_clusters_make(&clusters, 2, ITEMS);
    if (made)
        status = factor_test_clusters(&s, &clusters, 0.9, &t);
    ck_assert(status == FACTOR_DONE || status == FACTOR_NO_MEMORY);
    bool done = made && status == FACTOR_DONE && parallel_analysis(&plan, means, quantiles);
    factor_solution_free(&s);
    factor_clusters_free(&clusters);
    return done;
}

START_TEST(each_allocation_may_fail)
{
    double covariance[ITEMS * ITEMS];
    make_covariance(covariance);
    heap_start();
    for (int once = 0; once < 2; once++) {
        int64_t fault = 1;
        for (bool done = false; !done; fault++) {
            heap_fail(fault, once ? fault : INT64_MAX);
            done = run_all(covariance);
            ck_assert(done == (heap_asked() < fault));
            ck_assert_int_eq(heap_alive(), 0);
        }
        ck_assert_int_gt(fault, 10);
    }
    heap_stop();
}
END_TEST

Suite *factor_cases_suite(void)
{
    Suite *suite = suite_create("factor_cases");
    TCase *cases = tcase_create("cases");
    tcase_add_test(cases, refits_come_to_the_same_minimum);
    tcase_add_test(cases, parallel_quantiles_are_of_the_replicates);
    tcase_add_test(cases, derivatives_are_those_of_the_value);
    tcase_add_test(cases, three_items_are_solved_in_closed_form);
    tcase_add_test(cases, no_answer_is_a_status);
    tcase_add_test(cases, units_order_and_signs_do_not_matter);
    tcase_add_test(cases, a_factors_loadings_have_no_negative_sum);
    tcase_add_test(cases, clusters_are_what_their_rows_say);
    tcase_add_test(cases, clusters_without_an_answer);
    tcase_add_test(cases, intervals_and_ratios_at_their_edges);
    tcase_add_test(cases, each_allocation_may_fail);
    suite_add_tcase(suite, cases);
    return suite;
}
