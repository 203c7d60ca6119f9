/* A drafted codebook with what a file says of its values. */
#ifndef CLI_READSTAT_CODEBOOK_H
#define CLI_READSTAT_CODEBOOK_H

#include <stdio.h>

#include "readstat_files.h"

/* The draft's table as CSV, with the labels of the files' columns and values, and the values that
 * the user declared missing. NULL when memory runs out; the caller frees it. */
char *labelled_codebook(const data_files *files, const relcoord_result *draft);

/* A field of CSV, in quotation marks where it needs them. */
void print_field(FILE *to, const char *text);

#endif
