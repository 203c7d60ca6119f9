/* Differences in differences: how the change of those who were treated differs from that of the
 * others, with errors that hold where whole units were (relcoord-methods(7), Comparison). A person
 * in a wave is one value: the mean over the ties. */
#ifndef ANALYSES_COMPARE_TRIAL_H
#define ANALYSES_COMPARE_TRIAL_H

#include "analyses/compare/waves.h"

extern const table_spec trial_table;

/* Differences in differences, where the option treatment asks for them. */
relcoord_status trial_write(relcoord_table *table, const run *r, const wave_pair *w,
                            relcoord_error *err);

#endif
