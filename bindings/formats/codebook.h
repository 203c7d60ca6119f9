/* A drafted codebook with what a file says of its values. */
#ifndef FORMATS_CODEBOOK_H
#define FORMATS_CODEBOOK_H

#include <stdio.h>

#include "data_files.h"

/* The draft's table as CSV, with the labels of the files' columns and values, and the values that
 * the user declared missing. NULL when memory runs out; the caller frees it. */
char *foreign_codebook(const data_files *files, const relcoord_result *draft);

/* A field of CSV, in quotation marks where it needs them. */
void foreign_print_field(FILE *to, const char *text);

#endif
