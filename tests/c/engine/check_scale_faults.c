/* Answers that other programs score wrongly or in silence, as scales of a codebook and as ties:
 * what reliability says of each. A row is one figure: its value where it must have one, and the
 * codes of its note. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *scale_faults_suite(void);

#define HEAD "variable,role,scale,values\nid,respondent,,\n"
#define FOUR HEAD "a,item,s,\nb,item,s,\nc,item,s,\nd,item,s,\n"
#define FREE "-3=-3;-2=-2;-1=-1;0=0;1=1;2=2;3=3"

/* b and c lean on a, d stands apart; no item alike another. */
#define PLAIN "1,1,2,1,3\n2,2,2,3,1\n3,4,3,5,4\n4,5,5,4,2\n5,3,4,3,5\n6,2,1,2,4\n"

/* Variances 2, 5, 5, covariances 2, 2, 1: the loading of a is 2 of its own variance's root of 2,
 * and omega (2 + 1 + 1)^2 / V = 16/22. */
#define HEYWOOD "1,2,3,3\n2,2,1,1\n3,0,3,-1\n4,0,1,-3\n5,0,-1,3\n6,0,-3,1\n7,-2,-1,-1\n8,-2,-3,-3\n"

static const struct {
    const char *name, *codebook, *csv, *settings, *table, *keys, *column;
    double value;
    const char *note;
    int n, left_out; /* -1: not looked at */
} cases[] = {
    /* psych::scoreItems gives who answers nothing the medians. */
    {"all missing", FOUR, "id,a,b,c,d\n" PLAIN "7,,,,\n", NULL, "coefficients", "coefficient=alpha",
     "value", NAN, "feldt", 6, 1},
    {"all missing, pairwise", FOUR, "id,a,b,c,d\n" PLAIN "7,,,,\n8,,,,2\n", "missing=pairwise",
     "coefficients", "coefficient=alpha", "value", NAN, "feldt", 6, 1},
    {"9 is missing",
     HEAD "a,item,s,1=1;2=2;3=3;4=4;5=5;9=missing\nb,item,s,\nc,item,s,\nd,item,s,\n",
     "id,a,b,c,d\n" PLAIN "7,9,2,2,2\n", NULL, "coefficients", "coefficient=alpha", "value", NAN,
     "feldt", 6, 1},
    {"8 is don't know", HEAD "a,item,s,1=1;2=2;3=3;4=4;5=5;8=dk\nb,item,s,\nc,item,s,\nd,item,s,\n",
     "id,a,b,c,d\n" PLAIN "7,8,2,2,2\n", NULL, "items", "item=a", "mean", 17.0 / 6, "floor;ceiling",
     6, -1},

    /* psych::alpha drops it, and is larger for it: 3 items with covariances of S 10.4 in 4 items'
       k/(k-1). */
    {"constant item in alpha", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "coefficients", "coefficient=alpha", "value", 0.83002207505518765, "constant_item:d;feldt", 6,
     0},
    {"constant item, standardised", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "coefficients", "coefficient=alpha_std", "value", INFINITY, "constant_item:d", 6, 0},
    {"constant item, lambda6", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "coefficients", "coefficient=lambda6", "value", INFINITY, "constant_item:d", 6, 0},
    {"constant item, omega", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "coefficients", "coefficient=omega_u", "value", INFINITY, "constant_item:d", 6, 0},
    {"constant item, its row", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "items", "item=d", "item_rest", INFINITY, "constant_item:d", 6, -1},
    {"constant item, correlation", FOUR,
     "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,3\n3,3,3,3,3\n4,4,5,4,3\n5,5,4,4,3\n6,2,1,2,3\n", NULL,
     "correlations", "item=d other=a", "r", INFINITY, "constant_item:d", 6, -1},
    {"constant items, both named", FOUR, "id,a,b,c,d\n1,1,2,4,3\n2,2,2,4,3\n3,3,3,4,3\n4,4,5,4,3\n",
     NULL, "correlations", "item=d other=c", "r", INFINITY, "constant_item:c;constant_item:d", 4,
     -1},
    {"nothing varies", FOUR, "id,a,b,c,d\n1,1,2,4,3\n2,1,2,4,3\n3,1,2,4,3\n", NULL, "coefficients",
     "coefficient=alpha", "value", INFINITY,
     "no_variance;constant_item:a;constant_item:b;constant_item:c;constant_item:d", 3, 0},

    /* a 1 2 3 4, b 4 3 2 1, c 2 1 4 3: S of covariances 2 (-5/3 + 1 - 1), V = 5 - 10/3 = 5/3. */
    {"negative", HEAD "a,item,s,\nb,item,s,\nc,item,s,\n",
     "id,a,b,c\n1,1,4,2\n2,2,3,1\n3,3,2,4\n4,4,1,3\n", NULL, "coefficients", "coefficient=alpha",
     "value", -3, "negative:a;negative:b;feldt", 4, 0},
    {"negative, no error of measurement", HEAD "a,item,s,\nb,item,s,\nc,item,s,\n",
     "id,a,b,c\n1,1,4,2\n2,2,3,1\n3,3,2,4\n4,4,1,3\n", NULL, "coefficients", "coefficient=sem",
     "value", INFINITY, "negative:a;negative:b", 4, 0},
    {"negative, its item", HEAD "a,item,s,\nb,item,s,\nc,item,s,\n",
     "id,a,b,c\n1,1,4,2\n2,2,3,1\n3,3,2,4\n4,4,1,3\n", NULL, "items", "item=b", "item_rest", NAN,
     "negative:b;singular;floor", 4, -1},

    {"fewer cases than items", FOUR, "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,1\n3,4,3,5,4\n", NULL,
     "coefficients", "coefficient=lambda6", "value", INFINITY, "singular", 3, 0},
    {"fewer cases than items, omega", FOUR, "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,1\n3,4,3,5,4\n", NULL,
     "coefficients", "coefficient=omega_u_std", "value", INFINITY, "singular", 3, 0},
    {"two cases", FOUR, "id,a,b,c,d\n1,1,2,1,3\n2,2,2,3,1\n3,,3,5,4\n", NULL, "coefficients",
     "coefficient=alpha", "value", INFINITY, "too_few", 2, 1},
    {"no case", FOUR, "id,a,b,c,d\n1,1,2,,3\n2,2,,3,1\n3,,3,5,4\n", NULL, "coefficients",
     "coefficient=lambda4_mean", "value", INFINITY, "too_few", 0, 3},
    {"no pair", FOUR, "id,a,b,c,d\n1,1,2,,3\n2,2,3,,1\n3,,,5,4\n4,3,1,,2\n5,,,2,2\n6,,,3,1\n",
     "missing=pairwise", "coefficients", "coefficient=alpha", "value", INFINITY, "too_few", 0, 0},
    {"one item", HEAD "a,item,s,\n", "id,a\n1,1\n2,2\n3,4\n4,5\n", NULL, "coefficients",
     "coefficient=alpha", "value", INFINITY, "too_few_items", 4, 0},
    {"one item, its row", HEAD "a,item,s,\n", "id,a\n1,1\n2,2\n3,4\n4,5\n", NULL, "items", "item=a",
     "mean", 3, "too_few_items;floor;ceiling", 4, -1},
    {"Heywood", HEAD "a,item,s," FREE "\nb,item,s," FREE "\nc,item,s," FREE "\n",
     "id,a,b,c\n" HEYWOOD, NULL, "coefficients", "coefficient=omega_u", "value", 16.0 / 22,
     "heywood:a;ml_delta", 8, 0},
};

START_TEST(answers_that_others_get_wrong)
{
    relcoord_options *options = options_make("read", NULL);
    relcoord_codebook *book = NULL;
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    const char *name = cases[_i].name;
    pieces source = {.bytes = cases[_i].codebook, .length = strlen(cases[_i].codebook)};
    ck_assert_int_eq(
        relcoord_codebook_read_source(pieces_read, &source, "codebook", NULL, &book, &error),
        RELCOORD_OK);
    ck_assert_int_eq(relcoord_options_set_codebook(options, book, NULL), RELCOORD_OK);
    ck_assert_msg(read_pieces(cases[_i].csv, strlen(cases[_i].csv), 0, options, &survey, &error)
                      == RELCOORD_OK,
                  "%s: %s", name, error.message);
    relcoord_result *r = result_make(survey, "reliability", cases[_i].settings);
    double value = number_at(r, cases[_i].table, cases[_i].keys, cases[_i].column);
    if (isinf(cases[_i].value)) /* there is none */
        ck_assert_msg(isnan(value), "%s: %g, where there is no value", name, value);
    else if (isnan(cases[_i].value)) /* some value */
        ck_assert_msg(isfinite(value), "%s: no value", name);
    else
        expect_near(name, value, cases[_i].value, 1e-10);
    expect_same_text(name, string_at(r, cases[_i].table, cases[_i].keys, "note"), cases[_i].note);
    ck_assert_msg(integer_at(r, cases[_i].table, cases[_i].keys, "n") == cases[_i].n, "%s: n %d",
                  name, (int)integer_at(r, cases[_i].table, cases[_i].keys, "n"));
    if (cases[_i].left_out >= 0)
        ck_assert_int_eq(integer_at(r, cases[_i].table, cases[_i].keys, "left_out"),
                         cases[_i].left_out);
    relcoord_result_free(r);
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    relcoord_codebook_free(book);
}
END_TEST

/* Who answers nothing, and who answers 9 for missing, change no figure but left_out. */
START_TEST(missing_answers_change_nothing)
{
    static const char book[] = HEAD
        "a,item,s,1=1;2=2;3=3;4=4;5=5;9=missing\nb,item,s,\nc,item,s,\nd,item,s,\n";
    static const char *const csvs[] = {"id,a,b,c,d\n" PLAIN,
                                       "id,a,b,c,d\n" PLAIN "7,,,,\n8,9,5,5,5\n"};
    double alpha[2];
    for (int i = 0; i < 2; i++) {
        relcoord_survey *survey = survey_by_book(book, csvs[i]);
        relcoord_result *r = result_make(survey, "reliability", NULL);
        alpha[i] = number_at(r, "coefficients", "coefficient=alpha", "value");
        ck_assert_int_eq(integer_at(r, "coefficients", "coefficient=alpha", "left_out"), 2 * i);
        relcoord_result_free(r);
        relcoord_survey_free(survey);
    }
    ck_assert(alpha[0] == alpha[1]);
}
END_TEST

/* Fifteen items have too many splits to try. */
START_TEST(many_items)
{
    char book[1000] = HEAD, csv[1000] = "id";
    for (int i = 0; i < 15; i++) {
        snprintf(book + strlen(book), sizeof book - strlen(book), "q%d,item,s,\n", i);
        snprintf(csv + strlen(csv), sizeof csv - strlen(csv), ",q%d", i);
    }
    for (int row = 0; row < 20; row++) {
        snprintf(csv + strlen(csv), sizeof csv - strlen(csv), "\n%d", row);
        for (int i = 0; i < 15; i++)
            snprintf(csv + strlen(csv), sizeof csv - strlen(csv), ",%d",
                     1 + (row * (i + 1) + row / 3) % 5);
    }
    relcoord_survey *survey = survey_by_book(book, csv);
    relcoord_result *r = result_make(survey, "reliability", NULL);
    ck_assert(isnan(number_at(r, "coefficients", "coefficient=lambda4_max", "value")));
    expect_same_text("note", string_at(r, "coefficients", "coefficient=lambda4_max", "note"),
                     "too_many_items");
    ck_assert(isfinite(number_at(r, "coefficients", "coefficient=lambda2", "value")));
    relcoord_result_free(r);
    relcoord_survey_free(survey);
}
END_TEST

/* Feldt's interval would take ties for independent: there is none, until people are drawn anew. */
START_TEST(ties_have_no_analytic_interval)
{
    const survey_plan plan = {.respondents = 30, .workgroups = 3, .targets = 4, .seed = 12};
    char *csv = csv_invent(&plan);
    static const char keys[] = "scale=rc basis=ties coefficient=alpha";
    relcoord_result *r = result_of(csv, "reliability", NULL);
    ck_assert(isnan(number_at(r, "coefficients", keys, "ci_low"))
              && isnan(number_at(r, "coefficients", keys, "se")));
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "coefficients", keys, "note"), "ties_no_analytic_ci"));
    relcoord_result_free(r);
    r = result_of(csv, "reliability", "ci=bootstrap replicates=100");
    ck_assert(number_at(r, "coefficients", keys, "ci_low")
              < number_at(r, "coefficients", keys, "ci_high"));
    ck_assert(number_at(r, "coefficients", keys, "se") > 0);
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "coefficients", keys, "note"), "bootstrap_percentile"));
    relcoord_result_free(r);
    free(csv);
}
END_TEST

Suite *scale_faults_suite(void)
{
    Suite *suite = suite_create("scale_faults");
    TCase *all = tcase_create("answers");
    tcase_add_loop_test(all, answers_that_others_get_wrong, 0, (int)LENGTH(cases));
    tcase_add_test(all, missing_answers_change_nothing);
    tcase_add_test(all, many_items);
    tcase_add_test(all, ties_have_no_analytic_interval);
    suite_add_tcase(suite, all);
    return suite;
}
