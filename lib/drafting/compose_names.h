/* What the options targets and levels list, as the values of a codebook do:
 * `code[|label_en[|label_da]];…`. */
#ifndef DRAFTING_COMPOSE_NAMES_H
#define DRAFTING_COMPOSE_NAMES_H

#include "base/intern.h"
#include "base/language.h"
#include "base/options.h"

/* What an option lists: a workgroup or a level. */
typedef struct composed_name {
    const char *code, *labels[LABEL_LANGUAGES];
} composed_name;
typedef struct composed_names {
    composed_name *list;
    size_t count, capacity;
} composed_names;

/* Fills names from an option, their text kept in strings; a known level that goes without labels
 * gets its own. */
relcoord_status compose_read_names(const relcoord_options *options, const char *option,
                                   intern *strings, composed_names *names, relcoord_error *err);

#endif
