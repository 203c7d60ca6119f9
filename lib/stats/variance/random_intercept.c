/* REML of value ~ wave + (1 | person). With lambda = tau2/sigma2 all else has closed forms. A
 * person enters by n, the number of values in each wave, and the sum of all; those of equal n enter
 * together, so that an evaluation takes time by the number of such patterns.
 *
 * With M = X'V^-1 X, a = X'1 / (1 + n lambda), r the sum of a person's residuals and
 * u = r / (1 + n lambda), the criterion is
 *
 *     S log(1 + n lambda) + log|M| + (n - 2) (1 + log(2 pi s / (n - 2))),   s = y'Py
 *
 * Its derivatives by lambda, of the logarithms and of s:
 *
 *     T   = S n/(1 + n lambda) - tr(M^-1 A),   A = S a a'
 *     s'  = -S u^2
 *
 * and once more:
 *
 *     T'  = -S (n/(1 + n lambda))^2 + 2 S n/(1 + n lambda) a'M^-1 a - tr(M^-1 A M^-1 A)
 *     s'' = 2 (S u^2 n/(1 + n lambda) - q'M^-1 q),   q = S u a */
#include "stats/variance/random_intercept.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "stats/numbers/moments.h"
#include "stats/variance/lambda.h"

/* People of one pattern. Values are about the mean of all. */
typedef struct pattern {
    double n[2], people, sum[2]; /* sums over the people */
    double squares; /* S (a person's sum of all values)^2 about its mean over the people */
} pattern;

typedef struct model {
    pattern *patterns;
    size_t count;
    double n, within, total_squares; /* within; S values^2 about the mean */
    double values[2], sums[2];       /* by wave */
} model;

/* A symmetric 2 x 2 matrix. */
typedef struct pair_form {
    double aa, ab, bb;
} pair_form;

typedef struct place {
    pair_form inverse;        /* M^-1 */
    double beta[2];           /* mean of the first wave about the centre, change */
    double squares, log_part; /* s, S log(1 + n lambda) + log|M| */
    double trace, slope;      /* T, S u^2 */
    pair_form outer;          /* A */
    double trace_slope, bend; /* T', s'' */
} place;

static pair_form invert(pair_form m, double *determinant)
{
    *determinant = m.aa * m.bb - m.ab * m.ab;
    return (pair_form){m.bb / *determinant, -m.ab / *determinant, m.aa / *determinant};
}

static double form_of(pair_form m, double x, double y)
{
    return m.aa * x * x + 2 * m.ab * x * y + m.bb * y * y;
}

/* tr(M N) and the lower right of M N M. */
static double trace_of(pair_form m, pair_form n)
{
    return m.aa * n.aa + 2 * m.ab * n.ab + m.bb * n.bb;
}

static pair_form sandwich(pair_form m, pair_form n)
{
    double aa = n.aa * m.aa + n.ab * m.ab, ab = n.aa * m.ab + n.ab * m.bb;
    double ba = n.ab * m.aa + n.bb * m.ab, bb = n.ab * m.ab + n.bb * m.bb;
    return (pair_form){m.aa * aa + m.ab * ba, m.aa * ab + m.ab * bb, m.ab * ab + m.bb * bb};
}

static void solve_means(const model *m, double lambda, place *p)
{
    double x = m->values[0] + m->values[1], determinant, cx, cy;
    pair_form gram = {x, m->values[1], m->values[1]};
    double y0 = m->sums[0] + m->sums[1], y1 = m->sums[1], squares = m->total_squares;
    p->log_part = 0;
    for (size_t i = 0; i < m->count; i++) {
        const pattern *k = &m->patterns[i];
        double n = k->n[0] + k->n[1], share = lambda / (1 + n * lambda),
               sum = k->sum[0] + k->sum[1];
        gram.aa -= k->people * share * n * n;
        gram.ab -= k->people * share * n * k->n[1];
        gram.bb -= k->people * share * k->n[1] * k->n[1];
        y0 -= share * n * sum;
        y1 -= share * k->n[1] * sum;
        squares -= share * (k->squares + sum * sum / k->people);
        p->log_part += k->people * log1p(n * lambda);
    }
    p->inverse = invert(gram, &determinant);
    cx = p->inverse.aa * y0 + p->inverse.ab * y1;
    cy = p->inverse.ab * y0 + p->inverse.bb * y1;
    p->beta[0] = cx;
    p->beta[1] = cy;
    p->squares = squares - cx * y0 - cy * y1;
    p->log_part += log(determinant);
}

static place find_place(const model *m, double lambda)
{
    place p = {.squares = 0};
    double self = 0, cross = 0, q[2] = {0, 0}, bend = 0;
    solve_means(m, lambda, &p);
    for (size_t i = 0; i < m->count; i++) {
        const pattern *k = &m->patterns[i];
        double n = k->n[0] + k->n[1], scale = 1 / (1 + n * lambda), a = n * scale,
               b = k->n[1] * scale;
        double u = (k->sum[0] + k->sum[1] - k->people * (n * p.beta[0] + k->n[1] * p.beta[1]))
                   * scale;
        double uu = k->squares * scale * scale + u * u / k->people;
        p.slope += uu;
        p.trace += k->people * a;
        p.outer.aa += k->people * a * a;
        p.outer.ab += k->people * a * b;
        p.outer.bb += k->people * b * b;
        self += k->people * a * a;
        cross += k->people * a * form_of(p.inverse, a, b);
        bend += uu * a;
        q[0] += u * a;
        q[1] += u * b;
    }
    p.trace -= trace_of(p.inverse, p.outer);
    p.trace_slope = -self + 2 * cross - trace_of(sandwich(p.inverse, p.outer), p.outer);
    p.bend = 2 * (bend - form_of(p.inverse, q[0], q[1]));
    return p;
}

static double slope_at(const void *of, double lambda)
{
    const model *m = of;
    place p = find_place(m, lambda);
    return p.trace - (m->n - 2) * p.slope / p.squares;
}

static double criterion_at(const void *of, double lambda)
{
    const model *m = of;
    place p = find_place(m, lambda);
    return p.log_part + (m->n - 2) * (1 + log(2 * 3.14159265358979323846 * p.squares / (m->n - 2)));
}

/* A slope at 0 below this share of its parts is none: it is what rounding leaves of balanced
 * values. */
static const double FLAT = 1e-11;

/* 2 C^2 / g'(H/2)^-1 g with C the variance of the change and g, H by lambda and sigma2. */
static double satterthwaite(const model *m, const place *p, double sigma2)
{
    double df = m->n - 2, determinant, c = p->inverse.bb;
    pair_form hessian = {p->bend / sigma2 + p->trace_slope, p->slope / (sigma2 * sigma2),
                         df / (sigma2 * sigma2)};
    pair_form inverse = invert(hessian, &determinant);
    double by_lambda = sigma2 * sandwich(p->inverse, p->outer).bb;
    double spread = 2 * form_of(inverse, by_lambda, c);
    if (!(determinant > 0) || !(hessian.aa > 0) || !(spread > 0))
        return NAN;
    return 2 * sigma2 * sigma2 * c * c / spread;
}

/* ---- Patterns ---- */

static int compare_people(const void *left, const void *right)
{
    const wave_sums *a = left, *b = right;
    for (int w = 0; w < 2; w++)
        if (a->n[w] != b->n[w])
            return a->n[w] < b->n[w] ? -1 : 1;
    for (int w = 0; w < 2; w++)
        if (a->sum[w] != b->sum[w])
            return a->sum[w] < b->sum[w] ? -1 : 1;
    return 0;
}

/* People of one pattern, their values about a centre. */
static pattern make_pattern(const wave_sums *people, size_t count, double centre)
{
    pattern k = {{people[0].n[0], people[0].n[1]}, (double)count, {0, 0}, 0};
    total sums[2] = {{0, 0}, {0, 0}}, squares = {0, 0};
    for (size_t i = 0; i < count; i++)
        for (int w = 0; w < 2; w++)
            total_add(&sums[w], people[i].sum[w] - people[i].n[w] * centre);
    for (int w = 0; w < 2; w++)
        k.sum[w] = total_value(&sums[w]);
    double mean = (k.sum[0] + k.sum[1]) / k.people;
    for (size_t i = 0; i < count; i++) {
        double away = people[i].sum[0] + people[i].sum[1] - (k.n[0] + k.n[1]) * centre - mean;
        total_add(&squares, away * away);
    }
    k.squares = total_value(&squares);
    return k;
}

/* Fills the model from sorted people; false when memory runs out. */
static bool make_model(const wave_sums *people, size_t count, double within, model *m)
{
    total sum = {0, 0}, n = {0, 0};
    m->patterns = memory_new(count, sizeof *m->patterns);
    if (!m->patterns)
        return false;
    for (size_t i = 0; i < count; i++) {
        total_add(&sum, people[i].sum[0] + people[i].sum[1]);
        total_add(&n, people[i].n[0] + people[i].n[1]);
    }
    m->n = total_value(&n);
    m->within = m->total_squares = within;
    double centre = total_value(&sum) / m->n;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && people[end].n[0] == people[i].n[0]
                      && people[end].n[1] == people[i].n[1];)
            end++;
        if (people[i].n[0] + people[i].n[1] == 0)
            continue;
        pattern k = make_pattern(people + i, end - i, centre);
        double all = k.sum[0] + k.sum[1];
        m->patterns[m->count++] = k;
        m->total_squares += (k.squares + all * all / k.people) / (k.n[0] + k.n[1]);
        for (int w = 0; w < 2; w++) {
            m->values[w] += k.people * k.n[w];
            m->sums[w] += k.sum[w];
        }
    }
    return true;
}

static bool is_identified(const model *m)
{
    bool twice = false, apart = false;
    for (size_t i = 0; i < m->count; i++) {
        twice = twice || m->patterns[i].n[0] + m->patterns[i].n[1] > 1;
        apart = apart || m->patterns[i].people > 1 || i > 0;
    }
    return m->values[0] > 0 && m->values[1] > 0 && m->n > 2 && twice && apart;
}

/* The squares that people and waves leave over, were both fixed. */
static double left_over(const model *m)
{
    double waves = 0, product = 0;
    for (size_t i = 0; i < m->count; i++) {
        const pattern *k = &m->patterns[i];
        double share = k->n[1] / (k->n[0] + k->n[1]);
        waves += k->people * k->n[0] * share;
        product += k->sum[1] - share * (k->sum[0] + k->sum[1]);
    }
    return m->within - (waves > 0 ? product * product / waves : 0);
}

static void fill_fit(const model *m, double centre, random_intercept *out)
{
    double lambda = lambda_find(&(lambda_search){slope_at, criterion_at, m, 1, -FLAT * m->n, 30});
    place p = find_place(m, lambda);
    out->notes |= lambda > 0 ? 0u : (unsigned)INTERCEPT_BOUNDARY;
    out->sigma2 = p.squares / (m->n - 2);
    out->tau2 = lambda * out->sigma2;
    out->mean_first = centre + p.beta[0];
    out->change = p.beta[1];
    out->se = sqrt(out->sigma2 * p.inverse.bb);
    out->df = lambda > 0 ? satterthwaite(m, &p, out->sigma2) : m->n - 2;
    out->criterion = p.log_part + (m->n - 2) * (1 + log(2 * 3.14159265358979323846 * out->sigma2));
}

bool random_intercept_fit(wave_sums *people, size_t count, double within, random_intercept *out)
{
    model m = {.count = 0};
    double sum = 0;
    *out = (random_intercept){INTERCEPT_UNIDENTIFIED, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (count == 0)
        return true;
    qsort(people, count, sizeof *people, compare_people);
    if (!make_model(people, count, within, &m))
        return false;
    for (size_t i = 0; i < count; i++)
        sum += people[i].sum[0] + people[i].sum[1];
    if (is_identified(&m)) {
        out->notes = 0;
        if (left_over(&m) > 1e-11 * m.total_squares)
            fill_fit(&m, sum / m.n, out);
        else
            out->notes = INTERCEPT_NO_RESIDUAL;
    }
    memory_free(m.patterns);
    return true;
}
