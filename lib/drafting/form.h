/* The form that a survey system exports beside its data (SurveyXact's): a table of the structure,
 * with questions and choices, and a table of labels. What both say of each variable, as one. Knows
 * no data and no codebook. */
#ifndef DRAFTING_FORM_H
#define DRAFTING_FORM_H

#include "base/intern.h"
#include "source/csv.h"

typedef enum form_table { FORM_STRUCTURE, FORM_LABELS } form_table;

/* A value, and what the form calls it; the text is "" where it says nothing. */
typedef struct form_choice {
    const char *value, *text;
} form_choice;

/* Text that is not given is "". Line ends and repeated blanks in texts are one blank. */
typedef struct form_variable {
    const char *name, *question, *text;
    bool multiple; /* a 0/1 column of a question with several answers: option says which */
    const char *option;
    form_choice *choices; /* in the order of the structure, then of the labels */
    size_t count, capacity;
    bool in_table[2]; /* by form_table */
    bool differs;     /* the two tables call a value differently: the structure's text holds */
} form_variable;

typedef struct survey_form {
    form_variable *variables; /* in the order of the structure, then of the labels */
    size_t count, capacity;
    intern names;        /* by the variable's place */
    intern strings;      /* own the texts */
    intern said;         /* what stands once: a variable's value, a variable's label */
    int64_t *said_lines; /* by that: where, 0 for a value that only the structure has */
    uint32_t *said_at;   /* of a value: which of the variable's choices */
    size_t line_capacity, at_capacity;
} survey_form;

/* Reads one of the tables, the structure first. Any fault goes into err, which then names the file.
 * The caller frees the form, whatever comes of it. */
relcoord_status form_read(survey_form *f, form_table table, const char *path,
                          const relcoord_options *options, relcoord_error *err);
/* The same from a source. */
relcoord_status form_read_source(survey_form *f, form_table table, relcoord_source source,
                                 void *user, relcoord_error *err);
void form_free(survey_form *f);

/* NULL for none. */
const form_variable *form_find(const survey_form *f, const char *name);

/* Whether a choice is of that value, as text or as a number. */
bool form_value_is(const form_choice *choice, const char *value);

#endif
