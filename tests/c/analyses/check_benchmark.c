/* The analysis benchmark: standings by hand, ranks of equal units, what changes nothing, what it
 * refuses. Means, funnels and shrunk means of whole surveys are held against R in golden/standings.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"
#include "stats/measures/standing.h"

Suite *benchmark_suite(void);

#define HEADER                                                                                \
    "respondent,workgroup,target,unit,frequent,timely,accurate,problem_solving,shared_goals," \
    "shared_knowledge,mutual_respect\n"
#define SAME(start, a) start #a "," #a "," #a "," #a "," #a "," #a "," #a "\n"

/* Units of 4, 4 and 1 people with the means 3, 4, 4, and one person without a unit. */
static const char three[] = HEADER SAME("1,g,t,x,", 2) SAME("2,g,t,x,", 3) SAME("3,g,t,x,", 3)
    SAME("4,g,t,x,", 4) SAME("5,g,t,y,", 5) SAME("6,g,t,y,", 4) SAME("7,g,t,y,", 4)
        SAME("8,g,t,y,", 3) SAME("9,g,t,z,", 4) SAME("10,g,t,,", 1);

START_TEST(standings_by_hand)
{
    relcoord_result *result = result_of(three, "benchmark", NULL);
    const char *x = "unit=x index=rc part=between", *y = "unit=y index=rc part=between",
               *z = "unit=z index=rc part=between";
    double centre = 32 / 9.0, sd = sqrt(4 / 6.0);
    ck_assert_uint_eq(rows_with(result, "standings", "index=rc part=between"), 3);
    ck_assert_int_eq(integer_at(result, "standings", x, "n"), 4);
    expect_near("mean", number_at(result, "standings", x, "mean"), 3, 1e-15);
    expect_near("se", number_at(result, "standings", x, "se"), sqrt(2 / 3.0) / 2, 1e-14);
    ck_assert_double_eq(number_at(result, "standings", x, "percentile_rank"), 0);
    ck_assert_double_eq(number_at(result, "standings", y, "percentile_rank"), 75);
    ck_assert_double_eq(number_at(result, "standings", z, "percentile_rank"), 75);
    expect_near("funnel", number_at(result, "standings", x, "funnel95_low"),
                centre - 1.959963984540054 * sd / 2, 1e-12);
    expect_near("funnel", number_at(result, "standings", z, "funnel998_high"),
                centre + 3.090232306167814 * sd, 1e-12);
    ck_assert_double_nan(number_at(result, "standings", z, "se"));
    ck_assert(strncmp(string_at(result, "standings", z, "note"), "too_few", 7) == 0);
    relcoord_result_free(result);
}
END_TEST

/* With units of one size the best guess lies between the unit's mean and that of all, by the share
 * 1 - 1/F. */
START_TEST(shrunk_by_f)
{
    relcoord_result *result = result_of(HEADER SAME("1,g,t,x,", 1) SAME("2,g,t,x,", 2)
                                            SAME("3,g,t,y,", 3) SAME("4,g,t,y,", 4)
                                                SAME("5,g,t,z,", 4) SAME("6,g,t,z,", 5),
                                        "benchmark", NULL);
    double msb = 2 * (1.5 - 19 / 6.0) * (1.5 - 19 / 6.0) / 2
                 + 2 * (3.5 - 19 / 6.0) * (3.5 - 19 / 6.0) / 2
                 + 2 * (4.5 - 19 / 6.0) * (4.5 - 19 / 6.0) / 2;
    double share = 1 - 0.5 / msb;
    expect_near("x", number_at(result, "standings", "unit=x index=rc part=all", "mean_shrunk"),
                19 / 6.0 + share * (1.5 - 19 / 6.0), 1e-7);
    expect_near("z", number_at(result, "standings", "unit=z index=rc part=all", "mean_shrunk"),
                19 / 6.0 + share * (4.5 - 19 / 6.0), 1e-7);
    relcoord_result_free(result);
}
END_TEST

START_TEST(ranks_of_equal_values)
{
    static const double values[] = {3, 1, 3, 2, 3 + 4e-16}, wanted[] = {75, 0, 75, 25, 75};
    double ranks[5];
    ck_assert(percentile_ranks(values, 5, ranks));
    for (int i = 0; i < 5; i++)
        ck_assert_double_eq(ranks[i], wanted[i]);
    ck_assert(percentile_ranks(values, 1, ranks));
    ck_assert_double_nan(ranks[0]);
}
END_TEST

START_TEST(one_unit_and_equal_people)
{
    relcoord_result *one = result_of(HEADER SAME("1,g,t,x,", 2) SAME("2,g,t,x,", 3), "benchmark",
                                     NULL);
    relcoord_result *equal = result_of(
        HEADER SAME("1,g,t,x,", 2) SAME("2,g,t,x,", 2) SAME("3,g,t,y,", 2), "benchmark", NULL);
    ck_assert_str_eq(string_at(one, "standings", "unit=x index=rc part=all", "note"),
                     "no_other_unit");
    ck_assert_double_nan(
        number_at(one, "standings", "unit=x index=rc part=all", "percentile_rank"));
    ck_assert_double_nan(number_at(equal, "standings", "unit=x index=rc part=all", "funnel95_low"));
    ck_assert_str_eq(string_at(equal, "standings", "unit=x index=rc part=all", "note"),
                     "all_equal:mean_shrunk;all_equal:funnel");
    ck_assert_double_eq(
        number_at(equal, "standings", "unit=x index=rc part=all", "percentile_rank"), 50);
    relcoord_result_free(one);
    relcoord_result_free(equal);
}
END_TEST

START_TEST(rows_in_any_order)
{
    survey_plan plan = {
        .respondents = 50, .workgroups = 3, .targets = 3, .units = 6, .missing = 10, .seed = 3};
    expect_same_in_any_order(&plan, "benchmark", NULL);
}
END_TEST

START_TEST(refused)
{
    relcoord_survey *survey = survey_make(three);
    expect_refused(survey, "benchmark", "grouping=role", RELCOORD_EOPTION, "grouping",
                   "the data have no column 'role' whose groups could be compared");
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(memory_runs_out)
{
    heap_start();
    relcoord_survey *survey = survey_make(three);
    ck_assert_int_eq(expect_memory_faults(survey, "benchmark", NULL, 2000), 0);
    relcoord_survey_free(survey);
}
END_TEST

Suite *benchmark_suite(void)
{
    Suite *suite = suite_create("benchmark");
    TCase *standings = tcase_create("standings"), *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, NULL, heap_stop);
    tcase_add_test(standings, standings_by_hand);
    tcase_add_test(standings, shrunk_by_f);
    tcase_add_test(standings, ranks_of_equal_values);
    tcase_add_test(standings, one_unit_and_equal_people);
    tcase_add_test(standings, rows_in_any_order);
    tcase_add_test(limits, refused);
    tcase_add_test(limits, memory_runs_out);
    suite_add_tcase(suite, standings);
    suite_add_tcase(suite, limits);
    return suite;
}
