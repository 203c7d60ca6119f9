/* Weights of replicates, held against what the methods say of them: whole numbers of draws times
 * one factor, within each group, for all who are drawn together. */
#include <math.h>
#include <string.h>

#include "stats/resampling/resample.h"
#include "support.h"

#include "golden/stats/plans.h"

Suite *resample_suite(void);

static void make_people(const resample_plan *plan, resample *people)
{
    relcoord_error err = {0};
    ck_assert_msg(resample_make(plan, people, &err) == RELCOORD_OK, "%s", err.message);
}

/* Within each stratum weights are whole numbers of draws times one factor, add up to the stratum,
 * and are the same for all of a cluster; with many replicates each has mean 1 and the variance that
 * the draws give. */
START_TEST(weights_of_draws)
{
    enum { MANY = 4000 };
    const resample_plan *plan = &plans[_i];
    double weights[PEOPLE], sums[PEOPLE] = {0}, squares[PEOPLE] = {0};
    resample people;
    make_people(plan, &people);
    ck_assert_uint_eq(people.stratum_count, plan->stratum ? 3 : 1);
    ck_assert_uint_eq(people.cluster_count, plan->cluster ? 7 : PEOPLE);
    for (uint32_t b = 0; b < MANY; b++) {
        resample_draw(&people, b, weights);
        for (uint32_t s = 0; s < people.stratum_count; s++) {
            uint32_t n = people.stratum_start[s + 1] - people.stratum_start[s],
                     draws = plan->plain ? n : n - 1;
            double sum = 0;
            for (uint32_t i = people.stratum_start[s]; i < people.stratum_start[s + 1]; i++) {
                double weight = weights[people.first_of[people.by_stratum[i]]];
                ck_assert(fabs(weight * draws / n - round(weight * draws / n)) < 1e-12);
                sum += weight;
            }
            expect_near("sum of a stratum", sum, n, 1e-13);
        }
        for (uint32_t i = 0; i < PEOPLE; i++) {
            if (plan->cluster)
                ck_assert_double_eq(weights[i], weights[people.first_of[people.cluster_of[i]]]);
            sums[i] += weights[i];
            squares[i] += (weights[i] - 1) * (weights[i] - 1);
        }
    }
    for (uint32_t i = 0; i < PEOPLE; i++) {
        double n = plan->cluster ? 7 : strata[i] == 0 ? 8 : strata[i] == 1 ? 12 : 9;
        double variance = plan->plain ? 1 - 1 / n
                                      : 1; /* n^2 / m^2 * m (1/n)(1 - 1/n), m the draws */
        expect_near("mean weight", sums[i] / MANY, 1, 6 * sqrt(variance / MANY));
        expect_near("variance", squares[i] / MANY, variance, 6 * sqrt(4.0 / MANY));
    }
    resample_free(&people);
}
END_TEST

/* Draws go by the order of people alone: what numbers strata and clusters have is nothing to them,
 * nor are strata that come behind. */
START_TEST(numbers_of_groups_are_names)
{
    uint32_t other_strata[PEOPLE], other_units[PEOPLE];
    double weights[PEOPLE], others[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
        other_strata[i] = UINT32_MAX - 17 * strata[i];
        other_units[i] = 5 - units[i];
    }
    for (int p = 0; p < PLANS; p++) {
        resample_plan renamed = plans[p];
        resample people, renumbered;
        renamed.stratum = renamed.stratum ? other_strata : NULL;
        renamed.cluster = renamed.cluster ? other_units : NULL;
        make_people(&plans[p], &people);
        make_people(&renamed, &renumbered);
        for (uint32_t b = 0; b < 50; b++) {
            resample_draw(&people, b, weights);
            resample_draw(&renumbered, b, others);
            ck_assert_mem_eq(weights, others, sizeof weights);
        }
        resample_free(&people);
        resample_free(&renumbered);
    }
    resample_plan shorter = plans[0];
    resample all, first;
    shorter.count = 20; /* two strata */
    make_people(&plans[0], &all);
    make_people(&shorter, &first);
    resample_draw(&all, 3, weights);
    resample_draw(&first, 3, others);
    ck_assert_mem_eq(weights, others, 20 * sizeof *weights);
    resample_draw(&all, 4, others);
    ck_assert(memcmp(weights, others, 20 * sizeof *weights) != 0);
    resample_free(&all);
    resample_free(&first);
}
END_TEST

START_TEST(people_in_several_groups)
{
    static const uint32_t groups[4] = {1, 1, 2, 2}, together[4] = {8, 9, 8, 9};
    resample people = {0};
    relcoord_error err;
    resample_plan plan = {.count = 4, .stratum = groups, .cluster = together};
    ck_assert_int_eq(resample_make(&plan, &people, &err), RELCOORD_EUSAGE);
    ck_assert_ptr_null(people.first_of);
    plan = (resample_plan){.count = 0};
    ck_assert_int_eq(resample_make(&plan, &people, &err), RELCOORD_OK);
    resample_draw(&people, 0, NULL);
    resample_free(&people);
}
END_TEST

/* Without one of a group the others count for it; without the only one of a group, no one does. */
START_TEST(weights_without_one)
{
    static const uint32_t groups[6] = {0, 1, 0, 1, 0, 2}, together[6] = {0, 1, 2, 1, 0, 3};
    static const double wanted[4][6] = {
        {0, 1, 2, 1, 0, 1}, {2, 1, 0, 1, 2, 1}, {1, 0, 1, 0, 1, 1}, {1, 1, 1, 1, 1, 0}};
    const resample_plan plan = {.count = 6, .stratum = groups, .cluster = together};
    static const uint32_t stratum_at[4] = {0, 0, 1, 2};
    double weights[6];
    resample people;
    make_people(&plan, &people);
    ck_assert_uint_eq(people.cluster_count, 4);
    for (uint32_t place = 0; place < 4; place++) {
        resample_without(&people, stratum_at[place], place, weights);
        ck_assert_mem_eq(weights, wanted[place], sizeof weights);
    }
    resample_draw(&people, 9, weights); /* strata of two, one and one: only the first varies */
    ck_assert(weights[0] + weights[2] == 2 && weights[0] == weights[4] && weights[1] == 1
              && weights[3] == 1 && weights[5] == 1);
    resample_free(&people);
}
END_TEST

Suite *resample_suite(void)
{
    Suite *suite = suite_create("resample");
    TCase *tests = tcase_create("weights");
    tcase_add_loop_test(tests, weights_of_draws, 0, PLANS);
    tcase_add_test(tests, numbers_of_groups_are_names);
    tcase_add_test(tests, people_in_several_groups);
    tcase_add_test(tests, weights_without_one);
    suite_add_tcase(suite, tests);
    return suite;
}
