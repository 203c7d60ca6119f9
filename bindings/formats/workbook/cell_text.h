/* Text that grows, as the parts of a workbook bring it. */
#ifndef FORMATS_CELL_TEXT_H
#define FORMATS_CELL_TEXT_H

#include <stddef.h>

#include "relcoord.h"

enum { LONGEST_CELL = 1 << 20 };

/* Bytes of text that grow; always end in NUL once something was added. */
typedef struct cell_text {
    char *bytes;
    size_t length, capacity;
    relcoord_status fault; /* memory ran out, or the text is too long for a cell */
} cell_text;
void foreign_text_add(cell_text *t, const char *bytes, size_t size);
void foreign_text_clear(cell_text *t);
const char *foreign_text(const cell_text *t); /* "" where nothing was added */

#endif
