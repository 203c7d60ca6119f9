/* What of UTF-8 relcoord needs. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>

/* Length of the valid UTF-8 at the start of bytes: `length` when all of it is. */
size_t utf8_valid_prefix(const char *bytes, size_t length);
/* Columns that valid UTF-8 takes on a terminal: characters, combining marks not counted. */
size_t utf8_width(const char *string);
/* The same of the first `length` bytes. */
size_t utf8_columns(const char *bytes, size_t length);
/* Bytes of the longest start of string that is at most `width` columns wide. */
size_t utf8_prefix(const char *string, size_t width);

#endif
