/* Statistics on plain arrays: scores of ties, moments, weighted moments, quantiles of Student's t.
 * The oracles are naive formulas in exact or longer arithmetic, and R's qt. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/intervals/intervals.h"
#include "stats/measures/scores.h"
#include "stats/numbers/moments.h"
#include "support.h"

Suite *stats_suite(void);

/* ---- Scores of ties ---- */

/* The mean of the answers first … end - 1 that are there, NaN when fewer than least. */
static double naive_mean(const int8_t answers[7], int first, int end, int least)
{
    int sum = 0, count = 0;
    for (int i = first; i < end; i++) {
        sum += answers[i];
        count += answers[i] > 0;
    }
    return count >= least && count > 0 ? (double)sum / count : NAN;
}

/* For min_share 0, 0.5 and 1: the answered items that rc, communication and relationship ask
 * for. */
static const struct {
    double min_share;
    int least[3];
} share_cases[] = {{0, {1, 1, 1}}, {0.5, {4, 2, 2}}, {1, {7, 4, 3}}};

START_TEST(all_patterns_of_answers)
{
    static const int first[] = {0, 0, 4}, end[] = {7, 4, 7};
    static const char *const names[] = {"rc", "communication", "relationship"};
    for (int pattern = 0; pattern < 279936; pattern += 279936 / rounds(279936)) { /* 6^7 */
        int8_t answers[7];
        double scores[3];
        for (int i = 0, rest = pattern; i < 7; i++, rest /= 6)
            answers[i] = (int8_t)(rest % 6);
        ck_assert_int_eq(relcoord_score_answers(answers, 7, share_cases[_i].min_share, scores),
                         RELCOORD_OK);
        for (int s = 0; s < 3; s++) {
            double wanted = naive_mean(answers, first[s], end[s], share_cases[_i].least[s]);
            if (!(scores[s] == wanted || (isnan(scores[s]) && isnan(wanted))))
                ck_abort_msg("%d%d%d%d%d%d%d at %g: %s %.17g, expected %.17g", answers[0],
                             answers[1], answers[2], answers[3], answers[4], answers[5], answers[6],
                             share_cases[_i].min_share, names[s], scores[s], wanted);
        }
    }
}
END_TEST

START_TEST(wrong_answers_are_refused)
{
    static const struct {
        int8_t answer;
        size_t n;
        double min_share;
    } cases[] = {{6, 7, 0.5}, {-1, 7, 0.5},  {127, 7, 0.5}, {3, 6, 0.5}, {3, 8, 0.5},
                 {3, 0, 0.5}, {3, 7, -0.01}, {3, 7, 1.01},  {3, 7, NAN}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        int8_t answers[8] = {1, 1, 1, cases[i].answer, 1, 1, 1, 1};
        double scores[3] = {-7, -8, -9};
        ck_assert_msg(relcoord_score_answers(answers, cases[i].n, cases[i].min_share, scores)
                          == RELCOORD_EUSAGE,
                      "case %zu was taken", i);
        ck_assert_msg(scores[0] == -7 && scores[1] == -8 && scores[2] == -9,
                      "case %zu wrote scores", i);
    }
    ck_assert_int_eq(relcoord_score_answers(NULL, 7, 0.5, (double[3]){0}), RELCOORD_EUSAGE);
    ck_assert_int_eq(relcoord_score_answers((int8_t[7]){0}, 7, 0.5, NULL), RELCOORD_EUSAGE);
}
END_TEST

/* The share is a ratio p/q, so that what it asks for is known in whole numbers. */
START_TEST(least_answered_items)
{
    for (int q = 1; q <= rounds(120); q++)
        for (int p = 0; p <= q; p++)
            for (int items = 1; items <= MOST_SCORE_ITEMS; items++) {
                int wanted = (p * items + q - 1) / q,
                    got = scores_least_answered((double)p / q, items);
                wanted = wanted < 1 ? 1 : wanted;
                ck_assert_msg(got == wanted, "%d/%d of %d items: %d, expected %d", p, q, items, got,
                              wanted);
            }
    for (int items = 1; items <= MOST_SCORE_ITEMS; items++)
        for (int least = 1; least <= items; least++) {
            char written[8]; /* as a user would write it, in two decimals rounded up */
            snprintf(written, sizeof written, "%d", (100 * least + items - 1) / items);
            ck_assert_int_ge(scores_least_answered(strtod(written, NULL) / 100, items), least);
        }
}
END_TEST

/* ---- Moments of whole numbers ---- */

/* In whole numbers about the first value, exact up to the last division and the root. */
static void exact_moments(const int64_t *values, size_t n, double *mean, double *sd)
{
    int64_t count = (int64_t)n, sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += values[i] - values[0];
        squares += (values[i] - values[0]) * (values[i] - values[0]);
    }
    *mean = (double)(sum + count * values[0]) / (double)count;
    *sd = sqrt((double)(count * squares - sum * sum) / (double)(count * (count - 1)));
}

START_TEST(moments_against_whole_numbers)
{
    enum { MOST = 4000 };
    int64_t *values = malloc(MOST * sizeof *values);
    uint64_t seed = 5;
    for (int round = 0; round < rounds(300); round++) {
        size_t n = 2 + random_below(&seed, round % 10 ? 40 : MOST - 2),
               half = random_below(&seed, (uint32_t)n + 1);
        int64_t offset = round % 3 == 0 ? 0 : (int64_t)random_below(&seed, 100000) - 50000;
        uint32_t width = 1 + random_below(&seed, round % 2 ? 2101 : 3);
        moments all = {0}, front = {0}, back = {0};
        double mean, sd;
        for (size_t i = 0; i < n; i++) {
            values[i] = offset + random_below(&seed, width);
            moments_add(&all, values[i]);
            moments_add(i < half ? &front : &back, values[i]);
        }
        exact_moments(values, n, &mean, &sd);
        ck_assert_msg(moments_mean(&all, 1) == mean, "round %d: mean %.17g, expected %.17g", round,
                      moments_mean(&all, 1), mean);
        ck_assert_msg(fabs(moments_sd(&all, 1) - sd) <= 4e-16 * sd,
                      "round %d: sd %.17g, expected %.17g", round, moments_sd(&all, 1), sd);
        expect_near("sd in units", moments_sd(&all, 420) * 420, sd, 1e-15);
        moments_merge(&back, &front);
        ck_assert_msg(memcmp(&all, &back, sizeof all) == 0, "round %d: merged is not the whole",
                      round);
    }
    free(values);
}
END_TEST

/* One value among many: what is taken off must not drown what is left. */
START_TEST(moments_of_one_among_many)
{
    for (int64_t n = 10; n <= 1000000000; n *= 10)
        for (int64_t other = -2000; other <= 2000; other += 1000) {
            moments m = {n, n * 2100 + other, n * 2100 * 2100 + 2 * 2100 * other + other * other};
            double share = 1 / (double)n,
                   wanted = fabs((double)other)
                            * sqrt(share * (1 - share) * (double)n / (double)(n - 1));
            double got = moments_sd(&m, 1);
            ck_assert_msg(fabs(got - wanted) <= 1e-14 * wanted,
                          "one of %lld off by %lld: sd %.17g, expected %.17g", (long long)n,
                          (long long)other, got, wanted);
        }
}
END_TEST

START_TEST(equal_values_have_no_spread)
{
    for (int64_t value = 60; value <= 2100; value += 30) {
        moments m = {0};
        for (int n = 1; n <= 200; n++) {
            moments_add(&m, value);
            ck_assert_msg(n < 2 ? isnan(moments_sd(&m, 420)) : moments_sd(&m, 420) == 0,
                          "%d times %lld: sd %g", n, (long long)value, moments_sd(&m, 420));
            ck_assert(moments_mean(&m, 420) == (double)value / 420);
        }
    }
    ck_assert(isnan(moments_sd(&(moments){0}, 1)));
}
END_TEST

/* ---- Sums and weighted moments ---- */

START_TEST(totals_carry_what_is_lost)
{
    static const double values[] = {1, 1e100, 1, -1e100, 1e-20, 3e16, 1, -3e16};
    total t = {0};
    for (size_t i = 0; i < LENGTH(values); i++)
        total_add(&t, values[i]);
    ck_assert_msg(total_value(&t) == 3, "%.17g, expected 3", total_value(&t));
    t = (total){0};
    for (int i = 0; i < 1000000; i++)
        total_add(&t, 0.1);
    expect_near("a million tenths", total_value(&t), 100000, 1e-16);
}
END_TEST

static weighted_moments weigh(const double (*pairs)[2], size_t count, double centre, double scale)
{
    weighted_moments m = {.centre = centre};
    for (size_t i = 0; i < count; i++)
        weighted_moments_add(&m, pairs[i][0] * scale, pairs[i][1]);
    return m;
}

START_TEST(weighted_moments_by_hand)
{
    /* mean 9/4; S w d^2 = 4.75, S w^2 d^2 = 4.875; sd^2 = 3/2 * 4.75/4, se^2 = 3/2 * 4.875 / 16 */
    static const double pairs[][2] = {{1, 1}, {2, 2}, {1, 4}};
    static const double centres[] = {0, 2.25, 3, -1},
                        scales[] = {1, 0x1p-300, 0x1p300, 1e-100, 1e100};
    for (size_t c = 0; c < LENGTH(centres); c++)
        for (size_t s = 0; s < LENGTH(scales); s++) {
            weighted_moments m = weigh(pairs, 3, centres[c], scales[s]);
            expect_near("mean", weighted_moments_mean(&m), 2.25, 1e-15);
            expect_near("sd", weighted_moments_sd(&m), sqrt(1.78125), 1e-14);
            expect_near("se", weighted_moments_se(&m), sqrt(7.3125) / 4, 1e-14);
        }
}
END_TEST

START_TEST(weighted_moments_at_the_edges)
{
    static const double equal[][2] = {{1, 3.5}, {0.25, 3.5}, {7, 3.5}},
                        plain[][2] = {{1, 1}, {1, 2}, {1, 4}, {1, 4}}, one[][2] = {{2, 3}};
    weighted_moments m = weigh(equal, 3, 3.5, 1);
    ck_assert(weighted_moments_mean(&m) == 3.5 && weighted_moments_sd(&m) == 0
              && weighted_moments_se(&m) == 0);
    m = weigh(plain, 4, 2.75, 1); /* equal weights: the plain mean, sd and sd/sqrt(n) */
    expect_near("mean", weighted_moments_mean(&m), 2.75, 1e-15);
    expect_near("sd", weighted_moments_sd(&m), 1.5, 1e-15);
    expect_near("se", weighted_moments_se(&m), 0.75, 1e-15);
    m = weigh(one, 1, 3, 1);
    ck_assert(weighted_moments_mean(&m) == 3 && isnan(weighted_moments_sd(&m))
              && isnan(weighted_moments_se(&m)));
}
END_TEST

/* ---- Student's t ---- */

/* R 4.2: sprintf("%.17g", qt((1 - confidence) / 2, df, lower.tail = FALSE)) */
static const struct {
    double confidence, df, reach;
} student_cases[] = {
    {0.5, 0.5, 1.5537739740300793},
    {0.5, 0.75, 1.1517054185901401},
    {0.5, 1, 1},
    {0.5, 1.5, 0.87259466254157103},
    {0.5, 2, 0.81649658092772592},
    {0.5, 2.5, 0.78501368299229679},
    {0.5, 3, 0.76489232840434518},
    {0.5, 4.7000000000000002, 0.73022778124654675},
    {0.5, 7, 0.71114177808178658},
    {0.5, 10, 0.69981206131243168},
    {0.5, 29.300000000000001, 0.6829553230276495},
    {0.5, 100, 0.67695104301147091},
    {0.5, 1234.5, 0.67468853457290467},
    {0.5, 100000, 0.6744922035532922},
    {0.5, 10000000, 0.67448977472957516},
    {0.5, 1000000000, 0.67448975044141657},
    {0.80000000000000004, 0.5, 10.270324410234281},
    {0.80000000000000004, 0.75, 4.4757794761590191},
    {0.80000000000000004, 1, 3.0776835371752544},
    {0.80000000000000004, 1.5, 2.1963984175655376},
    {0.80000000000000004, 2, 1.8856180831641269},
    {0.80000000000000004, 2.5, 1.7302509288071761},
    {0.80000000000000004, 3, 1.6377443536962091},
    {0.80000000000000004, 4.7000000000000002, 1.4901550815168019},
    {0.80000000000000004, 7, 1.4149239276505086},
    {0.80000000000000004, 10, 1.3721836411103356},
    {0.80000000000000004, 29.300000000000001, 1.3111205919858124},
    {0.80000000000000004, 100, 1.2900747613465124},
    {0.80000000000000004, 1234.5, 1.2822377116633763},
    {0.80000000000000004, 100000, 1.2815600314493614},
    {0.80000000000000004, 10000000, 1.2815516502030833},
    {0.80000000000000004, 1000000000, 1.2815515663911856},
    {0.90000000000000002, 0.5, 41.136000092879868},
    {0.90000000000000002, 0.75, 11.390385519052728},
    {0.90000000000000002, 1, 6.3137515146750447},
    {0.90000000000000002, 1.5, 3.7051808200967518},
    {0.90000000000000002, 2, 2.919985580353726},
    {0.90000000000000002, 2.5, 2.5582186141359462},
    {0.90000000000000002, 3, 2.3533634348018255},
    {0.90000000000000002, 4.7000000000000002, 2.0438110930137876},
    {0.90000000000000002, 7, 1.8945786050900071},
    {0.90000000000000002, 10, 1.8124611228116765},
    {0.90000000000000002, 29.300000000000001, 1.6985533811280289},
    {0.90000000000000002, 100, 1.6602343260853236},
    {0.90000000000000002, 1234.5, 1.6460888802690197},
    {0.90000000000000002, 100000, 1.6448688647849694},
    {0.90000000000000002, 10000000, 1.6448537793284015},
    {0.90000000000000002, 1000000000, 1.6448536284752417},
    {0.94999999999999996, 0.5, 164.55767348049446},
    {0.94999999999999996, 0.75, 28.746385496646923},
    {0.94999999999999996, 1, 12.706204736174694},
    {0.94999999999999996, 1.5, 6.0166631044279288},
    {0.94999999999999996, 2, 4.3026527297494619},
    {0.94999999999999996, 2.5, 3.5746548420036919},
    {0.94999999999999996, 3, 3.1824463052837078},
    {0.94999999999999996, 4.7000000000000002, 2.6207260753531694},
    {0.94999999999999996, 7, 2.3646242515927844},
    {0.94999999999999996, 10, 2.2281388519862739},
    {0.94999999999999996, 29.300000000000001, 2.0443204215001405},
    {0.94999999999999996, 100, 1.9839715185235516},
    {0.94999999999999996, 1234.5, 1.9618874833313451},
    {0.94999999999999996, 100000, 1.9599877075346088},
    {0.94999999999999996, 10000000, 1.9599642217672049},
    {0.94999999999999996, 1000000000, 1.9599639869123249},
    {0.98999999999999999, 0.5, 4113.9645888042269},
    {0.98999999999999999, 0.75, 245.84812738651746},
    {0.98999999999999999, 1, 63.656741162871526},
    {0.98999999999999999, 1.5, 17.820310514462797},
    {0.98999999999999999, 2, 9.9248432009182892},
    {0.98999999999999999, 2.5, 7.1637281389488026},
    {0.98999999999999999, 3, 5.8409093097333544},
    {0.98999999999999999, 4.7000000000000002, 4.1678920401190576},
    {0.98999999999999999, 7, 3.4994832973504932},
    {0.98999999999999999, 10, 3.16927267261695},
    {0.98999999999999999, 29.300000000000001, 2.754420171610263},
    {0.98999999999999999, 100, 2.6258905214380182},
    {0.98999999999999999, 1234.5, 2.5798177297333207},
    {0.98999999999999999, 100000, 2.5758784699083743},
    {0.98999999999999999, 10000000, 2.5758297952037479},
    {0.98999999999999999, 1000000000, 2.5758293084654476},
    {0.999, 0.5, 411396.46252640733},
    {0.999, 0.75, 5296.6582084482179},
    {0.999, 1, 636.6192487687191},
    {0.999, 1.5, 82.847446703657567},
    {0.999, 2, 31.599054576443603},
    {0.999, 2.5, 18.27789352813069},
    {0.999, 3, 12.923978636687481},
    {0.999, 4.7000000000000002, 7.2665423758250904},
    {0.999, 7, 5.4078825208617252},
    {0.999, 10, 4.5868938587026351},
    {0.999, 29.300000000000001, 3.655265694330978},
    {0.999, 100, 3.3904913111642299},
    {0.999, 1234.5, 3.2984254228684038},
    {0.999, 100000, 3.2906240314118822},
    {0.999, 10000000, 3.2905277044652226},
    {0.999, 1000000000, 3.2905267412216253},
    {0.99990000000000001, 0.5, 41139646.252709374},
    {0.99990000000000001, 0.75, 114113.04282386485},
    {0.99990000000000001, 1, 6366.1976713166368},
    {0.99990000000000001, 1.5, 384.57240252158158},
    {0.99990000000000001, 2, 99.992499843750039},
    {0.99990000000000001, 2.5, 46.024215246952075},
    {0.99990000000000001, 3, 28.000130010949999},
    {0.99990000000000001, 4.7000000000000002, 12.135643528896056},
    {0.99990000000000001, 7, 7.8845842624167393},
    {0.99990000000000001, 10, 6.2110508912907472},
    {0.99990000000000001, 29.300000000000001, 4.4983969266167705},
    {0.99990000000000001, 100, 4.0533367012015473},
    {0.99990000000000001, 1234.5, 3.9033428715631486},
    {0.99990000000000001, 100000, 3.8907488453857826},
    {0.99990000000000001, 10000000, 3.8905934559470445},
    {0.99990000000000001, 1000000000, 3.890591902108453},
};

START_TEST(student_reach_against_r)
{
    for (size_t i = 0; i < LENGTH(student_cases); i++) {
        double confidence = student_cases[i].confidence, df = student_cases[i].df;
        char name[64];
        snprintf(name, sizeof name, "confidence %g, df %g", confidence, df);
        expect_near(name, student_reach(confidence, df), student_cases[i].reach, 1e-10);
    }
}
END_TEST

static int handler_calls;
static void count_handler(const char *reason, const char *file, int line, int number)
{
    (void)reason, (void)file, (void)line, (void)number;
    handler_calls++;
}

/* GSL's handler aborts the process: it must never be reached, whatever the degrees of freedom. */
START_TEST(student_reach_never_aborts)
{
    gsl_error_handler_t *before = gsl_set_error_handler(count_handler);
    double last = INFINITY;
    handler_calls = 0;
    for (double df = 0.5; df < 1e15; df *= 1 + 1.0 / rounds(100)) {
        for (double confidence = 0.5; confidence < 1; confidence += 0.0499)
            ck_assert_msg(student_reach(confidence, df) > 0, "confidence %g, df %g: %g", confidence,
                          df, student_reach(confidence, df));
        ck_assert_msg(student_reach(0.9999, df) > 3.89 && student_reach(0.9999, df) <= last,
                      "df %g: %g after %g", df, student_reach(0.9999, df), last);
        last = student_reach(0.9999, df) * (1 + 1e-9);
    }
    ck_assert(isnan(student_reach(0.95, NAN)) && isnan(student_reach(0.95, 0))
              && isnan(student_reach(0.95, 0.49)) && isnan(student_reach(0.95, -1)));
    ck_assert(isnan(student_reach(0, 5)) && isnan(student_reach(1, 5))
              && isnan(student_reach(NAN, 5)) && isnan(student_reach(1.5, 5)));
    gsl_set_error_handler(before);
    ck_assert_msg(handler_calls == 0, "GSL's handler was called %d times", handler_calls);
}
END_TEST

Suite *stats_suite(void)
{
    Suite *suite = suite_create("stats");
    TCase *scores = tcase_create("scores"), *moments_case = tcase_create("moments"),
          *student = tcase_create("student");
    tcase_set_timeout(scores, 30);
    tcase_set_timeout(student, 30);
    tcase_add_loop_test(scores, all_patterns_of_answers, 0, (int)LENGTH(share_cases));
    tcase_add_test(scores, wrong_answers_are_refused);
    tcase_add_test(scores, least_answered_items);
    tcase_add_test(moments_case, moments_against_whole_numbers);
    tcase_add_test(moments_case, moments_of_one_among_many);
    tcase_add_test(moments_case, equal_values_have_no_spread);
    tcase_add_test(moments_case, totals_carry_what_is_lost);
    tcase_add_test(moments_case, weighted_moments_by_hand);
    tcase_add_test(moments_case, weighted_moments_at_the_edges);
    tcase_add_test(student, student_reach_against_r);
    tcase_add_test(student, student_reach_never_aborts);
    suite_add_tcase(suite, scores);
    suite_add_tcase(suite, moments_case);
    suite_add_tcase(suite, student);
    return suite;
}
