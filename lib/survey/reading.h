/* What "read" takes; listed by relcoord_describe(). */
#ifndef SURVEY_READING_H
#define SURVEY_READING_H

#include "base/options.h"

extern const option_spec read_options[];
extern const size_t read_option_count;

/* Refuses options that were not made for "read"; NULL passes. */
relcoord_status reading_check_purpose(const relcoord_options *options, relcoord_error *err);

#endif
