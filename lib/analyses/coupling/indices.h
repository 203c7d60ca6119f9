/* The tables `indices` and `breadth` of coupling: the weakest link and its kin, and who holds all
 * four functions. */
#ifndef ANALYSES_COUPLING_INDICES_H
#define ANALYSES_COUPLING_INDICES_H

#include "analyses/coupling/group.h"

extern const table_spec coupling_indices_table, breadth_table;

relcoord_status write_coupling_indices(relcoord_table *table, const coupling_group *g,
                                       relcoord_error *err);
relcoord_status write_breadth(relcoord_table *table, const coupling_group *g, relcoord_error *err);

#endif
