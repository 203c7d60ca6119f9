/* What a page says of itself: its title, below it what the figures are of, and at its end what made
 * them. */
#ifndef PRESENT_SHOW_FRONT_H
#define PRESENT_SHOW_FRONT_H

#include "present/show/presenter.h"

/* Adds words with upper case for the first letter, if that is one of a to z. */
void add_sentence_case(text *out, const char *words);
/* Adds what heads the whole page: the title that was asked for, or what the analysis is for, as a
 * sentence begins. */
void add_page_heading(const writer *w, text *out);

/* "By unit · 95 % confidence intervals · survey.csv · 30 November 2026", each where there is
 * something to say. */
void show_subtitle(show *s);

/* "relcoord 0.1.0 · matrix · confidence 0.95 · min_share 0.75": the options that are not at their
 * defaults, and always the confidence. */
void show_call(show *s);

/* Adds the level of the result's intervals in per cent, with the language's decimal mark; nothing
 * where it has none. */
void add_confidence_level(const writer *w, text *out);

#endif
