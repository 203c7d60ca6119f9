/* Dense linear algebra on small symmetric matrices, row-major in the caller's memory; nothing is
 * allocated. Knows arrays alone. Cholesky, inverse and eigenvalues as in Golub & Van Loan
 * 2013, 4.2, 8.3 and 8.5. Each `false` is an answer about the matrix, never an abort. */
#ifndef STATS_NUMBERS_LINEAR_H
#define STATS_NUMBERS_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

/* The factor L of a = L L', in place: reads and writes the lower triangle, leaves what lies above
 * the diagonal. False when a is not positive definite, which is also said of a matrix that is
 * singular but for rounding (a pivot within 8 n DBL_EPSILON of what stood on the diagonal) and of
 * one that is not finite; a is then half worked on. */
bool linear_cholesky(double *a, size_t n);

/* Solves L L' x = b in place, l as linear_cholesky leaves it. */
void linear_cholesky_solve(const double *l, size_t n, double *b);

/* The inverse, both triangles, and the natural logarithm of the determinant (may be NULL). inverse
 * must not be a. False when a is not positive definite; inverse is then half worked on and
 * log_determinant as it was. */
bool linear_inverse_positive(const double *a, size_t n, double *inverse, double *log_determinant);

/* The same, of a matrix that need not have much beside its diagonal: what lies before a row's first
 * number costs nothing, so that the inverse takes time with n^2 times the mean length of rows
 * behind it (George & Liu 1981, ch. 4). Destroys a, and reads its lower triangle. */
bool linear_inverse_envelope(double *a, size_t n, double *inverse, double *log_determinant);

/* Eigenvalues, descending, and eigenvectors as columns (n x n, or NULL), each of length 1 and with
 * a sum that is not negative. Jacobi's, but for the values alone of more than 24 rows, which come
 * from a tridiagonal matrix: each then within a few units of rounding of the largest. Reads both
 * triangles of a, which must be symmetric, and destroys it. False when a is not finite. */
bool linear_eigen_symmetric(double *a, size_t n, double *values, double *vectors);

#endif
