/* One rater workgroup of the crossed model with its respondents, its cells and itself absorbed. Private to
 * lib/stats/reml*.c. */
#ifndef STATS_REML_GROUP_H
#define STATS_REML_GROUP_H

#include "stats/reml.h"

/* What is absorbed, A(ratio) = Z_c'P_g Z_c and b = Z_c'P_g y over the workgroup's cells, with their derivatives by the
 * ratios within; and what a part and the whole add up. The matrices and vectors are the caller's. */
typedef struct group_form {
    double *a, *slope[WITHIN], *bend[WITHIN][WITHIN]; /* bend[k][l] for k <= l */
    double *b, *b_slope[WITHIN];
    double log_determinant, determinant_slope[WITHIN], determinant_bend[WITHIN][WITHIN];
    double squares, squares_slope[WITHIN]; /* y'P_g y */
    double scale[WITHIN];
    double *column, weight, sum; /* Z_c'P1 1, 1'P1 1 and 1'P1 y with P1 before the workgroup itself was absorbed */
} group_form;

enum { GROUP_MATRICES = 9, GROUP_VECTORS = 5 }; /* that absorbing needs of its own */

/* `room`: GROUP_MATRICES matrices and GROUP_VECTORS vectors of the workgroup's cells. */
bool group_absorb(const crossing *c, const crossing_group *g, const double ratio[RATIOS], bool fixed, double *room,
                  group_form *out);

/* C = A B, n x n. */
void matrix_multiply(size_t n, const double *a, const double *b, double *c);
/* tr(A B). */
double matrix_trace_product(size_t n, const double *a, const double *b);
void matrix_apply(size_t n, const double *a, const double *x, double *y);
double vector_product(size_t n, const double *x, const double *y);
double vector_sum(size_t n, const double *x);

#endif
