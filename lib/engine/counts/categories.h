/* Variables as categories: what a distribution counts and a cross table crosses. A variable is a
 * dimension, which is answered about workgroups; an item that is answered once; or a grouping, in
 * which people may be in several groups. */
#ifndef ENGINE_COUNTS_CATEGORIES_H
#define ENGINE_COUNTS_CATEGORIES_H

#include "engine/analysis.h"

typedef struct answer_category {
    const char *label; /* borrowed from the survey */
    double score;      /* NaN: none */
} answer_category;

typedef enum variable_source { FROM_TIES, FROM_ITEM, FROM_GROUPING } variable_source;

/* What an answer is when it is in no category. */
enum { ANSWER_IS_MISSING = -1, ANSWER_IS_DOUBT = -2 };

typedef struct categorical {
    const char *name, *label; /* label: what the codebook calls it, or its name; both borrowed */
    variable_source source;
    size_t slot;   /* the dimension, the item, or the attribute */
    bool multiple; /* people may be in several of its categories */
    size_t count;
    answer_category *categories; /* in the order of the codebook */
    int *of_place; /* of an item by the place of its code, of a grouping by the number of its
                    * label */
    uint32_t *variable_of; /* of ties by target (one in long data): the survey's variable, for what
                              has no score */
} categorical;

/* ---- Which there are ---- */

typedef struct categorical_list {
    size_t count;
    categorical *variables;
} categorical_list;

/* Those that a list option names: dimensions, items, groupings, and scales, which stand for their
 * items. None named: all dimensions and items, in the codebook's order where there is one. A name
 * that is none is RELCOORD_EOPTION. Labels that differ in Danish are named in the result. */
relcoord_status categoricals_select(const run *r, const char *option, relcoord_result *result,
                                    categorical_list *out, relcoord_error *err);
/* The one variable of people that a text option names. Empty, it is the first item, or the first
 * grouping when there is no item or `other` is given: then any but that one, unless there is no
 * second. */
relcoord_status categorical_named(const run *r, const char *option, const categorical *other,
                                  relcoord_result *result, categorical_list *out,
                                  relcoord_error *err);
void categoricals_free(categorical_list *list);

/* ---- Answers ---- */

/* The category of a tie, of one of FROM_TIES; of a person, of the others unless they are
 * multiple. */
int category_of_tie(const relcoord_survey *s, const categorical *c, uint32_t tie);
int category_of_person(const relcoord_survey *s, const categorical *c, uint32_t participation);
/* The score of a person on an item, which may be any number; NaN for none. */
double score_of_person(const relcoord_survey *s, const categorical *c, uint32_t participation);

/* The category that is 1 of an item whose only answers are 0 and 1; -1 of any other: a question
 * whose items are all like that is one of which several answers may be chosen. */
int category_chosen(const relcoord_survey *s, const categorical *c);

#endif
