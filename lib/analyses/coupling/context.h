/* The table `context` of coupling: whether coupling competence goes with relational coordination
 * more where the context asks for it (Gittell's interdependence, uncertainty, time pressure;
 * strength of the own discipline). A moderated regression, both terms centred (Aiken & West 1991),
 * errors as in stats/regression/regression.h. */
#ifndef ANALYSES_COUPLING_CONTEXT_H
#define ANALYSES_COUPLING_CONTEXT_H

#include "analyses/coupling/group.h"

extern const table_spec context_table;

relcoord_status write_context(relcoord_table *table, const coupling_group *g, relcoord_error *err);

#endif
