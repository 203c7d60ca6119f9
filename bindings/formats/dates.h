/* Dates and times of SPSS and Stata, which are numbers with a format, as text. */
#ifndef FORMATS_DATES_H
#define FORMATS_DATES_H

#include <stdbool.h>

#include "kind.h"

typedef enum date_unit { DATE_NONE, DATE_DAYS, DATE_SECONDS, DATE_CLOCK, DATE_PERIODS } date_unit;

/* What a number counts, from an origin: days; seconds, shown as a date or as a date and time; a
 * time of the day; or parts of a year. */
typedef struct date_format {
    date_unit unit;
    double scale; /* of the unit, that the number has one of */
    long origin;  /* days from 1970-01-01 */
    bool with_time;
    int periods; /* of a year */
    char letter; /* what stands before a period */
} date_format;

/* What a column's format says: one of SPSS, such as "EDATE10", or of Stata, such as "%td". */
date_format foreign_date_format(foreign_kind kind, const char *format);

/* False where the number is no date that has four digits of a year: it then stays a number. */
enum { DATE_TEXT_SIZE = 64 }; /* holds a number, too */
bool foreign_print_date(const date_format *format, double number, char buffer[DATE_TEXT_SIZE]);

#endif
