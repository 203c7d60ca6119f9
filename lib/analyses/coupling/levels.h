/* The tables `levels` and `gaps` of coupling: whether levels hang together, and how functions
 * differ along the chain of roles and, within a role, between workgroups. */
#ifndef ANALYSES_COUPLING_LEVELS_H
#define ANALYSES_COUPLING_LEVELS_H

#include "analyses/coupling/group.h"

extern const table_spec levels_table, gaps_table;

void write_levels(relcoord_table *table, const coupling_group *g);
relcoord_status write_gaps(relcoord_table *table, const coupling_group *g, relcoord_error *err);

#endif
