/* The restricted likelihood of the crossed model: the absorbed rater workgroups of a connected part
 * gathered in a matrix of its rated workgroups, those absorbed, and the mean at last.
 *
 *     P = P_w - P_w Z_h E Z_h'P_w,   E = ratio_h Y,   Y = (I + ratio_h A)^-1
 *
 * with P_w what the rater workgroups left, A = Z_h'P_w Z_h, and E = A^- for fixed workgroups. The
 * mean takes v = Y 1: t = 1'V^-1 1 = 1'A v. */
#include "stats/variance/reml.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "stats/numbers/linear.h"
#include "stats/numbers/matrix.h"
#include "stats/variance/reml_group.h"

enum { FORM_MATRICES = 10, FORM_VECTORS = 5, PART_MATRICES = 15, PART_VECTORS = 8 };

/* A part: A and b with their derivatives by the ratios within, and room for what follows from
 * them. */
typedef struct part_form {
    size_t n;
    double *a, *slope[WITHIN], *bend[WITHIN][WITHIN], *b, *b_slope[WITHIN];
    double *inverse, *product[WITHIN], *x; /* Y or A^-; slope[k] times that */
    double *effect, *u, *v, *z;
    double factor; /* of inverse, in E */
} part_form;

/* Sums over the parts of what the mean needs: t, 1'V^-1 y. */
typedef struct mean_form {
    double weight, weight_slope[RATIOS], weight_bend[RATIOS][RATIOS], sum, sum_slope[RATIOS];
} mean_form;

struct reml_work {
    const crossing *crossing;
    const reml_watch *watch;
    bool fixed;
    double *room; /* all that follows points into it */
    group_form group;
    double *group_room;
    part_form part;
    double *column, *weight,
        *sum; /* by cell and by workgroup: see group_form; fixed workgroups only */
    mean_form mean;
};

static double *take(double **room, size_t n)
{
    double *taken = *room;
    *room += n;
    return taken;
}

static void lay_out_group(reml_work *w, double **room, size_t n)
{
    group_form *g = &w->group;
    g->a = take(room, n * n);
    for (int k = 0; k < WITHIN; k++) {
        g->slope[k] = take(room, n * n);
        g->b_slope[k] = take(room, n);
        for (int l = k; l < WITHIN; l++)
            g->bend[k][l] = take(room, n * n);
    }
    g->b = take(room, n);
    g->column = take(room, n);
    w->group_room = take(room, GROUP_MATRICES * n * n + GROUP_VECTORS * n);
}

static void lay_out_part(part_form *p, double **room, size_t n)
{
    p->a = take(room, n * n);
    p->inverse = take(room, n * n);
    p->x = take(room, n * n);
    for (int k = 0; k < WITHIN; k++) {
        p->slope[k] = take(room, n * n);
        p->product[k] = take(room, n * n);
        p->b_slope[k] = take(room, n);
        for (int l = k; l < WITHIN; l++)
            p->bend[k][l] = take(room, n * n);
    }
    p->b = take(room, n);
    p->effect = take(room, n);
    p->u = take(room, n);
    p->v = take(room, n);
    p->z = take(room, n);
}

reml_work *reml_work_new(const crossing *c, bool fixed, const reml_watch *watch)
{
    size_t k = c->most_cells, h = c->most_rated;
    size_t group = (FORM_MATRICES + GROUP_MATRICES) * k * k + (FORM_VECTORS + GROUP_VECTORS) * k;
    size_t part = PART_MATRICES * h * h + PART_VECTORS * h;
    reml_work *w = memory_zeroed(1, sizeof *w);
    if (!w)
        return NULL;
    w->room = memory_new(group + part + c->cells + 2 * c->groups, sizeof *w->room);
    if (!w->room) {
        memory_free(w);
        return NULL;
    }
    double *room = w->room;
    w->crossing = c;
    w->watch = watch;
    w->fixed = fixed;
    lay_out_group(w, &room, k);
    lay_out_part(&w->part, &room, h);
    w->column = take(&room, c->cells);
    w->weight = take(&room, c->groups);
    w->sum = take(&room, c->groups);
    return w;
}

void reml_work_free(reml_work *w)
{
    if (w)
        memory_free(w->room);
    memory_free(w);
}

/* ---- Gathering a part ---- */

static void clear_part(part_form *p, size_t n)
{
    p->n = n;
    memset(p->a, 0, n * n * sizeof *p->a);
    memset(p->b, 0, n * sizeof *p->b);
    for (int k = 0; k < WITHIN; k++) {
        memset(p->slope[k], 0, n * n * sizeof *p->a);
        memset(p->b_slope[k], 0, n * sizeof *p->b);
        for (int l = k; l < WITHIN; l++)
            memset(p->bend[k][l], 0, n * n * sizeof *p->a);
    }
}

static void add_matrix(const crossing_cell *cells, size_t n, const double *from, size_t columns,
                       double *into)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            into[cells[i].rated * columns + cells[j].rated] += from[i * n + j];
}

static void add_vector(const crossing_cell *cells, size_t n, const double *from, double *into)
{
    for (size_t i = 0; i < n; i++)
        into[cells[i].rated] += from[i];
}

static void add_group(const group_form *g, const crossing_cell *cells, size_t n, part_form *p,
                      reml_point *out)
{
    add_matrix(cells, n, g->a, p->n, p->a);
    add_vector(cells, n, g->b, p->b);
    out->log_determinant += g->log_determinant;
    out->squares += g->squares;
    for (int k = 0; k < WITHIN; k++) {
        add_matrix(cells, n, g->slope[k], p->n, p->slope[k]);
        add_vector(cells, n, g->b_slope[k], p->b_slope[k]);
        out->trace[k] += g->determinant_slope[k];
        out->form[k] -= g->squares_slope[k];
        out->scale[k] += g->scale[k];
        for (int l = k; l < WITHIN; l++) {
            add_matrix(cells, n, g->bend[k][l], p->n, p->bend[k][l]);
            out->information[k][l] -= g->determinant_bend[k][l];
        }
    }
}

static bool gather_part(const crossing_part *part, const double ratio[RATIOS], reml_work *w,
                        reml_point *out)
{
    const crossing *c = w->crossing;
    clear_part(&w->part, part->rated);
    for (size_t i = part->first_group; i < part->first_group + part->groups; i++) {
        const crossing_group *g = c->group + i;
        if (w->watch && w->watch->stops(w->watch->user))
            return false;
        if (!group_absorb(c, g, ratio, w->fixed, w->group_room, &w->group))
            return false;
        add_group(&w->group, c->cell + g->first_cell, g->cells, &w->part, out);
        memcpy(w->column + g->first_cell, w->group.column, g->cells * sizeof *w->column);
        w->weight[i] = w->group.weight;
        w->sum[i] = w->group.sum;
    }
    return true;
}

/* ---- Absorbing the rated workgroups ---- */

/* Y, and the logarithm of its determinant's inverse. */
static bool invert_random(part_form *p, double ratio, double *logarithm)
{
    size_t n = p->n;
    for (size_t i = 0; i < n * n; i++)
        p->x[i] = ratio * p->a[i] + (i % (n + 1) == 0);
    p->factor = ratio;
    return linear_inverse_envelope(p->x, n, p->inverse, logarithm);
}

/* A^- with the last rated workgroup as the one the others are measured from, since the rater
 * workgroups' effects hold the mean. A has one null direction in a connected part, so that the
 * choice changes nothing. */
static bool invert_fixed(part_form *p, double *logarithm)
{
    size_t n = p->n, less = n - 1;
    p->factor = 1;
    *logarithm = 0;
    for (size_t i = 0; i < less; i++)
        memcpy(p->x + i * less, p->a + i * n, less * sizeof *p->x);
    memset(p->inverse, 0, n * n * sizeof *p->inverse);
    if (less == 0)
        return true;
    if (!linear_inverse_envelope(p->x, less, p->inverse, logarithm))
        return false;
    for (size_t i = less; i-- > 0;)
        memmove(p->inverse + i * n, p->inverse + i * less, less * sizeof *p->inverse);
    for (size_t i = 0; i < n; i++)
        p->inverse[i * n + less] = p->inverse[less * n + i] = 0;
    return true;
}

static void absorb_within(part_form *p, reml_point *out)
{
    size_t n = p->n;
    matrix_apply(n, p->inverse, p->b, p->effect);
    for (size_t i = 0; i < n; i++)
        p->effect[i] *= p->factor;
    out->squares -= vector_product(n, p->b, p->effect);
    for (int k = 0; k < WITHIN; k++) {
        matrix_multiply(n, p->slope[k], p->inverse,
                        p->product[k]); /* this way round for the slope's zeros */
        matrix_apply(n, p->slope[k], p->effect, p->u);
        out->trace[k] += p->factor * matrix_trace_product(n, p->inverse, p->slope[k]);
        out->form[k] += 2 * vector_product(n, p->effect, p->b_slope[k])
                        - vector_product(n, p->effect, p->u);
    }
    for (int k = 0; k < WITHIN; k++)
        for (int l = k; l < WITHIN; l++)
            out->information[k][l] += p->factor
                                      * (p->factor
                                             * matrix_trace_product(n, p->product[k], p->product[l])
                                         - matrix_trace_product(n, p->inverse, p->bend[k][l]));
}

/* By the rated workgroups' own ratio; leaves A Y in p->x and Y b in p->z. */
static void absorb_rated(part_form *p, reml_point *out)
{
    size_t n = p->n;
    enum { H = COMPONENT_RATED };
    matrix_multiply(n, p->a, p->inverse, p->x);
    matrix_apply(n, p->inverse, p->b, p->z);
    for (size_t i = 0; i < n; i++)
        out->trace[H] += p->x[i * n + i];
    out->form[H] += vector_product(n, p->z, p->z);
    double squares = matrix_trace_product(n, p->x, p->x);
    out->information[H][H] += squares;
    out->scale[H] += squares;
    for (int k = 0; k < WITHIN; k++)
        out->information[k][H] -= matrix_trace_product(n, p->product[k], p->inverse);
}

static void gather_mean(part_form *p, mean_form *m)
{
    size_t n = p->n;
    enum { H = COMPONENT_RATED };
    double ratio = p->factor, *av = p->u;
    for (size_t i = 0; i < n; i++)
        p->v[i] = vector_sum(n, p->inverse + i * n);
    matrix_apply(n, p->a, p->v, av);
    m->weight += vector_sum(n, av);
    m->sum += vector_product(n, p->v, p->b);
    m->weight_slope[H] -= vector_product(n, av, av);
    m->sum_slope[H] -= vector_product(n, av, p->z);
    /* p->z no longer stands for Y b from here on */
    matrix_apply(n, p->x, av, p->z);
    m->weight_bend[H][H] += 2 * vector_product(n, av, p->z);

    for (int k = 0; k < WITHIN; k++) {
        matrix_apply(n, p->slope[k], p->v, p->z);
        m->weight_slope[k] += vector_product(n, p->v, p->z);
        m->sum_slope[k] += vector_product(n, p->v, p->b_slope[k])
                           - vector_product(n, p->z, p->effect);
        matrix_apply_turned(n, p->product[k], p->v, p->z); /* Y A_k v */
        m->weight_bend[k][H] -= 2 * vector_product(n, av, p->z);
    }
    for (int l = 0; l < WITHIN; l++)
        for (int k = 0; k <= l; k++) {
            matrix_apply_turned(n, p->product[l], p->v, p->z);
            matrix_apply(n, p->slope[k], p->z, av);
            m->weight_bend[k][l] -= 2 * ratio * vector_product(n, p->v, av);
            matrix_apply(n, p->bend[k][l], p->v, p->z);
            m->weight_bend[k][l] += vector_product(n, p->v, p->z);
        }
}

/* The mean, absorbed when all parts are gathered. */
static void absorb_mean(const mean_form *m, reml_point *out)
{
    double mean = m->sum / m->weight;
    out->mean = mean;
    out->log_determinant += log(m->weight);
    out->squares -= m->sum * mean;
    for (int k = 0; k < RATIOS; k++) {
        out->trace[k] += m->weight_slope[k] / m->weight;
        out->form[k] += 2 * mean * m->sum_slope[k] - mean * mean * m->weight_slope[k];
        for (int l = k; l < RATIOS; l++)
            out->information[k][l] += m->weight_slope[k] / m->weight
                                          * (m->weight_slope[l] / m->weight)
                                      - m->weight_bend[k][l] / m->weight;
    }
}

/* ---- Fixed workgroups ---- */

/* Adds n effects of that sum and sum of squares about 0, whose covariance matrix has that trace and
 * that total. */
static void add_spread(fixed_spread *s, double n, double sum, double squares, double variances,
                       double covariances)
{
    s->squares += squares - sum * sum / n;
    s->error += variances - covariances / n;
    s->df += n - 1;
}

/* The effects of a part's workgroups: the rated ones' are p->effect with covariance A^-, a rater
 * workgroup's are (1'P1 y - f's effect) / weight with covariance 1/weight + f'A^- f / weight^2, f
 * its column. */
static void measure_fixed(const crossing_part *part, const reml_work *w, reml_point *out)
{
    const crossing *c = w->crossing;
    const part_form *p = &w->part;
    size_t n = p->n;
    double variances = 0, covariances = 0, sum = 0, squares = 0, *whole = p->v;
    for (size_t i = 0; i < n; i++) {
        variances += p->inverse[i * n + i];
        covariances += vector_sum(n, p->inverse + i * n);
        whole[i] = 0;
    }
    add_spread(&out->rated, (double)n, vector_sum(n, p->effect),
               vector_product(n, p->effect, p->effect), variances, covariances);

    variances = covariances = 0;
    for (size_t g = part->first_group; g < part->first_group + part->groups; g++) {
        const crossing_cell *cells = c->cell + c->group[g].first_cell;
        const double *column = w->column + c->group[g].first_cell;
        double effect = w->sum[g], weight = w->weight[g], form = 0;
        for (size_t i = 0; i < c->group[g].cells; i++) {
            effect -= column[i] * p->effect[cells[i].rated];
            whole[cells[i].rated] += column[i] / weight;
            for (size_t j = 0; j < c->group[g].cells; j++)
                form += column[i] * p->inverse[cells[i].rated * n + cells[j].rated] * column[j];
        }
        sum += effect / weight;
        squares += effect / weight * (effect / weight);
        variances += 1 / weight + form / (weight * weight);
        covariances += 1 / weight;
    }
    matrix_apply(n, p->inverse, whole, p->z);
    covariances += vector_product(n, whole, p->z);
    add_spread(&out->rater, (double)part->groups, sum, squares, variances, covariances);
}

/* ---- All of it ---- */

bool reml_evaluate(const double ratio[RATIOS], reml_work *w, reml_point *out)
{
    const crossing *c = w->crossing;
    *out = (reml_point){.squares = 0};
    w->mean = (mean_form){.weight = 0};
    for (size_t i = 0; i < c->parts; i++) {
        double logarithm;
        if (!gather_part(c->part + i, ratio, w, out))
            return false;
        if (!(w->fixed ? invert_fixed(&w->part, &logarithm)
                       : invert_random(&w->part, ratio[COMPONENT_RATED], &logarithm)))
            return false;
        out->log_determinant += logarithm;
        absorb_within(&w->part, out);
        if (w->fixed) {
            measure_fixed(c->part + i, w, out);
        } else {
            absorb_rated(&w->part, out);
            gather_mean(&w->part, &w->mean);
        }
    }
    if (!w->fixed)
        absorb_mean(&w->mean, out);
    for (int k = 0; k < RATIOS; k++)
        for (int l = 0; l < k; l++)
            out->information[k][l] = out->information[l][k];
    return true;
}
