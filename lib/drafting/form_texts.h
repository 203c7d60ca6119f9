/* What the texts of a form tell: their language, statuses, dimensions of relational coordination,
 * and the part that is a row's own. */
#ifndef DRAFTING_FORM_TEXTS_H
#define DRAFTING_FORM_TEXTS_H

#include "base/language.h"
#include "drafting/form.h"

/* The language that most of the common words are in. */
language form_language(const survey_form *f);

/* How far respondents are, in the order of the survey system's columns. */
enum { FORM_STATUS_COUNT = 5 };
extern const char *const form_status_names[FORM_STATUS_COUNT][LABEL_LANGUAGES];

/* The dimension that a question asks for, by its words, in English or Danish; ITEM_COUNT for none
 * or several. */
int form_dimension(const char *question);

/* Length of the start that two texts of a battery share: up to and with the last mark after which a
 * row's own text may stand. 0 for none. */
size_t form_shared_start(const char *one, const char *other);

#endif
