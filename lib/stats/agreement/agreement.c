/* Agreement of raters. With n raters, S the sum and D = n Sx^2 - S^2 of an item are whole numbers,
 * from which each index is one division: s^2 = D/(n (n-1)), a_wg = 1 - 2 D/((H+L) S n - S^2 - H L
 * n^2). */
#include "stats/agreement/agreement.h"

#include <math.h>

#include "stats/numbers/moments.h"

/* ---- Null distributions ---- */

static const double null_probabilities[AGREEMENT_NULLS][5] = {
    [NULL_UNIFORM] = {0.2, 0.2, 0.2, 0.2, 0.2},
    [NULL_SLIGHT_SKEW] = {0.05, 0.15, 0.20, 0.35, 0.25},
    [NULL_MODERATE_SKEW] = {0, 0.10, 0.15, 0.40, 0.35},
    [NULL_HEAVY_SKEW] = {0, 0, 0.10, 0.40, 0.50},
    [NULL_TRIANGULAR] = {0.11, 0.22, 0.34, 0.22, 0.11},
    [NULL_NORMAL] = {0.07, 0.24, 0.38, 0.24, 0.07},
};

double agreement_null_variance(agreement_null null, int options)
{
    static const double variances[AGREEMENT_NULLS] = {2,    1.34, 0.90,
                                                      0.44, 1.32, 1.04}; /* of the above */
    if (options < 2)
        return NAN;
    if (null == NULL_UNIFORM)
        return ((double)options * options - 1) / 12;
    return options == 5 && null > NULL_UNIFORM && null < AGREEMENT_NULLS ? variances[null] : NAN;
}

const double *agreement_null_probabilities(agreement_null null)
{
    return null > NULL_UNIFORM && null < AGREEMENT_NULLS ? null_probabilities[null] : NULL;
}

/* ---- One group ---- */

static agreement start_agreement(size_t items, int64_t raters)
{
    agreement a = {.raters = raters,
                   .items = items,
                   .variance = NAN,
                   .ad_mean = NAN,
                   .ad_median = NAN,
                   .awg = NAN};
    a.notes = raters < 2 || items == 0 ? AGREEMENT_ONE_RATER : 0u;
    return a;
}

/* Takes up one item's a_wg; `room` is (H+L) S n - S^2 - H L n^2, 0 where all answers are at one
 * end. */
static void add_awg(agreement *a, total *sum, double squares, double room, bool in_range)
{
    if (!in_range)
        return;
    a->awg_items++;
    total_add(sum, room > 0 ? 1 - 2 * squares / room : 1);
}

static void finish_awg(agreement *a, const total *sum, agreement_scale scale)
{
    a->notes |= a->raters < scale.options - 1 ? AGREEMENT_AWG_FEW_RATERS : 0u;
    if (a->awg_items < a->items)
        a->notes |= a->awg_items ? AGREEMENT_AWG_LEFT_OUT : AGREEMENT_AWG_UNDEFINED;
    if (a->awg_items)
        a->awg = total_value(sum) / (double)a->awg_items;
}

/* An item's whole sums over answers 0 … options - 1. */
typedef struct item_sums {
    int64_t n, sum, squares, from_mean, from_median; /* n S|x - m|; 2 S|x - median| */
} item_sums;

static item_sums sum_counts(const uint32_t *counts, int options)
{
    item_sums s = {0};
    for (int x = 0; x < options; x++) {
        s.n += counts[x];
        s.sum += (int64_t)counts[x] * x;
        s.squares += (int64_t)counts[x] * x * x;
    }
    int64_t seen = 0, twice_median = 0;
    for (int x = 0; x < options; x++) { /* the middle one, or the two in the middle */
        int64_t before = seen;
        seen += counts[x];
        twice_median += ((s.n - 1) / 2 >= before && (s.n - 1) / 2 < seen) ? x : 0;
        twice_median += (s.n / 2 >= before && s.n / 2 < seen) ? x : 0;
    }
    for (int x = 0; x < options; x++) {
        int64_t off_mean = s.n * x - s.sum, off_median = 2 * x - twice_median;
        s.from_mean += counts[x] * (off_mean < 0 ? -off_mean : off_mean);
        s.from_median += counts[x] * (off_median < 0 ? -off_median : off_median);
    }
    return s;
}

agreement agreement_of_counts(const uint32_t *counts, size_t items, agreement_scale scale)
{
    int64_t raters = 0, squares = 0, from_mean = 0, from_median = 0, top = scale.options - 1;
    total awg = {0};
    for (int x = 0; items && x < scale.options; x++)
        raters += counts[x];
    agreement a = start_agreement(items, raters);
    if (a.notes)
        return a;
    for (size_t item = 0; item < items; item++) {
        item_sums s = sum_counts(counts + item * (size_t)scale.options, scale.options);
        if (s.n != raters) {
            agreement none = start_agreement(items, raters);
            none.notes = AGREEMENT_UNEVEN;
            return none;
        }
        int64_t item_squares = s.n * s.squares - s.sum * s.sum, room = s.sum * (top * s.n - s.sum);
        bool at_end = s.sum == 0 || s.sum == top * s.n;
        squares += item_squares;
        from_mean += s.from_mean;
        from_median += s.from_median;
        add_awg(&a, &awg, (double)item_squares, (double)room,
                at_end || (s.sum >= top && s.sum <= top * (s.n - 1)));
    }
    double n = (double)raters, k = (double)items;
    a.variance = (double)squares / (k * n * (n - 1));
    a.ad_mean = (double)from_mean / (k * n * n);
    a.ad_median = (double)from_median / (2 * k * n);
    a.ad_mean_small = 6 * from_mean <= (int64_t)scale.options * (int64_t)items * raters * raters;
    a.ad_median_small = 3 * from_median <= (int64_t)scale.options * (int64_t)items * raters;
    finish_awg(&a, &awg, scale);
    return a;
}

/* How far values that are equal may be apart through rounding, relative to the scale. */
static const double slack = 1e-12;

/* Takes up the sorted values of one item. */
static void add_values(agreement *a, agreement_scale scale, const double *values, size_t count,
                       total sums[4])
{
    double n = (double)count, top = scale.options - 1,
           median = (values[(count - 1) / 2] + values[count / 2]) / 2;
    total sum = {0}, squares = {0};
    for (size_t i = 0; i < count; i++)
        total_add(&sum, values[i] - values[0]);
    double shift = total_value(&sum) / n,
           mean = values[0] - scale.low + shift; /* from the low end */
    for (size_t i = 0; i < count; i++) {
        double away = values[i] - values[0] - shift;
        total_add(&squares, away * away);
        total_add(&sums[1], fabs(away));
        total_add(&sums[2], fabs(values[i] - median));
    }
    double item_squares = total_value(&squares), least = top / n;
    total_add(&sums[0], item_squares);
    bool at_end = item_squares <= 0 && (mean <= slack * top || mean >= top * (1 - slack));
    add_awg(a, &sums[3], item_squares, at_end ? 0 : n * mean * (top - mean),
            at_end || (mean >= least - slack * top && mean <= top - least + slack * top));
}

agreement agreement_of_values(double *values, size_t items, size_t raters, agreement_scale scale)
{
    agreement a = start_agreement(items, (int64_t)raters);
    total sums[4] = {{0}}; /* squares, from the mean, from the median, a_wg */
    double n = (double)raters, k = (double)items,
           most = scale.options / 6.0 + slack * scale.options;
    if (a.notes)
        return a;
    for (size_t item = 0; item < items; item++) {
        agreement_sort(values + item * raters, raters);
        add_values(&a, scale, values + item * raters, raters, sums);
    }
    a.variance = total_value(&sums[0]) / (k * (n - 1));
    a.ad_mean = total_value(&sums[1]) / (k * n);
    a.ad_median = total_value(&sums[2]) / (k * n);
    a.ad_mean_small = a.ad_mean <= most;
    a.ad_median_small = a.ad_median <= most;
    finish_awg(&a, &sums[3], scale);
    return a;
}

agreement_rwg agreement_against(const agreement *group, double null_variance)
{
    double k = (double)group->items, share = group->variance / null_variance;
    agreement_rwg r = {0, NAN, NAN};
    if (!(null_variance > 0)) {
        r.notes = AGREEMENT_NO_NULL;
        return r;
    }
    if (isnan(group->variance)) {
        r.notes = group->notes & (AGREEMENT_ONE_RATER | AGREEMENT_UNEVEN);
        return r;
    }
    r.lindell = 1 - share;
    r.rwg = share < 1 ? k * (1 - share) / (k * (1 - share) + share) : 0;
    r.notes = share > 1 + slack ? AGREEMENT_BEYOND_NULL : 0u;
    return r;
}

/* ---- Many groups ---- */

static void sift_down(double *values, size_t from, size_t count)
{
    double value = values[from];
    for (size_t child; (child = 2 * from + 1) < count; from = child) {
        child += child + 1 < count && values[child + 1] > values[child];
        if (!(values[child] > value))
            break;
        values[from] = values[child];
    }
    values[from] = value;
}

void agreement_sort(double *values, size_t count)
{
    enum { FEW = 24 };
    if (count <= FEW) {
        for (size_t i = 1; i < count; i++) {
            double value = values[i];
            size_t place = i;
            for (; place && values[place - 1] > value; place--)
                values[place] = values[place - 1];
            values[place] = value;
        }
        return;
    }
    for (size_t i = count / 2; i--;) /* a heap: in place and never quadratic */
        sift_down(values, i, count);
    for (size_t last = count; --last;) {
        double largest = values[0];
        values[0] = values[last];
        values[last] = largest;
        sift_down(values, 0, last);
    }
}

static double find_quantile(const double *sorted, size_t count, double p)
{
    double place = ((double)count - 1) * p;
    size_t below = (size_t)place;
    double rest = place - (double)below;
    return rest > 0 ? sorted[below] + rest * (sorted[below + 1] - sorted[below]) : sorted[below];
}

agreement_summary agreement_summarise(double *values, size_t count, double cut)
{
    agreement_summary s = {0, 0, NAN, NAN, NAN, NAN, NAN};
    total sum = {0};
    size_t reach = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) {
            double value = values[i];
            values[i] = values[s.groups]; /* those that are NaN end up behind */
            values[s.groups++] = value;
        }
    s.left_out = count - s.groups;
    if (s.groups == 0)
        return s;
    agreement_sort(values, s.groups);
    for (size_t i = 0; i < s.groups; i++) {
        total_add(&sum, values[i]);
        reach += values[i] >= cut - slack;
    }
    s.mean = total_value(&sum) / (double)s.groups;
    s.median = find_quantile(values, s.groups, 0.5);
    s.quartile_low = find_quantile(values, s.groups, 0.25);
    s.quartile_high = find_quantile(values, s.groups, 0.75);
    s.share = (double)reach / (double)s.groups;
    return s;
}
