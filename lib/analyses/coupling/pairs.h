/* The tables `pairs`, `states` and `zones` of coupling: what is between two workgroups by
 * relational coordination, what their people say it is, and exchange zones. Whether work is coupled
 * is known from an outcome item alone. */
#ifndef ANALYSES_COUPLING_PAIRS_H
#define ANALYSES_COUPLING_PAIRS_H

#include "analyses/coupling/group.h"
#include "analyses/coupling/ties.h"

extern const table_spec pairs_table, states_table, zones_table;

relcoord_status write_pairs(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                            relcoord_error *err);
relcoord_status write_states(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                             relcoord_error *err);
void write_zones(relcoord_table *table, const coupling_group *g, const coupling_ties *t);

/* By item of the survey: the workgroup that it reports an exchange zone with, or NO_TARGET. NULL
 * when memory runs out. */
uint32_t *coupling_zone_targets(const relcoord_survey *s);

#endif
