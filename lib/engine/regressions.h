/* What tables say of regressions. */
#ifndef ENGINE_REGRESSIONS_H
#define ENGINE_REGRESSIONS_H

#include "stats/regression/regression.h"
#include "tables/table.h"

/* Notes that errors by clusters rest on few of them, or are none because these are fewer than the
 * terms. */
void regression_note_clusters(relcoord_table *table, const regression *fit, size_t terms);

#endif
