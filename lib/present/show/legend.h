/* The legend of a pivot: what the letters and marks in its cells stand for, and only those that
 * occur. A word such as a band is shown by as many letters as tell the words apart. */
#ifndef PRESENT_SHOW_LEGEND_H
#define PRESENT_SHOW_LEGEND_H

#include "present/show/presenter.h"

#define NOT_THERE "·"

enum { LEGEND_LIMIT = 9 };
typedef struct legend {
    const char *letter_name;         /* heads the column shown as letters */
    const char *words[LEGEND_LIMIT]; /* its words, the one with the lowest estimate first */
    double lowest[LEGEND_LIMIT];
    size_t word_count, letters;      /* letters that tell the words apart; 0: whole words */
    const char *notes[LEGEND_LIMIT]; /* notes of cells without a value */
    size_t note_count;
    bool uncertain, not_there;
} legend;

/* Learns what occurs in some rows; words: the column shown as letters, or NULL. */
void legend_learn(legend *marks, const show *s, const relcoord_table *table,
                  const table_column *estimate, const table_column *words, const size_t *rows,
                  size_t count);
/* The mark of a cell without a value: where reasons differ, with the number of its own. marks may
 * be NULL. */
void legend_add_no_value(const legend *marks, const char *note, text *out);
/* A word of the column shown as letters, as many as are needed. */
void legend_add_word(const legend *marks, const char *whole, text *out);
void legend_explain(const legend *marks, show *s);
/* What a code means, and the name in it: "an item with one answer only: q3"; beside its code, where
 * codes are shown. */
void add_reason(const writer *w, const char *meaning, const char *code, size_t length, text *out);
/* What the codes of a note mean: "too few answers", or "too few answers (too_few)". */
void add_reasons(const writer *w, const char *note, text *out);

#endif
