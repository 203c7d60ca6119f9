/* Within and between covariances, in two passes: the groups' means, then products about them. A
 * group's mean is its first value and what the others are beside it on average, so that a group of
 * equal values adds exactly nothing. */
#include "stats/reliability/two_level.h"

#include <math.h>

#include "base/memory.h"
#include "stats/numbers/moments.h"

/* One item in one group. */
typedef struct group_mean {
    double first, mean;
    total beside;
} group_mean;

typedef struct scratch {
    int64_t *sizes;    /* by group */
    group_mean *means; /* group x item */
    double *grand;     /* by item */
    total *products;   /* k x k */
} scratch;

static bool scratch_new(size_t groups, size_t k, scratch *s)
{
    if (k > 0 && groups > SIZE_MAX / k)
        return false;
    s->sizes = memory_zeroed(groups, sizeof *s->sizes);
    s->means = memory_zeroed(groups * k, sizeof *s->means);
    s->grand = memory_zeroed(k, sizeof *s->grand);
    s->products = memory_zeroed(k * k, sizeof *s->products);
    return s->sizes && s->means && s->grand && s->products;
}

static void scratch_free(scratch *s)
{
    memory_free(s->sizes);
    memory_free(s->means);
    memory_free(s->grand);
    memory_free(s->products);
}

static bool two_level_new(size_t k, two_level *out)
{
    *out = (two_level){.k = k, .n0 = NAN};
    if (k > SIZE_MAX / sizeof(double) / 2 / (k + 1))
        return false;
    out->memory = memory_new(2 * k * k, sizeof(double));
    if (!out->memory)
        return false;
    out->within = out->memory;
    out->between = out->within + k * k;
    return true;
}

void two_level_free(two_level *t)
{
    memory_free(t->memory);
    *t = (two_level){0};
}

static bool is_complete(const double *row, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (!isfinite(row[j]))
            return false;
    return true;
}

static void find_group_means(const double *values, size_t rows, const uint32_t *groups, scratch *s,
                             two_level *t)
{
    size_t k = t->k;
    for (size_t r = 0; r < rows; r++) {
        const double *row = values + r * k;
        if (!is_complete(row, k)) {
            t->left_out++;
            continue;
        }
        group_mean *means = s->means + groups[r] * k;
        bool first = s->sizes[groups[r]]++ == 0;
        t->cases++;
        t->groups += first;
        for (size_t j = 0; j < k; j++) {
            means[j].first = first ? row[j] : means[j].first;
            total_add(&means[j].beside, row[j] - means[j].first);
        }
    }
}

/* Means of groups and of all cases, and n0. */
static void finish_means(size_t group_count, scratch *s, two_level *t)
{
    double squares = 0, n = (double)t->cases, base = 0;
    for (size_t g = 0; g < group_count; g++) {
        double size = (double)s->sizes[g];
        squares += size * size;
        for (size_t j = 0; j < t->k && size > 0; j++) {
            group_mean *m = s->means + g * t->k + j;
            m->mean = m->first + total_value(&m->beside) / size;
        }
    }
    t->n0 = t->groups < 2 ? NAN : (n - squares / n) / (double)(t->groups - 1);
    for (size_t j = 0; j < t->k; j++) {
        total sum = {0, 0};
        bool first = true;
        for (size_t g = 0; g < group_count; g++) {
            if (s->sizes[g] == 0)
                continue;
            const group_mean *m = s->means + g * t->k + j;
            base = first ? m->mean : base;
            first = false;
            total_add(&sum, (m->mean - base) * (double)s->sizes[g]);
        }
        s->grand[j] = base + total_value(&sum) / n;
    }
}

static void clear_products(scratch *s, size_t k)
{
    for (size_t i = 0; i < k * k; i++)
        s->products[i] = (total){0, 0};
}

static void set_matrix(const scratch *s, size_t k, double divisor, double *matrix)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            double value = divisor > 0 ? total_value(&s->products[i * k + j]) / divisor : NAN;
            matrix[i * k + j] = matrix[j * k + i] = value;
        }
}

static void set_between(const scratch *s, two_level *t)
{
    set_matrix(s, t->k, (double)t->groups - 1, t->between);
    for (size_t i = 0; i < t->k * t->k; i++)
        t->between[i] = (t->between[i] - t->within[i]) / t->n0;
}

static void find_within(const double *values, size_t rows, const uint32_t *groups, scratch *s,
                        two_level *t)
{
    size_t k = t->k;
    for (size_t r = 0; r < rows; r++) {
        const double *row = values + r * k;
        const group_mean *means = s->means + groups[r] * k;
        if (!is_complete(row, k))
            continue;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++)
                total_add(&s->products[i * k + j],
                          (row[i] - means[i].mean) * (row[j] - means[j].mean));
    }
    set_matrix(s, k, (double)(t->cases - t->groups), t->within);
}

static void find_between(size_t group_count, scratch *s, two_level *t)
{
    size_t k = t->k;
    clear_products(s, k);
    for (size_t g = 0; g < group_count; g++) {
        const group_mean *means = s->means + g * k;
        if (s->sizes[g] == 0)
            continue;
        for (size_t i = 0; i < k; i++)
            for (size_t j = 0; j <= i; j++)
                total_add(&s->products[i * k + j], (double)s->sizes[g]
                                                       * (means[i].mean - s->grand[i])
                                                       * (means[j].mean - s->grand[j]));
    }
    set_between(s, t);
}

bool two_level_of_values(const double *values, size_t rows, size_t k, const uint32_t *groups,
                         size_t group_count, two_level *out)
{
    scratch s = {0};
    bool done = two_level_new(k, out) && scratch_new(group_count, k, &s);
    if (!done)
        goto done;
    find_group_means(values, rows, groups, &s, out);
    finish_means(group_count, &s, out);
    find_within(values, rows, groups, &s, out);
    find_between(group_count, &s, out);

done:
    scratch_free(&s);
    if (!done)
        two_level_free(out);
    return done;
}

/* ---- Exact sums ---- */

static size_t block_size(size_t k)
{
    return 1 + k + k * (k + 1) / 2;
}

/* Of items i >= j in one group. */
static pair_sums pair_of_block(const int64_t *block, size_t k, size_t i, size_t j)
{
    const int64_t *sums = block + 1, *products = sums + k;
    return (pair_sums){block[0],
                       sums[i],
                       sums[j],
                       products[i * (i + 1) / 2 + i],
                       products[j * (j + 1) / 2 + j],
                       products[i * (i + 1) / 2 + j]};
}

static void count_blocks(const int64_t *blocks, size_t group_count, two_level *t, double *grand)
{
    double squares = 0;
    for (size_t j = 0; j < t->k; j++) {
        int64_t sum = 0;
        t->cases = 0;
        for (const int64_t *block = blocks; block != blocks + group_count * block_size(t->k);
             block += block_size(t->k)) {
            t->cases += block[0];
            sum += block[1 + j];
        }
        grand[j] = (double)sum / (double)t->cases;
    }
    for (size_t g = 0; g < group_count; g++) {
        double size = (double)blocks[g * block_size(t->k)];
        t->groups += size > 0;
        squares += size * size;
    }
    t->n0 = t->groups < 2
                ? NAN
                : ((double)t->cases - squares / (double)t->cases) / (double)(t->groups - 1);
}

/* Both levels' sums of products: within, each group's is rounded once. */
static void add_blocks(const int64_t *blocks, size_t group_count, const double *grand, scratch *s,
                       size_t k, bool between)
{
    for (size_t g = 0; g < group_count; g++) {
        const int64_t *block = blocks + g * block_size(k);
        double n = (double)block[0];
        for (size_t i = 0; i < k && block[0] > 0; i++)
            for (size_t j = 0; j <= i; j++) {
                pair_sums pair = pair_of_block(block, k, i, j);
                double means = n * ((double)pair.x / n - grand[i])
                               * ((double)pair.y / n - grand[j]);
                total_add(&s->products[i * k + j], between ? means : pair_sums_scatter(&pair) / n);
            }
    }
}

bool two_level_of_sums(const int64_t *blocks, size_t k, size_t group_count, two_level *out)
{
    scratch s = {0};
    bool done = two_level_new(k, out) && scratch_new(0, k, &s);
    if (!done)
        goto done;
    count_blocks(blocks, group_count, out, s.grand);
    add_blocks(blocks, group_count, s.grand, &s, k, false);
    set_matrix(&s, k, (double)(out->cases - out->groups), out->within);
    clear_products(&s, k);
    add_blocks(blocks, group_count, s.grand, &s, k, true);
    set_between(&s, out);

done:
    scratch_free(&s);
    if (!done)
        two_level_free(out);
    return done;
}

/* Degrees of freedom take the place of n - 1 cases. */
coefficient two_level_alpha_within(const two_level *t)
{
    return reliability_alpha(t->within, t->k, t->cases - t->groups + 1);
}

coefficient two_level_alpha_between(const two_level *t)
{
    /* Where nothing was left to tell the levels apart there is no between matrix either. */
    return reliability_alpha(t->between, t->k, t->cases > t->groups ? t->groups : 0);
}
