/* Bootstrap intervals: evaluating the statistics on replicates, and percentile, basic and BCa
 * limits (Efron 1987; Davison & Hinkley 1997, chapter 5). */
#include "stats/resampling/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "stats/numbers/moments.h"
#include "stats/numbers/quantiles.h"

/* Evaluations a task makes: enough that its memory costs nothing beside them, few enough that
 * threads end together and that cancelling is heard. */
enum { EVALUATIONS_A_TASK = 8 };

/* Tasks between two reports of progress, which are as many on any number of threads. */
enum { TASKS_A_ROUND = 8 };

void bootstrap_free(bootstrap *b)
{
    memory_free(b->left_out);
    memory_free(b->values);
    *b = (bootstrap){0};
}

/* ---- Evaluating ---- */

static uint32_t stratum_size(const resample *people, uint32_t stratum)
{
    return people->stratum_start[stratum + 1] - people->stratum_start[stratum];
}

/* The stratum of a place in by_stratum: the last that starts at or before it. */
static uint32_t stratum_at(const resample *people, uint32_t place)
{
    uint32_t first = 0, end = people->stratum_count;
    while (end - first > 1) {
        uint32_t middle = first + (end - first) / 2;
        if (people->stratum_start[middle] <= place)
            first = middle;
        else
            end = middle;
    }
    return first;
}

/* Lists whom to leave out, stratum by stratum. */
static relcoord_status list_deletions(bootstrap *b, relcoord_error *err)
{
    const resample *people = b->people;
    b->left_out = memory_new(people->cluster_count, sizeof *b->left_out);
    if (!b->left_out)
        return fail_memory(err);
    for (uint32_t s = 0; s < people->stratum_count; s++)
        for (uint32_t place = people->stratum_start[s]; place < people->stratum_start[s + 1];
             place++)
            if (b->jackknife || stratum_size(people, s) == 1)
                b->left_out[b->deletions++] = place;
    return RELCOORD_OK;
}

/* Row 0 is the sample itself, then the replicates, then the deletions. */
static void weights_of_row(const bootstrap *b, size_t row, double *weights)
{
    if (row == 0) {
        for (size_t i = 0; i < b->people->count; i++)
            weights[i] = 1;
    } else if (row <= b->replicates) {
        resample_draw(b->people, row - 1, weights);
    } else {
        uint32_t place = b->left_out[row - 1 - b->replicates];
        resample_without(b->people, stratum_at(b->people, place), place, weights);
    }
}

typedef struct evaluation {
    const bootstrap_plan *plan;
    bootstrap *b;
    size_t rows, first_task;
} evaluation;

static relcoord_status evaluate_rows(void *user, size_t task, relcoord_error *err)
{
    const evaluation *e = user;
    const bootstrap_plan *plan = e->plan;
    size_t first = (e->first_task + task) * EVALUATIONS_A_TASK;
    size_t end = first + EVALUATIONS_A_TASK < e->rows ? first + EVALUATIONS_A_TASK : e->rows;
    double *weights = memory_new(plan->people->count, sizeof *weights);
    void *scratch = memory_zeroed(plan->scratch_size, 1);
    relcoord_status status = weights && scratch ? RELCOORD_OK : fail_memory(err);
    for (size_t row = first; row < end && !status; row++) {
        weights_of_row(e->b, row, weights);
        status = plan->evaluate(plan->context, weights, scratch,
                                e->b->values + row * plan->statistics, err);
    }
    memory_free(weights);
    memory_free(scratch);
    return status;
}

static relcoord_status evaluate_all(evaluation *e, relcoord_error *err)
{
    const bootstrap_plan *plan = e->plan;
    size_t tasks = (e->rows + EVALUATIONS_A_TASK - 1) / EVALUATIONS_A_TASK;
    double length = plan->to > plan->from ? plan->to - plan->from : 1;
    relcoord_status status = RELCOORD_OK;
    for (e->first_task = 0; e->first_task < tasks && !status; e->first_task += TASKS_A_ROUND) {
        size_t left = tasks - e->first_task;
        status = options_progress(plan->progress,
                                  plan->from + length * (double)e->first_task / (double)tasks, err);
        if (!status)
            status = parallel_run(plan->threads, left < TASKS_A_ROUND ? left : TASKS_A_ROUND,
                                  evaluate_rows, e, NULL, err);
    }
    return status;
}

relcoord_status bootstrap_run(const bootstrap_plan *plan, bootstrap *out, relcoord_error *err)
{
    bootstrap b = {.people = plan->people,
                   .statistics = plan->statistics,
                   .replicates = plan->replicates,
                   .jackknife = plan->jackknife};
    evaluation e = {.plan = plan, .b = &b};
    relcoord_status status = list_deletions(&b, err);
    if (status)
        goto done;
    e.rows = 1 + (size_t)b.replicates + b.deletions;
    b.values = plan->statistics <= SIZE_MAX / e.rows
                   ? memory_new(e.rows * plan->statistics, sizeof *b.values)
                   : NULL;
    if (!b.values) {
        status = fail_memory(err);
        goto done;
    }
    status = evaluate_all(&e, err);
done:
    if (status)
        bootstrap_free(&b);
    else
        *out = b;
    return status;
}

/* ---- Intervals ---- */

static double value_at(const bootstrap *b, size_t row, size_t statistic)
{
    return b->values[row * b->statistics + statistic];
}

static bool is_same(double x, double y)
{
    return fabs(x - y) <= 1e-12 * fmax(1, fmax(fabs(x), fabs(y)));
}

/* The replicates that have a value, in their order; returns how many. */
static uint32_t collect_replicates(const bootstrap *b, size_t statistic, double *found)
{
    uint32_t defined = 0;
    for (size_t row = 1; row <= b->replicates; row++)
        if (isfinite(value_at(b, row, statistic)))
            found[defined++] = value_at(b, row, statistic);
    return defined;
}

static bool are_all_same(const double *found, uint32_t count)
{
    double least = found[0], largest = found[0];
    for (uint32_t r = 1; r < count; r++) {
        least = fmin(least, found[r]);
        largest = fmax(largest, found[r]);
    }
    return is_same(least, largest);
}

/* Mean and standard deviation of the replicates, about the value so that nothing cancels. */
static void describe_replicates(const double *found, bootstrap_interval *i)
{
    total sum = {0}, squares = {0};
    double n = i->defined;
    for (uint32_t r = 0; r < i->defined; r++)
        total_add(&sum, found[r] - i->value);
    i->bias = total_value(&sum) / n;
    for (uint32_t r = 0; r < i->defined; r++) {
        double from_mean = found[r] - i->value - i->bias;
        total_add(&squares, from_mean * from_mean);
    }
    i->se = sqrt(total_value(&squares) / (n - 1));
}

/* Whether leaving out a cluster that is alone in its stratum changes the statistic. */
static bool depends_on_alone(const bootstrap *b, size_t statistic)
{
    for (uint32_t d = 0; d < b->deletions; d++) {
        double without = value_at(b, 1 + (size_t)b->replicates + d, statistic);
        if (stratum_size(b->people, stratum_at(b->people, b->left_out[d])) == 1
            && !is_same(without, value_at(b, 0, statistic)))
            return true;
    }
    return false;
}

/* Adds what a stratum of n deletions, from row `first` on, says of skewness and variance. */
static void add_influences(const bootstrap *b, size_t statistic, size_t first, uint32_t n,
                           total *cubes, total *squares)
{
    total sum = {0};
    for (uint32_t i = 0; i < n; i++)
        total_add(&sum, value_at(b, first + i, statistic) - value_at(b, 0, statistic));
    for (uint32_t i = 0; i < n; i++) {
        double from_value = value_at(b, first + i, statistic) - value_at(b, 0, statistic);
        double influence = (double)(n - 1) / n * (total_value(&sum) / n - from_value);
        total_add(squares, influence * influence);
        total_add(cubes, influence * influence * influence);
    }
}

/* NaN where the statistic has no value without one of the clusters. */
static double acceleration_of(const bootstrap *b, size_t statistic)
{
    total cubes = {0}, squares = {0};
    const resample *people = b->people;
    for (uint32_t s = 0; s < people->stratum_count; s++)
        if (stratum_size(people, s) > 1)
            add_influences(b, statistic, 1 + (size_t)b->replicates + people->stratum_start[s],
                           stratum_size(people, s), &cubes, &squares);
    return total_value(&cubes) / (6 * pow(total_value(&squares), 1.5));
}

/* The share of replicates below the value, those that equal it counted half: answers are few whole
 * numbers, so that many do, and rounding must not decide on which side. */
static double share_below(const double *found, const bootstrap_interval *i)
{
    uint32_t halves = 0;
    for (uint32_t r = 0; r < i->defined; r++)
        halves += is_same(found[r], i->value) ? 1 : found[r] < i->value ? 2 : 0;
    return halves / (2.0 * i->defined);
}

/* Where BCa takes the limit that lies z0 + z from the middle; NaN behind the pole of its
 * correction. */
static double corrected_place(const bootstrap_interval *i, double z)
{
    double scale = 1 - i->acceleration * (i->z0 + z);
    return scale > 0 ? gsl_cdf_ugaussian_P(i->z0 + (i->z0 + z) / scale) : NAN;
}

static void correct_places(const bootstrap *b, size_t statistic, double confidence,
                           const double *found, bootstrap_interval *i)
{
    double share = share_below(found, i), z = gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
    i->z0 = share > 0 && share < 1 ? gsl_cdf_ugaussian_Pinv(share) : NAN;
    i->acceleration = acceleration_of(b, statistic);
    i->p_low = corrected_place(i, -z);
    i->p_high = corrected_place(i, z);
}

/* The limits of a statistic that varies; brings the replicates into another order. */
static void set_limits(const bootstrap *b, size_t statistic, bootstrap_kind kind, double confidence,
                       double *found, bootstrap_interval *i)
{
    i->p_low = (1 - confidence) / 2;
    i->p_high = (1 + confidence) / 2;
    if (kind == BOOTSTRAP_BCA)
        correct_places(b, statistic, confidence, found, i);
    i->low = quantile_select(found, i->defined, i->p_low);
    i->high = quantile_select(found, i->defined, i->p_high);
    if (isnan(i->low) || isnan(i->high))
        i->flags |= BOOTSTRAP_NO_BCA;
    if (kind == BOOTSTRAP_BASIC) {
        double low = 2 * i->value - i->high;
        i->high = 2 * i->value - i->low;
        i->low = low;
    }
}

static bootstrap_interval interval_of(const bootstrap *b, size_t statistic, bootstrap_kind kind,
                                      double confidence, double *found)
{
    bootstrap_interval i = {
        value_at(b, 0, statistic), NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, 0};
    i.defined = collect_replicates(b, statistic, found);
    if (!isfinite(i.value) || i.defined < 2) {
        i.flags = BOOTSTRAP_UNDEFINED;
        return i;
    }
    if (20 * (uint64_t)(b->replicates - i.defined) > b->replicates)
        i.flags |= BOOTSTRAP_OFTEN_UNDEFINED;
    if (depends_on_alone(b, statistic))
        i.flags |= BOOTSTRAP_ALONE;
    describe_replicates(found, &i);
    if (!are_all_same(found, i.defined)) {
        set_limits(b, statistic, kind, confidence, found, &i);
        return i;
    }
    i.flags |= BOOTSTRAP_CONSTANT;
    i.se = i.flags & BOOTSTRAP_ALONE ? NAN : 0;
    if (!(i.flags & BOOTSTRAP_ALONE))
        i.low = i.high = is_same(found[0], i.value) ? i.value : found[0];
    return i;
}

relcoord_status bootstrap_intervals(const bootstrap *b, bootstrap_kind kind, double confidence,
                                    bootstrap_interval *out, relcoord_error *err)
{
    if (kind == BOOTSTRAP_BCA && !b->jackknife)
        return fail(err, RELCOORD_EUSAGE, "BCa intervals need jackknife replicates");
    if (!(confidence > 0 && confidence < 1))
        return fail(err, RELCOORD_EUSAGE, "the confidence level must lie between 0 and 1");
    double *found = memory_new(b->replicates, sizeof *found);
    if (!found)
        return fail_memory(err);
    for (size_t k = 0; k < b->statistics; k++)
        out[k] = interval_of(b, k, kind, confidence, found);
    memory_free(found);
    return RELCOORD_OK;
}
