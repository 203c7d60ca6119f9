/* Walks through a result as text, html and markdown do: the line of the call, each table by its
 * views, the notes. */
#ifndef PRESENT_SHOW_SHOW_H
#define PRESENT_SHOW_SHOW_H

#include "present/show/presenter.h"

/* Shows the line of the call, the views of all tables or of the one that is asked for, and the
 * notes. False when the writing is to end. */
bool show_result(writer *w, const presenter *by, void *own);

/* Adds what heads the whole page: what the analysis is for, as a sentence begins. */
void add_page_heading(const writer *w, text *out);

#endif
