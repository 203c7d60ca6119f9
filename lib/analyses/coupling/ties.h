/* Relational coordination between the workgroups of one group of `by`, in each of its units: the
 * cells that pairs, their states and in-strengths are made of. */
#ifndef ANALYSES_COUPLING_TIES_H
#define ANALYSES_COUPLING_TIES_H

#include "analyses/coupling/people.h"
#include "base/intern.h"
#include "engine/scores/cells.h"

typedef struct coupling_ties {
    uint32_t units, workgroups; /* units: 1 when people are in none, or in several */
    score_rule rule;
    key_index index;
    moments *cells; /* by id of the index */
    size_t capacity;
} coupling_ties;

/* by_unit: cells of each unit apart. A survey without ties has no cells. */
relcoord_status coupling_ties_gather(const run *r, const group_members *members, bool by_unit,
                                     coupling_ties *out, relcoord_error *err);
void coupling_ties_free(coupling_ties *t);

/* The unit that a participation's cells are in. */
uint32_t coupling_unit_of(const run *r, const coupling_ties *t, uint32_t participation);

/* The cell in which raters of one workgroup rate another; NULL when it is empty. */
const moments *coupling_cell(const coupling_ties *t, uint32_t unit, uint32_t rater,
                             uint32_t target);

/* The cells in order of unit, workgroup rated and rater, so that what belongs together is found
 * without asking for every workgroup that might be there. */
typedef struct coupling_rating {
    uint32_t unit, target, rater, cell;
} coupling_rating;
/* As many as the index counts; NULL when memory runs out. The caller's. */
coupling_rating *coupling_ratings(const coupling_ties *t);

/* Mean of the cells in which other workgroups rate it; NaN without any. */
double coupling_in_strength(const coupling_ties *t, const coupling_rating *ratings, uint32_t unit,
                            uint32_t workgroup);

/* What is between two workgroups: an edge each way where the mean is above the strong cut. */
typedef enum pair_state {
    PAIR_STRONG,
    PAIR_WEAK,
    PAIR_MIXED,
    PAIR_UNKNOWN,
    PAIR_STATES
} pair_state;
extern const char *const pair_state_names[PAIR_STATES];
pair_state coupling_pair_state(const coupling_ties *t, uint32_t unit, uint32_t one, uint32_t other,
                               double strong);

#endif
