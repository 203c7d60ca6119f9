/* What tables say of regressions. */
#ifndef ENGINE_REGRESSIONS_H
#define ENGINE_REGRESSIONS_H

#include "engine/columns.h"
#include "stats/regression/regression.h"

#define TERM_P_COLUMN                                                             \
    {                                                                             \
        "p", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "two-sided p-value that it is 0" \
    }
/* What stands behind a term's estimate and standard error, each with a help of its own. */
#define TERM_COLUMNS DF_COLUMN, INTERVAL_COLUMNS, TERM_P_COLUMN

/* Fills the last row's columns from `column` on: the estimate, its error and the TERM_COLUMNS. */
void regression_write_term(relcoord_table *table, size_t column, const regression_term *term,
                           double confidence);

/* Notes that errors by clusters rest on few of them, or are none because these are fewer than the
 * terms. */
void regression_note_clusters(relcoord_table *table, const regression *fit, size_t terms);

#endif
