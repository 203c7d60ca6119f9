/* Gathering who answered. Statuses are those of the survey systems: new, distributed, partly
 * answered, completed, dropped out, in English or Danish, in any letter case. */
#include "analyses/response/answered.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "survey/register.h"

const relcoord_survey *invited_people(const relcoord_survey *survey)
{
    return survey->invited ? survey->invited->people : survey;
}

/* ---- Statuses ---- */

typedef enum person_status {
    STATUS_NONE, /* the label is empty */
    STATUS_NEW,
    STATUS_DISTRIBUTED,
    STATUS_DROPPED_OUT,
    STATUS_PARTLY,
    STATUS_COMPLETED,
    STATUS_UNKNOWN
} person_status;

static const char *const status_names[STATUS_UNKNOWN][2] = {
    {"", ""},
    {"new", "ny"},
    {"distributed", "distribueret"},
    {"dropped out", "frafaldet"},
    {"partly answered", "nogen svar"},
    {"completed", "gennemf\xC3\xB8rt"},
};

/* Equal but for the case of ASCII letters and '_' for a space; other letters stand small in the
 * middle of a word. */
static bool same_word(const char *label, const char *name)
{
    for (; *label && *name; label++, name++) {
        char c = *label >= 'A' && *label <= 'Z' ? (char)(*label - 'A' + 'a')
                 : *label == '_'                ? ' '
                                                : *label;
        if (c != *name)
            return false;
    }
    return *label == *name;
}

static person_status find_status(const label_list *labels, uint32_t label)
{
    person_status status = STATUS_NONE;
    const char *english = labels->names[label],
               *danish = labels->danish ? labels->danish[label] : english;
    while (status < STATUS_UNKNOWN && !same_word(english, status_names[status][0])
           && !same_word(english, status_names[status][1])
           && !same_word(danish, status_names[status][1]))
        status++;
    return status;
}

/* In 0/1 columns of their own they are a set, which reading keeps to one at most. */
static person_status status_of(const relcoord_survey *s, uint32_t participation)
{
    const attribute *a = &s->attributes[COLUMN_STATUS];
    const uint32_t *labels;
    person_status nearest = STATUS_NONE;
    for (uint32_t i = a->present ? survey_groups_of(a, participation, &labels) : 0; i-- > 0;) {
        person_status status = find_status(&a->labels, labels[i]);
        nearest = status > nearest ? status : nearest;
    }
    return nearest;
}

static relcoord_status check_statuses(const relcoord_survey *s, relcoord_error *err)
{
    const attribute *a = &s->attributes[COLUMN_STATUS];
    for (uint32_t label = 0; a->present && label < a->labels.count; label++)
        if (find_status(&a->labels, label) == STATUS_UNKNOWN) {
            fail(err, RELCOORD_EDATA,
                 "'%.60s' is not a status; these are new, distributed, partly answered, completed, "
                 "dropped out",
                 a->labels.names[label]);
            if (err)
                error_field(err->column, sizeof err->column, "status");
            return RELCOORD_EDATA;
        }
    return RELCOORD_OK;
}

/* ---- Answers ---- */

typedef struct answer_count {
    int64_t asked, answered;
} answer_count;

/* A don't know is an answer, and so is a category without a score. */
static answer_count count_answers(const relcoord_survey *s, uint32_t p)
{
    answer_count count = {(int64_t)s->tie_count[p] * s->asked_count, 0};
    for (uint32_t t = s->first_tie[p]; t < s->first_tie[p] + s->tie_count[p]; t++)
        for (int d = 0; d < ITEM_COUNT; d++) {
            int8_t answer = s->answers[(size_t)t * ITEM_COUNT + (size_t)d];
            count.answered += answer != ANSWER_NONE && answer != ANSWER_MISSING;
        }
    for (size_t i = 0; i < s->item_count; i++) {
        const survey_item *item = &s->items[i];
        if (item->entry->role != ROLE_ITEM)
            continue;
        count.asked++;
        count.answered += item->places[p]
                          && item->codes->codes[item->places[p] - 1].kind != CODE_MISSING;
    }
    return count;
}

static bool status_answers(person_status status, answer_rule rule)
{
    return status == STATUS_COMPLETED || (status == STATUS_PARTLY && rule == ANSWERED_ANY);
}

/* A status says best who is done; who has given an answer has given one, whatever it says. */
static bool has_answered(const relcoord_survey *s, uint32_t p, answer_rule rule)
{
    answer_count count = count_answers(s, p);
    person_status status = status_of(s, p);
    if (status_answers(status, rule))
        return true;
    return rule == ANSWERED_ANY
               ? count.answered > 0
               : status == STATUS_NONE && count.asked > 0 && count.answered == count.asked;
}

/* ---- States ---- */

relcoord_status answered_start(const run *r, void **state, relcoord_error *err)
{
    const relcoord_survey *s = r->survey, *people = invited_people(s);
    answered_state *made;
    relcoord_status status = check_statuses(s, err);
    if (!status && s->invited)
        status = check_statuses(people, err);
    if (!status && !s->invited && !s->attributes[COLUMN_STATUS].present)
        status = fail(err, RELCOORD_EUSAGE,
                      "who was invited is not known: give a register by the reading option "
                      "'register', or a column with the role status");
    if (status)
        return status;
    made = memory_zeroed(1, sizeof *made);
    if (made)
        made->people = memory_zeroed(people->participation_count, 1);
    if (!made || !made->people) {
        memory_free(made);
        return fail_memory(err);
    }
    made->count = people->participation_count;
    *state = made;
    return RELCOORD_OK;
}

relcoord_status answered_add(void *state, const run *r, uint32_t first, uint32_t end,
                             relcoord_error *err)
{
    answered_state *s = state;
    answer_rule rule = (answer_rule)options_choice(r->options, "answered");
    (void)err;
    for (uint32_t p = first; p < end; p++)
        if (has_answered(r->survey, p, rule))
            s->people[r->survey->invited ? r->survey->place_invited[p] : p] = PERSON_ANSWERED;
    return RELCOORD_OK;
}

relcoord_status answered_merge(void *into, const void *from, relcoord_error *err)
{
    answered_state *sum = into;
    const answered_state *part = from;
    (void)err;
    for (uint32_t p = 0; p < part->count; p++)
        sum->people[p] |= part->people[p];
    return RELCOORD_OK;
}

int64_t answered_settle(answered_state *state, const run *r)
{
    const relcoord_survey *people = invited_people(r->survey);
    answer_rule rule = (answer_rule)options_choice(r->options, "answered");
    int64_t left_out = 0;
    for (uint32_t p = 0; p < people->participation_count; p++) {
        person_status status = status_of(people, p);
        if (state->people[p])
            continue;
        if (r->survey->invited && status_answers(status, rule)) {
            state->people[p] = PERSON_ANSWERED;
        } else if (!r->survey->invited && status == STATUS_NEW) {
            state->people[p] = PERSON_LEFT_OUT;
            left_out += r->cases.first_place[p] < r->cases.first_place[p + 1];
        }
    }
    return left_out;
}

void answered_drop(void *state)
{
    answered_state *s = state;
    memory_free(s->people);
    memory_free(s);
}
