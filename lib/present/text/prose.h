/* Prose: items one behind the other, wrapped at the option "width". */
#ifndef PRESENT_TEXT_PROSE_H
#define PRESENT_TEXT_PROSE_H

#include "present/show/writer.h"

typedef struct prose {
    writer *w;
    size_t indent; /* of every line but the first */
    size_t column; /* where the line stands; 0: nothing yet */
} prose;

/* Puts an item after a separator, on a new line when it does not fit. */
void prose_item(prose *p, const char *separator, const char *item);
/* The words of a text, each an item. */
void prose_words(prose *p, const char *words);
void prose_end(prose *p);

#endif
