/* The tables of a result for a LaTeX document with the package booktabs. */
#ifndef PRESENT_LATEX_H
#define PRESENT_LATEX_H

#include "present/show/writer.h"

extern const output_format latex_format;

#endif
