/* Each derivative Sigma_a of the model is c (x y' + y x') with x and y from a small set of
 * directions: the unit vectors e_i (loadings: x = e_i, y = v_f; residual variances: x = y = e_i, c
 * = 1/2), v_f = the covariances of the items with factor f, and l_f = the loadings on factor f (the
 * correlation: x = l_0, y = l_1). So every trace is made of the bilinear forms of the directions,
 * which are computed once. */
#include "stats/factor/factor_model.h"

#include <math.h>

#include "base/memory.h"
#include "stats/numbers/linear.h"

/* Behind the unit vectors: v_0, v_1, l_0, l_1. */
enum { DIRECTION_V = 0, DIRECTION_L = MOST_FACTORS, DIRECTIONS = 2 * MOST_FACTORS };

/* The derivative by one parameter: factor * (x y' + y x'), x and y numbers of directions. */
typedef struct slope {
    size_t x, y;
    double factor;
} slope;

static slope slope_of(const factor_model *m, size_t parameter)
{
    size_t p = m->items;
    if (parameter < p)
        return (slope){parameter, p + DIRECTION_V + (size_t)m->factor_of[parameter], 1};
    if (parameter < 2 * p)
        return (slope){parameter - p, parameter - p, 0.5};
    return (slope){p + DIRECTION_L, p + DIRECTION_L + 1, 1};
}

bool factor_model_make(factor_model *m, const double *target, double log_determinant, size_t items,
                       size_t factors, const int *factor_of)
{
    size_t square = items * items, forms = (items + DIRECTIONS) * (items + DIRECTIONS);
    *m = (factor_model){.items = items,
                        .factors = factors,
                        .parameters = 2 * items + (factors == 2),
                        .factor_of = factor_of,
                        .log_determinant = log_determinant};
    m->memory = memory_zeroed(4 * square + items * DIRECTIONS + 2 * forms, sizeof *m->memory);
    if (!m->memory)
        return false;
    m->target = m->memory;
    m->sigma = m->target + square;
    m->inverse = m->sigma + square;
    m->weighted = m->inverse + square;
    m->directions = m->weighted + square;
    m->forms = m->directions + items * DIRECTIONS;
    m->weighted_forms = m->forms + forms;
    for (size_t i = 0; i < square; i++)
        m->target[i] = target[i];
    return true;
}

void factor_model_free(factor_model *m)
{
    memory_free(m->memory);
    *m = (factor_model){0};
}

/* The correlation of the factors of two items. */
static double phi_of(const factor_model *m, const double *at, size_t i, size_t j)
{
    return m->factor_of[i] == m->factor_of[j] ? 1 : at[2 * m->items];
}

static void imply(factor_model *m, const double *at)
{
    size_t p = m->items;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j <= i; j++)
            m->sigma[i * p + j] = m->sigma[j * p + i] = at[i] * at[j] * phi_of(m, at, i, j);
        m->sigma[i * p + i] += at[p + i];
    }
}

double factor_model_value(void *user, const double *at)
{
    factor_model *m = user;
    size_t p = m->items;
    double log_determinant, trace = 0;
    imply(m, at);
    if (!linear_inverse_positive(m->sigma, p, m->inverse, &log_determinant))
        return NAN;
    for (size_t i = 0; i < p * p; i++)
        trace += m->target[i] * m->inverse[i];
    return log_determinant - m->log_determinant + trace - (double)p;
}

/* The first `columns` of row * matrix, of items x items: row after row, as they lie. */
static void multiply_row(const factor_model *m, const double *row, const double *matrix,
                         size_t columns, double *out)
{
    size_t p = m->items;
    for (size_t j = 0; j < columns; j++)
        out[j] = 0;
    for (size_t k = 0; k < p; k++)
        for (size_t j = 0; j < columns; j++)
            out[j] += row[k] * matrix[k * p + j];
}

/* into = inverse * of * inverse, by way of work. */
static void wrap_in_inverse(const factor_model *m, const double *of, double *into, double *work)
{
    size_t p = m->items;
    for (size_t i = 0; i < p; i++)
        multiply_row(m, m->inverse + i * p, of, p, work + i * p);
    for (size_t i = 0; i < p; i++)
        multiply_row(m, work + i * p, m->inverse, i + 1, into + i * p);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < i; j++)
            into[j * p + i] = into[i * p + j];
}

static void set_directions(factor_model *m, const double *at)
{
    size_t p = m->items;
    for (size_t i = 0; i < p; i++)
        for (size_t f = 0; f < MOST_FACTORS; f++) {
            bool own = (size_t)m->factor_of[i] == f;
            double phi = own ? 1 : m->factors == 2 ? at[2 * p] : 0;
            m->directions[i * DIRECTIONS + DIRECTION_V + f] = at[i] * phi;
            m->directions[i * DIRECTIONS + DIRECTION_L + f] = own ? at[i] : 0;
        }
}

/* The bilinear forms x' M y of all directions. */
static void set_forms(const factor_model *m, const double *matrix, double *forms)
{
    size_t p = m->items, width = p + DIRECTIONS;
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            forms[i * width + j] = matrix[i * p + j];
        for (size_t d = 0; d < DIRECTIONS; d++) {
            double sum = 0;
            for (size_t j = 0; j < p; j++)
                sum += matrix[i * p + j] * m->directions[j * DIRECTIONS + d];
            forms[i * width + p + d] = forms[(p + d) * width + i] = sum;
        }
    }
    for (size_t c = 0; c < DIRECTIONS; c++)
        for (size_t d = 0; d < DIRECTIONS; d++) {
            double sum = 0;
            for (size_t i = 0; i < p; i++)
                sum += m->directions[i * DIRECTIONS + c] * forms[i * width + p + d];
            forms[(p + c) * width + p + d] = sum;
        }
}

/* tr(Sigma_a W Sigma_b M) of the forms of W and M. */
static double trace_of(const factor_model *m, slope a, slope b, const double *w, const double *n)
{
    size_t d = m->items + DIRECTIONS;
    return a.factor * b.factor
           * (w[a.y * d + b.x] * n[b.y * d + a.x] + w[a.y * d + b.y] * n[b.x * d + a.x]
              + w[a.x * d + b.x] * n[b.y * d + a.y] + w[a.x * d + b.y] * n[b.x * d + a.y]);
}

/* An entry of Sigma^-1 - Sigma^-1 S Sigma^-1 between two directions. */
static double gap_between(const factor_model *m, size_t x, size_t y)
{
    size_t at = x * (m->items + DIRECTIONS) + y;
    return m->forms[at] - m->weighted_forms[at];
}

/* tr((Sigma^-1 - Sigma^-1 S Sigma^-1) Sigma_ab), Sigma_ab the second derivative, a <= b. */
static double bend_of(const factor_model *m, const double *at, size_t a, size_t b)
{
    size_t p = m->items;
    if (a < p && b < p)
        return 2 * phi_of(m, at, a, b) * gap_between(m, a, b);
    if (a < p && b == 2 * p)
        return 2 * gap_between(m, a, p + DIRECTION_L + 1 - (size_t)m->factor_of[a]);
    return 0;
}

void factor_model_derive(void *user, const double *at, double *gradient, double *hessian,
                         double *scale)
{
    factor_model *m = user;
    size_t count = m->parameters;
    wrap_in_inverse(m, m->target, m->weighted,
                    m->weighted_forms); /* the forms are not made yet: room to work in */
    set_directions(m, at);
    set_forms(m, m->inverse, m->forms);
    set_forms(m, m->weighted, m->weighted_forms);
    for (size_t a = 0; a < count; a++) {
        slope by_a = slope_of(m, a);
        gradient[a] = 2 * by_a.factor * gap_between(m, by_a.x, by_a.y);
        scale[a] = trace_of(m, by_a, by_a, m->forms, m->forms);
        for (size_t b = a; b < count; b++) {
            slope by_b = slope_of(m, b);
            double expected = trace_of(m, by_a, by_b, m->forms, m->forms);
            double met = trace_of(m, by_a, by_b, m->forms, m->weighted_forms);
            hessian[a * count + b] = hessian[b * count + a] = 2 * met - expected
                                                              + bend_of(m, at, a, b);
        }
    }
}

void factor_model_expect(factor_model *m, double *hessian)
{
    size_t count = m->parameters;
    for (size_t a = 0; a < count; a++)
        for (size_t b = a; b < count; b++)
            hessian[a * count + b] = hessian[b * count + a] = trace_of(
                m, slope_of(m, a), slope_of(m, b), m->forms, m->forms);
}

/* Sigma^-1 x of a direction x behind the unit vectors, at an item. */
static double inverse_by(const factor_model *m, size_t item, size_t direction)
{
    size_t p = m->items;
    return m->forms[item * (p + DIRECTIONS) + p + direction];
}

static size_t own_direction(const factor_model *m, size_t item)
{
    return DIRECTION_V + (size_t)m->factor_of[item];
}

/* Of Sigma^-1 D Sigma^-1 nothing is asked for but its diagonal and its products with a few
 * directions, so that one of the two products of matrices is enough. */
void factor_model_score(const factor_model *m, const double *difference, double *score,
                        double *work)
{
    size_t p = m->items;
    if (m->factors == 2)
        score[2 * p] = 0;
    for (size_t i = 0; i < p; i++) {
        double own = 0, wrapped = 0, other = 0;
        multiply_row(m, m->inverse + i * p, difference, p, work);
        for (size_t j = 0; j < p; j++) {
            own += work[j] * inverse_by(m, j, own_direction(m, i));
            wrapped += work[j] * m->inverse[i * p + j];
            other += work[j] * inverse_by(m, j, DIRECTION_L + 1);
        }
        score[i] = own;
        score[p + i] = wrapped / 2;
        if (m->factors == 2)
            score[2 * p] += m->directions[i * DIRECTIONS + DIRECTION_L] * other;
    }
}

void factor_model_score_one(const factor_model *m, const double *residuals, double *score,
                            double *work)
{
    size_t p = m->items;
    double along[DIRECTIONS] = {0};
    multiply_row(m, residuals, m->inverse, p, work);
    for (size_t i = 0; i < p; i++)
        for (size_t d = 0; d < DIRECTIONS; d++)
            along[d] += work[i] * m->directions[i * DIRECTIONS + d];
    for (size_t i = 0; i < p; i++) {
        size_t own = own_direction(m, i);
        score[i] = work[i] * along[own] - inverse_by(m, i, own);
        score[p + i] = (work[i] * work[i] - m->inverse[i * p + i]) / 2;
    }
    if (m->factors < 2)
        return;
    score[2 * p] = along[DIRECTION_L] * along[DIRECTION_L + 1];
    for (size_t i = 0; i < p; i++)
        score[2 * p] -= m->directions[i * DIRECTIONS + DIRECTION_L]
                        * inverse_by(m, i, DIRECTION_L + 1);
}

/* The first principal axis of a factor's items by the power method, each entry's sign and relative
 * size all that is wanted of it. */
static void find_axis(const factor_model *m, int factor, double *axis, double *next)
{
    size_t p = m->items;
    for (size_t i = 0; i < p; i++)
        axis[i] = m->factor_of[i] == factor ? 1 + (double)(i % 3) / 8
                                            : 0; /* not at right angles to a likely axis */
    for (int round = 0; round < 50; round++) {
        double length = 0;
        for (size_t i = 0; i < p; i++) {
            next[i] = 0;
            for (size_t j = 0; j < p && m->factor_of[i] == factor; j++)
                next[i] += m->target[i * p + j] * axis[j];
            length += next[i] * next[i];
        }
        for (size_t i = 0; i < p; i++)
            axis[i] = next[i] / sqrt(length);
    }
}

bool factor_model_start(const factor_model *m, double communality, double *at)
{
    size_t p = m->items;
    double *axis = memory_new(2 * p, sizeof *axis), between = 0, weight[MOST_FACTORS] = {0};
    if (!axis)
        return false;
    for (size_t i = 0; i < p; i++)
        at[i] = 0;
    for (int f = 0; f < (int)m->factors; f++) {
        size_t count = 0;
        find_axis(m, f, axis, axis + p);
        for (size_t i = 0; i < p; i++)
            count += m->factor_of[i] == f;
        for (size_t i = 0; i < p; i++)
            at[i] += axis[i] * sqrt((double)count);
    }
    for (size_t i = 0; i < p; i++) {
        double loading = fmax(-1.2, fmin(1.2, at[i])) * sqrt(communality);
        at[i] = loading;
        at[p + i] = fmax(0.1, 1 - loading * loading);
        weight[m->factor_of[i]] += loading * loading;
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < i; j++)
            between += m->factor_of[i] == m->factor_of[j] ? 0
                                                          : at[i] * at[j] * m->target[i * p + j];
    if (m->factors == 2)
        at[2 * p] = fmax(-0.9, fmin(0.9, between / (weight[0] * weight[1])));
    memory_free(axis);
    return true;
}
