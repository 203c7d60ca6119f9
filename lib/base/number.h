/* Numbers as text, and text as numbers, without the locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
