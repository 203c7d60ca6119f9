/* Who answered: what the statuses of the survey systems say of people, and what their answers say
 * (relcoord-methods(7), Response). */
#ifndef ENGINE_STATUSES_H
#define ENGINE_STATUSES_H

#include "survey/survey.h"

typedef enum person_status {
    STATUS_NONE, /* the label is empty, or there is no such column */
    STATUS_NEW,
    STATUS_DISTRIBUTED,
    STATUS_DROPPED_OUT,
    STATUS_PARTLY,
    STATUS_COMPLETED,
    STATUS_UNKNOWN
} person_status;

person_status status_of(const relcoord_survey *s, uint32_t participation);

/* RELCOORD_EDATA at a status that is none of those known. */
relcoord_status statuses_check(const relcoord_survey *s, relcoord_error *err);

/* What it takes to have answered; the order is that of the words of response's option. */
typedef enum answer_rule { ANSWERED_ANY, ANSWERED_COMPLETE } answer_rule;

bool status_answers(person_status status, answer_rule rule);
bool has_answered(const relcoord_survey *s, uint32_t participation, answer_rule rule);

/* How someone in the data stands to the base of questions. Silent is who has not a single answer
 * in data where nothing tells whether the form was opened. Where nothing was asked, all are
 * there who have no status. */
typedef enum answer_standing {
    STANDING_ANSWERED,
    STANDING_SILENT,
    STANDING_NOT_ANSWERED
} answer_standing;
answer_standing standing_of(const relcoord_survey *s, uint32_t participation);

#endif
