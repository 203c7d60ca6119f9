/* What the codebook calls columns of the data, in the tables about them: the English label, else
 * the Danish; where both are there, the result knows the Danish for the English. */
#ifndef ENGINE_LABELS_H
#define ENGINE_LABELS_H

#include "engine/analysis.h"

/* Heads the columns of that name with what the codebook calls a variable, else with its name. */
void labels_head(relcoord_result *result, const relcoord_survey *survey, const char *column,
                 const char *variable);

/* Fills the columns of labels of all tables, and heads those of `by`. Memory that runs out is
 * reported by result_finished. */
void labels_fill(relcoord_result *result, const run *r);

#endif
