/* Participations while rows come in: who a row belongs to, and that its attributes say what they said before. */
#include <string.h>

#include "base/memory.h"
#include "survey/builder.h"

bool builder_grow(uint32_t **array, size_t capacity)
{
    uint32_t *grown = memory_resize(*array, capacity, sizeof *grown);
    *array = grown ? grown : *array;
    return grown != NULL;
}

static bool grow_participations(builder *b)
{
    size_t capacity = b->participation_capacity ? 2 * b->participation_capacity : 256;
    bool done = builder_grow(&b->next_participation, capacity) && builder_grow(&b->participation_respondent, capacity);
    for (int a = 0; a < ATTRIBUTE_COUNT && done; a++)
        done = !b->survey->attributes[a].present || builder_grow(&b->participation_labels[a], capacity);
    if (done && b->column_of[COLUMN_WEIGHT] >= 0) {
        double *weights = memory_resize(b->participation_weights, capacity, sizeof *weights);
        b->participation_weights = weights ? weights : b->participation_weights;
        done = weights != NULL;
    }
    b->participation_capacity = done ? capacity : b->participation_capacity;
    return done;
}

static bool grow_respondents(builder *b)
{
    size_t old = b->respondent_capacity;
    void *first = b->first_participation;
    if (!memory_reserve(&first, &b->respondent_capacity, b->survey->respondent_strings.count, sizeof(uint32_t)))
        return false;
    b->first_participation = first;
    memset(b->first_participation + old, 0xFF, (b->respondent_capacity - old) * sizeof(uint32_t));
    return true;
}

/* A participation seen before must say the same again. */
static void check_participation(builder *b, uint32_t participation)
{
    char first[SHOWN_SIZE], now[SHOWN_SIZE], who[SHOWN_SIZE];
    const char *respondent = b->survey->respondent_strings.strings[b->row_labels[COLUMN_RESPONDENT]];
    for (int a = 0; a < ATTRIBUTE_COUNT; a++) {
        if (b->survey->attributes[a].present && b->participation_labels[a][participation] != b->row_labels[a]) {
            const char *const *strings = b->labels[a].strings->strings;
            const char *before = strings[b->participation_labels[a][participation]], *after = strings[b->row_labels[a]];
            reader_fail(&b->at, RELCOORD_EDATA, (size_t)b->column_of[a], "respondent %s has two %ss in one wave: %s and %s",
                         reader_shown(&b->at, respondent, strlen(respondent), who), column_names[a][0],
                         reader_shown(&b->at, before, strlen(before), first), reader_shown(&b->at, after, strlen(after), now));
        }
    }
    if (b->participation_weights && b->participation_weights[participation] != b->row_weight)
        reader_fail(&b->at, RELCOORD_EDATA, (size_t)b->column_of[COLUMN_WEIGHT], "respondent %s has two weights in one wave",
                     reader_shown(&b->at, respondent, strlen(respondent), who));
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
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        if (b->survey->attributes[a].present)
            b->participation_labels[a][count] = b->row_labels[a];
    if (b->participation_weights)
        b->participation_weights[count] = b->row_weight;
    b->current = count;
    b->survey->participation_count++;
}

void builder_find_participation(builder *b)
{
    uint32_t respondent = b->row_labels[COLUMN_RESPONDENT], found;
    const uint32_t *waves = b->participation_labels[COLUMN_WAVE];
    if (b->current != NO_PARTICIPATION && memcmp(b->row_labels, b->last_labels, sizeof b->last_labels) == 0
        && b->row_weight == b->last_weight)
        return;
    memcpy(b->last_labels, b->row_labels, sizeof b->last_labels);
    b->last_weight = b->row_weight;
    if (respondent >= b->respondent_capacity && !grow_respondents(b)) {
        reader_fail_memory(&b->at);
        return;
    }
    found = b->first_participation[respondent];
    while (found != NO_PARTICIPATION && waves && waves[found] != b->row_labels[COLUMN_WAVE])
        found = b->next_participation[found];
    if (found == NO_PARTICIPATION) {
        add_participation(b, respondent);
    } else {
        b->current = found;
        check_participation(b, found);
    }
}
