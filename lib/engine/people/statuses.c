/* Reading statuses: new, distributed, partly answered, completed, dropped out, in English or
 * Danish, in any letter case. */
#include "engine/people/statuses.h"

#include "base/error.h"
#include "survey/register.h"

/* ---- Statuses ---- */

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
person_status status_of(const relcoord_survey *s, uint32_t participation)
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

relcoord_status statuses_check(const relcoord_survey *s, relcoord_error *err)
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

bool status_answers(person_status status, answer_rule rule)
{
    return status == STATUS_COMPLETED || (status == STATUS_PARTLY && rule == ANSWERED_ANY);
}

/* A status says best who is done; who has given an answer has given one, whatever it says. */
bool has_answered(const relcoord_survey *s, uint32_t p, answer_rule rule)
{
    answer_count count = count_answers(s, p);
    person_status status = status_of(s, p);
    if (status_answers(status, rule))
        return true;
    return rule == ANSWERED_ANY
               ? count.answered > 0
               : status == STATUS_NONE && count.asked > 0 && count.answered == count.asked;
}

/* ---- The base ---- */

/* Whether anything tells who opened the form: a column of statuses, here or in the register, or who
 * is in the register at all. */
static bool knows_who_answered(const relcoord_survey *s)
{
    return s->attributes[COLUMN_STATUS].present || s->invited;
}

answer_standing standing_of(const relcoord_survey *s, uint32_t p)
{
    const answer_count count = count_answers(s, p);
    person_status status = status_of(s, p);
    if (count.answered > 0 || status_answers(status, ANSWERED_ANY))
        return STANDING_ANSWERED;
    if (s->invited
        && status_answers(status_of(s->invited->people, s->place_invited[p]), ANSWERED_ANY))
        return STANDING_ANSWERED;
    if (count.asked == 0 && (status == STATUS_NONE || status == STATUS_UNKNOWN))
        return STANDING_ANSWERED;
    return knows_who_answered(s) ? STANDING_NOT_ANSWERED : STANDING_SILENT;
}
