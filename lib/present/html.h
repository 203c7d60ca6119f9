/* A result as one page of HTML that needs nothing else: no script, no other file. Every table has a
 * caption and scoped headers, a band is a word and a colour, and an empty cell says why in text
 * that a screen reader reads. */
#ifndef PRESENT_HTML_H
#define PRESENT_HTML_H

#include "present/show/writer.h"

extern const output_format html_format;

#endif
