/* What each column of a profile may be, before anything is written of it. */
#ifndef SURVEY_DRAFT_GUESS_H
#define SURVEY_DRAFT_GUESS_H

#include "survey/codebook.h"
#include "survey/draft.h"
#include "survey/names.h"

typedef enum guess_state {
    GUESS_OPEN,
    GUESS_LISTED,    /* a row of its own */
    GUESS_PATTERNED, /* one of those that the pattern stands for */
    GUESS_LEFT       /* no row */
} guess_state;

typedef struct guess {
    guess_state state;
    codebook_role role;
    int dimension;           /* of relational coordination; ITEM_COUNT for none */
    const char *target;      /* that the heading names; NULL for none */
    size_t target_length;
    const char *stem;        /* of a group's or item's name, interned; NULL for none */
    const char *reason;
    unsigned checks;
} guess;

typedef struct guesses {
    const profile *profile;
    guess *of; /* by column */
    const char *pattern; /* that stands for the columns GUESS_PATTERNED; NULL for none */
    intern *strings;
    bool failed;
} guesses;

/* Fills g->of; g->failed when memory runs out. */
void guess_columns(guesses *g);

#endif
