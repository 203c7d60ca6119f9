/* Guessing what columns are: by the field's own names, by names made of a dimension and a
 * workgroup, and by what stands in them. The order of the guesses is that of how much they can be
 * relied on. */
#ifndef DRAFTING_GUESS_COLUMNS_H
#define DRAFTING_GUESS_COLUMNS_H

#include "drafting/guess.h"

/* Fills g->of; g->failed when memory runs out. */
void guess_columns(guesses *g);

#endif
