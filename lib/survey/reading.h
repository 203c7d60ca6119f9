/* What "read" takes; listed by relcoord_describe(). */
#ifndef SURVEY_READING_H
#define SURVEY_READING_H

#include "base/options.h"
#include "survey/csv.h"

extern const option_spec read_options[];
extern const size_t read_option_count;
/* What "codebook" takes: drafting one. */
extern const option_spec draft_options[];
extern const size_t draft_option_count;

/* Refuses options that were not made for "read"; NULL passes. */
relcoord_status reading_check_purpose(const relcoord_options *options, relcoord_error *err);

/* The dialect that options, or none, ask for. */
csv_dialect reading_dialect(const relcoord_options *options);

/* Reads one of `files` CSV files, "-" being standard input. Faults go into the reader's sticky error. */
void reading_file(reader *at, const char *path, const csv_dialect *asked, size_t files, const relcoord_options *options);

#endif
