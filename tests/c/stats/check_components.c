/* Variance components against the closed forms of a balanced survey, against themselves where
 * nothing may change, where nothing can be estimated, and where memory runs out. Golden values:
 * check_components_golden.c. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stats/variance/components.h"
#include "support.h"
#include "tie_lists.h"

Suite *components_suite(void);

static tie_list list, other;

/* ---- Closed forms ---- */

/* Mean squares of a balanced survey: raters g of n respondents, all of whom rate the same
 * others. */
typedef struct mean_squares {
    double g, id, h, cell, residual, df[COMPONENTS];
} mean_squares;

static double square(double x)
{
    return x * x;
}

static mean_squares analyse(const tie_list *l, uint32_t raters, uint32_t n, uint32_t rated)
{
    static double by_id[512], by_cell[64][64], by_g[64], by_h[64];
    double mean = 0, G = raters, N = n, H = rated;
    mean_squares m = {.df = {G - 1, G * (N - 1), (G - 1) * (H - 1), H - 1, G * (N - 1) * (H - 1)}};
    memset(by_id, 0, sizeof by_id);
    memset(by_cell, 0, sizeof by_cell);
    memset(by_g, 0, sizeof by_g);
    memset(by_h, 0, sizeof by_h);
    for (size_t i = 0; i < l->n; i++) {
        double y = l->score[i];
        mean += y / (G * N * H);
        by_id[l->respondent[i]] += y / H;
        by_cell[l->rater[i]][l->rated[i]] += y / N;
        by_g[l->rater[i]] += y / (N * H);
        by_h[l->rated[i]] += y / (G * N);
    }
    for (size_t i = 0; i < l->n; i++) {
        uint32_t g = l->rater[i], h = l->rated[i], id = l->respondent[i];
        m.g += square(by_g[g] - mean) / m.df[COMPONENT_RATER];
        m.id += square(by_id[id] - by_g[g]) / m.df[COMPONENT_RESPONDENT];
        m.h += square(by_h[h] - mean) / m.df[COMPONENT_RATED];
        m.cell += square(by_cell[g][h] - by_g[g] - by_h[h] + mean) / m.df[COMPONENT_CELL];
        m.residual += square(l->score[i] - by_cell[g][h] - by_id[id] + by_g[g])
                      / m.df[COMPONENT_RESIDUAL];
    }
    return m;
}

/* The ANOVA estimators, which are REML's where none is negative; with their standard errors. */
static void expect_anova(const component_fit *fit, mean_squares m, double n, double raters,
                         double rated, bool fixed)
{
    const double *df = m.df;
    expect_relative("residual", fit->variance[COMPONENT_RESIDUAL], m.residual, 1e-10);
    expect_relative("respondent", fit->variance[COMPONENT_RESPONDENT], (m.id - m.residual) / rated,
                    1e-10);
    expect_relative("cell", fit->variance[COMPONENT_CELL], (m.cell - m.residual) / n, 1e-10);
    expect_relative("rated", fit->variance[COMPONENT_RATED], (m.h - m.cell) / (n * raters), 1e-10);
    expect_relative("rater", fit->variance[COMPONENT_RATER],
                    (m.g - m.id - m.cell + m.residual) / (n * rated), 1e-10);
    double id = 2 * square(m.id) / df[COMPONENT_RESPONDENT],
           cell = 2 * square(m.cell) / df[COMPONENT_CELL];
    double residual = 2 * square(m.residual) / df[COMPONENT_RESIDUAL],
           g = 2 * square(m.g) / df[COMPONENT_RATER];
    double h = 2 * square(m.h) / df[COMPONENT_RATED];
    expect_relative("se residual", fit->se[COMPONENT_RESIDUAL], sqrt(residual), 1e-10);
    expect_relative("se respondent", fit->se[COMPONENT_RESPONDENT], sqrt(id + residual) / rated,
                    1e-10);
    expect_relative("se cell", fit->se[COMPONENT_CELL], sqrt(cell + residual) / n, 1e-10);
    if (fixed) {
        ck_assert(isnan(fit->se[COMPONENT_RATER]) && isnan(fit->se[COMPONENT_RATED])
                  && isnan(fit->mean));
        return;
    }
    expect_relative("se rated", fit->se[COMPONENT_RATED], sqrt(h + cell) / (n * raters), 1e-10);
    expect_relative("se rater", fit->se[COMPONENT_RATER],
                    sqrt(g + id + cell + residual) / (n * rated), 1e-10);
}

START_TEST(balanced_surveys)
{
    draw_list(&list, 5, 7, 6, 0, 20 + (uint64_t)_i);
    mean_squares m = analyse(&list, 5, 7, 6);
    for (int w = 0; w < 2; w++) {
        component_fit fit = fit_list(&list, w ? WORKGROUPS_RANDOM : WORKGROUPS_FIXED);
        ck_assert_int_eq(fit.reason, COMPONENTS_FITTED);
        ck_assert_uint_eq(fit.ties, 210);
        ck_assert_uint_eq(fit.respondents, 35);
        ck_assert_uint_eq(fit.raters, 5);
        ck_assert_uint_eq(fit.rated, 6);
        ck_assert_uint_eq(fit.cells, 30);
        ck_assert_uint_eq(fit.parts, 1);
        expect_anova(&fit, m, 7, 5, 6, !w);
    }
}
END_TEST

/* Worked by hand. Two workgroups of two respondents each rate two others:
 *
 *     A1 1 5, A2 2 4; B1 4 9, B2 9 12
 *     means A 3, B 8.5; A1 3, A2 3, B1 6.5, B2 10.5; cells 1.5, 4.5, 6.5, 10.5;
 *     targets 4, 7.5; all 5.75
 *
 * Mean squares:
 *
 *     rater 4 (2.75^2 + 2.75^2) = 60.5
 *     respondent (2 (0 + 0 + 4 + 4)) / 2 = 8
 *     rated 4 (2 1.75^2) = 24.5
 *     cell 2 (4 0.25^2) = 0.5
 *     residual A -0.5 0.5 0.5 -0.5, B -0.5 0.5 0.5 -0.5 squared: 2 / 2 = 1
 *
 * The cell's estimate (0.5 - 1)/2 is negative. At 0 its squares go to the residual's:
 * (0.5 + 2)/3 = 5/6. Then respondent (8 - 5/6)/2 = 43/12, rated (24.5 - 5/6)/4 = 71/12,
 * rater (60.5 - 8)/4 = 13.125. */
START_TEST(by_hand)
{
    static const double scores[4][2] = {{1, 5}, {2, 4}, {4, 9}, {9, 12}};
    list.n = 0;
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t h = 0; h < 2; h++)
            add_tie(&list, i / 2, i, h, scores[i][h]);
    for (int w = 0; w < 2; w++) {
        component_fit fit = fit_list(&list, w ? WORKGROUPS_RANDOM : WORKGROUPS_FIXED);
        ck_assert_int_eq(fit.reason, COMPONENTS_FITTED);
        ck_assert(fit.at_zero[COMPONENT_CELL] && fit.variance[COMPONENT_CELL] == 0
                  && isnan(fit.se[COMPONENT_CELL]));
        expect_relative("residual", fit.variance[COMPONENT_RESIDUAL], 5.0 / 6, 1e-10);
        expect_relative("respondent", fit.variance[COMPONENT_RESPONDENT], 43.0 / 12, 1e-10);
        expect_relative("rated", fit.variance[COMPONENT_RATED], 71.0 / 12, 1e-10);
        expect_relative("rater", fit.variance[COMPONENT_RATER], 13.125, 1e-10);
        expect_relative("share", fit.share[COMPONENT_RATER],
                        13.125 / (5.0 / 6 + 43.0 / 12 + 71.0 / 12 + 13.125), 1e-10);
        expect_relative("se residual", fit.se[COMPONENT_RESIDUAL], 5.0 / 6 * sqrt(2.0 / 3), 1e-10);
        if (w)
            expect_relative("mean", fit.mean, 5.75, 1e-12);
    }
}
END_TEST

/* What draw_list draws from lies within four standard errors of what is found. */
START_TEST(known_components)
{
    static const double drawn[COMPONENTS] = {0.49, 0.36, 0.16, 0.25, 0.25};
    draw_list(&list, 20, 10, 20, 0.05, 71 + (uint64_t)_i);
    component_fit fit = fit_list(&list, WORKGROUPS_RANDOM);
    ck_assert_int_eq(fit.reason, COMPONENTS_FITTED);
    for (int k = 0; k < COMPONENTS; k++) {
        ck_assert_msg(fabs(fit.variance[k] - drawn[k]) < 4 * fit.se[k], "%s is %g, se %g",
                      component_names[k], fit.variance[k], fit.se[k]);
        ck_assert_double_lt(fit.se[k], fit.variance[k]);
    }
}
END_TEST

/* ---- What changes nothing, or what it must ---- */

static void shuffle_list(tie_list *l, uint64_t seed)
{
    for (size_t i = l->n; i > 1; i--) {
        size_t j = random_below(&seed, (uint32_t)i);
        tie_list *s = l;
        uint32_t rater = s->rater[i - 1], respondent = s->respondent[i - 1],
                 rated = s->rated[i - 1];
        double score = s->score[i - 1];
        s->rater[i - 1] = s->rater[j];
        s->respondent[i - 1] = s->respondent[j];
        s->rated[i - 1] = s->rated[j];
        s->score[i - 1] = s->score[j];
        s->rater[j] = rater;
        s->respondent[j] = respondent;
        s->rated[j] = rated;
        s->score[j] = score;
    }
}

START_TEST(order_of_rows)
{
    for (int w = 0; w < 2; w++) {
        draw_list(&list, 5, 9, 7, 0.3, 31);
        component_fit first = fit_list(&list, (workgroup_effects)w);
        ck_assert_int_eq(first.reason, COMPONENTS_FITTED);
        for (uint64_t seed = 1; seed <= 5; seed++) {
            shuffle_list(&list, seed);
            component_fit fit = fit_list(&list, (workgroup_effects)w);
            ck_assert_mem_eq(fit.variance, first.variance, sizeof fit.variance);
            ck_assert_mem_eq(&fit.criterion, &first.criterion, sizeof fit.criterion);
            ck_assert_int_eq(fit.iterations, first.iterations);
        }
    }
}
END_TEST

START_TEST(scale_and_shift)
{
    for (int w = 0; w < 2; w++) {
        draw_list(&list, 5, 9, 7, 0.3, 32);
        component_fit first = fit_list(&list, (workgroup_effects)w);
        for (size_t i = 0; i < list.n; i++)
            list.score[i] = 1000 - 10 * list.score[i];
        component_fit fit = fit_list(&list, (workgroup_effects)w);
        for (int k = 0; k < COMPONENTS; k++) {
            expect_relative(component_names[k], fit.variance[k], 100 * first.variance[k], 1e-9);
            expect_relative(component_names[k], fit.share[k], first.share[k], 1e-9);
        }
        if (w)
            expect_relative("mean", fit.mean, 1000 - 10 * first.mean, 1e-10);
    }
}
END_TEST

/* Parts that share no workgroup: with fixed workgroups, a survey beside itself tells the same
 * variances. */
START_TEST(survey_beside_itself)
{
    draw_list(&list, 4, 8, 5, 0.2, 33);
    component_fit first = fit_list(&list, WORKGROUPS_FIXED);
    for (size_t i = 0, n = list.n; i < n; i++)
        add_tie(&list, list.rater[i] + 10, list.respondent[i] + 100, list.rated[i] + 7,
                list.score[i] + 2);
    component_fit fit = fit_list(&list, WORKGROUPS_FIXED);
    ck_assert_uint_eq(fit.parts, 2);
    for (int k = 0; k < COMPONENTS; k++)
        expect_relative(component_names[k], fit.variance[k], first.variance[k], 1e-9);
    expect_relative("se", fit.se[COMPONENT_RESIDUAL], first.se[COMPONENT_RESIDUAL] / sqrt(2), 1e-9);
}
END_TEST

/* ---- Nothing to estimate ---- */

#define BIT(name) (1u << COMPONENT_##name)

static void expect_reason(const char *name, workgroup_effects workgroups, component_reason reason,
                          unsigned confounded)
{
    component_fit fit = fit_list(&list, workgroups);
    ck_assert_msg(
        fit.reason == reason && fit.confounded == confounded, "%s, %s: reason %d, confounded %x",
        name, workgroups == WORKGROUPS_FIXED ? "fixed" : "random", (int)fit.reason, fit.confounded);
    ck_assert_msg(isnan(fit.mean) && isnan(fit.criterion), "%s: a mean or a criterion", name);
    for (int k = 0; k < COMPONENTS; k++)
        ck_assert_msg(isnan(fit.variance[k]) && isnan(fit.share[k]) && isnan(fit.se[k])
                          && !fit.at_zero[k],
                      "%s: numbers for %s", name, component_names[k]);
}

START_TEST(unidentified)
{
    draw_list(&list, 1, 9, 5, 0.2,
              41); /* one rater workgroup: its cells are the rated workgroups */
    expect_reason("one rater", WORKGROUPS_RANDOM, COMPONENTS_UNIDENTIFIED,
                  BIT(RATER) | BIT(CELL) | BIT(RATED));
    expect_reason("one rater", WORKGROUPS_FIXED, COMPONENTS_UNIDENTIFIED, BIT(RATER) | BIT(CELL));

    draw_list(&list, 6, 9, 1, 0, 42); /* one rated: a respondent has one tie */
    expect_reason("one rated", WORKGROUPS_RANDOM, COMPONENTS_UNIDENTIFIED,
                  BIT(RATER) | BIT(RESPONDENT) | BIT(CELL) | BIT(RATED) | BIT(RESIDUAL));
    expect_reason("one rated", WORKGROUPS_FIXED, COMPONENTS_UNIDENTIFIED,
                  BIT(RESPONDENT) | BIT(CELL) | BIT(RATED) | BIT(RESIDUAL));

    draw_list(&list, 6, 1, 5, 0, 43); /* workgroups of one */
    expect_reason("one respondent", WORKGROUPS_RANDOM, COMPONENTS_UNIDENTIFIED,
                  BIT(RATER) | BIT(RESPONDENT) | BIT(CELL) | BIT(RESIDUAL));
    expect_reason("one respondent", WORKGROUPS_FIXED, COMPONENTS_UNIDENTIFIED,
                  BIT(RESPONDENT) | BIT(CELL) | BIT(RESIDUAL));

    draw_list(&list, 4, 12, 3, 0, 44); /* each respondent rates one of three */
    for (size_t i = 0; i < list.n; i++)
        list.respondent[i] = (uint32_t)i;
    expect_reason("one tie each", WORKGROUPS_RANDOM, COMPONENTS_UNIDENTIFIED,
                  BIT(RESPONDENT) | BIT(RESIDUAL));
    expect_reason("one tie each", WORKGROUPS_FIXED, COMPONENTS_UNIDENTIFIED,
                  BIT(RESPONDENT) | BIT(RESIDUAL));

    list.n = 0;
    add_tie(&list, 0, 0, 0, 3);
    expect_reason("one tie", WORKGROUPS_RANDOM, COMPONENTS_CONSTANT, 0);
    add_tie(&list, 1, 1, 1, 4); /* two ties, two parts: nothing left over */
    expect_reason("two ties", WORKGROUPS_FIXED, COMPONENTS_UNIDENTIFIED,
                  BIT(RATER) | BIT(RATED) | BIT(RESIDUAL));
}
END_TEST

START_TEST(nothing_varies)
{
    draw_list(&list, 4, 5, 3, 0, 51);
    for (size_t i = 0; i < list.n; i++)
        list.score[i] = 10.0 / 3;
    expect_reason("constant", WORKGROUPS_RANDOM, COMPONENTS_CONSTANT, 0);
    expect_reason("constant", WORKGROUPS_FIXED, COMPONENTS_CONSTANT, 0);
    for (size_t i = 0; i < list.n; i++) /* by workgroups and respondent, to the last digit */
        list.score[i] = list.rater[i] + 0.5 * list.rated[i] + 0.25 * (list.respondent[i] * 7 % 5);
    expect_reason("no residual", WORKGROUPS_RANDOM, COMPONENTS_NO_RESIDUAL, 0);
    expect_reason("no residual", WORKGROUPS_FIXED, COMPONENTS_NO_RESIDUAL, 0);
    for (size_t i = 0; i < list.n; i++)
        list.score[i] = list.rater[i] + 0.5 * list.rated[i];
    expect_reason("workgroups only", WORKGROUPS_RANDOM, COMPONENTS_NO_RESIDUAL, 0);
    expect_reason("workgroups only", WORKGROUPS_FIXED, COMPONENTS_NO_RESIDUAL, 0);
}
END_TEST

START_TEST(misused)
{
    list.n = 0;
    expect_reason("no ties", WORKGROUPS_RANDOM, COMPONENTS_NO_TIES, 0);
    draw_list(&list, 4, 5, 3, 0, 52);
    other = list;
    add_tie(&list, list.rater[7], list.respondent[7], list.rated[7], 2);
    expect_reason("a tie twice", WORKGROUPS_FIXED, COMPONENTS_INVALID, 0);
    list = other;
    list.rater[7] = 3;
    expect_reason("a respondent of two workgroups", WORKGROUPS_FIXED, COMPONENTS_INVALID, 0);
    list = other;
    list.score[7] = INFINITY;
    expect_reason("a score that is none", WORKGROUPS_FIXED, COMPONENTS_INVALID, 0);
    component_ties ties = ties_of(&other);
    component_fit fit;
    ties.rateds--;
    ck_assert_int_eq(components_fit(&ties, WORKGROUPS_FIXED, NULL, &fit), 0);
    ck_assert_int_eq(fit.reason, COMPONENTS_INVALID);
}
END_TEST

/* ---- Stopping ---- */

typedef struct stop_log {
    int calls, stop_at;
} stop_log;

static bool stop_at_call(void *user)
{
    stop_log *log = user;
    return ++log->calls >= log->stop_at;
}

/* Whenever it is stopped nothing is found and all is freed; not stopped, the watch changes no
 * bit. */
START_TEST(stopped)
{
    draw_list(&list, 4, 5, 3, 0.2, 53);
    component_ties ties = ties_of(&list);
    stop_log log = {0, INT32_MAX};
    reml_watch watch = {stop_at_call, &log};
    component_fit fit, alone = fit_list(&list, WORKGROUPS_RANDOM);
    ck_assert_int_eq(components_fit(&ties, WORKGROUPS_RANDOM, &watch, &fit), 0);
    ck_assert_mem_eq(fit.variance, alone.variance, sizeof fit.variance);
    int calls = log.calls;
    ck_assert_int_gt(calls, 4 * fit.iterations);
    heap_start();
    for (int at = 1; at <= calls; at++) {
        log = (stop_log){0, at};
        ck_assert_int_eq(components_fit(&ties, WORKGROUPS_RANDOM, &watch, &fit), 1);
        ck_assert_int_le(log.calls,
                         at + 50); /* each halving of the step asks once, and does no work */
        ck_assert_int_eq(heap_alive(), 0);
        for (int k = 0; k < COMPONENTS; k++)
            ck_assert(isnan(fit.variance[k]));
    }
    heap_stop();
}
END_TEST

START_TEST(memory_runs_out)
{
    draw_list(&list, 4, 5, 3, 0.2, 53);
    component_ties ties = ties_of(&list);
    component_fit fit;
    heap_start();
    heap_fail(0, 0);
    ck_assert_int_eq(components_fit(&ties, WORKGROUPS_RANDOM, NULL, &fit), 0);
    int64_t asked = heap_asked();
    ck_assert_int_gt(asked, 10);
    ck_assert_int_eq(heap_alive(), 0);
    for (int64_t i = 1; i <= asked; i++) {
        heap_fail(i, i);
        ck_assert_int_eq(components_fit(&ties, WORKGROUPS_RANDOM, NULL, &fit), -1);
        ck_assert_int_eq(heap_alive(), 0);
    }
    heap_stop();
}
END_TEST

Suite *components_suite(void)
{
    Suite *suite = suite_create("components");
    TCase *closed = tcase_create("exact"), *none = tcase_create("none");
    tcase_add_loop_test(closed, balanced_surveys, 0, 4);
    tcase_add_test(closed, by_hand);
    tcase_add_loop_test(closed, known_components, 0, 3);
    tcase_add_test(closed, order_of_rows);
    tcase_add_test(closed, scale_and_shift);
    tcase_add_test(closed, survey_beside_itself);
    tcase_add_test(none, unidentified);
    tcase_add_test(none, nothing_varies);
    tcase_add_test(none, misused);
    tcase_add_test(none, stopped);
    tcase_add_test(none, memory_runs_out);
    suite_add_tcase(suite, closed);
    suite_add_tcase(suite, none);
    return suite;
}
