/* Guessing what columns are by the form that a survey system exports beside the data: its statuses,
 * questions with several answers, batteries, and choices. */
#ifndef DRAFTING_GUESS_FORM_H
#define DRAFTING_GUESS_FORM_H

#include "drafting/guess.h"

/* Links columns with what the form says of them; g->stems are to be freed. */
void guess_link_form(guesses *g);
/* The survey system's five 0/1 columns of statuses; no form is needed. */
void guess_statuses(guesses *g);
/* What only the form can tell: questions with several answers, and batteries whose texts name the
 * dimension. */
void guess_by_form(guesses *g);
/* What the form calls the workgroups that columns rate. */
void guess_rows(guesses *g);
/* An open column with choices: an item, or a group. */
void guess_by_choices(guesses *g, size_t column);
/* Whether a column says nothing but workgroups that are rated, by what the form calls both. */
bool guess_names_rated(const guesses *g, size_t column);
/* Whether a column has choices, and those are its values. */
bool guess_has_choices(const guesses *g, size_t column);

#endif
