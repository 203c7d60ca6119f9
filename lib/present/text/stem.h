/* Stems: what the questions of a battery begin with alike, such as "To what degree do you find
 * that: …", is said once above their rows. */
#ifndef PRESENT_TEXT_STEM_H
#define PRESENT_TEXT_STEM_H

#include "present/text/cell.h"

/* What two texts begin with alike, up to and with the blanks behind a colon, a dash, a question
 * mark or an ellipsis; 0 where that is less than three words, or nothing is left of one of them. */
size_t common_stem(const char *one, const char *other);
/* How much of a stem is worth saying: not the dash behind it. */
size_t shown_stem(const char *string, size_t stem);
/* Finds the stems of the first key whose cells are long and have some, for the grid to tell apart.
 * Cells must be measured, and are to be measured again. False when memory runs out. */
bool find_stems(grid *g);

#endif
