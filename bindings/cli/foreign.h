/* Files of other programs, as data: SPSS (.sav, .zsav) and Stata (.dta). */
#ifndef CLI_FOREIGN_H
#define CLI_FOREIGN_H

#include "arguments.h"

typedef enum foreign_kind { FOREIGN_NONE, FOREIGN_SPSS, FOREIGN_STATA } foreign_kind;

/* What the files of a call are, by how they begin and by their names; FOREIGN_NONE is CSV, what
 * the library has to say about, or no file at all. An error when they are of several kinds,
 * misnamed, or cannot be read by this build. */
relcoord_status foreign_find(const arguments *a, foreign_kind *kind, relcoord_error *err);

/* Reads the files as a survey. Errors have the file, and its case as the line. */
relcoord_status foreign_read(const arguments *a, foreign_kind kind, relcoord_survey **out,
                             relcoord_error *err);

/* Drafts a codebook of them. *codebook is it as CSV with the labels of the file, to be freed; it is
 * left alone where the call is not for the codebook. */
relcoord_status foreign_draft(const arguments *a, foreign_kind kind, relcoord_result **out,
                              char **codebook, relcoord_error *err);

/* Sets an error of the tool's own; format is one of its sentences, which stands in danish.c. */
relcoord_status fail_foreign(relcoord_error *err, relcoord_status status, const char *path,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));
relcoord_status fail_foreign_memory(relcoord_error *err);

#endif
