/* A list: a row a line. Columns without any value are left out; a word that all rows have in common
 * stands once below; the two bounds of an interval are one column. */
#ifndef PRESENT_SHOW_LIST_H
#define PRESENT_SHOW_LIST_H

#include "present/show/presenter.h"

/* Some rows of a table as a list; columns, where: as in view_spec. False: the writing is to end. */
bool show_list(show *s, const relcoord_table *table, const char *columns, const char *where,
               const size_t *rows, size_t row_count);

#endif
