/* Bootstrap intervals. R computes the same statistics on our replicates, and boot and quantile
 * their intervals (golden/stats/bootstrap.R); results are held against themselves on other
 * threads. */
#include <gsl/gsl_errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/resampling/bootstrap.h"
#include "support.h"

#include "golden/stats/bootstrap.h"
#include "golden/stats/plans.h"

Suite *bootstrap_suite(void);

/* ---- The statistics of bootstrap.R ---- */

enum {
    TIE_MEAN,
    RESPONDENT_MEAN,
    CELL_MEAN,
    WORKGROUP_MEAN,
    VARIANCE,
    ALPHA,
    CORRELATION,
    DIFFERENCE,
    STATISTICS
};

static double mean_of_ties(const double *w, int stratum, int targets)
{
    double sum = 0, weight = 0;
    for (int i = 0; i < PEOPLE; i++)
        for (int t = 0; t < targets && (stratum < 0 || strata[i] == (uint32_t)stratum); t++)
            if (!isnan(people_data[i].scores[t])) {
                sum += w[i] * people_data[i].scores[t];
                weight += w[i];
            }
    return sum / weight;
}

static double own_mean(int person)
{
    double sum = 0, count = 0;
    for (int t = 0; t < 3; t++)
        if (!isnan(people_data[person].scores[t])) {
            sum += people_data[person].scores[t];
            count++;
        }
    return sum / count;
}

static double cross_product(const double *w, int item, int other)
{
    double sum = 0, means[2] = {0, 0};
    for (int i = 0; i < PEOPLE; i++) {
        sum += w[i];
        means[0] += w[i] * people_data[i].items[item];
        means[1] += w[i] * people_data[i].items[other];
    }
    double products = 0;
    for (int i = 0; i < PEOPLE; i++)
        products += w[i] * (people_data[i].items[item] - means[0] / sum)
                    * (people_data[i].items[other] - means[1] / sum);
    return products;
}

static relcoord_status evaluate(const void *context, const double *w, void *scratch, double *values,
                                relcoord_error *err)
{
    double *own = scratch, sum = 0, squares = 0, own_sum = 0, trace = 0, all = 0;
    (void)context;
    (void)err;
    for (int i = 0; i < PEOPLE; i++) {
        own[i] = own_mean(i);
        sum += w[i];
        own_sum += w[i] * own[i];
    }
    for (int i = 0; i < PEOPLE; i++)
        squares += w[i] * (own[i] - own_sum / sum) * (own[i] - own_sum / sum);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            all += cross_product(w, i, j);
            trace += i == j ? cross_product(w, i, j) : 0;
        }
    values[TIE_MEAN] = mean_of_ties(w, -1, 3);
    values[RESPONDENT_MEAN] = own_sum / sum;
    values[CELL_MEAN] = mean_of_ties(w, 0, 1);
    values[WORKGROUP_MEAN] = (mean_of_ties(w, 0, 3) + mean_of_ties(w, 1, 3) + mean_of_ties(w, 2, 3))
                             / 3;
    values[VARIANCE] = squares / (sum - 1);
    values[ALPHA] = 4.0 / 3 * (1 - trace / all);
    values[CORRELATION] = cross_product(w, 0, 1)
                          / sqrt(cross_product(w, 0, 0) * cross_product(w, 1, 1));
    values[DIFFERENCE] = mean_of_ties(w, 1, 3) - mean_of_ties(w, 2, 3);
    return RELCOORD_OK;
}

static bootstrap_plan plan_of(const resample *people, size_t threads)
{
    return (bootstrap_plan){.people = people,
                            .replicates = REPLICATES,
                            .jackknife = true,
                            .evaluate = evaluate,
                            .statistics = STATISTICS,
                            .scratch_size = PEOPLE * sizeof(double),
                            .threads = threads};
}

static void make_people(const resample_plan *plan, resample *people)
{
    relcoord_error err = {0};
    ck_assert_msg(resample_make(plan, people, &err) == RELCOORD_OK, "%s", err.message);
}

static void expect_interval(const char *plan, const char *statistic, const char *kind,
                            const bootstrap_interval *got, const double wanted[2])
{
    char name[100];
    snprintf(name, sizeof name, "%s, %s, %s low", plan, statistic, kind);
    expect_near(name, got->low, wanted[0], 1e-10);
    snprintf(name, sizeof name, "%s, %s, %s high", plan, statistic, kind);
    expect_near(name, got->high, wanted[1], 1e-10);
}

/* A row of golden_intervals. */
static void expect_golden(size_t row, const bootstrap_interval *percentile,
                          const bootstrap_interval *basic, const bootstrap_interval *bca)
{
    const char *plan = golden_intervals[row].plan, *statistic = golden_intervals[row].statistic;
    bool often = 20 * (REPLICATES - golden_intervals[row].defined) > REPLICATES,
         without = isnan(golden_intervals[row].bca[0]);
    char name[100];
    snprintf(name, sizeof name, "%s, %s", plan, statistic);
    ck_assert_uint_eq(bca->defined, golden_intervals[row].defined);
    expect_near(name, bca->value, golden_intervals[row].value, 1e-10);
    expect_near(name, bca->se, golden_intervals[row].se, 1e-10);
    expect_near(name, bca->bias, golden_intervals[row].bias, 1e-10);
    expect_near(name, bca->z0, golden_intervals[row].z0, 1e-10);
    expect_near(name, bca->acceleration, golden_intervals[row].acceleration, 1e-10);
    expect_near(name, bca->p_low, golden_intervals[row].places[0], 1e-10);
    expect_near(name, bca->p_high, golden_intervals[row].places[1], 1e-10);
    expect_interval(plan, statistic, "percentile", percentile, golden_intervals[row].percentile);
    expect_interval(plan, statistic, "basic", basic, golden_intervals[row].basic);
    expect_interval(plan, statistic, "bca", bca, golden_intervals[row].bca);
    ck_assert_uint_eq(percentile->flags, often ? BOOTSTRAP_OFTEN_UNDEFINED : 0);
    ck_assert_uint_eq(bca->flags,
                      (often ? BOOTSTRAP_OFTEN_UNDEFINED : 0u) | (without ? BOOTSTRAP_NO_BCA : 0u));
}

START_TEST(intervals_of_r)
{
    bootstrap_interval intervals[3][STATISTICS];
    resample people;
    bootstrap b;
    make_people(&plans[_i], &people);
    bootstrap_plan plan = plan_of(&people, 2);
    ck_assert_int_eq(bootstrap_run(&plan, &b, NULL), RELCOORD_OK);
    for (int kind = 0; kind < 3; kind++)
        ck_assert_int_eq(bootstrap_intervals(&b, (bootstrap_kind)kind, 0.95, intervals[kind], NULL),
                         RELCOORD_OK);
    ck_assert_uint_eq(LENGTH(golden_intervals), PLANS * STATISTICS);
    for (size_t k = 0; k < STATISTICS; k++) {
        ck_assert_str_eq(golden_intervals[(size_t)_i * STATISTICS + k].plan, plan_names[_i]);
        expect_golden((size_t)_i * STATISTICS + k, &intervals[0][k], &intervals[1][k],
                      &intervals[2][k]);
    }
    bootstrap_free(&b);
    resample_free(&people);
}
END_TEST

/* ---- What an interval says of itself ---- */

/* Six people in strata of 3, 2 and 1, and what each answered. */
static const uint32_t small_strata[6] = {0, 0, 0, 1, 1, 2};
typedef struct answers {
    double values[6];
} answers;

enum { ALL, FIRST_TWO, ALONE, ONE_PERSON, SMALL_STATISTICS };

static double mean_between(const answers *a, const double *w, int first, int end)
{
    double sum = 0, weight = 0;
    for (int i = first; i < end; i++) {
        sum += w[i] * a->values[i];
        weight += w[i];
    }
    return sum / weight;
}

static relcoord_status evaluate_small(const void *context, const double *w, void *scratch,
                                      double *values, relcoord_error *err)
{
    (void)scratch;
    (void)err;
    values[ALL] = mean_between(context, w, 0, 6);
    values[FIRST_TWO] = mean_between(context, w, 0, 5); /* the strata that vary */
    values[ALONE] = mean_between(context, w, 5, 6);
    values[ONE_PERSON] = w[0] > 0 ? w[0] : NAN; /* no value in (2/3)^2 of the replicates */
    return RELCOORD_OK;
}

static void run_small(const answers *a, bool jackknife, bootstrap_kind kind,
                      bootstrap_interval out[SMALL_STATISTICS])
{
    const resample_plan draws = {.count = 6, .stratum = small_strata, .seed = 4};
    resample people;
    bootstrap b;
    make_people(&draws, &people);
    bootstrap_plan plan = {.people = &people,
                           .replicates = 1000,
                           .jackknife = jackknife,
                           .evaluate = evaluate_small,
                           .context = a,
                           .statistics = SMALL_STATISTICS,
                           .threads = 1};
    ck_assert_int_eq(bootstrap_run(&plan, &b, NULL), RELCOORD_OK);
    ck_assert_int_eq(bootstrap_intervals(&b, kind, 0.95, out, NULL), RELCOORD_OK);
    bootstrap_free(&b);
    resample_free(&people);
}

START_TEST(flags_of_small_groups)
{
    const answers some = {{1, 2, 4, 3, 5, 4.5}};
    bootstrap_interval i[SMALL_STATISTICS];
    bootstrap_kind kind = (bootstrap_kind)(_i / 2);
    run_small(&some, _i % 2 || kind == BOOTSTRAP_BCA, kind, i);

    ck_assert_uint_eq(i[ALL].flags, BOOTSTRAP_ALONE);
    ck_assert(i[ALL].low < i[ALL].value && i[ALL].value < i[ALL].high && i[ALL].se > 0);
    ck_assert_uint_eq(i[FIRST_TWO].flags, 0);
    ck_assert(i[FIRST_TWO].low < i[FIRST_TWO].value && i[FIRST_TWO].value < i[FIRST_TWO].high);
    ck_assert_uint_eq(i[ALONE].flags, BOOTSTRAP_ALONE | BOOTSTRAP_CONSTANT);
    ck_assert_double_eq(i[ALONE].value, 4.5);
    ck_assert(isnan(i[ALONE].low) && isnan(i[ALONE].high) && isnan(i[ALONE].se));
    ck_assert_msg(i[ONE_PERSON].flags & BOOTSTRAP_OFTEN_UNDEFINED, "flags %x", i[ONE_PERSON].flags);
    expect_near("share with a value", i[ONE_PERSON].defined / 1000.0, 5.0 / 9,
                6 * sqrt(20.0 / 81 / 1000));
    ck_assert(kind != BOOTSTRAP_BCA
              || (i[ONE_PERSON].flags & BOOTSTRAP_NO_BCA && isnan(i[ONE_PERSON].low)));
}
END_TEST

START_TEST(constant_answers)
{
    const answers same = {{4.1, 4.1, 4.1, 4.1, 4.1, 4.1}};
    bootstrap_interval i[SMALL_STATISTICS];
    run_small(&same, true, (bootstrap_kind)_i, i);
    ck_assert_uint_eq(i[ALL].flags, BOOTSTRAP_CONSTANT);
    ck_assert(i[ALL].low == i[ALL].value && i[ALL].high == i[ALL].value && i[ALL].se == 0);
    ck_assert_uint_eq(i[FIRST_TWO].flags, BOOTSTRAP_CONSTANT);
    ck_assert(i[FIRST_TWO].low == i[FIRST_TWO].value && i[FIRST_TWO].high == i[FIRST_TWO].value);
}
END_TEST

START_TEST(values_that_are_not_there)
{
    const answers none = {{NAN, 1, 2, 3, 4, INFINITY}};
    bootstrap_interval i[SMALL_STATISTICS];
    run_small(&none, true, (bootstrap_kind)_i, i);
    for (int k = ALL; k <= ALONE; k++) {
        ck_assert_uint_eq(i[k].flags, BOOTSTRAP_UNDEFINED);
        ck_assert(isnan(i[k].low) && isnan(i[k].high) && isnan(i[k].se));
    }
}
END_TEST

/* One statistic of six people, its values given: as observed 50, replicates 1, 2 … of which the
 * first `none` have no value, and without the first person `outlier`, without another 50. */
static bootstrap_interval interval_of_values(const resample *people, int none, double outlier,
                                             bootstrap_kind kind, double confidence)
{
    enum { GIVEN = 400 };
    uint32_t left_out[6] = {0, 1, 2, 3, 4, 5};
    double values[1 + GIVEN + 6];
    bootstrap b = {.people = people,
                   .statistics = 1,
                   .replicates = GIVEN,
                   .jackknife = true,
                   .left_out = left_out,
                   .deletions = 6,
                   .values = values};
    bootstrap_interval i;
    for (int row = 0; row < 1 + GIVEN + 6; row++)
        values[row] = row > 0 && row <= GIVEN ? (double)row : 50.0;
    for (int row = 1; row <= none; row++)
        values[row] = NAN;
    values[1 + GIVEN] = outlier;
    ck_assert_int_eq(bootstrap_intervals(&b, kind, confidence, &i, NULL), RELCOORD_OK);
    return i;
}

/* Over 5 % is more than 20 of 400. */
START_TEST(often_undefined)
{
    const resample_plan draws = {.count = 6};
    resample people;
    make_people(&draws, &people);
    for (int none = 0; none <= 22; none++) {
        bootstrap_interval i = interval_of_values(&people, none, 49, BOOTSTRAP_PERCENTILE, 0.95);
        ck_assert_uint_eq(i.defined, 400 - (uint32_t)none);
        ck_assert_uint_eq(i.flags, none > 20 ? BOOTSTRAP_OFTEN_UNDEFINED : 0);
    }
    resample_free(&people);
}
END_TEST

/* All replicates on one side leave BCa without a middle; no one who counts, or one without whom
 * there is no value, leaves it without acceleration; and far out its correction turns over. */
START_TEST(no_bca)
{
    const resample_plan draws = {.count = 6};
    resample people;
    make_people(&draws, &people);
    ck_assert_uint_eq(interval_of_values(&people, 0, 45, BOOTSTRAP_BCA, 0.95).flags, 0);
    expect_near("acceleration",
                interval_of_values(&people, 0, 45, BOOTSTRAP_BCA, 0.95).acceleration,
                4 / sqrt(30) / 6, 1e-12);
    ck_assert_uint_eq(interval_of_values(&people, 0, 50, BOOTSTRAP_BCA, 0.95).flags,
                      BOOTSTRAP_NO_BCA);
    ck_assert_uint_eq(interval_of_values(&people, 0, NAN, BOOTSTRAP_BCA, 0.95).flags,
                      BOOTSTRAP_NO_BCA);
    ck_assert_uint_eq(interval_of_values(&people, 0, NAN, BOOTSTRAP_BASIC, 0.95).flags, 0);
    bootstrap_interval above = interval_of_values(&people, 50, 45, BOOTSTRAP_BCA, 0.95);
    ck_assert_uint_eq(above.flags, BOOTSTRAP_OFTEN_UNDEFINED | BOOTSTRAP_NO_BCA);
    ck_assert(isnan(above.low) && isnan(above.high) && above.se > 0);
    bootstrap_interval far = interval_of_values(&people, 0, 55, BOOTSTRAP_BCA,
                                                1 - 1e-15); /* z0 - 8 beyond -8.2 */
    ck_assert_uint_eq(far.flags, BOOTSTRAP_NO_BCA);
    ck_assert_double_nan(far.low);
    resample_free(&people);
}
END_TEST

/* The replicates' variance of a mean is the sum over strata of n s^2, over the people squared. */
START_TEST(variance_is_unbiased)
{
    const answers some = {{1, 2, 4, 3, 5, 4.5}};
    bootstrap_interval i[SMALL_STATISTICS];
    double wanted = sqrt((3 * (7.0 / 3) + 2 * 2.0) / 25); /* s^2 of 1, 2, 4 and of 3, 5 */
    run_small(&some, false, BOOTSTRAP_PERCENTILE, i);
    expect_near("se", i[FIRST_TWO].se / wanted, 1, 6 / sqrt(2.0 * 1000));
}
END_TEST

/* ---- Threads, failures, cancelling ---- */

START_TEST(threads_change_nothing)
{
    static const size_t threads[] = {1, 2, 3, 8};
    resample people;
    bootstrap b, first = {0};
    make_people(&plans[0], &people);
    for (size_t t = 0; t < LENGTH(threads); t++) {
        bootstrap_plan plan = plan_of(&people, threads[t]);
        ck_assert_int_eq(bootstrap_run(&plan, &b, NULL), RELCOORD_OK);
        if (t == 0) {
            first = b;
            continue;
        }
        ck_assert_uint_eq(b.deletions, first.deletions);
        ck_assert_mem_eq(b.values, first.values,
                         (1 + REPLICATES + first.deletions) * STATISTICS * sizeof *b.values);
        bootstrap_free(&b);
    }
    bootstrap_free(&first);
    resample_free(&people);
}
END_TEST

static relcoord_status act(size_t threads, const relcoord_options *progress)
{
    bootstrap_interval intervals[STATISTICS];
    resample people = {0};
    bootstrap b = {0};
    relcoord_error err;
    relcoord_status status = resample_make(&plans[0], &people, &err);
    bootstrap_plan plan = plan_of(&people, threads);
    plan.replicates = progress ? 400 : 20; /* enough for several reports */
    plan.progress = progress;
    if (!status)
        status = bootstrap_run(&plan, &b, &err);
    if (!status)
        status = bootstrap_intervals(&b, BOOTSTRAP_BCA, 0.9, intervals, &err);
    bootstrap_free(&b);
    resample_free(&people);
    return status;
}

static relcoord_status act_on(void *threads)
{
    return act(*(const size_t *)threads, NULL);
}

START_TEST(every_allocation_fails)
{
    size_t threads = _i ? 3 : 1;
    heap_start();
    ck_assert_int_eq(heap_fail_each(act_on, &threads, RELCOORD_OK, INT_MAX), 0);
    ck_assert_int_eq(heap_alive(), 0);
    heap_stop();
}
END_TEST

START_TEST(cancelling)
{
    listener l = {0, 0, 0};
    relcoord_options *options = options_make("summary", NULL);
    relcoord_options_set_progress(options, listen, &l);
    ck_assert_int_eq(act(1, options), RELCOORD_OK);
    ck_assert_int_ge(l.heard, 3);
    for (int threads = 1; threads <= 3; threads += 2) {
        l = (listener){0, 0, 1};
        ck_assert_int_eq(act((size_t)threads, options), RELCOORD_ECANCELLED);
        ck_assert_int_eq(l.heard, 1);
    }
    relcoord_options_free(options);
}
END_TEST

START_TEST(wrong_calls)
{
    bootstrap_interval intervals[STATISTICS];
    resample people;
    bootstrap b;
    make_people(&plans[0], &people);
    bootstrap_plan plan = plan_of(&people, 1);
    plan.jackknife = false;
    plan.replicates = 0;
    ck_assert_int_eq(bootstrap_run(&plan, &b, NULL), RELCOORD_OK);
    ck_assert_int_eq(bootstrap_intervals(&b, BOOTSTRAP_BCA, 0.95, intervals, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(bootstrap_intervals(&b, BOOTSTRAP_BASIC, 1, intervals, NULL), RELCOORD_EUSAGE);
    ck_assert_int_eq(bootstrap_intervals(&b, BOOTSTRAP_BASIC, NAN, intervals, NULL),
                     RELCOORD_EUSAGE);
    ck_assert_int_eq(bootstrap_intervals(&b, BOOTSTRAP_BASIC, 0.95, intervals, NULL), RELCOORD_OK);
    ck_assert_uint_eq(intervals[0].flags, BOOTSTRAP_UNDEFINED);
    bootstrap_free(&b);
    resample_free(&people);
}
END_TEST

Suite *bootstrap_suite(void)
{
    Suite *suite = suite_create("bootstrap");
    TCase *tests = tcase_create("bootstrap");
    gsl_set_error_handler(NULL); /* GSL's own, which aborts */
    tcase_add_loop_test(tests, intervals_of_r, 0, PLANS);
    tcase_add_loop_test(tests, flags_of_small_groups, 0, 6);
    tcase_add_loop_test(tests, constant_answers, 0, 3);
    tcase_add_loop_test(tests, values_that_are_not_there, 0, 3);
    tcase_add_test(tests, often_undefined);
    tcase_add_test(tests, no_bca);
    tcase_add_test(tests, variance_is_unbiased);
    tcase_add_test(tests, threads_change_nothing);
    tcase_add_loop_test(tests, every_allocation_fails, 0, 2);
    tcase_add_test(tests, cancelling);
    tcase_add_test(tests, wrong_calls);
    suite_add_tcase(suite, tests);
    return suite;
}
