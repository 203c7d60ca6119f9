#include "survey/building/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/matching.h"

#define NO_PLACE UINT32_MAX

/* What lists the labels of a column: up to two cells of values. */
typedef struct label_codes {
    const code_list *lists[2];
} label_codes;

/* The ids of strings in order: first the empty one, then those that a codebook lists, as it lists
 * them, then the others, ascending. */
static bool order_strings(const intern *strings, const label_codes *codes, uint32_t *order)
{
    bool *listed = memory_zeroed(strings->count, sizeof *listed);
    uint32_t *sorted = memory_new(strings->count, sizeof *sorted), next = 0;
    bool done = listed && sorted && intern_order(strings, sorted) == 0;
    if (done && strings->count > 0 && !*strings->strings[sorted[0]]) {
        listed[sorted[0]] = true;
        order[next++] = sorted[0];
    }
    for (int l = 0; l < 2 && done; l++)
        for (size_t i = 0; codes->lists[l] && i < codes->lists[l]->count; i++) {
            const char *name = code_name(&codes->lists[l]->codes[i]);
            uint32_t id = intern_find(strings, name, strlen(name));
            if (id == INTERN_FULL || listed[id] || codes->lists[l]->codes[i].kind != CODE_UNSCORED)
                continue;
            listed[id] = true;
            order[next++] = id;
        }
    for (uint32_t i = 0; i < strings->count && done; i++)
        if (!listed[sorted[i]])
            order[next++] = sorted[i];
    memory_free(listed);
    memory_free(sorted);
    return done;
}

/* What a label is called in Danish. */
static const char *danish_name(const char *name, const label_codes *codes)
{
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; codes->lists[l] && i < codes->lists[l]->count; i++) {
            const code *c = &codes->lists[l]->codes[i];
            if (*c->labels[DANISH] && strcmp(code_name(c), name) == 0)
                return c->labels[DANISH];
        }
    return name;
}

static relcoord_status name_in_danish(label_list *list, const label_codes *codes,
                                      relcoord_error *err)
{
    if (!codes->lists[0] && !codes->lists[1])
        return RELCOORD_OK;
    list->danish = memory_new(list->count, sizeof *list->danish);
    if (!list->danish)
        return fail_memory(err);
    for (uint32_t i = 0; i < list->count; i++)
        list->danish[i] = danish_name(list->names[i], codes);
    return RELCOORD_OK;
}

static relcoord_status order_labels(const intern *strings, const label_codes *codes,
                                    label_list *list, uint32_t **rank, relcoord_error *err)
{
    uint32_t *order = memory_new(strings->count, sizeof *order);
    *rank = memory_new(strings->count, sizeof **rank);
    list->names = memory_new(strings->count, sizeof *list->names);
    if (!order || !*rank || !list->names || !order_strings(strings, codes, order)) {
        memory_free(order);
        return fail_memory(err);
    }
    list->count = strings->count;
    for (uint32_t place = 0; place < strings->count; place++) {
        list->names[place] = strings->strings[order[place]];
        (*rank)[order[place]] = place;
    }
    memory_free(order);
    return RELCOORD_OK;
}

relcoord_status finish_order_labels(const intern *strings, label_list *list, uint32_t **rank,
                                    relcoord_error *err)
{
    return order_labels(strings, &(label_codes){{NULL, NULL}}, list, rank, err);
}

/* The codebook's values of a role's column; of a group's, by the column's name. NULL when it lists
 * none. */
static const code_list *find_codes(const builder *b, codebook_role role, const char *variable)
{
    for (size_t i = 0; b->codebook && i < b->codebook->count; i++) {
        const codebook_entry *e = &b->codebook->entries[i];
        if (e->role == role && e->values.count > 0
            && (!variable || strcmp(e->variable, variable) == 0))
            return &e->values;
    }
    return NULL;
}

static label_codes attribute_codes(const builder *b, size_t a)
{
    bool own = a < ATTRIBUTE_COUNT;
    return (label_codes){{find_codes(b, own ? role_of_column((column_role)a) : ROLE_GROUP,
                                     own ? NULL : b->survey->attributes[a].name),
                          NULL}};
}

static void apply_rank(uint32_t *values, size_t count, const uint32_t *rank)
{
    for (size_t i = 0; i < count; i++)
        values[i] = rank[values[i]];
}

/* Orders only the labels that stand in one column: place[label] becomes a label's place among them,
 * NO_PLACE for the others. Whether they sort as numbers is a question of that column alone. */
static relcoord_status place_used(const intern *strings, const label_codes *codes,
                                  const uint32_t *values, size_t count, uint32_t *place,
                                  uint32_t *used_count, relcoord_error *err)
{
    intern used = {0};
    uint32_t *label = memory_new(strings->count, sizeof *label),
             *order = memory_new(strings->count, sizeof *order);
    bool done = label && order;
    memset(place, 0xFF, strings->count * sizeof *place);
    for (size_t i = 0; i < count && done; i++) {
        const char *string = strings->strings[values[i]];
        if (place[values[i]] != NO_PLACE)
            continue;
        place[values[i]] = 0;
        label[used.count] = values[i];
        done = intern_add(&used, string, strlen(string)) != INTERN_FULL;
    }
    done = done && order_strings(&used, codes, order);
    for (uint32_t i = 0; i < used.count && done; i++)
        place[label[order[i]]] = i;
    *used_count = used.count;
    intern_free(&used);
    memory_free(label);
    memory_free(order);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* Numbers the labels: workgroups that answer in their order, then those only rated in theirs, then
 * targets that a header of wide data names and nobody rates; number[label]. */
static void number_labels(relcoord_survey *s, const uint32_t *among_workgroups,
                          const uint32_t *among_targets, const uint32_t *together,
                          uint32_t answering, uint32_t *number)
{
    label_list *labels = &s->attributes[COLUMN_WORKGROUP].labels;
    uint32_t *only_rated =
        s->union_place; /* scratch, by place among targets, before it is filled */
    uint32_t next = answering;
    memset(only_rated, 0xFF, labels->count * sizeof *only_rated);
    for (uint32_t i = 0; i < labels->count; i++) {
        number[i] = among_workgroups[i];
        if (number[i] == NO_PLACE && among_targets[i] != NO_PLACE)
            only_rated[among_targets[i]] = i;
    }
    for (uint32_t i = 0; i < labels->count; i++)
        if (only_rated[i] != NO_PLACE)
            number[only_rated[i]] = next++;
    for (uint32_t i = 0; i < labels->count; i++)
        if (number[i] == NO_PLACE)
            number[i] = next++;
    for (uint32_t i = 0; i < labels->count; i++) {
        labels->names[number[i]] = s->label_strings.strings[i];
        s->target_place[number[i]] = among_targets[i];
        s->union_place[number[i]] = together[i];
    }
}

/* Workgroups and targets share their labels, but each column has an order of its own. */
static relcoord_status order_workgroups(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t count = s->label_strings.count, answering = 0, rated = 0, *together = NULL;
    uint32_t *among_workgroups = memory_new(count, sizeof *among_workgroups);
    uint32_t *among_targets = memory_new(count, sizeof *among_targets),
             *number = memory_new(count, sizeof *number);
    const label_codes workgroups = {{find_codes(b, ROLE_WORKGROUP, NULL), NULL}},
                      targets = {{b->target_codes, NULL}};
    const label_codes both = {{workgroups.lists[0], targets.lists[0]}};
    relcoord_status status;
    s->target_place = memory_new(count, sizeof *s->target_place);
    s->union_place = memory_new(count, sizeof *s->union_place);
    status = among_workgroups && among_targets && number && s->target_place && s->union_place
                 ? RELCOORD_OK
                 : fail_memory(err);
    if (!status)
        status = order_labels(&s->label_strings, &both, &s->attributes[COLUMN_WORKGROUP].labels,
                              &together, err);
    if (!status)
        status = place_used(&s->label_strings, &workgroups,
                            b->participation_labels[COLUMN_WORKGROUP], s->participation_count,
                            among_workgroups, &answering, err);
    if (!status)
        status = place_used(&s->label_strings, &targets, s->target, s->tie_count_all, among_targets,
                            &rated, err);
    if (!status) {
        number_labels(s, among_workgroups, among_targets, together, answering, number);
        apply_rank(b->participation_labels[COLUMN_WORKGROUP], s->participation_count, number);
        apply_rank(s->target, s->tie_count_all, number);
        for (size_t i = 0; i < s->variable_count; i++)
            if (s->variables[i].target != NO_TARGET)
                s->variables[i].target = number[s->variables[i].target];
        status = name_in_danish(&s->attributes[COLUMN_WORKGROUP].labels, &both, err);
    }
    memory_free(together);
    memory_free(among_workgroups);
    memory_free(among_targets);
    memory_free(number);
    return status;
}

/* ---- Groupings ---- */

/* A member column of a grouping and where it stands in the sets' bytes. */
typedef struct placed_member {
    const codebook_entry *entry;
    uint32_t byte;
} placed_member;

static int compare_members(const void *left, const void *right)
{
    const placed_member *a = left, *b = right;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* A grouping's members in the codebook's order, which is that of its labels. */
static placed_member *place_members(const builder *b, size_t a)
{
    uint32_t first = b->grouped_from[a], count = b->grouped_from[a + 1] - first;
    placed_member *members = memory_new(count, sizeof *members);
    for (uint32_t i = 0; i < count && members; i++)
        members[i] = (placed_member){b->members[b->grouped[first + i]].entry, i};
    if (members)
        qsort(members, count, sizeof *members, compare_members);
    return members;
}

/* Names a grouping's labels; those of sets become their numbers. `none` is the label of who is in
 * no group. */
static void fill_grouping(attribute *of, const intern *sets, const placed_member *members,
                          uint32_t count, uint32_t none)
{
    uint32_t next = 0;
    if (none)
        of->labels.names[0] = of->labels.danish[0] = "";
    for (uint32_t i = 0; i < count; i++) {
        const codebook_entry *e = members[i].entry;
        of->labels.names[none + i] = builder_member_name(e);
        of->labels.danish[none + i] = *e->labels[DANISH] ? e->labels[DANISH]
                                                         : builder_member_name(e);
    }
    for (uint32_t set = 0; set < sets->count; set++) {
        uint32_t first = of->set_start[set] = next;
        for (uint32_t i = 0; i < count; i++)
            if (sets->strings[set][members[i].byte])
                of->set_labels[next++] = none + i;
        if (next == first)
            of->set_labels[next++] = 0;
    }
    of->set_start[sets->count] = next;
    of->set_count = sets->count;
}

static relcoord_status finish_grouping(builder *b, size_t a, relcoord_error *err)
{
    attribute *of = &b->survey->attributes[a];
    const intern *sets = &b->sets[a];
    uint32_t count = b->grouped_from[a + 1] - b->grouped_from[a], none = 0;
    placed_member *members = place_members(b, a);
    for (uint32_t set = 0; set < sets->count; set++)
        none = none || !memchr(sets->strings[set], 1, count);
    of->labels.count = count + none;
    of->labels.names = memory_new(of->labels.count, sizeof *of->labels.names);
    of->labels.danish = memory_new(of->labels.count, sizeof *of->labels.danish);
    of->set_start = memory_new(sets->count + (size_t)1, sizeof *of->set_start);
    of->set_labels = memory_new(sets->count * ((size_t)count + 1), sizeof *of->set_labels);
    if (!members || !of->labels.names || !of->labels.danish || !of->set_start || !of->set_labels) {
        memory_free(members);
        return fail_memory(err);
    }
    fill_grouping(of, sets, members, count, none);
    memory_free(members);
    return RELCOORD_OK;
}

relcoord_status finish_attributes(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    relcoord_status status = RELCOORD_OK;
    if (s->attributes[COLUMN_WORKGROUP].present)
        status = order_workgroups(b, err);
    for (size_t a = 0; a < s->attribute_count && !status; a++) {
        label_codes codes = attribute_codes(b, a);
        uint32_t *rank = NULL;
        if (!s->attributes[a].present || a == COLUMN_WORKGROUP)
            continue;
        if (s->attributes[a].multiple) {
            status = finish_grouping(b, a, err);
            continue;
        }
        status = order_labels(b->labels[LABEL_ATTRIBUTE + a].strings, &codes,
                              &s->attributes[a].labels, &rank, err);
        if (!status)
            apply_rank(b->participation_labels[a], s->participation_count, rank);
        if (!status)
            status = name_in_danish(&s->attributes[a].labels, &codes, err);
        memory_free(rank);
    }
    return status;
}
