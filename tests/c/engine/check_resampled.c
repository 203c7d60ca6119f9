/* Bootstrap intervals of means, agreement and factor models against replicates made here the long
 * way, with resample.h's weights on every answer, and by hand. */
#include "stats/resampling/resample.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/factor/factor.h"
#include "stats/numbers/quantiles.h"
#include "support.h"

Suite *resampled_suite(void);

enum { PEOPLE = 22, TARGETS = 4, GROUPS = 3, REPLICATES = 60 };

/* ---- A survey whose items are answered alike, so that every score is an answer ---- */

#define ITEM_NAMES \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"

/* The survey with the last field of each line seven times; of the header, all items for it. The
 * caller frees it. */
static char *repeat_answers(const char *csv)
{
    char *all = malloc(8 * strlen(csv) + 200), *end = all;
    ck_assert_ptr_nonnull(all);
    for (const char *line = csv; *line; line = strchr(line, '\n') + 1) {
        const char *stop = strchr(line, '\n'), *field = stop;
        while (field[-1] != ',')
            field--;
        end += sprintf(end, "%.*s", (int)(field - line), line);
        if (line == csv)
            end += sprintf(end, "%s\n", ITEM_NAMES);
        for (int i = 0; i < 7 && line != csv; i++)
            end += sprintf(end, "%.*s%s", (int)(stop - field), field, i < 6 ? "," : "\n");
    }
    return all;
}

static relcoord_result *result_of_alike(const char *csv, const char *analysis, const char *settings)
{
    char *all = repeat_answers(csv);
    relcoord_result *r = result_of(all, analysis, settings);
    free(all);
    return r;
}

/* Person p of workgroup p % 3 about target t, 0 for none: some rate but two targets. */
static int answer_of(int p, int t)
{
    int mixed = (p * 7 + t * 5 + p * t + p / 4) % 9;
    return (p % 5 == 1 && t > 1) || mixed == 8 ? 0 : 1 + (mixed + p % 3 + (t == p % 3)) % 5;
}

static int weight_of(int p, bool weighted)
{
    return weighted ? p % 4 : 1;
}

static char *survey_text(bool weighted)
{
    char *csv = malloc(100 + PEOPLE * TARGETS * 40), *end = csv;
    ck_assert_ptr_nonnull(csv);
    end += sprintf(end, "respondent,workgroup,target,unit%s,frequent\n", weighted ? ",weight" : "");
    for (int p = 0; p < PEOPLE; p++)
        for (int t = 0; t < TARGETS; t++) {
            end += sprintf(end, "%d,g%d,g%d,u%d", p + 1, p % GROUPS, t, p / 4);
            if (weighted)
                end += sprintf(end, ",%d", weight_of(p, true));
            end += answer_of(p, t) ? sprintf(end, ",%d\n", answer_of(p, t)) : sprintf(end, ",\n");
        }
    return csv;
}

/* ---- Statistics of weights, the long way ---- */

typedef enum part { WITHIN, BETWEEN, ALL } part;

static bool is_in(int p, int t, part which)
{
    return answer_of(p, t) && (which == ALL || (which == WITHIN) == (t == p % GROUPS));
}

static double cell_mean(const double *weights, int group, int target)
{
    double n = 0, sum = 0;
    for (int p = group; p < PEOPLE; p += GROUPS) {
        n += answer_of(p, target) ? weights[p] : 0;
        sum += weights[p] * answer_of(p, target);
    }
    return n > 0 ? sum / n : (double)NAN;
}

static double mean_of_cells(const double *weights, part which)
{
    double n = 0, sum = 0;
    for (int g = 0; g < GROUPS; g++)
        for (int t = 0; t < TARGETS; t++) {
            double mean = cell_mean(weights, g, t);
            if (isnan(mean) || !(which == ALL || (which == WITHIN) == (t == g)))
                continue;
            n++;
            sum += mean;
        }
    return sum / n;
}

static double overall_mean(const double *weights, part which, const char *weighting)
{
    double n = 0, sum = 0;
    if (strcmp(weighting, "workgroups") == 0)
        return mean_of_cells(weights, which);
    for (int p = 0; p < PEOPLE; p++) {
        double own = 0, ties = 0;
        for (int t = 0; t < TARGETS; t++)
            if (is_in(p, t, which)) {
                own += answer_of(p, t);
                ties++;
            }
        if (ties == 0)
            continue;
        n += weights[p] * (strcmp(weighting, "ties") == 0 ? ties : 1);
        sum += weights[p] * (strcmp(weighting, "ties") == 0 ? own : own / ties);
    }
    return sum / n;
}

/* ICC(1) of the unit's people's own means, a unit of weight w there w times. */
static double unit_icc(const double *weights)
{
    double groups = 0, n = 0, squares = 0, sum = 0, within = 0, between = 0, sizes[PEOPLE] = {0},
           means[PEOPLE] = {0};
    for (int pass = 0; pass < 2; pass++)
        for (int p = 0; p < PEOPLE; p++) {
            double own = 0, ties = 0;
            for (int t = 0; t < TARGETS; t++) {
                own += answer_of(p, t);
                ties += answer_of(p, t) > 0;
            }
            if (pass == 0) {
                sizes[p / 4]++;
                means[p / 4] += own / ties;
            } else {
                within += weights[p / 4] * pow(own / ties - means[p / 4] / sizes[p / 4], 2);
            }
        }
    for (int u = 0; u <= (PEOPLE - 1) / 4; u++) {
        groups += weights[u];
        n += weights[u] * sizes[u];
        squares += weights[u] * sizes[u] * sizes[u];
        sum += weights[u] * means[u];
    }
    for (int u = 0; u <= (PEOPLE - 1) / 4; u++)
        between += weights[u] * sizes[u] * pow(means[u] / sizes[u] - sum / n, 2);
    double k = (n - squares / n) / (groups - 1), msb = between / (groups - 1),
           msw = within / (n - groups);
    return (msb - msw) / (msb + (k - 1) * msw);
}

/* ---- Plans ---- */

static const struct {
    const char *settings;
    bool weighted, plain, units;
} plans[] = {
    {"", false, false, false},
    {" resample=respondents_plain", false, true, false},
    {" resample=units", false, false, true},
    {"", true, false, false},
    {" resample=units", true, false, true},
};

static double replicate_weights[REPLICATES][PEOPLE];

static void draw_people(int which)
{
    uint32_t groups[PEOPLE], units[PEOPLE];
    for (int p = 0; p < PEOPLE; p++) {
        groups[p] = (uint32_t)(p % GROUPS);
        units[p] = (uint32_t)p / 4;
    }
    resample people;
    resample_plan plan = {.count = PEOPLE,
                          .plain = plans[which].plain,
                          .seed = 5,
                          .stratum = plans[which].units ? NULL : groups,
                          .cluster = plans[which].units ? units : NULL};
    ck_assert_int_eq(resample_make(&plan, &people, NULL), RELCOORD_OK);
    for (uint64_t b = 0; b < REPLICATES; b++) {
        resample_draw(&people, b, replicate_weights[b]);
        for (int p = 0; p < PEOPLE; p++)
            replicate_weights[b][p] *= weight_of(p, plans[which].weighted);
    }
    resample_free(&people);
}

/* Holds a row's error and interval at confidence 0.9 against replicates, NaN where one has no
 * value. */
static void expect_interval(const relcoord_result *r, const char *table, const char *keys,
                            const double *values)
{
    double found[REPLICATES], mean = 0, squares = 0;
    size_t n = 0;
    for (int b = 0; b < REPLICATES; b++)
        if (!isnan(values[b]))
            found[n++] = values[b];
    for (size_t b = 0; b < n; b++)
        mean += found[b] / (double)n;
    for (size_t b = 0; b < n; b++)
        squares += (found[b] - mean) * (found[b] - mean);
    numbers_sort(found, n);
    if (strcmp(table, "coefficients") != 0)
        expect_near(keys, number_at(r, table, keys, "se"), sqrt(squares / ((double)n - 1)), 1e-10);
    expect_near(keys, number_at(r, table, keys, "ci_low"), quantile_sorted(found, n, 0.05), 1e-10);
    expect_near(keys, number_at(r, table, keys, "ci_high"), quantile_sorted(found, n, 0.95), 1e-10);
    bool often = 20 * (REPLICATES - n) > REPLICATES;
    ck_assert_msg(
        often == (strstr(string_at(r, table, keys, "note"), "bootstrap_often_undefined") != NULL),
        "%s: %s", keys, string_at(r, table, keys, "note"));
}

static relcoord_result *resampled(const char *csv, const char *analysis, const char *more)
{
    char settings[200];
    snprintf(settings, sizeof settings, "ci=bootstrap replicates=%d seed=5 confidence=0.9%s",
             REPLICATES, more);
    return result_of_alike(csv, analysis, settings);
}

START_TEST(cells_the_long_way)
{
    char *csv = survey_text(plans[_i].weighted), keys[100];
    relcoord_result *r = resampled(csv, "matrix", plans[_i].settings);
    draw_people(_i);
    for (int g = 0; g < GROUPS; g++)
        for (int t = 0; t < TARGETS; t++)
            for (int rc = 0; rc < 2; rc++) {
                double values[REPLICATES];
                for (int b = 0; b < REPLICATES; b++)
                    values[b] = cell_mean(replicate_weights[b], g, t);
                snprintf(keys, sizeof keys, "workgroup=g%d target=g%d dimension=%s", g, t,
                         rc ? "rc" : "frequent");
                expect_interval(r, "cells", keys, values);
                ck_assert_str_eq(string_at(r, "cells", keys, "estimator"),
                                 plans[_i].weighted ? "mean_weighted_bootstrap" : "mean_bootstrap");
            }
    relcoord_result_free(r);
    free(csv);
}
END_TEST

START_TEST(overall_means_the_long_way)
{
    static const char *const parts[] = {"within", "between", "all"}, *const weightings[] = {
                                                                         "respondents", "ties",
                                                                         "workgroups"};
    char *csv = survey_text(plans[_i].weighted), keys[100];
    relcoord_result *r = resampled(csv, "summary", plans[_i].settings);
    draw_people(_i);
    for (size_t w = 0; w < LENGTH(weightings); w++) {
        double values[LENGTH(parts)][REPLICATES], silo[REPLICATES];
        for (size_t k = 0; k < LENGTH(parts); k++) {
            for (int b = 0; b < REPLICATES; b++)
                values[k][b] = overall_mean(replicate_weights[b], (part)k, weightings[w]);
            snprintf(keys, sizeof keys, "dimension=rc part=%s weighting=%s", parts[k],
                     weightings[w]);
            expect_interval(r, "indices", keys, values[k]);
        }
        for (int b = 0; b < REPLICATES; b++)
            silo[b] = values[WITHIN][b] - values[BETWEEN][b];
        snprintf(keys, sizeof keys, "dimension=rc weighting=%s", weightings[w]);
        expect_interval(r, "silo", keys, silo);
    }
    relcoord_result_free(r);
    free(csv);
}
END_TEST

START_TEST(icc_the_long_way)
{
    char *csv = survey_text(false);
    relcoord_result *r = resampled(csv, "agreement",
                                   _i ? " scale=rc grouping=unit resample=groups_plain"
                                      : " scale=rc grouping=unit");
    resample groups;
    resample_plan plan = {.count = (PEOPLE + 3) / 4, .plain = _i, .seed = 5, .stream = 1};
    double weights[PEOPLE], values[REPLICATES];
    ck_assert_int_eq(resample_make(&plan, &groups, NULL), RELCOORD_OK);
    for (int b = 0; b < REPLICATES; b++) {
        resample_draw(&groups, (uint64_t)b, weights);
        values[b] = unit_icc(weights);
    }
    for (int u = 0; u < PEOPLE; u++)
        weights[u] = 1;
    expect_near("value", number_at(r, "coefficients", "coefficient=icc1", "value"),
                unit_icc(weights), 1e-12);
    expect_interval(r, "coefficients", "coefficient=icc1", values);
    resample_free(&groups);
    relcoord_result_free(r);
    free(csv);
}
END_TEST

/* ---- Factor models ---- */

enum { ITEMS = 7 };
static const int parts_of_items[ITEMS] = {0, 0, 0, 0, 1, 1, 1};

/* Answers that share what a person leans to, and a little more within each part. */
static int item_answer(int p, int t, int item)
{
    int lean = p * 5 % 7 % 3 + (p + t) % 2, side = (p * 3 + t * 2 + p / 3 * (item > 3)) % 2;
    uint64_t seed = (uint64_t)((p * TARGETS + t) * ITEMS + item);
    int own = (int)random_below(&seed, 5), answer = 1 + lean + side + (own > 3) - (own == 1);
    return answer < 1 ? 1 : answer > 5 ? 5 : answer;
}

static char *item_text(void)
{
    char *csv = malloc(200 + PEOPLE * TARGETS * 40), *end = csv;
    ck_assert_ptr_nonnull(csv);
    end += sprintf(end, "respondent,workgroup,target,%s\n", ITEM_NAMES);
    for (int p = 0; p < PEOPLE; p++)
        for (int t = 0; t < TARGETS; t++) {
            end += sprintf(end, "%d,g%d,g%d", p + 1, p % GROUPS, t);
            for (int i = 0; i < ITEMS; i++)
                end += sprintf(end, ",%d", item_answer(p, t, i));
            end += sprintf(end, "\n");
        }
    return csv;
}

/* The model of the ties' covariances with weights, by two passes and from all starts. */
static factor_solution weighted_model(const double *weights, bool two)
{
    double n = 0, means[ITEMS] = {0}, covariance[ITEMS * ITEMS] = {0};
    factor_solution s;
    for (int p = 0; p < PEOPLE; p++) {
        n += TARGETS * weights[p];
        for (int t = 0; t < TARGETS; t++)
            for (int i = 0; i < ITEMS; i++)
                means[i] += weights[p] * item_answer(p, t, i);
    }
    for (int p = 0; p < PEOPLE; p++)
        for (int t = 0; t < TARGETS; t++)
            for (int i = 0; i < ITEMS; i++)
                for (int j = 0; j < ITEMS; j++)
                    covariance[i * ITEMS + j] += weights[p] / n
                                                 * (item_answer(p, t, i) - means[i] / n)
                                                 * (item_answer(p, t, j) - means[j] / n);
    ck_assert_int_eq(factor_fit(covariance, ITEMS, n, two ? parts_of_items : NULL, &s),
                     FACTOR_DONE);
    return s;
}

static void expect_quantiles(const char *name, const relcoord_result *r, const char *table,
                             const char *keys, const char *const columns[3], double *values)
{
    double mean = 0, squares = 0;
    for (int b = 0; b < REPLICATES; b++)
        mean += values[b] / REPLICATES;
    for (int b = 0; b < REPLICATES; b++)
        squares += (values[b] - mean) * (values[b] - mean);
    numbers_sort(values, REPLICATES);
    expect_near(name, number_at(r, table, keys, columns[0]), sqrt(squares / (REPLICATES - 1)),
                1e-6);
    expect_near(name, number_at(r, table, keys, columns[1]),
                quantile_sorted(values, REPLICATES, 0.05), 1e-6);
    expect_near(name, number_at(r, table, keys, columns[2]),
                quantile_sorted(values, REPLICATES, 0.95), 1e-6);
}

START_TEST(factors_the_long_way)
{
    static const char *const plain[] = {"se", "ci_low", "ci_high"}, *const standard[] = {
                                                                        "se_std", "std_low",
                                                                        "std_high"};
    double loadings[REPLICATES], standards[REPLICATES], correlations[REPLICATES];
    char *csv = item_text();
    relcoord_result *r = result_of(
        csv, "factor", "ci=bootstrap replicates=60 seed=5 confidence=0.9 scale=rc basis=ties");
    draw_people(0);
    for (int two = 0; two <= 1; two++) {
        for (int b = 0; b < REPLICATES; b++) {
            factor_solution s = weighted_model(replicate_weights[b], two);
            loadings[b] = factor_loading(&s, 5).value;
            standards[b] = factor_loading_standardised(&s, 5).value;
            correlations[b] = factor_correlation(&s).value;
            factor_solution_free(&s);
        }
        const char *keys = two ? "model=two_factors item=shared_knowledge"
                               : "model=one_factor item=shared_knowledge";
        expect_quantiles("loading", r, "loadings", keys, plain, loadings);
        expect_quantiles("standardised", r, "loadings", keys, standard, standards);
        ck_assert_str_eq(string_at(r, "loadings", keys, "estimator"), "ml_bootstrap");
    }
    expect_quantiles("correlation", r, "correlations", "basis=ties", plain, correlations);
    relcoord_result_free(r);
    free(csv);
}
END_TEST

/* ---- By hand ---- */

/* Two raters, 3 and 5: a replicate draws one of them and weighs it 2, so that it is 3 or 5. A third
 * rater is alone in a workgroup, and one cell has one of two as its only rater. */
START_TEST(two_raters_by_hand)
{
    static const char csv[] = "respondent,workgroup,target,frequent\n1,a,a,3\n2,a,a,5\n1,a,b,4\n2,"
                              "a,b,\n3,b,a,2\n3,b,b,2\n";
    relcoord_result *r = result_of_alike(csv, "matrix", "ci=bootstrap replicates=1000");
    double se = number_at(r, "cells", "workgroup=a target=a dimension=rc", "se");
    expect_near("low", number_at(r, "cells", "workgroup=a target=a dimension=rc", "ci_low"), 3,
                1e-15);
    expect_near("high", number_at(r, "cells", "workgroup=a target=a dimension=rc", "ci_high"), 5,
                1e-15);
    ck_assert_msg(fabs(se - 1) < 0.01, "se is %g", se);
    ck_assert_str_eq(string_at(r, "cells", "workgroup=a target=b dimension=rc", "note"), "too_few");
    ck_assert_double_nan(number_at(r, "cells", "workgroup=a target=b dimension=rc", "ci_low"));
    ck_assert_double_nan(number_at(r, "cells", "workgroup=b target=a dimension=rc", "se"));
    relcoord_result_free(r);
    r = result_of_alike(csv, "summary", "ci=bootstrap replicates=1000");
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "indices", "dimension=rc part=within weighting=respondents", "note"),
               "bootstrap_alone"));
    ck_assert_str_eq(
        string_at(r, "indices", "dimension=rc part=within weighting=workgroups", "note"),
        "single_rater_cells");
    ck_assert_str_eq(string_at(r, "silo", "dimension=rc weighting=workgroups", "note"),
                     "single_rater_cells");
    relcoord_result_free(r);
    r = result_of_alike(csv, "summary", NULL);
    ck_assert_str_eq(string_at(r, "silo", "dimension=rc weighting=ties", "note"), "no_analytic_ci");
    relcoord_result_free(r);
}
END_TEST

/* Two groups of equal means within: wherever the groups are drawn from, agreement is the same. */
START_TEST(constant_agreement)
{
    static const char csv[] = "respondent,workgroup,target,unit,frequent\n1,a,a,u,3\n2,a,a,u,4\n3,"
                              "a,a,v,3\n4,a,a,v,4\n5,a,a,w,3\n6,a,a,w,4\n";
    relcoord_result *r = result_of_alike(csv, "agreement",
                                         "ci=bootstrap replicates=100 grouping=unit scale=rc");
    expect_near("low", number_at(r, "coefficients", "coefficient=ad_j_mean", "ci_low"), 0.5, 1e-12);
    expect_near("high", number_at(r, "coefficients", "coefficient=ad_j_mean", "ci_high"), 0.5,
                1e-12);
    ck_assert_ptr_nonnull(strstr(string_at(r, "coefficients", "coefficient=ad_j_mean", "note"),
                                 "bootstrap_constant"));
    ck_assert_double_nan(number_at(r, "coefficients", "coefficient=rwg_j_median", "ci_low"));
    relcoord_result_free(r);
}
END_TEST

Suite *resampled_suite(void)
{
    Suite *suite = suite_create("resampled");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, cells_the_long_way, 0, (int)LENGTH(plans));
    tcase_add_loop_test(all, overall_means_the_long_way, 0, (int)LENGTH(plans));
    tcase_add_loop_test(all, icc_the_long_way, 0, 2);
    tcase_add_test(all, factors_the_long_way);
    tcase_add_test(all, two_raters_by_hand);
    tcase_add_test(all, constant_agreement);
    suite_add_tcase(suite, all);
    return suite;
}
