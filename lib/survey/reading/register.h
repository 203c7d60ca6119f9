/* The register that options for "read" name or hold. */
#ifndef SURVEY_READING_REGISTER_H
#define SURVEY_READING_REGISTER_H

#include "survey/register.h"

/* The register that the options name or hold, counted once more; NULL when there is none.
 * One that is named is read with that codebook, and as if on its own: the options' encoding and the
 * like are the data's. */
relcoord_status register_of_options(const relcoord_options *options,
                                    const relcoord_codebook *codebook,
                                    const relcoord_register **out, relcoord_error *err);

#endif
