/* What agreement comes to by chance, against R's multilevel on our own draws
 * (tests/golden/stats/agreement.R) and against exact probabilities. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "golden_table.h"
#include "stats/agreement/chance.h"
#include "support.h"

Suite *chance_suite(void);

static const double correlations[9] = {1, 0.5, 0.4, 0.5, 1, 0.3, 0.4, 0.3, 1};

/* The plan of agreement_draws.csv: replicates 1 to 200 of eight raters. */
static chance_plan plan_draws(double factor[9])
{
    ck_assert(chance_factor(correlations, 3, factor));
    return (chance_plan){2009, 3, {1, 5}, NULL_UNIFORM, 2, factor};
}

/* The committed draws are ours, and R finds in them what we find. Should the stream of draws change
 * on purpose, the table is made anew from chance_answers, and R's figures with it. */
START_TEST(draws_against_multilevel)
{
    enum { COUNT = 200 };
    golden_rows wanted = golden_read("agreement.csv"), g = golden_read("agreement_draws.csv");
    double factor[9], rwg[COUNT], ad_mean[COUNT];
    chance_plan plan = plan_draws(factor);
    chance_draw draws[COUNT];
    static const uint32_t eight[] = {8};
    ck_assert_uint_eq(g.rows, COUNT);
    ck_assert(chance_replicate(&plan, eight, 1, 1, COUNT + 1, draws));
    for (size_t r = 0; r < COUNT; r++) {
        uint32_t counts[15];
        ck_assert(chance_answers(&plan, r + 1, 8, counts));
        for (size_t i = 0; i < 15; i++)
            ck_assert_uint_eq(counts[i], (uint32_t)golden_number(&g, r, 1 + i));
        golden_expect(&wanted, "chance", g.cells[r * g.columns], "rwg_j", draws[r].rwg);
        golden_expect(&wanted, "chance", g.cells[r * g.columns], "ad_mean", draws[r].ad_mean);
        rwg[r] = draws[r].rwg;
        ad_mean[r] = draws[r].ad_mean;
    }
    chance_verdict high = chance_judge(0.5, rwg, COUNT, 0.05, true),
                   low = chance_judge(0.5, ad_mean, COUNT, 0.05, false);
    golden_expect(&wanted, "chance", "0", "rwg_j_critical", high.critical);
    golden_expect(&wanted, "chance", "0", "p_of_0.5", high.p);
    golden_expect(&wanted, "chance", "0", "ad_mean_critical", low.critical);
    golden_free(&wanted);
    golden_free(&g);
}
END_TEST

/* Two raters' answers to two items of correlation 0.5: the shares that the bivariate normal
 * gives. */
START_TEST(correlated_answers_have_their_probabilities)
{
    static const double half[4] = {1, 0.5, 0.5, 1};
    golden_rows wanted = golden_read("agreement.csv");
    int count = rounds(40000), cells[25] = {0};
    double factor[4];
    ck_assert(chance_factor(half, 2, factor));
    chance_plan plan = {7, 2, {1, 5}, NULL_UNIFORM, 2, factor};
    for (int b = 0; b < count; b++) {
        uint32_t counts[10];
        int first = 0, second = 0;
        ck_assert(chance_answers(&plan, (uint64_t)b, 1, counts));
        while (!counts[first])
            first++;
        while (!counts[5 + second])
            second++;
        cells[first * 5 + second]++;
    }
    for (int i = 0; i < 25; i++) {
        char key[3] = {(char)('1' + i / 5), (char)('1' + i % 5), 0};
        double p = golden_find(&wanted, "joint", key, "share"), got = (double)cells[i] / count;
        ck_assert_msg(fabs(got - p) < 5 * sqrt(p * (1 - p) / count),
                      "answers %s: share %g, expected %g", key, got, p);
    }
    golden_free(&wanted);
}
END_TEST

/* Each null's answers have its mean and variance, and rwg has the exact distribution: three raters,
 * one item of three options, 27 equally likely outcomes. */
START_TEST(chance_has_the_null_distribution)
{
    int count = rounds(20000);
    for (agreement_null null = NULL_UNIFORM; null < AGREEMENT_NULLS; null++) {
        chance_plan plan = {
            (uint64_t)null + 1, 1, {1, 5}, null, agreement_null_variance(null, 5), NULL};
        const double *p = agreement_null_probabilities(null);
        uint32_t counts[5];
        ck_assert(chance_answers(&plan, 1, (uint32_t)count, counts));
        for (int x = 0; x < 5; x++) {
            double share = p ? p[x] : 0.2, error = sqrt(share * (1 - share) / count);
            ck_assert_msg(fabs((double)counts[x] / count - share) <= 5 * error,
                          "null %d, option %d: %u of %d", (int)null, x + 1, counts[x], count);
        }
    }
    chance_plan plan = {99, 1, {1, 3}, NULL_UNIFORM, 2.0 / 3, NULL};
    static const uint32_t three[] = {3};
    chance_draw *draws = malloc((size_t)count * sizeof *draws);
    int equal = 0, near = 0;
    ck_assert(chance_replicate(&plan, three, 1, 0, (uint64_t)count, draws));
    for (int b = 0; b < count; b++) {
        equal += draws[b].rwg == 1;               /* 3 of 27 */
        near += fabs(draws[b].rwg - 0.5) < 1e-12; /* two alike, the third one off: 12 of 27 */
    }
    ck_assert_msg(fabs((double)equal / count - 3 / 27.0) < 5 * sqrt(3 / 27.0 * 24 / 27 / count),
                  "%d equal", equal);
    ck_assert_msg(fabs((double)near / count - 12 / 27.0) < 5 * sqrt(12 / 27.0 * 15 / 27 / count),
                  "%d near", near);
    free(draws);
}
END_TEST

/* A replicate is what it is, in whatever range it is made; groups of one do not count. */
START_TEST(replicates_do_not_depend_on_ranges)
{
    static const uint32_t sizes[] = {4, 1, 7, 12, 0, 2}, ones[] = {1, 1};
    double factor[9];
    chance_plan plan = plan_draws(factor), other = plan;
    chance_draw whole[64], part[64], single[64];
    ck_assert(chance_replicate(&plan, sizes, LENGTH(sizes), 0, 64, whole));
    for (uint64_t first = 0; first < 64; first += 13)
        ck_assert(chance_replicate(&plan, sizes, LENGTH(sizes), first,
                                   first + 13 < 64 ? first + 13 : 64, part + first));
    ck_assert(memcmp(whole, part, sizeof whole) == 0);
    other.seed++;
    ck_assert(chance_replicate(&other, sizes, LENGTH(sizes), 0, 64, part));
    ck_assert(memcmp(whole, part, sizeof whole) != 0);
    ck_assert(chance_replicate(&plan, ones, 2, 0, 64, single));
    ck_assert(isnan(single[0].rwg) && isnan(single[63].ad_mean));
}
END_TEST

START_TEST(verdicts_at_the_edges)
{
    double draws[] = {0.1, 0.4, 0.2, 0.2, 0.9, 0.9, 0.3, 0.5, 0.6, 0.7}, none[] = {NAN, NAN};
    chance_verdict v = chance_judge(0.9, draws, 10, 0.2, true);
    ck_assert(v.p == 3.0 / 11 && v.critical == 0.9);
    v = chance_judge(0.2, draws, 10, 0.29, false);
    ck_assert(v.p == 4.0 / 11 && v.critical == 0.1);
    v = chance_judge(0.2, draws, 10, 0.3, false);
    ck_assert(v.critical == 0.2);
    v = chance_judge(2, draws, 10, 0.1,
                     true); /* the two highest are equal, so none is as rare as a tenth */
    ck_assert(v.p == 1.0 / 11 && isnan(v.critical));
    v = chance_judge(0.5, none, 2, 0.05, true);
    ck_assert(isnan(v.p) && isnan(v.critical));
    v = chance_judge(NAN, draws, 10, 0.05, true);
    ck_assert(isnan(v.p));
    ck_assert(isnan(chance_judge(0.5, draws, 0, 0.05, true).p));
}
END_TEST

START_TEST(factors_of_correlations)
{
    static const double perfect[9] = {1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1}, no_unit[4] = {2, 0, 0, 2},
                        impossible[9] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1},
                        torn[9] = {1, 1, 0.5, 1, 1, 0.9, 0.5, 0.9, 1},
                        lopsided[4] = {1, 0.5, 0.4, 1}, beyond[4] = {1, 1.2, 1.2, 1};
    double factor[9];
    const double *const whole[] = {correlations, perfect};
    for (size_t m = 0; m < LENGTH(whole); m++) {
        ck_assert(chance_factor(whole[m], 3, factor));
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                    sum += factor[i * 3 + k] * factor[j * 3 + k];
                expect_near("factor times its transpose", sum, whole[m][i * 3 + j], 1e-14);
            }
    }
    ck_assert(!chance_factor(impossible, 3, factor) && !chance_factor(no_unit, 2, factor));
    ck_assert(!chance_factor(torn, 3, factor)); /* two items alike, but not to the third */
    ck_assert(!chance_factor(lopsided, 2, factor) && !chance_factor(beyond, 2, factor));
    ck_assert(!chance_factor((const double[]){1, NAN, NAN, 1}, 2, factor));
}
END_TEST

START_TEST(chance_without_memory)
{
    static const uint32_t sizes[] = {4};
    double factor[9];
    chance_plan plan = plan_draws(factor);
    chance_draw draw;
    uint32_t counts[15];
    heap_start();
    for (int64_t fail = 1; fail <= 3; fail++) {
        heap_fail(fail, fail);
        ck_assert(!chance_replicate(&plan, sizes, 1, 0, 1, &draw));
        heap_fail(fail, fail);
        ck_assert(!chance_answers(&plan, 0, 4, counts));
    }
    heap_fail(0, 0);
    ck_assert(chance_replicate(&plan, sizes, 1, 0, 1, &draw));
    ck_assert_int_eq(heap_asked(), 3);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *chance_suite(void)
{
    Suite *suite = suite_create("chance");
    TCase *all = tcase_create("chance");
    tcase_set_timeout(all, 30);
    tcase_add_test(all, draws_against_multilevel);
    tcase_add_test(all, correlated_answers_have_their_probabilities);
    tcase_add_test(all, chance_has_the_null_distribution);
    tcase_add_test(all, replicates_do_not_depend_on_ranges);
    tcase_add_test(all, verdicts_at_the_edges);
    tcase_add_test(all, factors_of_correlations);
    tcase_add_test(all, chance_without_memory);
    suite_add_tcase(suite, all);
    return suite;
}
