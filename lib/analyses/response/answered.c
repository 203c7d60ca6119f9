/* Gathering who answered. */
#include "analyses/response/answered.h"

#include "base/error.h"
#include "base/memory.h"
#include "survey/register.h"

const relcoord_survey *invited_people(const relcoord_survey *survey)
{
    return survey->invited ? survey->invited->people : survey;
}

/* ---- States ---- */

relcoord_status answered_start(const run *r, void **state, relcoord_error *err)
{
    const relcoord_survey *s = r->survey, *people = invited_people(s);
    answered_state *made;
    relcoord_status status = statuses_check(s, err);
    if (!status && s->invited)
        status = statuses_check(people, err);
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
