/* Which rows of the codebook are about which columns of the data: by exact names, which beat
 * patterns, and by patterns. Without a codebook, columns are known by the field's own names. */
#ifndef SURVEY_MATCHING_H
#define SURVEY_MATCHING_H

#include "codebook/codebook.h"
#include "codebook/names.h"
#include "source/reader.h"
#include "survey/survey.h"

/* One thing that a column is. */
typedef struct column_match {
    uint32_t column;
    codebook_role role;
    const codebook_entry *entry; /* NULL without a codebook */
    int dimension;      /* of an item of relational coordination; ITEM_COUNT for other items */
    const char *target; /* that such an item names, by its row or its heading; NULL for none */
    size_t target_length;
} column_match;

typedef struct match_list {
    column_match *matches; /* in order of columns */
    size_t count, capacity;
} match_list;

/* What headings are matched with. */
typedef struct match_plan {
    const relcoord_codebook *codebook; /* NULL for none */
    bool people_only; /* it is a register: only what people are, of which it need not have all */
    const relcoord_survey
        *invited; /* a register's people: what it says of them the data need not repeat; or NULL */
} match_plan;

/* Matches the reader's headings. What is doubled, missing or in doubt goes into the reader's error.
 * The caller frees list->matches. */
void match_columns(reader *r, const match_plan *plan, match_list *list);

/* The role that a codebook gives to such a column, and the attribute of a role that is one. */
codebook_role role_of_column(column_role column);
column_role attribute_of_role(codebook_role role);

/* Whether a heading has the form of a pattern, and what stands for {dimension} (ITEM_COUNT where
 * the pattern has none) and {target} (NULL where it has none). *ways counts how many readings there
 * are; the first is given. */
bool pattern_matches(const char *pattern, const char *heading, int *dimension, const char **target,
                     size_t *target_length, size_t *ways);

#endif
