/* Scales of a survey as matrices, and reliability through relcoord_run: which scales there are,
 * figures worked out by hand, and a table of answers that other programs score wrongly or in
 * silence. */
#include "engine/scores/scales.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

Suite *scales_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"

static relcoord_result *reliability_through(const char *codebook, const char *csv,
                                            const char *settings)
{
    relcoord_survey *survey = survey_by_book(codebook, csv);
    relcoord_result *result = result_make(survey, "reliability", settings);
    relcoord_survey_free(survey);
    return result;
}

/* ---- Which scales there are ---- */

#define BOOK "variable,role,scale,values\nid,respondent,,\nunit,unit,,\n"

static const struct {
    const char *name, *codebook, *csv, *settings, *scales, *items;
} lists[] = {
    {"the survey's own", NULL, "respondent,workgroup,target," ITEMS "\n1,A,B,1,2,3,4,5,4,3\n", NULL,
     "rc communication relationship",
     "frequent timely accurate problem_solving shared_goals shared_knowledge mutual_respect "
     "frequent timely accurate "
     "problem_solving shared_goals shared_knowledge mutual_respect"},
    {"chosen", NULL, "respondent,workgroup,target," ITEMS "\n1,A,B,1,2,3,4,5,4,3\n",
     "scale=relationship", "relationship", "shared_goals shared_knowledge mutual_respect"},
    {"the codebook's, in its order", BOOK "q3,item,trust,\nq1,item,calm,\nq2,item,trust,\n",
     "id,unit,q1,q2,q3\n1,u,1,2,3\n", NULL, "trust calm", "q3 q2 q1"},
    {"chosen twice, in another order", BOOK "q3,item,trust,\nq1,item,calm,\nq2,item,trust,\n",
     "id,unit,q1,q2,q3\n1,u,1,2,3\n", "scale=calm,trust,calm", "trust calm", "q3 q2 q1"},
    {"one item in two scales", BOOK "q1,item,trust,\nq1,item,calm,\nq2,item,trust,\n",
     "id,unit,q1,q2\n1,u,1,2\n", NULL, "trust calm", "q1 q2 q1"},
    {"outcomes are none", BOOK "q1,outcome,calm,\nq2,item,trust,\n", "id,unit,q1,q2\n1,u,1,2\n",
     NULL, "trust", "q2"},
};

/* The scales that coefficients have rows of, and the items that items has, on the basis of
 * respondents. */
static void list_found(const relcoord_result *result, const char *table, const char *column,
                       char *to, size_t size)
{
    const char *const *values, *const *bases, *last = "";
    const relcoord_table *t = relcoord_result_table(result, table);
    ck_assert_int_eq(relcoord_table_strings(t, column, &values, NULL, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_strings(t, "basis", &bases, NULL, NULL), RELCOORD_OK);
    to[0] = 0;
    for (size_t row = 0; row < relcoord_table_rows(t); row++) {
        if (strcmp(bases[row], "respondents") != 0 || strcmp(values[row], last) == 0)
            continue;
        snprintf(to + strlen(to), size - strlen(to), "%s%s", *to ? " " : "", values[row]);
        last = values[row];
    }
}

START_TEST(scales_of_a_survey)
{
    char found[1000];
    relcoord_result *r = lists[_i].codebook
                             ? reliability_through(lists[_i].codebook, lists[_i].csv,
                                                   lists[_i].settings)
                             : result_of(lists[_i].csv, "reliability", lists[_i].settings);
    list_found(r, "coefficients", "scale", found, sizeof found);
    expect_same_text(lists[_i].name, found, lists[_i].scales);
    list_found(r, "items", "item", found, sizeof found);
    expect_same_text(lists[_i].name, found, lists[_i].items);
    relcoord_result_free(r);
}
END_TEST

#define TIES "variable,role,scale,dimension,values\nid,respondent,,,\ng,workgroup,,,\nt,target,,,\n"

/* A scale of the codebook takes the name of a part; a part that is all of rc is none. */
START_TEST(parts_of_rc)
{
    relcoord_result *r = reliability_through(
        TIES "a,item,,timely,\nb,item,,frequent,\nc,item,,mutual_respect,\n"
             "d,item,communication,,\ne,item,communication,,\n",
        "id,g,t,a,b,c,d,e\n1,A,A,1,2,3,4,5\n1,A,B,1,3,3,4,5\n2,B,A,1,2,4,5,5\n", NULL);
    ck_assert_uint_eq(rows_with(r, "items", "scale=rc basis=ties"), 3);
    ck_assert_uint_eq(rows_with(r, "items", "scale=communication basis=ties"), 0);
    ck_assert_uint_eq(rows_with(r, "items", "scale=communication basis=respondents"), 2);
    ck_assert_uint_eq(rows_with(r, "items", "scale=relationship basis=ties"), 1);
    relcoord_result_free(r);
    r = reliability_through(TIES "a,item,,timely,\nb,item,,frequent,\n", "id,g,t,a,b\n1,A,A,1,2\n",
                            NULL);
    ck_assert_uint_eq(rows_with(r, "items", ""), 4);
    ck_assert_uint_eq(rows_with(r, "items", "scale=rc"), 4);
    relcoord_result_free(r);
}
END_TEST

static const struct {
    const char *codebook, *csv, *settings, *message, *option;
} refusals[] = {
    {BOOK "q1,item,trust,\n", "id,unit,q1\n1,u,1\n", "scale=trsut",
     "'trsut' is not a scale in the data; did you mean 'trust'?", "scale"},
    {BOOK "q1,item,trust,\n", "id,unit,q1\n1,u,1\n", "scale=trust,rc",
     "'rc' is not a scale in the data; the first one is 'trust'", "scale"},
    {BOOK "q1,outcome,trust,\n", "id,unit,q1\n1,u,1\n", NULL,
     "the data have no items of a scale: the codebook names none, and there are no answers about "
     "workgroups",
     ""},
    {BOOK "q1,item,trust,\nw,weight,,\n", "id,unit,q1,w\n1,u,1,2\n", NULL,
     "the data have weights, but 'reliability' has no weighted definition: ignore the weights, or "
     "leave the column out",
     "weights"},
    {"variable,role,scale\nid,respondent,\nq1,item,trust\n", "id,q1\n1,1\n",
     "ci=bootstrap resample=units", "the data have no column 'unit' to draw units from",
     "resample"},
    {"variable,role,scale,dimension\nid,respondent,,\nq1,item,trust,\nu,unit,,unit\nv,unit,,unit\n",
     "id,q1,u,v\n1,1,1,0\n", "ci=bootstrap resample=units",
     "people belong to several units, so units cannot be resampled one by one", "resample"},
};

START_TEST(calls_at_fault)
{
    relcoord_survey *survey = survey_by_book(refusals[_i].codebook, refusals[_i].csv);
    expect_refused(survey, "reliability", refusals[_i].settings,
                   *refusals[_i].option ? RELCOORD_EOPTION : RELCOORD_EUSAGE, refusals[_i].option,
                   refusals[_i].message);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- The matrices ---- */

/* By unit: member, workgroup, target, the three relationship items. 1 and 3 are in u, 2 is not; 3
 * answers nothing of B, and a don't know and an answer that is missing are no score. */
static const char ties_csv[] = "respondent,workgroup,target,unit," ITEMS "\n"
                               "3,A,B,u,1,1,1,1,,,\n1,B,A,u,1,1,1,1,5,,3\n3,A,A,u,1,1,1,1,2,4,\n1,"
                               "B,B,u,1,1,1,1,4,1,2\n2,A,A,v,5,5,5,5,5,5,5\n";

START_TEST(cases_of_a_scale)
{
    static const double ties[4][3] = {{5, NAN, 3}, {4, 1, 2}, {2, 4, NAN}, {NAN, NAN, NAN}};
    static const double respondents[2][3] = {{4.5, 1, 2.5}, {2, 4, NAN}};
    relcoord_survey *survey = survey_make(ties_csv);
    relcoord_options *options = options_make("reliability", "by=unit scale=relationship");
    run r = {.survey = survey, .options = options};
    scale_list scales;
    group_members members;
    ck_assert_int_eq(cases_select(survey, options, false, &r.cases, NULL), RELCOORD_OK);
    ck_assert_int_eq(scales_select(&r, &scales, NULL), RELCOORD_OK);
    ck_assert_uint_eq(scales.count, 1);
    ck_assert_uint_eq(scales.scales[0].k, 3);
    expect_near("low", scales.scales[0].low, 1, 0);
    expect_near("high", scales.scales[0].high, 5, 0);
    ck_assert_int_eq(group_members_list(&r, 0, &members, NULL), RELCOORD_OK);
    ck_assert_uint_eq(members.count, 2);
    for (scale_basis basis = BASIS_TIES; basis < BASIS_COUNT; basis++) {
        const double *wanted = basis == BASIS_TIES ? ties[0] : respondents[0];
        scale_cases c;
        ck_assert_int_eq(scale_cases_gather(&r, &scales.scales[0], &members, basis, &c, NULL),
                         RELCOORD_OK);
        ck_assert_uint_eq(c.rows, basis == BASIS_TIES ? 4 : 2);
        for (size_t i = 0; i < c.rows * 3; i++)
            expect_near(scale_basis_names[basis], c.values[i], wanted[i], 0);
        for (size_t row = 0; row < c.rows; row++) {
            uint32_t second = row >= c.rows / 2;
            ck_assert_uint_eq(c.member[row], second);
            ck_assert_uint_eq(c.workgroup[row], second ? 0 : 1);
            ck_assert_uint_eq(c.target[row], basis == BASIS_TIES ? row % 2 : NO_TARGET);
        }
        scale_cases_free(&c);
    }
    group_members_free(&members);
    scales_free(&scales);
    cases_free(&r.cases);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- By hand ---- */

#define TWO BOOK "a,item,s,\nb,item,s,\n"

/* a 1 2 3 4, b 2 1 4 3: variances 5/3, covariance 1, V = 16/3. */
START_TEST(two_items_by_hand)
{
    static const struct {
        const char *coefficient, *estimator, *note;
        double value;
    } wanted[] = {
        {"alpha", "alpha_listwise", "feldt", 0.75},
        {"alpha_std", "alpha_std_listwise", "no_analytic_ci", 0.75},
        {"lambda2", "lambda2_listwise", "no_analytic_ci", 0.75},
        {"lambda6", "lambda6_listwise", "no_analytic_ci",
         1 - 2 * (5.0 / 3) * (1 - 0.36) / (16.0 / 3)},
        {"lambda4_min", "lambda4_listwise", "no_analytic_ci", 0.75},
        {"lambda4_max", "lambda4_listwise", "no_analytic_ci", 0.75},
        {"omega_u", "omega_u_ml", "too_few_items", NAN},
        {"r_mean", "r_listwise", "no_analytic_ci", 0.6},
        {"sem", "sem_listwise", "no_analytic_ci", 0.57735026918962576},
        {"mdc", "mdc_listwise", "no_analytic_ci", 1.9599639845400543 * 0.81649658092772603},
    };
    relcoord_result *r = reliability_through(
        TWO, "id,unit,a,b\n4,u,4,3\n1,u,1,2\n3,u,3,4\n2,u,2,1\n5,u,5,\n6,u,,\n", NULL);
    for (size_t i = 0; i < LENGTH(wanted); i++) {
        char keys[80];
        snprintf(keys, sizeof keys, "coefficient=%s", wanted[i].coefficient);
        expect_near(keys, number_at(r, "coefficients", keys, "value"), wanted[i].value, 1e-14);
        expect_same_text(keys, string_at(r, "coefficients", keys, "estimator"),
                         wanted[i].estimator);
        expect_same_text(keys, string_at(r, "coefficients", keys, "note"), wanted[i].note);
        ck_assert_int_eq(integer_at(r, "coefficients", keys, "n"), 4);
        ck_assert_int_eq(integer_at(r, "coefficients", keys, "k"), 2);
        ck_assert_int_eq(integer_at(r, "coefficients", keys, "left_out"), 2);
    }
    ck_assert_uint_eq(rows_with(r, "coefficients", "coefficient=alpha_within"),
                      0); /* there are no workgroups */
    expect_near("r", number_at(r, "correlations", "item=b other=a", "r"), 0.6, 1e-15);
    expect_near("item_rest", number_at(r, "items", "item=a", "item_rest"), 0.6, 1e-15);
    expect_near("item_total", number_at(r, "items", "item=a", "item_total"), sqrt(0.8), 1e-15);
    expect_near("floor", number_at(r, "items", "item=a", "floor"), 0.25, 0);
    expect_near("ceiling", number_at(r, "items", "item=a", "ceiling"), 0, 0);
    expect_same_text("note", string_at(r, "items", "item=a", "note"), "too_few_items;floor");
    relcoord_result_free(r);
}
END_TEST

Suite *scales_suite(void)
{
    Suite *suite = suite_create("scales");
    TCase *all = tcase_create("scales");
    tcase_add_loop_test(all, scales_of_a_survey, 0, (int)LENGTH(lists));
    tcase_add_test(all, parts_of_rc);
    tcase_add_loop_test(all, calls_at_fault, 0, (int)LENGTH(refusals));
    tcase_add_test(all, cases_of_a_scale);
    tcase_add_test(all, two_items_by_hand);
    suite_add_tcase(suite, all);
    return suite;
}
