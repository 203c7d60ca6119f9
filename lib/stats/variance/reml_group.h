/* One rater workgroup of the crossed model with its respondents, its cells and itself absorbed.
 * Private to lib/stats/reml*.c. */
#ifndef STATS_VARIANCE_REML_GROUP_H
#define STATS_VARIANCE_REML_GROUP_H

#include "stats/variance/reml.h"

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

/* `room`: GROUP_MATRICES matrices and GROUP_VECTORS vectors of the workgroup's cells. */
bool group_absorb(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                  bool fixed, double *room, group_form *out);

/* Workgroups whose respondents have few patterns, in cells^2 x patterns:
 * lib/stats/variance/reml_few.c. Takes s->r and the respondents' sums, and fills all that
 * group_absorb does not make from A, slope[] and bend[] of respondents and cells. */
bool group_has_few(const crossing_group *g);
bool group_absorb_few(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                      bool fixed, group_scratch *s, group_form *out);
/* J x into y. */
void group_apply_few(const crossing_group *g, const group_scratch *s, const double ratio[RATIOS],
                     const group_form *out, const double *x, double *y);

/* row += S factor[k stride] rows[k], k < count, in that order; factors of 0 cost nothing. */
void add_rows(double *row, const double *factor, size_t stride, const double *rows, size_t count,
              size_t n);
/* C = A B: A `rows` x n, B n x n. */
void matrix_multiply_rows(size_t rows, size_t n, const double *a, const double *b, double *c);
/* C = A B, n x n. */
void matrix_multiply(size_t n, const double *a, const double *b, double *c);
/* What rounding left unequal would grow with each product. */
void matrix_make_symmetric(size_t n, double *a);
/* tr(A B). */
double matrix_trace_product(size_t n, const double *a, const double *b);
void matrix_apply(size_t n, const double *a, const double *x, double *y);
/* A'x into y. */
void matrix_apply_turned(size_t n, const double *a, const double *x, double *y);
double vector_product(size_t n, const double *x, const double *y);
double vector_sum(size_t n, const double *x);

#endif
