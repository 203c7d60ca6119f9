/* Errors: filling the caller's relcoord_error, which may be NULL. Knows nobody above. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "relcoord.h"

/* Fills err with a status and a message and clears the rest; returns the status, so that a failing
 * function can end with `return fail(err, …)`. Messages hold no floating-point conversions, which
 * would follow the locale; a message too long is cut at a whole character. */
relcoord_status fail(relcoord_error *err, relcoord_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
relcoord_status fail_memory(relcoord_error *err);

/* The same with the name of the option at fault. */
relcoord_status fail_option(relcoord_error *err, const char *option, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Copies text into a field of the error, cut at a whole character; a byte that is not UTF-8 becomes
 * '?'. */
void error_field(char *field, size_t size, const char *text);

#endif
