/* The grid: columns of cells laid out in the width of a line. What does not fit is first given
 * headers on several lines and a code of the notes a line, then shortened keys, then a narrower
 * gap, then blocks of columns one below the other with the keys repeated. */
#ifndef PRESENT_TEXT_GRID_H
#define PRESENT_TEXT_GRID_H

#include "present/show/sheet.h"

/* Lays a sheet out in the line's width and writes it; *cut says whether headers behind the keys
 * lost letters. False when the writing is to end. */
bool grid_write(writer *w, const sheet *of, bool *cut);

#endif
