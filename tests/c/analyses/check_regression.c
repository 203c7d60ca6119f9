/* Least squares with clustered errors, and the analysis regression: by hand, by identities, what
 * changes nothing, what has no value, what is refused. R's figures are in golden/outcomes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"
#include "stats/regression/regression.h"

Suite *regression_suite(void);

/* ---- Arithmetic ---- */

static const double line[] = {1, 1, 1, 2, 1, 3, 1, 4}, outcomes[] = {1, 2, 4, 5};
static const uint32_t alone[] = {0, 1, 2, 3}, couples[] = {0, 0, 1, 1};

/* The manual's example; degrees of freedom 98/65 by clubSandwich. */
START_TEST(by_hand)
{
    regression_data d = {4, 2, line, outcomes, alone};
    regression fit;
    regression_term t[2];
    ck_assert_int_eq(regression_fit(&d, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_int_eq(fit.reason, REGRESSION_DONE);
    expect_near("intercept", t[0].estimate, -0.5, 1e-14);
    expect_near("slope", t[1].estimate, 1.4, 1e-14);
    expect_near("HC2", t[1].se, sqrt(2 * (0.0225 / 0.3) + 2 * (0.0025 * 9 / 0.7)) / 5, 1e-13);
    expect_near("df", t[1].df, 98 / 65.0, 1e-13);
    expect_near("r2", fit.r2, 1 - 0.2 / 10, 1e-14);
    expect_near("sigma", fit.sigma, sqrt(0.1), 1e-14);
    ck_assert_uint_eq(fit.clusters, 4);
    ck_assert_int_eq(regression_fit(&d, REGRESSION_CLASSICAL, &fit, t, NULL), RELCOORD_OK);
    expect_near("classical", t[1].se, sqrt(0.1 / 5), 1e-14);
    ck_assert_double_eq(t[1].df, 2);
    ck_assert_int_eq(regression_fit(&d, REGRESSION_CR1, &fit, t, NULL), RELCOORD_OK);
    expect_near("CR1", t[1].se, sqrt(4 / 3.0 * (2 * 0.0225 + 2 * 0.0225)) / 5, 1e-13);
    ck_assert_double_eq(t[1].df, 3);
}
END_TEST

/* With an intercept alone it is the mean, whose CR2 is that of stats/clusters.h. */
START_TEST(a_mean)
{
    static const double ones[] = {1, 1, 1, 1, 1, 1, 1}, values[] = {3, 4, 2, 5, 5, 1, 4};
    static const uint32_t of[] = {0, 0, 0, 1, 1, 2, 3};
    regression_data d = {7, 1, ones, values, of};
    regression fit;
    regression_term t;
    ck_assert_int_eq(regression_fit(&d, REGRESSION_CR2, &fit, &t, NULL), RELCOORD_OK);
    double mean = 24 / 7.0, se2 = 0;
    static const double sums[] = {9, 10, 1, 4}, sizes[] = {3, 2, 1, 1};
    for (int i = 0; i < 4; i++)
        se2 += (sums[i] - sizes[i] * mean) * (sums[i] - sizes[i] * mean) / (1 - sizes[i] / 7) / 49;
    expect_near("mean", t.estimate, mean, 1e-14);
    expect_near("se", t.se, sqrt(se2), 1e-13);
    ck_assert(t.df > 1 && t.df < 3);
}
END_TEST

/* y + a + b x and c y change coefficients alike; errors follow c alone. A term times 1000 has a
 * coefficient of a thousandth. */
START_TEST(shifted_and_scaled)
{
    enum { N = 30 };
    double x[3 * N], scaled[3 * N], y[N], other[N];
    uint32_t cluster[N];
    uint64_t seed = 7;
    regression fit;
    regression_term t[3], u[3];
    for (int i = 0; i < N; i++) {
        x[3 * i] = scaled[3 * i] = 1;
        x[3 * i + 1] = random_below(&seed, 1000) / 100.0;
        x[3 * i + 2] = random_below(&seed, 3);
        scaled[3 * i + 1] = 1000 * x[3 * i + 1];
        scaled[3 * i + 2] = x[3 * i + 2];
        y[i] = random_below(&seed, 500) / 50.0;
        other[i] = -2 * y[i] + 3 + 5 * x[3 * i + 1];
        cluster[i] = (uint32_t)i / 4;
    }
    regression_data d = {N, 3, x, y, cluster}, e = {N, 3, scaled, other, cluster};
    ck_assert_int_eq(regression_fit(&d, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_int_eq(regression_fit(&e, REGRESSION_CR2, &fit, u, NULL), RELCOORD_OK);
    expect_near("intercept", u[0].estimate, -2 * t[0].estimate + 3, 1e-10);
    expect_near("slope", 1000 * u[1].estimate, -2 * t[1].estimate + 5, 1e-10);
    expect_near("other slope", u[2].estimate, -2 * t[2].estimate, 1e-10);
    for (int i = 0; i < 3; i++) {
        expect_near("se", u[i].se * (i == 1 ? 1000 : 1), 2 * t[i].se, 1e-10);
        expect_near("df", u[i].df, t[i].df, 1e-9);
    }
}
END_TEST

START_TEST(no_values)
{
    static const double twice[] = {1, 2, 2, 1, 3, 3, 1, 5, 5, 1, 7, 7}, equal[] = {2, 2, 2, 2};
    regression_data singular = {4, 3, twice, outcomes, alone},
                    constant = {4, 2, line, equal, alone}, few = {2, 2, line, outcomes, alone};
    regression_data two = {4, 2, line, outcomes, couples};
    static const uint32_t one[] = {0, 0, 0, 0};
    regression_data whole = {4, 2, line, outcomes, one};
    regression fit;
    regression_term t[3];
    ck_assert_int_eq(regression_fit(&singular, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_int_eq(fit.reason, REGRESSION_SINGULAR);
    ck_assert_uint_eq(fit.which, 2);
    ck_assert_double_nan(t[0].estimate);
    ck_assert_int_eq(regression_fit(&constant, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_int_eq(fit.reason, REGRESSION_CONSTANT);
    ck_assert_int_eq(regression_fit(&few, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_int_eq(fit.reason, REGRESSION_FEW_CASES);
    ck_assert_int_eq(regression_fit(&two, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    ck_assert_uint_eq(fit.clusters, 2);
    ck_assert_int_eq(regression_fit(&whole, REGRESSION_CR2, &fit, t, NULL), RELCOORD_OK);
    expect_near("the coefficient stands", t[1].estimate, 1.4, 1e-14);
    ck_assert_double_nan(t[1].se);
}
END_TEST

/* ---- The analysis ---- */

#define BOOK                                                                                       \
    "variable,role,scale,values\nid,respondent,,\ngroup,workgroup,,\ntarget,target,,\nsite,unit,," \
    "\njob,role,,\n{dimension},item,rc,\n"                                                         \
    "score,outcome,,\nmood,outcome,,low;high\ntrust,outcome,,1=1;2=2;3=3;8=dk\n"
#define HEADER                                                                               \
    "id,group,target,site,job,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect,score,mood,trust\n"
#define SAME(start, a) start #a "," #a "," #a "," #a "," #a "," #a "," #a ","

static const char people[] =
    HEADER SAME("1,g,t,,a,", 1) "1,low,1\n" SAME("2,g,t,,b,", 2) "2,low,8\n" SAME(
        "3,g,t,,a,", 3) "4,high,3\n" SAME("4,g,t,,b,", 4) "5,high,2\n" SAME("5,g,t,,a,",
                                                                            4) ",high,2\n";

START_TEST(people_as_cases)
{
    relcoord_survey *survey = survey_by_book(BOOK, people);
    relcoord_result *result = result_make(survey, "regression",
                                          "outcome=score cluster=role se=classical");
    expect_near("slope", number_at(result, "coefficients", "outcome=score term=rc", "estimate"),
                1.4, 1e-14);
    ck_assert_int_eq(integer_at(result, "models", "outcome=score", "n"), 4);
    ck_assert_int_eq(integer_at(result, "models", "outcome=score", "left_out"), 1);
    ck_assert_int_eq(integer_at(result, "models", "outcome=score", "clusters"), 2);
    expect_near("r2", number_at(result, "models", "outcome=score", "r2"), 0.98, 1e-14);
    relcoord_result_free(result);
    result = result_make(
        survey, "regression",
        "covariates=role cluster=role"); /* by default the outcomes with numbers or scores */
    ck_assert_uint_eq(rows_with(result, "models", "estimator=ols_cr2"), 2);
    ck_assert_uint_eq(rows_with(result, "coefficients", "term=role=b"), 2);
    ck_assert_uint_eq(rows_with(result, "coefficients", "term=role=a"), 0);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Nobody has a unit where the column is empty: each row says so. Without the column everybody
 * stands alone. */
START_TEST(people_without_clusters)
{
    relcoord_survey *survey = survey_by_book(BOOK, people);
    relcoord_result *result = result_make(survey, "regression", "outcome=score");
    ck_assert_str_eq(string_at(result, "models", "outcome=score", "note"), "empty");
    ck_assert_int_eq(integer_at(result, "models", "outcome=score", "left_out"), 5);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(terms_that_follow_from_others)
{
    relcoord_survey *survey = survey_by_book(BOOK, people);
    relcoord_result *result = result_make(survey, "regression",
                                          "outcome=score cluster=role predictors=rc,timely");
    ck_assert_str_eq(string_at(result, "coefficients", "outcome=score term=timely", "note"),
                     "collinear");
    ck_assert_str_eq(string_at(result, "coefficients", "outcome=score term=rc", "note"), "");
    ck_assert_double_nan(number_at(result, "coefficients", "outcome=score term=rc", "estimate"));
    relcoord_result_free(result);
    result = result_make(survey, "regression", "outcome=score cluster=workgroup");
    ck_assert_str_eq(string_at(result, "coefficients", "outcome=score term=rc", "note"),
                     "fewer_clusters_than_terms");
    ck_assert_double_nan(number_at(result, "coefficients", "outcome=score term=rc", "se"));
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Any scale ---- */

static bool table_note_is(const relcoord_result *result, const char *keys, const char *code)
{
    return strstr(string_at(result, "coefficients", keys, "note"), code) != NULL;
}

#define SCALES                                                               \
    "variable,role,scale,dimension,values\nid,respondent,,,\nsite,unit,,,\n" \
    "b1,item,coupling,bridge_builder,\nb2,item,coupling,bridge_builder,\n"   \
    "c1,item,coupling,communicator,\nx,item,context,,\ny,item,context,,\nage,outcome,,,\n"
static const char scaled[] = "id,site,b1,b2,c1,x,y,age\n"
                             "1,s,1,1,1,1,1,30\n2,s,2,2,2,3,1,40\n3,t,4,,5,3,3,50\n"
                             "4,t,5,5,3,4,4,45\n5,t,,,4,2,2,41\n";

/* The manual's example again: bridge_builder is 1, 2, 4, 5 and context 1, 2, 3, 4; whoever answered
 * half of the items of a scale has a score. */
START_TEST(any_scale)
{
    relcoord_survey *survey = survey_by_book(SCALES, scaled);
    relcoord_result *result = result_make(
        survey, "regression", "outcome=bridge_builder,c1 predictors=context se=classical");
    const char *slope = "outcome=bridge_builder term=context";
    expect_near("slope", number_at(result, "coefficients", slope, "estimate"), 1.4, 1e-14);
    expect_near("se", number_at(result, "coefficients", slope, "se"), sqrt(0.1 / 5), 1e-14);
    ck_assert_int_eq(integer_at(result, "models", "outcome=bridge_builder", "n"), 4);
    ck_assert_int_eq(integer_at(result, "models", "outcome=bridge_builder", "left_out"), 1);
    ck_assert_int_eq(integer_at(result, "models", "outcome=c1", "n"), 5);
    ck_assert_str_eq(relcoord_result_note(result, 0),
                     "each person is one case: scores of scales are means of their items");
    relcoord_result_free(result);
    result = result_make(survey, "regression", "outcome=coupling predictors=b1,context,age");
    ck_assert_uint_eq(rows_with(result, "coefficients", "outcome=coupling"), 4);
    ck_assert(table_note_is(result, "outcome=coupling term=b1", "shared_answers"));
    ck_assert(!table_note_is(result, "outcome=coupling term=context", "shared_answers"));
    ck_assert(!table_note_is(result, "outcome=coupling term=age", "shared_answers"));
    relcoord_result_free(result);
    result = result_make(survey, "regression", "predictors=age,context outcome=b1,x");
    ck_assert(table_note_is(result, "outcome=x term=context", "shared_answers"));
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* rc contains each dimension, and of its parts only that one of which the dimension is. */
START_TEST(scores_of_ties_share_answers)
{
    relcoord_survey *survey = survey_by_book(BOOK, people);
    relcoord_result *result = result_make(
        survey, "regression",
        "outcome=rc,timely predictors=communication,shared_goals cluster=role");
    ck_assert(table_note_is(result, "outcome=rc term=communication", "shared_answers"));
    ck_assert(table_note_is(result, "outcome=rc term=shared_goals", "shared_answers"));
    ck_assert(table_note_is(result, "outcome=timely term=communication", "shared_answers"));
    ck_assert(!table_note_is(result, "outcome=timely term=shared_goals", "shared_answers"));
    ck_assert_str_eq(relcoord_result_note(result, 0),
                     "each person is one case: scores of relational coordination are means over "
                     "the person's ties, those of other scales means of their items");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(refused_without_ties)
{
    relcoord_survey *survey = survey_by_book(SCALES, scaled);
    expect_refused(survey, "regression", NULL, RELCOORD_EOPTION, "predictors",
                   "the data have no answers about workgroups: 'predictors' has to name scales or "
                   "items");
    expect_refused(survey, "regression", "predictors=rc", RELCOORD_EOPTION, "predictors",
                   "'rc' is neither a scale nor an item in the data; the scales are: coupling, "
                   "context, bridge_builder, communicator");
    expect_refused(survey, "regression", "predictors=age", RELCOORD_EUSAGE, "",
                   "the data have no outcome to explain: name a scale or an item by 'outcome', or "
                   "give a column with scores or numbers the role outcome in the codebook");
    relcoord_survey_free(survey);
}
END_TEST

static const struct {
    const char *name, *settings;
    relcoord_status status;
    const char *option, *message;
} faults[] = {
    {"no such outcome", "outcome=scoer", RELCOORD_EOPTION, "outcome",
     "'scoer' is neither a scale nor an item in the data; did you mean 'score'? The scales are: "
     "frequent, timely, accurate, problem_solving, shared_goals, shared_knowledge, mutual_respect, "
     "communication, relationship, rc"},
    {"no such covariate", "covariates=zzz", RELCOORD_EOPTION, "covariates",
     "'zzz' is not a column that each person answers once"},
    {"explained by itself", "outcome=score covariates=score", RELCOORD_EOPTION, "covariates",
     "a column cannot be explained by itself"},
    {"twice", "predictors=rc,rc", RELCOORD_EOPTION, "predictors", "'rc' is given twice"},
    {"no dimension", "predictors=tinely", RELCOORD_EOPTION, "predictors",
     "'tinely' is neither a scale nor an item in the data; did you mean 'timely'? The scales are: "
     "frequent, timely, accurate, problem_solving, shared_goals, shared_knowledge, mutual_respect, "
     "communication, relationship, rc"},
    {"no clusters", "cluster=level", RELCOORD_EOPTION, "cluster",
     "the data have no column 'level' of groups"},
    {"none left", "covariates=score,trust", RELCOORD_EUSAGE, "",
     "the data have no outcome to explain: name a scale or an item by 'outcome', or give a column "
     "with scores or numbers the role outcome in the codebook"},
    {"predicted by itself", "outcome=rc predictors=rc", RELCOORD_EOPTION, "predictors",
     "a column cannot be explained by itself"},
    {"an outcome twice", "outcome=score,score", RELCOORD_EOPTION, "outcome",
     "'score' is given twice"},
};

START_TEST(refused)
{
    relcoord_survey *survey = survey_by_book(BOOK, people);
    expect_refused(survey, "regression", faults[_i].settings, faults[_i].status, faults[_i].option,
                   faults[_i].message);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(memory_runs_out)
{
    heap_start();
    relcoord_survey *survey = survey_by_book(BOOK, people);
    relcoord_options *options = options_make("regression", "covariates=role cluster=role");
    ck_assert_int_eq(expect_memory_faults(survey, "regression", options, 2000), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    survey = survey_by_book(SCALES, scaled);
    options = options_make("regression", "outcome=coupling,c1 predictors=context,age");
    ck_assert_int_eq(expect_memory_faults(survey, "regression", options, 2000), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

Suite *regression_suite(void)
{
    Suite *suite = suite_create("regression");
    TCase *arithmetic = tcase_create("arithmetic"), *analysis = tcase_create("analysis"),
          *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, NULL, heap_stop);
    tcase_add_test(arithmetic, by_hand);
    tcase_add_test(arithmetic, a_mean);
    tcase_add_test(arithmetic, shifted_and_scaled);
    tcase_add_test(arithmetic, no_values);
    tcase_add_test(analysis, people_as_cases);
    tcase_add_test(analysis, people_without_clusters);
    tcase_add_test(analysis, terms_that_follow_from_others);
    tcase_add_test(analysis, any_scale);
    tcase_add_test(analysis, scores_of_ties_share_answers);
    tcase_add_test(limits, refused_without_ties);
    tcase_add_loop_test(limits, refused, 0, LENGTH(faults));
    tcase_add_test(limits, memory_runs_out);
    suite_add_tcase(suite, arithmetic);
    suite_add_tcase(suite, analysis);
    suite_add_tcase(suite, limits);
    return suite;
}
