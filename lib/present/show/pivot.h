/* A pivot: the key columns `rows` down, the values of `across` across, in each cell an estimate and
 * what belongs to it. Once for each group of `by`, unless these go down, too; then once for all
 * rows that have values across in common. The legend once, at the end. */
#ifndef PRESENT_SHOW_PIVOT_H
#define PRESENT_SHOW_PIVOT_H

#include "present/show/presenter.h"

/* Some rows of a table; false: the writing is to end. */
bool show_pivot(show *s, const relcoord_table *table, const view_spec *view, const size_t *rows,
                size_t row_count);

#endif
