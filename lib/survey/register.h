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

/* Counts one more holder; relcoord_register_free counts one down. */
const relcoord_register *register_share(const relcoord_register *invited);
void register_release(const relcoord_register *invited); /* the same for those who hold it const */

/* The register that options for "read" name or hold, counted once more; NULL when there is none.
 * One that is named is read with that codebook, and as if on its own: the options' encoding and the
 * like are the data's. */
relcoord_status register_of_options(const relcoord_options *options,
                                    const relcoord_codebook *codebook,
                                    const relcoord_register **out, relcoord_error *err);

#endif
