/* The terms of a regression, and the people that have them all. */
#ifndef ANALYSES_REGRESSION_TERMS_H
#define ANALYSES_REGRESSION_TERMS_H

#include "engine/scores/respondent_scores.h"

enum { MOST_TERMS = 64 };

/* A score on a scale, a column of numbers, or a grouping: NULL for what it is not. */
typedef struct term_source {
    const char *name;
    const respondent_scale *scale;
    const survey_item *item;
    const attribute *groups;
} term_source;

typedef struct term_list {
    respondent_scales explained,
        explaining; /* those that the options outcome and predictors name */
    tie_part part;
    const attribute *cluster; /* NULL: each person alone */
    term_source *outcomes;
    size_t outcome_count;
    term_source *sources;
    size_t source_count;
} term_list;

/* Whether scores of relational coordination are among the outcomes and terms; or nothing else
 * among the predictors. */
bool terms_have_ties(const term_list *t);
bool terms_are_of_ties(const term_list *t);

/* Whether the outcome and a term have an answer in common. */
bool terms_share_answers(const term_source *outcome, const term_source *term);

/* Reads the options; terms_free frees *out, whatever comes of it. */
relcoord_status terms_find(const run *r, term_list *out, relcoord_error *err);
void terms_free(term_list *t);

typedef struct model_cases {
    size_t n, left_out, clusters, terms;
    char **names;           /* by term */
    const term_source **of; /* by term; NULL of the intercept */
    double *x, *y;          /* n x terms; n: in the order of clusters, then people */
    uint32_t *cluster;
} model_cases;

/* The people of rows first … end - 1 who have the outcome and all terms. */
relcoord_status model_cases_gather(const run *r, const term_list *t, const term_source *outcome,
                                   uint32_t first, uint32_t end, model_cases *out,
                                   relcoord_error *err);
void model_cases_free(model_cases *c);

#endif
