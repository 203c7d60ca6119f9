/* Tables of coefficients of which a user wants only some. */
#ifndef ENGINE_COEFFICIENTS_ASKED_H
#define ENGINE_COEFFICIENTS_ASKED_H

#include "engine/analysis.h"

#define COEFFICIENTS_OPTION                                                                  \
    {                                                                                        \
        .name = "coefficients", .type = OPTION_LIST, .initial = "",                          \
        .help = "coefficients to give, by name or by what a name begins with: alpha, omega;" \
                " none given: all"                                                           \
    }

/* Keeps the rows whose column `coefficient` the option names, whole or, where none is called so, up
 * to an underscore. A name that no row has is RELCOORD_EOPTION. */
relcoord_status coefficients_keep_asked(const run *r, relcoord_table *table, relcoord_error *err);

#endif
