/* Building a survey, the end: ties are brought together by participation, ordered by target, and a
 * target that is rated twice is refused or dropped. */
#ifndef SURVEY_BUILDING_TIES_H
#define SURVEY_BUILDING_TIES_H

#include "survey/building/builder.h"

/* Brings the ties together. On RELCOORD_EDATA *file is the number of the file at fault. */
relcoord_status finish_ties(builder *b, uint32_t *file, relcoord_error *err);

#endif
