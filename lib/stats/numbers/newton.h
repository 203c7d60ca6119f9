/* Minimising a smooth function of a few variables whose first and second derivatives are known:
 * Newton's method, with the steps of Levenberg (1944) and Marquardt (1963) where the Hessian is not
 * positive definite or a step overshoots. Knows no model; nothing is allocated, nothing is
 * random. */
#ifndef STATS_NUMBERS_NEWTON_H
#define STATS_NUMBERS_NEWTON_H

#include <stdbool.h>
#include <stddef.h>

typedef struct newton_problem {
    size_t size;
    int most_steps; /* 0: enough for any start */
    void *user;
    /* The function at a place; NaN or infinite where it is not defined. */
    double (*value)(void *user, const double *at);
    /* Its gradient, its Hessian (size x size, both triangles), and for each variable a positive
     * curvature that gives the variable's scale. Called only where value was finite, and after
     * it. */
    void (*derive)(void *user, const double *at, double *gradient, double *hessian, double *scale);
} newton_problem;

/* How many doubles newton_minimise needs to work in. */
size_t newton_room(size_t size);

/* Moves `at` to a local minimum. False when no minimum is reached, `at` then being the last place
 * tried. */
bool newton_minimise(const newton_problem *problem, double *at, double *room);

#endif
