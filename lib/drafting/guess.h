/* A guess at what a column of a profile may be, and what guesses are made with. */
#ifndef DRAFTING_GUESS_H
#define DRAFTING_GUESS_H

#include "codebook/codebook.h"
#include "codebook/names.h"
#include "drafting/answers.h"

typedef enum guess_state {
    GUESS_OPEN,
    GUESS_LISTED,    /* a row of its own */
    GUESS_PATTERNED, /* one of those that the pattern stands for */
    GUESS_LEFT       /* no row */
} guess_state;

typedef struct guess {
    guess_state state;
    codebook_role role;
    int dimension;      /* of relational coordination; ITEM_COUNT for none */
    const char *target; /* that the heading names; NULL for none */
    size_t target_length;
    const char *stem; /* of a group's or item's name, interned; NULL for none */
    const char *reason;
    unsigned checks;
    const form_variable *form; /* what a form says of the column; NULL for nothing */
    const char *row; /* of a rating that a form describes: what it calls the workgroup, or NULL */
    const char *labels[LABEL_LANGUAGES]; /* of a member of a grouping; NULL for none */
} guess;

typedef struct guesses {
    const profile *profile;
    const survey_form *form; /* NULL for none */
    guess *of;               /* by column */
    const char **stems;      /* by column, with a form; NULL without */
    const char *pattern;     /* that stands for the columns GUESS_PATTERNED; NULL for none */
    intern *strings;
    bool failed;
} guesses;

/* A row of its own, or no row. */
void guess_list(guess *of, codebook_role role, const char *reason, unsigned checks);
void guess_leave(guess *of, const char *reason);
bool guess_is_open(const guesses *g, size_t column);
bool guess_has_role(const guesses *g, codebook_role role);

/* What the names of columns that belong together have in common: all before the last separator, or
 * the digits or the letter at the end; interned. */
const char *guess_stem(guesses *g, const char *name);
/* A name for a grouping, which is none of another's, interned; and for a scale. */
const char *guess_grouping_name(guesses *g, const char *stem);
const char *guess_scale_name(const char *stem);
/* A grouping of that name, unless it would be taken for the field's own. */
void guess_group(guesses *g, guess *of, const char *name, const char *reason);

#endif
