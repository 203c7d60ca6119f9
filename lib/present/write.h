/* Writing a result: which format, which options, and the way of the bytes to the caller's sink. */
#ifndef PRESENT_WRITE_H
#define PRESENT_WRITE_H

#include "base/options.h"
#include "present/show/writer.h"

/* What "write" takes; ends the list of relcoord_describe(). */
extern const option_spec write_options[];
extern const size_t write_option_count;

/* The formats there are; ends with NULL. */
extern const output_format *const output_formats[];

/* Writing step by step, of a writer with a result and, unless they are NULL, options. The first
 * finds all that is wrong with the call, before a byte is written. writer_end() frees, whatever
 * came of it. */
relcoord_status writer_begin(writer *w, const char *format, relcoord_error *err);
relcoord_status writer_run(writer *w, relcoord_sink sink, void *user, relcoord_error *err);
void writer_end(writer *w);

#endif
