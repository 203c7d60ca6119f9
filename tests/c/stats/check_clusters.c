/* Cluster-robust errors against a dense implementation: the design matrix, the hat matrix,
 * symmetric inverse square roots by Jacobi's rotations, and the vectors p_i of Bell & McCaffrey
 * (2002), all written out; and small cases by hand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/intervals/clusters.h"
#include "support.h"

Suite *clusters_suite(void);

enum { MOST_OBSERVATIONS = 90, MOST_CLUSTERS = 30, MOST_COLUMNS = 16, MOST_SIZE = 12 };

/* Observations of y in clusters, each in one column of a design of dummies (one column: the
 * mean). */
typedef struct design {
    int n, clusters, columns;
    int cluster[MOST_OBSERVATIONS], column[MOST_OBSERVATIONS];
    double y[MOST_OBSERVATIONS];
} design;

typedef struct dense_result {
    double mean, cr1, cr2, df; /* of the mean of the columns' coefficients */
} dense_result;

/* ---- Dense ---- */

typedef double small_matrix[MOST_SIZE][MOST_SIZE];

/* Jacobi's rotations: a becomes diagonal, the columns of vectors its eigenvectors. */
static void find_eigenvectors(small_matrix a, int size, small_matrix vectors)
{
    memset(vectors, 0, sizeof(small_matrix));
    for (int i = 0; i < size; i++)
        vectors[i][i] = 1;
    for (int sweep = 0; sweep < 60; sweep++)
        for (int p = 0; p < size; p++)
            for (int q = p + 1; q < size; q++) {
                double angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p]), c = cos(angle),
                       s = sin(angle);
                for (int k = 0; k < size; k++) {
                    double kp = a[k][p], kq = a[k][q];
                    a[k][p] = c * kp - s * kq;
                    a[k][q] = s * kp + c * kq;
                }
                for (int k = 0; k < size; k++) {
                    double pk = a[p][k], qk = a[q][k], vp = vectors[k][p], vq = vectors[k][q];
                    a[p][k] = c * pk - s * qk;
                    a[q][k] = s * pk + c * qk;
                    vectors[k][p] = c * vp - s * vq;
                    vectors[k][q] = s * vp + c * vq;
                }
            }
}

/* The symmetric (Moore-Penrose) inverse square root. */
static void invert_root(const small_matrix from, int size, small_matrix root)
{
    small_matrix a, vectors;
    memcpy(a, from, sizeof a);
    find_eigenvectors(a, size, vectors);
    memset(root, 0, sizeof(small_matrix));
    for (int k = 0; k < size; k++) {
        double scale = a[k][k] > 1e-9 ? 1 / sqrt(a[k][k]) : 0;
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++)
                root[i][j] += scale * vectors[i][k] * vectors[j][k];
    }
}

/* Hat matrix of dummies: one over the column's observations where both are of one column. */
static double hat(const design *d, const int counts[MOST_COLUMNS], int i, int j)
{
    return d->column[i] == d->column[j] ? 1.0 / counts[d->column[i]] : 0;
}

/* p_i = (I - H)_i' A_i X_i (X'X)^-1 c of a cluster, and its residuals' part of the estimate by CR1
 * and CR2. */
static void solve_cluster(const design *d, const int counts[MOST_COLUMNS], const double *residuals,
                          int cluster, double p[MOST_OBSERVATIONS], double *plain, double *adjusted)
{
    int member[MOST_SIZE], size = 0;
    small_matrix left = {{0}}, root = {{0}};
    double direction[MOST_SIZE] = {0}, turned[MOST_SIZE];
    for (int i = 0; i < d->n; i++)
        if (d->cluster[i] == cluster) {
            ck_assert_int_lt(size, MOST_SIZE);
            member[size++] = i;
        }
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++)
            left[i][j] = (i == j) - hat(d, counts, member[i], member[j]);
        direction[i] = 1.0 / counts[d->column[member[i]]] / d->columns; /* X_i (X'X)^-1 c */
    }
    invert_root(left, size, root);
    *plain = *adjusted = 0;
    for (int i = 0; i < size; i++) {
        turned[i] = 0;
        for (int j = 0; j < size; j++)
            turned[i] += root[i][j] * direction[j];
        *plain += direction[i] * residuals[member[i]];
        *adjusted += turned[i] * residuals[member[i]];
    }
    for (int k = 0; k < d->n; k++) {
        p[k] = 0;
        for (int i = 0; i < size; i++)
            p[k] += ((k == member[i]) - hat(d, counts, k, member[i])) * turned[i];
    }
}

static dense_result solve_dense(const design *d)
{
    static double p[MOST_CLUSTERS][MOST_OBSERVATIONS];
    int counts[MOST_COLUMNS] = {0};
    double means[MOST_COLUMNS] = {0}, residuals[MOST_OBSERVATIONS], trace = 0, squares = 0;
    dense_result result = {0, 0, 0, 0};
    for (int i = 0; i < d->n; i++) {
        counts[d->column[i]]++;
        means[d->column[i]] += d->y[i];
    }
    for (int c = 0; c < d->columns; c++) {
        means[c] /= counts[c];
        result.mean += means[c] / d->columns;
    }
    for (int i = 0; i < d->n; i++)
        residuals[i] = d->y[i] - means[d->column[i]];
    for (int c = 0; c < d->clusters; c++) {
        double plain, adjusted;
        solve_cluster(d, counts, residuals, c, p[c], &plain, &adjusted);
        result.cr1 += plain * plain * d->clusters / (d->clusters - 1.0);
        result.cr2 += adjusted * adjusted;
    }
    for (int i = 0; i < d->clusters; i++)
        for (int j = 0; j < d->clusters; j++) {
            double product = 0;
            for (int k = 0; k < d->n; k++)
                product += p[i][k] * p[j][k];
            trace += i == j ? product : 0;
            squares += product * product;
        }
    result.df = trace * trace / squares;
    return result;
}

/* ---- The mean, clusters of any size ---- */

static mean_clusters gather_mean(const design *d)
{
    mean_clusters m = {.n = d->n};
    for (int i = 0; i < d->n; i++)
        m.mean += d->y[i] / d->n;
    for (int c = 0; c < d->clusters; c++) {
        double size = 0, sum = 0;
        for (int i = 0; i < d->n; i++)
            if (d->cluster[i] == c) {
                size++;
                sum += d->y[i];
            }
        mean_clusters_add(&m, size, sum);
    }
    return m;
}

START_TEST(mean_against_dense)
{
    uint64_t seed = 100 + (uint64_t)_i;
    for (int round = 0; round < rounds(100); round++) {
        design d = {.clusters = 2 + (int)random_below(&seed, 14), .columns = 1};
        uint32_t most = 1 + random_below(&seed, 6);
        mean_clusters m;
        dense_result wanted;
        for (int c = 0; c < d.clusters; c++)
            for (uint32_t size = 1 + random_below(&seed, most), i = 0;
                 i < size && d.n < MOST_OBSERVATIONS; i++) {
                d.cluster[d.n] = c;
                d.y[d.n++] = (int)random_below(&seed, 2041) + 60 + 100 * (c % 4);
            }
        m = gather_mean(&d);
        wanted = solve_dense(&d);
        ck_assert_int_eq(m.clusters, d.clusters);
        expect_near("mean", m.mean, wanted.mean, 1e-12);
        expect_near("se cr1", mean_clusters_error(&m, CLUSTER_CR1).se, sqrt(wanted.cr1), 1e-10);
        expect_near("se cr2", mean_clusters_error(&m, CLUSTER_CR2).se, sqrt(wanted.cr2), 1e-10);
        expect_near("df cr2", mean_clusters_error(&m, CLUSTER_CR2).df, wanted.df, 1e-10);
        expect_near("df cr1", mean_clusters_error(&m, CLUSTER_CR1).df, d.clusters - 1, 0);
    }
}
END_TEST

/* Clusters of one are plain observations: sd/sqrt(n), n - 1 degrees of freedom, by both methods. */
START_TEST(mean_by_hand)
{
    /* y = 1 2 | 3 | 4 5: mean 3; residual sums -3, 0, 3. CR1: 18 * 3/2 = 27. CR2: 9/(3/5) * 2 = 30.
     * Over n^2 = 25. p_i'p_i = k/n^2: (2 + 1 + 2)/25 = 0.2; S_ij: sum k^2/n^4 = 9/625; a_i^2 =
     * 1/(25(1 - k/n)): shares a^2 k^2 = 4/15, 1/20, 4/15; off-diagonal ((7/12)^2 - 2*(4/15)^2 -
     * 1/400)/25 = (0.34027778 - 0.14472222)/25 */
    design d = {
        .n = 5, .clusters = 3, .columns = 1, .cluster = {0, 0, 1, 2, 2}, .y = {1, 2, 3, 4, 5}};
    mean_clusters m = gather_mean(&d), ones = {.n = 5, .mean = 3}, single = {.n = 4, .mean = 2.5};
    double off_diagonal = (49.0 / 144 - 32.0 / 225 - 1.0 / 400) / 25;
    expect_near("se cr1", mean_clusters_error(&m, CLUSTER_CR1).se, sqrt(27.0 / 25), 1e-14);
    expect_near("se cr2", mean_clusters_error(&m, CLUSTER_CR2).se, sqrt(30.0 / 25), 1e-14);
    expect_near("df cr2", mean_clusters_error(&m, CLUSTER_CR2).df,
                0.04 / (9.0 / 625 + off_diagonal), 1e-14);
    for (int i = 0; i < 5; i++)
        mean_clusters_add(&ones, 1, d.y[i]);
    for (int method = CLUSTER_CR2; method <= CLUSTER_CR1; method++) {
        cluster_error error = mean_clusters_error(&ones, (cluster_method)method);
        expect_near("se of ones", error.se, sqrt(2.5 / 5), 1e-14);
        expect_near("df of ones", error.df, 4, 1e-13);
    }
    mean_clusters_add(&single, 4, 10);
    ck_assert(isnan(mean_clusters_error(&single, CLUSTER_CR1).se)
              && isnan(mean_clusters_error(&single, CLUSTER_CR2).df));
}
END_TEST

/* ---- The mean of cell means ---- */

/* As indices.c does it: each cluster's residuals by cell factor, and the pairs of cells of each
 * row. */
static dense_result gather_cells(const design *d, const int *row_of_column, int rows)
{
    int counts[MOST_COLUMNS] = {0};
    double means[MOST_COLUMNS] = {0};
    cell_freedom freedom = {.trace = {0, 0}};
    dense_result result = {0, 0, 0, 0};
    for (int i = 0; i < d->n; i++)
        counts[d->column[i]]++;
    for (int i = 0; i < d->n; i++)
        means[d->column[i]] += d->y[i] / counts[d->column[i]];
    for (int c = 0; c < d->clusters; c++) {
        double plain = 0, adjusted = 0;
        for (int i = 0; i < d->n; i++)
            if (d->cluster[i] == c) {
                plain += (d->y[i] - means[d->column[i]])
                         * cell_factor(counts[d->column[i]], CLUSTER_CR1);
                adjusted += (d->y[i] - means[d->column[i]])
                            * cell_factor(counts[d->column[i]], CLUSTER_CR2);
            }
        result.cr1 += plain * plain * d->clusters / (d->clusters - 1.0) / d->columns / d->columns;
        result.cr2 += adjusted * adjusted / d->columns / d->columns;
    }
    for (int row = 0; row < rows; row++) {
        uint32_t together[MOST_COLUMNS * MOST_COLUMNS] = {0}, which[MOST_COLUMNS];
        size_t count = 0;
        for (int i = 0; i < d->n; i++)
            for (int j = 0; j < d->n; j++)
                together[d->column[i] * MOST_COLUMNS + d->column[j]] += d->cluster[i]
                                                                        == d->cluster[j];
        for (int c = 0; c < d->columns; c++)
            if (row_of_column[c] == row)
                which[count++] = (uint32_t)c;
        cell_freedom_add(&freedom, together, MOST_COLUMNS, which, count);
    }
    result.df = cell_freedom_value(&freedom);
    return result;
}

/* Rows of the matrix: clusters of a row are in some of its cells, at most once in each. Some cells
 * have one rater. */
static void invent_cells(design *d, int row_of_column[MOST_COLUMNS], int rows, uint64_t *seed)
{
    memset(d, 0, sizeof *d);
    for (int row = 0; row < rows; row++) {
        int cells = 1 + (int)random_below(seed, 4), clusters = 2 + (int)random_below(seed, 6),
            first = d->columns;
        for (int c = 0; c < cells; c++)
            row_of_column[d->columns++] = row;
        for (int k = 0; k < clusters; k++, d->clusters++) {
            int level = (int)random_below(seed, 3);
            for (int c = 0; c < cells; c++)
                if ((k == 0 || random_below(seed, 3))
                    && d->n < MOST_OBSERVATIONS) { /* the first is in all */
                    d->cluster[d->n] = d->clusters;
                    d->column[d->n] = first + c;
                    d->y[d->n++] = 1 + level + (int)random_below(seed, 3) + c;
                }
        }
    }
    for (int c = d->clusters - 1; c >= 0; c--) { /* no empty clusters */
        bool found = false;
        for (int i = 0; i < d->n; i++)
            found = found || d->cluster[i] == c;
        for (int i = 0; i < d->n && !found; i++)
            d->cluster[i] -= d->cluster[i] > c;
        d->clusters -= !found;
    }
}

START_TEST(cells_against_dense)
{
    uint64_t seed = 200 + (uint64_t)_i;
    for (int round = 0; round < rounds(100); round++) {
        int row_of_column[MOST_COLUMNS], rows = 1 + round % 4;
        design d;
        dense_result got, wanted;
        invent_cells(&d, row_of_column, rows, &seed);
        got = gather_cells(&d, row_of_column, rows);
        wanted = solve_dense(&d);
        expect_near("variance cr1", got.cr1, wanted.cr1, 1e-10);
        expect_near("variance cr2", got.cr2, wanted.cr2, 1e-10);
        expect_near("df cr2", got.df, wanted.df, 1e-10);
    }
}
END_TEST

START_TEST(cells_by_hand)
{
    /* One cell of 4 raters: the t test. Two cells rated by the same 3: as the 3 means of each. */
    static const int one_row[MOST_COLUMNS] = {0};
    design single = {
        .n = 4, .clusters = 4, .columns = 1, .cluster = {0, 1, 2, 3}, .y = {1, 2, 4, 5}};
    design twice = {.n = 6,
                    .clusters = 3,
                    .columns = 2,
                    .cluster = {0, 1, 2, 0, 1, 2},
                    .column = {0, 0, 0, 1, 1, 1},
                    .y = {1, 2, 3, 3, 5, 4}};
    dense_result got = gather_cells(&single, one_row, 1);
    expect_near("variance", got.cr2, 10.0 / 3 / 4, 1e-14); /* S d^2 = 4 + 1 + 1 + 4 */
    expect_near("df", got.df, 3, 1e-13);
    got = gather_cells(&twice, one_row, 1);
    expect_near("variance", got.cr2, 0.25, 1e-14); /* respondents' means 2, 3.5, 3.5: s^2/3 */
    expect_near("df", got.df, 2, 1e-13);
    ck_assert(cell_factor(1, CLUSTER_CR1) == 0 && cell_factor(1, CLUSTER_CR2) == 0
              && cell_factor(0, CLUSTER_CR2) == 0);
    ck_assert(isnan(cell_freedom_value(&(cell_freedom){.trace = {0, 0}})));
}
END_TEST

/* ---- The weighted mean ---- */

START_TEST(weighted_against_two_passes)
{
    uint64_t seed = 300 + (uint64_t)_i;
    for (int round = 0; round < rounds(200); round++) {
        int count = 2 + (int)random_below(&seed, 20);
        double weight[MOST_CLUSTERS], size[MOST_CLUSTERS], sum[MOST_CLUSTERS];
        long double all = 0, weights = 0, squares = 0;
        weighted_clusters c = {.centre = 3};
        for (int i = 0; i < count; i++) {
            weight[i] = (1 + random_below(&seed, 50)) / 16.0 * (round % 5 ? 1 : 1e80);
            size[i] = 1 + random_below(&seed, 5);
            sum[i] = size[i] + random_below(&seed, (uint32_t)(4 * size[i]) + 1);
            weights += (long double)weight[i] * size[i];
            all += (long double)weight[i] * sum[i];
            weighted_clusters_add(&c, weight[i], size[i], sum[i]);
        }
        for (int i = 0; i < count; i++) {
            long double residual = weight[i] * (sum[i] - size[i] * all / weights);
            squares += residual * residual;
        }
        expect_near("mean", weighted_clusters_mean(&c), (double)(all / weights), 1e-14);
        expect_near("se", weighted_clusters_error(&c).se,
                    (double)(sqrtl(squares * count / (count - 1)) / weights), 1e-10);
        expect_near("df", weighted_clusters_error(&c).df, count - 1, 0);
    }
    ck_assert(isnan(weighted_clusters_error(&(weighted_clusters){.clusters = 1}).se));
}
END_TEST

Suite *clusters_suite(void)
{
    Suite *suite = suite_create("clusters");
    TCase *mean = tcase_create("mean"), *cells = tcase_create("cells"),
          *weighted = tcase_create("weighted");
    tcase_set_timeout(cells, 60);
    tcase_set_timeout(mean, 60);
    tcase_add_loop_test(mean, mean_against_dense, 0, 3);
    tcase_add_test(mean, mean_by_hand);
    tcase_add_loop_test(cells, cells_against_dense, 0, 3);
    tcase_add_test(cells, cells_by_hand);
    tcase_add_loop_test(weighted, weighted_against_two_passes, 0, 3);
    suite_add_tcase(suite, mean);
    suite_add_tcase(suite, cells);
    suite_add_tcase(suite, weighted);
    return suite;
}
