/* Telling files of other programs from CSV, and saying what is wrong with one. Also compiled into
 * those who load the library, so that they know when they need it. */
#ifndef FORMATS_KIND_H
#define FORMATS_KIND_H

#include "relcoord.h"

/* Whatever is none of the others is CSV, or what the core has to say about. */
typedef enum foreign_kind {
    FOREIGN_NONE,
    FOREIGN_SPSS,
    FOREIGN_STATA,
    FOREIGN_WORKBOOK
} foreign_kind;

/* What the files are, by how they begin and by their names. An error when they are of several kinds
 * or misnamed. A file that cannot be looked into is FOREIGN_NONE: the core says why. */
relcoord_status foreign_find(const char *const *paths, size_t count, foreign_kind *kind,
                             relcoord_error *err);

/* Sets an error about a file, which may be NULL; err, too. Returns the status. */
relcoord_status foreign_fail(relcoord_error *err, relcoord_status status, const char *path,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));
relcoord_status foreign_fail_memory(relcoord_error *err);

#endif
