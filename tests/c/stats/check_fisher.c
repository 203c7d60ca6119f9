/* The F distribution against R's pf and qf, whose quantiles R's script polishes
 * (tests/golden/stats), against closed forms, and forth and back. */
#include <math.h>

#include "golden_rows.h"
#include "stats/distributions/fisher.h"
#include "support.h"

Suite *fisher_suite(void);

static void expect_relative(const char *name, double got, double wanted, double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted), "%s: %.17g, expected %.17g", name,
                  got, wanted);
}

START_TEST(quantiles_and_tails_against_r)
{
    golden_rows g = golden_read("fisher.csv");
    ck_assert_uint_gt(g.rows, 500);
    for (size_t r = 0; r < g.rows; r++) {
        double upper = golden_number(&g, r, 0), above = golden_number(&g, r, 1),
               below = golden_number(&g, r, 2);
        double quantile = golden_number(&g, r, 3);
        char name[96];
        snprintf(name, sizeof name, "quantile above %g, df %g and %g", upper, above, below);
        expect_relative(name, fisher_quantile(upper, above, below), quantile, 1e-10);
        expect_relative(name, fisher_lower(quantile / 2, above, below), golden_number(&g, r, 4),
                        1e-10);
        expect_relative(name, fisher_upper(quantile * 2, above, below), golden_number(&g, r, 5),
                        1e-10);
    }
    golden_free(&g);
}
END_TEST

/* With two degrees of freedom either tail is a power. */
START_TEST(closed_forms)
{
    for (double df = 0.3; df < 1e9; df *= 3)
        for (double f = 1e-6; f < 1e6; f *= 7) {
            expect_relative("upper, 2 above", fisher_upper(f, 2, df),
                            exp(-df / 2 * log1p(2 * f / df)), 1e-12);
            expect_relative("lower, 2 below", fisher_lower(f, df, 2),
                            exp(-df / 2 * log1p(2 / (f * df))), 1e-12);
            double whole = fisher_upper(f, df, 7) + fisher_lower(f, df, 7);
            ck_assert_msg(fabs(whole - 1) < 1e-12, "f %g, df %g: the tails add up to %.17g", f, df,
                          whole);
        }
    for (double df = 0.3; df < 1e9; df *= 3)
        expect_relative("median of equals", fisher_quantile(0.5, df, df), 1, 1e-12);
}
END_TEST

START_TEST(forth_and_back)
{
    static const double uppers[] = {1e-12, 1e-6, 0.001, 0.0249, 0.05, 0.3, 0.5};
    for (double above = 0.7; above < 1e8; above *= 11)
        for (double below = 0.7; below < 1e8; below *= 11)
            for (size_t i = 0; i < LENGTH(uppers); i++) {
                double f = fisher_quantile(uppers[i], above, below);
                expect_relative("upper of quantile", fisher_upper(f, above, below), uppers[i],
                                1e-10);
                expect_relative("1/F", fisher_quantile(1 - uppers[i], below, above) * f, 1,
                                uppers[i] < 0.01 ? 1e-3 : 1e-12);
            }
}
END_TEST

START_TEST(ends_and_nonsense)
{
    ck_assert(fisher_upper(0, 3, 4) == 1 && fisher_lower(0, 3, 4) == 0);
    ck_assert(fisher_upper(INFINITY, 3, 4) == 0 && fisher_lower(INFINITY, 3, 4) == 1);
    ck_assert(isnan(fisher_upper(-1, 3, 4)) && isnan(fisher_upper(NAN, 3, 4))
              && isnan(fisher_lower(1, 0, 4)));
    ck_assert(isnan(fisher_upper(1, 3, INFINITY)) && isnan(fisher_upper(1, NAN, 4))
              && isnan(fisher_lower(1, 3, -1)));
    ck_assert(isnan(fisher_quantile(0, 3, 4)) && isnan(fisher_quantile(1, 3, 4))
              && isnan(fisher_quantile(NAN, 3, 4)));
    ck_assert(isnan(fisher_quantile(0.5, 0, 4)) && isnan(fisher_quantile(0.5, 4, NAN)));
}
END_TEST

Suite *fisher_suite(void)
{
    Suite *suite = suite_create("fisher");
    TCase *all = tcase_create("fisher");
    tcase_set_timeout(all, 30);
    tcase_add_test(all, quantiles_and_tails_against_r);
    tcase_add_test(all, closed_forms);
    tcase_add_test(all, forth_and_back);
    tcase_add_test(all, ends_and_nonsense);
    suite_add_tcase(suite, all);
    return suite;
}
