/* Holding data against a register while rows come in: whoever answers must be in it, in the same
 * wave, and in no group there that the data contradict. Empty labels say nothing, and contradict
 * nothing. */
#ifndef SURVEY_BUILDING_INVITED_H
#define SURVEY_BUILDING_INVITED_H

#include "survey/building/builder.h"

/* With a register: whether it can be joined with data of these columns; and the place in it of the
 * row's respondent, who must be there and be called what the row says. 0 when the sticky error is
 * set. */
void builder_check_invited(builder *b);
uint32_t builder_find_invited(builder *b);

#endif
