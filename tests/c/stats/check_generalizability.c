/* What variance components say of a cell, of an in-strength, and of the respondents they need:
 * worked by hand, and the least number found again by counting. */
#include <math.h>

#include "stats/variance/generalizability.h"
#include "support.h"
#include "tie_lists.h"

Suite *generalizability_suite(void);

/* rater .2, respondent .3, cell .1, rated .4, residual .5; n = 5 respondents, 4 raters. */
static const double known[COMPONENTS] = {0.2, 0.3, 0.1, 0.4, 0.5};

START_TEST(errors_and_coefficients)
{
    generalizability cell = generalizability_of(known, MEASURED_CELL, WORKGROUPS_FIXED, 5, 4);
    expect_relative("relative", cell.relative_error, 0.1, 1e-14);
    expect_relative("absolute", cell.absolute_error, 0.16, 1e-14);
    expect_relative("coefficient", cell.coefficient, 0.5 / 0.6, 1e-14);
    expect_relative("dependability", cell.dependability, 0.5 / 0.66, 1e-14);
    generalizability fixed = generalizability_of(known, MEASURED_IN_STRENGTH, WORKGROUPS_FIXED, 5,
                                                 4);
    expect_relative("universe", fixed.universe, 0.425, 1e-14);
    expect_relative("relative", fixed.relative_error, 0.025, 1e-14);
    expect_relative("absolute", fixed.absolute_error, 0.04, 1e-14);
    expect_relative("coefficient", fixed.coefficient, 17.0 / 18, 1e-14);
    expect_relative("dependability", fixed.dependability, 0.425 / 0.465, 1e-14);
    generalizability random = generalizability_of(known, MEASURED_IN_STRENGTH, WORKGROUPS_RANDOM, 5,
                                                  4);
    expect_relative("universe", random.universe, 0.4, 1e-14);
    expect_relative("relative", random.relative_error, 0.05, 1e-14);
    expect_relative("absolute", random.absolute_error, 0.115, 1e-14);
    expect_relative("coefficient", random.coefficient, 8.0 / 9, 1e-14);
    expect_relative("dependability", random.dependability, 0.4 / 0.515, 1e-14);
    static const double none[COMPONENTS] = {0.2, 0.3, 0, 0, 0.5};
    ck_assert_double_eq(
        generalizability_of(none, MEASURED_CELL, WORKGROUPS_FIXED, 5, 4).coefficient, 0);
}
END_TEST

/* For a cell n = residual/universe * c/(1-c), here 1, 1 and 1 times 7/3, 4 and 9; absolutely 1.6
 * times as many. */
START_TEST(respondents_needed)
{
    static const struct {
        measured_object object;
        workgroup_effects raters_are;
        double raters, wanted, relative, absolute;
    } cases[] = {
        {MEASURED_CELL, WORKGROUPS_FIXED, 4, .70, 3, 4},
        {MEASURED_CELL, WORKGROUPS_FIXED, 4, .80, 4, 7},
        {MEASURED_CELL, WORKGROUPS_FIXED, 4, .90, 9, 15},
        {MEASURED_CELL, WORKGROUPS_RANDOM, 4, .90, 9, 15},
        {MEASURED_IN_STRENGTH, WORKGROUPS_FIXED, 4, .90, 3, 5}, /* .125/.425 and .2/.425, times 9 */
        {MEASURED_IN_STRENGTH, WORKGROUPS_RANDOM, 4, .70, 1,
         3}, /* .125/(.4 3/7 - .025), .2/(.1714 - .075) */
        {MEASURED_IN_STRENGTH, WORKGROUPS_RANDOM, 4, .80, 2, 8}, /* .125/.075, .2/.025 */
        {MEASURED_IN_STRENGTH, WORKGROUPS_RANDOM, 4, .90, 7,
         INFINITY}, /* .125/.01944; .0444 - .075 < 0 */
        {MEASURED_IN_STRENGTH, WORKGROUPS_RANDOM, 2, .90, INFINITY, INFINITY},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        planned_respondents p = plan_respondents(known, cases[i].object, cases[i].raters_are,
                                                 cases[i].raters, cases[i].wanted);
        ck_assert_msg(p.relative == cases[i].relative && p.absolute == cases[i].absolute,
                      "case %zu: %g, %g", i, p.relative, p.absolute);
    }
}
END_TEST

/* What was planned reaches the coefficient, and one respondent less does not. */
START_TEST(least_number)
{
    uint64_t seed = 61;
    int reached = 0;
    for (int i = 0; i < rounds(2000); i++) {
        double variance[COMPONENTS], wanted = 0.5 + 0.49 * draw_even(&seed),
                                     raters = 1 + random_below(&seed, 12);
        measured_object object = (measured_object)random_below(&seed, 2);
        workgroup_effects are = (workgroup_effects)random_below(&seed, 2);
        for (int k = 0; k < COMPONENTS; k++)
            variance[k] = draw_even(&seed);
        planned_respondents p = plan_respondents(variance, object, are, raters, wanted);
        if (isinf(p.relative)) {
            ck_assert_double_lt(
                generalizability_of(variance, object, are, 1e12, raters).coefficient, wanted);
            continue;
        }
        reached++;
        ck_assert_double_ge(
            generalizability_of(variance, object, are, p.relative, raters).coefficient,
            wanted - 1e-12);
        if (p.relative > 1)
            ck_assert_double_lt(
                generalizability_of(variance, object, are, p.relative - 1, raters).coefficient,
                wanted);
        if (!isinf(p.absolute))
            ck_assert_double_ge(
                generalizability_of(variance, object, are, p.absolute, raters).dependability,
                wanted - 1e-12);
    }
    ck_assert_int_gt(reached, 10);
}
END_TEST

Suite *generalizability_suite(void)
{
    Suite *suite = suite_create("generalizability");
    TCase *planning = tcase_create("planning");
    tcase_add_test(planning, errors_and_coefficients);
    tcase_add_test(planning, respondents_needed);
    tcase_add_test(planning, least_number);
    suite_add_tcase(suite, planning);
    return suite;
}
