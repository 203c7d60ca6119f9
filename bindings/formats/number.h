/* Numbers as text and back, whatever the locale. */
#ifndef FORMATS_NUMBER_H
#define FORMATS_NUMBER_H

#include <stdbool.h>

/* Whole ones as such, others with the digits that read back to it. */
enum { NUMBER_TEXT_SIZE = 40 };
void foreign_print_number(double number, char buffer[NUMBER_TEXT_SIZE]);

/* False where the text is not a finite number as a whole. */
bool foreign_read_number(const char *text, double *out);

#endif
