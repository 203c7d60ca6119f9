/* The beginning of reading a survey: a builder with the codebook and the register that options name
 * or hold. */
#ifndef SURVEY_READING_START_H
#define SURVEY_READING_START_H

#include "survey/building/builder.h"

/* options: made for "read", or NULL for the defaults. The files, and those that options name, are
 * kept as what the survey was made from; standard input may be one of them all. */
relcoord_status reading_start_survey(builder *b, const char *const *paths, size_t count,
                                     const relcoord_options *options, relcoord_error *err);

#endif
