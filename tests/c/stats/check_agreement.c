/* Agreement indices against R's multilevel (tests/golden/stats/agreement.R), and by hand where
 * others fail; summaries of many groups. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "golden_table.h"
#include "stats/agreement/agreement.h"
#include "support.h"

Suite *agreement_suite(void);

enum { MOST_ITEMS = 16, MOST_OPTIONS = 7, MOST_GROUPS = 128 };

static const agreement_scale five = {1, 5};

/* ---- Golden values ---- */

/* A group of the table of counts, read from row `*r` on, which moves behind it. */
typedef struct counted_group {
    const char *data, *group;
    agreement_scale scale;
    size_t items;
    uint32_t counts[MOST_ITEMS * MOST_OPTIONS];
} counted_group;

static counted_group read_group(const golden_rows *g, size_t *r)
{
    counted_group c = {g->cells[*r * g->columns], g->cells[*r * g->columns + 2], {1, 0}, 0, {0}};
    c.scale.options = (int)golden_number(g, *r, 1);
    for (; *r < g->rows; ++*r) {
        const char *const *row = (const char *const *)g->cells + *r * g->columns;
        if (strcmp(row[0], c.data) != 0 || strcmp(row[2], c.group) != 0)
            break;
        for (int x = 0; x < c.scale.options; x++)
            c.counts[c.items * (size_t)c.scale.options + (size_t)x] = (uint32_t)golden_number(
                g, *r, 4 + (size_t)x);
        c.items++;
    }
    return c;
}

/* The same answers one by one, item by item. */
static size_t list_values(const uint32_t *counts, size_t items, agreement_scale scale,
                          double *values)
{
    size_t place = 0;
    for (size_t i = 0; i < items; i++)
        for (int x = scale.options; x--;)
            for (uint32_t k = 0; k < counts[i * (size_t)scale.options + (size_t)x]; k++)
                values[place++] = scale.low + x;
    return place / items;
}

static void compare_group(const golden_rows *wanted, const counted_group *c, const agreement *a,
                          const agreement *first)
{
    double uniform = agreement_null_variance(NULL_UNIFORM, c->scale.options);
    golden_expect(wanted, c->data, c->group, "rwg_j", agreement_against(a, uniform).rwg);
    golden_expect(wanted, c->data, c->group, "lindell", agreement_against(a, uniform).lindell);
    golden_expect(wanted, c->data, c->group, "ad_mean", a->ad_mean);
    golden_expect(wanted, c->data, c->group, "ad_median", a->ad_median);
    golden_expect(wanted, c->data, c->group, "awg_j", a->awg);
    golden_expect(wanted, c->data, c->group, "rwg", agreement_against(first, uniform).rwg);
    golden_expect(wanted, c->data, c->group, "ad_mean_first", first->ad_mean);
    if (c->scale.options == 5)
        golden_expect(wanted, c->data, c->group, "rwg_j_skew",
                      agreement_against(a, agreement_null_variance(NULL_SLIGHT_SKEW, 5)).rwg);
}

static void compare_summary(const golden_rows *wanted, const char *data, double *values,
                            size_t count)
{
    agreement_summary s = agreement_summarise(values, count, 0.7);
    ck_assert_uint_eq(s.groups + s.left_out, count);
    golden_expect(wanted, data, "0", "summary_groups", (double)s.groups);
    golden_expect(wanted, data, "0", "summary_mean", s.mean);
    golden_expect(wanted, data, "0", "summary_median", s.median);
    golden_expect(wanted, data, "0", "summary_quartile_low", s.quartile_low);
    golden_expect(wanted, data, "0", "summary_quartile_high", s.quartile_high);
    golden_expect(wanted, data, "0", "summary_share", s.share);
}

/* Every group of every data set, as counts (0) and as values (1). */
START_TEST(groups_against_multilevel)
{
    golden_rows wanted = golden_read("agreement.csv"), g = golden_read("agreement_counts.csv");
    double *values = malloc((1 << 16) * sizeof *values), of_groups[MOST_GROUPS];
    size_t count = 0, sets = 0;
    for (size_t r = 0; r < g.rows;) {
        counted_group c = read_group(&g, &r);
        agreement a = agreement_of_counts(c.counts, c.items, c.scale),
                  first = agreement_of_counts(c.counts, 1, c.scale);
        if (_i == 1) {
            size_t raters = list_values(c.counts, c.items, c.scale, values);
            a = agreement_of_values(values, c.items, raters, c.scale);
            first = agreement_of_values(values, 1, raters, c.scale);
        }
        compare_group(&wanted, &c, &a, &first);
        of_groups[count++] =
            agreement_against(&a, agreement_null_variance(NULL_UNIFORM, c.scale.options)).rwg;
        if (r == g.rows || strcmp(g.cells[r * g.columns], c.data) != 0) {
            compare_summary(&wanted, c.data, of_groups, count);
            count = 0;
            sets++;
        }
    }
    ck_assert_uint_eq(sets, 6);
    free(values);
    golden_free(&wanted);
    golden_free(&g);
}
END_TEST

/* ---- By hand ---- */

START_TEST(nulls_have_the_variance_of_their_probabilities)
{
    for (agreement_null null = NULL_SLIGHT_SKEW; null < AGREEMENT_NULLS; null++) {
        const double *p = agreement_null_probabilities(null);
        double sum = 0, mean = 0, squares = 0;
        for (int x = 1; x <= 5; x++) {
            sum += p[x - 1];
            mean += p[x - 1] * x;
            squares += p[x - 1] * x * x;
        }
        expect_near("sum", sum, 1, 1e-15);
        expect_near("variance", agreement_null_variance(null, 5), squares - mean * mean, 1e-12);
        ck_assert(isnan(agreement_null_variance(null, 7)));
    }
    ck_assert(agreement_null_variance(NULL_UNIFORM, 5) == 2
              && agreement_null_variance(NULL_UNIFORM, 7) == 4);
    ck_assert(isnan(agreement_null_variance(NULL_UNIFORM, 1))
              && isnan(agreement_null_variance(AGREEMENT_NULLS, 5)));
    ck_assert_ptr_null(agreement_null_probabilities(NULL_UNIFORM));
}
END_TEST

/* What one group of raters on one item of five options gives against the uniform null. */
static const struct {
    const char *name;
    uint32_t counts[5];
    unsigned notes, rwg_notes;
    double rwg, lindell, ad_mean, ad_median, awg;
    bool small;
} item_cases[] = {
    {"polarised", {2, 0, 0, 0, 2}, 0, AGREEMENT_BEYOND_NULL, 0, -5.0 / 3, 2, 2, -1, false},
    {"uniform", {4, 4, 4, 4, 4}, 0, AGREEMENT_BEYOND_NULL, 0, -1.0 / 19, 1.2, 1.2, 0, false},
    {"constant", {0, 0, 6, 0, 0}, 0, 0, 1, 1, 0, 0, 1, true},
    {"all at the low end", {5, 0, 0, 0, 0}, 0, 0, 1, 1, 0, 0, 1, true},
    {"all at the high end", {0, 0, 0, 0, 5}, 0, 0, 1, 1, 0, 0, 1, true},
    {"one off the end",
     {0, 0, 0, 1, 9},
     AGREEMENT_AWG_UNDEFINED,
     0,
     0.95,
     0.95,
     0.18,
     0.1,
     NAN,
     true},
    {"at the edge of a_wg", {3, 0, 0, 0, 1}, 0, AGREEMENT_BEYOND_NULL, 0, -1, 1.5, 1, -1, false},
    {"two raters",
     {0, 0, 1, 1, 0},
     AGREEMENT_AWG_UNDEFINED | AGREEMENT_AWG_FEW_RATERS,
     0,
     0.75,
     0.75,
     0.5,
     0.5,
     NAN,
     true},
    {"one rater",
     {0, 0, 1, 0, 0},
     AGREEMENT_ONE_RATER,
     AGREEMENT_ONE_RATER,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     false},
    {"no rater",
     {0, 0, 0, 0, 0},
     AGREEMENT_ONE_RATER,
     AGREEMENT_ONE_RATER,
     NAN,
     NAN,
     NAN,
     NAN,
     NAN,
     false},
    {"nearly equal", {0, 1, 4, 1, 0}, 0, 0, 0.8, 0.8, 1.0 / 3, 1.0 / 3, 1 - 0.8 / 4.8, true},
    {"median between",
     {3, 0, 0, 3, 0},
     0,
     AGREEMENT_BEYOND_NULL,
     0,
     -0.35,
     1.5,
     1.5,
     1 - 5.4 / 4.5,
     false},
};

START_TEST(one_item_by_hand)
{
    double values[32];
    for (int as_values = 0; as_values < 2; as_values++) {
        agreement a = agreement_of_counts(item_cases[_i].counts, 1, five);
        if (as_values) {
            size_t n = list_values(item_cases[_i].counts, 1, five, values);
            a = agreement_of_values(values, 1, n, five);
        }
        agreement_rwg r = agreement_against(&a, 2);
        ck_assert_msg(a.notes == item_cases[_i].notes && r.notes == item_cases[_i].rwg_notes,
                      "%s: notes %u and %u", item_cases[_i].name, a.notes, r.notes);
        expect_near(item_cases[_i].name, r.rwg, item_cases[_i].rwg, 1e-14);
        expect_near(item_cases[_i].name, r.lindell, item_cases[_i].lindell, 1e-14);
        expect_near(item_cases[_i].name, a.ad_mean, item_cases[_i].ad_mean, 1e-14);
        expect_near(item_cases[_i].name, a.ad_median, item_cases[_i].ad_median, 1e-14);
        expect_near(item_cases[_i].name, a.awg, item_cases[_i].awg, 1e-14);
        ck_assert_msg(a.ad_mean_small == item_cases[_i].small
                          && a.ad_median_small == item_cases[_i].small,
                      "%s: AD %d, %d", item_cases[_i].name, a.ad_mean_small, a.ad_median_small);
    }
}
END_TEST

/* A sixth of the options, 5/6 of a point, is small and a hair more is not, however many answers
 * there are. */
START_TEST(a_sixth_is_exact)
{
    for (uint32_t n = 1; n <= 4000; n += 37) {
        uint32_t at[5] = {5 * n, 0, 7 * n, 0, 0},
                 above[5] = {5 * n, 0, 7 * n - 1, 0, 0}; /* AD about the median 10/12 */
        agreement a = agreement_of_counts(at, 1, five), b = agreement_of_counts(above, 1, five);
        ck_assert_msg(a.ad_median_small && !b.ad_median_small, "%u raters", 12 * n);
        ck_assert(!a.ad_mean_small);
        uint32_t about_mean[5] = {0, n, 2 * n, 2 * n, n},
                 wider[5] = {0, n, 2 * n, 2 * n - 1, n + 1}; /* 30/36 */
        ck_assert_msg(agreement_of_counts(about_mean, 1, five).ad_mean_small, "%u raters", 6 * n);
        ck_assert_msg(!agreement_of_counts(wider, 1, five).ad_mean_small, "%u raters", 6 * n);
    }
}
END_TEST

START_TEST(items_and_nulls_at_the_edges)
{
    /* the second item is not defined for a_wg, the third has other raters */
    static const uint32_t counts[] = {1, 1, 1, 1, 1, 0, 0, 0, 1, 4, 0, 0, 3, 1, 0};
    agreement a = agreement_of_counts(counts, 2, five),
              uneven = agreement_of_counts(counts, 3, five);
    ck_assert(a.notes == AGREEMENT_AWG_LEFT_OUT && a.awg_items == 1);
    expect_near("a_wg", a.awg, 1 - 2 * 2.5 / 5, 1e-15);
    expect_near("variance", a.variance, (2.5 + 0.2) / 2, 1e-15);
    ck_assert(uneven.notes == AGREEMENT_UNEVEN && isnan(uneven.variance) && isnan(uneven.awg)
              && isnan(uneven.ad_mean));
    ck_assert(agreement_against(&uneven, 2).notes == AGREEMENT_UNEVEN);
    agreement none = agreement_of_counts(counts, 0, five);
    ck_assert(none.notes == AGREEMENT_ONE_RATER && isnan(none.variance));
    static const double no_null[] = {NAN, 0, -1};
    for (size_t i = 0; i < LENGTH(no_null); i++) {
        agreement_rwg r = agreement_against(&a, no_null[i]);
        ck_assert(r.notes == AGREEMENT_NO_NULL && isnan(r.rwg) && isnan(r.lindell));
    }
    agreement_rwg one = agreement_against(&(agreement){.items = 3, .variance = 2},
                                          2); /* as much as by chance */
    ck_assert(one.rwg == 0 && one.lindell == 0 && one.notes == 0);
}
END_TEST

/* ---- Many groups ---- */

START_TEST(summaries_at_the_edges)
{
    double values[] = {NAN, 0.7, 0.7 - 1e-14, NAN, 0.69999, 1}, none[] = {NAN, NAN}, one[] = {0.5};
    agreement_summary s = agreement_summarise(values, LENGTH(values), 0.7);
    ck_assert(s.groups == 4 && s.left_out == 2 && s.share == 0.75);
    expect_near("mean", s.mean, (2.1 + 0.99999) / 4, 1e-14);
    s = agreement_summarise(none, 2, 0.7);
    ck_assert(s.groups == 0 && s.left_out == 2 && isnan(s.mean) && isnan(s.median)
              && isnan(s.share));
    s = agreement_summarise(one, 1, 0.7);
    ck_assert(s.mean == 0.5 && s.median == 0.5 && s.quartile_low == 0.5 && s.quartile_high == 0.5
              && s.share == 0);
}
END_TEST

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

START_TEST(sorting)
{
    uint64_t seed = 3;
    double values[500], wanted[500];
    for (int round = 0; round < rounds(2000); round++) {
        size_t n = random_below(&seed, round % 10 ? 60 : 500);
        for (size_t i = 0; i < n; i++)
            values[i] = wanted[i] = random_below(&seed, round % 3 ? 5 : 100000) / 7.0;
        qsort(wanted, n, sizeof *wanted, compare_doubles);
        agreement_sort(values, n);
        ck_assert_msg(n == 0 || memcmp(values, wanted, n * sizeof *values) == 0,
                      "round %d: not sorted", round);
    }
}
END_TEST

static double seconds_for(const uint32_t *counts, size_t groups, double *values)
{
    double best = INFINITY;
    for (int round = 0; round < 3; round++) {
        clock_t start = clock();
        for (size_t g = 0; g < groups; g++) {
            agreement a = agreement_of_counts(counts + g * 35, 7, five);
            values[g] = agreement_against(&a, 2).rwg;
        }
        agreement_summarise(values, groups, 0.7);
        best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
}

/* 100,000 groups take no memory of their own, and not more than their share of time. */
START_TEST(many_groups)
{
    size_t groups = (size_t)rounds(100000);
    uint32_t *counts = calloc(groups * 35, sizeof *counts);
    double *values = malloc(groups * sizeof *values);
    uint64_t seed = 8;
    for (size_t g = 0; g < groups; g++)
        for (size_t answer = 0; answer < 7 * 10; answer++)
            counts[g * 35 + answer % 7 * 5 + random_below(&seed, 5)]++;
    heap_start();
    heap_fail(0, 0);
    double few = seconds_for(counts, groups / 16, values),
           all = seconds_for(counts, groups, values);
    ck_assert_int_eq(heap_asked(), 0);
    heap_stop();
    ck_assert_msg(all <= 16 * 4 * few + 0.02, "%zu groups take %g s, a sixteenth of them %g s",
                  groups, all, few);
    free(counts);
    free(values);
}
END_TEST

Suite *agreement_suite(void)
{
    Suite *suite = suite_create("agreement");
    TCase *groups = tcase_create("groups");
    tcase_set_timeout(groups, 30);
    tcase_add_loop_test(groups, groups_against_multilevel, 0, 2);
    tcase_add_test(groups, nulls_have_the_variance_of_their_probabilities);
    tcase_add_loop_test(groups, one_item_by_hand, 0, (int)LENGTH(item_cases));
    tcase_add_test(groups, a_sixth_is_exact);
    tcase_add_test(groups, items_and_nulls_at_the_edges);
    tcase_add_test(groups, summaries_at_the_edges);
    tcase_add_test(groups, sorting);
    tcase_add_test(groups, many_groups);
    suite_add_tcase(suite, groups);
    return suite;
}
