/* Bootstrap intervals of reliability against replicates gathered here the long way, with
 * resample.h's weights on every answer; and what must change none of its figures: order, threads,
 * copies, another scale, groups told apart. */
#include "stats/resampling/resample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "runs.h"
#include "stats/numbers/quantiles.h"

Suite *scale_resampling_suite(void);

enum { PEOPLE = 24, TARGETS = 4, ITEMS = 7, REPLICATES = 40 };

/* ---- Replicates the long way ---- */

/* Answers as the survey below has them: person p of workgroup p % 3, about target t. NaN is
 * none. */
static double answer_of(int p, int t, int item)
{
    int mixed = (p * 7 + t * 5 + item * 3 + p * t + p / 5 * item) % 11;
    int lean = p / 3 % 3, value = 1 + lean + t % 2 + (mixed > 6) - (mixed == 2 && lean > 0);
    return mixed == 10 && item % 2 ? (double)NAN : (double)value;
}

static char *survey_text(void)
{
    char *csv = malloc(100 + PEOPLE * TARGETS * 60), *end = csv;
    ck_assert_ptr_nonnull(csv);
    end += sprintf(end, "respondent,workgroup,target,unit,frequent,timely,accurate,problem_solving,"
                        "shared_goals,shared_knowledge,"
                        "mutual_respect\n");
    for (int p = 0; p < PEOPLE; p++)
        for (int t = 0; t < TARGETS; t++) {
            end += sprintf(end, "%d,g%d,t%d,u%d", p + 1, p % 3, t, p / 4);
            for (int i = 0; i < ITEMS; i++)
                end += isnan(answer_of(p, t, i)) ? sprintf(end, ",")
                                                 : sprintf(end, ",%d", (int)answer_of(p, t, i));
            end += sprintf(end, "\n");
        }
    return csv;
}

/* The answers of one case: a tie, or the means of person p over ties. */
static void case_of(bool ties, int p, int t, double row[ITEMS])
{
    for (int i = 0; i < ITEMS; i++) {
        double sum = 0, n = 0;
        for (int each = 0; each < TARGETS; each++)
            if (!isnan(answer_of(p, each, i))) {
                sum += answer_of(p, each, i);
                n++;
            }
        row[i] = ties ? answer_of(p, t, i) : sum / n;
    }
}

/* Alpha of cases with weights, by two passes; pairwise or of complete cases. */
static double weighted_alpha(bool ties, bool pairwise, const double *weights)
{
    double trace = 0, all = 0;
    for (int i = 0; i < ITEMS; i++)
        for (int j = 0; j < ITEMS; j++) {
            double n = 0, mean[2] = {0, 0}, sum = 0;
            for (int pass = 0; pass < 2; pass++)
                for (int p = 0; p < PEOPLE; p++)
                    for (int t = 0; t < (ties ? TARGETS : 1); t++) {
                        double row[ITEMS], missing = 0;
                        case_of(ties, p, t, row);
                        for (int each = 0; each < ITEMS; each++)
                            missing += isnan(row[each]);
                        if (pairwise ? isnan(row[i]) || isnan(row[j]) : missing > 0)
                            continue;
                        n += pass ? 0 : weights[p];
                        mean[0] += pass ? 0 : weights[p] * row[i];
                        mean[1] += pass ? 0 : weights[p] * row[j];
                        sum += pass ? weights[p] * (row[i] - mean[0] / n) * (row[j] - mean[1] / n)
                                    : 0;
                    }
            all += sum / (n - 1);
            trace += i == j ? sum / (n - 1) : 0;
        }
    return ITEMS / (ITEMS - 1.0) * (1 - trace / all);
}

static const struct {
    const char *settings;
    bool ties, pairwise, plain, units;
} plans[] = {
    {"", true, false, false, false},
    {"", false, false, false, false},
    {" resample=respondents_plain", true, false, true, false},
    {" resample=units", true, false, false, true},
    {" missing=pairwise", true, true, false, false},
};

START_TEST(replicates_the_long_way)
{
    uint32_t groups[PEOPLE], units[PEOPLE];
    double weights[PEOPLE], alphas[REPLICATES];
    for (int p = 0; p < PEOPLE; p++) {
        groups[p] = (uint32_t)p % 3;
        units[p] = (uint32_t)p / 4;
    }
    resample people;
    resample_plan plan = {.count = PEOPLE,
                          .plain = plans[_i].plain,
                          .seed = 5,
                          .stratum = plans[_i].units ? NULL : groups,
                          .cluster = plans[_i].units ? units : NULL};
    ck_assert_int_eq(resample_make(&plan, &people, NULL), RELCOORD_OK);
    double mean = 0, squares = 0;
    for (int b = 0; b < REPLICATES; b++) {
        resample_draw(&people, (uint64_t)b, weights);
        alphas[b] = weighted_alpha(plans[_i].ties, plans[_i].pairwise, weights);
        mean += alphas[b] / REPLICATES;
    }
    for (int b = 0; b < REPLICATES; b++)
        squares += (alphas[b] - mean) * (alphas[b] - mean);
    numbers_sort(alphas, REPLICATES);
    resample_free(&people);

    char settings[100], *csv = survey_text();
    snprintf(settings, sizeof settings,
             "scale=rc ci=bootstrap replicates=%d seed=5 confidence=0.9%s", REPLICATES,
             plans[_i].settings);
    relcoord_result *r = result_of(csv, "reliability", settings);
    const char *keys = plans[_i].ties ? "scale=rc basis=ties coefficient=alpha"
                                      : "scale=rc basis=respondents coefficient=alpha";
    for (int p = 0; p < PEOPLE; p++)
        weights[p] = 1;
    expect_near("value", number_at(r, "coefficients", keys, "value"),
                weighted_alpha(plans[_i].ties, plans[_i].pairwise, weights), 1e-12);
    expect_near("ci_low", number_at(r, "coefficients", keys, "ci_low"),
                quantile_sorted(alphas, REPLICATES, 0.05), 1e-10);
    expect_near("ci_high", number_at(r, "coefficients", keys, "ci_high"),
                quantile_sorted(alphas, REPLICATES, 0.95), 1e-10);
    expect_near("se", number_at(r, "coefficients", keys, "se"), sqrt(squares / (REPLICATES - 1)),
                1e-10);
    relcoord_result_free(r);
    free(csv);
}
END_TEST

/* With all weights 1 the sums over people give what the answers give, coefficient by coefficient:
 * basic and BCa limits lie about that value. Every coefficient that has a value has an interval. */
START_TEST(every_coefficient_has_an_interval)
{
    static const char *const methods[] = {"percentile", "basic", "bca"};
    char settings[100], *csv = survey_text();
    snprintf(settings, sizeof settings,
             "ci=bootstrap scale=rc,relationship replicates=60 bootstrap_method=%s", methods[_i]);
    relcoord_result *r = result_of(csv, "reliability", settings);
    const relcoord_table *t = relcoord_result_table(r, "coefficients");
    const double *value, *low, *high;
    const uint8_t *valid, *bounded;
    size_t seen = 0;
    ck_assert_int_eq(relcoord_table_doubles(t, "value", &value, &valid, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_doubles(t, "ci_low", &low, &bounded, NULL), RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_doubles(t, "ci_high", &high, NULL, NULL), RELCOORD_OK);
    for (size_t row = 0; row < relcoord_table_rows(t); row++) {
        ck_assert_msg(bounded[row] <= valid[row], "row %d: an interval about nothing", (int)row);
        ck_assert(!bounded[row] || low[row] < high[row]);
        seen += bounded[row];
    }
    ck_assert_uint_ge(seen, 60);
    relcoord_result_free(r);
    free(csv);
}
END_TEST

/* ---- What changes nothing ---- */

static const struct {
    const char *name;
    survey_plan plan;
    const char *settings;
} cases[] = {
    {"plain",
     {.respondents = 40, .workgroups = 4, .targets = 5, .missing = 10, .seed = 1},
     "alpha_ci=duhachek"},
    {"grouped",
     {.respondents = 60,
      .workgroups = 3,
      .targets = 6,
      .units = 2,
      .waves = 2,
      .missing = 5,
      .seed = 3},
     "scale=rc by=unit,wave missing=pairwise"},
    {"resampled",
     {.respondents = 30, .workgroups = 3, .targets = 4, .units = 3, .missing = 5, .seed = 4},
     "scale=communication ci=bootstrap replicates=20 bootstrap_method=bca"},
    {"units",
     {.respondents = 30, .workgroups = 3, .targets = 4, .units = 6, .missing = 5, .seed = 6},
     "scale=communication ci=bootstrap replicates=20 resample=units missing=pairwise"},
};

START_TEST(order_of_rows_and_threads)
{
    expect_same_in_any_order(&cases[_i].plan, "reliability", cases[_i].settings);
}
END_TEST

/* A unit has the figures that a survey of it alone would have, intervals and all. */
START_TEST(groups_are_surveys_of_their_own)
{
    char *csv = survey_text();
    expect_unit_of_its_own(csv, "reliability", "scale=rc by=unit ci=bootstrap replicates=20");
    free(csv);
}
END_TEST

/* Every person twice: the covariances are (2n - 2)/(2n - 1) of what they were, of which alpha and
 * its kin know nothing. */
START_TEST(copies_of_people)
{
    static const char *const same[] = {"alpha",   "alpha_std", "omega_u",     "omega_u_std",
                                       "lambda2", "lambda6",   "lambda4_max", "r_mean"};
    char *csv = survey_text(), *twice = malloc(3 * strlen(csv)), *end;
    ck_assert_ptr_nonnull(twice);
    end = stpcpy(twice, csv);
    for (const char *line = strchr(csv, '\n') + 1; *line; line = strchr(line, '\n') + 1)
        end += sprintf(end, "copy %.*s", (int)(strchr(line, '\n') + 1 - line), line);
    relcoord_result *once = result_of(csv, "reliability", NULL),
                    *copied = result_of(twice, "reliability", NULL);
    for (size_t i = 0; i < LENGTH(same); i++)
        for (int ties = 0; ties < 2; ties++) {
            char keys[100];
            snprintf(keys, sizeof keys, "scale=rc basis=%s coefficient=%s",
                     ties ? "ties" : "respondents", same[i]);
            expect_near(keys, number_at(copied, "coefficients", keys, "value"),
                        number_at(once, "coefficients", keys, "value"),
                        strncmp(same[i], "omega", 5) ? 1e-12 : 1e-7);
            ck_assert_int_eq(integer_at(copied, "coefficients", keys, "n"),
                             2 * integer_at(once, "coefficients", keys, "n"));
        }
    relcoord_result_free(once);
    relcoord_result_free(copied);
    free(twice);
    free(csv);
}
END_TEST

/* ---- Memory, and stopping ---- */

START_TEST(every_allocation_fails)
{
    static const char *const settings[] = {
        "scale=rc", "scale=relationship ci=bootstrap replicates=20 missing=pairwise",
        "by=unit scale=relationship"};
    const survey_plan plan = {
        .respondents = 12, .workgroups = 3, .targets = 3, .units = 2, .missing = 3, .seed = 9};
    char *csv = csv_invent(&plan);
    heap_start();
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make("reliability", settings[_i]);
    ck_assert_int_eq(expect_memory_faults(survey, "reliability", options, 120), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
    free(csv);
}
END_TEST

START_TEST(resampling_can_be_cancelled)
{
    char *csv = survey_text();
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make("reliability", "ci=bootstrap replicates=500");
    for (int calls = 0; calls < 30; calls += 7) {
        relcoord_result *result = NULL;
        int left = calls;
        relcoord_options_set_progress(options, stop_later, &left);
        ck_assert_int_eq(relcoord_run(survey, "reliability", options, &result, NULL),
                         RELCOORD_ECANCELLED);
        ck_assert_ptr_null(result);
    }
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

Suite *scale_resampling_suite(void)
{
    Suite *suite = suite_create("scale_resampling");
    TCase *all = tcase_create("resampling");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, replicates_the_long_way, 0, (int)LENGTH(plans));
    tcase_add_loop_test(all, every_coefficient_has_an_interval, 0, 3);
    tcase_add_loop_test(all, order_of_rows_and_threads, 0, (int)LENGTH(cases));
    tcase_add_test(all, groups_are_surveys_of_their_own);
    tcase_add_test(all, copies_of_people);
    tcase_add_loop_test(all, every_allocation_fails, 0, 3);
    tcase_add_test(all, resampling_can_be_cancelled);
    suite_add_tcase(suite, all);
    return suite;
}
