/* Columns of an Arrow stream, read row by row: each cell becomes the text that a CSV field would
 * hold, so that files and streams share one reading of columns and values. The other side is not
 * trusted: whatever can be checked of its lengths, offsets and buffers is checked, in the columns
 * that are used. After the Arrow C data and C stream interfaces (Apache Arrow). */
#ifndef SOURCE_ARROW_COLUMN_H
#define SOURCE_ARROW_COLUMN_H

#include "base/number.h"
#include "source/arrow_array.h"
#include "source/arrow_missing.h"
#include "source/reader.h"

typedef struct arrow_column {
    size_t child;                   /* which of the stream's columns */
    cell_type type, values;         /* values: of the dictionary, if there is one */
    bool dictionary;                /* the cells are places in it */
    const struct ArrowArray *array; /* in the batch at hand, */
    int64_t first;                  /* and where its first row stands in the buffers */
    declared_missing missing;       /* values that are missing where no codebook lists them */
    uint64_t last_bits; /* the text of a number is dear to make: the last one is kept, */
    size_t last_length; /* 0 when there is none */
    char last_text[NUMBER_TEXT_SIZE];
} arrow_column;

/* ---- The stream ---- */

/* What is done with a stream. Faults go into the reader's sticky error. */
typedef struct arrow_taker {
    void (*plan)(void *user, const struct ArrowSchema *schema); /* the headings are the reader's */
    void (*take)(void *user, const struct ArrowArray *batch);   /* its shape is checked */
    void *user;
} arrow_taker;

/* Reads a stream, which stays the caller's to release. */
void arrow_read(reader *at, struct ArrowArrayStream *stream, const arrow_taker *taker,
                const relcoord_options *options);

void arrow_fail_malformed(reader *at, size_t column, const char *what);

/* ---- Columns ---- */

/* Learns a column's types and what it declares missing. Gives the format that cannot be read, or
 * NULL. */
const char *arrow_column_types(const struct ArrowSchema *schema, arrow_column *c);
void arrow_column_refuse(reader *at, const arrow_column *c, const char *format);
void arrow_column_missing(reader *at, const struct ArrowSchema *schema, arrow_column *c);
void arrow_column_free(arrow_column *c);

/* Finds the column in a batch; refuses an array that is not as its lengths and its schema say. */
bool arrow_column_find(reader *at, arrow_column *c, const struct ArrowArray *batch);

/* ---- Cells ---- */

/* The text at a place of an array: bytes NULL where there is no value. It lives until the next.
 * False when the array is malformed there. */
bool arrow_value_text(reader *at, arrow_column *c, const struct ArrowArray *a, cell_type type,
                      int64_t place, const char **bytes, size_t *length);

/* The place in the dictionary that a cell means; -1 where there is no value. False when it is
 * malformed. */
bool arrow_dictionary_place(const arrow_column *c, int64_t place, int64_t *index);

#endif
