/* What stands in a cell of a table, as text: words in the writer's language, numbers with its
 * decimal mark. */
#ifndef PRESENT_SHOW_VALUE_H
#define PRESENT_SHOW_VALUE_H

#include "present/show/writer.h"

#define NO_VALUE "–"

/* ---- Words as they are shown: in the writer's language ---- */

const char *shown_text(const writer *w, const char *english);
/* Of a table's column, by its name: what the codebook calls it, or words of relcoord's. */
const char *shown_heading(const writer *w, const relcoord_table *table, const char *name);
/* Of a cell that holds a string. Labels of the data stay as they are. */
const char *shown_string(const writer *w, const relcoord_table *table, const table_column *column,
                         size_t row);

/* Adds a text without its control characters, which could move a cursor: they become blanks. */
void add_clean(text *out, const char *string);
/* What the codebook calls the key in a cell, in the writer's language; NULL for nothing. */
const char *shown_label(const writer *w, const table_column *column, size_t row);
/* Adds the value of a cell as text, which is its label where it has one and labels are wanted;
 * nothing when it is empty. */
void add_value(const writer *w, const relcoord_table *table, const table_column *column, size_t row,
               text *out);

/* The same without a label. */
void add_code(const writer *w, const relcoord_table *table, const table_column *column, size_t row,
              text *out);

/* ---- Columns and cells of a table ---- */

/* A table without notes is a file for programs, such as a codebook. */
bool is_for_people(const relcoord_table *table);

/* The column whose name has that length, or NULL. */
const table_column *named_column(const relcoord_table *table, const char *name, size_t length);
bool same_cell(const table_column *column, size_t row, size_t other);
const char *note_of(const relcoord_table *table, size_t row);

#endif
