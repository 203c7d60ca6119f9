/* The tables `points` and `precondition` of coupling: whether workgroups whose people hold the
 * functions are those that others are well tied to. A point is a workgroup in a unit. */
#ifndef ANALYSES_COUPLING_PRECONDITION_H
#define ANALYSES_COUPLING_PRECONDITION_H

#include "analyses/coupling/group.h"
#include "analyses/coupling/ties.h"

extern const table_spec points_table, precondition_table;

/* t: by unit. */
relcoord_status write_precondition(relcoord_table *points, relcoord_table *precondition,
                                   const coupling_group *g, const coupling_ties *t,
                                   relcoord_error *err);

#endif
