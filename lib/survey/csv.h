/* CSV text into a builder: the only user of libcsv. */
#ifndef SURVEY_CSV_H
#define SURVEY_CSV_H

#include "survey/builder.h"

/* Reads one CSV text from a source to its end. size is its length in bytes, or -1; progress is asked
 * from options, which may be NULL. Faults go into the builder's sticky error. */
void csv_read(builder *b, relcoord_source source, void *user, int64_t size, const relcoord_options *options);

#endif
