/* Cluster-robust standard errors of means: CR1 (factor m/(m-1), t with m-1 degrees of freedom) and
 * CR2 (Bell & McCaffrey 2002, Satterthwaite degrees of freedom), as R's clubSandwich computes them
 * (Pustejovsky & Tipton 2018). For a mean, and for the mean of cell means, both have closed forms;
 * no matrix is made. */
#ifndef STATS_INTERVALS_CLUSTERS_H
#define STATS_INTERVALS_CLUSTERS_H

#include <stddef.h>
#include <stdint.h>

#include "stats/numbers/moments.h"

typedef enum cluster_method { CLUSTER_CR2, CLUSTER_CR1 } cluster_method;

typedef struct cluster_error {
    double se, df; /* NaN where there are fewer than two clusters */
} cluster_error;

/* ---- The mean of n observations, clusters of any size ---- */

typedef struct mean_clusters {
    double n, mean; /* of all observations */
    int64_t clusters;
    total cr1, cr2; /* squares of the clusters' residual sums, plain and adjusted */
    total sizes, shares,
        share_squares; /* S k^2, S a^2 k^2, S a^4 k^4 with a^2 = 1/(n^2 (1 - k/n)) */
} mean_clusters;

/* Adds a cluster of `size` observations whose sum is `sum`. n and mean must be set before. */
void mean_clusters_add(mean_clusters *c, double size, double sum);
cluster_error mean_clusters_error(const mean_clusters *c, cluster_method method);

/* ---- The weighted mean, clusters of any size: linearised, as survey::svymean with ids (Binder
 * 1983) ---- */

typedef struct weighted_clusters {
    int64_t clusters;
    double centre; /* near the mean, so that nothing cancels */
    total wk, wt, tt, tk,
        kk; /* S wk, S wt, S w^2 t^2, S w^2 t k, S w^2 k^2, t the sum about the centre */
} weighted_clusters;

/* Adds a cluster of `size` observations with one weight, whose sum is `sum`. centre must be set
 * before. */
void weighted_clusters_add(weighted_clusters *c, double weight, double size, double sum);
double weighted_clusters_mean(const weighted_clusters *c);
cluster_error weighted_clusters_error(const weighted_clusters *c);

/* ---- The mean of cell means, a cluster having at most one observation in a cell ---- */

/* What an observation in a cell of n weighs in its cluster's residual sum, before the division by
 * the number of cells: 1/n, by CR2 divided by sqrt(1 - 1/n). A cell of one has no residual: 0. */
double cell_factor(double n, cluster_method method);

/* Degrees of freedom of CR2, gathered over sets of cells that share no cluster (the rows of the
 * matrix). */
typedef struct cell_freedom {
    total trace, squares;
} cell_freedom;

/* Adds the `count` cells which[0] … : together[c * stride + d] clusters have an observation both in
 * cell c and in cell d, so that the diagonal holds the cells' n. */
void cell_freedom_add(cell_freedom *f, const uint32_t *together, size_t stride,
                      const uint32_t *which, size_t count);
/* The same of a sum of cell means in which cell which[i] is taken weights[i] times. */
void cell_freedom_add_weighted(cell_freedom *f, const uint32_t *together, size_t stride,
                               const uint32_t *which, const double *weights, size_t count);
double cell_freedom_value(const cell_freedom *f);

#endif
