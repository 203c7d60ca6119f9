/* The tables of the analysis network: what each has, and writing one group's rows. */
#ifndef ANALYSES_NETWORK_TABLES_H
#define ANALYSES_NETWORK_TABLES_H

#include "analyses/network/errors.h"
#include "engine/resampling.h"

/* What was found of one group. */
typedef struct network_findings {
    const network_group *g;
    uint32_t group;
    double cut; /* NaN: there are no edges */
    double confidence;
    const network_scratch *scratch;      /* as observed */
    const double *values;                /* as network_evaluate writes them */
    const strength_error *errors;        /* as network_find_errors does */
    const bootstrap_interval *intervals; /* by value; NULL unless resampled */
} network_findings;

relcoord_status network_write_workgroups(const network_findings *f, relcoord_table *table,
                                         relcoord_error *err);
relcoord_status network_write_dyads(const network_findings *f, relcoord_table *table,
                                    relcoord_error *err);
void network_write_indices(const network_findings *f, relcoord_table *table);
void network_write_cells(const network_findings *f, relcoord_table *table);

#endif
