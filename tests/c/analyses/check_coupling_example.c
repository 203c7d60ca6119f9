/* Coupling competence of the example of partnerships: what relcoord finds holds the parameters that
 * its make.R drew the answers by, and what must not matter does not. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support.h"

Suite *coupling_example_suite(void);

/* ---- The example ---- */

static text read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    text bytes = {0};
    char block[4096];
    size_t length;
    ck_assert_ptr_nonnull(file);
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        text_add_bytes(&bytes, block, length);
    fclose(file);
    ck_assert(!bytes.failed);
    return bytes;
}

/* Puts `now` wherever `was` stands. */
static void replace_all(text *t, const char *was, const char *now)
{
    text out = {0};
    const char *from = t->bytes, *at;
    for (; (at = strstr(from, was)) != NULL; from = at + strlen(was)) {
        text_add_bytes(&out, from, (size_t)(at - from));
        text_add(&out, now);
    }
    ck_assert_msg(from != t->bytes, "'%s' stands nowhere", was);
    text_add(&out, from);
    ck_assert(!out.failed);
    text_free(t);
    *t = out;
}

typedef struct example {
    text csv, book;
} example;

/* Names without blanks, so that they can be keys. */
static example read_example(void)
{
    example e = {read_text("tests/examples/partnership/survey.csv"),
                 read_text("tests/examples/partnership/codebook.csv")};
    text *const both[] = {&e.csv, &e.book};
    for (int i = 0; i < 2; i++) {
        replace_all(both[i], "business support", "business");
        replace_all(both[i], "top manager", "director");
    }
    return e;
}

static void free_example(example *e)
{
    text_free(&e->csv);
    text_free(&e->book);
}

static relcoord_result *run_example(const example *e, const char *analysis, const char *settings)
{
    relcoord_survey *survey = survey_by_book(e->book.bytes, e->csv.bytes);
    relcoord_result *result = result_make(survey, analysis, settings);
    relcoord_survey_free(survey);
    return result;
}

static relcoord_result *run_once(const char *analysis, const char *settings)
{
    example e = read_example();
    relcoord_result *result = run_example(&e, analysis, settings);
    free_example(&e);
    return result;
}

/* ---- The parameters at the head of make.R, and the answers that they lead to ---- */

enum { FUNCTIONS = 4, LEVELS = 4, ROLES = 4, SYSTEMS = 3, PLACES = 8, WAVES = 2 };
static const char *const functions[FUNCTIONS] = {"bridge_builder", "communicator", "coordinator",
                                                 "cooperation"};
static const double of_function[FUNCTIONS] = {3.6, 3.9, 3.4, 3.0};
static const char *const levels[LEVELS] = {"individual", "group", "organisation", "management"};
static const double of_level[LEVELS] = {.20, .10, -.10, -.20};
static const char *const roles[ROLES] = {"director", "manager", "skilled", "unskilled"};
static const double of_role[ROLES] = {.30, .15, 0, -.45},
                    share_of_role[ROLES] = {.125, .125, .5, .25};
static const char *const waves[WAVES] = {"2024", "2025"};
static const double of_wave[WAVES] = {0, .25};
static const double of_partnership[PLACES] = {-.6, -.4, -.2, -.1, .1, .2, .4, .6};
static const char *const systems[SYSTEMS] = {"employment", "education", "business"};
static const double between = 3.3, within = 3.9,
                    of_pair[SYSTEMS][SYSTEMS] = {{0, .7, .1}, {.7, 0, -.4}, {.1, -.4, 0}};
static const double person_sd = .40, answer_sd = .60;
static const char *const forms[] = {"monodisciplinary", "multidisciplinary", "interdisciplinary"};
static const double of_form[WAVES][3] = {{50, 30, 20}, {30, 30, 40}};
static const char *const contexts[] = {"interdependence", "uncertainty", "time_pressure",
                                       "own_discipline"};

/* The mean of what is rounded to a whole answer and cut to 1 … 5: 1, and 1 more for each of 1.5
 * … 4.5 that is reached. With it nothing is left of what rounding and cutting take from a
 * difference, and only chance parts the two. (make.R draws sums of twelve uniforms, whose
 * distribution is the normal's to .003.) */
static double mean_answer(double before)
{
    double mean = 1;
    for (int step = 1; step < 5; step++)
        mean += 0.5
                * erfc((step + 0.5 - before)
                       / sqrt(2 * (person_sd * person_sd + answer_sd * answer_sd)));
    return mean;
}

/* Over the partnerships, of which each has as many people. */
static double mean_coupling(int f, int l, int role, int wave)
{
    double mean = 0;
    for (int p = 0; p < PLACES; p++)
        mean += mean_answer(of_function[f] + of_level[l] + of_role[role] + of_wave[wave]
                            + of_partnership[p])
                / PLACES;
    return mean;
}

static double mean_of_level(int f, int l, int wave)
{
    double mean = 0;
    for (int role = 0; role < ROLES; role++)
        mean += share_of_role[role] * mean_coupling(f, l, role, wave);
    return mean;
}

static double mean_of_role(int f, int role, int wave)
{
    double mean = 0;
    for (int l = 0; l < LEVELS; l++)
        mean += mean_coupling(f, l, role, wave) / LEVELS;
    return mean;
}

static double mean_rc(int rater, int target, int wave)
{
    double mean = 0, tie = rater == target ? within : between + of_pair[rater][target];
    for (int p = 0; p < PLACES; p++)
        mean += mean_answer(tie + .9 * of_partnership[p] + of_wave[wave]) / PLACES;
    return mean;
}

static void expect_inside(const relcoord_result *r, const char *table, const char *keys,
                          double truth)
{
    double low = number_at(r, table, keys, "ci_low"), high = number_at(r, table, keys, "ci_high");
    ck_assert_msg(low <= truth && truth <= high, "%s, %s: %g is not in [%g, %g]", table, keys,
                  truth, low, high);
}

/* ---- They are found ---- */

/* Each function at each level, and over all of them, in both waves: 40 intervals of 99.9 %. */
START_TEST(functions_are_found)
{
    relcoord_result *r = run_once("coupling", "by=wave confidence=0.999");
    char keys[128];
    for (int w = 0; w < WAVES; w++)
        for (int f = 0; f < FUNCTIONS; f++) {
            double total = 0;
            for (int l = 0; l < LEVELS; l++) {
                snprintf(keys, sizeof keys, "wave=%s function=%s level=%s", waves[w], functions[f],
                         levels[l]);
                expect_inside(r, "functions", keys, mean_of_level(f, l, w));
                total += mean_of_level(f, l, w) / LEVELS;
            }
            snprintf(keys, sizeof keys, "wave=%s function=%s level=(total)", waves[w],
                     functions[f]);
            expect_inside(r, "functions", keys, total);
        }
    relcoord_result_free(r);
}
END_TEST

static double total_of(const relcoord_result *r, int wave, int f)
{
    char keys[128];
    snprintf(keys, sizeof keys, "wave=%s function=%s level=(total)", waves[wave], functions[f]);
    return number_at(r, "functions", keys, "mean");
}

/* communicator, bridge builder, coordinator, cooperation, the weakest link; all of them higher in
 * the second wave. */
START_TEST(the_order_is_found)
{
    relcoord_result *r = run_once("coupling", "by=wave");
    for (int w = 0; w < WAVES; w++) {
        char keys[64];
        snprintf(keys, sizeof keys, "wave=%s index=weakest_link", waves[w]);
        ck_assert_str_eq(string_at(r, "indices", keys, "function"), "cooperation");
        ck_assert_double_gt(total_of(r, w, 1), total_of(r, w, 0));
        ck_assert_double_gt(total_of(r, w, 0), total_of(r, w, 2));
        ck_assert_double_gt(total_of(r, w, 2), total_of(r, w, 3));
    }
    for (int f = 0; f < FUNCTIONS; f++)
        ck_assert_double_gt(total_of(r, 1, f), total_of(r, 0, f));
    relcoord_result_free(r);
}
END_TEST

/* The table has no interval for the difference of two levels. A person's two scores share what is
 * of the person, so that the difference of means of two answers has a standard deviation of
 * sqrt(.6^2 + 1/12) or less, rounding adding at most 1/12 to an answer; 3.29 of its standard
 * errors. */
START_TEST(differences_of_levels_are_found)
{
    relcoord_result *r = run_once("coupling", "by=wave");
    for (int w = 0; w < WAVES; w++)
        for (int f = 0; f < FUNCTIONS; f++)
            for (int a = 0; a < LEVELS; a++)
                for (int b = a + 1; b < LEVELS; b++) {
                    char keys[160];
                    snprintf(keys, sizeof keys, "wave=%s function=%s level=%s other_level=%s",
                             waves[w], functions[f], levels[a], levels[b]);
                    double found = number_at(r, "levels", keys, "mean_level")
                                   - number_at(r, "levels", keys, "mean_other");
                    double truth = mean_of_level(f, a, w) - mean_of_level(f, b, w);
                    double reach =
                        3.29 * sqrt((.36 + 1.0 / 12) / (double)integer_at(r, "levels", keys, "n"));
                    ck_assert_msg(fabs(found - truth) <= reach, "%s: %g, not %g", keys, found,
                                  truth);
                }
    relcoord_result_free(r);
}
END_TEST

START_TEST(gaps_of_roles_are_found)
{
    relcoord_result *r = run_once("coupling", "by=wave confidence=0.999");
    for (int w = 0; w < WAVES; w++)
        for (int f = 0; f < FUNCTIONS; f++)
            for (int role = 0; role + 1 < ROLES; role++) {
                char keys[160];
                snprintf(keys, sizeof keys, "wave=%s direction=vertical function=%s role=%s",
                         waves[w], functions[f], roles[role]);
                expect_inside(r, "gaps", keys,
                              mean_of_role(f, role, w) - mean_of_role(f, role + 1, w));
            }
    relcoord_result_free(r);
}
END_TEST

/* Each workgroup's rc with each, in both waves, and its change from one to the other, the same
 * people twice. */
START_TEST(ties_are_found)
{
    relcoord_result *cells = run_once("matrix", "by=wave confidence=0.999"),
                    *changes = run_once("compare", "confidence=0.999");
    for (int g = 0; g < SYSTEMS; g++)
        for (int h = 0; h < SYSTEMS; h++) {
            char keys[160];
            for (int w = 0; w < WAVES; w++) {
                snprintf(keys, sizeof keys, "wave=%s workgroup=%s target=%s dimension=rc", waves[w],
                         systems[g], systems[h]);
                expect_inside(cells, "cells", keys, mean_rc(g, h, w));
            }
            snprintf(keys, sizeof keys, "workgroup=%s target=%s dimension=rc pairing=paired",
                     systems[g], systems[h]);
            expect_inside(changes, "changes", keys, mean_rc(g, h, 1) - mean_rc(g, h, 0));
        }
    relcoord_result_free(cells);
    relcoord_result_free(changes);
}
END_TEST

/* Employment and education, employment and business, education and business: each pair rates itself
 * as the next does not. */
START_TEST(the_order_of_pairs_is_found)
{
    static const char *const pairs[] = {"workgroup=employment other=education",
                                        "workgroup=employment other=business",
                                        "workgroup=education other=business"};
    relcoord_result *r = run_once("coupling", "by=wave");
    for (int w = 0; w < WAVES; w++)
        for (int i = 0; i + 1 < 3; i++) {
            char keys[128], next[128];
            snprintf(keys, sizeof keys, "wave=%s %s", waves[w], pairs[i]);
            snprintf(next, sizeof next, "wave=%s %s", waves[w], pairs[i + 1]);
            ck_assert_double_gt(number_at(r, "pairs", keys, "mean"),
                                number_at(r, "pairs", next, "mean"));
            ck_assert_double_gt(number_at(r, "pairs", keys, "mean_back"),
                                number_at(r, "pairs", next, "mean_back"));
        }
    relcoord_result_free(r);
}
END_TEST

START_TEST(forms_are_found)
{
    relcoord_result *r = run_once("coupling", "by=wave confidence=0.999");
    for (int w = 0; w < WAVES; w++)
        for (int i = 0; i < 3; i++) {
            char keys[64];
            snprintf(keys, sizeof keys, "wave=%s form=%s", waves[w], forms[i]);
            expect_inside(r, "forms", keys, of_form[w][i]);
        }
    relcoord_result_free(r);
}
END_TEST

/* Contexts are each person's own, and change nothing. */
START_TEST(no_context_is_found)
{
    relcoord_result *r = run_once("coupling", "by=wave confidence=0.999");
    for (int w = 0; w < WAVES; w++)
        for (int i = 0; i < 4; i++) {
            char keys[128];
            snprintf(keys, sizeof keys, "wave=%s context=%s term=interaction", waves[w],
                     contexts[i]);
            expect_inside(r, "context", keys, 0);
            snprintf(keys, sizeof keys, "wave=%s context=%s term=context", waves[w], contexts[i]);
            expect_inside(r, "context", keys, 0);
        }
    relcoord_result_free(r);
}
END_TEST

/* ---- What does not matter ---- */

/* Calls `change` on every field of the lines behind the header, by column. */
static void change_fields(text *csv, bool (*concerns)(const char *header),
                          void (*change)(text *out, const char *field))
{
    enum { MOST_COLUMNS = 128 };
    bool concerned[MOST_COLUMNS] = {false};
    text out = {0};
    size_t column = 0, line = 0;
    for (char *at = csv->bytes; *at;) {
        size_t length = strcspn(at, ",\n");
        char end = at[length];
        at[length] = 0;
        ck_assert_uint_lt(column, MOST_COLUMNS);
        if (line == 0)
            concerned[column] = concerns(at);
        if (line > 0 && concerned[column])
            change(&out, at);
        else
            text_add(&out, at);
        text_add_bytes(&out, &end, 1);
        column = end == ',' ? column + 1 : 0;
        line += end == '\n';
        at += length + 1;
    }
    ck_assert(!out.failed);
    text_free(csv);
    *csv = out;
}

/* Items that are answered by degree: those of functions and contexts. */
static bool is_degree(const char *header)
{
    bool is = false;
    for (int i = 0; i < 4; i++)
        is = is || strncmp(header, functions[i], strlen(functions[i])) == 0
             || strcmp(header, contexts[i]) == 0;
    return is;
}

static void turn_round(text *out, const char *answer)
{
    char turned[2] = {(char)('0' + '6' - *answer), 0};
    text_add(out, *answer >= '1' && *answer <= '5' ? turned : answer);
}

/* The form's 1 is now the best answer, and the codebook says so: the same bytes. */
START_TEST(a_scale_turned_round)
{
    example e = read_example();
    relcoord_result *before = run_example(&e, "coupling", "by=wave ci=bootstrap replicates=50"),
                    *after;
    char *was = result_written(before, "json", NULL), *is;
    change_fields(&e.csv, is_degree, turn_round);
    for (int answer = 1; answer <= 5; answer++) {
        char old[32], now[32];
        snprintf(old, sizeof old, "%d=%d|To", answer, answer);
        snprintf(now, sizeof now, "%d==%d|To", 6 - answer, answer);
        replace_all(&e.book, old, now);
    }
    replace_all(&e.book, "==", "=");
    after = run_example(&e, "coupling", "by=wave ci=bootstrap replicates=50");
    is = result_written(after, "json", NULL);
    expect_same_text("turned round", is, was);
    free(was), free(is);
    relcoord_result_free(before);
    relcoord_result_free(after);
    free_example(&e);
}
END_TEST

static bool is_respondent(const char *header)
{
    return strcmp(header, "respondent") == 0;
}

/* p001 … p192 become q999 … q808: who was first is last. */
static void rename_respondent(text *out, const char *name)
{
    char renamed[16];
    snprintf(renamed, sizeof renamed, "q%03d", 1000 - atoi(name + 1));
    text_add(out, renamed);
}

static void expect_same_numbers(const relcoord_table *one, const relcoord_table *other)
{
    ck_assert_uint_eq(relcoord_table_rows(one), relcoord_table_rows(other));
    for (size_t c = 0; c < relcoord_table_columns(one); c++) {
        const char *column = relcoord_table_column_name(one, c);
        const double *x, *y;
        const uint8_t *valid;
        if (relcoord_table_column_type(one, c) != RELCOORD_NUMBER)
            continue;
        ck_assert_int_eq(relcoord_table_doubles(one, column, &x, &valid, NULL), RELCOORD_OK);
        ck_assert_int_eq(relcoord_table_doubles(other, column, &y, &valid, NULL), RELCOORD_OK);
        for (size_t row = 0; row < relcoord_table_rows(one); row++)
            expect_near(column, y[row], x[row], 1e-12);
    }
}

/* Other names of people, workgroups and roles, in the same places of the codebook. */
START_TEST(other_names)
{
    static const char *const names[][2] = {
        {"employment", "jobs"}, {"education", "a school"}, {"director", "zenith"}};
    example e = read_example();
    relcoord_result *before = run_example(&e, "coupling", "by=wave"), *after;
    size_t t = 0;
    for (size_t i = 0; i < LENGTH(names); i++) {
        replace_all(&e.csv, names[i][0], names[i][1]);
        replace_all(&e.book, names[i][0], names[i][1]);
    }
    change_fields(&e.csv, is_respondent, rename_respondent);
    after = run_example(&e, "coupling", "by=wave");
    ck_assert_str_eq(
        string_at(after, "breadth", "wave=2025 workgroup=jobs role=skilled", "estimator"),
        "rate_wilson");
    for (const relcoord_table *table; (table = relcoord_result_table_at(before, t)) != NULL; t++)
        expect_same_numbers(table, relcoord_result_table_at(after, t));
    ck_assert_uint_eq(t, 12);
    relcoord_result_free(before);
    relcoord_result_free(after);
    free_example(&e);
}
END_TEST

Suite *coupling_example_suite(void)
{
    Suite *suite = suite_create("coupling_example");
    TCase *found = tcase_create("found"), *same = tcase_create("the same");
    tcase_add_test(found, functions_are_found);
    tcase_add_test(found, the_order_is_found);
    tcase_add_test(found, differences_of_levels_are_found);
    tcase_add_test(found, gaps_of_roles_are_found);
    tcase_add_test(found, ties_are_found);
    tcase_add_test(found, the_order_of_pairs_is_found);
    tcase_add_test(found, forms_are_found);
    tcase_add_test(found, no_context_is_found);
    tcase_add_test(same, a_scale_turned_round);
    tcase_add_test(same, other_names);
    suite_add_tcase(suite, found);
    suite_add_tcase(suite, same);
    return suite;
}
