/* Covariances and correlations: exact for whole numbers in any order, as close as doubles allow for
 * others. R's values are in check_reliability.c; here the oracle is a naive formula in long
 * double. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "stats/numbers/covariance.h"
#include "support.h"

Suite *covariance_suite(void);

enum { ROWS = 500, ITEMS = 5 };

/* With holes; offset and step tell how large the numbers are and whether they are whole. */
static void invent(double *values, uint64_t seed, double offset, double step)
{
    for (size_t i = 0; i < ROWS * ITEMS; i++)
        values[i] = random_below(&seed, 10) == 0
                        ? NAN
                        : offset + step * (double)(random_below(&seed, 5) + i % ITEMS);
}

typedef struct naive_pair {
    int64_t n;
    long double xx, yy, xy;
} naive_pair;

static naive_pair naive_pair_of(const double *values, size_t i, size_t j)
{
    naive_pair p = {0, 0, 0, 0};
    long double x = 0, y = 0;
    for (const double *row = values; row != values + ROWS * ITEMS; row += ITEMS)
        if (!isnan(row[i]) && !isnan(row[j])) {
            x += row[i];
            y += row[j];
            p.n++;
        }
    for (const double *row = values; row != values + ROWS * ITEMS; row += ITEMS)
        if (!isnan(row[i]) && !isnan(row[j])) {
            long double dx = row[i] - x / (long double)p.n, dy = row[j] - y / (long double)p.n;
            p.xx += dx * dx;
            p.yy += dy * dy;
            p.xy += dx * dy;
        }
    return p;
}

/* Whether the naive formula knows more than the library: under valgrind a long double is a
 * double. */
static bool has_extended_precision(void)
{
    volatile long double one = 1, little = LDBL_EPSILON;
    return one + little != one && LDBL_EPSILON < DBL_EPSILON;
}

static const struct {
    double offset, step;
} sizes[] = {{0, 1},      {1, 420},      {-8000, 7}, {1e5, 1},   {0.1, 1.0 / 3},
             {1e6, 1e-3}, {-3e-9, 1e-9}, {0, 1e100}, {0, 1e-100}};

START_TEST(pairs_against_a_naive_formula)
{
    double values[ROWS * ITEMS], unit = sizes[_i].step * sizes[_i].step;
    covariances c;
    if (!has_extended_precision())
        return;
    invent(values, 7, sizes[_i].offset, sizes[_i].step);
    ck_assert(covariances_of_values(values, ROWS, ITEMS, COVARIANCE_PAIRWISE, &c));
    for (size_t i = 0; i < ITEMS; i++)
        for (size_t j = 0; j < ITEMS; j++) {
            naive_pair p = naive_pair_of(values, i, j);
            ck_assert_int_eq(c.n[i * ITEMS + j], p.n);
            expect_near("covariance", c.covariance[i * ITEMS + j] / unit,
                        (double)(p.xy / (long double)(p.n - 1) / unit), 1e-13);
            expect_near("correlation", c.correlation[i * ITEMS + j],
                        (double)(p.xy / sqrtl(p.xx * p.yy)), 1e-13);
            ck_assert(i != j || c.correlation[i * ITEMS + j] == 1);
        }
    covariances_free(&c);
}
END_TEST

/* Rows turned round and halves merged: the same bytes. */
START_TEST(whole_numbers_have_no_order)
{
    double values[ROWS * ITEMS], turned[ROWS * ITEMS];
    covariances c, d;
    invent(values, 3, 1, 1);
    for (size_t r = 0; r < ROWS; r++)
        memcpy(turned + r * ITEMS, values + (ROWS - 1 - r) * ITEMS, ITEMS * sizeof *values);
    for (covariance_use use = COVARIANCE_LISTWISE; use <= COVARIANCE_PAIRWISE; use++) {
        ck_assert(covariances_of_values(values, ROWS, ITEMS, use, &c));
        ck_assert(covariances_of_values(turned, ROWS, ITEMS, use, &d));
        ck_assert(memcmp(c.covariance, d.covariance, ITEMS * ITEMS * sizeof(double)) == 0);
        ck_assert(memcmp(c.correlation, d.correlation, ITEMS * ITEMS * sizeof(double)) == 0);
        ck_assert(memcmp(c.means, d.means, ITEMS * sizeof(double)) == 0);
        ck_assert(use == COVARIANCE_PAIRWISE || c.n[0] == c.complete);
        covariances_free(&c);
        covariances_free(&d);
    }

    pair_sums all = {0}, parts[2] = {{0}};
    for (int i = 0; i < 1000; i++) {
        pair_sums_add(&all, i % 7, i % 5);
        pair_sums_add(&parts[i % 3 == 0], i % 7, i % 5);
    }
    pair_sums_merge(&parts[0], &parts[1]);
    ck_assert(memcmp(&all, &parts[0], sizeof all) == 0);
}
END_TEST

/* So many answers that the numerator leaves 64 bits: variance of 1 and 5 in equal numbers is 4
 * n/(n-1). */
START_TEST(very_many_answers)
{
    for (int64_t n = 2000; n <= INT64_C(2000000000000000); n *= 10) {
        pair_sums s = {n, 3 * n, 3 * n, 13 * n, 13 * n, 5 * n}; /* the other item opposite */
        expect_near("covariance", pair_sums_covariance(&s, 1), -4 * (double)n / (double)(n - 1),
                    1e-15);
        ck_assert(pair_sums_correlation(&s) == -1);
        pair_sums odd = {n + 1,      3 * n + 1,  3 * n + 1,
                         13 * n + 1, 13 * n + 1, 5 * n + 1}; /* and one 1 of both */
        double wanted = (-4 + 4 / ((double)n + 1));          /* (-4 n + 4 n/(n+1)) / n */
        expect_near("odd covariance", pair_sums_covariance(&odd, 1), wanted, 1e-14);
    }
}
END_TEST

START_TEST(nothing_to_vary)
{
    static const double values[] = {0.1, 1,   NAN, 0.1, 2.5, NAN,      0.1, 3,
                                    4,   NAN, NAN, NAN, 0.1, INFINITY, NAN};
    covariances c;
    ck_assert(covariances_of_values(values, 5, 3, COVARIANCE_PAIRWISE, &c));
    ck_assert(c.cases == 4 && c.complete == 1 && c.n[0] == 4 && c.n[4] == 3 && c.n[8] == 1);
    ck_assert(c.covariance[0] == 0 && c.covariance[1] == 0 && isnan(c.correlation[1])
              && isnan(c.correlation[0]));
    ck_assert(isnan(c.covariance[8]) && isnan(c.covariance[5]) && c.means[0] == 0.1
              && c.means[2] == 4);
    covariances_free(&c);
    static const double apart[] = {0.1, 0.3, 0.1, 0.5,
                                   0.1, 0.2, 0.7, NAN}; /* the same where both are answered */
    ck_assert(covariances_of_values(apart, 4, 2, COVARIANCE_PAIRWISE, &c));
    ck_assert(c.covariance[0] > 0 && c.covariance[1] == 0 && isnan(c.correlation[1])
              && c.n[1] == 3);
    covariances_free(&c);
    ck_assert(covariances_of_values(values, 0, 3, COVARIANCE_LISTWISE, &c));
    ck_assert(c.cases == 0 && isnan(c.means[0]) && isnan(c.covariance[0]) && c.n[0] == 0);
    covariances_free(&c);
    ck_assert(covariances_of_values(values, 5, 0, COVARIANCE_LISTWISE, &c));
    covariances_free(&c);
}
END_TEST

START_TEST(memory_that_runs_out)
{
    static const double whole[] = {1, 2, 3, 4, 5, 6}, parts[] = {1.5, 2, 3, 4, 5, 6};
    for (int64_t fail = 1; fail <= 2; fail++)
        for (int i = 0; i < 2; i++) {
            covariances c;
            heap_start();
            heap_fail(fail, fail);
            ck_assert(!covariances_of_values(i ? parts : whole, 3, 2, COVARIANCE_LISTWISE, &c));
            ck_assert(!c.memory && !c.covariance);
            ck_assert_int_eq(heap_alive(), 0);
            heap_stop();
        }
}
END_TEST

Suite *covariance_suite(void)
{
    Suite *suite = suite_create("covariance");
    TCase *all = tcase_create("covariance");
    tcase_add_loop_test(all, pairs_against_a_naive_formula, 0, (int)LENGTH(sizes));
    tcase_add_test(all, whole_numbers_have_no_order);
    tcase_add_test(all, very_many_answers);
    tcase_add_test(all, nothing_to_vary);
    tcase_add_test(all, memory_that_runs_out);
    suite_add_tcase(suite, all);
    return suite;
}
