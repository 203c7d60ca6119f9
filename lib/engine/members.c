/* Listing the members of a group. */
#include "engine/members.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/sorted.h"

relcoord_status group_members_list(const run *r, uint32_t group, group_members *out,
                                   relcoord_error *err)
{
    const cases *c = &r->cases;
    /* Rows stand in the order of groups. */
    size_t first = c->row_start[sorted_place(c->row_group, c->row_count, group)],
           end = c->row_start[sorted_place(c->row_group, c->row_count, group + 1)];
    uint32_t *list = memory_new(end - first, sizeof *list);
    if (!list)
        return fail_memory(err);
    if (end > first)
        memcpy(list, c->members + first, (end - first) * sizeof *list);
    sorted_make(list, end - first);
    *out = (group_members){(uint32_t)(end - first), list};
    return RELCOORD_OK;
}

void group_members_free(group_members *m)
{
    memory_free(m->participations);
    *m = (group_members){0, NULL};
}
