/* Columns of numbers that each person answers once: items and outcomes with scores, or without a
 * list of values. */
#ifndef ENGINE_PEOPLE_NUMBERS_H
#define ENGINE_PEOPLE_NUMBERS_H

#include "survey/survey.h"

/* The item or outcome of that name; NULL for none. */
const survey_item *numbers_find(const relcoord_survey *s, const char *name);

/* Refuses a name that numbers_find does not know, with the one that is nearest. */
relcoord_status numbers_refuse(const relcoord_survey *s, const char *option, const char *name,
                               relcoord_error *err);

/* Whether an item has scores, or any numbers, and not categories alone. */
bool numbers_are_there(const survey_item *item);

/* What a participation answered; NaN for no number. */
double number_of_person(const survey_item *item, uint32_t participation);

#endif
