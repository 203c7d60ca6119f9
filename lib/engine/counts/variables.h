/* What stands in each used column of the data: the counts that the analysis quality shows. */
#ifndef ENGINE_COUNTS_VARIABLES_H
#define ENGINE_COUNTS_VARIABLES_H

#include "engine/analysis.h"

extern const table_spec variables_table;

/* The state's functions. */
relcoord_status variables_start(const run *r, void **state, relcoord_error *err);
relcoord_status variables_add(void *state, const run *r, uint32_t first, uint32_t end,
                              relcoord_error *err);
relcoord_status variables_merge(void *into, const void *from, relcoord_error *err);
void variables_drop(void *state);

relcoord_status variables_write(const void *state, const run *r, relcoord_result *result,
                                relcoord_error *err);

/* Rows of the files that were not kept, because they repeat another. */
int64_t variables_left_out(const relcoord_survey *survey);

#endif
