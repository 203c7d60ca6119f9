/* Presenting: a result through a writer into the caller's sink. A writer knows tables, column kinds
 * and views, never an analysis by name. */
#ifndef PRESENT_WRITER_H
#define PRESENT_WRITER_H

#include "base/text.h"
#include "tables/result.h"
#include "words/words.h"

/* What "write" takes; ends the list of relcoord_describe(). */
extern const option_spec write_options[];
extern const size_t write_option_count;

/* What relcoord_write() takes; ends with a NULL name. */
typedef struct writer writer;
typedef struct output_format {
    const char *name, *help;
    void (*write)(writer *w);
    const char *needs; /* the kind of view that a result must have for it; NULL: any result can be
                          written */
    bool (*can)(const relcoord_result *result); /* whether it has; NULL where nothing is needed */
} output_format;
extern const output_format output_formats[];

/* Text on its way to the sink: bytes gather in `out` and go on when enough are there. */
struct writer {
    const relcoord_result *result;
    const relcoord_options *options;
    const output_format *as;
    relcoord_options *defaults; /* where the caller had no options */
    relcoord_sink sink;
    void *user;
    text out;
    language lang;
    char decimal;   /* its decimal mark */
    bool own_names; /* columns and values are shown by their names in the tables */
    bool refused;   /* the sink asked to stop */
    bool cancelled; /* the progress callback did */
    unsigned calls; /* of writer_flow and writer_goes_on */
};

/* Writing step by step, of a writer with a result and, unless they are NULL, options. The first
 * finds all that is wrong with the call, before a byte is written. writer_end() frees, whatever
 * came of it. */
relcoord_status writer_begin(writer *w, const char *format, relcoord_error *err);
relcoord_status writer_run(writer *w, relcoord_sink sink, void *user, relcoord_error *err);
void writer_end(writer *w);

/* Hands on what has gathered once it is past a threshold, and asks now and then whether to go on.
 * False when the sink refused, the caller wants to stop or memory ran out; the format then returns,
 * and write.c reports it. The second only asks, for work on many rows before a byte is written. */
bool writer_flow(writer *w);
bool writer_goes_on(writer *w);

/* The table that the option "table" names, the first without it. */
const relcoord_table *writer_table(const writer *w);

/* The formats' functions; each fills w->out, calling writer_flow now and then. */
void write_text(writer *w);
void write_csv(writer *w);
void write_json(writer *w);
void write_html(writer *w);
void write_markdown(writer *w);
void write_graphml(writer *w);
bool graphml_can(const relcoord_result *result);

#endif
