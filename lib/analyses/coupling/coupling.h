/* The tables of `coupling`, each written for one group of `by` at a time (relcoord-methods(7),
 * Coupling competence). */
#ifndef ANALYSES_COUPLING_COUPLING_H
#define ANALYSES_COUPLING_COUPLING_H

#include "analyses/coupling/people.h"
#include "analyses/coupling/ties.h"
#include "stats/variance/anova.h"

typedef struct coupling_group {
    const run *r;
    uint32_t group;
    const coupling_people *people;
    double *room;                 /* for a value of each member */
    const uint32_t *zone_targets; /* as coupling_zone_targets gives them */
} coupling_group;

extern const table_spec functions_table, coupling_indices_table, breadth_table, levels_table,
    gaps_table, pairs_table, states_table, zones_table, points_table, precondition_table,
    context_table, forms_table;

void write_functions(relcoord_table *table, const coupling_group *g);
relcoord_status write_coupling_indices(relcoord_table *table, const coupling_group *g,
                                       relcoord_error *err);
relcoord_status write_breadth(relcoord_table *table, const coupling_group *g, relcoord_error *err);
void write_levels(relcoord_table *table, const coupling_group *g);
relcoord_status write_gaps(relcoord_table *table, const coupling_group *g, relcoord_error *err);
void write_pairs(relcoord_table *table, const coupling_group *g, const coupling_ties *t);
relcoord_status write_states(relcoord_table *table, const coupling_group *g, const coupling_ties *t,
                             relcoord_error *err);
void write_zones(relcoord_table *table, const coupling_group *g, const coupling_ties *t);
/* t: by unit. */
relcoord_status write_precondition(relcoord_table *points, relcoord_table *precondition,
                                   const coupling_group *g, const coupling_ties *t,
                                   relcoord_error *err);
relcoord_status write_context(relcoord_table *table, const coupling_group *g, relcoord_error *err);
relcoord_status write_forms(relcoord_table *table, const coupling_group *g, relcoord_error *err);

/* By item of the survey: the workgroup that it reports an exchange zone with, or NO_TARGET. NULL
 * when memory runs out. */
uint32_t *coupling_zone_targets(const relcoord_survey *s);

/* The spread of people's values about their mean, and the mean's interval by Student's t; NaN with
 * fewer than two. */
typedef struct mean_interval {
    double sd, se, low, high;
} mean_interval;

mean_interval coupling_interval(const group_summary *values, double confidence);

/* Fills the columns se, ci_low and ci_high; notes that there were too few. */
void coupling_write_interval(relcoord_table *table, size_t column, const mean_interval *interval);

#endif
