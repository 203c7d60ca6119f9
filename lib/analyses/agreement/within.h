/* Agreement in groups, over many of them (relcoord-methods(7), Agreement and aggregation): means,
 * medians and shares of the groups' rwg, AD and a_wg. Groups of one are left out. */
#ifndef ANALYSES_AGREEMENT_WITHIN_H
#define ANALYSES_AGREEMENT_WITHIN_H

#include "analyses/agreement/coefficient_rows.h"

enum { WITHIN_COUNT = 19 }; /* rows at most */

/* What a group adds to a mean or share over groups; NaN when it has no value, or the row is
 * none. */
double agreement_within_value(const agreement_block *b, size_t row, size_t group);

/* resampled: by row, or NULL; of means and shares only. */
relcoord_status agreement_write_within(const agreement_block *b,
                                       const bootstrap_interval *resampled, relcoord_table *table,
                                       relcoord_error *err);

/* The observed means that chance is asked about: of rwg and of AD about the mean, over groups of
 * two and more. */
typedef struct observed_agreement {
    double rwg, ad_mean;
} observed_agreement;
relcoord_status agreement_observe(const agreement_block *b, observed_agreement *out,
                                  relcoord_error *err);

#endif
