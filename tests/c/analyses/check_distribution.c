/* The analysis distribution: counts, per cents and boxes worked by hand; rounding to 100; groups
 * and totals; populations; weights; ties against R's figures; questions with several answers; what
 * it refuses; and memory that runs out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runs.h"
#include "stats/numbers/rounding.h"

Suite *distribution_suite(void);

/* ---- Rounding ---- */

static const struct {
    double parts[6], whole;
    int64_t half_up[6], to_100[6];
} roundings[] = {
    {{1, 1, 1}, 3, {33, 33, 33}, {34, 33, 33}},
    {{1, 199},
     200,
     {1, 100},
     {1, 99}}, /* 0.5 and 99.5: a half goes up, and the first of equal ones */
    {{1, 7}, 8, {13, 88}, {13, 87}},
    {{0, 5}, 5, {0, 100}, {0, 100}},
    {{1, 1, 1, 1, 1, 1}, 6, {17, 17, 17, 17, 17, 17}, {17, 17, 17, 17, 16, 16}},
    {{69, 43, 9, 3, 2}, 126, {55, 34, 7, 2, 2}, {55, 34, 7, 2, 2}},
    {{2, 1, 0.5}, 3.5, {57, 29, 14}, {57, 29, 14}}, /* 57.14, 28.57, 14.29 */
};

START_TEST(per_cents_are_rounded)
{
    int64_t got[6], sum = 0;
    size_t count = 6;
    while (roundings[_i].parts[count - 1] == 0 && roundings[_i].half_up[count - 1] == 0)
        count--;
    percents_to_100(roundings[_i].parts, count, roundings[_i].whole, got);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(percent_rounded(roundings[_i].parts[i], roundings[_i].whole),
                         roundings[_i].half_up[i]);
        ck_assert_int_eq(got[i], roundings[_i].to_100[i]);
        sum += got[i];
    }
    ck_assert_int_eq(sum, 100);
}
END_TEST

/* Whatever the counts: the sum is 100, and none is off by one or more. */
START_TEST(largest_remainders_keep_to_the_quota)
{
    uint64_t seed = 5;
    for (int round = 0; round < rounds(2000); round++) {
        double parts[8], whole = 0;
        int64_t got[8], sum = 0;
        for (size_t i = 0; i < 8; i++)
            whole += parts[i] = random_below(&seed, 40);
        if (whole == 0)
            continue;
        percents_to_100(parts, 8, whole, got);
        for (size_t i = 0; i < 8; i++) {
            sum += got[i];
            ck_assert_msg(fabs((double)got[i] - 100 * parts[i] / whole) < 1, "%d of %d",
                          (int)parts[i], (int)whole);
        }
        ck_assert_int_eq(sum, 100);
    }
}
END_TEST

/* ---- By hand ---- */

#define AGREE                                                                                \
    "1=5|Very|Meget enig;2=4|Mostly|Overvejende enig;3=3|Neither|Hverken eller;4=2|Hardly|;" \
    "5=1|No|;7|Irrelevant|;8=dk;9=missing"
#define BOOK                                                                                       \
    "variable,role,scale,dimension,values,label_en,label_da\nid,respondent,,,,,\n"                 \
    "job,role,,,L|Leader|Leder;E|Employee|Medarbejder;O|Other|,,\nad,group,,area,,Adults,Voksne\n" \
    "yo,group,,area,,Youth,Unge\nfa,group,,area,,Families,\nq1,item,work,"                         \
    "," AGREE ",Is it relevant?,Er det relevant?\n"                                                \
    "q2,item,work,,1=3|Yes;2=2|Perhaps;3=1|No,,\nage,outcome,,,,,\n"                               \
    "m1,item,ways,,0|not chosen;1|chosen,Meetings,M\xC3\xB8"                                       \
    "der\nm2,item,ways,,0|not chosen;1|chosen,Mail,\n"
static const char answers[] =
    "id,job,ad,yo,fa,q1,q2,age,m1,m2\n"
    "1,L,1,0,0,1,1,50,1,0\n2,L,1,1,0,1,2,41,0,1\n3,E,0,1,0,2,,,1,1\n4,E,0,1,0,5,1,30,0,0\n"
    "5,E,0,0,0,7,1,35,1,\n6,,1,0,0,8,1,28,,\n7,E,1,0,0,9,1,62,,\n8,E,1,0,0,,3,33,0,1\n";

static void expect_category(const relcoord_result *result, const char *keys, int64_t n,
                            int64_t base, int64_t rounded)
{
    ck_assert_msg(integer_at(result, "categories", keys, "n") == n
                      && integer_at(result, "categories", keys, "base") == base
                      && integer_at(result, "categories", keys, "rounded") == rounded,
                  "%s: %d of %d, %d %%", keys, (int)integer_at(result, "categories", keys, "n"),
                  (int)integer_at(result, "categories", keys, "base"),
                  (int)integer_at(result, "categories", keys, "rounded"));
    expect_near(keys, number_at(result, "categories", keys, "percent"),
                base ? 100 * (double)n / (double)base : NAN, 1e-14);
}

START_TEST(categories_by_hand)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_result *result = result_make(survey, "distribution", "variables=q1");
    const char *const *order;
    expect_category(result, "category=Very", 2, 5, 40);
    expect_category(result, "category=Mostly", 1, 5, 20);
    expect_category(result, "category=Neither", 0, 5, 0);
    expect_category(result, "category=No", 1, 5, 20);
    expect_category(result, "category=Neither", 0, 5, 0);
    ck_assert_int_eq(integer_at(result, "categories", "category=Very", "dont_know"), 1);
    ck_assert_int_eq(integer_at(result, "categories", "category=Very", "missing"), 2);
    ck_assert_str_eq(string_at(result, "categories", "category=Very", "label"), "Is it relevant?");
    ck_assert_str_eq(string_at(result, "categories", "category=Very", "basis"), "respondents");
    ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, "categories"), "category",
                                            &order, NULL, NULL),
                     RELCOORD_OK);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "categories")), 6);
    ck_assert_str_eq(order[0], "Very");
    ck_assert_str_eq(order[5], "Irrelevant");
    ck_assert_str_eq(string_at(result, "categories", "category=Very", "estimator"), "rate_wilson");
    /* Wilson of 2 among 5: (0.4 + z^2/10 -+ z sqrt(0.24/5 + z^2/100)) / (1 + z^2/5), z
     * = 1.959963984540054 */
    expect_near("low", number_at(result, "categories", "category=Very", "ci_low"),
                11.76207742326479, 1e-12);
    expect_near("high", number_at(result, "categories", "category=Very", "ci_high"),
                76.92757187239870, 1e-12);
    ck_assert(isnan(number_at(result, "categories", "category=Very", "worst_low")));
    ck_assert_int_eq(integer_at(result, "boxes", "box=top2", "n"), 3);
    ck_assert_int_eq(integer_at(result, "boxes", "box=bottom2", "n"), 1);
    ck_assert_int_eq(integer_at(result, "boxes", "box=bottom2", "base"),
                     5); /* also who answered without a score */
    expect_near("top2", number_at(result, "boxes", "box=top2", "percent"), 60, 1e-14);
    ck_assert_int_eq(integer_at(result, "means", "variable=q1", "n"), 4);
    expect_near("mean", number_at(result, "means", "variable=q1", "mean"), 3.75, 1e-14);
    expect_near("sd", number_at(result, "means", "variable=q1", "sd"), sqrt(10.75 / 3), 1e-14);
    expect_near("se", number_at(result, "means", "variable=q1", "se"), sqrt(10.75 / 3) / 2, 1e-14);
    ck_assert_str_eq(string_at(result, "means", "variable=q1", "estimator"), "mean_t");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(all_variables)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_result *result = result_make(survey, "distribution", NULL),
                    *scale = result_make(survey, "distribution", "variables=work,q1");
    ck_assert_uint_eq(rows_with(result, "categories", "variable=q1"), 6);
    ck_assert_uint_eq(rows_with(result, "categories", "variable=q2"), 3);
    ck_assert_uint_eq(rows_with(result, "categories", "variable=m1"), 2);
    ck_assert_uint_eq(rows_with(result, "categories", "variable=age"),
                      0); /* any number: a mean alone */
    ck_assert_str_eq(string_at(result, "means", "variable=age", "note"), "no_scale");
    expect_near("age", number_at(result, "means", "variable=age", "mean"), 279.0 / 7, 1e-14);
    ck_assert_uint_eq(rows_with(result, "categories", "variable=area"),
                      0); /* a grouping, which has to be named */
    ck_assert_str_eq(string_at(result, "boxes", "variable=q2 box=top2", "note"), "few_categories");
    ck_assert_int_eq(integer_at(result, "boxes", "variable=q2 box=top2", "n"), 6);
    ck_assert_int_eq(integer_at(result, "boxes", "variable=q2 box=bottom2", "n"), 2);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(scale, "categories")),
                      9); /* work is q1 and q2, each once */
    relcoord_result_free(result);
    relcoord_result_free(scale);
    relcoord_survey_free(survey);
}
END_TEST

/* Of eight, 5 is in no area, and 2 in two. The codebook's groups are there, though nobody is in
 * them. */
START_TEST(groupings_are_variables)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_result *result = result_make(survey, "distribution", "variables=area,rolle");
    expect_category(result, "category=Adults", 5, 7, 71);
    expect_category(result, "category=Youth", 3, 7, 43);
    expect_category(result, "category=Families", 0, 7, 0);
    ck_assert_int_eq(integer_at(result, "categories", "category=Adults", "missing"), 1);
    ck_assert_str_eq(string_at(result, "categories", "category=Adults", "note"), "overlapping");
    expect_category(result, "category=Leader", 2, 7, 29);
    expect_category(result, "category=Employee", 5, 7, 71);
    expect_category(result, "category=Other", 0, 7, 0);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "boxes")), 0);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "means")), 0);
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(groups_and_a_total)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_result *result = result_make(survey, "distribution", "variables=q1 by=area");
    const char *const *groups;
    expect_category(result, "area=(missing) category=Very", 0, 1, 0);
    expect_category(result, "area=Adults category=Very", 2, 2, 100);
    expect_category(result, "area=Youth category=Very", 1, 3, 33);
    expect_category(result, "area=(total) category=Very", 2, 5, 40); /* 2 once */
    ck_assert_int_eq(integer_at(result, "categories", "area=Adults category=Very", "missing"), 2);
    ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, "categories"), "area",
                                            &groups, NULL, NULL),
                     RELCOORD_OK);
    ck_assert_str_eq(groups[23], "(total)");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* Waves are never pooled: a total for each. */
START_TEST(totals_of_waves)
{
    static const char book[] =
        "variable,role,scale,values\nid,respondent,,\nunit,unit,,\nwave,wave,,\nq,item,s,1=1;2=2\n";
    relcoord_survey *survey = survey_by_book(
        book, "id,unit,wave,q\n1,A,1,1\n1,A,2,2\n2,B,1,1\n2,B,2,1\n3,B,2,2\n");
    relcoord_result *result = result_make(survey, "distribution", "by=wave,unit"),
                    *waves = result_make(survey, "distribution", "by=wave");
    expect_category(result, "wave=1 unit=(total) category=1", 2, 2, 100);
    expect_category(result, "wave=2 unit=(total) category=2", 2, 3, 67);
    ck_assert_uint_eq(rows_with(result, "categories", "wave=(total)"), 0);
    ck_assert_uint_eq(rows_with(waves, "categories", "wave=(total)"), 0);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(waves, "categories")), 4);
    relcoord_result_free(result);
    relcoord_result_free(waves);
    relcoord_survey_free(survey);
}
END_TEST

/* Of those who answered m1 or m2, 1 to 5 and 8: three chose meetings, three mail; 5 left mail
 * open. */
START_TEST(questions_with_several_answers)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_result *result = result_make(survey, "distribution", NULL);
    ck_assert_uint_eq(relcoord_table_rows(relcoord_result_table(result, "choices")), 2);
    ck_assert_int_eq(integer_at(result, "choices", "choice=Meetings", "n"), 3);
    ck_assert_int_eq(integer_at(result, "choices", "choice=Meetings", "base"), 6);
    ck_assert_int_eq(integer_at(result, "choices", "variable=m2", "n"), 3);
    expect_near("mail", number_at(result, "choices", "variable=m2", "percent"), 50, 1e-14);
    ck_assert_str_eq(string_at(result, "choices", "variable=m2", "note"), "several_answers");
    ck_assert_str_eq(string_at(result, "choices", "variable=m2", "question"), "ways");
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Populations ---- */

/* 69 of 126 answered so, of 155 who were asked. */
START_TEST(a_finite_population)
{
    static const char book[] =
        "variable,role,scale,values\nid,respondent,,\nq,item,s,1=4;2=3;3=2;4=1\n";
    relcoord_survey *survey;
    relcoord_result *result;
    text data = {0};
    text_add(&data, "id,q\n");
    for (int i = 0; i < 126; i++)
        text_add_format(&data, "%d,%d\n", i, i < 69 ? 1 : 2);
    survey = survey_by_book(book, data.bytes);
    result = result_make(survey, "distribution", "population=155");
    expect_near("low", number_at(result, "categories", "category=1", "ci_low"), 50.9741, 1e-6);
    expect_near("high", number_at(result, "categories", "category=1", "ci_high"), 58.4954, 1e-6);
    expect_near("worst low", number_at(result, "categories", "category=1", "worst_low"),
                100 * 69.0 / 155, 1e-12);
    expect_near("worst high", number_at(result, "categories", "category=1", "worst_high"),
                100 * 98.0 / 155, 1e-12);
    ck_assert_str_eq(string_at(result, "categories", "category=1", "estimator"),
                     "rate_wilson_population");
    relcoord_result_free(result);
    result = result_make(survey, "distribution",
                         "population=126"); /* all answered: the per cent is exact */
    expect_near("exact", number_at(result, "categories", "category=1", "ci_low"), 100 * 69.0 / 126,
                1e-12);
    expect_near("exact", number_at(result, "categories", "category=1", "worst_high"),
                100 * 69.0 / 126, 1e-12);
    relcoord_result_free(result);
    result = result_make(survey, "distribution", NULL);
    expect_near("low", number_at(result, "categories", "category=1", "ci_low"), 46.0587, 1e-6);
    expect_near("high", number_at(result, "categories", "category=1", "ci_high"), 63.1834, 1e-6);
    relcoord_result_free(result);
    expect_refused(survey, "distribution", "population=125", RELCOORD_EOPTION, NULL,
                   "a population of 125 is smaller than the 126 people in the data");
    relcoord_survey_free(survey);
    text_free(&data);
}
END_TEST

/* ---- Weights ---- */

/* Weights 1, 2, 1, 0: 3 of 4 by weight, effective n 16/6. */
START_TEST(weighted_by_hand)
{
    static const char book[] =
        "variable,role,scale,values\nid,respondent,,\nw,weight,,\nq,item,s,1=1;2=2;3=3;4=4\n";
    relcoord_survey *survey = survey_by_book(book, "id,w,q\n1,1,4\n2,2,4\n3,1,1\n4,0,2\n");
    relcoord_result *result = result_make(survey, "distribution", NULL),
                    *ignored = result_make(survey, "distribution", "weights=ignore");
    double n = 16.0 / 6, z = 1.959963984540054, p = 0.75;
    double low = (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)))
                 / (1 + z * z / n);
    expect_near("per cent", number_at(result, "categories", "category=4", "percent"), 75, 1e-14);
    ck_assert_int_eq(integer_at(result, "categories", "category=4", "n"), 2);
    ck_assert_int_eq(integer_at(result, "categories", "category=4", "base"), 3);
    expect_near("low", number_at(result, "categories", "category=4", "ci_low"), 100 * low, 1e-12);
    ck_assert_str_eq(string_at(result, "categories", "category=4", "estimator"),
                     "rate_wilson_weighted");
    expect_near("mean", number_at(result, "means", "variable=q", "mean"), 13.0 / 4, 1e-14);
    /* sqrt(3/2 (1 0.75^2 + 4 0.75^2 + 1 2.25^2)) / 4 */
    expect_near("se", number_at(result, "means", "variable=q", "se"),
                sqrt(1.5 * (5 * 0.5625 + 5.0625)) / 4, 1e-14);
    expect_near("ignored", number_at(ignored, "categories", "category=4", "percent"), 50, 1e-14);
    expect_refused(survey, "distribution", "population=9", RELCOORD_EOPTION, NULL,
                   "'population' has no weighted definition: ignore the weights, or leave it out");
    relcoord_result_free(result);
    relcoord_result_free(ignored);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- Ties ---- */

#define TIES "respondent,workgroup,target,frequent\n"
static const char frequent[] =
    "variable,role,scale,dimension,values\nrespondent,respondent,,,\nworkgroup,workgroup,,,"
    "\ntarget,target,,,\nfrequent,item,,frequent,\n";

/* The mean of ones and noughts is that of summary's score of the dimension, when answers are 1 and
 * 2 only. */
START_TEST(ties_are_clustered)
{
    static const char data[] = TIES "1,A,A,2\n1,A,B,1\n1,A,C,2\n2,A,A,1\n2,A,B,1\n2,A,C,1\n3,B,A,"
                                    "2\n3,B,B,\n3,B,C,2\n4,B,A,1\n4,B,B,2\n4,B,C,1\n";
    relcoord_survey *survey = survey_by_book(frequent, data);
    relcoord_result *result = result_make(survey, "distribution", NULL),
                    *summary = result_make(survey, "summary", NULL);
    double low =
        number_at(summary, "indices", "dimension=frequent part=all weighting=ties", "ci_low") - 1;
    double high =
        number_at(summary, "indices", "dimension=frequent part=all weighting=ties", "ci_high") - 1;
    ck_assert_int_eq(integer_at(result, "categories", "category=2", "n"), 5);
    ck_assert_int_eq(integer_at(result, "categories", "category=2", "base"), 11);
    ck_assert_int_eq(integer_at(result, "categories", "category=2", "missing"), 1);
    ck_assert_str_eq(string_at(result, "categories", "category=2", "basis"), "ties");
    ck_assert_str_eq(string_at(result, "categories", "category=2", "estimator"), "rate_cr2");
    expect_near("low", number_at(result, "categories", "category=2", "ci_low"),
                low < 0 ? 0 : 100 * low, 1e-10);
    expect_near("high", number_at(result, "categories", "category=2", "ci_high"),
                high > 1 ? 100 : 100 * high, 1e-10);
    ck_assert_str_eq(string_at(result, "categories", "category=2", "note"),
                     low < 0 || high > 1 ? "clamped" : "");
    expect_near("mean", number_at(result, "means", "variable=frequent", "ci_low"), low + 1, 1e-10);
    ck_assert_str_eq(string_at(result, "categories", "category=5", "note"), "all_equal");
    ck_assert(isnan(number_at(result, "categories", "category=5", "ci_low")));
    relcoord_result_free(result);
    relcoord_result_free(summary);
    relcoord_survey_free(survey);
}
END_TEST

/* Presented 1 to 5, scored 1, 3, 5, 4, 2: the boxes go by score, the rows by the codebook. */
START_TEST(boxes_go_by_score)
{
    static const char book[] = "variable,role,dimension,values\nrespondent,respondent,,\nworkgroup,"
                               "workgroup,,\ntarget,target,,\n"
                               "frequent,item,frequent,1=1|Not nearly enough;2=3|Not "
                               "enough;3=5|Just right;4=4|Too often;5=2|Much too often;x|None\n";
    relcoord_survey *survey = survey_by_book(
        book, TIES "1,A,A,1\n1,A,B,3\n2,A,A,4\n2,A,B,2\n3,B,A,5\n3,B,B,x\n");
    relcoord_result *result = result_make(survey, "distribution", "variables=hyppig");
    const char *const *order;
    ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(result, "categories"), "category",
                                            &order, NULL, NULL),
                     RELCOORD_OK);
    ck_assert_str_eq(order[2], "Just right");
    ck_assert_str_eq(order[5], "None");
    expect_category(result, "category=None", 1, 6, 17);
    expect_near("score", number_at(result, "categories", "category=None", "score"), NAN, 0);
    ck_assert_int_eq(integer_at(result, "boxes", "box=top2", "n"), 2); /* just right, too often */
    ck_assert_int_eq(integer_at(result, "boxes", "box=bottom2", "n"),
                     2); /* not nearly enough, much too often */
    relcoord_result_free(result);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- What does not matter, and what is refused ---- */

START_TEST(rows_and_threads_do_not_matter)
{
    survey_plan plan = {.respondents = 40,
                        .workgroups = 3,
                        .targets = 4,
                        .units = 2,
                        .weights = true,
                        .missing = 20,
                        .seed = 8};
    expect_same_in_any_order(&plan, "distribution", "by=unit");
}
END_TEST

START_TEST(refusals)
{
    relcoord_survey *survey = survey_by_book(BOOK, answers),
                    *bare = survey_by_book("variable,role\nid,respondent\njob,role\n",
                                           "id,job\n1,L\n");
    expect_refused(survey, "distribution", "variables=q3", RELCOORD_EOPTION, NULL,
                   "'q3' is not a variable in the data; did you mean 'q1'?");
    expect_refused(survey, "distribution", "variables=thisisnone", RELCOORD_EOPTION, NULL,
                   "'thisisnone' is not a variable in the data: variables are items, dimensions, "
                   "groupings and scales");
    expect_refused(survey, "distribution", "population=20 by=area", RELCOORD_EOPTION, NULL,
                   "one population cannot stand for each group: leave out 'population' or 'by'");
    expect_refused(
        bare, "distribution", "", RELCOORD_EUSAGE, NULL,
        "the data have no items: the codebook names none, and there are no answers about "
        "workgroups");
    relcoord_survey_free(survey);
    relcoord_survey_free(bare);
}
END_TEST

START_TEST(memory_runs_out)
{
    heap_start();
    relcoord_survey *survey = survey_by_book(BOOK, answers);
    relcoord_options *options = options_make("distribution", "by=role variables=q1,area,ways");
    ck_assert_int_eq(expect_memory_faults(survey, "distribution", options, INT_MAX), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

Suite *distribution_suite(void)
{
    Suite *suite = suite_create("distribution");
    TCase *rounding = tcase_create("rounding"), *hand = tcase_create("by hand"),
          *rest = tcase_create("the rest");
    tcase_add_loop_test(rounding, per_cents_are_rounded, 0, (int)LENGTH(roundings));
    tcase_add_test(rounding, largest_remainders_keep_to_the_quota);
    tcase_add_test(hand, categories_by_hand);
    tcase_add_test(hand, all_variables);
    tcase_add_test(hand, groupings_are_variables);
    tcase_add_test(hand, groups_and_a_total);
    tcase_add_test(hand, totals_of_waves);
    tcase_add_test(hand, questions_with_several_answers);
    tcase_add_test(hand, a_finite_population);
    tcase_add_test(hand, weighted_by_hand);
    tcase_add_test(hand, ties_are_clustered);
    tcase_add_test(hand, boxes_go_by_score);
    tcase_add_test(rest, rows_and_threads_do_not_matter);
    tcase_add_test(rest, refusals);
    tcase_add_test(rest, memory_runs_out);
    suite_add_tcase(suite, rounding);
    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, rest);
    return suite;
}
