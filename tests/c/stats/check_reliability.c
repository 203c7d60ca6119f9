/* Reliability against R's psych and lavaan (tests/golden/stats/reliability.R), and scales worked by
 * hand. */
#include "golden_rows.h"
#include "stats/reliability/reliability.h"
#include "stats/reliability/two_level.h"

Suite *reliability_suite(void);

enum { MOST = 16 };
static const double closed = 1e-10, iterated = 1e-6;

static golden_rows golden;

static void read_golden(void)
{
    golden = golden_read("reliability.csv");
}

static void drop_golden(void)
{
    golden_free(&golden);
}

/* The first row of a block, whose rows follow each other by index. */
static size_t find_block(const char *of, const char *name)
{
    for (size_t r = 0; r < golden.rows; r++)
        if (strcmp(golden.cells[r * 4], of) == 0 && strcmp(golden.cells[r * 4 + 1], name) == 0)
            return r;
    ck_abort_msg("reliability.csv has no %s of %s", name, of);
    return 0;
}

static size_t block_length(const char *of, const char *name)
{
    size_t first = find_block(of, name), end = first;
    while (end < golden.rows && strcmp(golden.cells[end * 4], of) == 0
           && strcmp(golden.cells[end * 4 + 1], name) == 0)
        end++;
    return end - first;
}

static double golden_at(const char *of, const char *name, size_t index)
{
    size_t row = find_block(of, name) + index;
    ck_assert_msg(index < block_length(of, name) && golden_number(&golden, row, 2) == (double)index,
                  "%s of %s: no %zu", name, of, index);
    return golden_number(&golden, row, 3);
}

/* Relative to the wanted value alone: small coefficients are no excuse. */
static void expect_golden(const char *of, const char *name, size_t index, double got,
                          double tolerance)
{
    double wanted = golden_at(of, name, index);
    ck_assert_msg(fabs(got - wanted) <= tolerance * fabs(wanted) || (isnan(got) && isnan(wanted)),
                  "%s, %s[%zu]: %.17g, expected %.17g (%g relative)", of, name, index, got, wanted,
                  fabs(got / wanted - 1));
}

static void expect_lower(const char *of, const char *name, const double *matrix, size_t k,
                         double tolerance)
{
    ck_assert_uint_eq(block_length(of, name), k * (k + 1) / 2);
    for (size_t i = 0, pair = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, pair++) {
            expect_golden(of, name, pair, matrix[i * k + j], tolerance);
            ck_assert(matrix[i * k + j] == matrix[j * k + i]);
        }
}

static double *golden_values(const char *of, const char *name, double divisor)
{
    size_t length = block_length(of, name), first = find_block(of, name);
    double *values = malloc(length * sizeof *values);
    ck_assert_ptr_nonnull(values);
    for (size_t i = 0; i < length; i++)
        values[i] = golden_number(&golden, first + i, 3) / divisor;
    return values;
}

static covariances covariances_by_name(const char *of, size_t k, double divisor, covariance_use use)
{
    covariances c;
    double *values = golden_values(of, "answers", divisor);
    ck_assert(covariances_of_values(values, block_length(of, "answers") / k, k, use, &c));
    free(values);
    return c;
}

static covariances covariances_by_sums(const char *of, size_t k)
{
    covariances c;
    pair_sums sums[MOST * MOST];
    double *s = golden_values(of, "sums", 1), *from = s + 1;
    for (size_t p = 0; p < k * (k + 1) / 2; p++, from += 5)
        sums[p] = (pair_sums){(int64_t)*s,      (int64_t)from[0], (int64_t)from[1],
                              (int64_t)from[2], (int64_t)from[3], (int64_t)from[4]};
    ck_assert(covariances_of_sums(sums, k, 1, &c));
    free(s);
    return c;
}

/* ---- Against R ---- */

static const struct {
    const char *of;
    size_t k;
    int64_t n;
    double divisor; /* 0: sums */
} sets[] = {{"leadership", 11, 2042, 0}, {"significance", 3, 2042, 0}, {"hostility", 5, 2042, 0},
            {"support", 11, 5400, 0},    {"invented", 7, 60, 1},       {"against", 4, 60, 1},
            {"thirds", 4, 40, 3}};

static covariances set_covariances(int set)
{
    covariances c = sets[set].divisor > 0 ? covariances_by_name(
                        sets[set].of, sets[set].k, sets[set].divisor, COVARIANCE_LISTWISE)
                                          : covariances_by_sums(sets[set].of, sets[set].k);
    ck_assert_int_eq(c.n[0], sets[set].n);
    return c;
}

START_TEST(coefficients_and_intervals)
{
    covariances c = set_covariances(_i);
    const char *of = sets[_i].of;
    size_t k = sets[_i].k;
    int64_t n = sets[_i].n;
    double work[MOST * MOST];
    coefficient alpha = reliability_alpha(c.covariance, k, n);
    expect_golden(of, "alpha", 0, alpha.value, closed);
    ck_assert_uint_eq(alpha.notes, alpha.value < 0 ? RELIABILITY_NEGATIVE : 0);
    ck_assert_uint_eq(alpha.item, k);
    expect_golden(of, "alpha_std", 0, reliability_alpha(c.correlation, k, n).value, closed);
    expect_golden(of, "average_r", 0, reliability_inter_item(c.correlation, k).mean, closed);
    expect_golden(of, "lambda2", 0, reliability_lambda2(c.covariance, k, n).value, closed);
    expect_golden(of, "lambda2_std", 0, reliability_lambda2(c.correlation, k, n).value, closed);
    expect_golden(of, "lambda6", 0, reliability_lambda6(c.covariance, k, n, work).value, closed);
    expect_golden(of, "lambda6_std", 0, reliability_lambda6(c.correlation, k, n, work).value,
                  closed);

    alpha_interval d = alpha_interval_duhachek(c.covariance, k, n, 0.95);
    expect_golden(of, "se", 0, d.se, closed);
    expect_golden(of, "se_std", 0, alpha_interval_duhachek(c.correlation, k, n, 0.95).se, closed);
    expect_golden(of, "duhachek", 0, d.low, closed);
    expect_golden(of, "duhachek", 1, d.high, closed);
    alpha_interval f = alpha_interval_feldt(alpha.value, k, n, 0.95),
                   wide = alpha_interval_feldt(alpha.value, k, n, 0.99);
    expect_golden(of, "feldt_95", 0, f.low, closed);
    expect_golden(of, "feldt_95", 1, f.high, closed);
    expect_golden(of, "feldt_99", 0, wide.low, closed);
    expect_golden(of, "feldt_99", 1, wide.high, closed);
    covariances_free(&c);
}
END_TEST

START_TEST(covariances_of_values_and_sums)
{
    static const int with_matrices[] = {1, 4, 6};
    int set = with_matrices[_i];
    covariances c = set_covariances(set);
    expect_lower(sets[set].of, "covariance", c.covariance, sets[set].k, closed);
    expect_lower(sets[set].of, "correlation", c.correlation, sets[set].k, closed);
    covariances_free(&c);
}
END_TEST

START_TEST(items_of_a_scale)
{
    covariances c = set_covariances(_i);
    const char *of = sets[_i].of;
    size_t k = sets[_i].k;
    double work[MOST * (MOST + 5)], smc[MOST];
    item_statistics items[MOST];
    reliability_items(&c, work, items);
    ck_assert(reliability_multiple_correlations(c.correlation, k, work, smc));
    for (size_t j = 0; j < k; j++) {
        ck_assert_int_eq(items[j].n, sets[_i].n);
        ck_assert(!items[j].constant && items[j].against == (golden_at(of, "item_rest", j) < 0));
        expect_golden(of, "mean", j, items[j].mean, closed);
        expect_golden(of, "sd", j, items[j].sd, closed);
        expect_golden(of, "item_total", j, items[j].item_total, closed);
        expect_golden(of, "item_rest", j, items[j].item_rest, closed);
        expect_golden(of, "alpha_dropped", j, items[j].alpha_dropped, closed);
        expect_golden(of, "multiple", j, items[j].multiple, closed);
        expect_golden(of, "multiple", j, smc[j], closed);
    }
    covariances_free(&c);
}
END_TEST

/* Where k is odd, psych visits half of the splits: 18 of 35 of seven items. It is right where k is
 * even. */
START_TEST(split_halves_over_all_splits)
{
    covariances c = set_covariances(_i);
    const char *of = sets[_i].of, *names[] = {"lambda4", "lambda4_std"},
               *psych[] = {"psych_lambda4", "psych_lambda4_std"};
    for (int std = 0; std < 2; std++) {
        split_halves h = reliability_split_halves(std ? c.correlation : c.covariance, sets[_i].k,
                                                  sets[_i].n);
        expect_golden(of, names[std], 0, (double)h.splits, 0);
        expect_golden(of, names[std], 1, h.least, closed);
        expect_golden(of, names[std], 2, h.mean, closed);
        expect_golden(of, names[std], 3, h.largest, closed);
        ck_assert_uint_eq(h.notes, h.least < 0 ? RELIABILITY_NEGATIVE : 0);
        if (sets[_i].k % 2 == 0) {
            expect_golden(of, psych[std], 0, (double)h.splits, 0);
            expect_golden(of, psych[std], 2, h.mean, closed);
        } else {
            ck_assert(golden_at(of, psych[std], 0) < (double)h.splits);
            ck_assert(fabs(golden_at(of, psych[std], 2) - h.mean) > 1e-5);
        }
    }
    covariances_free(&c);
}
END_TEST

START_TEST(missing_answers)
{
    static const char *const cases[] = {"listwise", "pairwise"};
    covariances c = covariances_by_name("holes", 7, 1,
                                        _i == 0 ? COVARIANCE_LISTWISE : COVARIANCE_PAIRWISE);
    double standardised[49];
    expect_lower(cases[_i], "covariance", c.covariance, 7, closed);
    expect_lower(cases[_i], "correlation", c.correlation, 7, closed);
    for (size_t i = 0, pair = 0; i < 7; i++)
        for (size_t j = 0; j <= i; j++, pair++)
            expect_golden(cases[_i], "n", pair, (double)c.n[i * 7 + j], 0);
    ck_assert_int_eq(c.cases, 60);
    ck_assert_int_eq(c.complete, (int64_t)golden_at("listwise", "n", 0));
    expect_golden(cases[_i], "alpha", 0, reliability_alpha(c.covariance, 7, c.complete).value,
                  closed);
    /* psych standardises the pairwise covariances; ours is the mean of the correlations of each
     * pair's own cases */
    expect_golden(cases[_i], "alpha_std", 0, reliability_alpha(c.correlation, 7, c.complete).value,
                  closed);
    covariance_standardise(c.covariance, 7, standardised);
    expect_golden(cases[_i], "alpha_std_of_covariances", 0,
                  reliability_alpha(standardised, 7, c.complete).value, closed);
    covariances_free(&c);
}
END_TEST

START_TEST(within_and_between_groups)
{
    static const char *const cases[] = {"uneven", "even"};
    const char *of = cases[_i];
    double *values = golden_values(of, "answers", 3), *numbers = golden_values(of, "groups", 1);
    size_t rows = block_length(of, "groups");
    uint32_t *groups = malloc(rows * sizeof *groups);
    ck_assert_ptr_nonnull(groups);
    for (size_t r = 0; r < rows; r++)
        groups[r] = (uint32_t)numbers[r];
    two_level t;
    ck_assert(
        two_level_of_values(values, rows, 4, groups, 30, &t)); /* some of 30 groups are empty */
    ck_assert_int_eq(t.cases, (int64_t)rows);
    ck_assert_int_eq(t.groups, _i == 0 ? 15 : 25);
    expect_golden(of, "n0", 0, t.n0, closed);
    expect_lower(of, "within", t.within, 4, closed);
    expect_lower(of, "between", t.between, 4, closed);
    expect_golden(of, "alpha_within", 0, two_level_alpha_within(&t).value, closed);
    expect_golden(of, "alpha_between", 0, two_level_alpha_between(&t).value, closed);
    if (_i == 1) { /* lavaan's are of maximum likelihood, whose matrix of means has the divisor G */
        expect_lower(of, "ml_within", t.within, 4, iterated);
        for (size_t i = 0; i < 16; i++)
            t.between[i] = (24.0 / 25 * (6 * t.between[i] + t.within[i]) - t.within[i]) / 6;
        expect_lower(of, "ml_between", t.between, 4, iterated);
    }
    two_level_free(&t);
    free(groups);
    free(numbers);
    free(values);
}
END_TEST

/* ---- By hand ---- */

/* Feldt's interval for an alpha of .79, 26 items, 41 persons, to the digits that R's qf gives
 * it. */
START_TEST(feldt_by_the_book)
{
    alpha_interval i = alpha_interval_feldt(0.79, 26, 41, 0.90);
    expect_near("low", i.low, 0.704675961486, 1e-12);
    expect_near("high", i.high, 0.861614452585, 1e-12);
    ck_assert(isnan(i.se));
    i = alpha_interval_feldt(1, 7, 10, 0.95);
    ck_assert(i.low == 1 && i.high == 1);
    ck_assert(isnan(alpha_interval_feldt(0.5, 7, 2, 0.95).low)
              && isnan(alpha_interval_feldt(0.5, 1, 20, 0.95).high));
    ck_assert(isnan(alpha_interval_feldt(NAN, 7, 20, 0.95).low)
              && isnan(alpha_interval_feldt(0.5, 7, 20, 1).low));
}
END_TEST

/* Variances 2 and 3, covariance 1: V_T = 7, alpha = 2 (2/7), each lambda by its definition. */
START_TEST(two_items)
{
    static const double v[] = {2, 1, 1, 3};
    double work[4];
    expect_near("alpha", reliability_alpha(v, 2, 10).value, 4.0 / 7, 1e-15);
    expect_near("lambda2", reliability_lambda2(v, 2, 10).value, 4.0 / 7, 1e-15);
    expect_near("lambda6", reliability_lambda6(v, 2, 10, work).value,
                1 - (2 - 1.0 / 3 + 3 - 0.5) / 7, 1e-15);
    split_halves h = reliability_split_halves(v, 2, 10);
    ck_assert(h.splits == 1 && h.least_half == 1 && h.largest_half == 1);
    expect_near("lambda4", h.mean, 4.0 / 7, 1e-15);
    /* 4 / (1 * 343) * 2 * (7 (4+9+2+25) - 2*5*(9+16)) = 8 * 30 / 343 */
    expect_near("se", alpha_interval_duhachek(v, 2, 10, 0.95).se, sqrt(8 * 30.0 / 343 / 10), 1e-15);
}
END_TEST

START_TEST(number_of_splits)
{
    static const int64_t splits[] = {1, 3, 3, 10, 10, 35, 35, 126, 126, 462, 462, 1716, 1716};
    double v[15 * 15];
    for (size_t k = 2; k <= 14; k++) {
        for (size_t i = 0; i < k * k; i++)
            v[i] = i % (k + 1) == 0 ? 1 : 0.5;
        split_halves h = reliability_split_halves(v, k, 10);
        double halves = (double)(k / 2), other = (double)(k - k / 2),
               all = (double)k + (double)(k * (k - 1)) / 2;
        ck_assert_int_eq(h.splits, splits[k - 2]);
        expect_near("least", h.least, 4 * halves * other * 0.5 / all, 1e-14);
        expect_near("mean", h.mean, h.least, 1e-14);
        expect_near("largest", h.largest, h.least, 1e-14);
    }
    split_halves h = reliability_split_halves((double[9]){2, 1, 1, 1, 2, 1, 1, 1, 2}, 3, 10);
    ck_assert(h.least_half == 1 && h.largest_half == 1); /* the first of those that are equal */
    for (size_t i = 0; i < LENGTH(v); i++)
        v[i] = i % 16 == 0 ? 1 : 0.5;
    h = reliability_split_halves(v, 15, 10);
    ck_assert(isnan(h.mean) && (h.notes & RELIABILITY_MANY_ITEMS));
}
END_TEST

START_TEST(precision_of_a_score)
{
    measurement_error e = reliability_measurement_error(0.8, 0.75, 0.95);
    expect_near("sem", e.sem, 0.4, 1e-15);
    expect_near("detectable change", e.detectable_change,
                0.4 * 1.4142135623730951 * 1.9599639845400545, 1e-14);
    ck_assert(isnan(reliability_measurement_error(0.8, -0.1, 0.95).sem));
    ck_assert(isnan(reliability_measurement_error(NAN, 0.5, 0.95).sem));

    end_shares s = reliability_end_shares(15, 16, 100);
    ck_assert(s.floor == 0.15 && !s.floor_high && s.ceiling == 0.16 && s.ceiling_high);
    ck_assert(isnan(reliability_end_shares(0, 0, 0).floor));
}
END_TEST

Suite *reliability_suite(void)
{
    Suite *suite = suite_create("reliability");
    TCase *oracle = tcase_create("against R");
    tcase_add_unchecked_fixture(oracle, read_golden, drop_golden);
    tcase_add_loop_test(oracle, coefficients_and_intervals, 0, (int)LENGTH(sets));
    tcase_add_loop_test(oracle, covariances_of_values_and_sums, 0, 3);
    tcase_add_loop_test(oracle, items_of_a_scale, 0, (int)LENGTH(sets));
    tcase_add_loop_test(oracle, split_halves_over_all_splits, 0, (int)LENGTH(sets));
    tcase_add_loop_test(oracle, missing_answers, 0, 2);
    tcase_add_loop_test(oracle, within_and_between_groups, 0, 2);
    suite_add_tcase(suite, oracle);

    TCase *hand = tcase_create("by hand");
    tcase_add_test(hand, feldt_by_the_book);
    tcase_add_test(hand, two_items);
    tcase_add_test(hand, number_of_splits);
    tcase_add_test(hand, precision_of_a_score);
    suite_add_tcase(suite, hand);
    return suite;
}
