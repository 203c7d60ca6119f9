/* The survey store: validated answers in columns. Built by builder.c, then immutable.
 *
 * A participation is one respondent in one wave; it holds the attributes (workgroup, unit, wave,
 * role) and owns a run of ties. Participations stand in ascending order of respondent, then wave,
 * their ties in that of target, and every label's number is its place in the order of labels (of
 * workgroups: those that answer first): whatever loops over them in index order gives the same figures
 * however the rows of the file stood. */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include <stdbool.h>

#include "base/intern.h"
#include "relcoord.h"
#include "survey/names.h"

/* Labels in their order; an empty label means that none was given. */
typedef struct label_list {
    uint32_t count;
    const char **names;
} label_list;

typedef struct attribute {
    bool present; /* the data have such a column (workgroup: always) */
    label_list labels;
    uint32_t *values; /* by participation: a label's number; NULL unless present */
} attribute;

struct relcoord_survey {
    attribute attributes[ATTRIBUTE_COUNT]; /* by column_role; the labels of workgroup are those of targets, too */
    uint32_t *target_place; /* by label of workgroup: its place among targets, which are ordered on their own */
    uint32_t *union_place;  /* its place among workgroups and targets together */
    label_list respondents;

    uint32_t participation_count;
    uint32_t *respondent; /* by participation */
    uint32_t *first_tie, *tie_count;
    double *weight; /* by participation; NULL without a weight column */

    uint32_t tie_count_all, most_ties; /* all ties; the most that a participation has */
    uint32_t *target;                  /* by tie */
    int8_t *answers;                   /* by tie and item: 1 to scale_top, 0 missing */
    int scale_top;
    int64_t invalid[ITEM_COUNT]; /* by item: answers off the scale, which are missing */

    char **notes; /* what was noted in reading */
    size_t note_count;

    intern label_strings, respondent_strings, attribute_strings[ATTRIBUTE_COUNT]; /* own the names */
};

/* The name of an attribute as `by` takes it: "workgroup", "unit", "wave", "role". */
const char *attribute_name(int role);

#endif
