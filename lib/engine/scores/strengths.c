/* In-strength, out-strength, own rating and silo of each workgroup (relcoord-methods(7),
 * Scores). */
#include "engine/scores/strengths.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"

static const column_spec columns[] = {
    WORKGROUP_COLUMN,
    {"respondents", RELCOORD_INTEGER, RELCOORD_COUNT, "people of the workgroup in the data"},
    OWN_COLUMN,
    {"own_n", RELCOORD_INTEGER, RELCOORD_COUNT, "raters in that mean"},
    IN_STRENGTH_COLUMN,
    {"in_groups", RELCOORD_INTEGER, RELCOORD_COUNT, "cells in that mean"},
    OUT_STRENGTH_COLUMN,
    {"out_groups", RELCOORD_INTEGER, RELCOORD_COUNT, "cells in that mean"},
    SILO_COLUMN,
    NOTE_COLUMN,
    {NULL, 0, 0, NULL},
};

static const view_spec views[] = {
    {VIEW_LIST, "Workgroups (rc): own rating, strength of ties in and out, silo", NULL,
     "workgroup,respondents,own,own_n,in_strength,in_groups,out_strength,out_groups,silo", NULL,
     NULL},
    {0, NULL, NULL, NULL, NULL, NULL},
};

const table_spec strengths_table = {.name = "workgroups",
                                    .help = "how strongly one workgroup is tied to the others",
                                    .columns = columns,
                                    .views = views,
                                    .things = "in_groups,out_groups"};

/* What is gathered of one workgroup in one group of `by`. */
typedef struct strength {
    uint32_t stamp;        /* the group it was last met in, from 1 */
    uint32_t place, label; /* its place in the order of workgroups and targets together */
    int64_t respondents, own_n, in_groups, out_groups;
    double own;
    total in, out;
} strength;

/* Those met so far in the group at hand. */
typedef struct meeting {
    strength *all; /* by label */
    strength **met;
    uint32_t count, group;
    const uint32_t *places;
} meeting;

static strength *meet(meeting *m, uint32_t label)
{
    strength *s = &m->all[label];
    if (s->stamp != m->group + 1) {
        *s = (strength){
            .stamp = m->group + 1, .place = m->places[label], .label = label, .own = NAN};
        m->met[m->count++] = s;
    }
    return s;
}

static void add_cell(strength *from, strength *to, const cell *c, double mean)
{
    if (from == to) {
        from->own = mean;
        from->own_n = c->measures[DIMENSION_RC].n;
    } else if (!isnan(mean)) {
        from->out_groups++;
        to->in_groups++;
        total_add(&from->out, mean);
        total_add(&to->in, mean);
    }
}

static void write_strength(relcoord_table *table, const run *r, uint32_t group, const char *label,
                           const strength *s)
{
    size_t keys = cases_begin_row(table, &r->cases, group);
    double in = s->in_groups ? total_value(&s->in) / (double)s->in_groups : NAN;
    double out = s->out_groups ? total_value(&s->out) / (double)s->out_groups : NAN;
    table_set_string(table, keys, label);
    table_set_integer(table, keys + 1, s->respondents);
    table_set_number(table, keys + 2, s->own);
    table_set_integer(table, keys + 3, s->own_n);
    table_set_number(table, keys + 4, in);
    table_set_integer(table, keys + 5, s->in_groups);
    table_set_number(table, keys + 6, out);
    table_set_integer(table, keys + 7, s->out_groups);
    table_set_number(table, keys + 8, s->own - (in + out) / 2);
    if (isnan(s->own))
        table_add_note(table, "own_empty");
    if (isnan(in))
        table_add_note(table, "in_empty");
    if (isnan(out))
        table_add_note(table, "out_empty");
}

static int compare_places(const void *left, const void *right)
{
    const strength *const *a = left, *const *b = right;
    return (*a)->place < (*b)->place ? -1 : (*a)->place > (*b)->place;
}

relcoord_status strengths_write(relcoord_result *result, const run *r, const cell_state *cells,
                                const double *rc_means, relcoord_error *err)
{
    const label_list *labels = &r->survey->attributes[COLUMN_WORKGROUP].labels;
    const cases *c = &r->cases;
    relcoord_table *table = result_add_table(result, &strengths_table, c->by_names, c->by_count);
    meeting m = {memory_zeroed(labels->count, sizeof *m.all),
                 memory_new(labels->count, sizeof *m.met), 0, 0, r->survey->union_place};
    relcoord_status status = table && m.all && m.met ? RELCOORD_OK : fail_memory(err);
    uint32_t row = 0, next = 0;
    for (; m.group < c->group_count && !status; m.group++) {
        m.count = 0;
        for (; row < c->row_count && c->row_group[row] == m.group; row++) {
            size_t respondents = c->row_start[row + 1] - c->row_start[row];
            meet(&m, c->row_workgroup[row])->respondents = (int64_t)respondents;
        }
        for (; next < cells->index.count && cells->cells[next].row < row; next++) {
            const cell *now = &cells->cells[next];
            add_cell(meet(&m, c->row_workgroup[now->row]), meet(&m, now->target), now,
                     rc_means[next]);
        }
        qsort(m.met, m.count, sizeof *m.met, compare_places);
        for (uint32_t i = 0; i < m.count; i++)
            write_strength(table, r, m.group, labels->names[m.met[i]->label], m.met[i]);
    }
    memory_free(m.all);
    memory_free(m.met);
    return status;
}
