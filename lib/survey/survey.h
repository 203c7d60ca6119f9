/* The survey store: validated answers in columns. Built by survey/building, then immutable.
 *
 * A participation is one respondent in one wave; it holds the attributes (workgroup, unit, wave,
 * role …) and the answers to items that are about no workgroup, and owns a run of ties.
 * Participations stand in ascending order of respondent, then wave, their ties in that of target,
 * and every label's number is its place in the order of labels (of workgroups: those that answer
 * first): whatever loops over them in index order gives the same figures however the rows of the
 * file stood. */
#ifndef SURVEY_SURVEY_H
#define SURVEY_SURVEY_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/platform.h"
#include "codebook/codebook.h"
#include "codebook/names.h"
#include "relcoord.h"

/* Labels in their order; an empty label means that none was given. */
typedef struct label_list {
    uint32_t count;
    const char **names;
    const char **danish; /* what they are called in Danish; NULL when no codebook says */
} label_list;

typedef struct attribute {
    const char *name; /* as `by` takes it; borrowed */
    bool present;     /* the data have such a column (workgroup: in all data with ties) */
    bool similar;     /* some labels differ in letter case or blanks only */
    label_list labels;
    uint32_t *values; /* by participation: a label's number, or a set's; NULL unless present */
    /* People may be in several of its groups at once, or in none: */
    bool multiple;
    uint32_t set_count; /* the labels of a set are set_labels[set_start[set]] … [set_start[set + 1]
                           - 1], */
    uint32_t *set_start; /* ascending; "in none" is a label of its own, the empty one */
    uint32_t *set_labels;
} attribute;

/* An item that is answered once in a participation, about no workgroup. */
typedef struct survey_item {
    const codebook_entry *entry;
    const code_list *codes; /* NULL: any number */
    uint8_t *places;        /* by participation: 1 + the place of the code answered, 0 for none */
    double *numbers;        /* without codes: NaN for none */
} survey_item;

/* A column of the data that is used, for what is reported of it. */
typedef struct survey_variable {
    char *name;
    codebook_role role;
    uint32_t slot;   /* of a tie's item: its dimension; of an item, an outcome: its number; of what
                        has labels: its attribute */
    bool membership; /* one of the 0/1 columns that make up a grouping: slot numbers those */
    const code_list *codes; /* NULL: an answer as it is scored, any label, any number */
    bool of_ties;           /* an item that is answered about a workgroup: */
    uint32_t target;        /* the label of that in wide data, NO_TARGET in long */
    int64_t invalid;        /* answers off the scale, which are missing */
} survey_variable;
#define NO_TARGET UINT32_MAX

/* What was wrong with the data and was put right, as the reading options say. */
typedef enum problem_kind { PROBLEM_INVALID, PROBLEM_DUPLICATE } problem_kind;
typedef struct survey_problem {
    problem_kind kind;
    uint32_t variable; /* NO_VARIABLE: the whole row */
    uint32_t file;     /* which of the files, from 0 */
    int64_t line, row; /* line: 0 where there are none */
    const char *value; /* as it stood there, cut when long; "" when it must not be repeated */
} survey_problem;
#define NO_VARIABLE UINT32_MAX

/* Answers that are no score. A category without a score is ANSWER_UNSCORED less its place among its
 * like. */
enum { ANSWER_NONE = 0, ANSWER_DONT_KNOW = -1, ANSWER_MISSING = -2, ANSWER_UNSCORED = -3 };

struct relcoord_survey {
    attribute *attributes; /* the first by column_role, then those that the codebook names */
    size_t attribute_count;
    uint32_t *target_place; /* by label of workgroup, which are those of targets, too: its place
                               among targets, */
    uint32_t *
        union_place; /* which are ordered on their own, and among workgroups and targets together */
    label_list respondents;

    uint32_t participation_count;
    uint32_t *respondent; /* by participation */
    uint32_t *first_tie, *tie_count;
    double *weight; /* by participation; NULL without a weight column */

    bool redact; /* messages never repeat a label */
    bool wide;   /* a row was a respondent */
    bool stops_at_invalid,
        stops_at_duplicates; /* it would not have been read with such a problem */
    uint32_t tie_count_all,
        most_ties; /* all ties, with room for those left out; the most that a participation has */
    uint32_t *target; /* by tie */
    int8_t *answers;  /* by tie and dimension: 1 to scale_top, or one of the above */
    int scale_top;
    bool asked[ITEM_COUNT]; /* the dimensions that the instrument has */
    int asked_count;

    survey_item *items;
    size_t item_count;

    survey_variable *variables; /* in the order of the first file's columns */
    size_t variable_count;
    int64_t row_count;        /* of the files */
    survey_problem *problems; /* at most MOST_PROBLEMS, as they came */
    size_t problem_count, problem_capacity;

    char **notes; /* what was noted in reading */
    size_t note_count;
    input_list inputs; /* the files that it was read from */

    const relcoord_codebook *codebook; /* NULL when it was read without */
    const relcoord_register *invited;  /* the same */
    uint32_t *place_invited; /* by participation: which of the register's it is; NULL without one */
    intern label_strings, respondent_strings, problem_strings; /* own the names */
    intern *attribute_strings;                                 /* by attribute */
};

enum { MOST_PROBLEMS = 100000 };

/* Frees it but for the register that it was held against, which relcoord_survey_free lets go of. */
void survey_free_all_but_register(relcoord_survey *survey);

/* What the first column of a role is called; "" when there is none. */
const char *survey_column_of(const relcoord_survey *survey, codebook_role role);

/* The attribute of that name, in English or, of the field's own ones, in Danish; attribute_count
 * for none. */
size_t survey_find_attribute(const relcoord_survey *survey, const char *name);

/* How many of its groups a participation is in, and their labels' numbers; who is in none has the
 * empty label. */
uint32_t survey_groups_of(const attribute *a, uint32_t participation, const uint32_t **labels);

#endif
