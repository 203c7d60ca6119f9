/* Loading librelcoord-formats when a file asks for it: for the tool and the packages for Python and
 * R, which work without it. They compile this file and kind.c in. */
#ifndef FORMATS_LOAD_H
#define FORMATS_LOAD_H

#include <stdbool.h>

#include "relcoord-formats.h"

/* Whether the files are such as need the library. An error when they are of several kinds, or
 * misnamed. */
relcoord_status formats_are_foreign(const char *const *paths, size_t count, bool *foreign,
                                    relcoord_error *err);

/* As the functions of relcoord-formats.h that are called so. What the core does itself, CSV and all
 * formats but xlsx, goes to the core and needs no library; else RELCOORD_EUSAGE says what to
 * install where there is none, or that of another version. */
relcoord_status formats_read(const char *const *paths, size_t count, const char *sheet, int coded,
                             relcoord_options *options, relcoord_survey **out, relcoord_error *err);
relcoord_status formats_draft(const char *const *paths, size_t count, const char *sheet,
                              relcoord_options *options, relcoord_result **out, relcoord_sink sink,
                              void *user, relcoord_error *err);
relcoord_status formats_write(const relcoord_result *result, const char *format,
                              const relcoord_options *options, relcoord_sink sink, void *user,
                              relcoord_error *err);
relcoord_status formats_write_file(const relcoord_result *result, const char *path,
                                   const char *format, const relcoord_options *options,
                                   relcoord_error *err);

#endif
