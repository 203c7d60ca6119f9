/* Variance components by Fisher scoring on the ratios to the residual variance, which at each of
 * them is the best there is: (I - tt'/df) d = f df / y'Py - t with I the information, t the traces,
 * f the forms of stats/variance/reml.h. This keeps the residual's own traces out, which are small
 * differences where a ratio is large. The step goes as far as it would for the variances
 * themselves, (I) s = f (Searle, Casella & McCulloch 1992, ch. 8), which in a balanced survey leads
 * to the solution; none goes below 0, and the likelihood must not fall. */
#include "stats/variance/components.h"

#include <float.h>
#include <math.h>

#include "stats/numbers/linear.h"

enum {
    MOST_STEPS = 500,
    MOST_HALVINGS = 40,
    ENOUGH = 8 /* steps where rounding has the last word */
};

static const double SETTLED = 1e-12; /* the largest change of a variance, in shares of the total */
static const double NEARLY_SETTLED = 1e-9;  /* enough where rounding keeps it from less */
static const double NO_INFORMATION = 1e-10; /* share of information that is none but for rounding */
static const double NO_RESIDUAL =
    1e-7; /* residual share below which rounding is all there is to climb on */
static const double NEAR = 1e-5; /* where slopes are trusted before the likelihood */
static const double ROUNDING =
    1e-11; /* of the criterion, in shares of itself and of the degrees of freedom */
static const double NO_SQUARES =
    1e-12; /* share of the squares, all of which are subtracted, below which it is rounding */
static const double TWO_PI = 6.283185307179586;

typedef struct state {
    double ratio[RATIOS], residual, criterion;
    reml_point point;
} state;

typedef struct fit {
    reml_work *work;
    bool estimated[COMPONENTS];
    double df; /* ties less fixed effects */
} fit;

/* 1 and the ratios: the sum of the variances, in residual variances. */
static double sum_ratios(const double ratio[RATIOS])
{
    double sum = 1;
    for (int k = 0; k < RATIOS; k++)
        sum += ratio[k];
    return sum;
}

/* The state at these ratios. */
static bool evaluate(const fit *f, const double ratio[RATIOS], state *s)
{
    if (!reml_evaluate(ratio, f->work, &s->point) || !(s->point.squares > 0))
        return false;
    for (int k = 0; k < RATIOS; k++)
        s->ratio[k] = ratio[k];
    s->residual = s->point.squares / f->df;
    s->criterion = f->df * (1 + log(TWO_PI * s->residual)) + s->point.log_determinant;
    return isfinite(s->criterion);
}

/* ---- The step ---- */

/* The ratios' information among the components which[0] …, the residual's share taken out, scaled
 * to a diagonal of 1 by 1/scale on either side. */
static bool fill_information(const fit *f, const state *s, const int *which, size_t n,
                             double *matrix, double *scale)
{
    const reml_point *p = &s->point;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = p->information[which[i]][which[j]]
                                - p->trace[which[i]] * p->trace[which[j]] / f->df;
    for (size_t i = 0; i < n; i++) {
        if (!(matrix[i * (n + 1)] > 0))
            return false;
        scale[i] = sqrt(matrix[i * (n + 1)]);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] /= scale[i] * scale[j];
    return true;
}

/* The components in a set of bits. */
static size_t list_bits(unsigned set, int which[COMPONENTS])
{
    size_t n = 0;
    for (int k = 0; k < COMPONENTS; k++)
        if (set >> k & 1)
            which[n++] = k;
    return n;
}

/* The stationary point of g'd - 1/2 d'Jd (g the slope, J the information) where components outside
 * the set go to 0, and how much is gained there; false when there is none or a component goes below
 * 0. */
static bool solve_subset(const fit *f, const state *s, unsigned set, unsigned all,
                         double change[RATIOS], double *gain)
{
    int which[COMPONENTS], every[COMPONENTS];
    size_t n = list_bits(set, which), m = list_bits(all, every);
    double whole[RATIOS * RATIOS], scale[RATIOS], part[RATIOS * RATIOS], x[RATIOS], slope[RATIOS];
    const reml_point *p = &s->point;
    if (!fill_information(f, s, every, m, whole, scale))
        return false;

    size_t at[RATIOS], free = 0;
    for (size_t i = 0; i < m; i++) {
        slope[i] = (p->form[every[i]] / s->residual - p->trace[every[i]]) / scale[i];
        change[every[i]] = -s->ratio[every[i]];
        if (set >> every[i] & 1)
            at[free++] = i;
    }
    for (size_t i = 0; i < n; i++) {
        x[i] = slope[at[i]];
        for (size_t j = 0; j < m; j++)
            if (!(set >> every[j] & 1))
                x[i] -= whole[at[i] * m + j] * scale[j] * change[every[j]];
        for (size_t j = 0; j < n; j++)
            part[i * n + j] = whole[at[i] * m + at[j]];
    }
    if (!linear_cholesky(part, n))
        return false;
    linear_cholesky_solve(part, n, x);
    for (size_t i = 0; i < n; i++) {
        change[which[i]] = x[i] / scale[at[i]];
        if (s->ratio[which[i]] + change[which[i]] < 0)
            return false;
    }
    *gain = 0;
    for (size_t i = 0; i < m; i++) {
        *gain += slope[i] * scale[i] * change[every[i]];
        for (size_t j = 0; j < m; j++)
            *gain -= 0.5 * whole[i * m + j] * scale[i] * change[every[i]] * scale[j]
                     * change[every[j]];
    }
    return true;
}

/* The most of the quadratic over ratios that are not negative: it is stationary in some subset, so
 * the best of all subsets' is it. Then the target. */
static bool solve_step(const fit *f, const state *s, double target[RATIOS])
{
    unsigned all = 0, best = 0;
    double most = -INFINITY, chosen[RATIOS] = {0}, residual = 1;
    for (int k = 0; k < RATIOS; k++)
        all |= (unsigned)f->estimated[k] << k;
    for (unsigned set = 0; set <= all; set++) {
        double change[RATIOS] = {0}, gain;
        if (set & ~all || !solve_subset(f, s, set, all, change, &gain) || gain <= most)
            continue;
        most = gain;
        best = set;
        for (int k = 0; k < RATIOS; k++)
            chosen[k] = change[k];
    }
    for (int k = 0; k < RATIOS; k++)
        residual -= s->point.trace[k] * chosen[k] / f->df;
    residual = fmax(residual, 0.1);
    for (int k = 0; k < RATIOS; k++)
        target[k] = best >> k & 1 ? fmax(0, s->ratio[k] + chosen[k] / residual) : 0;
    return isfinite(most);
}

/* The slope of the log likelihood, times 2, towards the target. */
static double slope_towards(const double target[RATIOS], const state *from, const state *at)
{
    double slope = 0;
    for (int k = 0; k < RATIOS; k++)
        slope += (at->point.form[k] / at->residual - at->point.trace[k])
                 * (target[k] - from->ratio[k]);
    return slope;
}

/* Near the maximum the slopes say whether it came nearer: the criterion is flat there and shows its
 * rounding. */
static bool go_towards(const fit *f, const double target[RATIOS], double length, bool is_near,
                       const state *from, state *to)
{
    double ratio[RATIOS], room = ROUNDING * (fabs(from->criterion) + f->df);
    for (int k = 0; k < RATIOS; k++) {
        ratio[k] = (1 - length) * from->ratio[k] + length * target[k];
        if (ratio[k] < 0)
            return false;
    }
    if (!evaluate(f, ratio, to))
        return false;
    if (is_near)
        return fabs(slope_towards(target, from, to)) <= fabs(slope_towards(target, from, from));
    return to->criterion <= from->criterion + room;
}

/* Goes towards the target as far as the likelihood does not fall; then to where the slopes here and
 * there say that it is highest, since the expected information may be far from the observed in a
 * small survey. */
static bool take_step(const fit *f, const double target[RATIOS], bool is_near, const state *from,
                      state *to)
{
    double length = 1;
    int halvings = 0;
    while (!go_towards(f, target, length, is_near, from, to))
        if (length /= 2, ++halvings == MOST_HALVINGS)
            return false;

    double here = slope_towards(target, from, from), there = slope_towards(target, from, to);
    double better = here > there ? fmin(here / (here - there), 4) : 4;
    state next;
    if (fabs(better - 1) > 0.05 && go_towards(f, target, better * length, is_near, from, &next)
        && fabs(slope_towards(target, from, &next)) < fabs(there))
        *to = next;
    return true;
}

static double measure_step(const state *s, const double target[RATIOS])
{
    double most = 0;
    for (int k = 0; k < RATIOS; k++)
        most = fmax(most, fabs(target[k] - s->ratio[k]));
    return most / sum_ratios(s->ratio);
}

/* From *s to the maximum. */
static component_reason climb(const fit *f, state *s, int *iterations)
{
    int nearly_settled = 0;
    for (*iterations = 0; *iterations < MOST_STEPS; ++*iterations) {
        double target[RATIOS];
        state next;
        if (1 / sum_ratios(s->ratio) < NO_RESIDUAL)
            return COMPONENTS_NO_RESIDUAL;
        if (!solve_step(f, s, target))
            return COMPONENTS_STUCK;
        double change = measure_step(s, target);
        double nearly = NEARLY_SETTLED + 1e-13 * sum_ratios(s->ratio);
        nearly_settled += change <= nearly;
        if (change <= SETTLED || nearly_settled == ENOUGH)
            return COMPONENTS_FITTED;
        if (!take_step(f, target, change <= NEAR, s, &next))
            return change <= nearly ? COMPONENTS_FITTED : COMPONENTS_STUCK;
        *s = next;
    }
    return COMPONENTS_STUCK;
}

/* ---- What the ties can tell ---- */

/* The information with the residual's, which follows from the others' since P V P = P: at ratios of
 * 1 nothing much cancels. */
static void complete_information(const fit *f, const state *s,
                                 double information[COMPONENTS][COMPONENTS])
{
    enum { E = COMPONENT_RESIDUAL };
    const reml_point *p = &s->point;
    information[E][E] = f->df;
    for (int k = 0; k < RATIOS; k++) {
        double cross = p->trace[k];
        for (int l = 0; l < RATIOS; l++) {
            information[k][l] = p->information[k][l];
            cross -= s->ratio[l] * p->information[k][l];
        }
        information[k][E] = information[E][k] = cross;
        information[E][E] -= s->ratio[k] * (p->trace[k] + cross);
    }
}

/* Components whose information is none, or goes with that of others whatever the variances: the
 * matrices P V_k P are then linearly dependent. s is at ratios of 1. */
static unsigned find_confounded(const fit *f, const state *s)
{
    int which[COMPONENTS];
    size_t n = 0;
    unsigned found = 0;
    double information[COMPONENTS][COMPONENTS];
    double matrix[COMPONENTS * COMPONENTS], values[COMPONENTS], vectors[COMPONENTS * COMPONENTS];
    complete_information(f, s, information);
    for (int k = 0; k < COMPONENTS; k++) {
        if (!f->estimated[k])
            continue;
        if (information[k][k] > NO_INFORMATION * (k < RATIOS ? s->point.scale[k] : f->df))
            which[n++] = k;
        else
            found |= 1u << k;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = information[which[i]][which[j]]
                                / sqrt(information[which[i]][which[i]])
                                / sqrt(information[which[j]][which[j]]);
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

/* Standard errors of those that are not at zero. The covariance matrix of the ratios is 2U, U = (I
 * - tt'/df)^-1; a variance moves with its ratio and with the logarithm of the residual variance, of
 * variance 2(1/df + t'Ut/df^2) and covariance -2Ut/df. */
static void fill_errors(const fit *f, const state *s, component_fit *out)
{
    int which[COMPONENTS];
    size_t n = 0;
    double matrix[RATIOS * RATIOS], inverse[RATIOS * RATIOS], scale[RATIOS], along[RATIOS],
        own = 1 / f->df;
    for (int k = 0; k < RATIOS; k++)
        if (f->estimated[k] && !out->at_zero[k])
            which[n++] = k;
    if (!fill_information(f, s, which, n, matrix, scale)
        || !linear_inverse_positive(matrix, n, inverse, NULL))
        return;
    for (size_t i = 0; i < n; i++) {
        along[i] = 0; /* (Ut)_i / df */
        for (size_t j = 0; j < n; j++)
            along[i] += inverse[i * n + j] / scale[i] / scale[j] * s->point.trace[which[j]] / f->df;
        own += along[i] * s->point.trace[which[i]] / f->df;
    }
    for (size_t i = 0; i < n; i++) {
        double ratio = s->ratio[which[i]];
        double variance = inverse[i * (n + 1)] / (scale[i] * scale[i]) - 2 * ratio * along[i]
                          + ratio * ratio * own;
        out->se[which[i]] = s->residual * sqrt(2 * variance);
    }
    out->se[COMPONENT_RESIDUAL] = s->residual * sqrt(2 * own);
}

static double estimate_spread(const fixed_spread *s, double residual, bool *at_zero)
{
    double variance = (s->squares - residual * s->error) / s->df;
    *at_zero = !(variance > 0);
    return *at_zero ? 0 : variance;
}

static void fill_fit(const fit *f, const state *s, const crossing *c, component_fit *out)
{
    double residual = s->residual, sum = 0;
    for (int k = 0; k < RATIOS; k++) {
        out->variance[k] = s->ratio[k] * residual;
        out->at_zero[k] = s->ratio[k] == 0;
    }
    out->variance[COMPONENT_RESIDUAL] = residual;
    fill_errors(f, s, out);
    if (f->estimated[COMPONENT_RATER]) {
        out->mean = c->centre + s->point.mean;
    } else {
        out->variance[COMPONENT_RATER] = estimate_spread(&s->point.rater, residual,
                                                         out->at_zero + COMPONENT_RATER);
        out->variance[COMPONENT_RATED] = estimate_spread(&s->point.rated, residual,
                                                         out->at_zero + COMPONENT_RATED);
    }
    out->criterion = s->criterion;
    for (int k = 0; k < COMPONENTS; k++)
        sum += out->variance[k];
    for (int k = 0; k < COMPONENTS; k++)
        out->share[k] = out->variance[k] / sum;
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

int components_fit(const component_ties *ties, workgroup_effects workgroups,
                   const reml_watch *watch, component_fit *out)
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
    f.work = reml_work_new(&c, workgroups == WORKGROUPS_FIXED, watch);
    if (!f.work)
        goto done;
    out->reason = fit_crossing(&c, workgroups == WORKGROUPS_FIXED, &f, out);
    failed = 0;
    if (watch && watch->stops(watch->user)) { /* perhaps before, which any reason may come from */
        clear_fit(out);
        failed = 1;
    }
done:
    reml_work_free(f.work);
    crossing_free(&c);
    return failed;
}
