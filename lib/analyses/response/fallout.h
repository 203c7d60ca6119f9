/* Whether those who did not answer differ from those who did. */
#ifndef ANALYSES_RESPONSE_FALLOUT_H
#define ANALYSES_RESPONSE_FALLOUT_H

#include "engine/analysis.h"

extern const table_spec fallout_table;

/* Of one grouping within one group of `by`: how many of each label were invited and answered, and
 * of all. */
typedef struct response_count {
    int64_t invited, answered;
} response_count;
typedef struct response_counts {
    const attribute *of;
    uint32_t group;
    response_count *labels; /* by label of the grouping */
    response_count all;     /* each person once */
} response_counts;

/* Writes the row of a grouping, or, where people may be in several of its groups, one for each
 * group. */
relcoord_status fallout_write(relcoord_table *table, const run *r, const response_counts *counts,
                              relcoord_error *err);

#endif
