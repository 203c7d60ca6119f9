/* A result as text that an analyst reads and pastes: prose wrapped to the line, sheets as grids. */
#ifndef PRESENT_TEXT_TEXT_H
#define PRESENT_TEXT_TEXT_H

#include "present/show/writer.h"

extern const output_format text_format;

#endif
