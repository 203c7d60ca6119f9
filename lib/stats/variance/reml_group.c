/* One rater workgroup of the crossed model, absorbed in three steps: its respondents in closed form
 * (V0^-1 = I - ratio/(1 + m ratio) 11' for one of m ties), its cells by a matrix of its cells,
 * itself by a row.
 *
 *     P_g = V0^-1 - V0^-1 Z_c T Z_c'V0^-1
 *     T = ratio_c B^-1 + phi (B^-1 1)(B^-1 1)',   B = I + ratio_c M
 *
 * with M = Z_c'V0^-1 Z_c, phi = ratio_g/(1 + ratio_g s), s = 1'B^-1 M 1, and 1/s for a fixed
 * workgroup. Derivatives are those of a projected inverse: dP = -P V_k P (Searle, Casella &
 * McCulloch 1992, appendix M). */
#include "stats/variance/reml_group.h"

#include <math.h>
#include <string.h>

#include "stats/numbers/linear.h"
#include "stats/numbers/matrix.h"
#include "stats/variance/reml_few.h"

static group_scratch lay_out(double *room, size_t n)
{
    group_scratch s = {.n = n};
    double **matrices[GROUP_MATRICES] = {&s.m, &s.once, &s.twice, &s.inverse, &s.t,
                                         &s.j, &s.x,    &s.y,     &s.z};
    double **vectors[GROUP_VECTORS] = {&s.r, &s.ones, &s.tr, &s.u, &s.v, &s.w};
    for (size_t i = 0; i < GROUP_MATRICES; i++, room += n * n)
        *matrices[i] = room;
    for (size_t i = 0; i < GROUP_VECTORS; i++, room += n)
        *vectors[i] = room;
    return s;
}

/* ---- Respondents ---- */

/* What y'V0^-1 y and Z_c'V0^-1 y take of the scores about their respondents' means, the group and
 * its cells hold. */
static void absorb_pattern(const crossing_pattern *p, const uint32_t *cells, double ratio,
                           group_scratch *s, group_form *out)
{
    double size = p->size, left = 1 / (1 + size * ratio), sum = p->respondents * p->mean;
    for (size_t i = 0; i < p->size; i++)
        s->r[cells[i]] += left / size * sum;
    s->diagonal += p->respondents * size * left;
    s->diagonal_squares += p->respondents * left * left * size * size;
    out->squares += left / size * (p->squares + sum * p->mean);
    out->log_determinant += p->respondents * log1p(size * ratio);
}

static void absorb_respondents(const crossing *c, const crossing_group *g, double ratio,
                               group_scratch *s, group_form *out)
{
    for (size_t i = 0; i < s->n; i++)
        s->r[i] = c->cell[g->first_cell + i].sum;
    out->squares = g->squares;
    out->log_determinant = 0;
    for (size_t i = 0; i < g->patterns; i++) {
        const crossing_pattern *p = c->pattern + g->first_pattern + i;
        absorb_pattern(p, c->entry + p->first, ratio, s, out);
    }
}

/* M and the two matrices that its derivatives come from. */
static void gather_products(const crossing *c, const crossing_group *g, double ratio,
                            group_scratch *s)
{
    memset(s->m, 0, 3 * s->n * s->n * sizeof *s->m); /* m, once and twice lie side by side */
    for (size_t i = 0; i < s->n; i++)
        s->m[i * s->n + i] = c->cell[g->first_cell + i].n;
    for (const crossing_pattern *p = c->pattern + g->first_pattern;
         p < c->pattern + g->first_pattern + g->patterns; p++) {
        const uint32_t *cells = c->entry + p->first;
        double size = p->size, left = 1 / (1 + size * ratio),
               inverse = p->respondents * ratio * left;
        double once = p->respondents * left * left, twice = once * size * left;
        for (size_t i = 0; i < p->size; i++)
            for (size_t j = 0; j < p->size; j++) {
                size_t at = cells[i] * s->n + cells[j];
                s->m[at] -= inverse;
                s->once[at] += once;
                s->twice[at] += twice;
            }
    }
}

/* ---- Cells and the workgroup ---- */

/* T, J = I - M T, A = J M and b = J r; false when B is not positive definite. */
static bool absorb_cells(const double ratio[RATIOS], bool fixed, group_scratch *s, group_form *out)
{
    size_t n = s->n;
    double cell = ratio[COMPONENT_CELL], rater = ratio[COMPONENT_RATER], logarithm;
    for (size_t i = 0; i < n * n; i++)
        s->x[i] = cell * s->m[i] + (i % (n + 1) == 0);
    if (!linear_inverse_positive(s->x, n, s->inverse, &logarithm))
        return false;
    matrix_multiply(n, s->inverse, s->m, out->a);
    matrix_make_symmetric(n, out->a);
    for (size_t i = 0; i < n; i++) {
        s->ones[i] = vector_sum(n, s->inverse + i * n);
        out->column[i] = vector_sum(n, out->a + i * n);
    }
    out->scale[COMPONENT_CELL] = matrix_trace_product(n, out->a, out->a);
    out->weight = vector_sum(n, out->column);
    out->sum = vector_product(n, s->ones, s->r);
    out->log_determinant += logarithm + (fixed ? log(out->weight) : log1p(rater * out->weight));

    double phi = fixed ? 1 / out->weight : rater / (1 + rater * out->weight);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            s->t[i * n + j] = cell * s->inverse[i * n + j] + phi * s->ones[i] * s->ones[j];
            s->j[i * n + j] = s->inverse[i * n + j] - phi * out->column[i] * s->ones[j];
            out->a[i * n + j] -= phi * out->column[i] * out->column[j];
        }
    matrix_apply(n, s->t, s->r, s->tr);
    matrix_apply(n, s->j, s->r, out->b);
    out->squares -= vector_product(n, s->r, s->tr);
    return out->weight > 0;
}

/* ---- Derivatives ---- */

/* Z_c'P V_id P Z_c in slope[I], what its own derivative is half of, and A's square and cube, and
 * that of both. */
static void derive_cells(group_scratch *s, group_form *out)
{
    enum { I = COMPONENT_RESPONDENT, C = COMPONENT_CELL };
    size_t n = s->n;
    double *once = out->slope[I], sum = 0;

    matrix_multiply(n, s->j, s->once, s->x);
    matrix_multiply_turned(n, s->x, s->j, once);
    matrix_multiply(n, s->t, s->once, s->x);
    matrix_multiply(n, s->once, s->x, s->y);
    for (size_t i = 0; i < n * n; i++)
        s->y[i] = s->twice[i] - s->y[i];
    matrix_multiply(n, s->j, s->y, s->z);
    matrix_multiply_turned(n, s->z, s->j, out->bend[I][I]);

    matrix_multiply(n, out->a, out->a, out->slope[C]);
    matrix_multiply(n, out->a, out->slope[C], out->bend[C][C]);
    for (size_t i = 0; i < n; i++)
        sum += s->x[i * n + i];
    out->determinant_slope[I] = s->diagonal - sum;
    out->determinant_bend[I][I] = -(s->diagonal_squares
                                    - 2 * matrix_trace_product(n, s->t, s->twice)
                                    + matrix_trace_product(n, s->x, s->x));
    matrix_make_symmetric(n, once);
    matrix_make_symmetric(n, out->bend[I][I]);
    matrix_multiply(n, out->a, once, out->bend[I][C]);
}

/* Of A; leaves A's row sums in s->u and those of Z_c'P V_id P Z_c in s->v. */
static void derive_matrix(group_scratch *s, group_form *out)
{
    enum { G = COMPONENT_RATER, I = COMPONENT_RESPONDENT, C = COMPONENT_CELL };
    size_t n = s->n;
    double sum;
    for (size_t i = 0; i < n; i++) {
        s->u[i] = vector_sum(n, out->a + i * n);
        s->v[i] = vector_sum(n, out->slope[I] + i * n);
    }
    sum = vector_sum(n, s->u);
    matrix_apply(n, out->a, s->u, s->w); /* A A 1 */
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            size_t at = i * n + j;
            out->slope[G][at] = -s->u[i] * s->u[j];
            out->bend[G][G][at] = 2 * sum * s->u[i] * s->u[j];
            out->bend[G][I][at] = s->u[i] * s->v[j] + s->v[i] * s->u[j];
            out->bend[G][C][at] = s->u[i] * s->w[j] + s->w[i] * s->u[j];
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double *a = out->bend[I][C] + i * n + j, *b = out->bend[I][C] + j * n + i;
            *a = *b = *a + *b;
        }
    for (size_t i = 0; i < n * n; i++) {
        out->slope[C][i] = -out->slope[C][i];
        out->slope[I][i] = -out->slope[I][i];
        out->bend[I][I][i] *= 2;
        out->bend[C][C][i] *= 2;
    }
}

/* Of the log determinant: tr(P V_k) and -tr(P V_k P V_l), but for the respondents' own. */
static void derive_determinant(const group_scratch *s, group_form *out)
{
    enum { G = COMPONENT_RATER, I = COMPONENT_RESPONDENT, C = COMPONENT_CELL };
    size_t n = s->n;
    double sum = vector_sum(n, s->u);
    out->determinant_slope[G] = sum;
    out->determinant_slope[C] = matrix_trace(n, out->a);
    out->determinant_bend[G][G] = -sum * sum;
    out->determinant_bend[G][C] = -vector_product(n, s->u, s->u);
    out->determinant_bend[G][I] = -vector_sum(n, s->v);
    out->determinant_bend[C][C] = matrix_trace(n, out->slope[C]);
    out->determinant_bend[I][C] = matrix_trace(n, out->slope[I]);
    out->scale[G] = sum * sum;
    out->scale[I] = s->diagonal_squares;
}

/* Of y'P y and of b. */
static void derive_vectors(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                           group_scratch *s, group_form *out)
{
    enum { G = COMPONENT_RATER, I = COMPONENT_RESPONDENT, C = COMPONENT_CELL };
    size_t n = s->n;
    double sum = vector_sum(n, out->b), squares = 0;
    matrix_apply(n, out->a, out->b, out->b_slope[C]);
    memset(s->v, 0, n * sizeof *s->v);
    for (size_t i = 0; i < g->patterns; i++) {
        const crossing_pattern *p = c->pattern + g->first_pattern + i;
        double left = 1 / (1 + p->size * ratio[I]), fitted = 0, mean = p->mean;
        for (size_t k = 0; k < p->size; k++)
            fitted += s->tr[c->entry[p->first + k]];
        for (size_t k = 0; k < p->size; k++)
            s->v[c->entry[p->first + k]] += left * left * p->respondents * (mean - fitted);
        squares += left * left * (p->squares + p->respondents * (mean - fitted) * (mean - fitted));
    }
    if (s->few)
        group_apply_few(g, s, ratio, out, s->v, out->b_slope[I]);
    else
        matrix_apply(n, s->j, s->v, out->b_slope[I]);
    for (size_t i = 0; i < n; i++) {
        out->b_slope[G][i] = -sum * s->u[i];
        out->b_slope[C][i] = -out->b_slope[C][i];
        out->b_slope[I][i] = -out->b_slope[I][i];
    }
    out->squares_slope[G] = -sum * sum;
    out->squares_slope[C] = -vector_product(n, out->b, out->b);
    out->squares_slope[I] = -squares;
}

bool group_absorb(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                  bool fixed, double *room, group_form *out)
{
    group_scratch s = lay_out(room, g->cells);
    s.few = group_has_few(g);
    absorb_respondents(c, g, ratio[COMPONENT_RESPONDENT], &s, out);
    if (s.few) {
        if (!group_absorb_few(c, g, ratio, fixed, &s, out))
            return false;
    } else {
        gather_products(c, g, ratio[COMPONENT_RESPONDENT], &s);
        if (!absorb_cells(ratio, fixed, &s, out))
            return false;
        derive_cells(&s, out);
    }
    derive_matrix(&s, out);
    derive_determinant(&s, out);
    derive_vectors(c, g, ratio, &s, out);
    return true;
}
