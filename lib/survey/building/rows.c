#include "survey/building/rows.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "survey/building/fields.h"
#include "survey/building/participations.h"

enum { MOST_UNSCORED = 100, DEFAULT_TOP = 5 };
#define NO_MEMBER UINT32_MAX

/* ---- Making ready ---- */

static void ready_labels(builder *b)
{
    for (size_t slot = 0; slot < b->label_count; slot++) {
        b->labels[slot].guess = b->labels[slot].guesses;
        b->labels[slot].strings = builder_strings(b, slot);
    }
}

/* The dimensions asked about, and the top of their scale. */
static void settle_scale(builder *b)
{
    relcoord_survey *s = b->survey;
    for (uint32_t i = 0; i < b->first_use[b->column_count]; i++) {
        const column_use *use = &b->uses[i];
        int unscored = 0, top = DEFAULT_TOP;
        if (use->kind != USE_ANSWER)
            continue;
        s->asked_count += !s->asked[use->slot % ITEM_COUNT];
        s->asked[use->slot % ITEM_COUNT] = true;
        for (size_t c = 0; use->codes && c < use->codes->count; c++) {
            const code *value = &use->codes->codes[c];
            top = c == 0 ? 0 : top;
            top = value->kind == CODE_SCORE && (int)value->score > top ? (int)value->score : top;
            unscored += value->kind == CODE_UNSCORED;
        }
        s->scale_top = top > s->scale_top ? top : s->scale_top;
        if (unscored > MOST_UNSCORED)
            reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                        "'%s' has more than %d categories without a score",
                        s->variables[use->variable].name, MOST_UNSCORED);
    }
    s->scale_top = s->scale_top ? s->scale_top : DEFAULT_TOP;
}

static void ready_first_file(builder *b)
{
    relcoord_survey *s = b->survey;
    size_t attributes = s->attribute_count, targets = b->target_count ? b->target_count : 1;
    b->label_count = LABEL_ATTRIBUTE + attributes;
    b->row_labels = memory_zeroed(b->label_count, sizeof *b->row_labels);
    b->last_labels = memory_zeroed(b->label_count, sizeof *b->last_labels);
    b->labels = memory_zeroed(b->label_count, sizeof *b->labels);
    b->sets = memory_zeroed(attributes, sizeof *b->sets);
    b->participation_labels = memory_zeroed(attributes, sizeof *b->participation_labels);
    b->row_answers = memory_zeroed(targets, ITEM_COUNT);
    b->row_places = memory_zeroed(s->item_count + 1, 1);
    b->row_numbers = memory_zeroed(s->item_count + 1, sizeof *b->row_numbers);
    b->row_members = memory_zeroed(b->member_count + 1,
                                   2); /* and room for the set of one grouping */
    s->attribute_strings = memory_zeroed(attributes, sizeof *s->attribute_strings);
    if (!b->row_labels || !b->last_labels || !b->labels || !b->sets || !b->participation_labels
        || !b->row_answers || !b->row_places || !b->row_numbers || !b->row_members
        || !s->attribute_strings) {
        reader_fail_memory(&b->at);
        return;
    }
    ready_labels(b);
    settle_scale(b);
}

void builder_ready_rows(builder *b)
{
    if (b->at.file == 0)
        ready_first_file(b);
    if (!b->at.status)
        builder_ready_columns(b);
}

/* ---- The end of a row ---- */

/* Makes room for more ties. */
static bool grow_ties(builder *b)
{
    relcoord_survey *s = b->survey;
    size_t capacity = b->tie_capacity ? 2 * b->tie_capacity : 1024;
    if (!builder_grow(&s->answers, ITEM_COUNT, capacity)
        || !builder_grow(&s->target, sizeof *s->target, capacity))
        return false;
    b->tie_capacity = capacity;
    return true;
}

/* Notes that from this tie on rows belong to the current participation. */
static bool begin_run(builder *b, uint32_t tie)
{
    void *runs = b->runs;
    if (!memory_reserve(&runs, &b->run_capacity, b->run_count + 1, sizeof *b->runs))
        return false;
    b->runs = runs;
    b->runs[b->run_count++] = (row_run){b->current, tie};
    return true;
}

static bool note_jump(builder *b, uint32_t tie)
{
    void *jumps = b->jumps;
    if (!memory_reserve(&jumps, &b->jump_capacity, b->jump_count + 1, sizeof *b->jumps))
        return false;
    b->jumps = jumps;
    b->jumps[b->jump_count++] = (line_jump){tie, b->at.file, b->at.row_line, b->at.row};
    return true;
}

static inline bool store_tie(builder *b, uint32_t target, const int8_t answers[ITEM_COUNT])
{
    relcoord_survey *s = b->survey;
    uint32_t tie = s->tie_count_all;
    if (tie == MOST_ROWS || (tie == b->tie_capacity && !grow_ties(b)))
        return false;
    s->target[tie] = target;
    memcpy(s->answers + (size_t)tie * ITEM_COUNT, answers, ITEM_COUNT);
    s->tie_count_all++;
    return true;
}

/* The tie of a row of long data. */
static void add_tie(builder *b)
{
    uint32_t tie = b->survey->tie_count_all;
    if (((b->run_count == 0 || b->runs[b->run_count - 1].participation != b->current)
         && !begin_run(b, tie))
        || (b->at.row_line != b->next_line && !note_jump(b, tie))
        || !store_tie(b, b->row_labels[LABEL_TARGET], b->row_answers)) {
        reader_fail_memory(&b->at);
        return;
    }
    b->next_line = b->at.row_line + 1;
}

/* A second row of somebody in wide data: whether it is to be read. */
static bool take_second_row(builder *b)
{
    const char *who = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]];
    line_jump here = builder_here(b);
    char buffer[SHOWN_SIZE];
    if (b->duplicates == DUPLICATES_STOP) {
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "respondent %s already has a row%s",
                    reader_shown(&b->at, who, strlen(who), buffer),
                    b->survey->attributes[COLUMN_WAVE].present ? " in this wave" : "");
        return false;
    }
    b->dropped++;
    builder_add_problem(b, PROBLEM_DUPLICATE, NO_VARIABLE, who, strlen(who), &here);
    return b->duplicates == DUPLICATES_LAST && !b->at.status;
}

/* The ties of a row of wide data: about each target that it says something of. */
static void add_ties(builder *b)
{
    if (!b->current_is_new && !take_second_row(b))
        return;
    if (!b->current_is_new)
        builder_store_items(b, b->current);
    if (!begin_run(b, b->survey->tie_count_all))
        reader_fail_memory(&b->at);
    for (size_t i = 0; i < b->target_count && !b->at.status; i++) {
        static const int8_t nothing[ITEM_COUNT];
        const int8_t *answers = b->row_answers + i * ITEM_COUNT;
        if (memcmp(answers, nothing, ITEM_COUNT) == 0)
            b->not_asked++;
        else if (!store_tie(b, b->targets[i], answers))
            reader_fail_memory(&b->at);
    }
}

/* A row of a register. */
static void add_person(builder *b)
{
    const char *who = b->survey->respondent_strings.strings[b->row_labels[LABEL_RESPONDENT]];
    char buffer[SHOWN_SIZE];
    if (!b->current_is_new)
        reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_LABEL, LABEL_RESPONDENT),
                    "respondent %s is already in the register%s",
                    reader_shown(&b->at, who, strlen(who), buffer),
                    b->survey->attributes[COLUMN_WAVE].present ? " in this wave" : "");
}

/* Which of the groups of each grouping the row's respondent is in, as labels of sets. */
static void find_sets(builder *b)
{
    uint8_t *set = b->row_members + b->member_count;
    for (size_t a = 0; a < b->survey->attribute_count; a++) {
        size_t count = 0;
        if (!b->survey->attributes[a].multiple)
            continue;
        for (uint32_t i = b->grouped_from[a]; i < b->grouped_from[a + 1]; i++)
            set[count++] = b->row_members[b->grouped[i]];
        b->row_labels[LABEL_ATTRIBUTE + a] = intern_add(&b->sets[a], (const char *)set, count);
        if (b->row_labels[LABEL_ATTRIBUTE + a] == INTERN_FULL)
            reader_fail_memory(&b->at);
    }
}

/* Statuses in columns of their own exclude each other, and leave nobody out of whom they say
 * anything. */
static void check_statuses(builder *b)
{
    uint32_t first = NO_MEMBER, taken = NO_MEMBER;
    for (uint32_t i = 0; i < b->member_count && !b->at.status; i++) {
        if (b->members[i].attribute != COLUMN_STATUS)
            continue;
        first = first == NO_MEMBER ? i : first;
        if (b->row_members[i] && taken != NO_MEMBER)
            reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_MEMBER, i),
                        "a respondent has one status: this one, or that of column '%s'?",
                        b->members[taken].entry->variable);
        taken = b->row_members[i] ? i : taken;
    }
    if (taken == NO_MEMBER && b->row_has_status)
        reader_fail(&b->at, RELCOORD_EDATA, builder_column_of(b, USE_MEMBER, first),
                    "no column of dimension '%s' gives the respondent a status",
                    b->members[first].entry->dimension);
    b->row_has_status = false;
}

/* Where nobody is named, the row's number is the respondent's. */
static void name_respondent(builder *b)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%lld", (long long)b->survey->row_count + 1);
    b->row_labels[LABEL_RESPONDENT] = intern_add(&b->survey->respondent_strings, number,
                                                 (size_t)length);
    if (b->row_labels[LABEL_RESPONDENT] == INTERN_FULL)
        reader_fail_memory(&b->at);
}

void builder_row(int terminator, void *user)
{
    builder *b = user;
    size_t fields = b->at.field;
    (void)terminator;
    b->at.field = 0;
    if (b->at.status)
        return;
    if (fields > b->column_count)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX,
                    "the row has %zu fields, the header %zu; a field that holds the separator must "
                    "be quoted",
                    fields, b->column_count);
    else if (fields < b->column_count)
        reader_fail_width(&b->at, fields, b->column_count);
    if (!b->has_respondent && !b->at.status)
        name_respondent(b);
    if (b->member_count > 0 && b->survey->attributes[COLUMN_STATUS].multiple && !b->at.status)
        check_statuses(b);
    if (b->member_count > 0 && !b->at.status)
        find_sets(b);
    if (!b->at.status)
        builder_find_participation(b);
    if (!b->at.status && b->people_only)
        add_person(b);
    else if (!b->at.status && b->survey->wide)
        add_ties(b);
    else if (!b->at.status)
        add_tie(b);
    b->at.row++;
    b->survey->row_count++;
}
