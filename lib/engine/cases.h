/* The cases of a run: which participations count, in which group of `by`, and the rows of the
 * matrix they make up. A row is a workgroup within a group. */
#ifndef ENGINE_CASES_H
#define ENGINE_CASES_H

#include "base/options.h"
#include "survey/survey.h"
#include "tables/table.h"

#define NO_ROW UINT32_MAX

enum { MOST_BY = 8 };

typedef struct cases {
    uint32_t by[MOST_BY]; /* the attributes of `by`, in its order */
    size_t by_count;
    const char *by_names[MOST_BY];
    uint32_t wave; /* the only one that counts, or NO_ROW */

    uint32_t group_count;      /* 1 without `by` */
    const char **group_labels; /* by group and attribute of `by` */

    uint32_t row_count; /* in order of group, then workgroup */
    uint32_t *row_group, *row_workgroup;
    size_t *first_place;  /* by participation, and one past the last: where its rows begin. It has
                             none when it is left */
    uint32_t *rows;       /* out, and several when it is in several groups of an attribute */
    size_t *row_start;    /* by row, and one past the last: where its members begin */
    uint32_t *members;    /* participations by row, in the survey's order */
    int64_t not_answered; /* people of the wave who are left out of the base; */
    int64_t silent;       /* in it, without a single answer, and nothing says whether they
                             opened the form */
    const double *weight; /* by participation; NULL when weights do not count */
} cases;

/* Selects by the options by, wave, base and weights, as far as the analysis takes them. Several
 * waves that are neither chosen from nor told apart are RELCOORD_EUSAGE, unless the analysis shows
 * the waves itself. */
relcoord_status cases_select(const relcoord_survey *survey, const relcoord_options *options,
                             bool shows_waves, cases *out, relcoord_error *err);
void cases_free(cases *c);

/* Begins a row of a table that has the names of `by` in front, and fills them in; returns the index
 * of the first column behind them. */
size_t cases_begin_row(relcoord_table *table, const cases *c, uint32_t group);

/* The ties of a participation in the order of targets that tables have; `order` has room for the
 * survey's most_ties, and (uint32_t)order[i] is the tie that comes at place i. */
void cases_order_ties(const relcoord_survey *survey, uint32_t participation, uint64_t *order);

/* How an empty label is printed. */
const char *cases_label(const char *label);

#endif
