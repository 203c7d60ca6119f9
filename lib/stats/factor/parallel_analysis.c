/* Samples are not drawn row by row. The sums of squares and products about the mean of n rows of
 * independent normal variables are distributed as A A', A lower triangular with A_ii^2 chi-square
 * of n - 1 - i degrees of freedom (i from 0) and standard normal below (Bartlett 1933; Odell &
 * Feiveson 1966): the same distribution at a cost without n. */
#include "stats/factor/parallel_analysis.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "stats/numbers/linear.h"
#include "stats/numbers/quantiles.h"

/* The stream of draws that belongs to parallel analysis. */
static const uint64_t STREAM = 0x706172616c6c656c; /* "parallel" */

/* A gamma deviate of shape >= 1/2 and scale 1 (Marsaglia & Tsang 2000); below 1 by its relation to
 * shape + 1. */
static double draw_gamma(random_stream *random, double shape)
{
    double boost = shape < 1 ? pow(random_uniform(random), 1 / shape) : 1;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = random_normal(random), root = 1 + c * x, v = root * root * root;
        if (root > 0 && log(random_uniform(random)) < x * x / 2 + d - d * v + d * log(v))
            return boost * d * v;
    }
}

bool correlation_eigenvalues(const double *covariance, size_t items, double *eigenvalues,
                             double *room)
{
    for (size_t i = 0; i < items; i++)
        if (!(covariance[i * items + i] > 0))
            return false;
    for (size_t i = 0; i < items; i++)
        for (size_t j = 0; j < items; j++)
            room[i * items + j] = i == j ? 1
                                         : covariance[i * items + j]
                                               / (sqrt(covariance[i * items + i])
                                                  * sqrt(covariance[j * items + j]));
    return linear_eigen_symmetric(room, items, eigenvalues, NULL);
}

/* A A', see above. */
static void draw_products(random_stream *random, size_t items, size_t n, double *a,
                          double *products)
{
    for (size_t i = 0; i < items; i++) {
        for (size_t j = 0; j < i; j++)
            a[i * items + j] = random_normal(random);
        a[i * items + i] = sqrt(2 * draw_gamma(random, (double)(n - 1 - i) / 2));
    }
    for (size_t i = 0; i < items; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t k = 0; k <= j; k++)
                sum += a[i * items + k] * a[j * items + k];
            products[i * items + j] = products[j * items + i] = sum;
        }
}

bool parallel_replicate(const parallel_plan *plan, size_t replicate, double *eigenvalues,
                        double *room)
{
    random_stream random = random_start(plan->seed, STREAM, replicate);
    double *products = room + plan->items * plan->items;
    draw_products(&random, plan->items, plan->n, room, products);
    return correlation_eigenvalues(products, plan->items, eigenvalues, room);
}

void parallel_summarise(const parallel_plan *plan, double *all, double *means, double *quantiles)
{
    for (size_t i = 0; i < plan->items; i++) {
        double *values = all + i * plan->replicates;
        means[i] = 0;
        for (size_t r = 0; r < plan->replicates; r++)
            means[i] += values[r] / (double)plan->replicates;
        numbers_sort(values, plan->replicates);
        quantiles[i] = quantile_sorted(values, plan->replicates, plan->share);
    }
}

bool parallel_analysis(const parallel_plan *plan, double *means, double *quantiles)
{
    size_t items = plan->items, replicates = plan->replicates;
    if (items == 0 || replicates == 0 || plan->n <= items)
        return false;
    bool done = false;
    double *all = memory_new(replicates, items * sizeof *all);
    double *room = memory_new(2 * items + 1, items * sizeof *room),
           *one = room ? room + 2 * items * items : NULL;
    if (!all || !room)
        goto done;
    for (size_t r = 0; r < replicates; r++) {
        if (!parallel_replicate(plan, r, one, room))
            goto done;
        for (size_t i = 0; i < items; i++)
            all[i * replicates + r] = one[i];
    }
    parallel_summarise(plan, all, means, quantiles);
    done = true;
done:
    memory_free(all);
    memory_free(room);
    return done;
}

size_t parallel_retain(const double *eigenvalues, const double *quantiles, size_t items)
{
    size_t kept = 0;
    while (kept < items && eigenvalues[kept] > quantiles[kept])
        kept++;
    return kept;
}
