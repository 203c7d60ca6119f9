/* Chi-square, Fisher's test and simulated p against R's chisq.test and fisher.test and against
 * exact distributions (tests/golden/stats), by hand, and where there is nothing to test. */
#include <math.h>

#include "golden_rows.h"
#include "stats/tests/contingency.h"
#include "support.h"

Suite *contingency_suite(void);

enum { MOST_COUNTS = 2000 };

static void expect_relative(const char *name, const char *what, double got, double wanted,
                            double tolerance)
{
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted) + 1e-300,
                  "%s, %s: %.17g, expected %.17g", name, what, got, wanted);
}

/* The counts of a row, which stand between blanks. */
static void read_counts(const char *cell, int64_t counts[MOST_COUNTS], size_t wanted)
{
    size_t count = 0;
    for (char *end; *cell; cell = end) {
        ck_assert_uint_lt(count, MOST_COUNTS);
        counts[count++] = strtoll(cell, &end, 10);
        end += *end == ' ';
    }
    ck_assert_uint_eq(count, wanted);
}

START_TEST(tests_against_r)
{
    golden_rows g = golden_read("contingency.csv");
    int fishers = 0;
    for (size_t r = 0; r < g.rows; r++) {
        int64_t counts[MOST_COUNTS];
        size_t rows = (size_t)golden_number(&g, r, 0), columns = (size_t)golden_number(&g, r, 1);
        const char *name = g.cells[r * g.columns + 2];
        chi_square_test test;
        read_counts(name, counts, rows * columns);
        test = contingency_chi_square(counts, rows, columns);
        expect_relative(name, "statistic", test.statistic, golden_number(&g, r, 3), 1e-12);
        ck_assert_double_eq(test.df, golden_number(&g, r, 4));
        expect_relative(name, "p", test.p, golden_number(&g, r, 5), 1e-10);
        expect_relative(name, "V", test.v, golden_number(&g, r, 6), 1e-12);
        expect_relative(name, "least expected", test.least_expected, golden_number(&g, r, 7),
                        1e-12);
        if (rows * columns != 4)
            continue;
        expect_relative(name, "Fisher", contingency_fisher(counts), golden_number(&g, r, 8), 1e-10);
        fishers++;
    }
    ck_assert_uint_eq(g.rows, 17);
    ck_assert_int_eq(fishers, 8);
    golden_free(&g);
}
END_TEST

/* Within four standard errors of the p that all tables of these margins give. */
START_TEST(simulation_against_exact_p)
{
    enum { REPLICATES = 20000 };
    golden_rows g = golden_read("contingency.csv");
    int seen = 0;
    for (size_t r = 0; r < g.rows; r++) {
        int64_t counts[MOST_COUNTS], turned[MOST_COUNTS];
        size_t rows = (size_t)golden_number(&g, r, 0), columns = (size_t)golden_number(&g, r, 1);
        double wanted = golden_number(&g, r, 9), p, room, again;
        if (isnan(wanted))
            continue;
        read_counts(g.cells[r * g.columns + 2], counts, rows * columns);
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++)
                turned[j * rows + i] = counts[i * columns + j];
        room = 4 * sqrt(wanted * fabs(1 - wanted) / REPLICATES) + 1.0 / REPLICATES;
        ck_assert_int_eq(contingency_simulate(counts, rows, columns, REPLICATES, 7, &p, NULL),
                         RELCOORD_OK);
        ck_assert_msg(fabs(p - wanted) <= room, "%s: %.6f, expected %.6f",
                      g.cells[r * g.columns + 2], p, wanted);
        ck_assert_int_eq(contingency_simulate(counts, rows, columns, REPLICATES, 7, &again, NULL),
                         RELCOORD_OK);
        ck_assert_double_eq(p, again);
        ck_assert_int_eq(contingency_simulate(turned, columns, rows, REPLICATES, 8, &p, NULL),
                         RELCOORD_OK);
        ck_assert_msg(fabs(p - wanted) <= room, "%s, turned: %.6f, expected %.6f",
                      g.cells[r * g.columns + 2], p, wanted);
        seen++;
    }
    ck_assert_int_eq(seen, 8);
    golden_free(&g);
}
END_TEST

/* Where chi-square holds, the simulated p is its p; seeds draw other tables. */
START_TEST(simulation_of_large_tables)
{
    static const int64_t counts[] = {1210, 1300, 1160, 1290, 1170, 1190, 1260, 1290};
    chi_square_test test = contingency_chi_square(counts, 4, 2);
    double p, other;
    ck_assert_int_eq(contingency_simulate(counts, 4, 2, 4000, 1, &p, NULL), RELCOORD_OK);
    ck_assert_int_eq(contingency_simulate(counts, 4, 2, 4000, 2, &other, NULL), RELCOORD_OK);
    ck_assert_msg(fabs(p - test.p) < 4 * sqrt(test.p * (1 - test.p) / 4000),
                  "%.6f, chi-square's is %.6f", p, test.p);
    ck_assert_double_ne(p, other);
}
END_TEST

/* Rows and columns without a count are no categories. */
START_TEST(empty_rows_do_not_count)
{
    static const int64_t full[] = {40, 10, 30, 20, 25, 5},
                         gaps[] = {40, 0, 10, 0, 0, 0, 30, 0, 20, 25, 0, 5};
    chi_square_test wanted = contingency_chi_square(full, 3, 2),
                    got = contingency_chi_square(gaps, 4, 3);
    double p, gaps_p;
    ck_assert_double_eq(got.statistic, wanted.statistic);
    ck_assert_double_eq(got.df, 2);
    ck_assert_double_eq(got.v, wanted.v);
    ck_assert_double_eq(got.least_expected, wanted.least_expected);
    ck_assert_int_eq(contingency_simulate(full, 3, 2, 500, 3, &p, NULL), RELCOORD_OK);
    ck_assert_int_eq(contingency_simulate(gaps, 4, 3, 500, 3, &gaps_p, NULL), RELCOORD_OK);
    ck_assert_double_eq(gaps_p, p);
}
END_TEST

START_TEST(nothing_to_test)
{
    static const int64_t tables[][4] = {{5, 0, 7, 0}, {0, 0, 3, 4}, {0, 0, 0, 0}, {1, 0, 0, 0}};
    for (size_t i = 0; i < LENGTH(tables); i++) {
        chi_square_test test = contingency_chi_square(tables[i], 2, 2);
        double p = 0;
        ck_assert(isnan(test.statistic) && isnan(test.df) && isnan(test.p) && isnan(test.v)
                  && isnan(test.least_expected));
        ck_assert_int_eq(contingency_simulate(tables[i], 2, 2, 50, 1, &p, NULL), RELCOORD_OK);
        ck_assert(isnan(p));
    }
    ck_assert_double_eq(contingency_fisher(tables[0]), 1); /* the only table of its margins */
    ck_assert_double_eq(contingency_fisher(tables[2]), 1);
}
END_TEST

START_TEST(memory_runs_out)
{
    static const int64_t counts[] = {4, 1, 2, 3};
    relcoord_error e = {0};
    double p = -1;
    heap_start();
    heap_fail(1, 1);
    ck_assert_int_eq(contingency_simulate(counts, 2, 2, 50, 1, &p, &e), RELCOORD_ENOMEM);
    ck_assert_int_eq(e.status, RELCOORD_ENOMEM);
    ck_assert_double_eq(p, -1);
    ck_assert_int_eq(heap_alive(), 0);
}
END_TEST

Suite *contingency_suite(void)
{
    Suite *suite = suite_create("contingency");
    TCase *c = tcase_create("contingency");
    tcase_add_checked_fixture(c, NULL, heap_stop);
    tcase_add_test(c, tests_against_r);
    tcase_add_test(c, simulation_against_exact_p);
    tcase_add_test(c, simulation_of_large_tables);
    tcase_add_test(c, empty_rows_do_not_count);
    tcase_add_test(c, nothing_to_test);
    tcase_add_test(c, memory_runs_out);
    suite_add_tcase(suite, c);
    return suite;
}
