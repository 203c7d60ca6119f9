/* Concentration: Gini, half of the total, top shares and Lorenz's curve by hand; what changes
 * nothing; what has no value; what is refused; and memory that runs out. R's figures are in
 * golden/concentration. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"
#include "stats/measures/concentration.h"

Suite *concentration_suite(void);

/* ---- Arithmetic ---- */

static const double costs[] = {0, 1, 3, 6};
static const size_t in_order[] = {0, 1, 2, 3, 4, 5, 6, 7};

/* The manual's example. */
START_TEST(by_hand)
{
    const concentration_sample sample = {4, costs, in_order};
    concentration c = concentration_measure(&sample, NULL);
    double points[LORENZ_POINTS];
    ck_assert_double_eq(c.total, 10);
    /* differences of the six pairs: 1 + 3 + 6 + 2 + 5 + 3 = 20, each twice, of 2 * 16 * 2.5 */
    expect_near("gini", c.gini, 40 / 80.0, 1e-15);
    expect_near("correction", concentration_correction(&sample, NULL), 4 / 3.0, 1e-15);
    expect_near("half", c.half, 5 / 6.0 / 4, 1e-15);
    for (int i = 0; i < CONCENTRATION_TOPS; i++) /* all less than one person */
        expect_near("top", c.tops[i], concentration_tops[i] / 100.0 * 4 * 6 / 10, 1e-15);
    concentration_lorenz(&sample, NULL, points);
    ck_assert_double_eq(points[0], 0);
    expect_near("20 %", points[2], 0, 1e-15);
    expect_near("30 %", points[3], 0.2 * 1 / 10, 1e-15);
    expect_near("50 %", points[5], 1 / 10.0, 1e-15);
    expect_near("60 %", points[6], (1 + 0.4 * 3) / 10, 1e-15);
    expect_near("90 %", points[9], 1 - c.tops[3], 1e-15);
    ck_assert_double_eq(points[LORENZ_POINTS - 1], 1);
}
END_TEST

/* A person of weight 2 is two people, for all but the correction. */
START_TEST(a_weight_is_people)
{
    static const double weights[] = {2, 1, 3, 1}, copies[] = {0, 0, 1, 3, 3, 3, 6};
    const concentration_sample sample = {4, costs, in_order}, all = {7, copies, in_order};
    concentration weighted = concentration_measure(&sample, weights),
                  copied = concentration_measure(&all, NULL);
    double a[LORENZ_POINTS], b[LORENZ_POINTS];
    expect_near("gini", weighted.gini, copied.gini, 1e-15);
    expect_near("half", weighted.half, copied.half, 1e-15);
    for (int i = 0; i < CONCENTRATION_TOPS; i++)
        expect_near("top", weighted.tops[i], copied.tops[i], 1e-15);
    concentration_lorenz(&sample, weights, a);
    concentration_lorenz(&all, NULL, b);
    for (int i = 0; i < LORENZ_POINTS; i++)
        expect_near("point", a[i], b[i], 1e-15);
    expect_near("correction", concentration_correction(&sample, weights), 49 / (49 - 15.0), 1e-15);
}
END_TEST

/* The extremes: all alike, one with everything, nothing at all, nobody. */
START_TEST(extremes)
{
    static const double alike[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, one[] = {0, 0, 0, 0, 7},
                        nothing[] = {0, 0, 0};
    concentration_sample sample = {7, alike, in_order};
    concentration c = concentration_measure(&sample, NULL);
    double points[LORENZ_POINTS];
    ck_assert_double_eq(c.gini, 0);
    expect_near("half", c.half, 0.5, 1e-15);
    expect_near("top", c.tops[3], 0.1, 1e-15);
    sample = (concentration_sample){5, one, in_order};
    c = concentration_measure(&sample, NULL);
    expect_near("gini", c.gini, 0.8, 1e-15);
    expect_near("corrected", c.gini * concentration_correction(&sample, NULL), 1, 1e-15);
    expect_near("half of one of five", c.half, 0.1, 1e-15);
    sample = (concentration_sample){3, nothing, in_order};
    c = concentration_measure(&sample, NULL);
    concentration_lorenz(&sample, NULL, points);
    ck_assert_double_eq(c.total, 0);
    ck_assert_double_nan(c.gini);
    ck_assert_double_nan(c.half);
    ck_assert_double_nan(c.tops[0]);
    ck_assert_double_nan(points[0]);
    sample.count = 0;
    ck_assert_double_nan(concentration_measure(&sample, NULL).gini);
    ck_assert_double_nan(concentration_correction(&sample, NULL));
}
END_TEST

/* Whatever the values: a unit changes nothing, Gini is the area of its definition, and the curve
 * lies below the diagonal and bends upwards. */
START_TEST(properties)
{
    enum { N = 8 };
    uint64_t seed = 11;
    for (int round = 0; round < rounds(500); round++) {
        double values[N], scaled[N], pairs = 0, points[LORENZ_POINTS];
        const concentration_sample sample = {N, values, in_order}, other = {N, scaled, in_order};
        concentration c, d;
        values[0] = random_below(&seed, 3);
        for (int i = 1; i < N; i++)
            values[i] = values[i - 1] + random_below(&seed, 90) / 8.0 + (i == N - 1);
        for (int i = 0; i < N; i++) {
            scaled[i] = 1000 * values[i];
            for (int j = 0; j < N; j++)
                pairs += fabs(values[i] - values[j]);
        }
        c = concentration_measure(&sample, NULL);
        d = concentration_measure(&other, NULL);
        expect_near("gini", c.gini, pairs / 2 / N / c.total, 1e-14);
        expect_near("in another unit", d.gini, c.gini, 1e-14);
        expect_near("half in another unit", d.half, c.half, 1e-14);
        ck_assert(c.half > 0 && c.half <= 0.5 + 1e-15);
        concentration_lorenz(&sample, NULL, points);
        for (int i = 1; i < LORENZ_POINTS; i++)
            ck_assert(points[i] >= points[i - 1] && points[i] <= lorenz_points[i] / 100.0 + 1e-14);
    }
}
END_TEST

/* ---- The analysis ---- */

#define BOOK                                                                                      \
    "variable,role,scale,values,label_en,label_da\nid,respondent,,,,\ntown,unit,,,,\n"            \
    "cost,outcome,,,Cost,Udgift\nvisits,item,use,0;1;2;9=dk,,\nword,item,word,a|A;b|B,,\nq,item," \
    "s,0=0;1=1;2=2;9=dk,,\n"
#define HEADER "id,town,cost,visits,word,q\n"
static const char data[] = HEADER "1,A,6,,a,1\n2,A,0,,a,0\n3,A,,,b,9\n4,A,1,,a,2\n5,A,3,,b,\n"
                                  "6,B,0,,a,0\n7,B,0,,a,0\n8,C,5,,a,0\n9,D,,,a,1\n";

static const double *column_of(const relcoord_result *result, const char *table, const char *column)
{
    const double *values;
    ck_assert_int_eq(
        relcoord_table_doubles(relcoord_result_table(result, table), column, &values, NULL, NULL),
        RELCOORD_OK);
    return values;
}

START_TEST(tables_by_hand)
{
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_result *result = result_make(survey, "distribution",
                                          "concentration=cost,q by=unit replicates=50");
    const char *a = "variable=cost unit=A", *b = "variable=cost unit=B",
               *c = "variable=cost unit=C", *d = "variable=cost unit=D", *table = "concentration";
    ck_assert_int_eq(integer_at(result, table, a, "n"), 4);
    ck_assert_int_eq(integer_at(result, table, a, "missing"), 1);
    ck_assert_double_eq(number_at(result, table, a, "total"), 10);
    expect_near("gini", number_at(result, table, a, "gini"), 0.5, 1e-14);
    expect_near("corrected", number_at(result, table, a, "gini_corrected"), 2 / 3.0, 1e-14);
    expect_near("corrected bound", number_at(result, table, a, "corrected_high"),
                number_at(result, table, a, "ci_high") * 4 / 3, 1e-14);
    expect_near("half", number_at(result, table, a, "half_percent"), 500 / 24.0, 1e-13);
    ck_assert_str_eq(string_at(result, table, a, "label"), "Cost");
    ck_assert_str_eq(string_at(result, table, a, "estimator"), "lorenz");
    /* the first rows are of A, whose fourth top is 10 %, and whose seventh point 60 % */
    expect_near("top 10 %", column_of(result, "top_shares", "percent")[3], 24, 1e-13);
    expect_near("60 %", column_of(result, "lorenz", "percent")[6], 22, 1e-13);
    ck_assert_double_eq(number_at(result, table, b, "total"), 0);
    ck_assert_double_nan(number_at(result, table, b, "gini"));
    ck_assert_str_eq(string_at(result, table, b, "note"), "all_zero");
    ck_assert_double_eq(number_at(result, table, c, "gini"), 0);
    ck_assert_double_nan(number_at(result, table, c, "gini_corrected"));
    ck_assert_str_eq(string_at(result, table, c, "note"),
                     "too_few;bootstrap_constant;bootstrap_alone");
    ck_assert_str_eq(string_at(result, table, d, "note"), "empty");
    ck_assert_double_nan(number_at(result, table, d, "total"));
    ck_assert_int_eq(integer_at(result, table, "variable=cost unit=(total)", "n"), 7);
    ck_assert_int_eq(integer_at(result, table, "variable=q unit=A", "n"), 3); /* no doubt */
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

static char *json_of(const char *book, const char *rows, const char *settings)
{
    relcoord_survey *survey = survey_by_book(book, rows);
    relcoord_result *result = result_make(survey, "distribution", settings);
    char *json = result_written(result, "json", NULL);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
    return json;
}

START_TEST(rows_and_threads_do_not_matter)
{
    static const char turned[] = HEADER
        "9,D,,,a,1\n8,C,5,,a,0\n7,B,0,,a,0\n6,B,0,,a,0\n5,A,3,,b,\n4,A,1,,a,2\n3,A,,,b,9\n"
        "2,A,0,,a,0\n1,A,6,,a,1\n";
    char *one = json_of(BOOK, data, "concentration=cost by=unit replicates=50 threads=1"),
         *other = json_of(BOOK, turned, "concentration=cost by=unit replicates=50 threads=3");
    expect_same_text("rows and threads", other, one);
    free(one);
    free(other);
}
END_TEST

START_TEST(refusals)
{
    static const char minus[] = HEADER "1,A,6,,a,1\n2,A,-0.5,,a,0\n3,A,-7,,a,0\n";
    relcoord_survey *survey = survey_by_book(BOOK, minus);
    relcoord_options *options = options_make("distribution", "concentration=cost");
    relcoord_result *result = NULL;
    relcoord_error error;
    ck_assert_int_eq(relcoord_run(survey, "distribution", options, &result, &error),
                     RELCOORD_EDATA);
    ck_assert_str_eq(error.column, "cost");
    ck_assert_str_eq(error.message,
                     "respondent '2' has -0.5: what a total is divided into has to be 0 or more");
    expect_refused(survey, "distribution", "concentration=cosst", RELCOORD_EOPTION, "concentration",
                   "'cosst' is not a column that each person answers once; did you mean 'cost'?");
    expect_refused(survey, "distribution", "concentration=word", RELCOORD_EOPTION, "concentration",
                   "'word' has neither scores nor numbers");
    expect_refused(survey, "distribution", "concentration=q,q", RELCOORD_EOPTION, "concentration",
                   "'q' is given twice");
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(memory_runs_out)
{
    heap_start();
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_options *options = options_make(
        "distribution", "by=unit variables=q concentration=cost replicates=20");
    ck_assert_int_eq(expect_memory_faults(survey, "distribution", options, INT_MAX), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

START_TEST(it_listens_and_can_be_stopped)
{
    relcoord_survey *survey = survey_by_book(BOOK, data);
    relcoord_options *options = options_make("distribution", "by=unit concentration=cost,q");
    listener heard = {0, 0, 0};
    relcoord_result *result = NULL;
    relcoord_options_set_progress(options, listen, &heard);
    ck_assert_int_eq(relcoord_run(survey, "distribution", options, &result, NULL), RELCOORD_OK);
    relcoord_result_free(result);
    heard = (listener){0, 0, heard.heard - 2};
    ck_assert_int_eq(relcoord_run(survey, "distribution", options, &result, NULL),
                     RELCOORD_ECANCELLED);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

Suite *concentration_suite(void)
{
    Suite *suite = suite_create("concentration");
    TCase *arithmetic = tcase_create("arithmetic"), *analysis = tcase_create("analysis");
    tcase_add_test(arithmetic, by_hand);
    tcase_add_test(arithmetic, a_weight_is_people);
    tcase_add_test(arithmetic, extremes);
    tcase_add_test(arithmetic, properties);
    tcase_add_test(analysis, tables_by_hand);
    tcase_add_test(analysis, rows_and_threads_do_not_matter);
    tcase_add_test(analysis, refusals);
    tcase_add_test(analysis, memory_runs_out);
    tcase_add_test(analysis, it_listens_and_can_be_stopped);
    suite_add_tcase(suite, arithmetic);
    suite_add_tcase(suite, analysis);
    return suite;
}
