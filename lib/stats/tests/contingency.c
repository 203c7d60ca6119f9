/* Chi-square, Fisher's exact test, and random tables with given margins, drawn cell by cell: each
 * is hypergeometric given those before it. */
#include "stats/tests/contingency.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "stats/distributions/chisquare.h"

/* ---- Chi-square ---- */

static double row_sum(const int64_t *counts, size_t columns, size_t row)
{
    double sum = 0;
    for (size_t j = 0; j < columns; j++)
        sum += (double)counts[row * columns + j];
    return sum;
}

static double column_sum(const int64_t *counts, size_t rows, size_t columns, size_t column)
{
    double sum = 0;
    for (size_t i = 0; i < rows; i++)
        sum += (double)counts[i * columns + column];
    return sum;
}

chi_square_test contingency_chi_square(const int64_t *counts, size_t rows, size_t columns)
{
    chi_square_test test = {NAN, NAN, NAN, NAN, NAN};
    double n = 0, statistic = 0, least = INFINITY, filled_rows = 0, filled_columns = 0;
    for (size_t i = 0; i < rows; i++) {
        double sum = row_sum(counts, columns, i);
        filled_rows += sum > 0;
        n += sum;
    }
    for (size_t j = 0; j < columns; j++)
        filled_columns += column_sum(counts, rows, columns, j) > 0;
    if (filled_rows < 2 || filled_columns < 2)
        return test;
    for (size_t j = 0; j < columns; j++) {
        double of_column = column_sum(counts, rows, columns, j);
        for (size_t i = 0; i < rows && of_column > 0; i++) {
            double expected = row_sum(counts, columns, i) * of_column / n;
            double off = (double)counts[i * columns + j] - expected;
            statistic += expected > 0 ? off * off / expected : 0;
            least = expected > 0 && expected < least ? expected : least;
        }
    }
    test.statistic = statistic;
    test.df = (filled_rows - 1) * (filled_columns - 1);
    test.p = chisquare_above(statistic, test.df);
    test.v = sqrt(statistic
                  / (n * ((filled_rows < filled_columns ? filled_rows : filled_columns) - 1)));
    test.least_expected = least;
    return test;
}

/* ---- Hypergeometric ---- */

/* Of `marked` and `others`, `drawn` are taken: how many of them are marked. Probabilities go by
 * their share of the likeliest's, from which they follow by ratios. */
typedef struct hypergeometric {
    double marked, others, drawn, low, high, mode;
} hypergeometric;

static hypergeometric hypergeometric_make(double marked, double others, double drawn)
{
    hypergeometric h = {
        marked, others, drawn, drawn > others ? drawn - others : 0, drawn < marked ? drawn : marked,
        0};
    h.mode = floor((drawn + 1) * (marked + 1) / (marked + others + 2));
    h.mode = h.mode < h.low ? h.low : h.mode > h.high ? h.high : h.mode;
    return h;
}

/* The probability of k + 1 by that of k. */
static double step_up(const hypergeometric *h, double k)
{
    return (h->marked - k) * (h->drawn - k) / ((k + 1) * (h->others - h->drawn + k + 1));
}

double contingency_fisher(const int64_t counts[4])
{
    static const double ROOM = 1 + 1e-7;
    double a = (double)counts[0], b = (double)counts[1], c = (double)counts[2],
           d = (double)counts[3];
    hypergeometric h = hypergeometric_make(a + b, c + d, a + c);
    double observed = 1, all = 0, rare = 0, share = 1;
    for (double k = h.mode; k < a; k++)
        observed *= step_up(&h, k);
    for (double k = h.mode; k > a; k--)
        observed /= step_up(&h, k - 1);
    for (double k = h.mode; k <= h.high && share > 0; k++) {
        all += share;
        rare += share <= observed * ROOM ? share : 0;
        share *= k < h.high ? step_up(&h, k) : 0;
    }
    share = 1;
    for (double k = h.mode; k > h.low && share > 0; k--) {
        share /= step_up(&h, k - 1);
        all += share;
        rare += share <= observed * ROOM ? share : 0;
    }
    return rare / all;
}

/* ---- Simulation ---- */

/* A random one of the distribution: a uniform share of all probability is used up from the mode
 * outwards. */
static double draw_hypergeometric(const hypergeometric *h, random_stream *stream)
{
    static const double NEGLIGIBLE = 1e-18;
    double all = 1, share = 1, left;
    for (double k = h->mode; k < h->high && share > NEGLIGIBLE; k++)
        all += share *= step_up(h, k);
    share = 1;
    for (double k = h->mode; k > h->low && share > NEGLIGIBLE; k--)
        all += share /= step_up(h, k - 1);
    left = random_uniform(stream) * all - 1;
    share = 1;
    for (double k = h->mode; left >= 0 && k < h->high && share > NEGLIGIBLE; k++) {
        left -= share *= step_up(h, k);
        if (left < 0)
            return k + 1;
    }
    share = 1;
    for (double k = h->mode; left >= 0 && k > h->low && share > NEGLIGIBLE; k--) {
        left -= share /= step_up(h, k - 1);
        if (left < 0)
            return k - 1;
    }
    return h->mode; /* drawn at once, or what rounding left over */
}

/* The sum of count^2 / (row sum x column sum) of a table, which grows as chi-square does. */
static double add_cell(double count, double row, double column)
{
    return row > 0 && column > 0 ? count * count / (row * column) : 0;
}

/* The same of a random table; left[columns] is scratch. */
static double draw_table(const double *row_sums, size_t rows, const double *column_sums,
                         size_t columns, double *left, random_stream *stream)
{
    double n = 0, sum = 0;
    for (size_t j = 0; j < columns; j++)
        n += left[j] = column_sums[j];
    for (size_t i = 0; i < rows; i++) {
        double needed = row_sums[i], others = n;
        for (size_t j = 0; j < columns; j++) {
            hypergeometric h;
            double count;
            others -= left[j];
            h = hypergeometric_make(left[j], others, needed);
            count = h.low < h.high ? draw_hypergeometric(&h, stream) : h.low;
            left[j] -= count;
            needed -= count;
            sum += add_cell(count, row_sums[i], column_sums[j]);
        }
        n -= row_sums[i];
    }
    return sum;
}

relcoord_status contingency_simulate(const int64_t *counts, size_t rows, size_t columns,
                                     uint64_t replicates, uint64_t seed, double *p,
                                     relcoord_error *err)
{
    static const double ROOM =
        1e-12; /* tables that equal the observed one but for rounding reach it */
    double *sums = memory_new(rows + 2 * columns, sizeof *sums), *column_sums, observed = 0;
    uint64_t reached = 0;
    if (!sums)
        return fail_memory(err);
    column_sums = sums + rows;
    for (size_t i = 0; i < rows; i++)
        sums[i] = row_sum(counts, columns, i);
    for (size_t j = 0; j < columns; j++)
        column_sums[j] = column_sum(counts, rows, columns, j);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            observed += add_cell((double)counts[i * columns + j], sums[i], column_sums[j]);
    for (uint64_t replicate = 0; replicate < replicates; replicate++) {
        random_stream stream = random_start(seed, 0, replicate);
        reached += draw_table(sums, rows, column_sums, columns, column_sums + columns, &stream)
                   >= observed * (1 - ROOM);
    }
    *p = isnan(contingency_chi_square(counts, rows, columns).statistic)
             ? NAN
             : (double)(1 + reached) / (double)(1 + replicates);
    memory_free(sums);
    return RELCOORD_OK;
}
