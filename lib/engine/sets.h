/* The people of each group of `by`, and of all groups together, where each counts once. */
#ifndef ENGINE_SETS_H
#define ENGINE_SETS_H

#include "engine/analysis.h"

typedef struct people_sets {
    size_t count;
    size_t *start;       /* by set, and one past the last */
    uint32_t *people;    /* participations, ascending within a set: in the order of their keys */
    const char **labels; /* by set and attribute of `by`; "(total)" of a total */
} people_sets;

/* Without `by` one set. Else the groups in their order and, last, all of them together, each person
 * once: in each wave where several are told apart, for waves are never pooled. People of weight 0
 * do not count. */
relcoord_status people_sets_make(const run *r, people_sets *out, relcoord_error *err);
void people_sets_free(people_sets *sets);

/* Begins a row of a table with the names of `by` in front; returns the index of the first column
 * behind them. */
size_t people_sets_begin_row(relcoord_table *table, const run *r, const people_sets *sets,
                             size_t set);

#endif
