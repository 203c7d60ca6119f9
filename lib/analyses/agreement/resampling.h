/* Bootstrap intervals of agreement: whole groups are drawn (relcoord-methods(7), Agreement and
 * aggregation). The groups are what an ICC and a mean over groups generalise from; respondents
 * drawn within them would add their own variation to that between groups (Davison & Hinkley
 * 1997, 3.8; Ukoumunne, Davison, Gulliford & Chinn 2003). */
#ifndef ANALYSES_AGREEMENT_RESAMPLING_H
#define ANALYSES_AGREEMENT_RESAMPLING_H

#include "analyses/agreement/between.h"
#include "analyses/agreement/within.h"

typedef struct agreement_resampled {
    bootstrap_interval between[BETWEEN_COUNT];
    bootstrap_interval within[WITHIN_COUNT];
} agreement_resampled;

relcoord_status agreement_resample(const agreement_block *b, agreement_resampled *out,
                                   relcoord_error *err);

#endif
