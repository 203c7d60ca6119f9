/* Growing text, and numbers as text without the locale. */
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

/* The shortest decimal text that reads back to the same double, '.' as the mark: "0.1", "3",
 * "1e-9", "nan", "inf", "-inf". Returns its length. */
enum { NUMBER_TEXT_SIZE = 40 };
size_t number_format(double value, char buffer[NUMBER_TEXT_SIZE]);

/* With a fixed number of decimals (0 to 15), rounded half away from zero. What is rounded is the
 * shortest text, so that the ratio 829/200 shows as 4.15 although its double lies below 4.145. */
size_t number_format_fixed(double value, int decimals, char buffer[NUMBER_TEXT_SIZE]);

/* Reads the whole of a decimal number: [+-]digits[.digits][e[+-]digits], correctly rounded. False
 * when it is none ("", "1 ", "nan", "0x1") or overflows. */
bool number_parse(const char *bytes, size_t length, double *value);
/* The same with another decimal mark than '.'. */
bool number_parse_marked(const char *bytes, size_t length, char mark, double *value);

/* Length of the valid UTF-8 at the start of bytes: `length` when all of it is. */
size_t utf8_valid_prefix(const char *bytes, size_t length);
/* Columns that valid UTF-8 takes on a terminal: characters, combining marks not counted. */
size_t utf8_width(const char *string);
/* Bytes of the longest start of string that is at most `width` columns wide. */
size_t utf8_prefix(const char *string, size_t width);

#endif
