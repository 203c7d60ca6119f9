/* The analysis `factor` where no package is asked: scales without a model, invariances, what it
 * refuses, threads, and memory that runs out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"
#include "stats/factor/parallel_analysis.h"

Suite *factor_analysis_suite(void);

/* ---- Surveys of a codebook ---- */

enum { MOST_ITEMS = 8 };

/* A scale "s" of `items` items a, b, … whose answers are value(respondent, item); its parts are p
 * and q when `parts`. */
typedef double (*answer)(size_t respondent, size_t item);

static relcoord_survey *survey_of(size_t respondents, size_t items, bool parts, answer value)
{
    char *data = malloc(respondents * (items + 1) * 30 + 200),
         book[1000] = "variable,role,scale,dimension,values\nid,respondent,,,\n";
    relcoord_survey *survey;
    size_t at = (size_t)sprintf(data, "id");
    ck_assert_uint_le(items, MOST_ITEMS);
    for (size_t j = 0; j < items; j++) {
        at += (size_t)sprintf(data + at, ",%c", (int)('a' + j));
        sprintf(book + strlen(book), "%c,item,s,%s,1=1;2=2;3=3;4=4;5=5;6=6;7=7\n", (int)('a' + j),
                !parts          ? ""
                : j < items / 2 ? "p"
                                : "q");
    }
    for (size_t i = 0; i < respondents; i++) {
        at += (size_t)sprintf(data + at, "\n%d", (int)i);
        for (size_t j = 0; j < items; j++) {
            double v = value(i, j);
            at += isnan(v) ? (size_t)sprintf(data + at, ",")
                           : (size_t)sprintf(data + at, ",%d", (int)v);
        }
    }
    strcpy(data + at, "\n");
    survey = survey_by_book(book, data);
    free(data);
    return survey;
}

static relcoord_result *factors_of(size_t respondents, size_t items, bool parts, answer value)
{
    relcoord_survey *survey = survey_of(respondents, items, parts, value);
    relcoord_result *result = result_make(survey, "factor", "replicates=20");
    relcoord_survey_free(survey);
    return result;
}

/* A value of the eigenvalue at a place, counted from 1, of a result of one scale and basis; NaN for
 * none. */
static double eigenvalue_at(const relcoord_result *r, int place, const char *column)
{
    const double *values;
    const uint8_t *valid;
    ck_assert_int_eq(relcoord_table_doubles(relcoord_result_table(r, "eigenvalues"), column,
                                            &values, &valid, NULL),
                     RELCOORD_OK);
    return valid[place - 1] ? values[place - 1] : NAN;
}

static const char *eigenvalue_text(const relcoord_result *r, int place, const char *column)
{
    const char *const *values;
    const uint8_t *valid;
    ck_assert_int_eq(relcoord_table_strings(relcoord_result_table(r, "eigenvalues"), column,
                                            &values, &valid, NULL),
                     RELCOORD_OK);
    return valid[place - 1] ? values[place - 1] : "";
}

/* ---- Answers ---- */

/* 1 to 5, the same for a respondent but for a random step. */
static double related(size_t respondent, size_t item)
{
    uint64_t seed = 1000 * respondent + item;
    return (double)(1 + (respondent * 7 % 3) + random_below(&seed, 3));
}

static double with_constant(size_t respondent, size_t item)
{
    return item == 1 ? 4 : related(respondent, item);
}

static double with_double(size_t respondent, size_t item)
{
    return related(respondent, item == 1 ? 0 : item);
}

/* The first two items differ for one respondent in all. */
static double nearly_double(size_t respondent, size_t item)
{
    return item == 1 && respondent > 0 ? related(respondent, 0) : related(respondent, item);
}

static double nothing(size_t respondent, size_t item)
{
    (void)respondent, (void)item;
    return NAN;
}

/* Every third respondent leaves an item out. */
static double with_gaps(size_t respondent, size_t item)
{
    return respondent % 3 == 0 && item == respondent % 2 ? NAN : related(respondent, item);
}

/* b = 4 + u, c = 4 + v, a = 4 + u + v + w: r(a,b) = r(a,c) = .625, r(b,c) = .25, so that a's
 * loading is sqrt(.625 * .625 / .25) = 1.25 and b's and c's .625/1.25 = .5. */
static double beyond_one(size_t respondent, size_t item)
{
    static const int u[] = {-1, -1, 0, 0, 1, 1, -1, -1, 0, 0, 1, 1},
                     v[] = {-1, -1, 0, 0, 1, 1, 0, 1, -1, 1, -1, 0};
    size_t pair = respondent % 12;
    int w = respondent < 12 ? -1 : 1;
    return item == 0 ? 4 + u[pair] + v[pair] + w : item == 1 ? 4 + u[pair] : 4 + v[pair];
}

/* ---- Scales without a model ---- */

static const struct {
    const char *name;
    size_t respondents, items;
    bool parts;
    answer value;
    const char *one, *two, *eigenvalues; /* notes; two NULL: no such model */
    bool fitted, simulated;
} shapes[] = {
    {"plain", 90, 6, true, related, "", "correlation_beyond_one", "", true, true},
    {"no parts", 90, 6, false, related, "", NULL, "", true, true},
    {"gaps", 90, 5, false, with_gaps, "", NULL, "", true, true},
    {"three items", 90, 3, false, related, "saturated", NULL, "", true, true},
    {"two and one", 90, 3, true, related, "saturated", "too_few_items", "", true, true},
    {"two items", 90, 2, true, related, "too_few_items", "too_few_items", "", false, true},
    {"one item", 90, 1, false, related, "too_few_items", NULL, "too_few_items", false, false},
    {"constant item", 90, 6, true, with_constant, "constant_item:b", "constant_item:b",
     "constant_item:b", false, false},
    {"item twice", 90, 6, true, with_double, "singular", "singular", "", false, true},
    {"as many cases as items", 4, 4, false, related, "too_few", NULL, "too_few", false, false},
    {"two cases", 2, 4, true, related, "too_few", "too_few", "too_few", false, false},
    {"no answers", 9, 4, true, nothing, "too_few", "too_few", "too_few", false, false},
    {"Heywood", 24, 3, false, beyond_one, "heywood:a;saturated", NULL, "", true, true},
};

START_TEST(scales_with_and_without_a_model)
{
    relcoord_result *r = factors_of(shapes[_i].respondents, shapes[_i].items, shapes[_i].parts,
                                    shapes[_i].value);
    const char *one = "scale=s basis=respondents model=one_factor estimator=ml",
               *two = "model=two_factors estimator=ml";
    expect_same_text(shapes[_i].name, string_at(r, "fit", one, "note"), shapes[_i].one);
    ck_assert_int_eq(isnan(number_at(r, "fit", one, "chisq")), !shapes[_i].fitted);
    ck_assert_int_eq(isnan(number_at(r, "loadings", "model=one_factor item=a", "loading_std")),
                     !shapes[_i].fitted);
    ck_assert_int_eq(isnan(number_at(r, "fit", "model=baseline estimator=ml", "chisq")),
                     !shapes[_i].fitted);
    ck_assert_uint_eq(rows_with(r, "fit", two), shapes[_i].two != NULL);
    ck_assert_uint_eq(rows_with(r, "correlations", ""), shapes[_i].two != NULL);
    ck_assert_uint_eq(rows_with(r, "loadings", "model=two_factors"),
                      shapes[_i].two ? shapes[_i].items : 0);
    if (shapes[_i].two)
        expect_same_text(shapes[_i].name, string_at(r, "fit", two, "note"), shapes[_i].two);
    ck_assert_uint_eq(rows_with(r, "eigenvalues", ""), shapes[_i].items);
    expect_same_text(shapes[_i].name, eigenvalue_text(r, 1, "note"), shapes[_i].eigenvalues);
    ck_assert_int_eq(isnan(eigenvalue_at(r, 1, "parallel")), !shapes[_i].simulated);
    ck_assert_str_eq(eigenvalue_text(r, 1, "retained"), shapes[_i].simulated ? "yes" : "");
    relcoord_result_free(r);
}
END_TEST

START_TEST(counts_of_cases)
{
    relcoord_result *r = factors_of(90, 5, false, with_gaps);
    const char *keys = "model=one_factor estimator=mlr";
    ck_assert_int_eq(integer_at(r, "fit", keys, "n"), 60);
    ck_assert_int_eq(integer_at(r, "fit", keys, "left_out"), 30);
    ck_assert_int_eq(integer_at(r, "fit", keys, "respondents"), 60);
    ck_assert_int_eq(integer_at(r, "fit", keys, "df"), 5);
    relcoord_result_free(r);
}
END_TEST

START_TEST(a_heywood_case_by_hand)
{
    relcoord_result *r = factors_of(24, 3, false, beyond_one);
    expect_near("a", number_at(r, "loadings", "item=a", "loading_std"), 1.25, 1e-10);
    expect_near("b", number_at(r, "loadings", "item=b", "loading_std"), 0.5, 1e-10);
    expect_near("c", number_at(r, "loadings", "item=c", "loading_std"), 0.5, 1e-10);
    expect_near("left over", number_at(r, "loadings", "item=a", "residual_std"), -0.5625, 1e-10);
    expect_near("b's own", number_at(r, "loadings", "item=b", "residual"), 0.75 * 8 / 12, 1e-10);
    ck_assert_str_eq(string_at(r, "loadings", "item=a", "factor"), "s");
    ck_assert_ptr_nonnull(strstr(string_at(r, "loadings", "item=a", "note"), "heywood"));
    ck_assert_str_eq(string_at(r, "loadings", "item=b", "note"), "");
    relcoord_result_free(r);
}
END_TEST

/* However near to singular: a row has figures, or says why not. */
START_TEST(nothing_is_missing_in_silence)
{
    static const answer answers[] = {nearly_double, with_gaps, related};
    for (size_t a = 0; a < LENGTH(answers); a++)
        for (size_t n = 4; n < 40; n += 3) {
            relcoord_result *r = factors_of(n, 4, true, answers[a]);
            const double *chisq;
            const char *const *notes;
            const uint8_t *valid;
            const relcoord_table *fit = relcoord_result_table(r, "fit");
            ck_assert_int_eq(relcoord_table_doubles(fit, "chisq", &chisq, &valid, NULL),
                             RELCOORD_OK);
            ck_assert_int_eq(relcoord_table_strings(fit, "note", &notes, NULL, NULL), RELCOORD_OK);
            ck_assert_uint_eq(relcoord_table_rows(fit), 6);
            for (size_t row = 0; row < 6; row++)
                ck_assert_msg(valid[row] ? isfinite(chisq[row]) && chisq[row] >= 0
                                         : *notes[row] != 0,
                              "answers %d, n %d, row %d: %s", (int)a, (int)n, (int)row, notes[row]);
            relcoord_result_free(r);
        }
}
END_TEST

/* ---- What is simulated ---- */

START_TEST(parallel_analysis_is_that_of_the_replicates)
{
    relcoord_survey *survey = survey_of(50, 5, false, related);
    relcoord_result *r = result_make(survey, "factor", "replicates=333 seed=77 threads=3");
    parallel_plan plan = {5, 50, 333, 77, 0.95};
    double means[5], quantiles[5], trace = 0;
    char key[40];
    ck_assert(parallel_analysis(&plan, means, quantiles));
    for (int i = 0; i < 5; i++) {
        sprintf(key, "place %d", i + 1);
        expect_near(key, eigenvalue_at(r, i + 1, "parallel"), quantiles[i], 0);
        trace += eigenvalue_at(r, i + 1, "eigenvalue");
    }
    expect_near("trace", trace, 5, 1e-12);
    relcoord_result_free(r);
    relcoord_survey_free(survey);
}
END_TEST

static char *written_with(const relcoord_survey *survey, const char *settings, const char *table)
{
    relcoord_result *r = result_make(survey, "factor", settings);
    char which[40], *text;
    sprintf(which, "table=%s", table);
    text = result_written(r, "csv", which);
    relcoord_result_free(r);
    return text;
}

/* A seed changes what is simulated, an estimator the errors, and neither anything else. */
START_TEST(options_change_what_they_say)
{
    static const struct {
        const char *settings, *table;
        bool same;
    } changes[] = {{"seed=2", "fit", true},
                   {"seed=2", "loadings", true},
                   {"seed=2", "eigenvalues", false},
                   {"replicates=500", "eigenvalues", false},
                   {"estimator=ml", "fit", true},
                   {"estimator=ml", "loadings", false},
                   {"estimator=ml", "correlations", false},
                   {"estimator=ml", "eigenvalues", true},
                   {"confidence=0.9", "fit", true},
                   {"confidence=0.9", "loadings", false},
                   {"threads=4", "eigenvalues", true}};
    relcoord_survey *survey = survey_of(80, 6, true, related);
    char *was = written_with(survey, NULL, changes[_i].table),
         *is = written_with(survey, changes[_i].settings, changes[_i].table);
    ck_assert_msg((strcmp(was, is) == 0) == changes[_i].same, "%s, %s:\n%s\n%s",
                  changes[_i].settings, changes[_i].table, was, is);
    free(was), free(is);
    relcoord_survey_free(survey);
}
END_TEST
enum { CHANGES = 11 };

/* ---- Ties ---- */

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"

static const survey_plan plan = {
    .respondents = 60, .workgroups = 3, .targets = 4, .units = 3, .missing = 4, .seed = 11};

START_TEST(order_of_rows_and_threads)
{
    survey_rows rows = rows_invent(&plan);
    char *csv = rows_text(&rows, 0, rows.count),
         *wanted = written_of(csv, "factor", "replicates=100 by=unit", "json"), *got;
    free(csv);
    for (uint64_t seed = 1; seed <= 3; seed++) {
        rows_shuffle(&rows, seed);
        csv = rows_text(&rows, 0, rows.count);
        got = written_of(csv, "factor",
                         seed % 2 ? "replicates=100 by=unit" : "replicates=100 by=unit threads=5",
                         "json");
        expect_same_text("order", got, wanted);
        free(csv), free(got);
    }
    free(wanted);
    rows_free(&rows);
}
END_TEST

/* A respondent whose ties are all doubled: robust figures stay, since people are counted; ml's
 * chi-square doubles. */
START_TEST(doubled_ties_are_no_more_people)
{
    char *csv = malloc(60000), *twice = malloc(120000), line[200];
    size_t at = 0, both = 0;
    at += (size_t)sprintf(csv, "respondent,workgroup,target," ITEMS "\n");
    both += (size_t)sprintf(twice, "%s", csv);
    for (size_t i = 0; i < 120; i++) {
        size_t length = 0;
        for (size_t j = 0; j < 7; j++)
            length += (size_t)sprintf(line + length, ",%d", (int)related(i, j));
        at += (size_t)sprintf(csv + at, "%d,g,t1%s\n", (int)i, line);
        both += (size_t)sprintf(twice + both, "%d,g,t1%s\n%d,g,t2%s\n", (int)i, line, (int)i, line);
    }
    relcoord_result *once = result_of(csv, "factor", "basis=ties scale=rc"),
                    *more = result_of(twice, "factor", "basis=ties scale=rc");
    const char *ml = "model=two_factors estimator=ml", *mlr = "model=two_factors estimator=mlr",
               *item = "model=two_factors item=timely";
    expect_near("ml", number_at(more, "fit", ml, "chisq"), 2 * number_at(once, "fit", ml, "chisq"),
                1e-9);
    expect_near("srmr", number_at(more, "fit", ml, "srmr"), number_at(once, "fit", ml, "srmr"),
                1e-9);
    /* the factor 120/119 for clusters is there only once they are several rows each */
    expect_near("mlr", number_at(more, "fit", mlr, "chisq"),
                number_at(once, "fit", mlr, "chisq") * 119 / 120, 1e-9);
    expect_near("se", number_at(more, "loadings", item, "se"),
                number_at(once, "loadings", item, "se") * sqrt(120.0 / 119), 1e-9);
    expect_near("loading", number_at(more, "loadings", item, "loading"),
                number_at(once, "loadings", item, "loading"), 1e-9);
    ck_assert_int_eq(integer_at(more, "fit", ml, "respondents"), 120);
    ck_assert_int_eq(integer_at(more, "fit", ml, "n"), 240);
    ck_assert_ptr_nonnull(strstr(string_at(more, "fit", ml, "note"), "ties_as_independent"));
    ck_assert_ptr_null(strstr(string_at(more, "fit", mlr, "note"), "ties_as_independent"));
    ck_assert_ptr_null(strstr(string_at(once, "fit", ml, "note"), "ties_as_independent"));
    ck_assert_str_eq(string_at(once, "loadings", item, "factor"), "communication");
    ck_assert_str_eq(string_at(once, "loadings", "model=two_factors item=shared_goals", "factor"),
                     "relationship");
    relcoord_result_free(once);
    relcoord_result_free(more);
    free(csv), free(twice);
}
END_TEST

/* A group of which nobody answered has rows that say so. */
START_TEST(groups_without_answers)
{
    char csv[8000];
    size_t at = (size_t)sprintf(csv, "respondent,workgroup,target,unit," ITEMS
                                     "\n1000,g,t,empty,,,,,,,\n");
    for (size_t i = 0; i < 60; i++) {
        at += (size_t)sprintf(csv + at, "%d,g,t,full", (int)i);
        for (size_t j = 0; j < 7; j++)
            at += (size_t)sprintf(csv + at, ",%d", (int)related(i, j));
        at += (size_t)sprintf(csv + at, "\n");
    }
    relcoord_result *r = result_of(csv, "factor", "by=unit replicates=20");
    const char *empty = "unit=empty scale=rc basis=ties model=one_factor estimator=ml";
    ck_assert_str_eq(string_at(r, "fit", empty, "note"), "too_few");
    ck_assert_int_eq(integer_at(r, "fit", empty, "n"), 0);
    ck_assert_int_eq(integer_at(r, "fit", empty, "left_out"), 1);
    ck_assert_int_eq(
        integer_at(r, "fit", "unit=full scale=rc basis=ties model=one_factor estimator=ml", "n"),
        60);
    ck_assert(isfinite(number_at(
        r, "fit", "unit=full scale=rc basis=ties model=one_factor estimator=ml", "chisq")));
    relcoord_result_free(r);
}
END_TEST

/* ---- Refusals, stopping, memory ---- */

static const char weighted[] = "respondent,workgroup,target,weight," ITEMS
                               "\n1,A,A,1,4,4,4,4,4,4,4\n2,A,A,2,3,4,3,3,3,3,3\n";

START_TEST(questions_refused)
{
    static const struct {
        const char *option, *value, *field;
    } refused[] = {
        {NULL, NULL, "weights"}, {"scale", "trust", "scale"}, {"basis", "ties", "basis"}};
    relcoord_survey *survey = _i < 2 ? survey_make(weighted) : survey_of(9, 3, false, related);
    relcoord_options *options = options_make("factor", _i == 1 ? "weights=ignore" : NULL);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    if (refused[_i].option)
        ck_assert_int_eq(relcoord_options_set(options, refused[_i].option, refused[_i].value, NULL),
                         RELCOORD_OK);
    ck_assert_int_eq(relcoord_run(survey, "factor", options, &result, &error), RELCOORD_EOPTION);
    ck_assert_str_eq(error.option, refused[_i].field);
    ck_assert_ptr_null(result);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(stopping_at_every_report)
{
    relcoord_survey *survey = survey_of(40, 4, false, related);
    relcoord_options *options = options_make("factor", "replicates=200000 threads=2");
    heap_start();
    for (int reports = 0; reports < 6; reports++) {
        relcoord_result *result = NULL;
        int left = reports;
        int64_t alive = heap_alive();
        relcoord_options_set_progress(options, stop_later, &left);
        ck_assert_int_eq(relcoord_run(survey, "factor", options, &result, NULL),
                         RELCOORD_ECANCELLED);
        ck_assert_ptr_null(result);
        ck_assert_int_eq(heap_alive(), alive);
    }
    heap_stop();
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(every_allocation_fails)
{
    heap_start();
    relcoord_survey *survey = survey_of(40, 5, true, related);
    relcoord_options *options = options_make("factor",
                                             _i ? "replicates=20 threads=3" : "replicates=20");
    int64_t without = expect_memory_faults(survey, "factor", options, INT_MAX);
    ck_assert(_i || without == 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    heap_stop();
}
END_TEST

Suite *factor_analysis_suite(void)
{
    Suite *suite = suite_create("factor_analysis");
    TCase *scales = tcase_create("scales"), *ties = tcase_create("ties"),
          *failing = tcase_create("failing");
    tcase_set_timeout(failing, 120);
    tcase_add_checked_fixture(failing, NULL, heap_stop);
    tcase_add_loop_test(scales, scales_with_and_without_a_model, 0, (int)LENGTH(shapes));
    tcase_add_test(scales, counts_of_cases);
    tcase_add_test(scales, a_heywood_case_by_hand);
    tcase_add_test(scales, nothing_is_missing_in_silence);
    tcase_add_test(scales, parallel_analysis_is_that_of_the_replicates);
    tcase_add_loop_test(scales, options_change_what_they_say, 0, CHANGES);
    tcase_add_test(ties, order_of_rows_and_threads);
    tcase_add_test(ties, doubled_ties_are_no_more_people);
    tcase_add_test(ties, groups_without_answers);
    tcase_add_loop_test(failing, questions_refused, 0, 3);
    tcase_add_test(failing, stopping_at_every_report);
    tcase_add_loop_test(failing, every_allocation_fails, 0, 2);
    suite_add_tcase(suite, scales);
    suite_add_tcase(suite, ties);
    suite_add_tcase(suite, failing);
    return suite;
}
