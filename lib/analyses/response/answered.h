/* Who was invited, and who of them answered: a register's people, or those whom a status column
 * tells of. */
#ifndef ANALYSES_RESPONSE_ANSWERED_H
#define ANALYSES_RESPONSE_ANSWERED_H

#include "engine/analysis.h"
#include "engine/people/statuses.h"

/* The columns that tables of groups of those invited begin with. */
#define INVITED_COLUMNS                                                            \
    {"grouping", RELCOORD_STRING, RELCOORD_KEY, "what people are grouped by"},     \
        {"group", RELCOORD_STRING, RELCOORD_KEY,                                   \
         "group; a person in several counts in each of them"},                     \
        {"invited", RELCOORD_INTEGER, RELCOORD_COUNT, "people who were invited"},  \
    {                                                                              \
        "answered", RELCOORD_INTEGER, RELCOORD_COUNT, "those of them who answered" \
    }

#define ANSWERED_OPTION                                                                           \
    {                                                                                             \
        .name = "answered", .type = OPTION_CHOICE, .initial = "any", .choices = "any|complete",   \
        .help = "who counts as having answered: anyone with an answer, or only those who "        \
                "answered everything; by status: partly answered or completed, or completed only" \
    }

/* Those whom rates are of: the register's people, or the data's. */
const relcoord_survey *invited_people(const relcoord_survey *survey);

/* What is known of each of them, by place among the people. */
enum { PERSON_ANSWERED = 1, PERSON_LEFT_OUT = 2 };
typedef struct answered_state {
    uint32_t count;
    uint8_t *people;
} answered_state;

/* The functions of an analysis that is made of them. Without a register and a status column, or
 * with a status that is none of those known, starting fails. */
relcoord_status answered_start(const run *r, void **state, relcoord_error *err);
relcoord_status answered_add(void *state, const run *r, uint32_t first, uint32_t end,
                             relcoord_error *err);
relcoord_status answered_merge(void *into, const void *from, relcoord_error *err);
void answered_drop(void *state);

/* Once all are gathered: what the statuses of the register say of those who are not in the data,
 * and who was not invited after all. Returns how many those are: without a register, those of
 * status new who answered nothing. */
int64_t answered_settle(answered_state *state, const run *r);

#endif
