/* Building a survey, the end: labels are numbered in their order, never by first appearance. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/finish.h"

/* Lists an intern table in order; rank[id] becomes an id's place. */
relcoord_status finish_order_labels(const intern *strings, label_list *list, uint32_t **rank, relcoord_error *err)
{
    uint32_t *order = memory_new(strings->count, sizeof *order);
    *rank = memory_new(strings->count, sizeof **rank);
    list->names = memory_new(strings->count, sizeof *list->names);
    if (!order || !*rank || !list->names || intern_order(strings, order) != 0) {
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

static void apply_rank(uint32_t *values, size_t count, const uint32_t *rank)
{
    for (size_t i = 0; i < count; i++)
        values[i] = rank[values[i]];
}

/* Orders only the labels that stand in one column: place[label] becomes a label's place among them, NO_PLACE
 * for the others. Whether they sort as numbers is a question of that column alone. */
static relcoord_status place_used(const intern *strings, const uint32_t *values, size_t count, uint32_t *place,
                                  uint32_t *used_count, relcoord_error *err)
{
    intern used = {0};
    uint32_t *label = memory_new(strings->count, sizeof *label), *order = memory_new(strings->count, sizeof *order);
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
    done = done && intern_order(&used, order) == 0;
    for (uint32_t i = 0; i < used.count && done; i++)
        place[label[order[i]]] = i;
    *used_count = used.count;
    intern_free(&used);
    memory_free(label);
    memory_free(order);
    return done ? RELCOORD_OK : fail_memory(err);
}

/* Numbers the labels: workgroups that answer in their order, then those only rated in theirs; number[label]. */
static void number_labels(relcoord_survey *s, const uint32_t *among_workgroups, const uint32_t *among_targets,
                          const uint32_t *together, uint32_t answering, uint32_t *number)
{
    label_list *labels = &s->attributes[COLUMN_WORKGROUP].labels;
    uint32_t *only_rated = s->union_place; /* scratch, by place among targets, before it is filled */
    uint32_t next = answering;
    memset(only_rated, 0xFF, labels->count * sizeof *only_rated);
    for (uint32_t i = 0; i < labels->count; i++) {
        number[i] = among_workgroups[i];
        if (number[i] == NO_PLACE)
            only_rated[among_targets[i]] = i;
    }
    for (uint32_t i = 0; i < labels->count; i++)
        if (only_rated[i] != NO_PLACE)
            number[only_rated[i]] = next++;
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
    uint32_t *among_targets = memory_new(count, sizeof *among_targets), *number = memory_new(count, sizeof *number);
    relcoord_status status;
    s->target_place = memory_new(count, sizeof *s->target_place);
    s->union_place = memory_new(count, sizeof *s->union_place);
    status = among_workgroups && among_targets && number && s->target_place && s->union_place ? RELCOORD_OK : fail_memory(err);
    if (!status)
        status = finish_order_labels(&s->label_strings, &s->attributes[COLUMN_WORKGROUP].labels, &together, err);
    if (!status)
        status = place_used(&s->label_strings, b->participation_labels[COLUMN_WORKGROUP], s->participation_count,
                            among_workgroups, &answering, err);
    if (!status)
        status = place_used(&s->label_strings, s->target, s->tie_count_all, among_targets, &rated, err);
    if (!status) {
        number_labels(s, among_workgroups, among_targets, together, answering, number);
        apply_rank(b->participation_labels[COLUMN_WORKGROUP], s->participation_count, number);
        apply_rank(s->target, s->tie_count_all, number);
    }
    memory_free(together);
    memory_free(among_workgroups);
    memory_free(among_targets);
    memory_free(number);
    return status;
}

relcoord_status finish_attributes(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    relcoord_status status = order_workgroups(b, err);
    for (int a = 0; a < ATTRIBUTE_COUNT && !status; a++) {
        uint32_t *rank = NULL;
        if (!s->attributes[a].present || a == COLUMN_WORKGROUP)
            continue;
        status = finish_order_labels(b->labels[a].strings, &s->attributes[a].labels, &rank, err);
        if (!status)
            apply_rank(b->participation_labels[a], s->participation_count, rank);
        memory_free(rank);
    }
    return status;
}
