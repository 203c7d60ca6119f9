/* The tables of the analysis network, and where in them some columns are. */
#ifndef ANALYSES_NETWORK_SPECS_H
#define ANALYSES_NETWORK_SPECS_H

#include "tables/table.h"

enum { TABLE_WORKGROUPS, TABLE_DYADS, TABLE_INDICES, TABLE_CELLS, NETWORK_TABLES };

extern const table_spec *const network_tables[]; /* by the above; ends with NULL */

/* Of workgroups: the six measures, whether inside and counts, a pair of bounds for each measure. */
enum {
    NODE_COLUMN_IN = 1,
    NODE_COLUMN_INSIDE = 7,
    NODE_COLUMN_INTERVALS = 11,
    NODE_COLUMN_ESTIMATOR = 23
};

/* Of indices. */
enum { INDEX_COLUMN_N = 4 };

#endif
