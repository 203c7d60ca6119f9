/* Sums of ties against the ties themselves; and reliability where nothing, or only the unit, may
 * change: on several threads, and with every answer scored a + b times as high. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "stats/reliability/two_level.h"
#include "support.h"

Suite *scale_sums_suite(void);

/* ---- Levels ---- */

enum { ROWS = 400, K = 5, GROUPS = 30, BLOCK = 1 + K + K * (K + 1) / 2 };

/* Answers 1 … 5 of groups of several sizes, some of none and some all alike; one in ten is
 * missing. */
static void draw_answers(uint64_t seed, double *values, uint32_t *groups)
{
    for (size_t r = 0; r < ROWS; r++) {
        groups[r] = random_below(&seed, GROUPS / 2) * (random_below(&seed, 2) + 1);
        uint32_t usual = groups[r] % 3;
        for (size_t j = 0; j < K; j++) {
            double answer = 1 + usual + random_below(&seed, 3);
            bool missing = random_below(&seed, 50) == 0;
            values[r * K + j] = groups[r] % 7 == 3 ? 4 : missing ? NAN : answer;
        }
    }
}

static void sum_blocks(const double *values, const uint32_t *groups, int64_t *blocks)
{
    memset(blocks, 0, GROUPS * BLOCK * sizeof *blocks);
    for (size_t r = 0; r < ROWS; r++) {
        const double *row = values + r * K;
        int64_t *block = blocks + groups[r] * BLOCK, *products = block + 1 + K;
        bool complete = true;
        for (size_t j = 0; j < K; j++)
            complete = complete && !isnan(row[j]);
        block[0] += complete;
        for (size_t i = 0; i < K && complete; i++) {
            block[1 + i] += (int64_t)row[i];
            for (size_t j = 0; j <= i; j++)
                *products++ += (int64_t)row[i] * (int64_t)row[j];
        }
    }
}

START_TEST(levels_of_sums)
{
    static double values[ROWS * K];
    static uint32_t groups[ROWS];
    static int64_t blocks[GROUPS * BLOCK];
    two_level by_values, by_sums;
    draw_answers(3 + (uint64_t)_i, values, groups);
    sum_blocks(values, groups, blocks);
    ck_assert(two_level_of_values(values, ROWS, K, groups, GROUPS, &by_values));
    ck_assert(two_level_of_sums(blocks, K, GROUPS, &by_sums));
    ck_assert_int_eq(by_sums.cases, by_values.cases);
    ck_assert_int_eq(by_sums.groups, by_values.groups);
    expect_near("n0", by_sums.n0, by_values.n0, 0);
    for (size_t i = 0; i < K * K; i++) {
        expect_near("within", by_sums.within[i], by_values.within[i], 1e-12);
        expect_near("between", by_sums.between[i], by_values.between[i], 1e-12);
    }
    two_level_free(&by_values);
    two_level_free(&by_sums);
}
END_TEST

/* No case, one group, groups of one: what has no value has none. */
START_TEST(levels_of_few)
{
    static const struct {
        const char *name;
        int64_t blocks[2][6];
        double within, between;
    } cases[] = {
        {"none", {{0}, {0}}, NAN, NAN},
        {"one group", {{3, 6, 9, 14, 20, 29}, {0}}, 1, NAN}, /* 1 2 3 and 2 3 4 */
        {"groups of one", {{1, 2, 3, 4, 6, 9}, {1, 4, 4, 16, 16, 16}}, NAN, NAN},
        {"all alike",
         {{2, 8, 8, 32, 32, 32}, {2, 4, 4, 8, 8, 8}},
         0,
         2}, /* means 4 and 2 of 2: 2 (1 + 1) / 1 / 2 */
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        two_level t;
        ck_assert(two_level_of_sums(&cases[c].blocks[0][0], 2, 2, &t));
        for (size_t i = 0; i < 4; i++) {
            ck_assert_msg(isnan(cases[c].within) ? isnan(t.within[i])
                                                 : t.within[i] == cases[c].within,
                          "%s", cases[c].name);
            ck_assert_msg(isnan(cases[c].between) ? isnan(t.between[i])
                                                  : fabs(t.between[i] - cases[c].between) < 1e-14,
                          "%s: %g", cases[c].name, t.between[i]);
        }
        two_level_free(&t);
    }
}
END_TEST

/* ---- Threads ---- */

/* More respondents than one slice has. */
static char *large_csv(size_t respondents)
{
    uint64_t seed = 5;
    char *written = malloc(200 + respondents * 80), *end = written;
    ck_assert_ptr_nonnull(written);
    end += sprintf(
        end, "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,"
             "shared_knowledge,mutual_respect\n");
    for (size_t i = 0; i < respondents; i++)
        for (int t = 0; t < 2; t++) {
            uint32_t usual = random_below(&seed, 3) + 1;
            end += sprintf(end, "%zu,%c,%c", i, (char)('A' + i % 3), (char)('A' + t));
            for (int j = 0; j < 7; j++)
                end += random_below(&seed, 20) ? sprintf(end, ",%u", usual + random_below(&seed, 3))
                                               : sprintf(end, ",");
            end += sprintf(end, "\n");
        }
    return written;
}

START_TEST(threads_change_nothing)
{
    static const char *const settings[] = {"", "missing=pairwise"};
    char *csv = large_csv(40000), with[64];
    relcoord_survey *survey = survey_make(csv);
    snprintf(with, sizeof with, "scale=rc threads=1 %s", settings[_i]);
    relcoord_result *one = result_make(survey, "reliability", with);
    char *wanted = result_written(one, "json", NULL);
    for (int threads = 2; threads <= 5; threads += 3) {
        snprintf(with, sizeof with, "scale=rc threads=%d %s", threads, settings[_i]);
        relcoord_result *several = result_make(survey, "reliability", with);
        char *got = result_written(several, "json", NULL);
        expect_same_text(with, got, wanted);
        free(got);
        relcoord_result_free(several);
    }
    free(wanted);
    relcoord_result_free(one);
    relcoord_survey_free(survey);
    free(csv);
}
END_TEST

/* ---- Another unit ---- */

enum { RESPONDENTS = 60, ITEMS_OF_SCALE = 5 };

static relcoord_result *scored(double a, double b)
{
    char book[2048], csv[4096], *end = book;
    uint64_t seed = 77;
    end += sprintf(end, "variable,role,scale,values\nid,respondent,,\nteam,workgroup,,\n");
    for (int j = 0; j < ITEMS_OF_SCALE; j++) {
        end += sprintf(end, "q%d,item,trust,", j);
        for (int x = 1; x <= 5; x++) {
            end += sprintf(end, "%s%d=", x > 1 ? ";" : "", x);
            end += number_format(a + b * x, end); /* the point in any locale */
        }
        end += sprintf(end, "\n");
    }
    end = csv + sprintf(csv, "id,team,q0,q1,q2,q3,q4\n");
    for (int i = 0; i < RESPONDENTS; i++) {
        uint32_t usual = random_below(&seed, 3);
        end += sprintf(end, "%d,%c", i, 'a' + i % 4);
        for (int j = 0; j < ITEMS_OF_SCALE; j++)
            end += random_below(&seed, 25) ? sprintf(end, ",%u", 1 + usual + random_below(&seed, 3))
                                           : sprintf(end, ",");
        end += sprintf(end, "\n");
    }
    relcoord_survey *survey = survey_by_book(book, csv);
    relcoord_result *result = result_make(survey, "reliability", NULL);
    relcoord_survey_free(survey);
    return result;
}

static const char *const columns[] = {"value", "ci_low", "ci_high", "se"};

/* Every coefficient as it was, but for those in the unit of the answers; the iterated ones within
 * what iterating leaves. */
START_TEST(other_scores)
{
    static const struct {
        double a, b;
    } units[] = {{0, 1}, {-1, 1}, {7, 3}, {0, 100}, {-25, 25}, {0.5, 0.25}, {6, -1}, {0, 1.0 / 3}};
    relcoord_result *plain = scored(0, 1), *other = scored(units[_i].a, units[_i].b);
    const char *const *names;
    const relcoord_table *table = relcoord_result_table(plain, "coefficients");
    double a = units[_i].a, b = units[_i].b;
    char keys[96];
    ck_assert_int_eq(relcoord_table_strings(table, "coefficient", &names, NULL, NULL), RELCOORD_OK);
    ck_assert_uint_gt(relcoord_table_rows(table), 15);
    for (size_t row = 0; row < relcoord_table_rows(table); row++) {
        bool in_unit = strcmp(names[row], "sem") == 0 || strcmp(names[row], "mdc") == 0;
        double tolerance = strncmp(names[row], "omega", 5) == 0 ? 1e-6 : 1e-10;
        snprintf(keys, sizeof keys, "coefficient=%s", names[row]);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            expect_near(keys, number_at(other, "coefficients", keys, columns[c]),
                        (in_unit ? fabs(b) : 1)
                            * number_at(plain, "coefficients", keys, columns[c]),
                        tolerance);
    }
    for (int j = 0; j < ITEMS_OF_SCALE; j++) {
        snprintf(keys, sizeof keys, "item=q%d", j);
        expect_near("mean", number_at(other, "items", keys, "mean"),
                    a + b * number_at(plain, "items", keys, "mean"), 1e-12);
        expect_near("sd", number_at(other, "items", keys, "sd"),
                    fabs(b) * number_at(plain, "items", keys, "sd"), 1e-12);
        expect_near("item_rest", number_at(other, "items", keys, "item_rest"),
                    number_at(plain, "items", keys, "item_rest"), 1e-12);
        expect_near("floor", number_at(other, "items", keys, "floor"),
                    number_at(plain, "items", keys, b > 0 ? "floor" : "ceiling"), 0);
    }
    relcoord_result_free(plain);
    relcoord_result_free(other);
}
END_TEST

Suite *scale_sums_suite(void)
{
    Suite *suite = suite_create("scale_sums");
    TCase *sums = tcase_create("sums"), *same = tcase_create("same");
    tcase_add_loop_test(sums, levels_of_sums, 0, 10);
    tcase_add_test(sums, levels_of_few);
    tcase_set_timeout(same, 60);
    tcase_add_loop_test(same, threads_change_nothing, 0, 2);
    tcase_add_loop_test(same, other_scores, 0, 8);
    suite_add_tcase(suite, sums);
    suite_add_tcase(suite, same);
    return suite;
}
