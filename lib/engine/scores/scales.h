/* The scales of a survey, and the answers to one scale as a matrix of cases and items: what
 * reliability, agreement and factors start from. rc and its two parts are answered about
 * workgroups, once a tie; the scales that a codebook names are answered once a participation. */
#ifndef ENGINE_SCORES_SCALES_H
#define ENGINE_SCORES_SCALES_H

#include "engine/members.h"

/* The columns that tables of scales begin with. */
#define SCALE_COLUMNS                                                            \
    {"scale", RELCOORD_STRING, RELCOORD_KEY,                                     \
     "scale: rc, communication, relationship, or one of the codebook"},          \
    {                                                                            \
        "basis", RELCOORD_STRING, RELCOORD_KEY,                                  \
            "what a case is: a tie, or a respondent with the mean over all ties" \
    }

#define ITEM_COLUMN                                                         \
    {                                                                       \
        "item", RELCOORD_STRING, RELCOORD_KEY,                              \
            "item of the scale: a dimension, or a variable of the codebook" \
    }

/* ---- Which there are ---- */

typedef struct scale_item {
    const char *name; /* the dimension, or the codebook's variable */
    size_t slot;      /* among the dimensions, or among the survey's items */
} scale_item;

typedef struct scale {
    const char *name;
    bool of_ties;
    bool whole; /* every score is a whole number */
    size_t k;
    const scale_item *items; /* in Gittell's order, or the codebook's */
    double low, high;        /* the ends of the answers' scale */
} scale;

typedef struct scale_list {
    size_t count;
    scale *scales; /* rc, communication, relationship, then those of the codebook in its order */
    scale_item *items;
} scale_list;

#define SCALE_OPTION                                                                              \
    {                                                                                             \
        .name = "scale", .type = OPTION_LIST, .initial = "",                                      \
        .help = "scales to analyse: rc, communication, relationship, and those of the codebook; " \
                "none given: all"                                                                 \
    }

/* The scales that the option `scale` names, or all. A scale that is none is RELCOORD_EUSAGE, and so
 * is a survey without any. communication and relationship are there when they have items and not
 * all of rc's, unless the codebook has a scale of that name. */
relcoord_status scales_select(const run *r, scale_list *out, relcoord_error *err);
void scales_free(scale_list *list);

/* ---- Its cases ---- */

typedef enum scale_basis {
    BASIS_TIES,        /* a row a tie; of scales of ties only */
    BASIS_RESPONDENTS, /* a row a participation: of a scale of ties, each item's mean over the ties
                          that answer it */
    BASIS_COUNT
} scale_basis;

extern const char *const scale_basis_names[BASIS_COUNT]; /* "ties", "respondents" */

/* Rows in the order of participations, then targets; nobody is left out, not even who answered
 * nothing. */
typedef struct scale_cases {
    size_t rows, k;
    double *values;      /* rows x k, NaN where there is no score */
    uint32_t *member;    /* by row: which of the group's members */
    uint32_t *workgroup; /* by row: that of who answers, a label; 0 when the survey has none */
    uint32_t *target;    /* by row: a label; NO_TARGET when rows are respondents */
} scale_cases;

/* One at a time, for what need not have them all at once: how many rows a member has, and the
 * answers of one. */
uint32_t scale_row_count(const run *r, const group_members *members, uint32_t member,
                         scale_basis basis);
void scale_row_read(const run *r, const scale *s, const group_members *members, scale_basis basis,
                    uint32_t member, uint32_t row, double *values);

relcoord_status scale_cases_gather(const run *r, const scale *s, const group_members *members,
                                   scale_basis basis, scale_cases *out, relcoord_error *err);
void scale_cases_free(scale_cases *c);

#endif
