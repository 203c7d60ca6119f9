/* The terms of a regression, and the people that have them all. */
#ifndef ANALYSES_REGRESSION_TERMS_H
#define ANALYSES_REGRESSION_TERMS_H

#include "engine/scores/people.h"

enum { MOST_TERMS = 64 };

/* A mean over ties, a column of numbers, or a grouping. */
typedef struct term_source {
    const char *name;
    int measure;             /* -1 for none */
    const survey_item *item; /* NULL for none */
    const attribute *groups; /* NULL for none */
} term_source;

typedef struct term_list {
    score_rule rule;
    tie_part part;
    const attribute *cluster; /* NULL: each person alone */
    const survey_item **outcomes;
    size_t outcome_count;
    term_source *sources;
    size_t source_count;
} term_list;

/* Reads the options; terms_free frees *out, whatever comes of it. */
relcoord_status terms_find(const run *r, term_list *out, relcoord_error *err);
void terms_free(term_list *t);

typedef struct model_cases {
    size_t n, left_out, clusters, terms;
    char **names;  /* by term */
    double *x, *y; /* n x terms; n: in the order of clusters, then people */
    uint32_t *cluster;
} model_cases;

/* The people of rows first … end - 1 who have the outcome and all terms. */
relcoord_status model_cases_gather(const run *r, const term_list *t, const survey_item *outcome,
                                   uint32_t first, uint32_t end, model_cases *out,
                                   relcoord_error *err);
void model_cases_free(model_cases *c);

#endif
