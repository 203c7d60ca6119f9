/* The restricted likelihood of the crossed model, its slopes and its expected information, at given
 * ratios of the variances to the residual's:
 *
 *     y = X b + rater workgroup + respondent + cell + rated workgroup + residual
 *     V = I + S ratio_k Z_k Z_k'
 *     -2 log likelihood = (n-p)(1 + log(2 pi y'Py / (n-p))) + log|V| + log|X'V^-1 X|
 *     slopes tr(P Z_k Z_k') and y'P Z_k Z_k'P y, information tr(P Z_k Z_k'P Z_l Z_l')
 *
 * with P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1 (Patterson & Thompson 1971; Searle, Casella &
 * McCulloch 1992, ch. 6). No matrix has a row for a respondent or a tie. Respondents are absorbed
 * by the pattern of what they rated, cells and rater workgroup by rater workgroup, which leaves one
 * row for each rated workgroup of a connected part. A fixed effect is a random one of unbounded
 * variance. An evaluation takes time proportional to
 *
 *       S (cells^2 x the lesser of patterns and cells) over workgroups
 *     + S (pairs rated by one workgroup x rated) over parts
 *     + half a multiplication for each rated of a part^3
 *
 * and memory for the largest of these squares. */
#ifndef STATS_VARIANCE_REML_H
#define STATS_VARIANCE_REML_H

#include "stats/variance/component.h"
#include "stats/variance/crossing.h"

/* Fixed effects as if each were a value of a population: their squares about the mean (rater and
 * rated workgroups), what of that is error, in residual variances, and degrees of freedom; all
 * within connected parts. */
typedef struct fixed_spread {
    double squares, error, df;
} fixed_spread;

typedef struct reml_point {
    double log_determinant, squares;    /* log|V| + log|X'V^-1 X|, y'Py */
    double trace[RATIOS], form[RATIOS]; /* tr(P V_k), y'P V_k P y */
    double information[RATIOS][RATIOS]; /* tr(P V_k P V_l) */
    double scale[RATIOS]; /* information[k][k] were no effect fixed and k alone there */
    double mean; /* the generalised least squares mean about the centre; random workgroups only */
    fixed_spread rater, rated; /* fixed workgroups only */
} reml_point;

typedef struct reml_work reml_work;

/* Asked often while there is work; true stops it, and is then the answer ever after. NULL: nobody
 * asks. */
typedef struct reml_watch {
    bool (*stops)(void *user);
    void *user;
} reml_watch;

/* NULL when memory runs out. The watch outlives the work. */
reml_work *reml_work_new(const crossing *c, bool fixed, const reml_watch *watch);
void reml_work_free(reml_work *w);

/* False when a matrix that is positive definite is not so in doubles, or the watch stopped it. */
bool reml_evaluate(const double ratio[RATIOS], reml_work *w, reml_point *out);

#endif
