/* A result on its way through a format into the caller's sink. Formats know tables, column kinds
 * and views, never an analysis by name. */
#ifndef PRESENT_SHOW_WRITER_H
#define PRESENT_SHOW_WRITER_H

#include "base/language.h"
#include "base/text.h"
#include "tables/result.h"

/* What the option "tables" calls all of them. */
#define ALL_TABLES "all"

/* What relcoord_write() takes. */
typedef struct writer writer;
typedef struct output_format {
    const char *name, *help;
    void (*write)(writer *w); /* fills w->out, calling writer_flow now and then */
    const char *needs; /* the kind of view that a result must have for it; NULL: any result can be
                          written */
    bool (*can)(const relcoord_result *result); /* whether it has; NULL where nothing is needed */
} output_format;

/* What stands for a key that the codebook calls something: its code, its label, or both. */
#define LABELS_CHOICES "code|text|both"
typedef enum labels_shown { LABELS_CODE, LABELS_TEXT, LABELS_BOTH } labels_shown;

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
    labels_shown labels;
    char decimal;   /* its decimal mark */
    bool apa;       /* in the style of the APA */
    bool codes;     /* the codes of notes stand beside their words */
    bool narrow;    /* values are shown in their short form, where they have one */
    bool own_names; /* columns are headed with their names in the tables */
    bool refused;   /* the sink asked to stop */
    bool cancelled; /* the progress callback did */
    unsigned calls; /* of writer_flow and writer_goes_on */
};

/* Hands on what has gathered once it is past a threshold, and asks now and then whether to go on.
 * False when the sink refused, the caller wants to stop or memory ran out; the format then returns,
 * and write.c reports it. The second only asks, for work on many rows before a byte is written. */
bool writer_flow(writer *w);
bool writer_goes_on(writer *w);

/* Hands on what has gathered. */
bool writer_hand_on(writer *w);

/* The table that the option "table" names, the first of those that "tables" names, or the first. */
const relcoord_table *writer_table(const writer *w);

/* Whether the options "table" or "tables" name tables, and whether this is one of them; where none
 * is named, whether it is shown unasked. */
bool writer_names_tables(const writer *w);
bool writer_shows(const writer *w, const relcoord_table *table);

#endif
