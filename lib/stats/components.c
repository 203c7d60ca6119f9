/* Variance components by Fisher scoring: each step solves S_l tr(P V_k P V_l) s_l = y'P V_k P y for the variances s,
 * none below 0 (Searle, Casella & McCulloch 1992, ch. 8), and is halved until the likelihood does not fall. In a
 * balanced survey the first step is the solution. */
#include "stats/components.h"

#include <float.h>
#include <math.h>

#include "stats/linear.h"

enum { MOST_STEPS = 500, MOST_HALVINGS = 40 };

static const double SETTLED = 1e-12;       /* the largest change of a variance, in shares of the total */
static const double NEARLY_SETTLED = 1e-9; /* enough where rounding keeps it from less */
static const double NO_INFORMATION = 1e-10; /* share of information that is none but for rounding */
static const double NO_RESIDUAL = 1e-7;    /* residual share below which rounding is all there is to climb on */
static const double NO_SQUARES = 1e-12;    /* share of the squares, all of which are subtracted, below which it is rounding */
static const double TWO_PI = 6.283185307179586;

/* A point of the likelihood with the residual as fifth component. */
typedef struct state {
    double variance[COMPONENTS];
    reml_point point;
    double form[COMPONENTS], information[COMPONENTS][COMPONENTS], criterion;
} state;

typedef struct fit {
    reml_work *work;
    bool estimated[COMPONENTS];
    double df; /* ties less fixed effects */
} fit;

static double sum_variances(const double variance[COMPONENTS])
{
    double sum = 0;
    for (int k = 0; k < COMPONENTS; k++)
        sum += variance[k];
    return sum;
}

/* The residual's traces and forms follow from the others', since P V P = P. */
static void complete_residual(const fit *f, const double ratio[RATIOS], state *s)
{
    enum { E = COMPONENT_RESIDUAL };
    const reml_point *p = &s->point;
    double trace = f->df;
    s->form[E] = p->squares;
    for (int k = 0; k < RATIOS; k++) {
        double cross = p->trace[k];
        for (int l = 0; l < RATIOS; l++) {
            s->information[k][l] = p->information[k][l];
            cross -= ratio[l] * p->information[k][l];
        }
        s->information[k][E] = s->information[E][k] = cross;
        s->form[k] = p->form[k];
        s->form[E] -= ratio[k] * p->form[k];
        trace -= ratio[k] * p->trace[k];
    }
    s->information[E][E] = trace;
    for (int k = 0; k < RATIOS; k++)
        s->information[E][E] -= ratio[k] * s->information[k][E];
}

/* The state at these ratios, the residual variance being the best there is for them. */
static bool evaluate(const fit *f, const double ratio[RATIOS], state *s)
{
    if (!reml_evaluate(ratio, f->work, &s->point) || !(s->point.squares > 0))
        return false;
    double residual = s->point.squares / f->df;
    for (int k = 0; k < RATIOS; k++)
        s->variance[k] = ratio[k] * residual;
    s->variance[COMPONENT_RESIDUAL] = residual;
    s->criterion = f->df * (1 + log(TWO_PI * residual)) + s->point.log_determinant;
    complete_residual(f, ratio, s);
    return isfinite(s->criterion);
}

/* ---- The step ---- */

/* Solves the equations of the components in `set`; false when they have no solution or one below 0. */
static bool solve_subset(const state *s, unsigned set, double solution[COMPONENTS], double *gain)
{
    int which[COMPONENTS];
    size_t n = 0;
    double matrix[COMPONENTS * COMPONENTS], x[COMPONENTS];
    for (int k = 0; k < COMPONENTS; k++) {
        solution[k] = 0;
        if (set >> k & 1)
            which[n++] = k;
    }
    for (size_t i = 0; i < n; i++) {
        double scale = sqrt(s->information[which[i]][which[i]]);
        x[i] = s->form[which[i]] / scale;
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = s->information[which[i]][which[j]] / scale / sqrt(s->information[which[j]][which[j]]);
    }
    if (!linear_cholesky(matrix, n))
        return false;
    linear_cholesky_solve(matrix, n, x);
    *gain = 0;
    for (size_t i = 0; i < n; i++) {
        double value = x[i] / sqrt(s->information[which[i]][which[i]]);
        if (!(value >= 0))
            return false;
        solution[which[i]] = value;
        *gain += value * s->form[which[i]];
    }
    return true;
}

/* The least of the quadratic 1/2 s'I s - f's over s >= 0: it is stationary in some subset, so the best of all subsets'
 * is it. */
static bool solve_step(const fit *f, const state *s, double target[COMPONENTS])
{
    unsigned estimated = 0;
    double most = -1;
    for (int k = 0; k < COMPONENTS; k++)
        estimated |= (unsigned)f->estimated[k] << k;
    for (unsigned set = 1; set <= estimated; set++) {
        double solution[COMPONENTS], gain;
        if (set & ~estimated || !solve_subset(s, set, solution, &gain) || gain <= most)
            continue;
        most = gain;
        for (int k = 0; k < COMPONENTS; k++)
            target[k] = solution[k];
    }
    return most >= 0;
}

/* Goes towards the target as far as the likelihood does not fall. */
static bool take_step(const fit *f, const double target[COMPONENTS], const state *from, state *to)
{
    double room = 1e-12 * (fabs(from->criterion) + f->df); /* rounding of the criterion */
    double length = target[COMPONENT_RESIDUAL] > 0 ? 1 : 0.9;
    for (int i = 0; i < MOST_HALVINGS; i++, length /= 2) {
        double ratio[RATIOS], residual;
        residual = (1 - length) * from->variance[COMPONENT_RESIDUAL] + length * target[COMPONENT_RESIDUAL];
        for (int k = 0; k < RATIOS; k++)
            ratio[k] = ((1 - length) * from->variance[k] + length * target[k]) / residual;
        if (evaluate(f, ratio, to) && to->criterion <= from->criterion + room)
            return true;
    }
    return false;
}

static double measure_step(const fit *f, const state *s, const double target[COMPONENTS])
{
    double most = 0;
    for (int k = 0; k < COMPONENTS; k++)
        if (f->estimated[k])
            most = fmax(most, fabs(target[k] - s->variance[k]));
    return most / sum_variances(s->variance);
}

/* From *s to the maximum. */
static component_reason climb(const fit *f, state *s, int *iterations)
{
    double before = INFINITY;
    for (*iterations = 0; *iterations < MOST_STEPS; ++*iterations) {
        double target[COMPONENTS] = {0};
        state next;
        if (s->variance[COMPONENT_RESIDUAL] < NO_RESIDUAL * sum_variances(s->variance))
            return COMPONENTS_NO_RESIDUAL;
        if (!solve_step(f, s, target))
            return COMPONENTS_STUCK;
        double change = measure_step(f, s, target);
        if (change <= SETTLED || (change <= NEARLY_SETTLED && change > before / 2))
            return COMPONENTS_FITTED;
        if (!take_step(f, target, s, &next))
            return COMPONENTS_STUCK;
        before = change;
        *s = next;
    }
    return COMPONENTS_STUCK;
}

/* ---- What the ties can tell ---- */

/* Components whose information is none, or goes with that of others whatever the variances: the matrices P V_k P are
 * then linearly dependent. s is at ratios of 1. */
static unsigned find_confounded(const fit *f, const state *s)
{
    int which[COMPONENTS];
    size_t n = 0;
    unsigned found = 0;
    double matrix[COMPONENTS * COMPONENTS], values[COMPONENTS], vectors[COMPONENTS * COMPONENTS];
    for (int k = 0; k < COMPONENTS; k++) {
        double scale = k < RATIOS ? s->point.scale[k] : f->df;
        if (!f->estimated[k])
            continue;
        if (s->information[k][k] > NO_INFORMATION * scale)
            which[n++] = k;
        else
            found |= 1u << k;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = s->information[which[i]][which[j]] / sqrt(s->information[which[i]][which[i]]) /
                                sqrt(s->information[which[j]][which[j]]);
    if (!linear_eigen_symmetric(matrix, n, values, vectors))
        return found;
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; values[j] < NO_INFORMATION && i < n; i++)
            if (fabs(vectors[i * n + j]) > 1e-3)
                found |= 1u << which[i];
    return found;
}

/* ---- Results ---- */

static void clear_fit(component_fit *out)
{
    *out = (component_fit){.mean = NAN, .criterion = NAN};
    for (int k = 0; k < COMPONENTS; k++)
        out->variance[k] = out->share[k] = out->se[k] = NAN;
}

/* Standard errors of those that are not at zero: the covariance matrix is 2 residual^2 information^-1. */
static void fill_errors(const fit *f, const state *s, component_fit *out)
{
    int which[COMPONENTS];
    size_t n = 0;
    double matrix[COMPONENTS * COMPONENTS], inverse[COMPONENTS * COMPONENTS];
    for (int k = 0; k < COMPONENTS; k++)
        if (f->estimated[k] && !out->at_zero[k])
            which[n++] = k;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = s->information[which[i]][which[j]] / sqrt(s->information[which[i]][which[i]]) /
                                sqrt(s->information[which[j]][which[j]]);
    if (!linear_inverse_positive(matrix, n, inverse, NULL))
        return;
    for (size_t i = 0; i < n; i++)
        out->se[which[i]] = s->variance[COMPONENT_RESIDUAL] *
                            sqrt(2 * inverse[i * (n + 1)] / s->information[which[i]][which[i]]);
}

static double estimate_spread(const fixed_spread *s, double residual, bool *at_zero)
{
    double variance = (s->squares - residual * s->error) / s->df;
    *at_zero = !(variance > 0);
    return *at_zero ? 0 : variance;
}

static void fill_fit(const fit *f, const state *s, const crossing *c, component_fit *out)
{
    double residual = s->variance[COMPONENT_RESIDUAL];
    for (int k = 0; k < COMPONENTS; k++) {
        out->variance[k] = s->variance[k];
        out->at_zero[k] = s->variance[k] == 0;
    }
    fill_errors(f, s, out);
    if (f->estimated[COMPONENT_RATER]) {
        out->mean = c->centre + s->point.mean;
    } else {
        out->variance[COMPONENT_RATER] = estimate_spread(&s->point.rater, residual, out->at_zero + COMPONENT_RATER);
        out->variance[COMPONENT_RATED] = estimate_spread(&s->point.rated, residual, out->at_zero + COMPONENT_RATED);
    }
    out->criterion = s->criterion;
    for (int k = 0; k < COMPONENTS; k++)
        out->share[k] = out->variance[k] / sum_variances(out->variance);
}

/* ---- Fitting ---- */

static bool is_constant(const crossing *c)
{
    double rounding = 4 * DBL_EPSILON * fabs(c->centre);
    return c->squares <= (double)c->ties * rounding * rounding;
}

/* Fixed workgroups that are alone in their parts have no variance. */
static unsigned find_alone(const crossing *c, bool fixed)
{
    unsigned alone = 0;
    if (fixed && c->groups == c->parts)
        alone |= 1u << COMPONENT_RATER;
    if (fixed && c->rated == c->parts)
        alone |= 1u << COMPONENT_RATED;
    return alone;
}

static component_reason fit_crossing(const crossing *c, bool fixed, fit *f, component_fit *out)
{
    const double start[RATIOS] = {fixed ? 0 : 1, 1, 1, fixed ? 0 : 1};
    state s;
    for (int k = 0; k < COMPONENTS; k++)
        f->estimated[k] = !fixed || (k != COMPONENT_RATER && k != COMPONENT_RATED);
    f->df = (double)c->ties - (fixed ? (double)(c->groups + c->rated - c->parts) : 1);
    if (is_constant(c))
        return COMPONENTS_CONSTANT;
    out->confounded = find_alone(c, fixed);
    if (f->df < 1) {
        out->confounded |= 1u << COMPONENT_RESIDUAL;
        return COMPONENTS_UNIDENTIFIED;
    }
    if (!evaluate(f, start, &s))
        return COMPONENTS_NO_RESIDUAL;
    out->confounded |= find_confounded(f, &s);
    if (out->confounded)
        return COMPONENTS_UNIDENTIFIED;
    if (s.point.squares <= NO_SQUARES * c->squares)
        return COMPONENTS_NO_RESIDUAL;
    component_reason reason = climb(f, &s, &out->iterations);
    if (reason == COMPONENTS_FITTED)
        fill_fit(f, &s, c, out);
    return reason;
}

int components_fit(const component_ties *ties, workgroup_effects workgroups, component_fit *out)
{
    crossing c = {0};
    fit f = {.work = NULL};
    int failed = -1;
    clear_fit(out);
    out->reason = COMPONENTS_NO_TIES;
    if (ties->n == 0)
        return 0;

    crossing_status status = crossing_make(ties, &c);
    if (status == CROSSING_NO_MEMORY)
        goto done;
    failed = 0;
    out->reason = COMPONENTS_INVALID;
    if (status == CROSSING_INVALID)
        goto done;
    out->ties = c.ties;
    out->respondents = c.respondents;
    out->raters = c.groups;
    out->rated = c.rated;
    out->cells = c.cells;
    out->parts = c.parts;

    failed = -1;
    f.work = reml_work_new(&c, workgroups == WORKGROUPS_FIXED);
    if (!f.work)
        goto done;
    out->reason = fit_crossing(&c, workgroups == WORKGROUPS_FIXED, &f, out);
    failed = 0;
done:
    reml_work_free(f.work);
    crossing_free(&c);
    return failed;
}
