/* The analyses agreement and components as users meet them: what others get wrong, worked by hand;
 * what is refused; and that order, labels, threads and a lack of memory change nothing. Figures of
 * real data: tests/golden. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

Suite *agreement_tool_suite(void);

#define BOOK "variable,role,scale\nperson,respondent,\nteam,group,\n"
#define TWO BOOK "a,item,two\nb,item,two\n"
#define KEYS(coefficient) "scale=two grouping=team coefficient=" coefficient
#define ONE_KEYS(coefficient) "scale=one grouping=team coefficient=" coefficient

static relcoord_result *agreement_by(const char *book, const char *csv, const char *settings)
{
    relcoord_survey *survey = survey_by_book(book, csv);
    relcoord_result *result = result_make(survey, "agreement", settings);
    relcoord_survey_free(survey);
    return result;
}

static void expect_note(const relcoord_result *r, const char *table, const char *keys,
                        const char *note)
{
    const char *got = string_at(r, table, keys, "note");
    ck_assert_msg(strcmp(got, note) == 0, "%s: note '%s', not '%s'", keys, got, note);
}

/* ---- What others get wrong ---- */

/* Half answer 1 and half 5: s^2 = 16/3, so that r*wg(J) = 1 - 16/3 / 2; rwg(J) is not below 0.
 * Lindell's -1.67. */
START_TEST(polarised_ratings)
{
    relcoord_result *r = agreement_by(
        TWO,
        "person,team,a,b\n1,x,1,5\n2,x,5,1\n3,x,1,5\n4,x,5,1\n5,y,3,3\n6,y,3,3\n7,y,3,3\n8,y,3,3\n",
        NULL);
    const char *x = "scale=two grouping=team group=x", *y = "scale=two grouping=team group=y";
    expect_near("rwg_j", number_at(r, "groups", x, "rwg_j"), 0, 0);
    expect_near("r_star", number_at(r, "groups", x, "r_star_wg_j"), -5.0 / 3, 1e-15);
    expect_near("ad", number_at(r, "groups", x, "ad_j_mean"), 2, 1e-15);
    expect_note(r, "groups", x, "beyond_null;no_components"); /* everybody's own mean is 3 */
    expect_near("agreed", number_at(r, "groups", y, "rwg_j"), 1, 0);
    expect_note(r, "groups", y, "no_components");
    expect_near("mean", number_at(r, "coefficients", KEYS("rwg_j_mean"), "value"), 0.5, 1e-15);
    expect_note(r, "coefficients", KEYS("rwg_j_mean"), "beyond_null");
    expect_near("star", number_at(r, "coefficients", KEYS("r_star_wg_j_mean"), "value"),
                (1 - 5.0 / 3) / 2, 1e-15);
    relcoord_result_free(r);
}
END_TEST

/* Equal means in both teams: multilevel's ICC2 prints what rounding leaves, -2.2e30. */
START_TEST(no_between_variance)
{
    relcoord_result *r = agreement_by(TWO, "person,team,a,b\n1,x,1,2\n2,x,3,4\n3,y,2,1\n4,y,4,3\n",
                                      NULL);
    expect_near("f", number_at(r, "coefficients", KEYS("f"), "value"), 0, 0);
    expect_near("p", number_at(r, "coefficients", KEYS("p"), "value"), 1, 0);
    expect_near("icc1", number_at(r, "coefficients", KEYS("icc1"), "value"), -1, 1e-15);
    expect_near("icc1 clamped", number_at(r, "coefficients", KEYS("icc1_clamped"), "value"), 0, 0);
    expect_note(r, "coefficients", KEYS("icc1_clamped"), "clamped");
    ck_assert(isnan(number_at(r, "coefficients", KEYS("icc2"), "value")));
    ck_assert(isnan(number_at(r, "coefficients", KEYS("icc2_clamped"), "value")));
    expect_note(r, "coefficients", KEYS("icc2"), "no_between");
    expect_near("tau2", number_at(r, "coefficients", KEYS("tau2"), "value"), 0, 0);
    expect_note(r, "coefficients", KEYS("tau2"), "at_zero");
    expect_near("reliability",
                number_at(r, "groups", "scale=two grouping=team group=x", "reliability"), 0, 0);
    relcoord_result_free(r);
}
END_TEST

/* Teams 2, 10 and 9: labels, not a slope, and in the order of numbers. F = 12.25/3 by hand: means
 * 2, 3, 5, within 1/2 each; SSB = 28/3, MSW = 1/2. */
START_TEST(numbers_as_groups)
{
    relcoord_result *r = agreement_by(
        BOOK "a,item,one\n", "person,team,a\n1,10,4.0\n2,2,2\n3,9,3\n4,10,5\n5,2,1\n6,9,2\n", NULL);
    size_t rows = rows_with(r, "groups", "scale=one");
    const relcoord_table *t = relcoord_result_table(r, "groups");
    const char *const *names;
    const uint8_t *valid;
    ck_assert_uint_eq(rows, 3);
    ck_assert_int_eq(relcoord_table_strings(t, "group", &names, &valid, NULL), RELCOORD_OK);
    ck_assert_str_eq(names[0], "2");
    ck_assert_str_eq(names[1], "9");
    ck_assert_str_eq(names[2], "10");
    /* means 1.5, 2.5, 4.5 about 17/6: SSB = 2 (16/9 + 1/9 + 25/9) = 28/3, MSB = 14/3, MSW = 1/2 */
    expect_near("f", number_at(r, "coefficients", ONE_KEYS("f"), "value"), 28.0 / 3, 1e-14);
    expect_near("icc1", number_at(r, "coefficients", ONE_KEYS("icc1"), "value"),
                (14.0 / 3 - 0.5) / (14.0 / 3 + 0.5), 1e-14);
    expect_near("icc2", number_at(r, "coefficients", ONE_KEYS("icc2"), "value"),
                (14.0 / 3 - 0.5) / (14.0 / 3), 1e-14);
    relcoord_result_free(r);
}
END_TEST

/* One item: rwg without a J, each named so. */
START_TEST(one_item)
{
    relcoord_result *r = agreement_by(BOOK "a,item,one\n",
                                      "person,team,a\n1,x,3\n2,x,4\n3,y,5\n4,y,5\n", NULL);
    expect_near("rwg", number_at(r, "coefficients", ONE_KEYS("rwg_mean"), "value"), (0.75 + 1) / 2,
                1e-15);
    ck_assert_str_eq(string_at(r, "coefficients", ONE_KEYS("rwg_mean"), "estimator"),
                     "rwg_uniform_listwise");
    expect_near("skew", number_at(r, "coefficients", ONE_KEYS("rwg_slight_skew_mean"), "value"),
                (2 - 0.5 / 1.34) / 2, 1e-15);
    ck_assert_uint_eq(rows_with(r, "coefficients", ONE_KEYS("rwg_j_mean")), 0);
    expect_near("ad", number_at(r, "coefficients", ONE_KEYS("ad_mean"), "value"), 0.25, 1e-15);
    relcoord_result_free(r);
}
END_TEST

/* Teams of 1, 2 and 3, and one person of none: the team of one is in the analysis of variance and
 * not in agreement. */
START_TEST(sizes_are_named)
{
    static const char csv[] = "person,team,a,b\n1,x,1,2\n2,y,3,4\n3,y,4,4\n4,z,5,5\n5,z,4,5\n6,z,5,"
                              "3\n7,,1,1\n8,z,,2\n9,y,,\n";
    static const struct {
        const char *settings, *estimator;
        double k;
    } cases[] = {{"k0=n0", "icc_n0_anova", (6 - 14.0 / 6) / 2},
                 {"k0=mean", "icc_mean_anova", 2},
                 {"k0=reml", "icc_reml", 2}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char settings[64];
        snprintf(settings, sizeof settings, "min_share=1 %s", cases[i].settings);
        relcoord_result *r = agreement_by(TWO, csv, settings);
        expect_near("k", number_at(r, "coefficients", KEYS("k"), "value"), cases[i].k, 1e-15);
        ck_assert_str_eq(string_at(r, "coefficients", KEYS("icc2"), "estimator"),
                         cases[i].estimator);
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("f"), "groups"), 3);
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("f"), "n"), 6);
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("f"), "left_out"), 3);
        expect_note(r, "coefficients", KEYS("f"), "groups_of_one");
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("rwg_j_mean"), "groups"), 2);
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("rwg_j_mean"), "n"), 5);
        ck_assert_int_eq(integer_at(r, "coefficients", KEYS("rwg_j_mean"), "left_out"), 4);
        ck_assert_int_eq(integer_at(r, "groups", "scale=two grouping=team group=z", "left_out"), 1);
        ck_assert(isnan(number_at(r, "groups", "scale=two grouping=team group=x", "rwg_j")));
        relcoord_result_free(r);
    }
}
END_TEST

/* Another null stands in the chosen column, the two known ones beside it; a variance of one's own
 * too. */
START_TEST(nulls_are_chosen)
{
    static const char csv[] = "person,team,a\n1,x,3\n2,x,4\n3,y,5\n4,y,4\n";
    static const struct {
        const char *settings, *estimator;
        double variance;
        size_t uniform_rows;
    } cases[] = {{"null=triangular", "rwg_triangular_listwise", 1.32, 1},
                 {"null=uniform", "rwg_uniform_listwise", 2, 0},
                 {"null_variance=0.4", "rwg_variance_listwise", 0.4, 1}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_result *r = agreement_by(BOOK "a,item,one\n", csv, cases[i].settings);
        double rwg = fmax(0, 1 - 0.5 / cases[i].variance);
        expect_near(cases[i].settings, number_at(r, "coefficients", ONE_KEYS("rwg_mean"), "value"),
                    rwg, 1e-15);
        ck_assert_str_eq(string_at(r, "coefficients", ONE_KEYS("rwg_mean"), "estimator"),
                         cases[i].estimator);
        ck_assert_uint_eq(rows_with(r, "coefficients", ONE_KEYS("rwg_uniform_mean")),
                          cases[i].uniform_rows);
        expect_near("uniform",
                    number_at(r, "groups", "scale=one grouping=team group=x", "rwg_j_uniform"),
                    0.75, 1e-15);
        relcoord_result_free(r);
    }
    relcoord_result *seven = agreement_by(
        "variable,role,scale,values\nperson,respondent,,\nteam,group,,\n"
        "a,item,one,1=1;2=2;3=3;4=4;5=5;6=6;7=7\n",
        csv, NULL);
    expect_near("seven", number_at(seven, "groups", "scale=one grouping=team group=x", "rwg_j"),
                1 - 0.5 / 4, 1e-15);
    ck_assert(
        isnan(number_at(seven, "groups", "scale=one grouping=team group=x", "rwg_j_slight_skew")));
    expect_note(seven, "coefficients", ONE_KEYS("rwg_slight_skew_mean"), "no_null");
    relcoord_result_free(seven);
}
END_TEST

/* ---- Ties ---- */

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"

/* Two workgroups rate C: nurses 2 and 4, doctors 5 and 5. A unit's respondents by their own
 * means. */
START_TEST(ties_and_units)
{
    static const char csv[] =
        "respondent,workgroup,target,unit," ITEMS "\n"
        "1,N,C,u,2,2,2,2,2,2,2\n1,N,N,u,4,4,4,4,4,4,4\n2,N,C,u,4,4,4,4,4,4,4\n"
        "3,D,C,v,5,5,5,5,5,5,5\n4,D,C,v,5,5,5,5,5,5,5\n4,D,N,v,1,1,1,1,1,1,1\n";
    relcoord_result *r = result_of(csv, "agreement", "scale=rc");
    const char *f = "grouping=workgroup:C coefficient=f",
               *total = "grouping=workgroup:(total) coefficient=rwg_j_mean";
    expect_near("f", number_at(r, "coefficients", f, "value"), 4,
                1e-14); /* means 3, 5: SSB 4, SSW 2 over 2 */
    ck_assert_int_eq(integer_at(r, "coefficients", f, "n"), 4);
    expect_near("nurses", number_at(r, "groups", "grouping=workgroup:C group=N", "mean"), 3, 1e-15);
    expect_near("unit", number_at(r, "groups", "grouping=unit group=u", "mean"), 3.5,
                1e-15); /* (3 + 4)/2 */
    expect_near("unit", number_at(r, "groups", "grouping=unit group=v", "mean"), 4,
                1e-15); /* (5 + 3)/2 */
    expect_note(r, "groups", "grouping=unit group=u", "a_wg_undefined;a_wg_few_raters;means");
    ck_assert_int_eq(integer_at(r, "coefficients", total, "groups"), 2);
    ck_assert_int_eq(integer_at(r, "coefficients", total, "left_out"), 2);
    ck_assert_uint_eq(rows_with(r, "coefficients", "grouping=workgroup:(total) coefficient=f"), 0);
    relcoord_result_free(r);
    r = result_of(csv, "agreement", "scale=rc grouping=workgroup:C");
    ck_assert_uint_eq(rows_with(r, "coefficients", "coefficient=f"), 1);
    relcoord_result_free(r);
}
END_TEST

/* ---- What is refused ---- */

static const struct {
    const char *analysis, *csv, *settings, *message;
} refused[] = {
    {"agreement", "respondent,workgroup,target," ITEMS "\n1,A,B,1,2,3,4,5,4,3\n", "grouping=team",
     "'team' is neither a column to group by nor workgroup:target"},
    {"agreement", "respondent,workgroup,target," ITEMS "\n1,A,B,1,2,3,4,5,4,3\n",
     "grouping=workgroup:X", "nobody rates a workgroup 'X'"},
    {"agreement", "respondent,workgroup,target,weight," ITEMS "\n1,A,B,2,1,2,3,4,5,4,3\n", NULL,
     "the data have weights, but 'agreement' has no weighted definition: ignore the weights, or "
     "leave the column out"},
    {"components", "respondent,workgroup,target,weight," ITEMS "\n1,A,B,2,1,2,3,4,5,4,3\n", NULL,
     "the data have weights, but 'components' has no weighted definition: ignore the weights, or "
     "leave the column out"},
};

START_TEST(calls_that_are_refused)
{
    relcoord_survey *survey = survey_make(refused[_i].csv);
    expect_refused(survey, refused[_i].analysis, refused[_i].settings, RELCOORD_EOPTION, NULL,
                   refused[_i].message);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Components without a value ---- */

static const struct {
    const char *csv, *note;
} unfit[] = {
    {"respondent,workgroup,target," ITEMS "\n1,A,A,1,2,3,4,5,4,3\n", "empty"},
    {"respondent,workgroup,target," ITEMS
     "\n1,A,B,3,3,3,3,3,3,3\n2,A,B,3,3,3,3,3,3,3\n3,B,A,3,3,3,3,3,3,3\n",
     "all_equal"},
    {"respondent,workgroup,target," ITEMS "\n1,A,B,1,2,3,4,5,4,3\n2,B,A,4,4,4,4,4,4,4\n",
     "unidentified;confounded"},
};

START_TEST(components_that_are_none)
{
    relcoord_result *r = result_of(unfit[_i].csv, "components", NULL);
    ck_assert(isnan(number_at(r, "variances", "component=residual", "variance")));
    expect_note(r, "variances", "component=residual", unfit[_i].note);
    ck_assert(
        isnan(number_at(r, "coefficients", "object=cell coefficient=dependability", "value")));
    ck_assert_uint_eq(rows_with(r, "planning", "object=cell"), 6);
    relcoord_result_free(r);
}
END_TEST

/* ---- What must change nothing ---- */

static const struct {
    const char *analysis, *settings;
} runs[] = {
    {"agreement", "by=wave,unit"},
    {"agreement", "wave=w1 chance=on replicates=150 seed=7 grouping=unit,workgroup:target"},
    {"agreement", "wave=w2 k0=reml null=slight_skew min_share=0.2"},
    {"components", "by=wave"},
    {"components", "by=unit,wave workgroups=random"},
};

START_TEST(order_and_threads)
{
    survey_plan plan = {.respondents = 70,
                        .workgroups = 4,
                        .targets = 5,
                        .units = 4,
                        .waves = 2,
                        .missing = 15,
                        .seed = 11};
    expect_same_in_any_order(&plan, runs[_i].analysis, runs[_i].settings);
}
END_TEST

/* Teams by other names, in another order: the same figures but for rounding. */
START_TEST(labels_of_groups)
{
    relcoord_result *a = agreement_by(
        TWO, "person,team,a,b\n1,x,1,2\n2,x,3,4\n3,y,2,1\n4,y,4,5\n5,z,5,5\n6,z,4,3\n", NULL);
    relcoord_result *b = agreement_by(
        TWO, "person,team,a,b\n9,7,1,2\n8,7,3,4\n7,30,2,1\n6,30,4,5\n5,-1,5,5\n4,-1,4,3\n", NULL);
    static const char *const keys[] = {KEYS("f"),    KEYS("icc1"),       KEYS("icc2"),
                                       KEYS("tau2"), KEYS("rwg_j_mean"), KEYS("a_wg_j_mean")};
    for (size_t i = 0; i < LENGTH(keys); i++) {
        double value = number_at(a, "coefficients", keys[i], "value");
        ck_assert(!isnan(value));
        expect_near(keys[i], number_at(b, "coefficients", keys[i], "value"), value, 1e-12);
    }
    relcoord_result_free(a);
    relcoord_result_free(b);
}
END_TEST

START_TEST(memory_runs_out)
{
    survey_plan plan = {.respondents = 12,
                        .workgroups = 3,
                        .targets = 3,
                        .units = 2,
                        .waves = 2,
                        .missing = 10,
                        .seed = 5};
    char *csv = csv_invent(&plan);
    heap_start();
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make(runs[_i].analysis, runs[_i].settings);
    ck_assert_int_eq(expect_memory_faults(survey, runs[_i].analysis, options, INT_MAX), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    heap_stop();
    free(csv);
}
END_TEST

/* ---- Chance ---- */

/* Of two who answer each item alike, no draw agrees more: p is the least there is; its seed decides
 * the rest. */
START_TEST(chance_of_agreement)
{
    static const char csv[] = "person,team,a,b\n1,x,1,2\n2,x,1,2\n3,x,1,2\n4,y,4,5\n5,y,4,5\n6,y,4,"
                              "5\n7,z,3,1\n8,z,3,1\n9,z,3,1\n";
    relcoord_result *r = agreement_by(TWO, csv, "chance=on replicates=199");
    expect_near("p", number_at(r, "coefficients", KEYS("rwg_j_mean_p"), "value"), 1.0 / 200, 1e-15);
    expect_near("p", number_at(r, "coefficients", KEYS("ad_j_mean_p"), "value"), 1.0 / 200, 1e-15);
    ck_assert_double_gt(number_at(r, "coefficients", KEYS("rwg_j_mean_critical"), "value"), 0.1);
    ck_assert_double_lt(number_at(r, "coefficients", KEYS("ad_j_mean_critical"), "value"), 1.2);
    relcoord_result_free(r);
    r = agreement_by(TWO, "person,team,a,b\n1,x,1,2\n2,x,1,3\n", "chance=on");
    expect_note(r, "coefficients", KEYS("rwg_j_mean_p"), "constant_item");
    relcoord_result_free(r);
}
END_TEST

Suite *agreement_tool_suite(void)
{
    Suite *suite = suite_create("agreement_tool");
    TCase *known = tcase_create("known"), *same = tcase_create("same");
    tcase_set_timeout(same, 120);
    tcase_add_checked_fixture(same, NULL, heap_stop);
    tcase_add_test(known, polarised_ratings);
    tcase_add_test(known, no_between_variance);
    tcase_add_test(known, numbers_as_groups);
    tcase_add_test(known, one_item);
    tcase_add_test(known, sizes_are_named);
    tcase_add_test(known, nulls_are_chosen);
    tcase_add_test(known, ties_and_units);
    tcase_add_test(known, chance_of_agreement);
    tcase_add_loop_test(known, calls_that_are_refused, 0, (int)LENGTH(refused));
    tcase_add_loop_test(known, components_that_are_none, 0, (int)LENGTH(unfit));
    tcase_add_test(same, labels_of_groups);
    tcase_add_loop_test(same, order_and_threads, 0, (int)LENGTH(runs));
    tcase_add_loop_test(same, memory_runs_out, 0, (int)LENGTH(runs));
    suite_add_tcase(suite, known);
    suite_add_tcase(suite, same);
    return suite;
}
