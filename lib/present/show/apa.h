/* The style of the American Psychological Association (7th ed., 6.36 and chapter 7): symbols for
 * statistics, no zero before the mark where a value cannot pass one, coefficients to three
 * decimals. */
#ifndef PRESENT_SHOW_APA_H
#define PRESENT_SHOW_APA_H

#include "present/show/writer.h"

/* The symbol for a column, or for a coefficient; NULL where there is none, or another style is
 * wanted. */
const char *apa_heading(const writer *w, const char *column);
const char *apa_word(const writer *w, const table_column *column, size_t row);

/* Whether a value is one that cannot pass one, such as a correlation, alpha or p. */
bool apa_is_bounded(const writer *w, const relcoord_table *table, const table_column *column,
                    size_t row);

/* "0.953" as ".953" */
void apa_drop_zero(char *shown);

#endif
