#include "survey/building/ties.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"

enum { PROGRESS_STEPS = 1 << 18 }; /* between two calls of the progress callback */

#define NO_PLACE UINT32_MAX

/* Of wide data's rows of one respondent, keeps the last: the runs of the others belong to
 * nobody. */
static relcoord_status drop_first_rows(builder *b, relcoord_error *err)
{
    uint32_t *last;
    if (!b->survey->wide || b->run_count == b->survey->participation_count)
        return RELCOORD_OK;
    last = memory_new(b->survey->participation_count, sizeof *last);
    if (!last)
        return fail_memory(err);
    for (size_t r = 0; r < b->run_count; r++)
        last[b->runs[r].participation] = (uint32_t)r;
    for (size_t r = 0; r < b->run_count; r++)
        if (last[b->runs[r].participation] != r)
            b->runs[r].participation = NO_PARTICIPATION;
    memory_free(last);
    return RELCOORD_OK;
}

static uint32_t run_end(const builder *b, size_t run)
{
    return run + 1 < b->run_count ? b->runs[run + 1].first_tie : b->survey->tie_count_all;
}

/* Counts each participation's ties and says where its run begins. */
static relcoord_status place_ties(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t next = 0;
    s->tie_count = memory_zeroed(s->participation_count, sizeof *s->tie_count);
    s->first_tie = memory_new(s->participation_count, sizeof *s->first_tie);
    if (!s->tie_count || !s->first_tie)
        return fail_memory(err);
    for (size_t r = 0; r < b->run_count; r++)
        if (b->runs[r].participation != NO_PARTICIPATION)
            s->tie_count[b->runs[r].participation] += run_end(b, r) - b->runs[r].first_tie;
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
    uint32_t *target, *next, count = 0;
    int8_t *answers;
    relcoord_status status = RELCOORD_OK;
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
    for (size_t r = 0; r < b->run_count && !status; r++) {
        status = r % PROGRESS_STEPS == 0 ? options_progress(b->options, b->at.share, err)
                                         : RELCOORD_OK;
        for (uint32_t from = b->runs[r].first_tie;
             from < run_end(b, r) && b->runs[r].participation != NO_PARTICIPATION; from++) {
            uint32_t to = next[b->runs[r].participation]++;
            target[to] = s->target[from];
            memcpy(answers + (size_t)to * ITEM_COUNT, s->answers + (size_t)from * ITEM_COUNT,
                   ITEM_COUNT);
            count++;
        }
    }
    memory_free(next);
    memory_free(s->target);
    memory_free(s->answers);
    s->target = target;
    s->answers = answers;
    s->tie_count_all = count;
    return status;
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

/* By each tie where it is kept, the number that it was read with. Made once when a tie is at fault:
 * to search the runs for each would take the square of them. */
static relcoord_status list_ties_read(const builder *b, uint32_t **out, relcoord_error *err)
{
    const relcoord_survey *s = b->survey;
    uint32_t *next = memory_new(s->participation_count, sizeof *next),
             *read = memory_new(s->tie_count_all, sizeof *read);
    if (!next || !read) {
        memory_free(next);
        memory_free(read);
        return fail_memory(err);
    }
    memcpy(next, s->first_tie, s->participation_count * sizeof *next);
    for (size_t r = 0; r < b->run_count; r++)
        for (uint32_t tie = b->runs[r].first_tie;
             tie < run_end(b, r) && b->runs[r].participation != NO_PARTICIPATION; tie++)
            read[next[b->runs[r].participation]++] = tie;
    memory_free(next);
    *out = read;
    return RELCOORD_OK;
}

/* The place in the file of a tie by the number that it was read with. */
static line_jump find_place(const builder *b, uint32_t tie)
{
    line_jump place = {0, 0, 0, 0};
    size_t low = 0, high = b->jump_count; /* jumps before `low` are not behind the tie */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->jumps[middle].tie <= tie)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0)
        place = b->jumps[low - 1];
    place.line += tie - place.tie;
    place.row += tie - place.tie;
    return place;
}

static relcoord_status refuse_duplicate(const builder *b, uint32_t participation, uint32_t tie,
                                        const line_jump *place, uint32_t *file, relcoord_error *err)
{
    const relcoord_survey *s = b->survey;
    const char *target = s->attributes[COLUMN_WORKGROUP].labels.names[s->target[tie]];
    const char *respondent =
        s->respondent_strings.strings[b->participation_respondent[participation]];
    char who[SHOWN_SIZE], whom[SHOWN_SIZE];
    const char *in_wave = s->attributes[COLUMN_WAVE].present ? " in this wave" : "";
    if (b->at.redact)
        fail(err, RELCOORD_EDATA, "the respondent has already rated the same target%s", in_wave);
    else
        fail(err, RELCOORD_EDATA, "respondent %s has rated %s before%s",
             reader_shown(&b->at, respondent, strlen(respondent), who),
             reader_shown(&b->at, target, strlen(target), whom), in_wave);
    if (err) {
        err->line = place->line;
        err->row = place->row;
        error_field(err->column, sizeof err->column, survey_column_of(s, ROLE_TARGET));
    }
    *file = place->file;
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

/* Keeps one of each run of equal targets, the first or the last in the file; returns how many are
 * kept. `read` as list_ties_read has it, from the participation's first tie on. */
static uint32_t drop_repeats(builder *b, const uint32_t *read, uint64_t *sorted, uint32_t count)
{
    const relcoord_survey *s = b->survey;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *target = s->attributes[COLUMN_WORKGROUP].labels.names[sorted[i] >> 32];
        if (kept == 0 || sorted[kept - 1] >> 32 != sorted[i] >> 32) {
            sorted[kept++] = sorted[i];
            continue;
        }
        if (s->problem_count < MOST_PROBLEMS) {
            bool earlier = b->duplicates == DUPLICATES_LAST;
            uint32_t lost = (uint32_t)(earlier ? sorted[kept - 1] : sorted[i]);
            line_jump place = find_place(b, read[lost]);
            builder_add_problem(b, PROBLEM_DUPLICATE, NO_VARIABLE, target, strlen(target), &place);
        }
        if (b->duplicates == DUPLICATES_LAST)
            sorted[kept - 1] = sorted[i];
    }
    return kept;
}

/* Brings each participation's ties into order of target, and deals with a target rated twice. */
static relcoord_status sort_ties(builder *b, uint32_t *file, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint64_t *list = memory_new(s->most_ties, sizeof *list);
    int8_t *copy = memory_new(s->most_ties, ITEM_COUNT);
    uint32_t *read = NULL; /* once a target is rated twice */
    relcoord_status status = list && copy ? RELCOORD_OK : fail_memory(err);
    for (uint32_t p = 0; p < s->participation_count && !status; p++) {
        uint32_t count = s->tie_count[p], *target, sorted = 1, repeat;
        int8_t *answers;
        if (p % PROGRESS_STEPS == 0 && options_progress(b->options, b->at.share, err)) {
            status = RELCOORD_ECANCELLED;
            break;
        }
        if (count < 2) /* without any ties there are no arrays either */
            continue;
        target = s->target + s->first_tie[p];
        answers = s->answers + (size_t)s->first_tie[p] * ITEM_COUNT;
        while (sorted < count && target[sorted - 1] < target[sorted])
            sorted++;
        if (sorted >= count)
            continue;
        for (uint32_t i = 0; i < count; i++)
            list[i] = packed(target[i], i);
        sort_packed(list, count);
        repeat = find_repeat(list, count);
        if (repeat != NO_PLACE && !read)
            status = list_ties_read(b, &read, err);
        if (status)
            break;
        if (repeat != NO_PLACE && b->duplicates == DUPLICATES_STOP) {
            uint32_t tie = s->first_tie[p] + repeat;
            line_jump place = find_place(b, read[tie]);
            status = refuse_duplicate(b, p, tie, &place, file, err);
            break;
        }
        memcpy(copy, answers, (size_t)count * ITEM_COUNT);
        if (repeat != NO_PLACE)
            count = drop_repeats(b, read + s->first_tie[p], list, count);
        if (b->at.status)
            status = fail_memory(err);
        b->dropped += s->tie_count[p] - count;
        s->tie_count[p] = count;
        for (uint32_t i = 0; i < count; i++) {
            target[i] = (uint32_t)(list[i] >> 32);
            memcpy(answers + (size_t)i * ITEM_COUNT, copy + (size_t)(uint32_t)list[i] * ITEM_COUNT,
                   ITEM_COUNT);
        }
    }
    memory_free(list);
    memory_free(copy);
    memory_free(read);
    return status;
}

relcoord_status finish_ties(builder *b, uint32_t *file, relcoord_error *err)
{
    relcoord_status status = drop_first_rows(b, err);
    if (!status)
        status = place_ties(b, err);
    if (!status)
        status = gather_ties(b, err);
    if (!status)
        status = sort_ties(b, file, err);
    if (!status)
        trim_ties(b->survey);
    return status;
}
