/* The table `functions` of coupling: the four functions, over all levels and at each. */
#ifndef ANALYSES_COUPLING_FUNCTIONS_H
#define ANALYSES_COUPLING_FUNCTIONS_H

#include "analyses/coupling/group.h"

extern const table_spec functions_table;

void write_functions(relcoord_table *table, const coupling_group *g);

#endif
