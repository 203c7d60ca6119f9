/* The analysis network as users meet it: a survey worked by hand, what turning and renaming it
 * changes, groups, intervals, threads, and memory that runs out. What it refuses: tests/faults. Its
 * figures against other programs: tests/golden/network. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runs.h"

Suite *network_analysis_suite(void);

#define HEADER                                                                                  \
    "respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_" \
    "knowledge,mutual_respect"

/* A survey from "respondent workgroup target answer" by semicolons: all seven answers are the same,
 * 0 is none. */
static char *survey_text(const char *ties, const char *unit)
{
    text csv = {0};
    text_add_format(&csv, HEADER "%s\n", unit ? ",unit" : "");
    for (const char *at = ties; *at;) {
        char id[16], group[16], target[16], answer;
        int used = 0;
        ck_assert_int_eq(sscanf(at, " %15s %15s %15s %c%n", id, group, target, &answer, &used), 4);
        text_add_format(&csv, "%s,%s,%s", id, group, target);
        for (int i = 0; i < 7; i++)
            text_add_format(&csv, ",%.1s", answer == '0' ? "" : &answer);
        text_add_format(&csv, "%s%s\n", unit ? "," : "", unit ? unit : "");
        at += used;
        at += *at == ';';
    }
    return csv.bytes;
}

static relcoord_result *network_of(const char *ties, const char *settings)
{
    char *csv = survey_text(ties, NULL);
    relcoord_result *result = result_of(csv, "network", settings);
    free(csv);
    return result;
}

static void expect_value(const relcoord_result *r, const char *table, const char *keys,
                         const char *column, double wanted)
{
    char name[128];
    snprintf(name, sizeof name, "%s, %s: %s", table, keys, column);
    expect_near(name, number_at(r, table, keys, column), wanted, 1e-12);
}

static void expect_index(const relcoord_result *r, const char *index, double value, int64_t n,
                         int64_t left_out, const char *note)
{
    char keys[64];
    snprintf(keys, sizeof keys, "index=%s", index);
    expect_value(r, "indices", keys, "value", value);
    ck_assert_msg(integer_at(r, "indices", keys, "n") == n
                      && integer_at(r, "indices", keys, "left_out") == left_out,
                  "%s: of %d, without %d", index, (int)integer_at(r, "indices", keys, "n"),
                  (int)integer_at(r, "indices", keys, "left_out"));
    ck_assert_msg(strcmp(string_at(r, "indices", keys, "note"), note) == 0,
                  "%s: note %s, expected %s", index, string_at(r, "indices", keys, "note"), note);
}

/* ---- By hand ---- */

/* A, B and C rate each other, but nobody of C scores B; X is rated and does not answer, Y answers
 * and is not rated. */
static const char ties[] =
    "a1 A A 5;a1 A B 5;a1 A C 4;a1 A X 5;a2 A A 4;a2 A B 4;a2 A C 4;a2 A X 3;b1 B A 4;b1 B B 3;b1 "
    "B C 2;"
    "b2 B A 5;b2 B B 3;b2 B C 4;c1 C A 5;c1 C B 0;c1 C C 4;c2 C A 5;c2 C B 0;c2 C C 4;y1 Y A 3";

START_TEST(workgroups_by_hand)
{
    relcoord_result *r = network_of(ties, NULL);
    expect_value(r, "workgroups", "workgroup=A", "in_strength", 12.5 / 3); /* 4.5, 5 and Y's 3 */
    expect_value(r, "workgroups", "workgroup=A", "out_strength", 12.5 / 3);
    expect_value(r, "workgroups", "workgroup=A", "own", 4.5);
    expect_value(r, "workgroups", "workgroup=A", "silo", 1 / 3.0);
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=A", "in_degree"), 2);
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=A", "out_degree"),
                     1); /* a mean of 4 is not above 4 */
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=A", "in_groups"), 3);
    ck_assert_str_eq(
        string_at(r, "workgroups", "workgroup=A", "note"),
        "single_rater_cells:in_strength;single_rater_cells:silo;no_analytic_ci:degrees");
    /* The residuals of both respondents are 1.5 and -1.5 over three cells of 2: se 0.5; all three
     * cells are the same two people, who differ by one number: df 1. */
    expect_value(r, "workgroups", "workgroup=A", "out_strength_high",
                 12.5 / 3 + 0.5 * 12.706204736174704);
    expect_value(r, "workgroups", "workgroup=A", "in_strength_low", NAN);
    /* Two cells of 2, one of variance 2, one of 0: se 0.5, df 2. */
    expect_value(r, "workgroups", "workgroup=C", "in_strength_low", 3.5 - 0.5 * 4.302652729749464);
    expect_value(r, "workgroups", "workgroup=C", "silo", 4 - (5 + 3.5) / 2);
    ck_assert_str_eq(string_at(r, "workgroups", "workgroup=C", "note"),
                     "unknown_cells;all_equal:out_strength;all_equal:own;no_analytic_ci:degrees");
    ck_assert_str_eq(string_at(r, "workgroups", "workgroup=X", "note"), "own_empty;not_rating");
    relcoord_result_free(r);
}
END_TEST

START_TEST(outside_by_hand)
{
    relcoord_result *r = network_of(ties, NULL);
    ck_assert_str_eq(string_at(r, "workgroups", "workgroup=X", "in_network"), "no");
    ck_assert_str_eq(string_at(r, "workgroups", "workgroup=Y", "in_network"), "no");
    ck_assert_str_eq(string_at(r, "workgroups", "workgroup=B", "in_network"), "yes");
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=X", "in_degree"), -1);
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=X", "n"), 0);
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=Y", "n"), 1);
    expect_value(r, "workgroups", "workgroup=X", "in_strength", 4);
    expect_value(r, "workgroups", "workgroup=Y", "out_strength", 3);
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "workgroups", "workgroup=Y", "note"), "own_empty;not_rated"));
    ck_assert_uint_eq(rows_with(r, "cells", "target=X"), 0);
    ck_assert_uint_eq(rows_with(r, "dyads", "partner=Y"), 0);
    relcoord_result_free(r);
}
END_TEST

START_TEST(indices_by_hand)
{
    static const char no_ci[] = "no_analytic_ci";
    relcoord_result *r = network_of(ties, NULL);
    expect_index(r, "density", 3 / 5.0, 5, 1, no_ci);
    expect_index(r, "weighted_density", 21 / 5.0, 5, 1, no_ci);
    expect_index(r, "mutual", 1, 2, 1, no_ci);
    expect_index(r, "asymmetric", 1, 2, 1, no_ci);
    expect_index(r, "null", 0, 2, 1, no_ci);
    expect_index(r, "unknown", 1, 3, 0, no_ci);
    expect_index(r, "reciprocity", 2 / 3.0, 2, 1, no_ci);
    expect_index(r, "in_centralisation", 3 / 4.0, 3, 2, "unknown_cells;no_analytic_ci");
    expect_index(r, "parts", 1, 3, 2, "unknown_cells;no_analytic_ci");
    /* Ties of 5: to B, from b2, two from C, each to 2 persons; a1's own to one: (8 - 1)/9. All of
     * them: 20 and 6. */
    expect_index(r, "ei_index", 7 / 9.0, 5, 2, no_ci);
    expect_index(r, "ei_expected", 14 / 26.0, 16, 2, no_ci);
    expect_index(r, "absolute_difference", 0.5, 2, 1, "biased_by_noise;no_analytic_ci");
    expect_index(r, "dyadic_reciprocity", NAN, 3, 2, "too_few_workgroups");
    relcoord_result_free(r);
}
END_TEST

START_TEST(dyads_by_hand)
{
    relcoord_result *r = network_of(ties, NULL);
    expect_value(r, "dyads", "workgroup=A partner=B", "difference", 0);
    expect_value(r, "dyads", "workgroup=A partner=B", "se",
                 sqrt(0.5)); /* both of variance 0.5 among two */
    expect_value(r, "dyads", "workgroup=A partner=B", "df", 2);
    expect_value(r, "dyads", "workgroup=A partner=B", "ci_high", sqrt(0.5) * 4.302652729749464);
    expect_value(r, "dyads", "workgroup=A partner=B", "p", 1);
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=A partner=B", "state"), "mutual");
    expect_value(r, "dyads", "workgroup=A partner=C", "difference", -1);
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=A partner=C", "state"), "asymmetric");
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=A partner=C", "note"),
                     "all_equal"); /* 4, 4 and 5, 5: no error to test by */
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=B partner=C", "state"), "unknown");
    expect_value(r, "dyads", "workgroup=B partner=C", "mean_out", 3);
    expect_value(r, "dyads", "workgroup=B partner=C", "mean_in", NAN);
    ck_assert_str_eq(string_at(r, "cells", "workgroup=C target=B", "note"), "empty");
    ck_assert_int_eq(integer_at(r, "cells", "workgroup=A target=C", "strong"), 0);
    ck_assert_int_eq(integer_at(r, "cells", "workgroup=A target=B", "strong"), 1);
    relcoord_result_free(r);
}
END_TEST

START_TEST(cuts)
{
    relcoord_result *r = network_of(ties, "between_strong=3.999999"),
                    *high = network_of(ties, "between_strong=5");
    expect_value(r, "indices", "index=density", "value", 4 / 5.0);
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=A partner=C", "state"), "mutual");
    expect_index(high, "density", 0, 5, 1, "no_analytic_ci");
    expect_index(high, "reciprocity", NAN, 0, 1, "no_edges");
    expect_index(high, "ei_index", NAN, 0, 2, "no_strong_ties");
    expect_index(high, "parts", 3, 3, 2, "unknown_cells;no_analytic_ci");
    ck_assert_str_eq(string_at(high, "dyads", "workgroup=A partner=C", "state"), "null");
    relcoord_result_free(r);
    relcoord_result_free(high);
}
END_TEST

/* ---- What there is no network of ---- */

static const struct {
    const char *name, *ties;
    int64_t inside;
    const char *density, *ei; /* notes */
} thin[] = {
    {"one workgroup", "1 A A 4;2 A A 5", 0, "too_few_workgroups", "too_few_workgroups"},
    {"two that rate a third", "1 A X 4;2 B X 5", 0, "too_few_workgroups", "too_few_workgroups"},
    {"one of them rates, too", "1 A X 4;2 B X 5;3 X A 4", 2, "no_analytic_ci", "own_empty"},
    {"a row of workgroups", "1 A B 4;2 B C 5", 1, "too_few_workgroups", "too_few_workgroups"},
    {"two, nothing scored", "1 A B 0;2 B A 0", 2, "all_unknown", "own_empty"},
};

START_TEST(thin_networks)
{
    relcoord_result *r = network_of(thin[_i].ties, "ci=bootstrap replicates=20"),
                    *plain = network_of(thin[_i].ties, NULL);
    char *page = result_written(r, "graphml", NULL);
    ck_assert_int_eq((int64_t)rows_with(plain, "workgroups", "in_network=yes"), thin[_i].inside);
    ck_assert_str_eq(string_at(plain, "indices", "index=density", "note"), thin[_i].density);
    ck_assert_str_eq(string_at(plain, "indices", "index=ei_index", "note"), thin[_i].ei);
    ck_assert_str_eq(string_at(plain, "indices", "index=actor_variance", "note"),
                     "too_few_workgroups");
    ck_assert_ptr_nonnull(strstr(page, "</graph>"));
    free(page);
    relcoord_result_free(r);
    relcoord_result_free(plain);
}
END_TEST

/* The default cut is for answers of 1 to 5. */
START_TEST(another_scale)
{
    static const char book[] =
        "variable,role,dimension,values\nid,respondent,,\ng,workgroup,,\nt,target,,\n"
        "f,item,frequent,1=1;2=2;3=3;4=4;5=5;6=6;7=7\n";
    static const char data[] = "id,g,t,f\n1,A,B,7\n2,A,B,6\n3,B,A,3\n4,B,A,4\n";
    relcoord_survey *survey = survey_by_book(book, data);
    relcoord_result *r = result_make(survey, "network", NULL),
                    *given = result_make(survey, "network", "between_strong=5");
    expect_index(r, "density", NAN, 2, 0, "no_cut");
    expect_index(r, "weighted_density", 5, 2, 0, "no_analytic_ci");
    ck_assert_str_eq(string_at(r, "dyads", "workgroup=A partner=B", "state"), "");
    ck_assert_int_eq(integer_at(r, "workgroups", "workgroup=A", "in_degree"), -1);
    ck_assert_int_eq(integer_at(r, "cells", "workgroup=A target=B", "strong"), -1);
    ck_assert_str_eq(
        relcoord_result_note(r, 0),
        "no edges: the known cut applies to answers from 1 to 5, and these end at another number");
    expect_index(given, "density", 0.5, 2, 0, "no_analytic_ci");
    relcoord_result_free(r);
    relcoord_result_free(given);
    relcoord_survey_free(survey);
}
END_TEST

/* ---- What must not matter, and what must ---- */

enum { GROUPS = 5, EACH = 4 };

/* Everybody of GROUPS workgroups of EACH rates all. turned: what member m of g says of h, member m
 * of h says of g. names: by workgroup. */
static char *round_robin(uint64_t seed, bool turned, const char *const names[GROUPS])
{
    int answers[GROUPS][GROUPS][EACH];
    text csv = {0};
    for (int g = 0; g < GROUPS; g++)
        for (int h = 0; h < GROUPS; h++)
            for (int m = 0; m < EACH; m++)
                answers[g][h][m] = 1 + (int)random_below(&seed, 3) + (g + 2 * h) % 3;
    text_add(&csv, HEADER "\n");
    for (int g = 0; g < GROUPS; g++)
        for (int m = 0; m < EACH; m++)
            for (int h = 0; h < GROUPS; h++) {
                int answer = turned ? answers[h][g][m] : answers[g][h][m];
                text_add_format(&csv, "%s%d,%s,%s,%d,%d,%d,%d,%d,%d,%d\n", names[g], m, names[g],
                                names[h], answer, answer, answer, answer, answer, answer, answer);
            }
    return csv.bytes;
}

static const char *const plain_names[GROUPS] = {"a", "b", "c", "d", "e"};
static const char *const other_names[GROUPS] = {"q", "p", "z", "m", "n"};

/* A row's key: in the table of the other survey, whose pairs may stand the other way round. */
static const char *pair_key(char *key, size_t size, const char *one, const char *other)
{
    snprintf(key, size, "workgroup=%s partner=%s", one, other);
    return key;
}

START_TEST(turned_round)
{
    char *csv = round_robin((uint64_t)_i, false, plain_names),
         *turned = round_robin((uint64_t)_i, true, plain_names), key[64];
    relcoord_result *r = result_of(csv, "network", "between_strong=3"),
                    *t = result_of(turned, "network", "between_strong=3");
    static const char *const same[] = {"density",
                                       "weighted_density",
                                       "mutual",
                                       "asymmetric",
                                       "null",
                                       "reciprocity",
                                       "parts",
                                       "ei_index",
                                       "absolute_difference",
                                       "generalised_reciprocity",
                                       "dyadic_reciprocity",
                                       "relationship_variance"};
    for (int g = 0; g < GROUPS; g++) {
        snprintf(key, sizeof key, "workgroup=%s", plain_names[g]);
        expect_value(t, "workgroups", key, "in_strength",
                     number_at(r, "workgroups", key, "out_strength"));
        expect_value(t, "workgroups", key, "own", number_at(r, "workgroups", key, "own"));
        expect_value(t, "workgroups", key, "silo", number_at(r, "workgroups", key, "silo"));
        ck_assert_int_eq(integer_at(t, "workgroups", key, "in_degree"),
                         integer_at(r, "workgroups", key, "out_degree"));
        ck_assert_int_eq(integer_at(t, "workgroups", key, "out_degree"),
                         integer_at(r, "workgroups", key, "in_degree"));
        for (int h = g + 1; h < GROUPS; h++) {
            pair_key(key, sizeof key, plain_names[g], plain_names[h]);
            expect_value(t, "dyads", key, "difference", -number_at(r, "dyads", key, "difference"));
            expect_value(t, "dyads", key, "ci_low", -number_at(r, "dyads", key, "ci_high"));
            expect_value(t, "dyads", key, "p_holm", number_at(r, "dyads", key, "p_holm"));
            ck_assert_str_eq(string_at(t, "dyads", key, "state"),
                             string_at(r, "dyads", key, "state"));
        }
    }
    for (size_t i = 0; i < LENGTH(same); i++) {
        snprintf(key, sizeof key, "index=%s", same[i]);
        expect_value(t, "indices", key, "value", number_at(r, "indices", key, "value"));
    }
    expect_value(t, "indices", "index=actor_variance", "value",
                 number_at(r, "indices", "index=partner_variance", "value"));
    relcoord_result_free(r);
    relcoord_result_free(t);
    free(csv);
    free(turned);
}
END_TEST

START_TEST(renamed)
{
    char *csv = round_robin((uint64_t)_i + 50, false, plain_names),
         *other = round_robin((uint64_t)_i + 50, false, other_names);
    relcoord_result *r = result_of(csv, "network", "between_strong=3"),
                    *o = result_of(other, "network", "between_strong=3");
    const double *indices[2];
    char key[64], other_key[64];
    static const char *const columns[] = {"in_strength",     "out_strength",     "own",      "silo",
                                          "in_strength_low", "out_strength_low", "silo_high"};
    for (int g = 0; g < GROUPS; g++) {
        snprintf(key, sizeof key, "workgroup=%s", plain_names[g]);
        snprintf(other_key, sizeof other_key, "workgroup=%s", other_names[g]);
        for (size_t c = 0; c < LENGTH(columns); c++)
            expect_value(o, "workgroups", other_key, columns[c],
                         number_at(r, "workgroups", key, columns[c]));
        for (int h = g + 1; h < GROUPS; h++) {
            bool forth = strcmp(other_names[g], other_names[h]) < 0;
            pair_key(key, sizeof key, plain_names[g], plain_names[h]);
            pair_key(other_key, sizeof other_key, other_names[forth ? g : h],
                     other_names[forth ? h : g]);
            expect_value(o, "dyads", other_key, "difference",
                         (forth ? 1 : -1) * number_at(r, "dyads", key, "difference"));
        }
    }
    ck_assert_int_eq(relcoord_table_doubles(relcoord_result_table(r, "indices"), "value",
                                            &indices[0], NULL, NULL),
                     RELCOORD_OK);
    ck_assert_int_eq(relcoord_table_doubles(relcoord_result_table(o, "indices"), "value",
                                            &indices[1], NULL, NULL),
                     RELCOORD_OK);
    for (size_t i = 0; i < relcoord_table_rows(relcoord_result_table(r, "indices")); i++)
        expect_near("index", indices[1][i], indices[0][i], 1e-12);
    relcoord_result_free(r);
    relcoord_result_free(o);
    free(csv);
    free(other);
}
END_TEST

static char *pages_of(const relcoord_result *r)
{
    return result_written(r, "json", NULL);
}

/* Neither the order of rows nor the threads change a byte; a group is what a survey of it alone
 * would be. */
START_TEST(order_and_threads)
{
    survey_plan plan = {
        .respondents = 60, .workgroups = 5, .targets = 6, .units = 2, .missing = 8, .seed = 4};
    survey_rows rows = rows_invent(&plan);
    char *csv = rows_text(&rows, 0, rows.count), *shuffled, *wanted;
    relcoord_result *r = result_of(csv, "network",
                                   "by=unit ci=bootstrap replicates=50 between_strong=3 seed=9");
    rows_shuffle(&rows, 5);
    shuffled = rows_text(&rows, 0, rows.count);
    wanted = pages_of(r);
    for (int threads = 1; threads <= 4; threads += 3) {
        char settings[96];
        snprintf(settings, sizeof settings,
                 "by=unit ci=bootstrap replicates=50 between_strong=3 seed=9 threads=%d", threads);
        relcoord_result *again = result_of(shuffled, "network", settings);
        char *got = pages_of(again);
        expect_same_text("json", got, wanted);
        free(got);
        relcoord_result_free(again);
    }
    free(wanted);
    free(csv);
    free(shuffled);
    rows_free(&rows);
    relcoord_result_free(r);
}
END_TEST

START_TEST(a_group_is_itself)
{
    char *north = survey_text(ties, "N"), *all, key[64];
    text both = {0};
    relcoord_result *alone, *grouped;
    static const char *const indices[] = {"density", "ei_index", "reciprocity"};
    text_add(&both, north);
    text_add(&both, "9,A,B,1,1,1,1,1,1,1,S\n8,B,A,2,2,2,2,2,2,2,S\n7,Z,A,2,2,2,2,2,2,2,S\n");
    all = both.bytes;
    alone = result_of(north, "network", "ci=bootstrap replicates=60");
    grouped = result_of(all, "network", "by=unit ci=bootstrap replicates=60");
    for (size_t i = 0; i < LENGTH(indices); i++) {
        char of_group[96];
        snprintf(key, sizeof key, "index=%s", indices[i]);
        snprintf(of_group, sizeof of_group, "unit=N %s", key);
        expect_value(grouped, "indices", of_group, "value",
                     number_at(alone, "indices", key, "value"));
        expect_value(grouped, "indices", of_group, "ci_low",
                     number_at(alone, "indices", key, "ci_low"));
        expect_value(grouped, "indices", of_group, "ci_high",
                     number_at(alone, "indices", key, "ci_high"));
    }
    ck_assert_uint_eq(rows_with(grouped, "workgroups", "unit=S workgroup=C"), 0);
    ck_assert_str_eq(string_at(grouped, "workgroups", "unit=S workgroup=Z", "in_network"), "no");
    free(north);
    text_free(&both);
    relcoord_result_free(alone);
    relcoord_result_free(grouped);
}
END_TEST

/* ---- Intervals ---- */

/* The bootstrap's standard error of a mean of cell means is near the analytic one: so are their
 * intervals. */
START_TEST(intervals_agree)
{
    survey_plan plan = {.respondents = 300, .workgroups = 4, .targets = 4, .seed = 12};
    char *csv = csv_invent(&plan), low[32], high[32];
    static const char *const measures[] = {"in_strength", "out_strength", "own", "silo"};
    relcoord_result *analytic = result_of(csv, "network", NULL),
                    *resampled = result_of(csv, "network", "ci=bootstrap replicates=1000");
    for (size_t i = 0; i < LENGTH(measures); i++) {
        snprintf(low, sizeof low, "%s_low", measures[i]);
        snprintf(high, sizeof high, "%s_high", measures[i]);
        double width = number_at(analytic, "workgroups", "workgroup=g2", high)
                       - number_at(analytic, "workgroups", "workgroup=g2", low);
        double other = number_at(resampled, "workgroups", "workgroup=g2", high)
                       - number_at(resampled, "workgroups", "workgroup=g2", low);
        ck_assert_msg(fabs(other / width - 1) < 0.15, "%s: %g wide, by formula %g", measures[i],
                      other, width);
        expect_value(resampled, "workgroups", "workgroup=g2", measures[i],
                     number_at(analytic, "workgroups", "workgroup=g2", measures[i]));
    }
    ck_assert(number_at(resampled, "indices", "index=weighted_density", "ci_low")
              < number_at(resampled, "indices", "index=weighted_density", "value"));
    relcoord_result_free(analytic);
    relcoord_result_free(resampled);
    free(csv);
}
END_TEST

/* Nobody differs from colleagues: every replicate is what was observed, and so are all limits. */
START_TEST(intervals_without_width)
{
    relcoord_result *r = network_of(
        "1 A A 5;2 A A 5;1 A B 5;2 A B 5;3 B A 3;4 B A 3;3 B B 4;4 B B 4",
        "ci=bootstrap replicates=40");
    expect_value(r, "workgroups", "workgroup=A", "in_strength_low", 3);
    expect_value(r, "workgroups", "workgroup=A", "in_strength_high", 3);
    expect_value(r, "workgroups", "workgroup=B", "in_degree_low", 1);
    expect_value(r, "indices", "index=density", "ci_low", 0.5);
    ck_assert_str_eq(string_at(r, "indices", "index=density", "note"),
                     "bootstrap_percentile;bootstrap_constant");
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "workgroups", "workgroup=B", "note"), "bootstrap_constant:in_degree"));
    relcoord_result_free(r);
}
END_TEST

/* Above 512 cells of a workgroup pairs of them are not counted. */
START_TEST(many_targets)
{
    survey_plan plan = {.respondents = 12, .workgroups = 2, .targets = 600, .seed = 6};
    char *csv = csv_invent(&plan);
    relcoord_result *r = result_of(csv, "network", NULL);
    ck_assert_ptr_nonnull(
        strstr(string_at(r, "workgroups", "workgroup=g1", "note"), "df_respondents:out_strength;"));
    ck_assert(!isnan(number_at(r, "workgroups", "workgroup=g1", "out_strength_low")));
    ck_assert_uint_eq(rows_with(r, "workgroups", "in_network=yes"), 2);
    relcoord_result_free(r);
    free(csv);
}
END_TEST

/* ---- Memory ---- */

START_TEST(memory_may_run_out_anywhere)
{
    char *csv = survey_text(ties, NULL);
    heap_start();
    relcoord_survey *survey = survey_make(csv);
    relcoord_options *options = options_make(
        "network", _i ? "ci=bootstrap replicates=20 bootstrap_method=bca" : NULL);
    ck_assert_int_eq(expect_memory_faults(survey, "network", options, INT_MAX), 0);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
    heap_stop();
    free(csv);
}
END_TEST

Suite *network_analysis_suite(void)
{
    Suite *suite = suite_create("network_analysis");
    TCase *hand = tcase_create("by hand"), *same = tcase_create("invariance"),
          *intervals = tcase_create("intervals"), *faults = tcase_create("faults");
    tcase_add_test(hand, workgroups_by_hand);
    tcase_add_test(hand, outside_by_hand);
    tcase_add_test(hand, indices_by_hand);
    tcase_add_test(hand, dyads_by_hand);
    tcase_add_test(hand, cuts);
    tcase_add_loop_test(hand, thin_networks, 0, (int)LENGTH(thin));
    tcase_add_test(hand, another_scale);
    suite_add_tcase(suite, hand);
    tcase_add_loop_test(same, turned_round, 0, 3);
    tcase_add_loop_test(same, renamed, 0, 3);
    tcase_add_test(same, order_and_threads);
    tcase_add_test(same, a_group_is_itself);
    suite_add_tcase(suite, same);
    tcase_add_test(intervals, intervals_agree);
    tcase_add_test(intervals, intervals_without_width);
    tcase_add_test(intervals, many_targets);
    suite_add_tcase(suite, intervals);
    tcase_add_loop_test(faults, memory_may_run_out_anywhere, 0, 2);
    suite_add_tcase(suite, faults);
    return suite;
}
