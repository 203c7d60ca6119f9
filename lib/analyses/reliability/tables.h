/* The tables of reliability: what one scale adds to them. */
#ifndef ANALYSES_RELIABILITY_TABLES_H
#define ANALYSES_RELIABILITY_TABLES_H

#include "analyses/reliability/scale_reliability.h"

extern const table_spec coefficients_table, scale_items_table, scale_correlations_table;

/* Add rows to a table of that spec. */
void write_coefficients(relcoord_table *table, const scale_reliability *s);
void write_scale_items(relcoord_table *table, const scale_reliability *s);
void write_scale_correlations(relcoord_table *table, const scale_reliability *s);

#endif
