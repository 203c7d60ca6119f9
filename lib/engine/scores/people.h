/* One value a person: the mean of a measure over the ties of a part, which is what units are
 * compared by. */
#ifndef ENGINE_SCORES_PEOPLE_H
#define ENGINE_SCORES_PEOPLE_H

#include "engine/scores/cells.h"

typedef enum tie_part { TIES_WITHIN, TIES_BETWEEN, TIES_ALL, TIE_PARTS } tie_part;
extern const char *const tie_part_names[TIE_PARTS]; /* "within", "between", "all" */

/* The mean of a participation's ties; NaN without any. */
double person_mean(const run *r, const score_rule *rule, uint32_t participation, int measure,
                   tie_part part);

/* The only group of a grouping that a participation is in, a label; NO_ROW when it is in several or
 * in none. */
uint32_t person_group(const attribute *of, uint32_t participation);

#endif
