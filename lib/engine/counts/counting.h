/* Counting one variable among some people, and what the counts are sure of: per cents with their
 * intervals, and the mean. Answers of people get Wilson's interval (stats/intervals/proportions.h);
 * ties of one respondent are no independent answers, and get that of a mean of noughts and ones
 * clustered by respondent (stats/intervals/clusters.h). */
#ifndef ENGINE_COUNTS_COUNTING_H
#define ENGINE_COUNTS_COUNTING_H

#include "engine/counts/categories.h"
#include "stats/numbers/moments.h"

typedef struct category_count {
    int64_t n;
    total weight; /* the sum of their weights; n without weights */
} category_count;

/* What is counted: respondents, or ties of theirs. */
typedef struct counting {
    const run *r;
    const categorical *variable;
    const uint32_t *people;
    size_t people_count;
    double population; /* of which they are a part; 0: without end; NaN: not known */

    category_count *categories, base; /* by category; all of them, each person or tie once */
    total squares;                    /* the sum of squared weights */
    int64_t dont_know, missing;
} counting;

/* Fills in the counts; categories has room for those of the variable. */
void counting_fill(counting *c);

/* A share of the base. The bounds are shares, too; NaN is none. */
typedef struct share {
    int64_t n;
    double weight; /* theirs, of base_weight */
    double base_weight;
    double low, high, worst_low, worst_high;
    const char *estimator, *note;
} share;

/* What is in the categories that are marked. */
share counting_share(const counting *c, const bool *marked);

typedef struct counted_mean {
    int64_t n;
    double mean, sd, se, df;
    const char *estimator;
} counted_mean;

/* Of what has a score. */
counted_mean counting_mean(const counting *c);

/* The interval of people with some weight among all of a base: estimator and bounds. */
void share_of_people(share *s, double squares, const run *r, double population);

#endif
