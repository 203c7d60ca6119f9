/* p-values of several comparisons: Holm (1979) and Benjamini & Hochberg (1995), as R's p.adjust. */
#ifndef STATS_TESTS_ADJUST_H
#define STATS_TESTS_ADJUST_H

#include <stddef.h>

#include "relcoord.h"

/* Writes adjusted[i] for each p[i]; they may be one array. NaN is no comparison: it stays, and does
 * not count. RELCOORD_ENOMEM is the only failure. */
relcoord_status adjust_holm(const double *p, size_t count, double *adjusted, relcoord_error *err);
relcoord_status adjust_benjamini_hochberg(const double *p, size_t count, double *adjusted,
                                          relcoord_error *err);

#endif
