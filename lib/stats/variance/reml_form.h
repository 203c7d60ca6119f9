/* What absorbing a rater workgroup of the crossed model works on and leaves behind. */
#ifndef STATS_VARIANCE_REML_FORM_H
#define STATS_VARIANCE_REML_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/variance/component.h"

/* What is absorbed, A(ratio) = Z_c'P_g Z_c and b = Z_c'P_g y over the workgroup's cells, with their
 * derivatives by the ratios within; and what a part and the whole add up. The matrices and vectors
 * are the caller's. */
typedef struct group_form {
    double *a, *slope[WITHIN], *bend[WITHIN][WITHIN]; /* bend[k][l] for k <= l */
    double *b, *b_slope[WITHIN];
    double log_determinant, determinant_slope[WITHIN], determinant_bend[WITHIN][WITHIN];
    double squares, squares_slope[WITHIN]; /* y'P_g y */
    double scale[WITHIN];
    double *column, weight,
        sum; /* Z_c'P1 1, 1'P1 1 and 1'P1 y with P1 before the workgroup itself was absorbed */
} group_form;

enum { GROUP_MATRICES = 9, GROUP_VECTORS = 6 }; /* that absorbing needs of its own */

/* The room while a workgroup of n cells is absorbed. What the matrices hold is each way's own. */
typedef struct group_scratch {
    size_t n;
    bool few;                                               /* by patterns, see group_absorb_few */
    double *m, *once, *twice, *inverse, *t, *j, *x, *y, *z; /* n x n */
    double *r, *ones, *tr, *u, *v, *w;                      /* Z_c'V0^-1 y, B^-1 1, T r */
    double diagonal, diagonal_squares; /* of Z_id'V0^-1 Z_id: trace, and trace of its square */
    double phi;
} group_scratch;

#endif
