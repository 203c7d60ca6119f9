#include "survey/building/finish.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"
#include "survey/building/labels.h"
#include "survey/building/similar.h"
#include "survey/building/ties.h"

/* ---- Participations ---- */

/* order[place] = the participation that comes at that place: by respondent, then wave. */
static relcoord_status order_participations(const builder *b, const uint32_t *respondent_rank,
                                            uint32_t *order, relcoord_error *err)
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
    for (uint32_t i = 1; i < s->participation_count && wave;
         i++) { /* the few waves of each respondent */
        uint32_t moved = order[i], at = i;
        while (at > 0
               && b->participation_respondent[order[at - 1]] == b->participation_respondent[moved]
               && wave[order[at - 1]] > wave[moved]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = moved;
    }
    return RELCOORD_OK;
}

/* Replaces the values, `size` bytes each, that the pointer at `values` points to by the same in the
 * new order. */
static inline bool reorder(void *values, size_t size, const uint32_t *order, uint32_t count)
{
    char *old, *sorted = memory_new(count, size);
    if (!sorted)
        return false;
    memcpy(&old, values, sizeof old);
    for (uint32_t i = 0; i < count; i++)
        memcpy(sorted + i * size, old + order[i] * size, size);
    memory_free(old);
    memcpy(values, &sorted, sizeof sorted);
    return true;
}

static bool reorder_weights(builder *b, const uint32_t *order, uint32_t count)
{
    if (!b->participation_weights)
        return true;
    if (!reorder(&b->participation_weights, sizeof *b->participation_weights, order, count))
        return false;
    b->survey->weight = b->participation_weights;
    b->participation_weights = NULL;
    return true;
}

static relcoord_status sort_participations(builder *b, relcoord_error *err)
{
    relcoord_survey *s = b->survey;
    uint32_t count = s->participation_count, *rank = NULL,
             *order = memory_new(count, sizeof *order);
    relcoord_status status = order ? finish_order_labels(&s->respondent_strings, &s->respondents,
                                                         &rank, err)
                                   : fail_memory(err);
    bool done = true;
    if (!status)
        status = options_progress(b->options, b->at.share, err);
    if (!status)
        status = order_participations(b, rank, order, err);
    if (!status) {
        s->respondent = memory_new(count, sizeof *s->respondent);
        for (uint32_t i = 0; s->respondent && i < count; i++)
            s->respondent[i] = rank[b->participation_respondent[order[i]]];
        done = s->respondent && reorder(&s->first_tie, sizeof *s->first_tie, order, count)
               && reorder(&s->tie_count, sizeof *s->tie_count, order, count)
               && reorder_weights(b, order, count);
        if (done && b->invited) {
            s->place_invited = b->participation_place;
            b->participation_place = NULL;
            done = reorder(&s->place_invited, sizeof *s->place_invited, order, count);
        }
        for (size_t i = 0; i < s->item_count && done; i++)
            done = s->items[i].codes
                       ? reorder(&s->items[i].places, sizeof *s->items[i].places, order, count)
                       : reorder(&s->items[i].numbers, sizeof *s->items[i].numbers, order, count);
        for (size_t a = 0; a < s->attribute_count && done; a++) {
            if (!s->attributes[a].present)
                continue;
            s->attributes[a].values = b->participation_labels[a];
            b->participation_labels[a] = NULL;
            done = reorder(&s->attributes[a].values, sizeof *s->attributes[a].values, order, count);
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
        error_field(err->column, sizeof err->column, survey_column_of(s, ROLE_WEIGHT));
    return RELCOORD_EDATA;
}

/* ---- Notes ---- */

/* A known dimension by its own name, whatever language the heading is in. */
static const char *variable_name(const survey_variable *v)
{
    return v->of_ties && v->target == NO_TARGET ? dimension_names[v->slot] : v->name;
}

/* What was put right in reading, and is no secret. */
static relcoord_status note_repairs(builder *b, relcoord_error *err)
{
    text invalid = {0}, dropped = {0}, not_asked = {0};
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; i < b->survey->variable_count; i++)
        if (b->survey->variables[i].invalid) {
            text_add(&invalid, invalid.length ? ", " : "answers off the scale, set to missing: ");
            text_add_integer(&invalid, b->survey->variables[i].invalid);
            text_add_format(&invalid, " in %s", variable_name(&b->survey->variables[i]));
        }
    if (b->dropped) {
        text_add(&dropped,
                 b->survey->wide
                     ? "rows left out because the respondent has another: "
                     : "rows left out because the respondent rates the target in another: ");
        text_add_integer(&dropped, b->dropped);
        text_add_format(&dropped, ", the %s is kept",
                        b->duplicates == DUPLICATES_FIRST ? "first" : "last");
    }
    if (b->not_asked) {
        text_add(&not_asked,
                 "treated as not asked, because nothing was answered about the target: ");
        text_add_integer(&not_asked, b->not_asked);
    }
    if ((invalid.length && builder_add_note(b, &invalid))
        || (dropped.length && builder_add_note(b, &dropped))
        || (not_asked.length && builder_add_note(b, &not_asked)) || invalid.failed || dropped.failed
        || not_asked.failed)
        status = fail_memory(err);
    text_free(&invalid);
    text_free(&dropped);
    text_free(&not_asked);
    return status;
}

/* What was noted in reading the register. */
static relcoord_status note_register(builder *b, relcoord_error *err)
{
    const relcoord_survey *people = b->invited ? b->invited->people : NULL;
    relcoord_status status = RELCOORD_OK;
    for (size_t i = 0; people && i < people->note_count && !status; i++) {
        text note = {0};
        text_add(&note, "register: ");
        text_add(&note, people->notes[i]);
        if (builder_add_note(b, &note))
            status = fail_memory(err);
        text_free(&note);
    }
    return status;
}

relcoord_status builder_finish(builder *b, relcoord_survey **out, uint32_t *file,
                               relcoord_error *err)
{
    relcoord_status status;
    *file = 0;
    status = finish_attributes(b, err);
    if (!status)
        status = finish_ties(b, file, err);
    if (!status)
        status = options_progress(b->options, b->at.share, err);
    if (!status)
        status = sort_participations(b, err);
    if (!status)
        status = check_weights(b->survey, err);
    if (!status)
        status = note_register(b, err);
    if (!status)
        status = finish_note_similar(b, err);
    if (!status)
        status = note_repairs(b, err);
    if (status)
        return status;
    b->survey->codebook = b->codebook ? codebook_share(b->codebook) : NULL;
    b->survey->invited = b->invited ? register_share(b->invited) : NULL;
    *out = b->survey;
    b->survey = NULL;
    return RELCOORD_OK;
}
