/* The table `forms` of coupling: how people say that they work together, as shares. */
#ifndef ANALYSES_COUPLING_FORMS_H
#define ANALYSES_COUPLING_FORMS_H

#include "analyses/coupling/group.h"

extern const table_spec forms_table;

relcoord_status write_forms(relcoord_table *table, const coupling_group *g, relcoord_error *err);

#endif
