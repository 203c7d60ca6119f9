/* Whether units differ, and the targets that the same people rate: tests of several groups, each
 * wave alone. A person is one value: the mean over the ties. */
#ifndef ANALYSES_COMPARE_GROUPS_H
#define ANALYSES_COMPARE_GROUPS_H

#include "engine/run.h"

extern const table_spec unit_tests_table, target_tests_table;

/* The units of a grouping against each other, and the targets that a workgroup rates, each wave
 * alone. */
relcoord_status unit_tests_write(relcoord_table *table, const run *r, relcoord_error *err);
relcoord_status target_tests_write(relcoord_table *table, const run *r, relcoord_error *err);

#endif
