/* A rater workgroup with far fewer patterns of what respondents rated than cells, as when all rate
 * all: what the cells leave of the respondents is a matrix of the patterns, so that no matrix of
 * the cells is inverted or multiplied by another (Woodbury's identity; Searle, Casella & McCulloch
 * 1992, appendix M).
 *
 *     M = D - Z C Z',   E = I + ratio_c D,   U = E^-1 Z
 *     H = I - ratio_c C^1/2 Z'U C^1/2,   K = C^1/2 H^-1 C^1/2
 *     B^-1 = E^-1 + ratio_c U K U'
 *     A = D E^-1 - U K U' - phi column column' = F - Q S Q'
 *
 * with Z the cells of each pattern, D their ties, C = respondents ratio_i/(1 + m ratio_i), Q = (U,
 * column) and S = (K, phi). See reml_group.c for B, phi and J. Of tall matrices the columns lie
 * side by side, as rows. */
#include "stats/variance/reml_few.h"

#include <math.h>
#include <string.h>

#include "stats/numbers/linear.h"
#include "stats/numbers/matrix.h"

bool group_has_few(const crossing_group *g)
{
    return 2 * g->patterns + 2 <= g->cells;
}

/* Where things lie in the scratch. Columns of Q and of W = J Z, and what is worked on, as rows of
 * n. */
typedef struct few {
    size_t n, p;
    double *q, *w, *left, *work;        /* up to p + 1 rows; the column is q's last */
    double *shared, *k, *theta, *x, *y; /* p x p: Z'U, K, Z'T Z */
    double *weight, *root, *once, *twice,
        *sums;        /* by pattern: C, its root, what V_id's derivatives weigh; sums change */
    double *edge, *f; /* by cell: E^-1 and F */
} few;

static few lay_out(const crossing_group *g, const group_scratch *s)
{
    size_t p = g->patterns;
    double *rest = s->z;
    return (few){.n = s->n,
                 .p = p,
                 .q = s->m,
                 .w = s->once,
                 .left = s->twice,
                 .work = s->inverse,
                 .shared = s->t,
                 .k = s->j,
                 .theta = s->x,
                 .x = s->y,
                 .y = s->y + p * p,
                 .weight = rest,
                 .root = rest + p,
                 .once = rest + 2 * p,
                 .twice = rest + 3 * p,
                 .sums = rest + 4 * p,
                 .edge = rest + 5 * p,
                 .f = rest + 5 * p + s->n};
}

/* C = A B: A p x p, B p x n. */
static void multiply_square(size_t p, size_t n, const double *a, const double *b, double *c)
{
    memset(c, 0, p * n * sizeof *c);
    for (size_t i = 0; i < p; i++)
        matrix_add_rows(c + i * n, a + i * p, 1, b, p, n);
}

/* The sum of what a row has in a pattern's cells. */
static double sum_cells(const crossing *c, const crossing_pattern *p, const double *row)
{
    double sum = 0;
    for (size_t i = 0; i < p->size; i++)
        sum += row[c->entry[p->first + i]];
    return sum;
}

/* ---- Cells and the workgroup ---- */

static void fill_cells(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                       few *w, group_form *out)
{
    double cell = ratio[COMPONENT_CELL], respondent = ratio[COMPONENT_RESPONDENT];
    memset(w->q, 0, w->p * w->n * sizeof *w->q);
    for (size_t i = 0; i < w->n; i++) {
        double n = c->cell[g->first_cell + i].n;
        w->edge[i] = 1 / (1 + cell * n);
        w->f[i] = n * w->edge[i];
        out->log_determinant += log1p(cell * n);
    }
    for (size_t i = 0; i < w->p; i++) {
        const crossing_pattern *p = c->pattern + g->first_pattern + i;
        double left = 1 / (1 + p->size * respondent);
        w->weight[i] = p->respondents * respondent * left;
        w->root[i] = sqrt(w->weight[i]);
        w->once[i] = p->respondents * left * left;
        w->twice[i] = w->once[i] * p->size * left;
        for (size_t j = 0; j < p->size; j++)
            w->q[i * w->n + c->entry[p->first + j]] = w->edge[c->entry[p->first + j]];
    }
}

/* Z'U and K; false when H is not positive definite. */
static bool invert_patterns(const crossing *c, const crossing_group *g, double cell, few *w,
                            group_form *out)
{
    size_t p = w->p;
    double logarithm;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            w->shared[i * p + j] = sum_cells(c, c->pattern + g->first_pattern + j, w->q + i * w->n);
            w->x[i * p + j] = (i == j) - cell * w->root[i] * w->root[j] * w->shared[i * p + j];
        }
    if (!linear_inverse_positive(w->x, p, w->k, &logarithm))
        return false;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            w->k[i * p + j] *= w->root[i] * w->root[j];
    out->log_determinant += logarithm;
    return true;
}

/* U K U'x, added to y times factor. */
static void add_shared(const few *w, const double *x, double factor, double *y)
{
    double *sums = w->sums;
    for (size_t i = 0; i < w->p; i++)
        sums[i] = vector_product(w->n, w->q + i * w->n, x);
    for (size_t i = 0; i < w->p; i++)
        matrix_add_rows(y, (const double[1]){factor * vector_product(w->p, w->k + i * w->p, sums)},
                        1, w->q + i * w->n, 1, w->n);
}

/* B^-1 x. */
static void apply_inverse(const few *w, double cell, const double *x, double *y)
{
    for (size_t i = 0; i < w->n; i++)
        y[i] = w->edge[i] * x[i];
    add_shared(w, x, cell, y);
}

/* tr(A A) before the workgroup is absorbed. */
static double trace_of_square(const crossing *c, const crossing_group *g, const few *w)
{
    size_t p = w->p;
    double sum = vector_product(w->n, w->f, w->f);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            const crossing_pattern *pattern = c->pattern + g->first_pattern + j;
            double plain = 0, by_f = 0;
            for (size_t e = 0; e < pattern->size; e++) {
                uint32_t at = c->entry[pattern->first + e];
                double product = w->q[i * w->n + at] * w->edge[at];
                plain += product;
                by_f += product * w->f[at];
            }
            w->x[i * p + j] = plain;
            sum -= 2 * w->k[i * p + j] * by_f;
        }
    matrix_multiply(p, w->k, w->x, w->y);
    return sum + matrix_trace_product(p, w->y, w->y);
}

/* B^-1 1 and A 1, which become Q's last, phi, T r and b. */
static bool absorb_rater(const few *w, const double ratio[RATIOS], bool fixed, group_scratch *s,
                         group_form *out)
{
    double rater = ratio[COMPONENT_RATER], cell = ratio[COMPONENT_CELL], *column = out->column;
    for (size_t i = 0; i < w->n; i++) {
        s->u[i] = 1;
        column[i] = w->f[i];
    }
    apply_inverse(w, cell, s->u, s->ones);
    add_shared(w, s->u, -1, column);
    memcpy(w->q + w->p * w->n, column, w->n * sizeof *column);
    out->weight = vector_sum(w->n, column);
    out->sum = vector_product(w->n, s->ones, s->r);
    out->log_determinant += fixed ? log(out->weight) : log1p(rater * out->weight);
    s->phi = fixed ? 1 / out->weight : rater / (1 + rater * out->weight);

    apply_inverse(w, cell, s->r, s->tr);
    for (size_t i = 0; i < w->n; i++) {
        out->b[i] = s->tr[i] - s->phi * column[i] * out->sum;
        s->tr[i] = cell * s->tr[i] + s->phi * s->ones[i] * out->sum;
    }
    out->squares -= vector_product(w->n, s->r, s->tr);
    return out->weight > 0;
}

void group_apply_few(const crossing_group *g, const group_scratch *s, const double ratio[RATIOS],
                     const group_form *out, const double *x, double *y)
{
    few w = lay_out(g, s);
    double shift = s->phi * vector_product(w.n, s->ones, x);
    apply_inverse(&w, ratio[COMPONENT_CELL], x, y);
    for (size_t i = 0; i < w.n; i++)
        y[i] -= shift * out->column[i];
}

/* ---- Derivatives ---- */

/* A X, of a symmetric X, or A where X is NULL. */
static void multiply_by_form(const few *w, double phi, const double *x, double *out)
{
    size_t n = w->n, p = w->p;
    const double *rows = w->q;
    if (x) {
        matrix_multiply_rows(p + 1, n, w->q, x, w->work);
        rows = w->work;
    }
    multiply_square(p, n, w->k, rows, w->left);
    for (size_t j = 0; j < n; j++)
        w->left[p * n + j] = phi * rows[p * n + j];
    for (size_t j = 0; j < (p + 1) * n; j++)
        w->left[j] = -w->left[j];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            out[i * n + j] = x ? w->f[i] * x[i * n + j] : i == j ? w->f[i] : 0;
        matrix_add_rows(out + i * n, w->q + i, n, w->left, p + 1, n);
    }
}

/* W'Y, of p rows each. */
static void multiply_tall(const few *w, const double *y, double *out)
{
    size_t n = w->n;
    memset(out, 0, n * n * sizeof *out);
    for (size_t i = 0; i < n; i++)
        matrix_add_rows(out + i * n, w->w + i, n, y, w->p, n);
    matrix_make_symmetric(n, out);
}

/* W = J Z = U (I + ratio_c K Z'U) - phi column 1'B^-1 Z, and Z'T Z. */
static void project_patterns(const crossing *c, const crossing_group *g, double cell,
                             const group_scratch *s, few *w)
{
    size_t n = w->n, p = w->p;
    matrix_multiply(p, w->k, w->shared, w->y);
    matrix_multiply(p, w->shared, w->y, w->theta);
    for (size_t i = 0; i < p; i++)
        w->sums[i] = sum_cells(c, c->pattern + g->first_pattern + i, s->ones);
    memset(w->w, 0, p * n * sizeof *w->w);
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++) {
            w->theta[i * p + j] = cell * (w->shared[i * p + j] + cell * w->theta[i * p + j])
                                  + s->phi * w->sums[i] * w->sums[j];
            w->work[j] = (i == j) + cell * w->y[j * p + i];
        }
        w->work[p] = -s->phi * w->sums[i];
        matrix_add_rows(w->w + i * n, w->work, 1, w->q, p + 1, n);
    }
}

/* As derive_cells of reml_group.c. */
static void derive_cells(const few *w, const group_scratch *s, group_form *out)
{
    enum { I = COMPONENT_RESPONDENT, C = COMPONENT_CELL };
    size_t n = w->n, p = w->p;
    double trace = 0, cross = 0, square = 0;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < n; j++)
            w->left[i * n + j] = w->once[i] * w->w[i * n + j];
        trace += w->once[i] * w->theta[i * p + i];
        cross += w->twice[i] * w->theta[i * p + i];
        for (size_t j = 0; j < p; j++) {
            double both = w->once[i] * w->theta[i * p + j] * w->once[j];
            w->x[i * p + j] = (i == j ? w->twice[i] : 0) - both;
            square += both * w->theta[j * p + i];
        }
    }
    multiply_tall(w, w->left, out->slope[I]);
    multiply_square(p, n, w->x, w->w, w->left);
    multiply_tall(w, w->left, out->bend[I][I]);
    multiply_by_form(w, s->phi, out->a, out->slope[C]);
    multiply_by_form(w, s->phi, out->slope[C], out->bend[C][C]);
    multiply_by_form(w, s->phi, out->slope[I], out->bend[I][C]);
    out->determinant_slope[I] = s->diagonal - trace;
    out->determinant_bend[I][I] = -(s->diagonal_squares - 2 * cross + square);
}

bool group_absorb_few(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                      bool fixed, group_scratch *s, group_form *out)
{
    few w = lay_out(g, s);
    fill_cells(c, g, ratio, &w, out);
    if (!invert_patterns(c, g, ratio[COMPONENT_CELL], &w, out))
        return false;
    out->scale[COMPONENT_CELL] = trace_of_square(c, g, &w);
    if (!absorb_rater(&w, ratio, fixed, s, out))
        return false;
    multiply_by_form(&w, s->phi, NULL, out->a);
    matrix_make_symmetric(w.n, out->a);
    project_patterns(c, g, ratio[COMPONENT_CELL], s, &w);
    derive_cells(&w, s, out);
    return true;
}
