/* What the files of the binding share. They know relcoord.h, how
 * relcoord-formats is loaded, and R's own API, and calculate nothing.
 *
 * R's errors are jumps, so three rules hold: no call of R that may fail stands between taking
 * something from the library and putting it into a handle, which R's collector frees; nothing of R
 * is called from within the library but the question whether the user interrupts; and a failure of
 * the library returns to R as a value, which R code raises, when all is freed. Names begin with r_,
 * as the library's own may be linked beside them. */
#ifndef BINDING_H
#define BINDING_H

#include <stdint.h>

#define R_NO_REMAP
#define STRICT_R_HEADERS
#include <R.h>
#include <Rinternals.h>

#include "load.h"
#include "relcoord.h"

/* What the library gives, in external pointers that their finalizers free. */
typedef enum handle_kind { HANDLE_OPTIONS, HANDLE_SURVEY, HANDLE_RESULT, HANDLE_TEXT } handle_kind;

/* An empty handle, for what is taken next: r_handle_fill cannot fail. */
SEXP r_handle_new(handle_kind kind);
void r_handle_fill(SEXP handle, void *held);
/* What a handle holds; NULL for what is no handle of the kind, or was saved and loaded, or is
 * freed. */
void *r_handle_get(SEXP handle, handle_kind kind);
/* Frees now what the collector would free later. */
void r_handle_drop(SEXP handle, handle_kind kind);

/* A call with options: how it ended, and whether the user interrupted it. */
typedef struct call_state {
    relcoord_status status;
    relcoord_error error;
    int interrupted;
} call_state;

/* The options of a purpose in a handle, set from a named list of single strings and numbers, lists
 * of names, or the bytes of a codebook or register. They ask the user about interrupts, by way of
 * the call's state. */
SEXP r_options_new(SEXP purpose, SEXP values, call_state *call);
relcoord_options *r_options_get(SEXP options);

/* A failed call as a list of class relcoord_failure, to be raised by R code. */
SEXP r_failure_new(const call_state *call);
/* The same for a handle that holds nothing. */
SEXP r_failure_lost(const char *what);

SEXP r_text_new(const char *text); /* UTF-8; NULL is NA */

/* The texts that `ask` gives of a thing by index, up to NULL. */
typedef const char *(*ask_text)(const void *thing, size_t index);
SEXP r_texts_new(ask_text ask, const void *thing);

/* ---- What R calls; each returns its value or a failure ---- */

SEXP r_library_version(void);
SEXP r_describe(void);
SEXP r_read_files(SEXP paths, SEXP options);
SEXP r_read_foreign(SEXP paths, SEXP sheet, SEXP coded, SEXP options);
SEXP r_import_columns(SEXP columns, SEXP rows, SEXP options);
SEXP r_survey_about(SEXP survey);
SEXP r_run_analysis(SEXP survey, SEXP analysis, SEXP options);
SEXP r_draft_codebook(SEXP paths, SEXP options);
SEXP r_draft_columns(SEXP columns, SEXP rows, SEXP options);
SEXP r_result_about(SEXP result);
SEXP r_result_options(SEXP result, SEXP names);
SEXP r_result_columns(SEXP result, SEXP table);
SEXP r_result_write(SEXP result, SEXP format, SEXP options);
SEXP r_result_write_file(SEXP result, SEXP path, SEXP format, SEXP options);

#endif
