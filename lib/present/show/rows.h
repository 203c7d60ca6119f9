/* Which rows of a table a view shows. */
#ifndef PRESENT_SHOW_ROWS_H
#define PRESENT_SHOW_ROWS_H

#include "tables/table.h"

/* Those that meet the conditions of a view_spec's `where`, to be freed. NULL when memory runs
 * out. */
size_t *choose_rows(const relcoord_table *table, const char *where, size_t *count);

/* Whether a condition leaves a column but one value. */
bool where_fixes(const char *where, const char *column);

#endif
