/* The table `groups`: the agreement of each group. */
#ifndef ANALYSES_AGREEMENT_GROUP_ROWS_H
#define ANALYSES_AGREEMENT_GROUP_ROWS_H

#include "analyses/agreement/coefficient_rows.h"
#include "stats/variance/oneway.h"

extern const table_spec agreement_groups_table;

/* A row for each group of the block; `fit`: the variance components of the scores. */
void agreement_write_groups(const agreement_block *b, const oneway *fit, relcoord_table *table);

#endif
