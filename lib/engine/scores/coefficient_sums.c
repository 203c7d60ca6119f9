/* The sums over people from which the bootstrap makes reliability coefficients again, with
 * weights. */
#include "engine/scores/coefficients.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* ---- What each member adds ---- */

static size_t pair_count(size_t k)
{
    return k * (k + 1) / 2;
}

/* Numbers of complete cases: n, the items' sums, their products' in the order (0,0) (1,0) (1,1)
 * … */
static size_t complete_block(size_t k)
{
    return 1 + k + pair_count(k);
}

enum { PAIR_N, PAIR_X, PAIR_Y, PAIR_XX, PAIR_YY, PAIR_XY, PAIR_NUMBERS };

void coefficient_sums_free(coefficient_sums *s)
{
    memory_free(s->workgroup);
    memory_free(s->sums);
    *s = (coefficient_sums){.k = 0};
}

static bool is_complete(const double *row, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (isnan(row[j]))
            return false;
    return true;
}

static void add_complete(const double *row, const double *first, size_t k, double *block)
{
    double *products = block + 1 + k;
    block[0]++;
    for (size_t i = 0; i < k; i++) {
        block[1 + i] += row[i] - first[i];
        for (size_t j = 0; j <= i; j++)
            *products++ += (row[i] - first[i]) * (row[j] - first[j]);
    }
}

static void add_pairs(const double *row, const double *first, size_t k, double *pairs)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, pairs += PAIR_NUMBERS) {
            double x = row[i] - first[i], y = row[j] - first[j];
            if (isnan(x) || isnan(y))
                continue;
            pairs[PAIR_N]++;
            pairs[PAIR_X] += x;
            pairs[PAIR_Y] += y;
            pairs[PAIR_XX] += x * x;
            pairs[PAIR_YY] += y * y;
            pairs[PAIR_XY] += x * y;
        }
}

/* Where the rows come from, and room for one of them and for the first answers. */
typedef struct row_source {
    const run *r;
    const scale *scale;
    const group_members *members;
    scale_basis basis;
    double *row, *first;
} row_source;

/* The first answer to each item; NaN where there is none. */
static void find_first(const row_source *from, size_t k)
{
    size_t missing = k;
    for (size_t j = 0; j < k; j++)
        from->first[j] = NAN;
    for (uint32_t m = 0; m < from->members->count && missing > 0; m++)
        for (uint32_t i = 0; i < scale_row_count(from->r, from->members, m, from->basis); i++) {
            scale_row_read(from->r, from->scale, from->members, from->basis, m, i, from->row);
            missing = 0;
            for (size_t j = 0; j < k; j++) {
                from->first[j] = isnan(from->first[j]) ? from->row[j] : from->first[j];
                missing += isnan(from->first[j]) != 0;
            }
        }
}

static void add_member(const row_source *from, uint32_t member, coefficient_sums *s)
{
    const attribute *workgroups = &from->r->survey->attributes[COLUMN_WORKGROUP];
    double *block = s->sums + member * s->block;
    if (s->leveled)
        s->workgroup[member] = workgroups->values[from->members->participations[member]];
    if (s->leveled && s->workgroup[member] >= s->workgroups)
        s->workgroups = s->workgroup[member] + (size_t)1;
    for (uint32_t i = 0; i < scale_row_count(from->r, from->members, member, from->basis); i++) {
        scale_row_read(from->r, from->scale, from->members, from->basis, member, i, from->row);
        if (is_complete(from->row, s->k))
            add_complete(from->row, from->first, s->k, block);
        if (s->pairwise)
            add_pairs(from->row, from->first, s->k, block + complete_block(s->k));
    }
}

relcoord_status coefficient_sums_make(const run *r, const scale *which,
                                      const group_members *members, scale_basis basis,
                                      bool pairwise, const coefficient_matrices *whole,
                                      coefficient_sums *out, relcoord_error *err)
{
    size_t k = which->k;
    coefficient_sums s = {.k = k,
                          .members = members->count,
                          .workgroups = 1,
                          .pairwise = pairwise,
                          .leveled = whole->levels,
                          .n = whole->n,
                          .complete_n = whole->complete_n,
                          .confidence = whole->confidence,
                          .start = whole->solved};
    row_source from = {r,
                       which,
                       members,
                       basis,
                       memory_new(k, sizeof *from.row),
                       memory_new(k, sizeof *from.first)};
    relcoord_status status = RELCOORD_OK;
    s.block = complete_block(k) + (pairwise ? PAIR_NUMBERS * pair_count(k) : 0);
    s.workgroup = memory_zeroed(s.members, sizeof *s.workgroup);
    s.sums = s.members <= SIZE_MAX / s.block ? memory_zeroed(s.members * s.block, sizeof *s.sums)
                                             : NULL;
    if (!from.row || !from.first || !s.workgroup || !s.sums)
        status = fail_memory(err);
    if (!status)
        find_first(&from, k);
    for (uint32_t m = 0; m < members->count && !status; m++)
        add_member(&from, m, &s);
    memory_free(from.row);
    memory_free(from.first);
    if (status)
        coefficient_sums_free(&s);
    else
        *out = s;
    return status;
}

/* ---- With weights ---- */

/* What an evaluation works on; all of it lies in its scratch. */
typedef struct weighed {
    double *by_workgroup, *all, *pairs;
    double *complete, *covariance, *correlation, *within, *between, *work;
} weighed;

static size_t lay_out(const coefficient_sums *s, double *scratch, weighed *w)
{
    size_t square = s->k * s->k, block = complete_block(s->k), at = 0;
    double **const parts[] = {&w->by_workgroup, &w->all,        &w->pairs,
                              &w->complete,     &w->covariance, &w->correlation,
                              &w->within,       &w->between,    &w->work};
    const size_t sizes[] = {s->workgroups * block,
                            block,
                            s->block - block,
                            square,
                            square,
                            square,
                            square,
                            square,
                            square};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (scratch)
            *parts[i] = scratch + at;
        at += sizes[i];
    }
    return at;
}

size_t coefficient_sums_scratch(const coefficient_sums *s)
{
    weighed w;
    return lay_out(s, NULL, &w) * sizeof(double);
}

static void weigh_members(const coefficient_sums *s, const double *weights, weighed *w)
{
    size_t block = complete_block(s->k);
    memset(w->by_workgroup, 0, s->workgroups * block * sizeof *w->by_workgroup);
    memset(w->all, 0, (s->block) * sizeof *w->all); /* and the pairs, which lie behind it */
    for (size_t m = 0; m < s->members; m++) {
        const double *from = s->sums + m * s->block;
        double *to = w->by_workgroup + s->workgroup[m] * block, weight = weights[m];
        if (weight == 0)
            continue;
        for (size_t i = 0; i < block; i++)
            to[i] += weight * from[i];
        for (size_t i = block; i < s->block; i++)
            w->pairs[i - block] += weight * from[i];
    }
    for (size_t g = 0; g < s->workgroups; g++)
        for (size_t i = 0; i < block; i++)
            w->all[i] += w->by_workgroup[g * block + i];
}

/* What rounding leaves of squares that cancel is no variance. */
static double scatter(double n, double x, double y, double xy, bool square)
{
    double value = xy - x * y / n;
    return square && !(value > 1e-12 * xy) ? 0 : value;
}

static void set_both(double *matrix, size_t k, size_t i, size_t j, double value)
{
    matrix[i * k + j] = matrix[j * k + i] = value;
}

static void find_complete_matrices(const coefficient_sums *s, weighed *w)
{
    size_t k = s->k;
    double n = w->all[0];
    const double *sums = w->all + 1, *products = sums + k;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++)
            set_both(w->complete, k, i, j,
                     n > 1 ? scatter(n, sums[i], sums[j], *products++, i == j) / (n - 1) : NAN);
    if (!s->pairwise) {
        memcpy(w->covariance, w->complete, k * k * sizeof *w->covariance);
        covariance_standardise(w->covariance, k, w->correlation);
    }
}

static void find_pair_matrices(const coefficient_sums *s, weighed *w)
{
    size_t k = s->k;
    const double *p = w->pairs;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++, p += PAIR_NUMBERS) {
            double xx = scatter(p[PAIR_N], p[PAIR_X], p[PAIR_X], p[PAIR_XX], true);
            double yy = scatter(p[PAIR_N], p[PAIR_Y], p[PAIR_Y], p[PAIR_YY], true);
            double xy = scatter(p[PAIR_N], p[PAIR_X], p[PAIR_Y], p[PAIR_XY], i == j);
            bool enough = p[PAIR_N] > 1;
            set_both(w->covariance, k, i, j, enough ? xy / (p[PAIR_N] - 1) : NAN);
            set_both(w->correlation, k, i, j,
                     enough && xx > 0 && yy > 0 ? (i == j ? 1 : xy / sqrt(xx) / sqrt(yy)) : NAN);
        }
}

/* As two_level.h has it, of sums. */
static two_level find_levels(const coefficient_sums *s, weighed *w)
{
    size_t k = s->k, block = complete_block(k);
    two_level t = {.k = k, .n0 = NAN, .within = w->within, .between = w->between};
    double n = w->all[0], squares = 0;
    for (size_t g = 0; g < s->workgroups; g++) {
        double size = w->by_workgroup[g * block];
        t.groups += size > 0;
        squares += size * size;
    }
    t.cases = (int64_t)llround(n);
    t.n0 = t.groups > 1 ? (n - squares / n) / (double)(t.groups - 1) : NAN;
    for (size_t i = 0, pair = 1 + k; i < k; i++)
        for (size_t j = 0; j <= i; j++, pair++) {
            double of_means = 0;
            for (size_t g = 0; g < s->workgroups; g++) {
                const double *sums = w->by_workgroup + g * block;
                of_means += sums[0] > 0 ? sums[1 + i] * sums[1 + j] / sums[0] : 0;
            }
            double left = w->all[pair] - of_means,
                   within = t.cases > t.groups ? left / (n - (double)t.groups) : NAN;
            within = i == j && !(left > 1e-12 * w->all[pair]) ? 0 : within;
            double between = (of_means - w->all[1 + i] * w->all[1 + j] / n)
                             / (double)(t.groups - 1);
            set_both(w->within, k, i, j, within);
            set_both(w->between, k, i, j, (between - within) / t.n0);
        }
    return t;
}

double coefficient_sums_complete(const coefficient_sums *s, const double *weights, void *scratch,
                                 double *covariance)
{
    weighed w = {.all = NULL};
    lay_out(s, scratch, &w);
    weigh_members(s, weights, &w);
    find_complete_matrices(s, &w);
    for (size_t i = 0; i < s->k * s->k; i++)
        covariance[i] = w.complete[i] * (w.all[0] - 1) / w.all[0];
    return w.all[0];
}

relcoord_status coefficient_sums_evaluate(const void *context, const double *weights, void *scratch,
                                          double *values, relcoord_error *err)
{
    const coefficient_sums *s = context;
    coefficient_set found;
    weighed w = {.all = NULL};
    two_level levels;
    lay_out(s, scratch, &w);
    weigh_members(s, weights, &w);
    find_complete_matrices(s, &w);
    if (s->pairwise)
        find_pair_matrices(s, &w);
    if (s->leveled)
        levels = find_levels(s, &w);
    coefficient_matrices m = {.k = s->k,
                              .n = s->n,
                              .covariance = w.covariance,
                              .correlation = w.correlation,
                              .complete_n = s->complete_n,
                              .complete = w.complete,
                              .levels = s->leveled ? &levels : NULL,
                              .confidence = s->confidence,
                              .work = w.work,
                              .start = s->start};
    relcoord_status status = coefficients_find(&m, &found, err);
    for (int c = 0; c < COEFFICIENT_COUNT && !status; c++)
        values[c] = found.values[c].value;
    return status;
}
