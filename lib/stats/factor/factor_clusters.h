/* Sums of squares and products of the rows of each cluster: all that a factor model and its robust
 * errors need of the data, so that memory grows with clusters and not with rows. */
#ifndef STATS_FACTOR_FACTOR_CLUSTERS_H
#define STATS_FACTOR_FACTOR_CLUSTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Exact while the rows hold whole numbers; else rows should be centred near their means, so that
 * nothing cancels. */
typedef struct factor_clusters {
    size_t items, clusters;
    double *size;    /* by cluster: its rows */
    double *sum;     /* clusters x items */
    double *product; /* clusters x items (items + 1) / 2, lower triangles */
} factor_clusters;

/* All zero; false when memory runs out. */
bool factor_clusters_make(factor_clusters *c, size_t clusters, size_t items);
void factor_clusters_add(factor_clusters *c, size_t cluster, const double *row);
void factor_clusters_free(factor_clusters *c);

/* The covariance matrix of all rows, sums divided by n, and their means; returns n. NaN everywhere
 * when n is 0. */
double factor_clusters_covariance(const factor_clusters *c, double *covariance, double *means);

/* What a cluster's rows sum to about the means: sum of residuals, and matrix of squares and
 * products (items x items, or NULL). */
void factor_clusters_centre(const factor_clusters *c, size_t cluster, const double *means,
                            double *sum, double *product);

#endif
