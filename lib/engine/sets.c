/* Listing people by group. */
#include "engine/sets.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "engine/sorted.h"

static bool counts(const run *r, uint32_t p)
{
    return !r->cases.weight || r->cases.weight[p] > 0;
}

/* The members of each group's rows, sorted. */
static void add_groups(const run *r, people_sets *sets)
{
    const cases *c = &r->cases;
    size_t at = 0;
    for (uint32_t row = 0; row < c->row_count; row++) {
        bool last = row + 1 == c->row_count || c->row_group[row + 1] != c->row_group[row];
        for (size_t m = c->row_start[row]; m < c->row_start[row + 1]; m++)
            if (counts(r, c->members[m]))
                sets->people[at++] = c->members[m];
        if (!last)
            continue;
        for (size_t i = 0; i < c->by_count; i++)
            sets->labels[sets->count * c->by_count + i] =
                c->group_labels[c->row_group[row] * c->by_count + i];
        sorted_make(sets->people + sets->start[sets->count], at - sets->start[sets->count]);
        sets->start[++sets->count] = at;
    }
}

/* All people of a wave; NO_ROW: of the only one there is. */
static void add_total(const run *r, people_sets *sets, uint32_t wave)
{
    const cases *c = &r->cases;
    const attribute *waves = &r->survey->attributes[COLUMN_WAVE];
    size_t at = sets->start[sets->count];
    for (uint32_t p = 0; p < r->survey->participation_count; p++)
        if (c->first_place[p] < c->first_place[p + 1] && counts(r, p)
            && (wave == NO_ROW || waves->values[p] == wave))
            sets->people[at++] = p;
    for (size_t i = 0; i < c->by_count; i++)
        sets->labels[sets->count * c->by_count + i] = wave != NO_ROW && c->by[i] == COLUMN_WAVE
                                                          ? cases_label(waves->labels.names[wave])
                                                          : "(total)";
    sets->start[++sets->count] = at;
}

static void add_totals(const run *r, people_sets *sets)
{
    const cases *c = &r->cases;
    bool by_wave = false;
    for (size_t i = 0; i < c->by_count; i++)
        by_wave = by_wave || c->by[i] == COLUMN_WAVE;
    if (!by_wave && c->by_count > 0)
        add_total(r, sets, NO_ROW);
    for (uint32_t wave = 0;
         by_wave && c->by_count > 1 && wave < r->survey->attributes[COLUMN_WAVE].labels.count;
         wave++)
        if (c->wave == NO_ROW || c->wave == wave)
            add_total(r, sets, wave);
}

relcoord_status people_sets_make(const run *r, people_sets *out, relcoord_error *err)
{
    const cases *c = &r->cases;
    const size_t most = c->group_count + r->survey->attributes[COLUMN_WAVE].labels.count
                        + (size_t)1;
    const size_t places = c->first_place[r->survey->participation_count]
                          + r->survey->participation_count;
    people_sets sets = {0, memory_zeroed(most + 1, sizeof *sets.start),
                        memory_new(places, sizeof *sets.people),
                        memory_zeroed(most * c->by_count, sizeof *sets.labels)};
    if (!sets.start || !sets.people || !sets.labels) {
        people_sets_free(&sets);
        return fail_memory(err);
    }
    add_groups(r, &sets);
    add_totals(r, &sets);
    *out = sets;
    return RELCOORD_OK;
}

void people_sets_free(people_sets *sets)
{
    memory_free(sets->start);
    memory_free(sets->people);
    memory_free(sets->labels);
    memset(sets, 0, sizeof *sets);
}

size_t people_sets_begin_row(relcoord_table *table, const run *r, const people_sets *sets,
                             size_t set)
{
    table_add_row(table);
    for (size_t i = 0; i < r->cases.by_count; i++)
        table_set_string(table, i, sets->labels[set * r->cases.by_count + i]);
    return r->cases.by_count;
}
