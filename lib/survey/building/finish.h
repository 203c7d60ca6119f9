/* Building a survey, the end: participations are sorted, and the survey is handed out. After this
 * nothing shows how the rows stood. */
#ifndef SURVEY_BUILDING_FINISH_H
#define SURVEY_BUILDING_FINISH_H

#include "survey/building/builder.h"

/* Orders everything, refuses duplicates, and hands the survey out. On RELCOORD_EDATA *file is the
 * number of the file at fault. */
relcoord_status builder_finish(builder *b, relcoord_survey **out, uint32_t *file,
                               relcoord_error *err);

#endif
