/* Presenting: a result through a writer into the caller's sink. A writer knows tables, column kinds
 * and views, never an analysis by name. */
#ifndef PRESENT_WRITER_H
#define PRESENT_WRITER_H

#include "base/text.h"
#include "tables/result.h"

/* What "write" takes; ends the list of relcoord_describe(). */
extern const option_spec write_options[];
extern const size_t write_option_count;

/* Text on its way to the sink: bytes gather in `out` and go on when enough are there. */
typedef struct writer {
    const relcoord_result *result;
    const relcoord_options *options;
    relcoord_sink sink;
    void *user;
    text out;
    bool refused; /* the sink asked to stop */
} writer;

/* Hands on what has gathered once it is past a threshold. False when the sink refused or memory ran
 * out; the format then returns, and write.c reports it. */
bool writer_flow(writer *w);

/* The table that the option "table" names, the first without it. */
const relcoord_table *writer_table(const writer *w);

/* The formats; each fills w->out, calling writer_flow now and then. */
void write_text(writer *w);
void write_csv(writer *w);
void write_json(writer *w);

#endif
