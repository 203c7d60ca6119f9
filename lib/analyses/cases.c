/* Selecting the cases of a run, and putting them into the rows of the matrix. */
#include "analyses/cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

/* A participation's place: group first, then workgroup, as one number for sorting. */
typedef struct placed {
    uint32_t key[ATTRIBUTE_COUNT + 1]; /* labels of `by`, then the workgroup */
} placed;

const char *cases_label(const char *label)
{
    return *label ? label : "(missing)";
}

/* ---- Options ---- */

static relcoord_status refuse_by(const relcoord_survey *s, const char *name, relcoord_error *err)
{
    const char *present[ATTRIBUTE_COUNT] = {"", "", "", ""}, *near;
    size_t count = 0;
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        if (s->attributes[a].present)
            present[count++] = attribute_name(a);
    near = relcoord_nearest(name, present, count);
    if (near)
        return fail_option(err, "by", "'%s' is no column to group by; did you mean '%s'?", name, near);
    return fail_option(err, "by", "'%s' is no column to group by; the data have %s%s%s%s%s%s%s", name, present[0],
                       count > 1 ? ", " : "", present[1], count > 2 ? ", " : "", present[2], count > 3 ? ", " : "", present[3]);
}

static relcoord_status read_by(const relcoord_survey *s, const relcoord_options *options, cases *c, relcoord_error *err)
{
    const char *cursor = options_text(options, "by"), *name;
    size_t length;
    while (options_next_name(&cursor, &name, &length)) {
        char word[64];
        column_role role;
        if (length >= sizeof word)
            return fail_option(err, "by", "there is no column of that name to group by");
        memcpy(word, name, length);
        word[length] = 0;
        role = column_role_of(word);
        if ((int)role >= ATTRIBUTE_COUNT || !s->attributes[role].present)
            return refuse_by(s, word, err);
        for (size_t i = 0; i < c->by_count; i++)
            if (c->by[i] == role)
                return fail_option(err, "by", "'%s' stands twice", word);
        c->by[c->by_count] = role;
        c->by_names[c->by_count++] = attribute_name((int)role);
    }
    return RELCOORD_OK;
}

/* Finds the wave to use: its number, or NO_ROW for all of them. */
static relcoord_status read_wave(const relcoord_survey *s, const relcoord_options *options, const cases *c,
                                 uint32_t *wave, relcoord_error *err)
{
    const char *name = options_text(options, "wave");
    const attribute *waves = &s->attributes[COLUMN_WAVE];
    bool told_apart = false;
    *wave = NO_ROW;
    for (size_t i = 0; i < c->by_count; i++)
        told_apart = told_apart || c->by[i] == COLUMN_WAVE;
    if (*name && !waves->present)
        return fail_option(err, "wave", "the data have no column 'wave'");
    for (uint32_t w = 0; *name && w < waves->labels.count; w++)
        if (strcmp(cases_label(waves->labels.names[w]), name) == 0)
            *wave = w;
    if (*name && *wave == NO_ROW) {
        const char *near = relcoord_nearest(name, waves->labels.names, waves->labels.count);
        near = near ? near : waves->labels.names[0];
        return fail_option(err, "wave", "the data have no wave '%.100s'; is it '%.100s'?", name, cases_label(near));
    }
    if (!*name && !told_apart && waves->present && waves->labels.count > 1)
        return fail(err, RELCOORD_EUSAGE,
                    "the data have %lu waves (%.60s to %.60s), which are never pooled: choose one with wave, or tell "
                    "them apart with by",
                    (unsigned long)waves->labels.count, cases_label(waves->labels.names[0]),
                    cases_label(waves->labels.names[waves->labels.count - 1]));
    return RELCOORD_OK;
}

/* ---- Rows ---- */

static placed place_of(const relcoord_survey *s, const cases *c, uint32_t participation)
{
    placed place = {{0}};
    for (size_t i = 0; i < c->by_count; i++)
        place.key[i] = s->attributes[c->by[i]].values[participation];
    place.key[ATTRIBUTE_COUNT] = s->attributes[COLUMN_WORKGROUP].values[participation];
    return place;
}

static int compare_places(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    for (int i = 0; i <= ATTRIBUTE_COUNT; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return 0;
}

/* The distinct places, found through a chain of pair numbers so that memory grows with them alone: each
 * step numbers (what came before, next label). */
static uint32_t number_place(key_index *pairs, const placed *place, size_t by_count)
{
    uint32_t number = 0;
    for (size_t i = 0; i <= by_count && number != INTERN_FULL; i++)
        number = key_index_add(&pairs[i], (uint64_t)number << 32 | place->key[i < by_count ? i : ATTRIBUTE_COUNT]);
    return number;
}

/* Numbers the rows by first appearance; *places becomes their places in that order. */
static relcoord_status find_rows(const relcoord_survey *s, cases *c, uint32_t wave, placed **places, relcoord_error *err)
{
    const uint32_t *waves = s->attributes[COLUMN_WAVE].values;
    key_index pairs[ATTRIBUTE_COUNT + 1] = {{0}};
    size_t capacity = 0;
    relcoord_status status = RELCOORD_OK;
    c->row_of = memory_new(s->participation_count, sizeof *c->row_of);
    if (!c->row_of)
        return fail_memory(err);
    for (uint32_t p = 0; p < s->participation_count && !status; p++) {
        placed place = place_of(s, c, p);
        void *grown = *places;
        c->row_of[p] = NO_ROW;
        if (wave != NO_ROW && waves[p] != wave)
            continue;
        c->row_of[p] = number_place(pairs, &place, c->by_count);
        if (c->row_of[p] == INTERN_FULL || !memory_reserve(&grown, &capacity, c->row_count + (size_t)1, sizeof place)) {
            status = fail_memory(err);
            break;
        }
        *places = grown;
        if (c->row_of[p] == c->row_count)
            (*places)[c->row_count++] = place;
    }
    for (int i = 0; i <= ATTRIBUTE_COUNT; i++)
        key_index_free(&pairs[i]);
    return status;
}

typedef struct sortable {
    placed place;
    uint32_t number;
} sortable;

/* Sorts the rows by place, renumbers them, and counts the groups. */
static relcoord_status sort_rows(const relcoord_survey *s, cases *c, const placed *places, relcoord_error *err)
{
    sortable *list = memory_new(c->row_count, sizeof *list);
    uint32_t *rank = memory_new(c->row_count, sizeof *rank);
    c->row_group = memory_new(c->row_count, sizeof *c->row_group);
    c->row_workgroup = memory_new(c->row_count, sizeof *c->row_workgroup);
    c->group_labels = memory_zeroed((c->by_count ? c->row_count : 0) * c->by_count, sizeof *c->group_labels);
    if (!list || !rank || !c->row_group || !c->row_workgroup || !c->group_labels) {
        memory_free(list);
        memory_free(rank);
        return fail_memory(err);
    }
    for (uint32_t r = 0; r < c->row_count; r++)
        list[r] = (sortable){places[r], r};
    qsort(list, c->row_count, sizeof *list, compare_places);
    for (uint32_t r = 0; r < c->row_count; r++) {
        bool begins = r == 0 || memcmp(list[r].place.key, list[r - 1].place.key, c->by_count * sizeof(uint32_t)) != 0;
        rank[list[r].number] = r;
        c->group_count += begins;
        c->row_group[r] = c->group_count - 1;
        c->row_workgroup[r] = list[r].place.key[ATTRIBUTE_COUNT];
        for (size_t i = 0; i < c->by_count && begins; i++)
            c->group_labels[c->row_group[r] * c->by_count + i] =
                cases_label(s->attributes[c->by[i]].labels.names[list[r].place.key[i]]);
    }
    for (uint32_t p = 0; p < s->participation_count; p++)
        c->row_of[p] = c->row_of[p] == NO_ROW ? NO_ROW : rank[c->row_of[p]];
    memory_free(list);
    memory_free(rank);
    return RELCOORD_OK;
}

/* Lists the participations of each row. */
static relcoord_status list_members(const relcoord_survey *s, cases *c, relcoord_error *err)
{
    c->row_start = memory_zeroed(c->row_count + (size_t)2, sizeof *c->row_start);
    c->members = memory_new(s->participation_count, sizeof *c->members);
    if (!c->row_start || !c->members)
        return fail_memory(err);
    for (uint32_t p = 0; p < s->participation_count; p++) /* counts, two places on */
        if (c->row_of[p] != NO_ROW)
            c->row_start[c->row_of[p] + 2]++;
    for (uint32_t r = 1; r < c->row_count; r++)
        c->row_start[r + 1] += c->row_start[r];
    for (uint32_t p = 0; p < s->participation_count; p++) /* filling moves each start to the next row's */
        if (c->row_of[p] != NO_ROW)
            c->members[c->row_start[c->row_of[p] + 1]++] = p;
    return RELCOORD_OK;
}

relcoord_status cases_select(const relcoord_survey *survey, const relcoord_options *options, cases *out,
                             relcoord_error *err)
{
    cases c = {.by_count = 0};
    placed *places = NULL;
    uint32_t wave = NO_ROW;
    relcoord_status status = read_by(survey, options, &c, err);
    if (!status)
        status = read_wave(survey, options, &c, &wave, err);
    if (!status)
        status = find_rows(survey, &c, wave, &places, err);
    if (!status)
        status = sort_rows(survey, &c, places, err);
    if (!status)
        status = list_members(survey, &c, err);
    memory_free(places);
    if (status) {
        cases_free(&c);
        return status;
    }
    c.weight = options_choice(options, "weights") == 0 ? survey->weight : NULL;
    *out = c;
    return RELCOORD_OK;
}

size_t cases_begin_row(relcoord_table *table, const cases *c, uint32_t group)
{
    table_add_row(table);
    for (size_t i = 0; i < c->by_count; i++)
        table_set_string(table, i, c->group_labels[group * c->by_count + i]);
    return c->by_count;
}

void cases_free(cases *c)
{
    memory_free(c->group_labels);
    memory_free(c->row_group);
    memory_free(c->row_workgroup);
    memory_free(c->row_of);
    memory_free(c->row_start);
    memory_free(c->members);
    memset(c, 0, sizeof *c);
}
