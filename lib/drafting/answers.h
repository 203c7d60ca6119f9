/* What the values of columns are as answers, where nobody has said it: numbers and labels of common
 * scales become a cell `values` of a codebook. */
#ifndef DRAFTING_ANSWERS_H
#define DRAFTING_ANSWERS_H

#include "base/language.h"
#include "base/text.h"
#include "codebook/codebook.h"
#include "drafting/form.h"
#include "drafting/profile.h"

/* What is to be looked at, as bits; draft_check_names[] by their numbers. */
typedef enum draft_check {
    CHECK_ROLE,
    CHECK_SCORES,
    CHECK_GAP,
    CHECK_UNSEEN,
    CHECK_UNSEEN_LISTED,
    CHECK_UNSCORED,
    CHECK_SCALE,
    CHECK_MEMBERSHIP,
    CHECK_CLOSED,
    CHECK_SCORES_NEEDED,
    CHECK_VALUES_NOT_LISTED,
    CHECK_SAME_NUMBER,
    CHECK_NOT_LISTED,
    CHECK_NOT_FOUND,
    CHECK_CODES,
    CHECK_UNLABELLED,
    CHECK_LABELS,
    CHECK_COUNT
} draft_check;

typedef enum answers_kind {
    ANSWERS_NONE, /* no value at all */
    ANSWERS_NUMBERS,
    ANSWERS_LABELS, /* of a scale that is known */
    ANSWERS_OTHER   /* no scores can be guessed */
} answers_kind;

enum { MOST_ANSWERS = 12 };

/* Whether all the values are zero or one. */
bool answers_are_zero_or_one(const profile *p, const column_profile *c);

/* Writes what the values of some columns, which have the same scale, are as answers; relational:
 * the scale is that of relational coordination, 1 to 5. Nothing is written of ANSWERS_NONE and
 * ANSWERS_OTHER. Adds to *checks. Memory that runs out shows in cell->failed. */
answers_kind answers_write(const profile *p, const column_profile *const *columns, size_t count,
                           bool relational, text *cell, unsigned *checks);

/* Writes values as labels, in the order that tables have them without a codebook. False, and
 * nothing is written, when they cannot be listed. */
bool answers_write_labels(const intern *values, bool unclean, text *cell, unsigned *checks);

/* Writes values in the order in which they came, the first `most` of them. */
void answers_write_seen(const intern *values, size_t most, text *cell);

/* Adds an entry for a value, and a label to the last entry; both are escaped. */
void answers_add_value(text *cell, const char *value, code_kind kind, double score);
void answers_add_label(text *cell, const char *label, language spoken);

/* Whether labels are of a scale that is known, apart from don't knows and no answers: what each
 * then is, and scores from 1, the best the highest. */
bool answers_score_labels(const char *const *labels, size_t count, code_kind *kinds,
                          double *scores);
/* CODE_DONT_KNOW, CODE_MISSING, or CODE_UNSCORED for any other label. */
code_kind answers_kind_of_label(const char *label);

/* ---- With a form ---- */

/* Whether what a form says of a variable is about the values of a column. */
bool answers_fit_form(const form_variable *v, const column_profile *c);
bool answers_same_choices(const form_variable *a, const form_variable *b);
/* Whether the choices' texts are of a scale that is known. */
bool answers_known_scale(const form_variable *v);

typedef enum form_answers {
    FORM_CATEGORIES, /* no scores */
    FORM_ANSWERS,
    FORM_RATINGS /* of relational coordination */
} form_answers;

/* Writes the values of columns whose choices are the same. ANSWERS_LABELS: scored by a known scale,
 * or categories; ANSWERS_NUMBERS: scored by the codes; ANSWERS_OTHER, and nothing is written: there
 * is nothing to score. */
answers_kind answers_write_form(const form_variable *v, const column_profile *const *columns,
                                size_t count, form_answers as, language spoken, text *cell,
                                unsigned *checks);

#endif
