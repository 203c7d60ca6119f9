/* Results: the tables, notes and effective options of one run. */
#ifndef TABLES_RESULT_H
#define TABLES_RESULT_H

#include "base/intern.h"
#include "base/options.h"
#include "base/platform.h"
#include "tables/table.h"

/* A note in English, and what it was made from, so that present/ can say it in another language. */
typedef struct result_note {
    char *words;
    const char *format; /* as it was handed over */
    char **arguments;   /* one for each conversion */
    size_t argument_count;
} result_note;

struct relcoord_result {
    const char *analysis;
    relcoord_options *options; /* a copy of the run's own; NULL where there are none */
    result_note *notes;
    size_t note_count, note_capacity;
    relcoord_table **tables;
    size_t table_count, table_capacity;
    intern labels; /* of the data, as the tables have them, that a codebook names in Danish, too: */
    char **danish_labels; /* by the label's id */
    size_t danish_capacity;
    intern headings;       /* columns of the tables that the codebook calls something, */
    char **heading_labels; /* and what, by the column's id: a label, as above */
    size_t heading_capacity;
    input_list inputs; /* the files that it was made from, */
    size_t data_count; /* the first of them the data */
    bool failed;       /* memory ran out while adding */
    bool misused;      /* a note with another conversion than %s: a defect in relcoord */
};

/* options may be NULL; else they are copied. NULL when memory runs out. */
relcoord_result *result_new(const char *analysis, const relcoord_options *options);
/* Makes a table in the result; NULL when memory ran out, which also sets failed. */
relcoord_table *result_add_table(relcoord_result *result, const table_spec *spec,
                                 const char *const *key_names, size_t key_count);
/* The format outlives the result, and may hold %s and, for a number in its shortest form, %g. It
 * has an entry in the catalogues of words/. A format of "%s" alone is for notes made elsewhere. */
void result_add_note(relcoord_result *result, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Says what a label of the tables is called in Danish; what is said first holds. */
void result_add_label(relcoord_result *result, const char *label, const char *danish);
/* The Danish for a label, or NULL. */
const char *result_danish_label(const relcoord_result *result, const char *label);
/* Says what the codebook calls the columns of that name; what is said first holds. */
void result_add_heading(relcoord_result *result, const char *column, const char *label);
/* What it calls them, or NULL. */
const char *result_heading(const relcoord_result *result, const char *column);
/* Says that files are inputs of the result. */
void result_add_inputs(relcoord_result *result, const input_list *inputs);
/* RELCOORD_ENOMEM when anything in the result failed for memory; RELCOORD_EINTERNAL when a table or
 * a note was misused. A result that is not finished is freed, never handed out. */
relcoord_status result_finished(const relcoord_result *result, relcoord_error *err);

#endif
