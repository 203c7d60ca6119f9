/* The register: everyone who was invited, as a survey of people without answers. Read once, then
 * immutable and shared as a codebook is. Knows nothing of the data that are held against it. */
#ifndef SURVEY_REGISTER_H
#define SURVEY_REGISTER_H

#include "survey/survey.h"

struct relcoord_register {
    const relcoord_survey *people; /* a participation is a person who was invited in a wave */
    uint32_t
        *first; /* by id in people->respondent_strings: the first of the person's participations */
    struct register_sharing *sharing;
};

/* Takes the people over; NULL when memory runs out, and then they are freed. */
relcoord_register *register_new(relcoord_survey *people);

/* Counts one more holder; relcoord_register_free counts one down. */
const relcoord_register *register_share(const relcoord_register *invited);
void register_release(const relcoord_register *invited); /* the same for those who hold it const */

#endif
