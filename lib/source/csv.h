/* CSV text into a reader, in any of the dialects that people have: the only user of libcsv. */
#ifndef SOURCE_CSV_H
#define SOURCE_CSV_H

#include "source/charset.h"
#include "source/reader.h"

/* In the order of the options' words. */
typedef enum csv_separator {
    SEPARATOR_AUTO,
    SEPARATOR_COMMA,
    SEPARATOR_SEMICOLON,
    SEPARATOR_TAB
} csv_separator;
typedef enum csv_decimal { CSV_DECIMAL_AUTO, CSV_DECIMAL_POINT, CSV_DECIMAL_COMMA } csv_decimal;

/* What is asked for; all 0 is to detect it. */
typedef struct csv_dialect {
    csv_separator separator;
    encoding encoding;
    csv_decimal decimal;
} csv_dialect;

/* How far reading is: the file at hand has `size` bytes (-1 when that is not known) and is the
 * `file`th, from 0, of `files`. options, whose progress is asked, may be NULL. */
typedef struct reading_progress {
    int64_t size;
    size_t file, files;
    const relcoord_options *options;
} reading_progress;

/* Reads one CSV text from a source to its end. Faults go into the reader's sticky error. */
void csv_read(reader *r, relcoord_source source, void *user, const csv_dialect *asked,
              const reading_progress *progress);

/* What to note of the files read, one sentence for whatever was not the default: never is it
 * silent. NULL past the last. */
const char *csv_dialect_note(const reader *r, int index);

#endif
