/* relcoord_codebook_draft with the option builtin: a composed codebook as a result, with the form
 * of its data. */
#ifndef DRAFTING_COMPOSED_H
#define DRAFTING_COMPOSED_H

#include "tables/result.h"

/* Whether options ask for a built-in codebook; they may be NULL, or of another purpose. */
bool composed_wanted(const relcoord_options *options);
/* The tables of a codebook and of decisions are the draft's. */
relcoord_status composed_result(const relcoord_options *options, const table_spec *codebook,
                                const table_spec *decisions, relcoord_result **out,
                                relcoord_error *err);
/* What only a built-in codebook takes. */
relcoord_status composed_check_absent(const relcoord_options *options, relcoord_error *err);

#endif
