/* One rater workgroup of the crossed model with its respondents, its cells and itself absorbed.
 * Private to reml*.c. */
#ifndef STATS_VARIANCE_REML_GROUP_H
#define STATS_VARIANCE_REML_GROUP_H

#include "stats/variance/crossing.h"
#include "stats/variance/reml_form.h"

/* `room`: GROUP_MATRICES matrices and GROUP_VECTORS vectors of the workgroup's cells. */
bool group_absorb(const crossing *c, const crossing_group *g, const double ratio[RATIOS],
                  bool fixed, double *room, group_form *out);

#endif
