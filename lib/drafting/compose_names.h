/* What the options targets and levels list, as the values of a codebook do:
 * `code[|label_en[|label_da]];…`. */
#ifndef DRAFTING_COMPOSE_NAMES_H
#define DRAFTING_COMPOSE_NAMES_H

#include "drafting/compose.h"

/* Fills names from an option; a known level that goes without labels gets its own. */
relcoord_status compose_read_names(composed_codebook *c, const relcoord_options *options,
                                   const char *option, composed_names *names, relcoord_error *err);

#endif
