/* Selecting the cases of a run, and putting them into the rows of the matrix. */
#include "engine/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "engine/people/statuses.h"

/* A participation's place: group first, then workgroup, as one number for sorting. */
typedef struct placed {
    uint32_t key[MOST_BY + 1]; /* labels of `by`, then the workgroup */
} placed;

const char *cases_label(const char *label)
{
    return *label ? label : "(missing)";
}

/* ---- Options ---- */

static relcoord_status refuse_by(const relcoord_survey *s, const char *name, relcoord_error *err)
{
    const char **present = memory_new(s->attribute_count, sizeof *present), *near;
    size_t count = 0;
    text names = {0};
    relcoord_status status;
    for (size_t a = 0; a < s->attribute_count && present; a++)
        if (s->attributes[a].present) {
            present[count++] = s->attributes[a].name;
            text_add(&names, count > 1 ? ", " : "");
            text_add(&names, s->attributes[a].name);
        }
    near = present ? relcoord_nearest(name, present, count) : NULL;
    if (!present || names.failed)
        status = fail_memory(err);
    else if (near)
        status = fail_option(err, "by", "'%s' is not a column to group by; did you mean '%s'?",
                             name, near);
    else
        status = fail_option(err, "by", "'%s' is not a column to group by; the data have %s", name,
                             count ? names.bytes : "none");
    text_free(&names);
    memory_free(present);
    return status;
}

static relcoord_status read_by(const relcoord_survey *s, const relcoord_options *options, cases *c,
                               relcoord_error *err)
{
    for (const char *name = options_names(options, "by"); *name; name = options_name_after(name)) {
        size_t a = survey_find_attribute(s, name);
        if (a == s->attribute_count)
            return refuse_by(s, name, err);
        for (size_t i = 0; i < c->by_count; i++)
            if (c->by[i] == a)
                return fail_option(err, "by", "'%s' is given twice", name);
        if (c->by_count == MOST_BY)
            return fail_option(err, "by", "more than %d columns to group by", MOST_BY);
        c->by[c->by_count] = (uint32_t)a;
        c->by_names[c->by_count++] = s->attributes[a].name;
    }
    return RELCOORD_OK;
}

/* " (1 to 3)"; nothing where no label may be repeated. */
static void describe_waves(const relcoord_survey *s, char *out, size_t size)
{
    const label_list *waves = &s->attributes[COLUMN_WAVE].labels;
    *out = 0;
    if (s->redact || waves->count == 0)
        return;
    if (waves->count == 1)
        snprintf(out, size, " (%.60s)", cases_label(waves->names[0]));
    else
        snprintf(out, size, " (%.60s to %.60s)", cases_label(waves->names[0]),
                 cases_label(waves->names[waves->count - 1]));
}

/* Finds the wave to use: its number, or NO_ROW for all of them. */
static relcoord_status read_wave(const relcoord_survey *s, const relcoord_options *options,
                                 bool shows_waves, cases *c, relcoord_error *err)
{
    const char *name = options_text(options, "wave");
    const attribute *waves = &s->attributes[COLUMN_WAVE];
    bool told_apart = shows_waves;
    char range[160];
    c->wave = NO_ROW;
    for (size_t i = 0; i < c->by_count; i++)
        told_apart = told_apart || c->by[i] == COLUMN_WAVE;
    if (*name && !waves->present)
        return fail_option(err, "wave", "the data have no column 'wave'");
    for (uint32_t w = 0; *name && w < waves->labels.count; w++)
        if (strcmp(cases_label(waves->labels.names[w]), name) == 0)
            c->wave = w;
    if (*name && c->wave == NO_ROW) {
        const char *near = s->redact
                               ? NULL
                               : relcoord_nearest(name, waves->labels.names, waves->labels.count);
        if (near)
            return fail_option(err, "wave", "the data have no wave '%.100s'; is it '%.100s'?", name,
                               near);
        describe_waves(s, range, sizeof range);
        return fail_option(err, "wave",
                           waves->labels.count == 1
                               ? "the data have no wave '%.100s', but %lu other%s"
                               : "the data have no wave '%.100s', but %lu others%s",
                           name, (unsigned long)waves->labels.count, range);
    }
    describe_waves(s, range, sizeof range);
    if (!*name && !told_apart && waves->present && waves->labels.count > 1)
        return fail(err, RELCOORD_EUSAGE,
                    "the data have %lu waves%s, which are never pooled: choose one by 'wave', or "
                    "keep them apart by 'by'",
                    (unsigned long)waves->labels.count, range);
    return RELCOORD_OK;
}

/* ---- Rows ---- */

/* The places of a participation: one for each combination of the groups that it is in. False past
 * the last. */
static bool find_place(const relcoord_survey *s, const cases *c, uint32_t participation,
                       uint32_t which, placed *place)
{
    const attribute *workgroups = &s->attributes[COLUMN_WORKGROUP];
    memset(place, 0, sizeof *place);
    for (size_t i = c->by_count; i-- > 0;) { /* the last attribute turns fastest */
        const uint32_t *labels;
        uint32_t count = survey_groups_of(&s->attributes[c->by[i]], participation, &labels);
        place->key[i] = labels[which % count];
        which /= count;
    }
    place->key[MOST_BY] = workgroups->present ? workgroups->values[participation] : 0;
    return which == 0;
}

static int compare_places(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    for (int i = 0; i <= MOST_BY; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return 0;
}

/* The distinct places, found through a chain of pair numbers so that memory grows with them alone:
 * each step numbers (what came before, next label). */
static uint32_t number_place(key_index *pairs, const placed *place, size_t by_count)
{
    uint32_t number = 0;
    for (size_t i = 0; i <= by_count && number != INTERN_FULL; i++)
        number = key_index_add(&pairs[i],
                               (uint64_t)number << 32 | place->key[i < by_count ? i : MOST_BY]);
    return number;
}

typedef struct place_list {
    key_index pairs[MOST_BY + 1];
    placed *places; /* by number */
    size_t capacity, row_capacity;
} place_list;

/* Adds one of a participation's places to its rows; false when memory runs out. */
static bool add_place(cases *c, place_list *list, const placed *place, size_t at)
{
    void *places = list->places, *rows = c->rows;
    uint32_t number = number_place(list->pairs, place, c->by_count);
    if (number == INTERN_FULL
        || !memory_reserve(&places, &list->capacity, c->row_count + (size_t)1, sizeof *place))
        return false;
    list->places = places;
    if (!memory_reserve(&rows, &list->row_capacity, at + 1, sizeof *c->rows))
        return false;
    c->rows = rows;
    c->rows[at] = number;
    if (number == c->row_count)
        list->places[c->row_count++] = *place;
    return true;
}

/* Whether someone counts who is in the wave: who did not answer is in no base. */
static bool is_in_base(const relcoord_survey *s, cases *c, uint32_t p, bool of_answered)
{
    answer_standing standing = of_answered ? standing_of(s, p) : STANDING_ANSWERED;
    c->not_answered += standing == STANDING_NOT_ANSWERED;
    c->silent += standing == STANDING_SILENT;
    return standing != STANDING_NOT_ANSWERED;
}

/* Numbers the rows by first appearance; list->places become their places in that order. */
static relcoord_status find_rows(const relcoord_survey *s, cases *c, bool of_answered,
                                 place_list *list, relcoord_error *err)
{
    const uint32_t *waves = s->attributes[COLUMN_WAVE].values;
    bool done;
    c->first_place = memory_zeroed(s->participation_count + (size_t)1, sizeof *c->first_place);
    done = c->first_place != NULL;
    for (uint32_t p = 0; p < s->participation_count && done; p++) {
        size_t at = c->first_place[p];
        placed place;
        if ((c->wave == NO_ROW || waves[p] == c->wave) && is_in_base(s, c, p, of_answered))
            for (uint32_t which = 0; done && find_place(s, c, p, which, &place); which++)
                done = add_place(c, list, &place, at++);
        c->first_place[p + 1] = at;
    }
    for (int i = 0; i <= MOST_BY; i++)
        key_index_free(&list->pairs[i]);
    return done ? RELCOORD_OK : fail_memory(err);
}

typedef struct sortable {
    placed place;
    uint32_t number;
} sortable;

/* Sorts the rows by place, renumbers them, and counts the groups. */
static relcoord_status sort_rows(const relcoord_survey *s, cases *c, const placed *places,
                                 relcoord_error *err)
{
    sortable *list = memory_new(c->row_count, sizeof *list);
    uint32_t *rank = memory_new(c->row_count, sizeof *rank);
    c->row_group = memory_new(c->row_count, sizeof *c->row_group);
    c->row_workgroup = memory_new(c->row_count, sizeof *c->row_workgroup);
    c->group_labels = memory_zeroed((c->by_count ? c->row_count : 0) * c->by_count,
                                    sizeof *c->group_labels);
    if (!list || !rank || !c->row_group || !c->row_workgroup || !c->group_labels) {
        memory_free(list);
        memory_free(rank);
        return fail_memory(err);
    }
    for (uint32_t r = 0; r < c->row_count; r++)
        list[r] = (sortable){places[r], r};
    qsort(list, c->row_count, sizeof *list, compare_places);
    for (uint32_t r = 0; r < c->row_count; r++) {
        bool begins = r == 0
                      || memcmp(list[r].place.key, list[r - 1].place.key,
                                c->by_count * sizeof(uint32_t))
                             != 0;
        rank[list[r].number] = r;
        c->group_count += begins;
        c->row_group[r] = c->group_count - 1;
        c->row_workgroup[r] = list[r].place.key[MOST_BY];
        for (size_t i = 0; i < c->by_count && begins; i++)
            c->group_labels[c->row_group[r] * c->by_count + i] = cases_label(
                s->attributes[c->by[i]].labels.names[list[r].place.key[i]]);
    }
    for (size_t i = 0; i < c->first_place[s->participation_count]; i++)
        c->rows[i] = rank[c->rows[i]];
    memory_free(list);
    memory_free(rank);
    return RELCOORD_OK;
}

/* Lists the participations of each row. */
static relcoord_status list_members(const relcoord_survey *s, cases *c, relcoord_error *err)
{
    c->row_start = memory_zeroed(c->row_count + (size_t)2, sizeof *c->row_start);
    c->members = memory_new(c->first_place[s->participation_count], sizeof *c->members);
    if (!c->row_start || !c->members)
        return fail_memory(err);
    for (size_t i = 0; i < c->first_place[s->participation_count]; i++) /* counts, two places on */
        c->row_start[c->rows[i] + 2]++;
    for (uint32_t r = 1; r < c->row_count; r++)
        c->row_start[r + 1] += c->row_start[r];
    for (uint32_t p = 0; p < s->participation_count;
         p++) /* filling moves each start to the next row's */
        for (size_t i = c->first_place[p]; i < c->first_place[p + 1]; i++)
            c->members[c->row_start[c->rows[i] + 1]++] = p;
    return RELCOORD_OK;
}

relcoord_status cases_select(const relcoord_survey *survey, const relcoord_options *options,
                             bool shows_waves, cases *out, relcoord_error *err)
{
    cases c = {.by_count = 0};
    place_list list = {.places = NULL};
    relcoord_status status = options_has(options, "by") ? read_by(survey, options, &c, err)
                                                        : RELCOORD_OK;
    c.wave = NO_ROW;
    if (!status && options_has(options, "wave"))
        status = read_wave(survey, options, shows_waves, &c, err);
    if (!status)
        status = find_rows(survey, &c,
                           options_has(options, "base") && options_choice(options, "base") == 0,
                           &list, err);
    if (!status)
        status = sort_rows(survey, &c, list.places, err);
    if (!status)
        status = list_members(survey, &c, err);
    memory_free(list.places);
    if (status) {
        cases_free(&c);
        return status;
    }
    c.weight = options_has(options, "weights") && options_choice(options, "weights") == 0
                   ? survey->weight
                   : NULL;
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

static int compare_ties(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

void cases_order_ties(const relcoord_survey *survey, uint32_t participation, uint64_t *order)
{
    uint32_t first = survey->first_tie[participation], count = survey->tie_count[participation];
    for (uint32_t i = 0; i < count; i++)
        order[i] = (uint64_t)survey->target_place[survey->target[first + i]] << 32 | (first + i);
    if (count > 1)
        qsort(order, count, sizeof *order, compare_ties);
}

void cases_free(cases *c)
{
    memory_free(c->group_labels);
    memory_free(c->row_group);
    memory_free(c->row_workgroup);
    memory_free(c->first_place);
    memory_free(c->rows);
    memory_free(c->row_start);
    memory_free(c->members);
    memset(c, 0, sizeof *c);
}
