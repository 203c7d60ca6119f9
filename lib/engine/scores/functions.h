/* The four functions of coupling competence, and by which words a codebook names them. */
#ifndef ENGINE_SCORES_FUNCTIONS_H
#define ENGINE_SCORES_FUNCTIONS_H

#include "stats/measures/coupling.h"

extern const char *const coupling_functions[FUNCTION_COUNT];

/* The function that a dimension of the scale `coupling` is, in English or Danish; FUNCTION_COUNT
 * for none. */
int coupling_function_of(const char *dimension);

#endif
