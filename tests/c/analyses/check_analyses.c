/* Matrix and summary against figures worked out by hand: a survey of five people, bands at their
 * very cuts, groups, waves and weights; and what a call may not ask for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

Suite *analyses_suite(void);

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect\n"

/* rc by tie: 1: A 4, B 3, C 5; 2: A 5, B 4; 3: A 3, B none (two of seven answered;
 * communication 2.5); 4: A 2, B 5; 5: A 19/7 (communication 4, relationship 1), B nothing answered.
 * C does not answer itself. */
static const char five[] = "respondent,workgroup,target," ITEMS
                           "1,A,A,4,4,4,4,4,4,4\n1,A,B,3,3,3,3,3,3,3\n1,A,C,5,5,5,5,5,5,5\n"
                           "2,A,A,5,5,5,5,5,5,5\n2,A,B,4,4,4,4,4,4,4\n"
                           "3,A,A,3,3,3,3,3,3,3\n3,A,B,2,3,,,,,\n"
                           "4,B,A,2,2,2,2,2,2,2\n4,B,B,5,5,5,5,5,5,5\n"
                           "5,B,A,4,4,4,4,1,1,1\n5,B,B,,,,,,,\n";

/* ---- The matrix ---- */

static const struct {
    const char *keys;
    int n, left_out;
    double mean, sd, se;
    const char *band, *note;
} cell_cases[] = {
    {"workgroup=A target=A dimension=rc", 3, 0, 4, 1, 0.57735026918962576, "weak", "uncertain"},
    {"workgroup=A target=B dimension=rc", 2, 1, 3.5, 0.70710678118654752, 0.5, "moderate",
     "uncertain"},
    {"workgroup=A target=C dimension=rc", 1, 0, 5, NAN, NAN, "strong", "too_few"},
    {"workgroup=B target=A dimension=rc", 2, 0, 33.0 / 14, 0.50507627227610534, 5.0 / 14, "weak",
     "uncertain"},
    {"workgroup=B target=B dimension=rc", 1, 1, 5, NAN, NAN, "strong", "too_few"},
    {"workgroup=A target=B dimension=communication", 3, 0, 9.5 / 3, 0.76376261582597338,
     0.44095855184409843, "", ""},
    {"workgroup=A target=B dimension=relationship", 2, 1, 3.5, 0.70710678118654752, 0.5, "", ""},
    {"workgroup=B target=A dimension=communication", 2, 0, 3, 1.4142135623730951, 1, "", ""},
    {"workgroup=B target=A dimension=relationship", 2, 0, 1.5, 0.70710678118654752, 0.5, "", ""},
    {"workgroup=A target=B dimension=frequent", 3, 0, 3, 1, 0.57735026918962576, "", ""},
    {"workgroup=A target=B dimension=timely", 3, 0, 10.0 / 3, 0.57735026918962576, 1.0 / 3, "", ""},
    {"workgroup=A target=B dimension=accurate", 2, 1, 3.5, 0.70710678118654752, 0.5, "", ""},
    {"workgroup=B target=B dimension=mutual_respect", 1, 1, 5, NAN, NAN, "", "too_few"},
};

START_TEST(cells_by_hand)
{
    relcoord_result *r = result_of(five, "matrix", NULL);
    const char *keys = cell_cases[_i].keys;
    double reach = cell_cases[_i].n == 3 ? 4.3026527297494637
                                         : 12.706204736174694; /* R: qt(.975, 2), qt(.975, 1) */
    ck_assert_int_eq(integer_at(r, "cells", keys, "n"), cell_cases[_i].n);
    ck_assert_int_eq(integer_at(r, "cells", keys, "raters"), cell_cases[_i].n);
    ck_assert_int_eq(integer_at(r, "cells", keys, "left_out"), cell_cases[_i].left_out);
    ck_assert_int_eq(integer_at(r, "cells", keys, "dont_know"), 0);
    expect_near("mean", number_at(r, "cells", keys, "mean"), cell_cases[_i].mean, 1e-15);
    expect_near("sd", number_at(r, "cells", keys, "sd"), cell_cases[_i].sd, 1e-14);
    expect_near("se", number_at(r, "cells", keys, "se"), cell_cases[_i].se, 1e-14);
    expect_near("ci_low", number_at(r, "cells", keys, "ci_low"),
                cell_cases[_i].mean - reach * cell_cases[_i].se, 1e-12);
    expect_near("ci_high", number_at(r, "cells", keys, "ci_high"),
                cell_cases[_i].mean + reach * cell_cases[_i].se, 1e-12);
    ck_assert_str_eq(string_at(r, "cells", keys, "band"), cell_cases[_i].band);
    ck_assert_str_eq(string_at(r, "cells", keys, "note"), cell_cases[_i].note);
    ck_assert_str_eq(string_at(r, "cells", keys, "estimator"), "mean_t");
    ck_assert_uint_eq(rows_with(r, "cells", ""),
                      50); /* five cells of ten dimensions: none that nobody was asked about */
    relcoord_result_free(r);
}
END_TEST

START_TEST(coverage_by_hand)
{
    static const struct {
        const char *keys;
        int respondents, asked, answered, scored, complete;
    } cases[] = {{"workgroup=A target=A", 3, 3, 3, 3, 3},
                 {"workgroup=A target=B", 3, 3, 3, 2, 2},
                 {"workgroup=A target=C", 3, 1, 1, 1, 1},
                 {"workgroup=B target=A", 2, 2, 2, 2, 2},
                 {"workgroup=B target=B", 2, 2, 1, 1, 1}};
    relcoord_result *r = result_of(five, "matrix", NULL);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "respondents"),
                         cases[i].respondents);
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "asked"), cases[i].asked);
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "answered"), cases[i].answered);
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "scored"), cases[i].scored);
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "complete"), cases[i].complete);
        ck_assert_int_eq(integer_at(r, "coverage", cases[i].keys, "invited"), -1);
    }
    relcoord_result_free(r);
}
END_TEST

START_TEST(strengths_by_hand)
{
    static const struct {
        const char *keys;
        int respondents, own_n, in_groups, out_groups;
        double own, in, out;
        const char *note;
    } cases[] = {{"workgroup=A", 3, 3, 1, 2, 4, 33.0 / 14, 4.25, ""},
                 {"workgroup=B", 2, 1, 1, 1, 5, 3.5, 33.0 / 14, ""},
                 {"workgroup=C", 0, 0, 1, 0, NAN, 5, NAN, "own_empty;out_empty"}};
    relcoord_result *r = result_of(five, "matrix", NULL);
    for (size_t i = 0; i < LENGTH(cases); i++) {
        ck_assert_int_eq(integer_at(r, "workgroups", cases[i].keys, "respondents"),
                         cases[i].respondents);
        ck_assert_int_eq(integer_at(r, "workgroups", cases[i].keys, "own_n"), cases[i].own_n);
        ck_assert_int_eq(integer_at(r, "workgroups", cases[i].keys, "in_groups"),
                         cases[i].in_groups);
        ck_assert_int_eq(integer_at(r, "workgroups", cases[i].keys, "out_groups"),
                         cases[i].out_groups);
        expect_near("own", number_at(r, "workgroups", cases[i].keys, "own"), cases[i].own, 1e-15);
        expect_near("in", number_at(r, "workgroups", cases[i].keys, "in_strength"), cases[i].in,
                    1e-15);
        expect_near("out", number_at(r, "workgroups", cases[i].keys, "out_strength"), cases[i].out,
                    1e-15);
        expect_near("silo", number_at(r, "workgroups", cases[i].keys, "silo"),
                    cases[i].own - (cases[i].in + cases[i].out) / 2, 1e-15);
        ck_assert_str_eq(string_at(r, "workgroups", cases[i].keys, "note"), cases[i].note);
    }
    relcoord_result_free(r);
}
END_TEST

START_TEST(min_share_by_hand)
{
    static const char keys[] = "workgroup=A target=B dimension=rc",
                      communication[] = "workgroup=A target=B dimension=communication";
    relcoord_result *lenient = result_of(five, "matrix", "min_share=0"),
                    *strict = result_of(five, "matrix", "min_share=1");
    relcoord_result *sevenths = result_of(five, "matrix", "min_share=0.28"), *summary;
    expect_near("any item", number_at(lenient, "cells", keys, "mean"), 9.5 / 3, 1e-15);
    ck_assert_int_eq(integer_at(lenient, "cells", "workgroup=B target=B dimension=rc", "n"),
                     1); /* nothing stays nothing */
    expect_near("two of seven", number_at(sevenths, "cells", keys, "mean"), 9.5 / 3, 1e-15);
    expect_near("all items", number_at(strict, "cells", communication, "mean"), 3.5, 1e-15);
    ck_assert_int_eq(integer_at(strict, "cells", "workgroup=A target=B dimension=timely", "n"), 3);
    relcoord_result_free(lenient);
    relcoord_result_free(strict);
    relcoord_result_free(sevenths);
    /* the complete-case rule beside it, where it gives another figure and only there */
    summary = result_of(five, "summary", NULL);
    ck_assert_uint_eq(rows_with(summary, "complete_cases", "dimension=rc"), 0);
    ck_assert_uint_eq(rows_with(summary, "complete_cases", "dimension=communication part=within"),
                      0);
    expect_near("mean",
                number_at(summary, "complete_cases",
                          "dimension=communication part=between weighting=ties", "mean"),
                20.5 / 6, 1e-15);
    expect_near("complete",
                number_at(summary, "complete_cases",
                          "dimension=communication part=between weighting=ties", "mean_complete"),
                3.6, 1e-15);
    ck_assert_int_eq(integer_at(summary, "complete_cases",
                                "dimension=communication part=between weighting=ties",
                                "n_complete"),
                     5);
    relcoord_result_free(summary);
}
END_TEST

/* ---- The summary ---- */

static const struct {
    const char *keys;
    int n, raters, left_out;
    double mean;
} index_cases[] = {
    {"dimension=rc part=within weighting=respondents", 4, 4, 1, 4.25},
    {"dimension=rc part=within weighting=ties", 4, 4, 1, 4.25},
    {"dimension=rc part=within weighting=workgroups", 2, 4, 0, 4.5},
    {"dimension=rc part=between weighting=respondents", 4, 4, 1, 89.0 / 28},
    {"dimension=rc part=between weighting=ties", 5, 4, 1, 117.0 / 35},
    {"dimension=rc part=between weighting=workgroups", 3, 4, 0, (3.5 + 5 + 33.0 / 14) / 3},
    {"dimension=rc part=all weighting=respondents", 5, 5, 0, (4 + 4.5 + 3 + 3.5 + 19.0 / 7) / 5},
    {"dimension=rc part=all weighting=ties", 9, 5, 2, (17 + 117.0 / 7) / 9},
    {"dimension=rc part=all weighting=workgroups", 5, 5, 0, (9 + 8.5 + 33.0 / 14) / 5},
    {"dimension=timely part=between weighting=ties", 6, 5, 0, 21.0 / 6},
    {"dimension=mutual_respect part=between weighting=respondents", 4, 4, 1, 2.75},
};

START_TEST(indices_by_hand)
{
    relcoord_result *r = result_of(five, "summary", NULL);
    const char *keys = index_cases[_i].keys;
    ck_assert_int_eq(integer_at(r, "indices", keys, "n"), index_cases[_i].n);
    ck_assert_int_eq(integer_at(r, "indices", keys, "raters"), index_cases[_i].raters);
    ck_assert_int_eq(integer_at(r, "indices", keys, "left_out"), index_cases[_i].left_out);
    expect_near(keys, number_at(r, "indices", keys, "mean"), index_cases[_i].mean, 1e-15);
    ck_assert_uint_eq(rows_with(r, "indices", ""), 90);
    relcoord_result_free(r);
}
END_TEST

START_TEST(index_errors_by_hand)
{
    /* between ties: residual sums of 1, 2, 4, 5 in 35ths: 46 (two ties), 23, -47, -22; see
     * check_clusters.c */
    static const char ties[] = "dimension=rc part=between weighting=ties",
                      people[] = "dimension=rc part=within weighting=respondents";
    relcoord_result *cr2 = result_of(five, "summary", NULL),
                    *cr1 = result_of(five, "summary", "se=cr1");
    expect_near("cr1", number_at(cr1, "indices", ties, "se"),
                sqrt((2116 + 529 + 2209 + 484) * 4.0 / 3) / 35 / 5, 1e-14);
    expect_near("cr2", number_at(cr2, "indices", ties, "se"),
                sqrt(2116 / 0.6 + (529 + 2209 + 484) / 0.8) / 35 / 5, 1e-14);
    expect_near("t", number_at(cr2, "indices", people, "se"), sqrt(2.75 / 3) / 2,
                1e-14); /* 4 5 3 5 */
    expect_near("sd", number_at(cr2, "indices", people, "sd"), sqrt(2.75 / 3), 1e-14);
    expect_near("ci", number_at(cr2, "indices", people, "ci_high"),
                4.25 + 3.1824463052837091 * sqrt(2.75 / 3) / 2, 1e-12); /* qt(.975, 3) */
    expect_near("cr1 ci", number_at(cr1, "indices", ties, "ci_low"),
                117.0 / 35 - 3.1824463052837091 * number_at(cr1, "indices", ties, "se"), 1e-12);
    ck_assert_str_eq(string_at(cr1, "indices", ties, "estimator"), "mean_cr1");
    ck_assert_str_eq(string_at(cr2, "indices", ties, "estimator"), "mean_cr2");
    ck_assert_str_eq(string_at(cr2, "indices", people, "estimator"), "mean_t");
    expect_near("silo", number_at(cr2, "silo", "dimension=rc weighting=ties", "silo"),
                4.25 - 117.0 / 35, 1e-14);
    relcoord_result_free(cr1);
    relcoord_result_free(cr2);
}
END_TEST

/* ---- Bands at their cuts ---- */

/* Seven answers, how often, and so on; rated: "A" is within, "B" between. */
static const struct {
    const char *target, *answers;
    double mean;
    const char *band, *settings;
} band_cases[] = {
    {"B", "3333333*1 4444444*1", 3.5, "moderate", NULL},
    {"B", "3333333*50 4444444*49 4444443*1", 3.5 - 1.0 / 700, "weak", NULL},
    {"B", "4444444*9", 4, "moderate", NULL},
    {"B", "4444444*99 4444445*1", 4 + 1.0 / 700, "strong", NULL},
    {"B", "3333333*1 5555555*1", 4, "moderate", NULL},
    {"A", "4444444*9 5555555*1", 4.1, "moderate", NULL},
    {"A", "4444444*90 5555555*9 5555554*1", 4.1 - 1.0 / 700, "weak", NULL},
    {"A", "5555555*3 4444444*2", 4.6, "moderate", NULL},
    {"A", "5555555*60 4444444*39 4444445*1", 4.6 + 1.0 / 700, "strong", NULL},
    {"A", "4444444*7", 4, "weak", NULL},
    {"B", "4444444*9 5555555*1", 4.1, "moderate", "between_weak=4.1 between_strong=4.1"},
    {"A", "3333333*7 4444444*3", 3.3, "moderate", "within_weak=3.3 within_strong=3.4"},
    {"B", "3333333*7 4444444*3", 3.3, "strong", "between_weak=3.29 between_strong=3.299999"},
    {"B", "3333333*7 4444444*3", 3.3, "weak", "between_weak=3.300001"},
};

static char *spread_answers(const char *target, const char *answers)
{
    char *csv = malloc(200 * 64), *end = csv;
    int person = 0;
    end += sprintf(end, "respondent,workgroup,target," ITEMS);
    for (const char *p = answers; *p; p += strspn(p, " ")) {
        int times = atoi(p + 8);
        while (times-- > 0) {
            end += sprintf(end, "%d,A,%s", ++person, target);
            for (int i = 0; i < 7; i++)
                end += sprintf(end, ",%c", p[i]);
            end += sprintf(end, "\n");
        }
        p += strcspn(p, " ");
    }
    return csv;
}

START_TEST(bands_at_their_cuts)
{
    static const char *const weightings[] = {"respondents", "ties", "workgroups"};
    char *csv = spread_answers(band_cases[_i].target, band_cases[_i].answers), keys[64];
    relcoord_result *matrix = result_of(csv, "matrix", band_cases[_i].settings),
                    *summary = result_of(csv, "summary", band_cases[_i].settings);
    snprintf(keys, sizeof keys, "target=%s dimension=rc", band_cases[_i].target);
    expect_near("mean", number_at(matrix, "cells", keys, "mean"), band_cases[_i].mean, 1e-15);
    ck_assert_str_eq(string_at(matrix, "cells", keys, "band"), band_cases[_i].band);
    for (size_t w = 0; w < LENGTH(weightings); w++) {
        snprintf(keys, sizeof keys, "dimension=rc part=%s weighting=%s",
                 *band_cases[_i].target == 'A' ? "within" : "between", weightings[w]);
        ck_assert_str_eq(string_at(summary, "indices", keys, "band"), band_cases[_i].band);
    }
    relcoord_result_free(matrix);
    relcoord_result_free(summary);
    free(csv);
}
END_TEST

START_TEST(bands_that_are_uncertain)
{
    static const struct {
        const char *answers, *note;
    } cases[] = {{"4444444*9", "all_equal"},
                 {"3333333*2 4444444*2", "uncertain"},
                 {"2222222*20 3333333*1", ""},
                 {"5555555*1", "too_few"}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *csv = spread_answers("B", cases[i].answers);
        relcoord_result *r = result_of(csv, "matrix", NULL);
        ck_assert_str_eq(string_at(r, "cells", "dimension=rc", "note"), cases[i].note);
        relcoord_result_free(r);
        free(csv);
    }
}
END_TEST

/* ---- Groups and waves ---- */

static const char grouped[] =
    "respondent,workgroup,target,unit,wave,role," ITEMS
    "1,A,A,north,2019,,4,4,4,4,4,4,4\n1,A,A,north,2020,boss,2,2,2,2,2,2,2\n"
    "2,A,A,south,2019,staff,5,5,5,5,5,5,5\n2,A,B,south,2019,staff,1,1,1,1,1,1,1\n"
    "3,B,A,north,2020,staff,3,3,3,3,3,3,3\n3,B,A,south,2019,staff,4,4,4,4,4,4,4\n";

START_TEST(groups_by_hand)
{
    static const struct {
        const char *settings, *keys;
        double mean;
        int rows; /* of dimension rc in the whole table */
    } cases[] = {
        {"by=unit wave=2019", "unit=north workgroup=A target=A", 4, 4},
        {"by=unit wave=2019", "unit=south workgroup=A target=B", 1, 4},
        {"by=enhed,b\xC3\xB8lge", "unit=north wave=2020 workgroup=B target=A", 3, 6},
        {"by=wave,unit", "wave=2019 unit=south workgroup=B target=A", 4, 6},
        {"by=wave", "wave=2020 workgroup=A target=A", 2, 5},
        {"by=wave", "wave=2019 workgroup=A target=A", 4.5, 5},
        {"by=role wave=2019", "role=(missing) workgroup=A target=A", 4, 4},
        {"by=role wave=2019", "role=staff workgroup=A target=A", 5, 4},
        {"by=role,unit,wave", "role=boss unit=north wave=2020 workgroup=A target=A", 2, 6},
        {"wave=2019", "workgroup=A target=A", 4.5, 3},
        {"by=workgroup wave=2019", "by_workgroup=B workgroup=B target=A", 4, 3},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        relcoord_result *r = result_of(grouped, "matrix", cases[i].settings);
        char keys[128];
        snprintf(keys, sizeof keys, "%s dimension=rc", cases[i].keys);
        expect_near(keys, number_at(r, "cells", keys, "mean"), cases[i].mean, 1e-15);
        ck_assert_msg(rows_with(r, "cells", "dimension=rc") == (size_t)cases[i].rows,
                      "%s: %zu rows, expected %d", cases[i].settings,
                      rows_with(r, "cells", "dimension=rc"), cases[i].rows);
        relcoord_result_free(r);
    }
}
END_TEST

START_TEST(groups_in_a_summary)
{
    relcoord_result *r = result_of(grouped, "summary", "by=unit,wave");
    ck_assert_uint_eq(rows_with(r, "indices", "dimension=rc part=all weighting=ties"),
                      3); /* nobody south in 2020 */
    expect_near("mean",
                number_at(r, "indices", "unit=south wave=2019 dimension=rc part=all weighting=ties",
                          "mean"),
                10.0 / 3, 1e-15);
    expect_near("silo",
                number_at(r, "silo", "unit=south wave=2019 dimension=rc weighting=ties", "silo"),
                2.5, 1e-15);
    ck_assert_str_eq(
        string_at(r, "silo", "unit=north wave=2019 dimension=rc weighting=ties", "note"),
        "between_empty");
    relcoord_result_free(r);
}
END_TEST

/* ---- Weights ---- */

#define WEIGHED(zero)                           \
    "respondent,workgroup,target,weight," ITEMS \
    "1,A,A,1,4,4,4,4,4,4,4\n2,A,A,2,5,5,5,5,5,5,5\n3,A,A,1,3,3,3,3,3,3,3\n" zero

START_TEST(weights_by_hand)
{
    static const char keys[] = "workgroup=A target=A dimension=rc";
    relcoord_result *r = result_of(WEIGHED("4,A,A,0,1,1,1,1,1,1,1\n"), "matrix", NULL), *ignored,
                    *without;
    /* S w = 4, mean 17/4; S w d^2 = 1/16 + 2*9/16 + 25/16, S w^2 d^2 = 1/16 + 4*9/16 + 25/16 */
    expect_near("mean", number_at(r, "cells", keys, "mean"), 4.25, 1e-15);
    expect_near("sd", number_at(r, "cells", keys, "sd"), sqrt(1.5 * 44 / 16 / 4), 1e-14);
    expect_near("se", number_at(r, "cells", keys, "se"), sqrt(1.5 * 62 / 16) / 4, 1e-14);
    ck_assert_int_eq(integer_at(r, "cells", keys, "n"), 3);
    ck_assert_int_eq(integer_at(r, "cells", keys, "left_out"), 1);
    ck_assert_str_eq(string_at(r, "cells", keys, "estimator"), "mean_weighted");
    relcoord_result_free(r);
    ignored = result_of(WEIGHED("4,A,A,0,1,1,1,1,1,1,1\n"), "matrix", "weights=ignore");
    expect_near("ignored", number_at(ignored, "cells", keys, "mean"), 13.0 / 4, 1e-15);
    ck_assert_str_eq(string_at(ignored, "cells", keys, "estimator"), "mean_t");
    relcoord_result_free(ignored);
    r = result_of(WEIGHED("4,A,A,0,1,1,1,1,1,1,1\n"), "summary", NULL);
    without = result_of(WEIGHED(""), "summary", NULL);
    for (int w = 0; w < 3; w++) {
        static const char *const rows[] = {"dimension=rc part=within weighting=ties",
                                           "dimension=rc part=within weighting=respondents",
                                           "dimension=rc part=within weighting=workgroups"};
        expect_near("mean", number_at(r, "indices", rows[w], "mean"), 4.25, 1e-15);
        expect_near("se", number_at(r, "indices", rows[w], "se"),
                    number_at(without, "indices", rows[w], "se"), 0);
    }
    relcoord_result_free(r);
    relcoord_result_free(without);
}
END_TEST

/* ---- What may not be asked ---- */

static const struct {
    const char *csv, *analysis, *option, *value;
    relcoord_status status;
    const char *field, *says; /* the option named, and a part of the message */
} refused[] = {
    {grouped, "matrix", NULL, NULL, RELCOORD_EUSAGE, "", "2 waves"},
    {grouped, "summary", "by", "unit", RELCOORD_EUSAGE, "", "2019"},
    {grouped, "matrix", "wave", "2091", RELCOORD_EOPTION, "wave", "2019"},
    {grouped, "matrix", "wave", "first", RELCOORD_EOPTION, "wave", "first"},
    {five, "matrix", "wave", "2019", RELCOORD_EOPTION, "wave", "wave"},
    {grouped, "matrix", "by", "untit,wave", RELCOORD_EOPTION, "by", "did you mean 'unit'"},
    {grouped, "matrix", "by", "target", RELCOORD_EOPTION, "by", "target"},
    {grouped, "matrix", "by", "respondent", RELCOORD_EOPTION, "by", "respondent"},
    {grouped, "matrix", "by", "wave,unit,wave", RELCOORD_EOPTION, "by", "twice"},
    {grouped, "matrix", "by", "unit,enhed", RELCOORD_EOPTION, "by", "twice"},
    {five, "matrix", "by", "unit", RELCOORD_EOPTION, "by", "unit"},
    {five, "matrix", "by", "a_name_that_is_longer_than_any_name_of_a_column_that_there_could_be",
     RELCOORD_EOPTION, "by", "column"},
    {five, "matrix", "between_weak", "4.5", RELCOORD_EOPTION, "between_weak", "above"},
    {five, "summary", "within_strong", "2", RELCOORD_EOPTION, "within_weak", "above"},
    {five, "matrx", NULL, NULL, RELCOORD_EUSAGE, "", "'matrix'"},
    {five, "meditation", NULL, NULL, RELCOORD_EUSAGE, "", "'meditation'"},
};

START_TEST(questions_refused)
{
    relcoord_survey *survey = survey_make(refused[_i].csv);
    relcoord_options *options = refused[_i].option ? options_make(refused[_i].analysis, NULL)
                                                   : NULL;
    relcoord_result *result = (relcoord_result *)&survey, *before = result;
    relcoord_error error = {0};
    if (options)
        ck_assert_int_eq(relcoord_options_set(options, refused[_i].option, refused[_i].value, NULL),
                         RELCOORD_OK);
    ck_assert_int_eq(relcoord_run(survey, refused[_i].analysis, options, &result, &error),
                     refused[_i].status);
    ck_assert_int_eq(error.status, refused[_i].status);
    ck_assert_str_eq(error.option, refused[_i].field);
    ck_assert_msg(strstr(error.message, refused[_i].says) != NULL, "'%s' does not say %s",
                  error.message, refused[_i].says);
    ck_assert_ptr_eq(result, before);
    ck_assert_int_eq(relcoord_run(survey, refused[_i].analysis, options, &result, NULL),
                     refused[_i].status);
    relcoord_options_free(options);
    relcoord_survey_free(survey);
}
END_TEST

START_TEST(wrong_calls_are_refused)
{
    relcoord_survey *survey = survey_make(five);
    relcoord_options *summary = options_make("summary", NULL),
                     *reading = options_make("read", NULL);
    relcoord_result *result = NULL;
    relcoord_error error = {0};
    ck_assert_int_eq(relcoord_run(NULL, "matrix", NULL, &result, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_run(survey, NULL, NULL, &result, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_run(survey, "matrix", NULL, NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_describe(NULL, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_run(survey, "matrix", summary, &result, &error), RELCOORD_EUSAGE);
    ck_assert_str_eq(error.message, "the options were made for 'summary', not for 'matrix'");
    ck_assert_int_eq(relcoord_run(survey, "summary", reading, &result, NULL), RELCOORD_EUSAGE);
    ck_assert_ptr_null(result);
    relcoord_result_free(NULL);
    relcoord_options_free(summary);
    relcoord_options_free(reading);
    relcoord_survey_free(survey);
}
END_TEST

Suite *analyses_suite(void)
{
    Suite *suite = suite_create("analyses");
    TCase *matrix = tcase_create("matrix"), *summary = tcase_create("summary"),
          *bands = tcase_create("bands");
    TCase *groups = tcase_create("groups"), *refusals = tcase_create("refusals");
    tcase_add_loop_test(matrix, cells_by_hand, 0, (int)LENGTH(cell_cases));
    tcase_add_test(matrix, coverage_by_hand);
    tcase_add_test(matrix, strengths_by_hand);
    tcase_add_test(matrix, min_share_by_hand);
    tcase_add_loop_test(summary, indices_by_hand, 0, (int)LENGTH(index_cases));
    tcase_add_test(summary, index_errors_by_hand);
    tcase_add_loop_test(bands, bands_at_their_cuts, 0, (int)LENGTH(band_cases));
    tcase_add_test(bands, bands_that_are_uncertain);
    tcase_add_test(groups, groups_by_hand);
    tcase_add_test(groups, groups_in_a_summary);
    tcase_add_test(groups, weights_by_hand);
    tcase_add_loop_test(refusals, questions_refused, 0, (int)LENGTH(refused));
    tcase_add_test(refusals, wrong_calls_are_refused);
    suite_add_tcase(suite, matrix);
    suite_add_tcase(suite, summary);
    suite_add_tcase(suite, bands);
    suite_add_tcase(suite, groups);
    suite_add_tcase(suite, refusals);
    return suite;
}
