/* Walks through a result as text, html and markdown do: the line of the call, each table by its
 * views, the notes. */
#ifndef PRESENT_SHOW_SHOW_H
#define PRESENT_SHOW_SHOW_H

#include "present/show/presenter.h"

/* Shows what the figures are of, the views of all tables or of the one that is asked for, the
 * notes, and what made them: first in text, last on a page. False when the writing is to end. */
bool show_result(writer *w, const presenter *by, void *own);

#endif
