/* Raking: closed forms, what the weights do not depend on, margins that cannot hold, cancelling,
 * and memory that runs out. R's survey::rake is held against it in tests/golden/response. */
#include <math.h>
#include <stdlib.h>

#include "stats/weighting/raking.h"
#include "support.h"

Suite *raking_suite(void);

enum { MOST_CASES = 400, MOST_MARGINS = 4 };

static raking_outcome fit(const raking_margin *margins, size_t margin_count, size_t cases,
                          double *weights)
{
    raking found = {RAKING_UNSETTLED, 0};
    relcoord_error e = {0};
    ck_assert_int_eq(raking_fit(margins, margin_count, cases, NULL, 0, weights, &found, &e),
                     RELCOORD_OK);
    return found.outcome;
}

/* ---- By hand ---- */

START_TEST(one_margin_is_post_stratification)
{
    static const uint32_t category[] = {0, 2, 0, 1, 2, 2};
    static const double target[] = {5, 7, 12};
    double w[6];
    ck_assert_int_eq(fit(&(raking_margin){category, 3, target}, 1, 6, w), RAKING_DONE);
    for (size_t i = 0; i < 6; i++)
        expect_near("weight", w[i], category[i] == 0 ? 2.5 : category[i] == 1 ? 7 : 4, 1e-15);
    ck_assert_int_eq(fit(NULL, 0, 6, w), RAKING_DONE);
    ck_assert(w[0] == 1 && w[5] == 1);
    ck_assert_int_eq(fit(NULL, 0, 0, w), RAKING_DONE);
}
END_TEST

/* Raking keeps the odds ratio of a 2 x 2 table, so that its first cell x solves x (40 - y + x) = r
 * (y - x)(60 - x), where the margins are 60 and 40, and y and 100 - y. Here of 10, 20, 30, 15 with
 * y = 50: r = 10 * 15 / (20 * 30) = 1/4. */
START_TEST(two_margins_keep_the_odds)
{
    static const double targets[2][2] = {{60, 40}, {50, 50}}, counts[4] = {10, 20, 30, 15};
    uint32_t rows[75], columns[75];
    raking_margin margins[2] = {{rows, 2, targets[0]}, {columns, 2, targets[1]}};
    double w[75], cells[4] = {0}, a = 1 - 0.25, b = -10 + 0.25 * 110, c = -0.25 * 3000, x;
    size_t n = 0;
    for (uint32_t cell = 0; cell < 4; cell++)
        for (int i = 0; i < (int)counts[cell]; i++, n++) {
            rows[n] = cell / 2;
            columns[n] = cell % 2;
        }
    x = (-b + sqrt(b * b - 4 * a * c)) / (2 * a);
    ck_assert_int_eq(fit(margins, 2, n, w), RAKING_DONE);
    for (size_t i = 0; i < n; i++)
        cells[rows[i] * 2 + columns[i]] += w[i];
    expect_near("first cell", cells[0], x, 1e-12);
    expect_near("second cell", cells[1], 60 - x, 1e-12);
    expect_near("third cell", cells[2], 50 - x, 1e-12);
    expect_near("fourth cell", cells[3], x - 10, 1e-12);
}
END_TEST

START_TEST(spread_by_hand)
{
    static const double weights[] = {1, 3};
    weight_spread s = {0};
    ck_assert(isnan(weight_spread_effective(&s)));
    for (size_t i = 0; i < 2; i++)
        weight_spread_add(&s, weights[i]);
    expect_near("effective n", weight_spread_effective(&s), 1.6, 1e-15);
    expect_near("design effect", weight_spread_design_effect(&s), 1.25, 1e-15);
    ck_assert(s.least == 1 && s.most == 3);
    s = (weight_spread){0};
    weight_spread_add(&s, 0);
    ck_assert(isnan(weight_spread_effective(&s)) && isnan(weight_spread_design_effect(&s)));
}
END_TEST

/* ---- What does not matter ---- */

typedef struct invented {
    size_t n;
    uint32_t category[MOST_MARGINS][MOST_CASES];
    double target[MOST_MARGINS][8];
    raking_margin margins[MOST_MARGINS];
} invented;

/* A population of four margins, of which a half, those of low categories less often, answer. */
static invented *invent(uint64_t seed)
{
    static const uint32_t counts[MOST_MARGINS] = {2, 3, 5, 2};
    invented *v = calloc(1, sizeof *v);
    for (int i = 0; i < MOST_CASES; i++) {
        uint32_t categories[MOST_MARGINS], high = 0;
        for (size_t m = 0; m < MOST_MARGINS; m++) {
            categories[m] = random_below(&seed, counts[m]);
            v->target[m][categories[m]]++;
            high += categories[m];
        }
        if (random_below(&seed, 8) > 4 + (high < 4))
            continue;
        for (size_t m = 0; m < MOST_MARGINS; m++)
            v->category[m][v->n] = categories[m];
        v->n++;
    }
    for (size_t m = 0; m < MOST_MARGINS; m++)
        v->margins[m] = (raking_margin){v->category[m], counts[m], v->target[m]};
    return v;
}

START_TEST(margins_hold)
{
    invented *v = invent((uint64_t)_i);
    double w[MOST_CASES], sums[8];
    ck_assert_int_eq(fit(v->margins, MOST_MARGINS, v->n, w), RAKING_DONE);
    for (size_t m = 0; m < MOST_MARGINS; m++) {
        for (size_t k = 0; k < 8; k++)
            sums[k] = 0;
        for (size_t i = 0; i < v->n; i++)
            sums[v->category[m][i]] += w[i];
        for (size_t k = 0; k < v->margins[m].count; k++)
            expect_near("margin", sums[k] / v->target[m][k], 1, 1e-11);
    }
    for (size_t i = 0; i < v->n; i++)
        ck_assert_double_gt(w[i], 0);
    free(v);
}
END_TEST

START_TEST(orders_and_units_change_nothing)
{
    invented *v = invent(77), *turned = invent(77), *twice = calloc(1, sizeof *twice);
    double w[MOST_CASES], other[MOST_CASES];
    ck_assert_int_eq(fit(v->margins, MOST_MARGINS, v->n, w), RAKING_DONE);
    for (size_t m = 0; m < MOST_MARGINS;
         m++) /* cases from the last to the first, margins as well, targets in another unit */
        for (size_t i = 0; i < v->n; i++)
            turned->category[m][i] = v->category[MOST_MARGINS - 1 - m][v->n - 1 - i];
    for (size_t m = 0; m < MOST_MARGINS; m++) {
        turned->margins[m].count = v->margins[MOST_MARGINS - 1 - m].count;
        for (size_t k = 0; k < 8; k++)
            turned->target[m][k] = 7 * v->target[MOST_MARGINS - 1 - m][k];
    }
    ck_assert_int_eq(fit(turned->margins, MOST_MARGINS, v->n, other), RAKING_DONE);
    for (size_t i = 0; i < v->n; i++)
        expect_near("turned", other[v->n - 1 - i] / 7 / w[i], 1, 1e-11);
    *twice = *v;
    twice->n = v->n / 2; /* of which all are there twice */
    for (size_t m = 0; m < MOST_MARGINS; m++) {
        for (size_t i = 0; i < twice->n; i++)
            twice->category[m][twice->n + i] = twice->category[m][i];
        twice->margins[m].category = twice->category[m];
    }
    ck_assert_int_eq(fit(twice->margins, MOST_MARGINS, twice->n, w), RAKING_DONE);
    ck_assert_int_eq(fit(twice->margins, MOST_MARGINS, 2 * twice->n, other), RAKING_DONE);
    for (size_t i = 0; i < twice->n; i++) {
        expect_near("half the weight", 2 * other[i] / w[i], 1, 1e-11);
        ck_assert_double_eq(other[i], other[twice->n + i]);
    }
    free(v);
    free(turned);
    free(twice);
}
END_TEST

/* ---- What cannot be ---- */

START_TEST(margins_that_cannot_hold)
{
    static const uint32_t first[] = {0, 0, 1, 1}, second[] = {0, 1, 0, 1}, same[] = {0, 0, 1, 1},
                          none[] = {0, 0, 0, 0};
    static const double halves[] = {5, 5}, thirds[] = {4, 8}, other[] = {6, 4}, zero[] = {0, 10},
                        all[] = {10, 0};
    static const struct {
        const char *name;
        raking_margin margins[2];
        raking_outcome outcome;
    } cases[] = {
        {"they can", {{first, 2, halves}, {second, 2, other}}, RAKING_DONE},
        {"nobody there", {{first, 2, halves}, {none, 2, halves}}, RAKING_EMPTY},
        {"nobody there, nobody wanted", {{first, 2, halves}, {none, 2, all}}, RAKING_DONE},
        {"other sums", {{first, 2, halves}, {second, 2, thirds}}, RAKING_UNSETTLED},
        {"one margin two ways", {{first, 2, halves}, {same, 2, other}}, RAKING_UNSETTLED},
        {"all of one weigh nothing", {{first, 2, zero}, {same, 2, halves}}, RAKING_UNSETTLED},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double w[4];
        ck_assert_msg(fit(cases[i].margins, 2, 4, w) == cases[i].outcome, "%s", cases[i].name);
        for (size_t k = 0; k < 4; k++)
            ck_assert_msg(isnan(w[k]) == (cases[i].outcome != RAKING_DONE), "%s: weight %d is %g",
                          cases[i].name, (int)k, w[k]);
    }
    ck_assert_int_eq(fit(&(raking_margin){first, 2, zero}, 1, 4, (double[4]){0}), RAKING_DONE);
    ck_assert_int_eq(fit(&(raking_margin){first, 2, halves}, 1, 0, NULL), RAKING_EMPTY);
}
END_TEST

static int stop_third(void *user, double share)
{
    ck_assert_double_eq(share, 0.75);
    return ++*(int *)user == 3;
}

START_TEST(cancelling)
{
    invented *v = invent(3);
    relcoord_options *options = options_make("response", NULL);
    relcoord_error e = {0};
    raking found = {RAKING_DONE, 0};
    double w[MOST_CASES];
    int calls = 0;
    relcoord_options_set_progress(options, stop_third, &calls);
    ck_assert_int_eq(raking_fit(v->margins, MOST_MARGINS, v->n, options, 0.75, w, &found, &e),
                     RELCOORD_ECANCELLED);
    ck_assert_int_eq(calls, 3);
    ck_assert_uint_eq(found.cycles, 0);
    relcoord_options_free(options);
    free(v);
}
END_TEST

START_TEST(memory_runs_out)
{
    invented *v = invent(4);
    double w[MOST_CASES];
    int64_t count = 0;
    heap_start();
    for (int64_t n = 0; n == 0 || n <= count; n++) {
        raking found;
        relcoord_status status;
        heap_fail(n, INT64_MAX);
        status = raking_fit(v->margins, MOST_MARGINS, v->n, NULL, 0, w, &found, NULL);
        if (n == 0)
            count = heap_asked();
        ck_assert_msg(status == (n == 0 ? RELCOORD_OK : RELCOORD_ENOMEM),
                      "allocation %d: status %d", (int)n, (int)status);
        ck_assert_int_eq(heap_alive(), 0);
    }
    ck_assert_int_gt(count, 8);
    free(v);
}
END_TEST

Suite *raking_suite(void)
{
    Suite *suite = suite_create("raking");
    TCase *all = tcase_create("raking");
    tcase_add_checked_fixture(all, NULL, heap_stop);
    tcase_add_test(all, one_margin_is_post_stratification);
    tcase_add_test(all, two_margins_keep_the_odds);
    tcase_add_test(all, spread_by_hand);
    tcase_add_loop_test(all, margins_hold, 0, 8);
    tcase_add_test(all, orders_and_units_change_nothing);
    tcase_add_test(all, margins_that_cannot_hold);
    tcase_add_test(all, cancelling);
    tcase_add_test(all, memory_runs_out);
    suite_add_tcase(suite, all);
    return suite;
}
