/* Moments by cluster. */
#include "stats/factor/factor_clusters.h"

#include "base/memory.h"

static size_t triangle(size_t items)
{
    return items * (items + 1) / 2;
}

bool factor_clusters_make(factor_clusters *c, size_t clusters, size_t items)
{
    *c = (factor_clusters){.items = items, .clusters = clusters};
    c->size = memory_zeroed(clusters, sizeof *c->size);
    c->sum = memory_zeroed(clusters, items * sizeof *c->sum);
    c->product = memory_zeroed(clusters, triangle(items) * sizeof *c->product);
    if (c->size && c->sum && c->product)
        return true;
    factor_clusters_free(c);
    return false;
}

void factor_clusters_free(factor_clusters *c)
{
    memory_free(c->size);
    memory_free(c->sum);
    memory_free(c->product);
    *c = (factor_clusters){0};
}

void factor_clusters_add(factor_clusters *c, size_t cluster, const double *row)
{
    double *sum = c->sum + cluster * c->items, *product = c->product + cluster * triangle(c->items);
    c->size[cluster]++;
    for (size_t i = 0; i < c->items; i++) {
        sum[i] += row[i];
        for (size_t j = 0; j <= i; j++)
            *product++ += row[i] * row[j];
    }
}

double factor_clusters_covariance(const factor_clusters *c, double *covariance, double *means)
{
    size_t p = c->items;
    double n = 0;
    for (size_t i = 0; i < p * p; i++)
        covariance[i] = 0;
    for (size_t i = 0; i < p; i++)
        means[i] = 0;
    for (size_t g = 0; g < c->clusters; g++) {
        const double *product = c->product + g * triangle(p);
        n += c->size[g];
        for (size_t i = 0; i < p; i++) {
            means[i] += c->sum[g * p + i];
            for (size_t j = 0; j <= i; j++)
                covariance[i * p + j] += *product++;
        }
    }
    for (size_t i = 0; i < p; i++)
        means[i] /= n;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j <= i; j++)
            covariance[j * p + i] = covariance[i * p + j] = covariance[i * p + j] / n
                                                            - means[i] * means[j];
    return n;
}

void factor_clusters_centre(const factor_clusters *c, size_t cluster, const double *means,
                            double *sum, double *product)
{
    size_t p = c->items;
    const double *sums = c->sum + cluster * p, *products = c->product + cluster * triangle(p);
    double size = c->size[cluster];
    for (size_t i = 0; i < p; i++)
        sum[i] = sums[i] - size * means[i];
    for (size_t i = 0; i < p && product; i++)
        for (size_t j = 0; j <= i; j++) {
            double about = *products++ - means[i] * sums[j] - means[j] * sum[i];
            product[i * p + j] = product[j * p + i] = about;
        }
}
