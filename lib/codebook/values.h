/* One cell of a codebook's column `values` (relcoord-codebook(5)): its entries as a list of
 * codes. */
#ifndef CODEBOOK_VALUES_H
#define CODEBOOK_VALUES_H

#include "base/intern.h"
#include "codebook/code.h"
#include "source/reader.h"

/* Reads `presented[=score][|label_en[|label_da]];…`, an empty cell being no codes. The texts are
 * added to strings. A fault goes into the reader, at that column, and leaves the list empty. */
void values_read(reader *r, size_t column, const char *bytes, size_t length, intern *strings,
                 code_list *out);

#endif
