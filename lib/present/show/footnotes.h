/* What the codes in the notes of a list, and the names of its estimators, mean: each once, below
 * it. On a page they are footnotes: a row has their marks behind its name, and those of all rows
 * have none. Elsewhere the codes stand in columns of their own. */
#ifndef PRESENT_SHOW_FOOTNOTES_H
#define PRESENT_SHOW_FOOTNOTES_H

#include "base/intern.h"
#include "present/show/presenter.h"

#define NO_MARK SIZE_MAX
typedef struct footnote_names {
    intern names;  /* in order of appearance */
    size_t *rows;  /* how many rows have each */
    size_t *marks; /* the number of its mark, or NO_MARK */
    size_t marked; /* how many have one */
} footnote_names;

typedef struct footnotes {
    const relcoord_table *table;
    const size_t *rows; /* of the table, that are listed */
    size_t row_count;
    bool bands;      /* they are shown, and may be doubted */
    bool estimators; /* they are shown */
    footnote_names names_of_estimators, codes;
} footnotes;

/* Gathers the names, for a list that is set. False when memory runs out; to be freed in any
 * case. */
bool footnotes_gather(footnotes *f);
/* The marks of a row of the table: "ᵃ ᶜ". */
void footnotes_add_marks(const footnotes *f, size_t row, text *out);
void footnotes_explain(const footnotes *f, show *s);
void footnotes_free(footnotes *f);

/* Whether a note says nothing about the columns that are shown. */
bool footnotes_are_idle(const footnotes *f, const char *note);

#endif
