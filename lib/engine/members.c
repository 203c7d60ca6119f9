/* Listing the members of a group. */
#include "engine/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* The first row of a group, or of one past the last: rows stand in the order of groups. */
static uint32_t first_row_of(const cases *c, uint32_t group)
{
    uint32_t low = 0, high = c->row_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->row_group[middle] < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

relcoord_status group_members_list(const run *r, uint32_t group, group_members *out,
                                   relcoord_error *err)
{
    const cases *c = &r->cases;
    size_t first = c->row_start[first_row_of(c, group)],
           end = c->row_start[first_row_of(c, group + 1)];
    uint32_t *list = memory_new(end - first, sizeof *list);
    if (!list)
        return fail_memory(err);
    if (end > first)
        memcpy(list, c->members + first, (end - first) * sizeof *list);
    qsort(list, end - first, sizeof *list, compare_numbers);
    *out = (group_members){(uint32_t)(end - first), list};
    return RELCOORD_OK;
}

void group_members_free(group_members *m)
{
    memory_free(m->participations);
    *m = (group_members){0, NULL};
}
