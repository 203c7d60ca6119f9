/* Scales that other tools score in silence, wrongly or not at all: each has a value or a note that
 * says why not. */
#include <math.h>

#include "stats/reliability/reliability.h"
#include "stats/reliability/two_level.h"
#include "support.h"

Suite *reliability_faults_suite(void);

static covariances covariances_made(const double *values, size_t rows, size_t k)
{
    covariances c;
    ck_assert(covariances_of_values(values, rows, k, COVARIANCE_PAIRWISE, &c));
    return c;
}

/* The third item does not vary; the fourth case has no answer at all. */
START_TEST(constant_item)
{
    static const double answers[] = {1, 2, 4, 3, 3, 4, 4, 5, 4, NAN, NAN, NAN, 5, 3, 4};
    double work[24];
    item_statistics items[3];
    covariances c = covariances_made(answers, 5, 3);
    ck_assert_int_eq(c.cases, 4);
    coefficient alpha = reliability_alpha(c.covariance, 3, 4);
    double two[] = {c.covariance[0], c.covariance[1], c.covariance[3], c.covariance[4]};
    ck_assert(alpha.notes == RELIABILITY_CONSTANT_ITEM && alpha.item == 2);
    expect_near("raw alpha", alpha.value, reliability_alpha(two, 2, 4).value * (3.0 / 2) / 2,
                1e-14);
    ck_assert(reliability_lambda2(c.covariance, 3, 4).value > alpha.value);
    ck_assert(reliability_split_halves(c.covariance, 3, 4).item == 2);

    coefficient none[] = {
        reliability_alpha(c.correlation, 3, 4), reliability_lambda6(c.covariance, 3, 4, work),
        reliability_lambda2(c.correlation, 3, 4), reliability_lambda6(c.correlation, 3, 4, work)};
    for (size_t i = 0; i < LENGTH(none); i++)
        ck_assert_msg(isnan(none[i].value) && none[i].notes == RELIABILITY_CONSTANT_ITEM
                          && none[i].item == 2,
                      "%zu: %g, notes %u, item %zu", i, none[i].value, none[i].notes, none[i].item);
    reliability_items(&c, work, items);
    ck_assert(items[2].constant && isnan(items[2].item_rest) && isnan(items[2].item_total)
              && items[2].sd == 0);
    ck_assert(!items[0].constant && items[0].item_rest > 0 && isnan(items[0].multiple));
    ck_assert(isnan(reliability_inter_item(c.correlation, 3).mean));
    covariances_free(&c);
}
END_TEST

/* Nothing but the turned item is named. */
START_TEST(turned_item)
{
    static const double answers[] = {1, 2, 5, 2, 2, 4, 3, 3, 3, 4, 5, 1, 5, 4, 1, 2, 1, 5};
    double work[24];
    item_statistics items[3];
    covariances c = covariances_made(answers, 6, 3);
    coefficient alpha = reliability_alpha(c.covariance, 3, 6);
    ck_assert(alpha.value < 0 && alpha.notes == RELIABILITY_NEGATIVE);
    ck_assert(isnan(reliability_measurement_error(1, alpha.value, 0.95).sem));
    reliability_items(&c, work, items);
    ck_assert(items[2].against && items[2].item_rest < -0.9 && items[2].alpha_dropped > 0.8);
    covariances_free(&c);
}
END_TEST

/* The third item takes back what the others say, in numbers that doubles do not hold exactly: what
 * rounding leaves of the sum is no variance. */
START_TEST(items_that_cancel)
{
    uint64_t seed = 1;
    for (int round = 0; round < rounds(200); round++) {
        double answers[30], work[24];
        item_statistics items[3];
        for (size_t r = 0; r < 10; r++) {
            double x = (double)random_below(&seed, 50) / 10 + 0.1,
                   y = (double)random_below(&seed, 50) / 7;
            answers[r * 3] = x;
            answers[r * 3 + 1] = y;
            answers[r * 3 + 2] = 0.3 - x - y;
        }
        covariances c = covariances_made(answers, 10, 3);
        coefficient alpha = reliability_alpha(c.covariance, 3, 10);
        ck_assert_msg(isnan(alpha.value) && alpha.notes == RELIABILITY_NO_VARIANCE, "round %d: %g",
                      round, alpha.value);
        reliability_items(&c, work, items);
        for (size_t j = 0; j < 3; j++)
            ck_assert(isnan(items[j].item_total) && fabs(items[j].item_rest + 1) < 1e-12
                      && isnan(items[j].multiple));
        covariances_free(&c);
    }
}
END_TEST

/* Four cases of six items: alpha there is, what takes an inverse is not. */
START_TEST(fewer_cases_than_items)
{
    static const double answers[] = {1, 2, 1, 3, 2, 1, 3, 3, 4, 3, 5, 2,
                                     4, 5, 4, 4, 4, 5, 5, 4, 5, 5, 4, 4};
    double work[66];
    item_statistics items[6];
    covariances c = covariances_made(answers, 4, 6);
    ck_assert(reliability_alpha(c.covariance, 6, 4).value > 0.8);
    coefficient lambda6 = reliability_lambda6(c.covariance, 6, 4, work);
    ck_assert(isnan(lambda6.value) && lambda6.notes == RELIABILITY_SINGULAR);
    reliability_items(&c, work, items);
    ck_assert(isnan(items[3].multiple) && items[3].item_rest > 0.5);
    covariances_free(&c);
}
END_TEST

START_TEST(too_little_for_a_value)
{
    static const double one[] = {2}, apart[] = {1.5, -1.5, -1.5, 1.5}, pair[] = {2, NAN, NAN, 1},
                        v[] = {2, 1, 1, 3};
    coefficient c = reliability_alpha(one, 1, 20);
    ck_assert(isnan(c.value) && c.notes == RELIABILITY_FEW_ITEMS);
    c = reliability_alpha(one, 0, 0);
    ck_assert(isnan(c.value) && c.notes == (RELIABILITY_FEW_ITEMS | RELIABILITY_FEW_CASES));
    c = reliability_lambda2(v, 2, 2);
    ck_assert(isnan(c.value) && c.notes == RELIABILITY_FEW_CASES);
    c = reliability_alpha(apart, 2, 20); /* x and 6 - x */
    ck_assert(isnan(c.value) && c.notes == RELIABILITY_NO_VARIANCE);
    ck_assert(isnan(alpha_interval_duhachek(apart, 2, 20, 0.95).se));
    c = reliability_alpha(pair, 2, 20);
    ck_assert(isnan(c.value) && c.notes == RELIABILITY_EMPTY_PAIR && c.item == 0);
    ck_assert(isnan(reliability_split_halves(one, 1, 20).mean));
    c = reliability_alpha((double[4]){0}, 2, 20);
    ck_assert(isnan(c.value) && c.notes == (RELIABILITY_CONSTANT_ITEM | RELIABILITY_NO_VARIANCE)
              && c.item == 0);
}
END_TEST

/* Groups that are all alike inside, all alike outside, of one, and only one. */
START_TEST(groups_without_a_level)
{
    static const double inside[] = {0.1, 0.3, 0.1, 0.3, 0.1, 0.3, 0.7,
                                    0.2, 0.7, 0.2, 0.4, 0.9, 0.4, 0.9};
    static const double outside[] = {1, 2, 3, 5, 3, 5, 1, 2, 1, 2, 3, 5};
    static const uint32_t threes[] = {0, 0, 0, 1, 1, 2, 2}, twos[] = {0, 0, 1, 1, 2, 2},
                          ones[] = {0, 1, 2, 3, 4, 5, 6};
    two_level t;
    ck_assert(two_level_of_values(inside, 7, 2, threes, 3, &t));
    ck_assert(t.within[0] == 0 && t.within[1] == 0 && t.within[3] == 0 && t.between[0] > 0);
    ck_assert(two_level_alpha_within(&t).notes
              == (RELIABILITY_CONSTANT_ITEM | RELIABILITY_NO_VARIANCE));
    two_level_free(&t);

    ck_assert(two_level_of_values(outside, 6, 2, twos, 3,
                                  &t)); /* means equal: between variances below 0 */
    ck_assert(t.between[0] < 0 && two_level_alpha_within(&t).value > 0.9);
    coefficient between = two_level_alpha_between(&t);
    ck_assert(isnan(between.value)
              && between.notes == (RELIABILITY_IMPROPER | RELIABILITY_NO_VARIANCE));
    two_level_free(&t);

    ck_assert(two_level_of_values(inside, 7, 2, ones, 7, &t));
    ck_assert(isnan(t.within[0]) && isnan(t.between[0]));
    ck_assert(two_level_alpha_between(&t).notes == RELIABILITY_FEW_CASES);
    ck_assert(two_level_alpha_within(&t).notes == RELIABILITY_FEW_CASES);
    two_level_free(&t);

    ck_assert(two_level_of_values(inside, 3, 2, threes, 1, &t));
    ck_assert(isnan(t.n0) && two_level_alpha_between(&t).notes == RELIABILITY_FEW_CASES);
    two_level_free(&t);
}
END_TEST

START_TEST(memory_that_runs_out)
{
    static const double values[] = {1, 2.5, 3, 4, 5, 6.5, 7, 8, 9, 10, 11, 12};
    static const uint32_t groups[] = {0, 0, 1, 1, 2, 2};
    bool done = false;
    for (int64_t fail = 1; !done; fail++) {
        two_level t;
        heap_start();
        heap_fail(fail, fail);
        done = two_level_of_values(values, 6, 2, groups, 3, &t);
        ck_assert(done || (!t.memory && !t.within));
        two_level_free(&t);
        ck_assert_int_eq(heap_alive(), 0);
        heap_stop();
        ck_assert_int_le(fail, 10);
    }
}
END_TEST

Suite *reliability_faults_suite(void)
{
    Suite *suite = suite_create("reliability_faults");
    TCase *failures = tcase_create("faults");
    tcase_add_test(failures, constant_item);
    tcase_add_test(failures, turned_item);
    tcase_add_test(failures, items_that_cancel);
    tcase_add_test(failures, fewer_cases_than_items);
    tcase_add_test(failures, too_little_for_a_value);
    tcase_add_test(failures, groups_without_a_level);
    tcase_add_test(failures, memory_that_runs_out);
    suite_add_tcase(suite, failures);
    return suite;
}
