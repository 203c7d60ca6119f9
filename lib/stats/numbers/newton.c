/* Newton's method with Marquardt's damping, see Nocedal & Wright 2006, 4.1 and 10.3. */
#include "stats/numbers/newton.h"

#include <math.h>

#include "stats/numbers/linear.h"

/* A run that has not ended by then is on its way to infinity. */
enum { MOST_STEPS = 500 };

/* Below this much to gain, by the quadratic model, the function's own rounding decides whether a
 * step gains. */
static const double LITTLE_TO_GAIN = 1e-12;

typedef struct newton_state {
    const newton_problem *problem;
    double value, damping;
    bool stepped; /* `step` is that of this place without damping */
    double *at, *gradient, *hessian, *scale, *step, *next, *factor;
} newton_state;

size_t newton_room(size_t size)
{
    return 4 * size + 2 * size * size;
}

/* The damped step; false when the damped Hessian is not positive definite. */
static bool find_step(newton_state *s)
{
    size_t n = s->problem->size;
    for (size_t i = 0; i < n * n; i++)
        s->factor[i] = s->hessian[i];
    for (size_t i = 0; i < n; i++)
        s->factor[i * n + i] += s->damping * s->scale[i];
    if (!linear_cholesky(s->factor, n))
        return false;
    for (size_t i = 0; i < n; i++)
        s->step[i] = -s->gradient[i];
    linear_cholesky_solve(s->factor, n, s->step);
    for (size_t i = 0; i < n; i++)
        s->next[i] = s->at[i] + s->step[i];
    return true;
}

/* What the quadratic model says that the step gains. */
static double predict_gain(const newton_state *s)
{
    size_t n = s->problem->size;
    double gain = 0;
    for (size_t i = 0; i < n; i++) {
        double curved = 0;
        for (size_t j = 0; j < n; j++)
            curved += s->hessian[i * n + j] * s->step[j];
        gain -= s->step[i] * (s->gradient[i] + 0.5 * curved);
    }
    return gain;
}

static void take_step(newton_state *s, double value)
{
    s->value = value;
    for (size_t i = 0; i < s->problem->size; i++)
        s->at[i] = s->next[i];
}

static void damp_more(newton_state *s)
{
    s->damping = s->damping > 0 ? 8 * s->damping : 1e-4;
}

static void damp_less(newton_state *s)
{
    s->damping = s->damping > 1e-6 ? s->damping / 10 : 0;
}

/* Takes the undamped step if there is next to nothing to gain by it. There the value is no guide
 * any more: its rounding may be all that changes. */
static bool settle(newton_state *s)
{
    double damping = s->damping, value;
    s->damping = 0;
    s->stepped = find_step(s);
    if (s->stepped && predict_gain(s) < LITTLE_TO_GAIN) {
        value = s->problem->value(s->problem->user, s->next);
        if (isfinite(value)) {
            take_step(s, value);
            return true;
        }
    }
    s->damping = damping;
    return false;
}

/* Goes one step down, damping until there is one; false when none is found. */
static bool go_down(newton_state *s)
{
    for (; s->damping < 1e12; damp_more(s)) {
        bool known = s->stepped && !(s->damping > 0); /* settling has just found it */
        if (!known && !find_step(s))
            continue;
        double value = s->problem->value(s->problem->user, s->next);
        double share = (s->value - value) / predict_gain(s);
        if (!isfinite(value) || !(share > 1e-3))
            continue;
        take_step(s, value);
        if (share > 0.7)
            damp_less(s);
        else if (share < 0.2)
            damp_more(s);
        return true;
    }
    return false;
}

bool newton_minimise(const newton_problem *problem, double *at, double *room)
{
    size_t n = problem->size;
    newton_state s = {.problem = problem,
                      .damping = 0,
                      .at = at,
                      .gradient = room,
                      .scale = room + n,
                      .step = room + 2 * n,
                      .next = room + 3 * n,
                      .hessian = room + 4 * n,
                      .factor = room + 4 * n + n * n};
    s.value = problem->value(problem->user, at);
    if (!isfinite(s.value))
        return false;
    int most = problem->most_steps > 0 ? problem->most_steps : MOST_STEPS,
        settled =
            0; /* the second step at the bottom takes what the first left, quadratically less */
    for (int i = 0; i < most && settled < 2; i++) {
        problem->derive(problem->user, at, s.gradient, s.hessian, s.scale);
        if (settle(&s))
            settled++;
        else if (go_down(&s))
            settled = 0;
        else
            return false;
    }
    return settled == 2;
}
