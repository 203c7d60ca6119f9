/* Cluster-robust standard errors in closed form.
 *
 * For the mean, the hat matrix of a cluster of k among n is 1/n everywhere; it meets the residuals
 * only through their sum, so that CR2 divides that sum by sqrt(1 - k/n). For the mean of cell means
 * the hat matrix of a cluster is diagonal, 1/n_c for each cell c it is in. The degrees of freedom
 * are (S_i p_i'p_i)^2 / S_ij (p_i'p_j)^2 with p_i what the estimated variance takes of cluster i
 * (Bell & McCaffrey 2002); below, those products written out. */
#include "stats/intervals/clusters.h"

void mean_clusters_add(mean_clusters *c, double size, double sum)
{
    double residual = sum - size * c->mean;
    double left = 1 - size / c->n; /* 0 when this is the only cluster: there is no error then */
    double share = size * size / (c->n * c->n * left);
    c->clusters++;
    total_add(&c->cr1, residual * residual);
    total_add(&c->cr2, residual * residual / left);
    total_add(&c->sizes, size * size);
    total_add(&c->shares, share);
    total_add(&c->share_squares, share * share);
}

cluster_error mean_clusters_error(const mean_clusters *c, cluster_method method)
{
    double m = (double)c->clusters, n = c->n, n4 = n * n * n * n, shares = total_value(&c->shares);
    cluster_error error = {NAN, NAN};
    if (c->clusters < 2)
        return error;
    if (method == CLUSTER_CR1) {
        error.se = sqrt(total_value(&c->cr1) * m / (m - 1)) / n;
        error.df = m - 1;
    } else {
        /* p_i'p_i = k/n^2, p_i'p_j = -a_i a_j k_i k_j / n */
        double off_diagonal = (shares * shares - total_value(&c->share_squares)) / (n * n);
        error.se = sqrt(total_value(&c->cr2)) / n;
        error.df = 1 / (n * n * (total_value(&c->sizes) / n4 + off_diagonal));
    }
    return error;
}

void weighted_clusters_add(weighted_clusters *c, double weight, double size, double sum)
{
    double t = weight * (sum - size * c->centre), k = weight * size;
    c->clusters++;
    total_add(&c->wk, k);
    total_add(&c->wt, t);
    total_add(&c->tt, t * t);
    total_add(&c->tk, t * k);
    total_add(&c->kk, k * k);
}

double weighted_clusters_mean(const weighted_clusters *c)
{
    return c->centre + total_value(&c->wt) / total_value(&c->wk);
}

cluster_error weighted_clusters_error(const weighted_clusters *c)
{
    double m = (double)c->clusters, shift = total_value(&c->wt) / total_value(&c->wk);
    double squares = total_value(&c->tt) - 2 * shift * total_value(&c->tk)
                     + shift * shift * total_value(&c->kk);
    cluster_error error = {NAN, NAN};
    if (c->clusters < 2)
        return error;
    error.se = sqrt((squares > 0 ? squares : 0) * m / (m - 1)) / total_value(&c->wk);
    error.df = m - 1;
    return error;
}

double cell_factor(double n, cluster_method method)
{
    if (n < 2)
        return 0;
    return method == CLUSTER_CR1 ? 1 / n : 1 / (n * sqrt(1 - 1 / n));
}

void cell_freedom_add(cell_freedom *f, const uint32_t *together, size_t stride,
                      const uint32_t *which, size_t count)
{
    cell_freedom_add_weighted(f, together, stride, which, NULL, count);
}

void cell_freedom_add_weighted(cell_freedom *f, const uint32_t *together, size_t stride,
                               const uint32_t *which, const double *weights, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *with = together + which[i] * stride;
        double n_c = with[which[i]], square_c = weights ? weights[i] * weights[i] : 1;
        if (n_c < 2)
            continue;
        total_add(&f->trace, square_c / n_c);
        for (size_t j = 0; j < count; j++) {
            double n_d = together[which[j] * stride + which[j]], both = with[which[j]];
            double squares = weights ? square_c * weights[j] * weights[j] : 1;
            if (n_d < 2)
                continue;
            /* in p_i'p_i a cell counts 1/n_c^2; in p_i'p_j, i not j, 1/(n_c^2 (n_c - 1)) */
            total_add(&f->squares, squares * both / (n_c * n_c * n_d * n_d)
                                       * (1 + (both - 1) / ((n_c - 1) * (n_d - 1))));
        }
    }
}

double cell_freedom_value(const cell_freedom *f)
{
    double trace = total_value(&f->trace), squares = total_value(&f->squares);
    return squares > 0 ? trace * trace / squares : NAN;
}
