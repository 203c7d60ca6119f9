/* The items of coupling competence, and people's scores by function and level: what the tables of
 * `coupling` start from. An item belongs to it by scale `coupling` in the codebook; its dimension
 * is the function. */
#ifndef ANALYSES_COUPLING_PEOPLE_H
#define ANALYSES_COUPLING_PEOPLE_H

#include "engine/scores/functions.h"
#include "engine/scores/scales.h"

#define FUNCTION_COLUMN                                                          \
    {                                                                            \
        "function", RELCOORD_STRING, RELCOORD_KEY,                               \
            "function: bridge_builder, communicator, coordinator or cooperation" \
    }

typedef struct coupling_item {
    const survey_item *item;
    int function;
    size_t column; /* of its level */
} coupling_item;

typedef struct coupling_scale {
    size_t item_count, level_count;
    coupling_item *items;
    const char **levels; /* individual, group, organisation, management, then others in the
                            codebook's order */
    double low, high;    /* the ends that all items share */
    int *asked;          /* items, by score as in coupling_people */
    int *least;          /* of them that must be answered */
} coupling_scale;

/* RELCOORD_EUSAGE without items; RELCOORD_EDATA for a dimension that is no function, or items of
 * different ends. */
relcoord_status coupling_scale_find(const run *r, coupling_scale *out, relcoord_error *err);
void coupling_scale_free(coupling_scale *s);

/* What a person answered: the sum, exact for whole answers, and the ends. */
typedef struct function_score {
    double sum, least, most;
    int answered;
} function_score;

/* The scores of the members of a group, who are in the order of their keys. Column 0 of a person's
 * is over all levels, column 1 + l over level l. */
typedef struct coupling_people {
    const coupling_scale *scale;
    group_members members;
    size_t columns;
    function_score *scores; /* member x column x FUNCTION_COUNT */
} coupling_people;

relcoord_status coupling_people_gather(const run *r, const coupling_scale *items, uint32_t group,
                                       coupling_people *out, relcoord_error *err);
void coupling_people_free(coupling_people *p);

/* The mean of the answered items, which lies among the answers; NaN when too few are. */
double coupling_mean(const coupling_people *p, size_t member, size_t column, int function);

/* Whether the mean is there and not below a cut: by the sum, so that no rounding decides. */
bool coupling_reaches(const coupling_people *p, size_t member, int function, double cut);

/* Fills the four scores over all levels; false when one is missing. */
bool coupling_all(const coupling_people *p, size_t member, double scores[FUNCTION_COUNT]);

#endif
