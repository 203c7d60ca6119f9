/* The table of changes from one wave to the next. */
#ifndef ANALYSES_COMPARE_CHANGE_TABLE_H
#define ANALYSES_COMPARE_CHANGE_TABLE_H

#include "analyses/compare/changes.h"
#include "analyses/compare/waves.h"

extern const table_spec changes_table;

void change_write(relcoord_table *table, const run *r, const wave_pair *w, uint32_t group,
                  const change *c);

#endif
