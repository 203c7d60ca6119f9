/* The tables of the analysis distribution. */
#ifndef ANALYSES_DISTRIBUTION_TABLES_H
#define ANALYSES_DISTRIBUTION_TABLES_H

#include "engine/counts/counting.h"
#include "engine/sets.h"

extern const table_spec categories_table, boxes_table, means_table, choices_table;

typedef struct distribution_tables {
    const run *r;
    const people_sets *sets;
    relcoord_table *categories, *boxes, *means, *choices;
    bool to_100;
    double *parts;    /* room for the categories of any variable */
    int64_t *rounded; /* the same */
    bool *marked;     /* the same */
} distribution_tables;

/* The rows of one variable in one set of people: its categories, boxes and mean. */
void distribution_write(distribution_tables *d, const counting *c, size_t set);

/* A row of a question of which several answers may be chosen: one of its items, by how many chose
 * it. */
void distribution_write_choice(distribution_tables *d, const char *question,
                               const categorical *item, share s, int64_t base, size_t set);

#endif
