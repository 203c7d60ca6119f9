/* Parallel analysis: how large the eigenvalues of a correlation matrix become by chance (Horn
 * 1965), of principal components, over samples of independent normal variables. Plain numbers in
 * and out. */
#ifndef STATS_FACTOR_PARALLEL_ANALYSIS_H
#define STATS_FACTOR_PARALLEL_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is simulated: the eigenvalues of the correlations of `items` variables over n rows. */
typedef struct parallel_plan {
    size_t items, n, replicates; /* n > items, replicates > 0 */
    uint64_t seed;
    double share; /* which quantile, of type 7: 0.95 by custom */
} parallel_plan;

/* Fills means and quantiles, `items` each, descending eigenvalues. False when memory runs out or
 * the plan is not as said above; nothing is to be used then. */
bool parallel_analysis(const parallel_plan *plan, double *means, double *quantiles);

/* The eigenvalues, descending, of one replicate, which is the same on any thread and in any order.
 * room: 2 x items x items. */
bool parallel_replicate(const parallel_plan *plan, size_t replicate, double *eigenvalues,
                        double *room);

/* The same from the eigenvalues of all replicates, which it sorts: those of a place stand together,
 * replicates of them. So the replicates can be worked out elsewhere, on threads and under a
 * caller's eye. */
void parallel_summarise(const parallel_plan *plan, double *all, double *means, double *quantiles);

/* How many leading eigenvalues of a correlation matrix exceed their quantile. */
size_t parallel_retain(const double *eigenvalues, const double *quantiles, size_t items);

/* The eigenvalues, descending, of the correlations of a covariance matrix; room: items x items.
 * False when a variance is not positive. */
bool correlation_eigenvalues(const double *covariance, size_t items, double *eigenvalues,
                             double *room);

#endif
