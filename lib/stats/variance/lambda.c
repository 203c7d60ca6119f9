#include "stats/variance/lambda.h"

#include <math.h>
#include <stdbool.h>

double lambda_of_share(double share, double scale)
{
    return share / (scale * (1 - share));
}

static double slope_at(const lambda_search *s, double share)
{
    return s->slope(s->model, lambda_of_share(share, s->scale));
}

/* Where the slope turns from falling to rising between two shares, by halving. */
static double find_turn(const lambda_search *s, double low, double high)
{
    for (;;) {
        double middle = low + (high - low) / 2;
        if (!(middle > low && middle < high))
            return lambda_of_share(high, s->scale);
        if (slope_at(s, middle) < 0)
            low = middle;
        else
            high = middle;
    }
}

double lambda_find(const lambda_search *s)
{
    enum { STEPS = 32 };
    double last = 0, best = 0, lowest = INFINITY;
    bool falls = s->slope(s->model, 0) < s->flat;
    if (!falls)
        lowest = s->criterion(s->model, 0);
    for (int step = 1; step <= STEPS + s->tail; step++) {
        double next = step < STEPS ? (double)step / STEPS
                                   : 1 - ldexp(1.0 / STEPS, STEPS - 1 - step);
        bool falls_next = slope_at(s, next) < 0;
        if (falls && !falls_next) {
            double lambda = find_turn(s, last, next), criterion = s->criterion(s->model, lambda);
            best = criterion < lowest ? lambda : best;
            lowest = fmin(lowest, criterion);
        }
        falls = falls_next;
        last = next;
    }
    return best;
}
