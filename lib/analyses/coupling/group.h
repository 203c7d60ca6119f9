/* One group of `by`, which the tables of `coupling` are written for one at a time
 * (relcoord-methods(7), Coupling competence). */
#ifndef ANALYSES_COUPLING_GROUP_H
#define ANALYSES_COUPLING_GROUP_H

#include "analyses/coupling/people.h"

typedef struct coupling_group {
    const run *r;
    uint32_t group;
    const coupling_people *people;
    double *room;                 /* for a value of each member */
    const uint32_t *zone_targets; /* as coupling_zone_targets gives them */
} coupling_group;

#endif
