/* The score of a respondent on any scale, one value for each respondent and wave: of relational
 * coordination the mean of the ties' scores, of what is answered about no workgroup the mean of the
 * items, both under min_share (relcoord-methods(7), Any scale). */
#ifndef ENGINE_SCORES_RESPONDENT_SCORES_H
#define ENGINE_SCORES_RESPONDENT_SCORES_H

#include "engine/scores/people.h"

/* How a table names it, and the ties it is over. */
#define MEASURED_COLUMN(NAME)                                                                \
    {                                                                                        \
        NAME, RELCOORD_STRING, RELCOORD_KEY,                                                 \
            "one of the seven dimensions, communication, relationship or rc; by the option " \
            "scale also a scale of the codebook, a dimension of one, or an item"             \
    }
#define MEASURED_PART_COLUMN                                                                \
    {                                                                                       \
        "part", RELCOORD_STRING, RELCOORD_KEY,                                              \
            "ties within a workgroup, between workgroups, or all; (respondents): answered " \
            "once, about no workgroup"                                                      \
    }
#define MEASURED_OPTION                                                                           \
    {                                                                                             \
        .name = "scale", .type = OPTION_LIST, .initial = "",                                      \
        .help = "what people are scored on: dimensions, communication, relationship, rc, scales " \
                "of the codebook, their dimensions (such as coupling functions), or single "      \
                "items; empty: rc with all its dimensions, or without answers about workgroups "  \
                "all scales of the codebook"                                                      \
    }

typedef struct respondent_scale {
    const char *name;          /* as an option takes it and a table shows it */
    bool of_ties;              /* answered about workgroups: */
    int measure;               /* the dimension that it is; -1 for none */
    const survey_item **items; /* else answered once: in the codebook's order, */
    size_t item_count;
    int least; /* of which so many must be answered */
} respondent_scale;

typedef struct respondent_scales {
    score_rule rule; /* of those of ties */
    size_t count;
    respondent_scale *scales;
    const survey_item **items; /* behind all of them */
} respondent_scales;

/* The scales that an option of names names, in its order, by min_share. A name is looked up among
 * the scales of the codebook, then rc and its dimensions, the dimensions of scales, and the items.
 * None named: rc's, or where there are no answers about workgroups all scales of the codebook and
 * their dimensions. RELCOORD_EUSAGE for an unknown name, one given twice, or a survey without any;
 * respondent_scales_free frees *out, set on success only. */
relcoord_status respondent_scales_find(const run *r, const char *option, respondent_scales *out,
                                       relcoord_error *err);
void respondent_scales_free(respondent_scales *list);

/* A score as a sum and by how many answers it is divided: exact for whole answers, so that equal
 * scores, and equal differences of scores, are equal. Of a scale that is answered once; false when
 * too few of its items are answered. */
typedef struct respondent_sum {
    double sum;
    int answered;
} respondent_sum;
bool respondent_sum_read(const respondent_scale *scale, uint32_t participation,
                         respondent_sum *out);

/* The score of a participation, NaN for none; part is of scales of ties. */
double respondent_score(const run *r, const respondent_scales *list, const respondent_scale *scale,
                        uint32_t participation, tie_part part);

/* The parts that a scale has a score for, and what they are called: within, between and all of
 * ties, else "(respondents)" alone. */
int respondent_parts(const respondent_scale *scale);
const char *respondent_part_name(const respondent_scale *scale, int part);

#endif
