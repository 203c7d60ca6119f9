/* Fitting words into a width: on several lines, headers broken behind their words. */
#ifndef PRESENT_TEXT_WRAP_H
#define PRESENT_TEXT_WRAP_H

#include "base/text.h"

#define ELLIPSIS "…"

/* Takes the next line of at most `width` columns off a text; false at its end. */
bool next_line(const char **cursor, size_t width, const char **line, size_t *length);

/* A header on up to HEADER_LINES lines, broken after words; *cut says whether a word was too long,
 * whose rest then stands on the next line, or at less than BROKEN_WIDTH nowhere, or whether there
 * were too many words. */
enum { HEADER_LINES = 12, BROKEN_WIDTH = 8 };
typedef struct header_line {
    const char *start;
    size_t length;
    bool cut; /* letters were lost behind it */
} header_line;
size_t wrap_header(const char *header, size_t width, header_line lines[HEADER_LINES], bool *cut);

/* Blanks at the end do not count. */
size_t without_blanks(const char *start, size_t length);

#endif
