/* How unevenly the total of a column is divided among people: the tables that the option
 * `concentration` of distribution fills. The arithmetic is stats/measures/concentration.h. */
#ifndef ANALYSES_DISTRIBUTION_CONCENTRATION_H
#define ANALYSES_DISTRIBUTION_CONCENTRATION_H

#include "engine/resampling.h"
#include "engine/sets.h"

extern const table_spec concentration_table, top_shares_table, lorenz_table;

/* What `concentration` names; whom its intervals draw, and how. */
#define CONCENTRATION_OPTIONS                                                              \
    {.name = "concentration",                                                              \
     .type = OPTION_LIST,                                                                  \
     .initial = "",                                                                        \
     .help = "outcomes or items, none negative, such as a cost for each person: how many " \
             "people stand for how much of their total"},                                  \
        METHOD_OPTION, REPLICATE_OPTIONS, RESAMPLE_OPTION

typedef struct concentration_tables {
    relcoord_table *people, *tops, *lorenz;
} concentration_tables;

/* Adds the tables; false when memory runs out. */
bool concentration_add_tables(relcoord_result *result, const run *r, concentration_tables *out);

/* Whether there is anything to write. */
bool concentration_wanted(const run *r);

/* Refuses names that are no column of numbers, and what cannot be resampled. */
relcoord_status concentration_check(const run *r, relcoord_error *err);

/* Writes the rows; `from` is the share of the whole work that is done. RELCOORD_EDATA at a negative
 * value. */
relcoord_status concentration_write(const concentration_tables *t, const run *r,
                                    const people_sets *sets, double from, relcoord_error *err);

#endif
