/* Dates and times as ISO 8601 writes them. SPSS counts seconds from 14 October 1582, Stata days,
 * milliseconds or parts of a year from 1960 (their manuals on date and time variables). */
#include "dates.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SPSS_ORIGIN = -141428, STATA_ORIGIN = -3653, DAY_SECONDS = 86400 };

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static date_format read_spss(const char *format)
{
    static const char *const dates[] = {"DATETIME", "YMDHMS", "DATE", "ADATE", "EDATE",
                                        "SDATE",    "JDATE",  "QYR",  "MOYR",  "WKYR"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (begins(format, dates[i]))
            return (date_format){
                .unit = DATE_SECONDS, .scale = 1, .origin = SPSS_ORIGIN, .with_time = i < 2};
    if (begins(format, "TIME"))
        return (date_format){.unit = DATE_CLOCK, .scale = 1};
    return (date_format){.unit = DATE_NONE};
}

static date_format read_stata(const char *format)
{
    static const struct {
        char sign;
        int periods;
        char letter;
    } parts[] = {{'w', 52, 'W'}, {'m', 12, 0}, {'q', 4, 'Q'}, {'h', 2, 'H'}};
    format += strspn(format, "%-");
    if (*format == 'd') /* as releases before 10 wrote it */
        return (date_format){.unit = DATE_DAYS, .scale = 1, .origin = STATA_ORIGIN};
    if (*format != 't')
        return (date_format){.unit = DATE_NONE};
    if (format[1] == 'd')
        return (date_format){.unit = DATE_DAYS, .scale = 1, .origin = STATA_ORIGIN};
    if (format[1] == 'c' || format[1] == 'C')
        return (date_format){
            .unit = DATE_SECONDS, .scale = 1000, .origin = STATA_ORIGIN, .with_time = true};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (format[1] == parts[i].sign)
            return (date_format){.unit = DATE_PERIODS,
                                 .scale = 1,
                                 .periods = parts[i].periods,
                                 .letter = parts[i].letter};
    return (date_format){.unit = DATE_NONE};
}

date_format foreign_date_format(foreign_kind kind, const char *format)
{
    return kind == FOREIGN_SPSS ? read_spss(format) : read_stata(format);
}

/* The Gregorian date of a day, 0 being 1970-01-01: years are taken to begin in March, so that the
 * leap day is their last (400 years are 146097 days). */
static void find_date(long day, long *year, int *month, int *of_month)
{
    long shifted = day + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097,
         within = shifted - era * 146097;
    long years = (within - within / 1460 + within / 36524 - within / 146096) / 365;
    long days = within - (365 * years + years / 4 - years / 100), part = (5 * days + 2) / 153;
    *of_month = (int)(days - (153 * part + 2) / 5 + 1);
    *month = (int)(part < 10 ? part + 3 : part - 9);
    *year = years + era * 400 + (*month <= 2);
}

static bool print_day(const date_format *format, double days, double seconds,
                      char buffer[DATE_TEXT_SIZE])
{
    long year, whole = (long)seconds;
    int month, day;
    if (!(fabs(days) < 4e6))
        return false;
    find_date((long)days + format->origin, &year, &month, &day);
    if (year < 0 || year > 9999)
        return false;
    if (format->with_time)
        snprintf(buffer, DATE_TEXT_SIZE, "%04ld-%02d-%02dT%02ld:%02ld:%02ld", year, month, day,
                 whole / 3600, whole / 60 % 60, whole % 60);
    else
        snprintf(buffer, DATE_TEXT_SIZE, "%04ld-%02d-%02d", year, month, day);
    return true;
}

static bool print_period(const date_format *format, double number, char buffer[DATE_TEXT_SIZE])
{
    double year = 1960 + floor(number / format->periods);
    int part = (int)(number - format->periods * floor(number / format->periods)) + 1;
    if (!(year >= 0 && year <= 9999))
        return false;
    if (format->letter)
        snprintf(buffer, DATE_TEXT_SIZE, "%04d-%c%d", (int)year, format->letter, part);
    else
        snprintf(buffer, DATE_TEXT_SIZE, "%04d-%02d", (int)year, part);
    return true;
}

bool foreign_print_date(const date_format *format, double number, char buffer[DATE_TEXT_SIZE])
{
    double value = floor(number / format->scale), days = floor(value / DAY_SECONDS);
    if (!(fabs(value) < 1e15))
        return false;
    if (format->unit == DATE_DAYS)
        return print_day(format, value, 0, buffer);
    if (format->unit == DATE_SECONDS)
        return print_day(format, days, value - days * DAY_SECONDS, buffer);
    if (format->unit == DATE_PERIODS)
        return print_period(format, value, buffer);
    if (format->unit != DATE_CLOCK || value < 0 || value >= 100L * 3600)
        return false;
    snprintf(buffer, DATE_TEXT_SIZE, "%02ld:%02ld:%02ld", (long)value / 3600, (long)value / 60 % 60,
             (long)value % 60);
    return true;
}
