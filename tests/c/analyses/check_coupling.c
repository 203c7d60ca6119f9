/* Coupling competence: the case that relcoord-methods(7) works by hand, what cannot be worked out,
 * and what must not matter. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyses/coupling/people.h"
#include "base/text.h"
#include "codebook/codebook.h"
#include "runs.h"
#include "stats/measures/coupling.h"
#include "stats/tests/association.h"

Suite *coupling_suite(void);

static void expect_value(double value, double wanted)
{
    expect_near("value", value, wanted, 1e-14);
}

/* ---- By hand --------------------------------------------------------------------------------- */

static const double by_hand[] = {4, 4, 4, 2, 3, 4, 5, 3, 5, 5, 1, 4};

START_TEST(indices_by_hand)
{
    coupling_sample s;
    double values[COUPLING_COUNT], means[FUNCTION_COUNT];
    int weakest;
    ck_assert_int_eq(coupling_sample_make(by_hand, 3, 1, 5, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, NULL, values);
    ck_assert_int_eq(coupling_weakest(&s, NULL, means, &weakest), 0);
    ck_assert_int_eq(weakest, 3);
    expect_value(means[1], 13.0 / 3);
    expect_value(values[COUPLING_WEAKEST], 0.5);
    expect_value(values[COUPLING_SPREAD], 4.0 / 3);
    expect_value(values[COUPLING_MEAN], 2.0 / 3);
    expect_value(values[COUPLING_GEOMETRIC], (pow(27.0 / 256, 0.25) + pow(3.0 / 16, 0.25)) / 3);
    expect_value(values[COUPLING_ZEROS], 1.0 / 3);
    expect_value(values[COUPLING_OWN_WEAKEST], 0.25);
    expect_value(values[COUPLING_OWN_SPREAD], (2.0 + 2 + 4) / 3);
    expect_value(values[COUPLING_GINI], 0.25 / 18);
    coupling_sample_free(&s);
}
END_TEST

/* Weights are times drawn: two of one person are that person twice. */
START_TEST(weights_are_copies)
{
    static const double weights[] = {2, 0, 1}, copied[] = {4, 4, 4, 2, 4, 4, 4, 2, 5, 5, 1, 4};
    double weighted[COUPLING_COUNT], twice[COUPLING_COUNT];
    coupling_sample s;
    ck_assert_int_eq(coupling_sample_make(by_hand, 3, 1, 5, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, weights, weighted);
    coupling_sample_free(&s);
    ck_assert_int_eq(coupling_sample_make(copied, 3, 1, 5, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, NULL, twice);
    coupling_sample_free(&s);
    for (int i = 0; i < COUPLING_COUNT; i++)
        expect_value(weighted[i], twice[i]);
}
END_TEST

START_TEST(equal_functions)
{
    static const double equal[] = {3, 3, 3, 3, 5, 5, 5, 5};
    double values[COUPLING_COUNT], means[FUNCTION_COUNT];
    coupling_sample s;
    int weakest;
    ck_assert_int_eq(coupling_sample_make(equal, 2, 1, 5, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, NULL, values);
    ck_assert_int_eq(coupling_weakest(&s, NULL, means, &weakest), 3);
    ck_assert_int_eq(weakest, 0);
    expect_value(values[COUPLING_WEAKEST], 0.75);
    ck_assert_double_eq(values[COUPLING_SPREAD], 0);
    ck_assert_double_eq(values[COUPLING_ZEROS], 0);
    expect_value(values[COUPLING_GINI], 0.125);
    coupling_sample_free(&s);
    ck_assert_int_eq(coupling_sample_make(equal, 0, 1, 5, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, NULL, values);
    for (int i = 0; i < COUPLING_COUNT; i++)
        ck_assert(isnan(values[i]));
    coupling_sample_free(&s);
}
END_TEST

/* ---- Association ----------------------------------------------------------------------------- */

/* Of the 24 orders of 1, 2, 3, 4, two are as far from 0 as r = 1 and eight as r = .8. */
START_TEST(permutations_by_hand)
{
    static const double up[] = {1, 2, 3, 4}, nearly[] = {1, 2, 4, 3};
    permutation_plan plan = {up, up, NULL, 4, ASSOCIATION_CORRELATION, 1, 1};
    double p;
    bool exact;
    ck_assert(permutation_p(&plan, &p, &exact));
    ck_assert(exact);
    expect_value(p, 2.0 / 24);
    plan.y = nearly;
    ck_assert(permutation_p(&plan, &p, &exact));
    expect_value(correlation_of(up, nearly, 4), 0.8);
    expect_value(p, 8.0 / 24);
}
END_TEST

/* Within strata of two, half the orders of each swap: r stays where none does. Drawn, near 1/8 with
 * three strata. */
START_TEST(permutations_within_strata)
{
    static const double x[] = {-1, 1, -1, 1, -1, 1}, flat[] = {2, 2, 2, 2, 2, 2};
    static const uint32_t strata[] = {0, 0, 3, 3, 7, 7};
    permutation_plan plan = {x, x, strata, 6, ASSOCIATION_CORRELATION, 5, 1};
    double p, again;
    bool exact;
    ck_assert(permutation_p(&plan, &p, &exact));
    ck_assert(!exact);
    ck_assert_double_eq_tol(p, 0.25, 0.02); /* both ends: all as they are, or all swapped */
    ck_assert(permutation_p(&plan, &again, &exact));
    ck_assert_double_eq(p, again);
    plan.y = flat;
    ck_assert(permutation_p(&plan, &p, &exact));
    ck_assert(isnan(p));
}
END_TEST

/* Steps at (0, 0), (1, 0), (2, 3), (4, 4): above the ceiling lie 2 x 4 and 2 x 1 of 4 x 4. */
START_TEST(necessity_by_hand)
{
    static const double x[] = {0, 1, 2, 4}, y[] = {0, 0, 3, 4}, flat[] = {1, 1, 1, 1};
    expect_value(necessity_effect(x, y, 4), 10.0 / 16);
    ck_assert(isnan(necessity_effect(x, flat, 4)));
    ck_assert(isnan(necessity_effect(flat, y, 4)));
    ck_assert(isnan(necessity_effect(x, y, 1)));
}
END_TEST

START_TEST(correlations_that_are_none)
{
    static const double x[] = {1, 2, 3}, flat[] = {0.1, 0.1, 0.1};
    ck_assert(isnan(correlation_of(x, flat, 3)));
    ck_assert(isnan(correlation_of(x, x, 1)));
    ck_assert(isnan(correlation_interval_of(0.5, 3, 0.95).low));
    ck_assert(isnan(correlation_interval_of(1, 10, 0.95).low));
    expect_value(correlation_interval_of(0.5, 12, 0.95).low,
                 tanh(atanh(0.5) - 1.959963984540054 / 3));
}
END_TEST

/* ---- The analysis ---------------------------------------------------------------------------- */

static const char *const example = "tests/examples/partnership/survey.csv";
static const char *const book = "codebook=tests/examples/partnership/codebook.csv";

static relcoord_survey *read_survey(const char *path)
{
    relcoord_options *options = options_make("read", book);
    relcoord_survey *survey = NULL;
    relcoord_error error;
    ck_assert_msg(!relcoord_survey_read(path, options, &survey, &error), "%s", error.message);
    relcoord_options_free(options);
    return survey;
}

static char *run_to_json(const relcoord_survey *survey, const char *settings)
{
    relcoord_result *result = result_make(survey, "coupling", settings);
    char *written = result_written(result, "json", NULL);
    relcoord_result_free(result);
    return written;
}

START_TEST(threads_change_nothing)
{
    relcoord_survey *survey = read_survey(example);
    char *one = run_to_json(survey, "by=wave ci=bootstrap replicates=50 threads=1");
    char *three = run_to_json(survey, "by=wave ci=bootstrap replicates=50 threads=3");
    expect_same_text("threads", three, one);
    free(one);
    free(three);
    relcoord_survey_free(survey);
}
END_TEST

/* The file with its rows from the last to the first. */
static const char *write_backwards(void)
{
    static char bytes[1 << 17];
    FILE *file = fopen(example, "rb");
    size_t length, end;
    text turned = {0};
    const char *path;
    ck_assert_ptr_nonnull(file);
    length = fread(bytes, 1, sizeof bytes - 1, file);
    ck_assert(feof(file));
    fclose(file);
    bytes[length] = 0;
    text_add_bytes(&turned, bytes, strcspn(bytes, "\n") + 1);
    for (end = length - 1; end > strcspn(bytes, "\n");) {
        size_t start = end;
        while (bytes[start - 1] != '\n')
            start--;
        text_add_bytes(&turned, bytes + start, end - start + 1);
        end = start - 1;
    }
    ck_assert_uint_eq(turned.length, length);
    path = file_write("backwards.csv", turned.bytes, turned.length);
    text_free(&turned);
    return path;
}

START_TEST(order_of_rows_changes_nothing)
{
    relcoord_survey *survey = read_survey(example), *turned = read_survey(write_backwards());
    char *forth = run_to_json(survey, "by=wave"), *back = run_to_json(turned, "by=wave");
    expect_same_text("order of rows", back, forth);
    free(forth);
    free(back);
    relcoord_survey_free(survey);
    relcoord_survey_free(turned);
    files_remove();
}
END_TEST

/* Whatever allocation fails, the run says so and leaves nothing behind. */
START_TEST(memory_runs_out)
{
    heap_start();
    relcoord_survey *survey = read_survey(example);
    relcoord_options *options = options_make("coupling", "wave=2025 ci=bootstrap replicates=20");
    ck_assert_int_eq(expect_memory_faults(survey, "coupling", options, 200), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    heap_stop();
}
END_TEST

/* Three answers of 0.7 sum up to less than 2.1, and three of 0.1 to more than 0.3: whoever answers
 * the lowest throughout is at the low end all the same, and the product of four has a root. */
START_TEST(low_end_of_decimal_scores)
{
    static const char *const scores[] = {"a=0.7;b=1.4;c=2.1", "a=0.1;b=0.2;c=0.3"};
    for (size_t i = 0; i < LENGTH(scores); i++) {
        text codebook = {0}, data = {0};
        relcoord_survey *survey;
        relcoord_result *result;
        text_add(&codebook,
                 "variable,role,scale,dimension,values\nid,respondent,,,\nw,workgroup,,,\n");
        text_add(&data, "id,w");
        for (int item = 0; item < 12; item++) {
            text_add_format(&codebook, "v%d,item,coupling,%s,%s\n", item,
                            coupling_functions[item / 3], scores[i]);
            text_add_format(&data, ",v%d", item);
        }
        text_add(&data, "\n1,x,a,a,a,a,a,a,a,a,a,b,b,b\n2,x,a,a,a,a,a,a,a,a,a,b,c,c\n");
        survey = survey_by_book(codebook.bytes, data.bytes);
        result = result_make(survey, "coupling", NULL);
        ck_assert_double_eq(number_at(result, "indices", "index=geometric", "value"), 0);
        ck_assert_double_eq(number_at(result, "indices", "index=zero_share", "value"), 1);
        ck_assert_double_eq(number_at(result, "indices", "index=weakest_link", "value"), 0);
        ck_assert_double_eq(number_at(result, "indices", "index=own_weakest_link", "value"), 0);
        ck_assert_double_eq(
            number_at(result, "functions", "function=coordinator level=(total)", "rescaled"), 0);
        relcoord_result_free(result);
        relcoord_survey_free(survey);
        text_free(&codebook);
        text_free(&data);
    }
}
END_TEST

/* A page says of each table without rows why it has none. */
START_TEST(tables_without_rows)
{
    static const char *const codebook = "variable,role,scale,dimension\nid,respondent,,\n"
                                        "w,workgroup,,\na,item,coupling,bridge_builder\n";
    relcoord_survey *survey = survey_by_book(codebook, "id,w,a\n1,x,3\n2,x,4\n");
    relcoord_result *result = result_make(survey, "coupling", NULL);
    char *english = result_written(result, "text", NULL),
         *danish = result_written(result, "markdown", "lang=da");
    ck_assert_ptr_nonnull(strstr(english, "(no rows: the items have fewer than two levels;"));
    ck_assert_ptr_nonnull(strstr(english, "function_not_asked:communicator"));
    ck_assert_ptr_null(strstr(english, "(no rows)"));
    ck_assert_ptr_nonnull(strstr(danish, "ingen rækker: ingen svar om faggrupper"));
    ck_assert_ptr_null(strstr(danish, "no rows"));
    free(english);
    free(danish);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Nor do the means of several people leave the scale. */
START_TEST(means_stay_on_the_scale)
{
    double low[3 * FUNCTION_COUNT], values[COUPLING_COUNT];
    coupling_sample s;
    for (size_t i = 0; i < LENGTH(low); i++)
        low[i] = 0.7;
    ck_assert_int_eq(coupling_sample_make(low, 3, 0.7, 2.1, &s, NULL), RELCOORD_OK);
    coupling_indices(&s, NULL, values);
    for (int i = 0; i < COUPLING_COUNT; i++)
        ck_assert_double_eq(values[i], i == COUPLING_ZEROS ? 1 : 0);
    coupling_sample_free(&s);
}
END_TEST

Suite *coupling_suite(void)
{
    Suite *suite = suite_create("coupling");
    TCase *hand = tcase_create("by hand"), *association = tcase_create("association"),
          *whole = tcase_create("whole");
    tcase_add_test(hand, indices_by_hand);
    tcase_add_test(hand, weights_are_copies);
    tcase_add_test(hand, equal_functions);
    tcase_add_test(hand, low_end_of_decimal_scores);
    tcase_add_test(hand, means_stay_on_the_scale);
    tcase_add_test(whole, tables_without_rows);
    tcase_add_test(association, permutations_by_hand);
    tcase_add_test(association, permutations_within_strata);
    tcase_add_test(association, necessity_by_hand);
    tcase_add_test(association, correlations_that_are_none);
    tcase_add_test(whole, threads_change_nothing);
    tcase_add_test(whole, order_of_rows_changes_nothing);
    tcase_add_test(whole, memory_runs_out);
    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, association);
    suite_add_tcase(suite, whole);
    return suite;
}
