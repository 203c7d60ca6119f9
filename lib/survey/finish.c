/* Building a survey, the end: labels are numbered in their order, participations sorted, ties brought
 * together by participation, and duplicates refused. After this nothing shows how the rows stood. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/builder.h"

/* ---- Labels ---- */

/* Lists an intern table in order; rank[id] becomes an id's place. */
static relcoord_status order_labels(const intern *strings, label_list *list, uint32_t **rank, relcoord_error *err)
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
#define NO_PLACE UINT32_MAX
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
        status = order_labels(&s->label_strings, &s->attributes[COLUMN_WORKGROUP].labels, &together, err);
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

static relcoord_status order_attributes(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    relcoord_status status = order_workgroups(b, err);
    for (int a = 0; a < ATTRIBUTE_COUNT && !status; a++) {
        uint32_t *rank = NULL;
        if (!s->attributes[a].present || a == COLUMN_WORKGROUP)
            continue;
        status = order_labels(b->labels[a].strings, &s->attributes[a].labels, &rank, err);
        if (!status)
            apply_rank(b->participation_labels[a], s->participation_count, rank);
        memory_free(rank);
    }
    return status;
}

/* ---- Ties ---- */

/* Counts each participation's ties and says where its run begins. */
static relcoord_status place_ties(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t next = 0;
    s->tie_count = memory_zeroed(s->participation_count, sizeof *s->tie_count);
    s->first_tie = memory_new(s->participation_count, sizeof *s->first_tie);
    if (!s->tie_count || !s->first_tie)
        return fail_memory(err);
    for (size_t r = 0; r < b->run_count; r++) {
        uint32_t end = r + 1 < b->run_count ? b->runs[r + 1].first_tie : s->tie_count_all;
        s->tie_count[b->runs[r].participation] += end - b->runs[r].first_tie;
    }
    for (uint32_t p = 0; p < s->participation_count; p++) {
        s->first_tie[p] = next;
        next += s->tie_count[p];
        s->most_ties = s->tie_count[p] > s->most_ties ? s->tie_count[p] : s->most_ties;
    }
    return RELCOORD_OK;
}

/* Where a participation's rows stand apart in the file, brings its ties together. */
static relcoord_status gather_ties(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t *target, *next;
    int8_t *answers;
    if (b->run_count == s->participation_count)
        return RELCOORD_OK;
    target = memory_new(s->tie_count_all, sizeof *target);
    answers = memory_new(s->tie_count_all, ITEM_COUNT);
    next = memory_new(s->participation_count, sizeof *next);
    if (!target || !answers || !next) {
        memory_free(target);
        memory_free(answers);
        memory_free(next);
        return fail_memory(err);
    }
    memcpy(next, s->first_tie, s->participation_count * sizeof *next);
    for (size_t r = 0; r < b->run_count; r++) {
        uint32_t end = r + 1 < b->run_count ? b->runs[r + 1].first_tie : s->tie_count_all;
        for (uint32_t from = b->runs[r].first_tie; from < end; from++) {
            uint32_t to = next[b->runs[r].participation]++;
            target[to] = s->target[from];
            memcpy(answers + (size_t)to * ITEM_COUNT, s->answers + (size_t)from * ITEM_COUNT, ITEM_COUNT);
        }
    }
    memory_free(next);
    memory_free(s->target);
    memory_free(s->answers);
    s->target = target;
    s->answers = answers;
    return RELCOORD_OK;
}

/* Gives back what growing left over. Shrinking may fail; the larger block then stays. */
static void trim_ties(relcoord_survey *s)
{
    uint32_t *target = memory_resize(s->target, s->tie_count_all, sizeof *target);
    int8_t *answers = memory_resize(s->answers, s->tie_count_all, ITEM_COUNT);
    s->target = target ? target : s->target;
    s->answers = answers ? answers : s->answers;
}

/* ---- Duplicates ---- */

/* The place in the file of the given tie among those of a participation, counted from 0. */
static line_jump find_place(const builder *b, uint32_t participation, uint32_t ordinal)
{
    line_jump place = {0, 0, 0, 0};
    uint32_t tie = 0;
    for (size_t r = 0; r < b->run_count; r++) {
        uint32_t end = r + 1 < b->run_count ? b->runs[r + 1].first_tie : b->survey->tie_count_all;
        uint32_t wide = end - b->runs[r].first_tie;
        if (b->runs[r].participation != participation)
            continue;
        if (ordinal < wide) {
            tie = b->runs[r].first_tie + ordinal;
            break;
        }
        ordinal -= wide;
    }
    for (size_t j = 0; j < b->jump_count && b->jumps[j].tie <= tie; j++)
        place = b->jumps[j];
    place.line += tie - place.tie;
    place.row += tie - place.tie;
    return place;
}

static relcoord_status refuse_duplicate(const builder *b, uint32_t participation, uint32_t ordinal, uint32_t *file,
                                        relcoord_error *err)
{
    const relcoord_survey *s = b->survey;
    const char *target = s->attributes[COLUMN_WORKGROUP].labels.names[s->target[s->first_tie[participation] + ordinal]];
    const char *respondent = s->respondent_strings.strings[b->participation_respondent[participation]];
    char who[SHOWN_SIZE], whom[SHOWN_SIZE];
    line_jump place = find_place(b, participation, ordinal);
    const char *in_wave = s->attributes[COLUMN_WAVE].present ? " in this wave" : "";
    if (b->redact)
        fail(err, RELCOORD_EDATA, "the respondent has rated the same target before%s", in_wave);
    else
        fail(err, RELCOORD_EDATA, "respondent %s has rated %s before%s",
             builder_shown(b, respondent, strlen(respondent), who), builder_shown(b, target, strlen(target), whom), in_wave);
    if (err) {
        err->line = place.line;
        err->row = place.row;
        error_field(err->column, sizeof err->column, "target");
    }
    *file = place.file;
    return RELCOORD_EDATA;
}

/* ---- The order of a participation's ties ---- */

/* A tie to be sorted: its target, and its ordinal among the participation's ties in the file. */
static uint64_t packed(uint32_t target, uint32_t ordinal)
{
    return (uint64_t)target << 32 | ordinal;
}

static int compare_packed(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static void sort_packed(uint64_t *list, uint32_t count)
{
    enum { FEW = 32 };
    if (count > FEW) {
        qsort(list, count, sizeof *list, compare_packed);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        uint64_t moved = list[i];
        uint32_t at = i;
        for (; at > 0 && list[at - 1] > moved; at--)
            list[at] = list[at - 1];
        list[at] = moved;
    }
}

/* The first ordinal that repeats a target, or NO_PLACE. */
static uint32_t find_repeat(const uint64_t *sorted, uint32_t count)
{
    uint32_t repeat = NO_PLACE;
    for (uint32_t i = 1; i < count; i++)
        if (sorted[i - 1] >> 32 == sorted[i] >> 32 && (uint32_t)sorted[i] < repeat)
            repeat = (uint32_t)sorted[i];
    return repeat;
}

/* Brings each participation's ties into order of target, and refuses a target rated twice. */
static relcoord_status sort_ties(builder *b, uint32_t *file, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint64_t *list = memory_new(s->most_ties, sizeof *list);
    int8_t *copy = memory_new(s->most_ties, ITEM_COUNT);
    relcoord_status status = list && copy ? RELCOORD_OK : fail_memory(err);
    for (uint32_t p = 0; p < s->participation_count && !status; p++) {
        uint32_t count = s->tie_count[p], *target = s->target + s->first_tie[p], sorted = 1, repeat;
        int8_t *answers = s->answers + (size_t)s->first_tie[p] * ITEM_COUNT;
        while (sorted < count && target[sorted - 1] < target[sorted])
            sorted++;
        if (sorted >= count)
            continue;
        for (uint32_t i = 0; i < count; i++)
            list[i] = packed(target[i], i);
        sort_packed(list, count);
        repeat = find_repeat(list, count);
        if (repeat != NO_PLACE) {
            status = refuse_duplicate(b, p, repeat, file, err);
            break;
        }
        memcpy(copy, answers, (size_t)count * ITEM_COUNT);
        for (uint32_t i = 0; i < count; i++) {
            target[i] = (uint32_t)(list[i] >> 32);
            memcpy(answers + (size_t)i * ITEM_COUNT, copy + (size_t)(uint32_t)list[i] * ITEM_COUNT, ITEM_COUNT);
        }
    }
    memory_free(list);
    memory_free(copy);
    return status;
}

/* ---- Participations ---- */

/* order[place] = the participation that comes at that place: by respondent, then wave. */
static relcoord_status order_participations(const builder *b, const uint32_t *respondent_rank, uint32_t *order,
                                            relcoord_error *err)
{
    const relcoord_survey *s = b->survey;
    const uint32_t *wave = b->participation_labels[COLUMN_WAVE];
    uint32_t *start = memory_zeroed(s->respondents.count + (size_t)1, sizeof *start);
    if (!start)
        return fail_memory(err);
    for (uint32_t p = 0; p < s->participation_count; p++)
        start[respondent_rank[b->participation_respondent[p]] + 1]++;
    for (uint32_t r = 0; r < s->respondents.count; r++)
        start[r + 1] += start[r];
    for (uint32_t p = 0; p < s->participation_count; p++)
        order[start[respondent_rank[b->participation_respondent[p]]]++] = p;
    memory_free(start);
    for (uint32_t i = 1; i < s->participation_count && wave; i++) { /* the few waves of each respondent */
        uint32_t moved = order[i], at = i;
        while (at > 0 && b->participation_respondent[order[at - 1]] == b->participation_respondent[moved]
               && wave[order[at - 1]] > wave[moved]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = moved;
    }
    return RELCOORD_OK;
}

/* Replaces *values by the same in the new order. */
static bool reorder(uint32_t **values, const uint32_t *order, uint32_t count)
{
    uint32_t *sorted = memory_new(count, sizeof *sorted);
    if (!sorted)
        return false;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (*values)[order[i]];
    memory_free(*values);
    *values = sorted;
    return true;
}

static bool reorder_weights(builder *b, const uint32_t *order, uint32_t count)
{
    double *sorted;
    if (!b->participation_weights)
        return true;
    sorted = b->survey->weight = memory_new(count, sizeof *sorted);
    for (uint32_t i = 0; sorted && i < count; i++)
        sorted[i] = b->participation_weights[order[i]];
    return sorted != NULL;
}

static relcoord_status sort_participations(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t count = s->participation_count, *rank = NULL, *order = memory_new(count, sizeof *order);
    relcoord_status status = order ? order_labels(&s->respondent_strings, &s->respondents, &rank, err) : fail_memory(err);
    bool done = true;
    if (!status)
        status = order_participations(b, rank, order, err);
    if (!status) {
        s->respondent = memory_new(count, sizeof *s->respondent);
        for (uint32_t i = 0; s->respondent && i < count; i++)
            s->respondent[i] = rank[b->participation_respondent[order[i]]];
        done = s->respondent && reorder(&s->first_tie, order, count) && reorder(&s->tie_count, order, count)
            && reorder_weights(b, order, count);
        for (int a = 0; a < ATTRIBUTE_COUNT && done; a++) {
            if (!s->attributes[a].present)
                continue;
            s->attributes[a].values = b->participation_labels[a];
            b->participation_labels[a] = NULL;
            done = reorder(&s->attributes[a].values, order, count);
        }
    }
    memory_free(rank);
    memory_free(order);
    return status ? status : done ? RELCOORD_OK : fail_memory(err);
}

static relcoord_status check_weights(const relcoord_survey *s, relcoord_error *err)
{
    uint32_t p = 0;
    while (s->weight && p < s->participation_count && s->weight[p] == 0)
        p++;
    if (!s->weight || p < s->participation_count)
        return RELCOORD_OK;
    fail(err, RELCOORD_EDATA, "all weights are 0");
    if (err)
        error_field(err->column, sizeof err->column, "weight");
    return RELCOORD_EDATA;
}

relcoord_status builder_finish(builder *b, relcoord_survey **out, uint32_t *file, relcoord_error *err)
{
    relcoord_status status;
    *file = 0;
    status = order_attributes(b, err);
    if (!status)
        status = place_ties(b, err);
    if (!status)
        status = gather_ties(b, err);
    if (!status)
        status = sort_ties(b, file, err);
    if (!status)
        status = sort_participations(b, err);
    if (!status)
        status = check_weights(b->survey, err);
    if (status)
        return status;
    trim_ties(b->survey);
    *out = b->survey;
    b->survey = NULL;
    return RELCOORD_OK;
}
