/* The tables of `coupling`, each written for one group of `by` at a time (relcoord-methods(7), Coupling competence). */
#ifndef ANALYSES_COUPLING_H
#define ANALYSES_COUPLING_H

#include "analyses/coupling_people.h"
#include "analyses/coupling_ties.h"
#include "stats/anova.h"

typedef struct coupling_group {
    const run *r;
    uint32_t group;
    const coupling_people *people;
    double *room; /* for a value of each member */
    const uint32_t *zone_targets; /* as coupling_zone_targets gives them */
} coupling_group;

extern const table_spec functions_table, coupling_indices_table, breadth_table, levels_table, gaps_table, pairs_table, states_table,
    zones_table, points_table, precondition_table, context_table, forms_table;

void write_functions(relcoord_table *table, const coupling_group *g);
relcoord_status write_coupling_indices(relcoord_table *table, const coupling_group *g, relcoord_error *err);
relcoord_status write_breadth(relcoord_table *table, const coupling_group *g, relcoord_error *err);
void write_levels(relcoord_table *table, const coupling_group *g);
relcoord_status write_gaps(relcoord_table *table, const coupling_group *g, relcoord_error *err);
void write_pairs(relcoord_table *table, const coupling_group *g, const coupling_ties *t);
relcoord_status write_states(relcoord_table *table, const coupling_group *g, const coupling_ties *t, relcoord_error *err);
void write_zones(relcoord_table *table, const coupling_group *g, const coupling_ties *t);
/* t: by unit. */
relcoord_status write_precondition(relcoord_table *points, relcoord_table *precondition, const coupling_group *g,
                                   const coupling_ties *t, relcoord_error *err);
relcoord_status write_context(relcoord_table *table, const coupling_group *g, relcoord_error *err);
relcoord_status write_forms(relcoord_table *table, const coupling_group *g, relcoord_error *err);

/* By item of the survey: the workgroup that it reports an exchange zone with, or NO_TARGET. NULL when memory runs out. */
uint32_t *coupling_zone_targets(const relcoord_survey *s);

/* Columns that coupling_write_mean fills: the mean, its sd and se, and an interval by Student's t. */
#define COUPLING_MEAN_COLUMNS(what)                                                                                   \
    {"mean", RELCOORD_NUMBER, RELCOORD_ESTIMATE, what},                                                               \
    {"sd", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard deviation (n - 1) of people's scores"},                      \
    {"se", RELCOORD_NUMBER, RELCOORD_ESTIMATE, "standard error of the mean"},                                         \
    INTERVAL_COLUMNS

/* One value a person. With fewer than two people there is no interval, which the note says. */
void coupling_write_mean(relcoord_table *table, size_t column, const group_summary *values, double confidence);
/* The last three of them alone. */
void coupling_write_interval(relcoord_table *table, size_t column, const group_summary *values, double confidence);

#endif
