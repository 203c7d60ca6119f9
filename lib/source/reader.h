/* What all readers of rows share: where reading stands, the first error, the headings, the form of
 * numbers. Whoever reads rows of some kind has a reader as its first member, and functions for
 * their fields. */
#ifndef SOURCE_READER_H
#define SOURCE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "relcoord.h"

/* The decimal marks that numbers may have: the one, the other, or whichever comes first in the
 * file. */
typedef enum decimal_rule { DECIMAL_POINT, DECIMAL_COMMA, DECIMAL_DETECTED } decimal_rule;

typedef struct reader reader;
struct reader {
    /* where reading stands, kept by whoever feeds rows, for errors */
    int64_t row_line; /* the line on which the row began */
    int64_t row;      /* of the data, from 1; 0 in the header */
    uint32_t file;    /* which of the files, from 0 */
    size_t field;     /* the next field of the row, or of the header */
    bool redact;      /* no answer in a message */
    bool headless;    /* the first row is no header */
    bool encoded;     /* the text comes from bytes, in an encoding that an option can name */
    decimal_rule decimal;
    char decimal_seen; /* the mark that numbers of the file have, 0 before the first */
    unsigned dialects; /* csv.c's: what to note of the files */
    double
        share; /* of all that is to be read, the part that was; -1 while the whole is not known */

    relcoord_status status; /* sticky: once it is set, fields and rows are ignored */
    relcoord_error error;

    char **headings; /* of the file at hand */
    size_t heading_count, heading_capacity;

    void (*take_header)(reader *r); /* the headings are there */
    void (*take_field)(void *bytes, size_t length,
                       void *reader);               /* this and the next are libcsv's callbacks, */
    void (*take_row)(int terminator, void *reader); /* so that none stands between */
    void (*stop)(reader *r);                        /* status was set; NULL when nobody asks */
};

void reader_free(reader *r);

/* Begins the next file: a header comes first. */
void reader_next_file(reader *r);

/* libcsv's callbacks for a heading, and for the header's end. */
void reader_heading(void *bytes, size_t length, void *reader);
void reader_header(int terminator, void *reader);

/* Sets the sticky error at the current row; column may be SIZE_MAX for none. */
void reader_fail(reader *r, relcoord_status status, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for data that an option of "read" could make sense of. */
void reader_fail_option(reader *r, size_t column, const char *option, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same for text that is not UTF-8; what says which. */
void reader_fail_text(reader *r, size_t column, const char *what);
/* The same for a row that has not the header's number of fields. */
void reader_fail_width(reader *r, size_t fields, size_t columns);
void reader_fail_memory(reader *r);

/* A value as it may stand in a message: in quotes, short, printable; "a value" when redacted. */
enum { SHOWN_BYTES = 40, SHOWN_SIZE = SHOWN_BYTES + 8 };
const char *reader_shown(const reader *r, const char *bytes, size_t length,
                         char buffer[SHOWN_SIZE]);

/* Drops spaces and tabs at both ends. */
void reader_trim(const char **bytes, size_t *length);

/* The decimal mark that such a field has here. */
char reader_decimal_mark(const reader *r, const char *bytes, size_t length);

/* Whether a trimmed field is a number with the decimal mark that the file may have. Thousands are
 * never separated: with a second mark it is no number. */
bool reader_number(reader *r, size_t column, const char *bytes, size_t length, double *number);

#endif
