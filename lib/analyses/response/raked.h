/* Weights for those who answered, so that they are made up like those invited (relcoord-methods(7),
 * Response). */
#ifndef ANALYSES_RESPONSE_RAKED_H
#define ANALYSES_RESPONSE_RAKED_H

#include "analyses/response/answered.h"

extern const table_spec raking_table, weights_table;

#define RAKE_OPTION                                                                               \
    {                                                                                             \
        .name = "rake", .type = OPTION_LIST, .initial = "",                                       \
        .help = "weight those who answered so that they match those invited on these groupings; " \
                "empty: no weights"                                                               \
    }

typedef struct raked_tables {
    relcoord_table *raking, *weights;
} raked_tables;

/* Adds both tables, and shows the weights on no page. NULL in either when memory ran out. */
raked_tables raked_add_tables(relcoord_result *result, const run *r, bool wanted);

/* Writes the rows of one group of `by`; wanted: by attribute of those invited, whether it is a
 * margin. */
relcoord_status raked_write(const raked_tables *tables, const run *r, const answered_state *state,
                            const bool *wanted, uint32_t group, relcoord_error *err);

#endif
