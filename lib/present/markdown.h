/* A result as Markdown with pipe tables (GitHub Flavored Markdown 0.29, sections 4.10 and 6):
 * labels of the data are escaped, so that they stay text. */
#ifndef PRESENT_MARKDOWN_H
#define PRESENT_MARKDOWN_H

#include "present/show/writer.h"

extern const output_format markdown_format;

#endif
