#include "survey/building/participations.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "survey/building/invited.h"

static bool grow_participations(builder *b)
{
    size_t capacity = b->participation_capacity ? 2 * b->participation_capacity : 256;
    bool done = builder_grow(&b->next_participation, sizeof *b->next_participation, capacity)
                && builder_grow(&b->participation_respondent, sizeof *b->participation_respondent,
                                capacity);
    for (size_t a = 0; a < b->survey->attribute_count && done; a++)
        done = !b->survey->attributes[a].present
               || builder_grow(&b->participation_labels[a], sizeof **b->participation_labels,
                               capacity);
    for (size_t i = 0; i < b->survey->item_count && done; i++) {
        survey_item *item = &b->survey->items[i];
        done = item->codes ? builder_grow(&item->places, sizeof *item->places, capacity)
                           : builder_grow(&item->numbers, sizeof *item->numbers, capacity);
    }
    done = done
           && (!b->has_weight
               || builder_grow(&b->participation_weights, sizeof *b->participation_weights,
                               capacity))
           && (!b->invited
               || builder_grow(&b->participation_place, sizeof *b->participation_place, capacity));
    b->participation_capacity = done ? capacity : b->participation_capacity;
    return done;
}

static bool grow_respondents(builder *b)
{
    size_t old = b->respondent_capacity;
    void *first = b->first_participation;
    if (!memory_reserve(&first, &b->respondent_capacity, b->survey->respondent_strings.count,
                        sizeof(uint32_t)))
        return false;
    b->first_participation = first;
    memset(b->first_participation + old, 0xFF, (b->respondent_capacity - old) * sizeof(uint32_t));
    return true;
}

void builder_store_items(builder *b, uint32_t participation)
{
    for (size_t i = 0; i < b->survey->item_count; i++) {
        survey_item *item = &b->survey->items[i];
        if (item->codes)
            item->places[participation] = b->row_places[i];
        else
            item->numbers[participation] = b->row_numbers[i];
    }
}

static const char *shown_respondent(const builder *b, char buffer[SHOWN_SIZE])
{
    const char *respondent = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]];
    return reader_shown(&b->at, respondent, strlen(respondent), buffer);
}

static void refuse_attribute(builder *b, size_t a, uint32_t participation)
{
    const attribute *of = &b->survey->attributes[a];
    uint32_t slot = LABEL_ATTRIBUTE + (uint32_t)a;
    char first[SHOWN_SIZE], now[SHOWN_SIZE], who[SHOWN_SIZE];
    if (of->multiple) {
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                    "respondent %s is in other groups of '%s' in an earlier row",
                    shown_respondent(b, who), of->name);
    } else {
        const char *const *strings = b->labels[slot].strings->strings;
        const char *before = strings[b->participation_labels[a][participation]],
                   *after = strings[b->row_labels[slot]];
        reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_LABEL, slot),
                    "respondent %s has two %ss in one wave: %s and %s", shown_respondent(b, who),
                    of->name, reader_shown(&b->at, before, strlen(before), first),
                    reader_shown(&b->at, after, strlen(after), now));
    }
}

/* An item is answered once in a participation, however many rows repeat it. */
static void check_items(builder *b, uint32_t participation)
{
    char who[SHOWN_SIZE];
    for (size_t i = 0; i < b->survey->item_count && !b->survey->wide; i++) {
        const survey_item *item = &b->survey->items[i];
        double before = item->codes ? 0 : item->numbers[participation], now = b->row_numbers[i];
        if (item->codes ? item->places[participation] != b->row_places[i]
                        : !(before == now || (isnan(before) && isnan(now))))
            reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_ITEM, (uint32_t)i),
                        "respondent %s has given another answer to it in an earlier row",
                        shown_respondent(b, who));
    }
}

/* A participation seen before must say the same again. */
static void check_participation(builder *b, uint32_t participation)
{
    char who[SHOWN_SIZE];
    for (size_t a = 0; a < b->survey->attribute_count; a++)
        if (b->survey->attributes[a].present
            && b->participation_labels[a][participation] != b->row_labels[LABEL_ATTRIBUTE + a])
            refuse_attribute(b, a, participation);
    if (b->participation_weights && b->participation_weights[participation] != b->row_weight)
        reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_WEIGHT, 0),
                    "respondent %s has two weights in one wave", shown_respondent(b, who));
    check_items(b, participation);
}

static void add_participation(builder *b, uint32_t respondent)
{
    uint32_t count = b->survey->participation_count;
    if (count == MOST_ROWS || (count == b->participation_capacity && !grow_participations(b))) {
        reader_fail_memory(&b->at);
        return;
    }
    b->next_participation[count] = b->first_participation[respondent];
    b->first_participation[respondent] = count;
    b->participation_respondent[count] = respondent;
    for (size_t a = 0; a < b->survey->attribute_count; a++)
        if (b->survey->attributes[a].present)
            b->participation_labels[a][count] = b->row_labels[LABEL_ATTRIBUTE + a];
    builder_store_items(b, count);
    if (b->participation_weights)
        b->participation_weights[count] = b->row_weight;
    if (b->invited)
        b->participation_place[count] = builder_find_invited(b);
    b->current = count;
    b->current_is_new = true;
    b->survey->participation_count++;
}

void builder_find_participation(builder *b)
{
    uint32_t respondent = b->row_labels[LABEL_RESPONDENT], found;
    const uint32_t *waves = b->participation_labels[COLUMN_WAVE];
    const size_t who = (b->label_count - LABEL_RESPONDENT)
                       * sizeof *b->row_labels; /* all but the target */
    b->current_is_new = false;
    if (b->current != NO_PARTICIPATION
        && memcmp(b->row_labels + LABEL_RESPONDENT, b->last_labels + LABEL_RESPONDENT, who) == 0
        && b->row_weight == b->last_weight) {
        check_items(b, b->current);
        return;
    }
    memcpy(b->last_labels, b->row_labels, b->label_count * sizeof *b->row_labels);
    b->last_weight = b->row_weight;
    if (respondent >= b->respondent_capacity && !grow_respondents(b)) {
        reader_fail_memory(&b->at);
        return;
    }
    found = b->first_participation[respondent];
    while (found != NO_PARTICIPATION && waves
           && waves[found] != b->row_labels[LABEL_ATTRIBUTE + COLUMN_WAVE])
        found = b->next_participation[found];
    if (found == NO_PARTICIPATION) {
        add_participation(b, respondent);
    } else {
        b->current = found;
        if (!b->people_only) /* the row's end refuses it */
            check_participation(b, found);
    }
}
