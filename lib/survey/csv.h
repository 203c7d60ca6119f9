/* CSV text into a builder: the only user of libcsv. */
#ifndef SURVEY_CSV_H
#define SURVEY_CSV_H

#include "survey/builder.h"

/* How far reading is: the file at hand has `size` bytes (-1 when that is not known) and is the `file`th, from
 * 0, of `files`. options, whose progress is asked, may be NULL. */
typedef struct reading_progress {
    int64_t size;
    size_t file, files;
    const relcoord_options *options;
} reading_progress;

/* Reads one CSV text from a source to its end. Faults go into the builder's sticky error. */
void csv_read(builder *b, relcoord_source source, void *user, const reading_progress *progress);

#endif
