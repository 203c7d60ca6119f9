/* The end of reading rows of text into a builder. */
#ifndef SURVEY_READING_FINISH_H
#define SURVEY_READING_FINISH_H

#include "survey/building/builder.h"

/* Hands out the survey or the builder's error, and frees the builder. names: of the files, for the
 * error. */
relcoord_status reading_finish_survey(builder *b, const char *const *names, relcoord_survey **out,
                                      relcoord_error *err);

#endif
