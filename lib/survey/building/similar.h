/* Building a survey, the end: labels of one column that were probably meant as one, for they differ
 * in letter case or blanks alone. They are noted, and stay what they are: who meant what, only the
 * user can say. */
#ifndef SURVEY_BUILDING_SIMILAR_H
#define SURVEY_BUILDING_SIMILAR_H

#include "survey/building/builder.h"

/* Notes labels of a column that only letter case or blanks tell apart. */
relcoord_status finish_note_similar(builder *b, relcoord_error *err);

#endif
