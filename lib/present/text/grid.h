/* The grid: columns of cells laid out in the width of a line. What does not fit is first given
 * headers on several lines and a code of the notes a line, then keys on several lines, then a
 * narrower gap, then blocks of columns one below the other with the keys repeated. */
#ifndef PRESENT_TEXT_GRID_H
#define PRESENT_TEXT_GRID_H

#include "present/show/sheet.h"

/* What stands above the columns behind the keys. */
typedef enum grid_headers {
    HEADERS_WHOLE,
    HEADERS_CUT,     /* some lost letters */
    HEADERS_NUMBERED /* of a pivot: 1, 2 … stand for its values */
} grid_headers;

/* Lays a sheet out in the line's width and writes it. False when the writing is to end. */
bool grid_write(writer *w, const sheet *of, grid_headers *headers);

#endif
