/* Rank tests, tests of means and the random intercept: by hand, by counting all cases, by
 * identities between them. What R makes of whole surveys is in golden/changes. */
#include <math.h>
#include <stdio.h>

#include "stats/intervals/differences.h"
#include "stats/numbers/ranks.h"
#include "stats/tests/kruskal.h"
#include "stats/tests/mann_whitney.h"
#include "stats/tests/signed_rank.h"
#include "stats/variance/random_intercept.h"
#include "support.h"

Suite *ranks_suite(void);

/* ---- Ranks ---- */

START_TEST(equal_values_share_ranks)
{
    static const double values[] = {3, 1, 3, 2, 3, 1};
    static const double wanted[] = {5, 1.5, 5, 3, 5, 1.5};
    double ranks[6], ties;
    ck_assert(ranks_find(values, 6, ranks, &ties));
    for (int i = 0; i < 6; i++)
        ck_assert_double_eq(ranks[i], wanted[i]);
    ck_assert_double_eq(ties, 24 + 6);
    ck_assert(ranks_find(values, 0, ranks, &ties));
    ck_assert_double_eq(ties, 0);
}
END_TEST

/* ---- Signed ranks: the exact p is what counting all signs gives ---- */

static double p_of_all_signs(const double *ranks, int n, double statistic)
{
    double away = fabs(statistic - n * (n + 1) / 4.0);
    int as_far = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
        double sum = 0;
        for (int i = 0; i < n; i++)
            sum += signs >> i & 1 ? ranks[i] : 0;
        as_far += fabs(sum - n * (n + 1) / 4.0) >= away;
    }
    return as_far / (double)(1 << n);
}

START_TEST(signed_ranks_by_counting)
{
    uint64_t seed = 5;
    for (int n = 1; n <= 11; n++)
        for (int repeat = 0; repeat < 8; repeat++) {
            double differences[11], ranks[11];
            signed_rank s;
            for (int i = 0; i < n; i++) {
                differences[i] = (random_below(&seed, 2) ? 1 : -1) * (1.25 * i + 1);
                ranks[i] = i + 1;
            }
            ck_assert(signed_rank_test(differences, (size_t)n, &s));
            ck_assert(s.exact);
            expect_near("p", s.p, p_of_all_signs(ranks, n, s.statistic), 1e-13);
        }
}
END_TEST

START_TEST(signed_ranks_by_hand)
{
    /* zeros go; sizes 1 1 2 2.5 3 4 4 have ranks 1.5 1.5 3 4 5 6.5 6.5; one is negative */
    static const double tied[] = {0, 1, 2, 3, 4, 4, -1, 2.5, 0}, zeros[] = {0, 0};
    signed_rank s;
    ck_assert(signed_rank_test(tied, 9, &s));
    ck_assert_uint_eq(s.n, 7);
    ck_assert_uint_eq(s.zeros, 2);
    ck_assert(!s.exact);
    ck_assert_double_eq(s.statistic, 26.5);
    expect_near("biserial", s.biserial, (26.5 - 1.5) / 28, 1e-15);
    expect_near("p of wilcox.test", s.p, 0.04178516840392213, 1e-13);
    ck_assert(signed_rank_test(zeros, 2, &s));
    ck_assert_double_nan(s.p);
    ck_assert_double_nan(s.biserial);
}
END_TEST

/* ---- Two samples ---- */

/* All ways to choose who of m + n is in the second sample. */
static double p_of_all_choices(int m, int n, double statistic)
{
    int all = 0, as_far = 0;
    for (int chosen = 0; chosen < 1 << (m + n); chosen++) {
        int sum = 0, count = 0;
        for (int i = 0; i < m + n; i++)
            if (chosen >> i & 1) {
                sum += i + 1;
                count++;
            }
        if (count != n)
            continue;
        all++;
        as_far += fabs(sum - n * (n + 1) / 2 - m * n / 2.0) >= fabs(statistic - m * n / 2.0);
    }
    return as_far / (double)all;
}

START_TEST(two_samples_by_counting)
{
    uint64_t seed = 9;
    for (int m = 1; m <= 6; m++)
        for (int n = 1; n <= 6; n++) {
            double values[2][12];
            int count[2] = {0, 0}, pairs = 0;
            mann_whitney w;
            for (int i = 0; i < m + n; i++) {
                int which = count[0] == m || (count[1] < n && random_below(&seed, 2));
                values[which][count[which]++] = i * 0.7;
            }
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                    pairs += values[1][j] > values[0][i];
            ck_assert(mann_whitney_test(values[0], (size_t)m, values[1], (size_t)n, &w));
            ck_assert(w.exact);
            ck_assert_double_eq(w.statistic, pairs);
            expect_near("delta", w.delta, 2.0 * pairs / (m * n) - 1, 1e-15);
            expect_near("p", w.p, p_of_all_choices(m, n, w.statistic), 1e-13);
        }
}
END_TEST

START_TEST(two_samples_of_r)
{
    static const double first[] = {1, 2, 2, 5}, second[] = {2, 3, 7, 7, 1}, equal[] = {4, 4, 4};
    double even[45], odd[45];
    mann_whitney w;
    ck_assert(mann_whitney_test(first, 4, second, 5, &w));
    ck_assert(!w.exact);
    expect_near("with ties", w.p, 0.4508870310251702, 1e-13);
    for (int i = 0; i < 45; i++) {
        even[i] = i * 1.01;
        odd[i] = i * 1.37 + 3;
    }
    ck_assert(mann_whitney_test(even, 45, odd, 45, &w));
    ck_assert(w.exact);
    expect_near("the largest exact ones", w.p, 0.00383897584835756, 1e-12);
    ck_assert(mann_whitney_test(equal, 3, equal, 2, &w));
    ck_assert_double_nan(w.p);
    ck_assert_double_eq(w.delta, 0);
    ck_assert(mann_whitney_test(equal, 0, equal, 3, &w));
    ck_assert_double_nan(w.p);
    ck_assert_double_nan(w.delta);
}
END_TEST

/* ---- Several samples ---- */

static const double mucus[] = {2.9, 3, 2.5, 2.6, 3.2, 3.8, 2.7, 4, 2.4, 2.8, 3.4, 3.7, 2.2, 2, 2.9};
static const uint32_t mucus_group[] = {0, 0, 0, 0, 0, 1, 1, 1,
                                       1, 3, 3, 3, 3, 3, 3}; /* 2 is empty */

START_TEST(several_samples)
{
    rank_test t;
    group_summary groups[4] = {{0}};
    size_t left_out;
    welch_anova a;
    ck_assert(kruskal_test(mucus, mucus_group, 15, 4, &t));
    ck_assert_uint_eq(t.groups, 3);
    expect_near("H of kruskal.test", t.statistic, 0.6423971377459815, 1e-13);
    expect_near("its p", t.p, 0.7252792188133775, 1e-13);
    groups[0] = group_of_values(mucus, 5);
    groups[1] = group_of_values(mucus + 5, 4);
    groups[3] = group_of_values(mucus + 9, 6);
    a = welch_anova_of(groups, 4, &left_out);
    ck_assert_uint_eq(left_out, 0);
    expect_near("F of oneway.test", a.f, 0.3940596399988843, 1e-12);
    expect_near("its df", a.df_within, 6.121207684048640, 1e-12);
    expect_near("its p", a.p, 0.6902659178682014, 1e-12);
    groups[2] = (group_summary){1, 9, 0};
    a = welch_anova_of(groups, 4, &left_out);
    ck_assert_uint_eq(left_out, 1);
    expect_near("a group of one has no place", a.f, 0.3940596399988843, 1e-12);
    a = welch_anova_of(groups, 1, &left_out);
    ck_assert_double_nan(a.f);
    ck_assert(kruskal_test(mucus, mucus_group, 5, 4, &t)); /* one sample */
    ck_assert_double_nan(t.p);
}
END_TEST

START_TEST(people_of_one_mind)
{
    static const double agreed[] = {1, 2, 5, 3, 3.5, 4, 1, 4, 5}, equal[] = {2, 2, 2, 3, 3, 3},
                        opposed[] = {1, 2, 3, 3, 2, 1};
    rank_test t;
    ck_assert(friedman_test(agreed, 3, 3, &t));
    expect_near("n (k - 1)", t.statistic, 6, 1e-14);
    expect_near("p", t.p, exp(-3), 1e-13);
    expect_near("Kendall's W", t.effect, 1, 1e-14);
    ck_assert(friedman_test(opposed, 2, 3, &t));
    ck_assert_double_eq(t.statistic, 0);
    ck_assert_double_eq(t.p, 1);
    ck_assert(friedman_test(equal, 2, 3, &t));
    ck_assert_double_nan(t.p);
    ck_assert(friedman_test(equal, 0, 3, &t));
    ck_assert_double_nan(t.p);
}
END_TEST

/* ---- Means ---- */

START_TEST(welch_of_r)
{
    group_summary x = group_of_values(mucus, 5), y = group_of_values(mucus + 5, 4), two[2],
                  one = {1, 3, 0};
    mean_test t = welch_difference(&x, &y), back = welch_difference(&y, &x);
    size_t left_out;
    two[0] = x;
    two[1] = y;
    welch_anova a = welch_anova_of(two, 2, &left_out);
    expect_near("se of t.test", t.se, 0.4170031974297878, 1e-13);
    expect_near("its df", t.df, 3.6362570525051519, 1e-13);
    expect_near("its p", t.p, 0.4129632429855400, 1e-12);
    ck_assert_double_eq(back.difference, -t.difference);
    ck_assert_double_eq(back.p, t.p);
    expect_near("F is t squared", a.f, t.difference / t.se * t.difference / t.se, 1e-13);
    expect_near("with the same df", a.df_within, t.df, 1e-13);
    t = welch_difference(&x, &one);
    ck_assert_double_nan(t.p);
    expect_near("the difference stands", t.difference, 3 - x.mean, 1e-15);
}
END_TEST

/* People of one value each are clusters of one: the error is Welch's, the df those of equal
 * variances. */
START_TEST(clusters_of_one)
{
    group_summary x = group_of_values(mucus, 5), y = group_of_values(mucus + 5, 4);
    cluster_error errors[2];
    const group_summary *both[2] = {&x, &y};
    for (int w = 0; w < 2; w++) {
        mean_clusters c = {.n = both[w]->n, .mean = both[w]->mean};
        for (int i = 0; i < (int)both[w]->n; i++)
            mean_clusters_add(&c, 1, mucus[5 * w + i]);
        errors[w] = mean_clusters_error(&c, CLUSTER_CR2);
    }
    mean_test t = clustered_difference(&x, errors[0], &y, errors[1]);
    expect_near("se", t.se, 0.4170031974297878, 1e-13);
    expect_near("df", t.df, 0.45 * 0.45 / (0.04 / 4 + 0.0625 / 3), 1e-13);
}
END_TEST

START_TEST(correction_of_hedges)
{
    /* G(5)/(sqrt(5) G(4.5)) with G(4.5) = 105 sqrt(pi)/16; at 2, G(1)/G(1/2) */
    expect_near("10", hedges_correction(10), 24 / (sqrt(5) * 105 * sqrt(acos(-1)) / 16), 1e-14);
    expect_near("2", hedges_correction(2), 1 / sqrt(acos(-1)), 1e-14);
    expect_near("many", hedges_correction(1e8), 1 - 3 / (4e8 - 1), 1e-15);
    ck_assert_double_nan(hedges_correction(1));
    ck_assert_double_nan(hedges_correction(-1));
}
END_TEST

/* ---- The random intercept ---- */

static const wave_sums partly[] = {{{1, 1}, {3, 4}},   {{1, 1}, {2.5, 2.75}}, {{1, 0}, {4, 0}},
                                   {{0, 1}, {0, 4.5}}, {{1, 1}, {3.5, 3}},    {{0, 1}, {0, 2}},
                                   {{1, 1}, {4.25, 5}}};

static double within_of(const wave_sums *people, size_t count)
{
    double within = 0;
    for (size_t i = 0; i < count; i++)
        if (people[i].n[0] > 0 && people[i].n[1] > 0)
            within += (people[i].sum[0] - people[i].sum[1]) * (people[i].sum[0] - people[i].sum[1])
                      / 2;
    return within;
}

START_TEST(intercepts_of_lmer)
{
    wave_sums people[7], backwards[7];
    random_intercept fit, again;
    for (int i = 0; i < 7; i++)
        people[i] = backwards[6 - i] = partly[i];
    ck_assert(random_intercept_fit(people, 7, within_of(partly, 7), &fit));
    ck_assert(random_intercept_fit(backwards, 7, within_of(partly, 7), &again));
    ck_assert_uint_eq(fit.notes, 0);
    expect_near("change", fit.change, 0.295883575, 1e-6);
    expect_near("se", fit.se, 0.324764718, 1e-6);
    expect_near("df of lmerTest", fit.df, 3.22867244809, 1e-6);
    expect_near("tau2", fit.tau2, 0.7970986, 1e-6);
    expect_near("REML criterion", fit.criterion, 26.3356089883, 1e-10);
    ck_assert_double_eq(fit.change, again.change);
    ck_assert_double_eq(fit.df, again.df);
}
END_TEST

/* Where all are in both waves and people differ, it is the paired t test; where they do not, least
 * squares. */
START_TEST(intercepts_of_pairs)
{
    wave_sums pairs[5] = {{{1, 1}, {3, 4}},
                          {{1, 1}, {2.5, 2.75}},
                          {{1, 1}, {4.5, 4}},
                          {{1, 1}, {1, 2}},
                          {{1, 1}, {5, 5.5}}};
    wave_sums crossed[4] = {{{1, 1}, {1, 4}}, {{1, 1}, {4, 1}}, {{1, 1}, {2, 3}}, {{1, 1}, {3, 3}}};
    random_intercept fit;
    double squares = 0.55 * 0.55 + 0.2 * 0.2 + 0.95 * 0.95 + 0.55 * 0.55
                     + 0.05 * 0.05; /* of rises about their mean, 0.45 */
    ck_assert(random_intercept_fit(pairs, 5, within_of(pairs, 5), &fit));
    ck_assert_uint_eq(fit.notes, 0);
    expect_near("change", fit.change, 0.45, 1e-9);
    expect_near("se", fit.se, sqrt(squares / 4 / 5), 1e-7);
    expect_near("df", fit.df, 4, 1e-6);
    ck_assert(random_intercept_fit(crossed, 4, within_of(crossed, 4), &fit));
    ck_assert_uint_eq(fit.notes, INTERCEPT_BOUNDARY);
    expect_near("least squares", fit.change, 0.25, 1e-12);
    expect_near("their error", fit.se, sqrt((5 + 4.75) / 6 * (0.25 + 0.25)), 1e-12);
    ck_assert_double_eq(fit.df, 6);
}
END_TEST

START_TEST(intercepts_that_are_none)
{
    wave_sums early[3] = {{{1, 0}, {3, 0}}, {{1, 0}, {2, 0}}, {{2, 0}, {5, 0}}},
              single[3] = {{{1, 0}, {3, 0}}, {{0, 1}, {0, 2}}, {{0, 1}, {0, 5}}};
    wave_sums steady[3] = {{{1, 1}, {3, 4}}, {{1, 1}, {2, 3}}, {{1, 1}, {4, 5}}};
    random_intercept fit;
    ck_assert(random_intercept_fit(early, 3, 0.5, &fit));
    ck_assert_uint_eq(fit.notes, INTERCEPT_UNIDENTIFIED);
    ck_assert(random_intercept_fit(single, 3, 0, &fit));
    ck_assert_uint_eq(fit.notes, INTERCEPT_UNIDENTIFIED);
    ck_assert(random_intercept_fit(steady, 3, within_of(steady, 3), &fit));
    ck_assert_uint_eq(fit.notes, INTERCEPT_NO_RESIDUAL);
    ck_assert_double_nan(fit.change);
    ck_assert(random_intercept_fit(NULL, 0, 0, &fit));
    ck_assert_uint_eq(fit.notes, INTERCEPT_UNIDENTIFIED);
}
END_TEST

Suite *ranks_suite(void)
{
    Suite *suite = suite_create("ranks");
    TCase *ranks = tcase_create("ranks");
    tcase_add_test(ranks, equal_values_share_ranks);
    tcase_add_test(ranks, signed_ranks_by_counting);
    tcase_add_test(ranks, signed_ranks_by_hand);
    tcase_add_test(ranks, two_samples_by_counting);
    tcase_add_test(ranks, two_samples_of_r);
    tcase_add_test(ranks, several_samples);
    tcase_add_test(ranks, people_of_one_mind);
    tcase_add_test(ranks, welch_of_r);
    tcase_add_test(ranks, clusters_of_one);
    tcase_add_test(ranks, correction_of_hedges);
    tcase_add_test(ranks, intercepts_of_lmer);
    tcase_add_test(ranks, intercepts_of_pairs);
    tcase_add_test(ranks, intercepts_that_are_none);
    suite_add_tcase(suite, ranks);
    return suite;
}
