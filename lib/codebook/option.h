/* The codebook that options for "read" name or hold. */
#ifndef CODEBOOK_OPTION_H
#define CODEBOOK_OPTION_H

#include "codebook/codebook.h"

/* The codebook that the options name or hold, counted once more: codebook_release lets go of
 * it. NULL when there is none. One that is named is read as if on its own: the options' encoding
 * and the like are the data's. */
relcoord_status codebook_of_options(const relcoord_options *options, const relcoord_codebook **out,
                                    relcoord_error *err);

#endif
