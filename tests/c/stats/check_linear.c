/* Small symmetric matrices: factors, inverses, determinants, eigenvalues. The oracles are products
 * of whole numbers, which are exact, and matrices whose inverse and eigenvalues have closed
 * forms. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/numbers/linear.h"
#include "support.h"

Suite *linear_suite(void);

enum { MOST = 30 };
static const double pi = 3.14159265358979323846;

/* 2 on the diagonal, -1 beside it: the inverse is min(i,j)(n+1-max(i,j))/(n+1), the determinant
 * n+1, the eigenvalues are 2-2cos(j pi/(n+1)). */
static void make_tridiagonal(double *a, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = i == j ? 2 : i + 1 == j || j + 1 == i ? -1 : 0;
}

static void make_random(double *a, size_t n, uint64_t *seed)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            a[i * n + j] = a[j * n + i] = (double)random_below(seed, 2001) / 1000 - 1;
}

/* ---- Cholesky ---- */

START_TEST(factor_of_whole_numbers_is_exact)
{
    uint64_t seed = 5;
    for (size_t n = 0; n <= 12; n++) {
        double l[12 * 12] = {0}, a[12 * 12], x[12], b[12];
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)random_below(&seed, 19) - 9;
            l[i * n + i] = 1 + random_below(&seed, 4);
            for (size_t j = 0; j < i; j++)
                l[i * n + j] = (double)random_below(&seed, 9) - 4;
        }
        for (size_t i = 0; i < n; i++) {
            b[i] = 0;
            for (size_t j = 0; j < n; j++) {
                a[i * n + j] = 0;
                for (size_t m = 0; m < n; m++)
                    a[i * n + j] += l[i * n + m] * l[j * n + m];
                b[i] += a[i * n + j] * x[j];
            }
        }
        double above = n > 1 ? a[1] : 0;
        ck_assert_msg(linear_cholesky(a, n), "%zu rows: not positive definite", n);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++)
                ck_assert_msg(a[i * n + j] == l[i * n + j],
                              "%zu rows: L[%zu][%zu] is %.17g, not %.17g", n, i, j, a[i * n + j],
                              l[i * n + j]);
        ck_assert(n < 2 || a[1] == above);
        linear_cholesky_solve(a, n, b);
        for (size_t i = 0; i < n; i++)
            expect_near("x", b[i], x[i], 1e-9);
    }
}
END_TEST

static const struct {
    const char *name;
    size_t n;
    double a[9];
} indefinite[] = {
    {"zero", 1, {0}},
    {"negative", 1, {-1}},
    {"not a number", 1, {NAN}},
    {"infinite", 1, {INFINITY}},
    {"twice the same item", 2, {2, 2, 2, 2}},
    {"one item the sum of two", 3, {0.1, 0, 0.1, 0, 0.3, 0.3, 0.1, 0.3, 0.4}},
    {"a constant item", 3, {1, 0, 0.5, 0, 0, 0, 0.5, 0, 1}},
    {"correlations that cannot be", 3, {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}},
    {"a hole", 2, {1, NAN, NAN, 1}},
};

START_TEST(matrices_without_a_factor)
{
    double a[9], inverse[9], determinant = -7;
    size_t n = indefinite[_i].n;
    memcpy(a, indefinite[_i].a, sizeof a);
    ck_assert_msg(!linear_inverse_positive(a, n, inverse, &determinant), "%s: an inverse",
                  indefinite[_i].name);
    ck_assert_msg(!linear_inverse_envelope(a, n, inverse, &determinant),
                  "%s: an inverse by its envelope", indefinite[_i].name);
    ck_assert(determinant == -7);
    memcpy(a, indefinite[_i].a, sizeof a);
    ck_assert_msg(!linear_cholesky(a, n), "%s: a factor", indefinite[_i].name);
}
END_TEST

/* ---- Inverse ---- */

START_TEST(inverse_in_closed_form)
{
    for (size_t n = 1; n <= MOST; n++) {
        double a[MOST * MOST], inverse[MOST * MOST], determinant;
        make_tridiagonal(a, n);
        ck_assert(linear_inverse_positive(a, n, inverse, &determinant));
        ck_assert(linear_inverse_positive(a, n, inverse, NULL));
        expect_near("log determinant", determinant, log((double)n + 1), 1e-13);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                double low = (double)(i < j ? i : j) + 1, high = (double)(i < j ? j : i) + 1,
                       end = (double)n + 1;
                expect_near("inverse", inverse[i * n + j], low * (end - high) / end, 1e-12);
                ck_assert(inverse[i * n + j] == inverse[j * n + i]);
            }
    }
}
END_TEST

/* Rows that begin anywhere, the last ones at the first column, as where workgroups rate neighbours
 * on a ring. */
START_TEST(inverse_by_the_envelope)
{
    uint64_t seed = 41;
    for (size_t n = 1; n <= MOST; n++) {
        double a[MOST * MOST], rows[MOST * MOST], inverse[MOST * MOST], wanted[MOST * MOST],
            determinant, other;
        make_random(a, n, &seed);
        for (size_t i = 0; i < n; i++) {
            size_t begin = i + 2 > n ? 0 : random_below(&seed, (uint32_t)i + 1);
            for (size_t j = 0; j < begin; j++)
                a[i * n + j] = a[j * n + i] = 0;
            a[i * n + i] = (double)n + 1;
        }
        memcpy(rows, a, sizeof rows);
        ck_assert(linear_inverse_positive(a, n, wanted, &other));
        ck_assert(linear_inverse_envelope(rows, n, inverse, &determinant));
        expect_near("log determinant", determinant, other, 1e-13);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                expect_near("inverse", inverse[i * n + j], wanted[i * n + j], 1e-14);
                ck_assert(inverse[i * n + j] == inverse[j * n + i]);
            }
    }
}
END_TEST

/* ---- Eigenvalues ---- */

START_TEST(eigenvalues_in_closed_form)
{
    for (size_t n = 1; n <= MOST; n++) {
        double a[MOST * MOST], values[MOST];
        make_tridiagonal(a, n);
        ck_assert(linear_eigen_symmetric(a, n, values, NULL));
        for (size_t j = 0; j < n; j++)
            expect_near("value", values[j], 2 - 2 * cos((double)(n - j) * pi / ((double)n + 1)),
                        1e-13);

        for (size_t i = 0; i < n * n; i++)
            a[i] = i % (n + 1) == 0 ? 1 : 0.25; /* equal correlations: n - 1 equal values */
        ck_assert(linear_eigen_symmetric(a, n, values, NULL));
        for (size_t j = 0; j < n; j++)
            expect_near("equal correlations", values[j], j == 0 ? 1 + 0.25 * ((double)n - 1) : 0.75,
                        1e-13);
    }
}
END_TEST

/* Of larger matrices, too, whose values alone come another way; here they are held against those
 * that come with vectors. */
START_TEST(eigenvalues_alone)
{
    uint64_t seed = 13;
    enum { LARGE = 64 };
    for (int round = 0; round < rounds(60); round++) {
        double *a = malloc(3 * LARGE * LARGE * sizeof *a), *b = a + LARGE * LARGE,
               *v = b + LARGE * LARGE, values[LARGE], wanted[LARGE];
        size_t n = 25 + random_below(&seed, LARGE - 24);
        double scale = pow(10, (double)random_below(&seed, 41) - 20);
        ck_assert_ptr_nonnull(a);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++) {
                double value = (double)random_below(&seed, 2001) / 1000 - 1;
                switch (round % 5) {
                case 1: value = (double)(i + 1) * (double)(j + 1) / (double)n; break; /* rank one */
                case 2: value = i == j ? value : 0; break;
                case 3: value = i / 3 == j / 3 ? value : 0; break; /* falls into blocks */
                case 4: value = i == j ? 1 : 0.25; break;          /* n - 1 equal values */
                default: break;
                }
                a[i * n + j] = a[j * n + i] = value * scale;
            }
        memcpy(b, a, n * n * sizeof *b);
        ck_assert(linear_eigen_symmetric(b, n, wanted, v));
        ck_assert(linear_eigen_symmetric(a, n, values, NULL));
        for (size_t j = 0; j < n; j++)
            expect_near("value alone", values[j] / scale, wanted[j] / scale, 1e-13 * (double)n);
        free(a);
    }
}
END_TEST

/* A v = w v, V'V = I, values descending, columns summing to no less than 0: for any matrix,
 * singular ones too. */
static void expect_eigen(const double *matrix, size_t n, double scale)
{
    double a[MOST * MOST], values[MOST], v[MOST * MOST];
    memcpy(a, matrix, n * n * sizeof *a);
    ck_assert(linear_eigen_symmetric(a, n, values, v));
    for (size_t j = 0; j < n; j++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            double product = 0, dot = 0;
            for (size_t m = 0; m < n; m++) {
                product += matrix[i * n + m] * v[m * n + j];
                dot += v[m * n + i] * v[m * n + j];
            }
            expect_near("A v", product / scale, values[j] * v[i * n + j] / scale,
                        1e-13 * (double)n);
            expect_near("v'v", dot, i == j, 1e-13);
            sum += v[i * n + j];
        }
        ck_assert(sum > -1e-13);
        ck_assert(j == 0 || values[j] <= values[j - 1]);
    }
}

START_TEST(eigenvectors_of_any_matrix)
{
    uint64_t seed = 11;
    for (int round = 0; round < rounds(200); round++) {
        double a[MOST * MOST], scale = pow(10, (double)random_below(&seed, 41) - 20);
        size_t n = 1 + random_below(&seed, 12);
        make_random(a, n, &seed);
        if (round % 4 == 1) /* of rank one */
            for (size_t i = 0; i < n * n; i++)
                a[i] = (double)(i / n + 1) * (double)(i % n + 1);
        for (size_t i = 0; i < n * n; i++)
            a[i] *= scale;
        expect_eigen(a, n, scale);
    }
    expect_eigen((double[9]){0}, 3, 1);
}
END_TEST

START_TEST(eigenvalues_of_what_is_no_number)
{
    double values[2], vectors[4];
    ck_assert(!linear_eigen_symmetric((double[4]){1, NAN, NAN, 1}, 2, values, vectors));
    ck_assert(!linear_eigen_symmetric((double[4]){INFINITY, 0, 0, 1}, 2, values, NULL));
    ck_assert(linear_eigen_symmetric(values, 0, values, NULL));
}
END_TEST

Suite *linear_suite(void)
{
    Suite *suite = suite_create("linear");
    TCase *factors = tcase_create("factors");
    tcase_add_test(factors, factor_of_whole_numbers_is_exact);
    tcase_add_loop_test(factors, matrices_without_a_factor, 0, (int)LENGTH(indefinite));
    tcase_add_test(factors, inverse_in_closed_form);
    tcase_add_test(factors, inverse_by_the_envelope);
    suite_add_tcase(suite, factors);

    TCase *eigen = tcase_create("eigenvalues");
    tcase_add_test(eigen, eigenvalues_in_closed_form);
    tcase_add_test(eigen, eigenvalues_alone);
    tcase_add_test(eigen, eigenvectors_of_any_matrix);
    tcase_add_test(eigen, eigenvalues_of_what_is_no_number);
    suite_add_tcase(suite, eigen);
    return suite;
}
