/* Growing text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing string. Zero-initialise; after memory ran out `failed` stays set, bytes is still valid
 * or NULL, and every further call does nothing: check once, at the end. */
typedef struct text {
    char *bytes; /* ends in NUL unless NULL */
    size_t length, capacity;
    bool failed;
} text;

void text_add(text *t, const char *string);
void text_add_bytes(text *t, const char *bytes, size_t length);
void text_add_repeated(text *t, char c, size_t count);
void text_add_format(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_integer(text *t, int64_t value);
void text_add_number(text *t, double value); /* shortest, see number_format */
void text_clear(text *t);
void text_free(text *t);

#endif
