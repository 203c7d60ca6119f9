/* Quantiles of type 7, adjusted p-values, intervals of proportions: against R's quantile, p.adjust
 * and prop.test (golden/stats/bootstrap.R), and the reference values of the methods. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stats/intervals/proportions.h"
#include "stats/numbers/quantiles.h"
#include "stats/tests/adjust.h"
#include "support.h"

#include "golden/stats/bootstrap.h"

Suite *adjust_suite(void);

/* ---- Quantiles ---- */

START_TEST(quantiles_of_r)
{
    double sorted[LENGTH(golden_sample)];
    memcpy(sorted, golden_sample, sizeof sorted);
    numbers_sort(sorted, LENGTH(sorted));
    for (size_t i = 0; i < LENGTH(golden_quantiles); i++)
        expect_near("quantile", quantile_sorted(sorted, LENGTH(sorted), golden_quantiles[i][0]),
                    golden_quantiles[i][1], 1e-14);
}
END_TEST

/* In any order, with many that are equal, the same numbers are found as by sorting. */
START_TEST(quantiles_of_numbers_in_any_order)
{
    uint64_t seed = 17;
    for (int round = 0; round < rounds(2000); round++) {
        double numbers[60], sorted[60], p = (double)random_below(&seed, 1001) / 1000;
        size_t count = 1 + random_below(&seed, 60);
        uint32_t values = 1 + random_below(&seed, round % 2 ? 5 : 1000);
        for (size_t i = 0; i < count; i++)
            numbers[i] = sorted[i] = (double)random_below(&seed, values) / 7;
        numbers_sort(sorted, count);
        ck_assert_double_eq(quantile_select(numbers, count, p), quantile_sorted(sorted, count, p));
        numbers_sort(numbers, count);
        ck_assert_mem_eq(numbers, sorted, count * sizeof *sorted);
    }
    ck_assert_double_nan(quantile_select(NULL, 0, 0.5));
    ck_assert_double_nan(quantile_select((double[]){1, 2}, 2, 1.5));
}
END_TEST

START_TEST(quantiles_at_the_edges)
{
    static const double four[] = {1, 2, 4, 8},
                        infinite[] = {-INFINITY, -INFINITY, 3, INFINITY, INFINITY};
    ck_assert_double_eq(quantile_sorted(four, 4, 0), 1);
    ck_assert_double_eq(quantile_sorted(four, 4, 1), 8);
    ck_assert_double_eq(quantile_sorted(four, 4, 0.5), 3);
    ck_assert_double_eq(quantile_sorted(four, 1, 0.9), 1);
    ck_assert_double_eq(quantile_sorted(infinite, 5, 0.9),
                        INFINITY); /* not infinity less infinity */
    ck_assert_double_eq(quantile_sorted(infinite, 5, 0.5), 3);
    ck_assert_double_nan(quantile_sorted(four, 0, 0.5));
    ck_assert_double_nan(quantile_sorted(four, 4, -0.1));
    ck_assert_double_nan(quantile_sorted(four, 4, 1.1));
    ck_assert_double_nan(quantile_sorted(four, 4, NAN));
}
END_TEST

/* ---- Adjusted p-values ---- */

START_TEST(adjusted_as_by_r)
{
    for (size_t c = 0; c < LENGTH(golden_adjusted); c++) {
        size_t count = (size_t)golden_adjusted[c].count;
        double holm[24], bh[24];
        char name[40];
        ck_assert_int_eq(adjust_holm(golden_adjusted[c].p, count, holm, NULL), RELCOORD_OK);
        memcpy(bh, golden_adjusted[c].p, sizeof bh);
        ck_assert_int_eq(adjust_benjamini_hochberg(bh, count, bh, NULL),
                         RELCOORD_OK); /* in place */
        for (size_t i = 0; i < count; i++) {
            snprintf(name, sizeof name, "set %zu, p %zu", c, i);
            expect_near(name, holm[i], golden_adjusted[c].holm[i], 1e-14);
            expect_near(name, bh[i], golden_adjusted[c].bh[i], 1e-14);
        }
    }
    ck_assert_int_eq(adjust_holm(NULL, 0, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(adjust_benjamini_hochberg(NULL, 0, NULL, NULL), RELCOORD_OK);
}
END_TEST

START_TEST(adjusting_without_memory)
{
    double p[3] = {0.1, 0.2, 0.3};
    relcoord_error err;
    heap_start();
    heap_fail(1, 1);
    ck_assert_int_eq(adjust_holm(p, 3, p, &err), RELCOORD_ENOMEM);
    heap_fail(1, 1);
    ck_assert_int_eq(adjust_benjamini_hochberg(p, 3, p, &err), RELCOORD_ENOMEM);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    ck_assert(p[0] == 0.1 && p[1] == 0.2 && p[2] == 0.3);
}
END_TEST

/* ---- Proportions ---- */

START_TEST(wilson_as_by_r)
{
    for (size_t c = 0; c < LENGTH(golden_wilson); c++) {
        proportion_interval got = wilson_interval(golden_wilson[c].successes, golden_wilson[c].n,
                                                  golden_wilson[c].population,
                                                  golden_wilson[c].confidence);
        char name[40];
        snprintf(name, sizeof name, "case %zu", c);
        expect_near(name, got.low, golden_wilson[c].low, 1e-12);
        expect_near(name, got.high, golden_wilson[c].high, 1e-12);
    }
}
END_TEST

/* The reference values of the methods, to the places given there. */
START_TEST(reference_proportions)
{
    proportion_interval all = wilson_interval(126, 155, 0, 0.95),
                        adults = wilson_interval(69, 126, 0, 0.95);
    proportion_interval finite = wilson_interval(69, 126, 155, 0.95),
                        worst = proportion_worst_case(69, 126, 155);
    expect_near("126/155 low", all.low, 0.744217, 5.1e-7);
    expect_near("126/155 high", all.high, 0.866455, 5.1e-7);
    expect_near("69/126 low", adults.low, 0.460587, 5.1e-7);
    expect_near("69/126 high", adults.high, 0.631833, 5.1e-7);
    expect_near("of 155 low", finite.low, 0.509741, 5.1e-7);
    expect_near("of 155 high", finite.high, 0.584954, 5.1e-7);
    expect_near("worst low", worst.low, 69.0 / 155, 1e-15);
    expect_near("worst high", worst.high, 98.0 / 155, 1e-15);
}
END_TEST

/* Every share of small samples: the limits solve |p - limit| = z sqrt(limit (1 - limit) / n), hold
 * the proportion, mirror each other, and close on it as the sample nears its population. */
START_TEST(wilson_properties)
{
    const double z = 1.959963984540054;
    for (int n = 1; n <= 40; n++)
        for (int x = 0; x <= n; x++) {
            double p = (double)x / n, width = 2;
            proportion_interval i = wilson_interval(x, n, 0, 0.95),
                                mirror = wilson_interval(n - x, n, 0, 0.95);
            expect_near("low", fabs(p - i.low), z * sqrt(i.low * (1 - i.low) / n), 1e-12);
            expect_near("high", fabs(p - i.high), z * sqrt(i.high * (1 - i.high) / n), 1e-12);
            ck_assert(0 <= i.low && i.low <= p && p <= i.high && i.high <= 1);
            expect_near("mirror", mirror.low, 1 - i.high, 1e-12);
            for (int more = 3 * n; more > 0; more /= 2) {
                i = wilson_interval(x, n, n + more, 0.95);
                ck_assert_msg(i.low <= p && p <= i.high && i.high - i.low <= width + 1e-15,
                              "%d/%d of %d: %.17g to %.17g", x, n, n + more, i.low, i.high);
                width = i.high - i.low;
            }
            i = wilson_interval(x, n, n, 0.95);
            expect_near("all answered", i.low, p, 1e-15);
            expect_near("all answered", i.high, p, 1e-15);
        }
}
END_TEST

START_TEST(proportions_that_are_none)
{
    static const double cases[][4] = {{-1, 5, 0, 0.95},  {6, 5, 0, 0.95},       {0, 0, 0, 0.95},
                                      {1, 5, 4, 0.95},   {1, 5, 0, 0},          {1, 5, 0, 1},
                                      {NAN, 5, 0, 0.95}, {1, NAN, 0, 0.95},     {1, 5, NAN, 0.95},
                                      {1, 5, 0, NAN},    {1, INFINITY, 0, 0.95}};
    gsl_error_handler_t *handler = gsl_set_error_handler(NULL); /* GSL's own, which aborts */
    for (size_t c = 0; c < LENGTH(cases); c++) {
        proportion_interval i = wilson_interval(cases[c][0], cases[c][1], cases[c][2], cases[c][3]);
        ck_assert_msg(isnan(i.low) && isnan(i.high), "case %zu has an interval", c);
    }
    gsl_set_error_handler(handler);
    ck_assert_double_nan(proportion_worst_case(1, 5, 4).low);
    ck_assert_double_nan(proportion_worst_case(6, 5, 10).high);
    ck_assert_double_eq(proportion_worst_case(2, 5, 5).high, 0.4);
}
END_TEST

Suite *adjust_suite(void)
{
    Suite *suite = suite_create("adjust");
    TCase *tests = tcase_create("adjust");
    tcase_add_test(tests, quantiles_of_r);
    tcase_add_test(tests, quantiles_of_numbers_in_any_order);
    tcase_add_test(tests, quantiles_at_the_edges);
    tcase_add_test(tests, adjusted_as_by_r);
    tcase_add_test(tests, adjusting_without_memory);
    tcase_add_test(tests, wilson_as_by_r);
    tcase_add_test(tests, reference_proportions);
    tcase_add_test(tests, wilson_properties);
    tcase_add_test(tests, proportions_that_are_none);
    suite_add_tcase(suite, tests);
    return suite;
}
