/* What agreement comes to when people answer by chance: simulated, for groups as large as these. */
#ifndef ANALYSES_AGREEMENT_CHANCE_H
#define ANALYSES_AGREEMENT_CHANCE_H

#include "analyses/agreement/coefficient_rows.h"
#include "stats/agreement/chance.h"

/* What agreement came to by chance: NaN and a code where it was asked for and cannot be told. */
typedef struct chance_outcome {
    bool asked;
    chance_verdict rwg, ad_mean;
    const char *note; /* a code, or NULL */
} chance_outcome;

/* Simulates it, where the options ask for it. */
relcoord_status agreement_find_chance(const agreement_block *b, chance_outcome *out,
                                      relcoord_error *err);
/* Adds its rows, where it was asked for. */
void agreement_write_chance(const agreement_block *b, const chance_outcome *chance,
                            relcoord_table *table);

#endif
