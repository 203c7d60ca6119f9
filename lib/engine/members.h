/* Who counts in a group of `by`. */
#ifndef ENGINE_MEMBERS_H
#define ENGINE_MEMBERS_H

#include "engine/analysis.h"

/* The participations of a group, ascending: in the order of their keys. A respondent has one of
 * them, for waves are never pooled. */
typedef struct group_members {
    uint32_t count;
    uint32_t *participations;
} group_members;

relcoord_status group_members_list(const run *r, uint32_t group, group_members *out,
                                   relcoord_error *err);
void group_members_free(group_members *m);

#endif
