/* A first codebook from data that nobody has described: what each column may be, and what the guess
 * rests on. Nothing is decided here: every guess has a decision that somebody has to look at. */
#ifndef DRAFTING_DRAFT_H
#define DRAFTING_DRAFT_H

#include "base/options.h"
#include "drafting/answers.h"

/* What "codebook" takes: drafting one. */
extern const option_spec draft_options[];
extern const size_t draft_option_count;

/* A row of the codebook. Text is "" where nothing is said; a label that no form says is NULL, and
 * the user's. */
typedef struct draft_row {
    const char *variable, *role, *scale, *dimension, *target, *values;
    const char *labels[LABEL_LANGUAGES];
} draft_row;

/* About a column of the data, a pattern, or ("") the whole. */
typedef struct draft_decision {
    const char *variable;
    const char *guess;  /* a role; "" where none is found */
    const char *reason; /* one of draft_reason_names */
    const char *seen;   /* of columns without listed values, some that stand in them */
    unsigned checks;    /* draft_check, as bits */
} draft_decision;

typedef struct codebook_draft {
    draft_row *rows;
    draft_decision *decisions;
    size_t row_count, row_capacity, decision_count, decision_capacity;
    size_t by_scale,
        by_codes;   /* rows scored by the texts of a known scale, and by the codes, of a form */
    intern strings; /* own the text that is not the profile's */
    bool failed;    /* memory ran out */
} codebook_draft;

extern const char *const draft_check_names[CHECK_COUNT];

/* Guesses, by the columns and by a form, which may be NULL; both outlive the draft. The caller
 * frees it, whatever comes of it. */
void draft_make(const profile *p, const survey_form *form, codebook_draft *d);
void draft_free(codebook_draft *d);

#endif
