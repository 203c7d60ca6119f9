/* Sums and products of dense matrices and vectors, row-major in the caller's memory. The order of
 * their sums is part of what they give: the same figures everywhere. */
#ifndef STATS_NUMBERS_MATRIX_H
#define STATS_NUMBERS_MATRIX_H

#include <stddef.h>

/* row += S factor[k stride] rows[k], k < count, in that order; factors of 0 cost nothing. */
void matrix_add_rows(double *row, const double *factor, size_t stride, const double *rows,
                     size_t count, size_t n);
/* C = A B: A `rows` x n, B n x n. */
void matrix_multiply_rows(size_t rows, size_t n, const double *a, const double *b, double *c);
/* C = A B, n x n. */
void matrix_multiply(size_t n, const double *a, const double *b, double *c);
/* C = A B', n x n. */
void matrix_multiply_turned(size_t n, const double *a, const double *b, double *c);
/* What rounding left unequal would grow with each product. */
void matrix_make_symmetric(size_t n, double *a);
double matrix_trace(size_t n, const double *a);
/* tr(A B). */
double matrix_trace_product(size_t n, const double *a, const double *b);
void matrix_apply(size_t n, const double *a, const double *x, double *y);
/* A'x into y. */
void matrix_apply_turned(size_t n, const double *a, const double *x, double *y);
double vector_product(size_t n, const double *x, const double *y);
double vector_sum(size_t n, const double *x);

#endif
