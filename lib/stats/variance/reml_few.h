/* A rater workgroup whose respondents have few patterns of what they rated, absorbed in cells^2 x
 * patterns. Private to reml*.c. */
#ifndef STATS_VARIANCE_REML_FEW_H
#define STATS_VARIANCE_REML_FEW_H

#include "stats/variance/crossing.h"
#include "stats/variance/reml_form.h"

bool group_has_few(const crossing_group *g);
/* Takes s->r and the respondents' sums, and fills all that group_absorb does not make from A,
 * slope[] and bend[] of respondents and cells. */
bool group_absorb_few(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                      bool fixed, group_scratch *s, group_form *out);
/* J x into y. */
void group_apply_few(const crossing_group *g, const group_scratch *s, const double ratio[RATIOS],
                     const group_form *out, const double *x, double *y);

#endif
