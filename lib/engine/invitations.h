/* How many of the register's people belong to each row of the matrix. */
#ifndef ENGINE_INVITATIONS_H
#define ENGINE_INVITATIONS_H

#include "engine/analysis.h"

/* Selects from the register's people as the options select from the data; cases_free frees *out.
 * The data's only wave is chosen where the register has several. */
relcoord_status invitations_select(const run *r, cases *out, relcoord_error *err);

/* Writes for each row of the run's cases how many were invited, -1 where the register does not say
 * so. */
relcoord_status invitations_count(const run *r, int64_t *invited, relcoord_error *err);

#endif
