/* R vectors as an Arrow stream. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "binding.h"

/* A stream of one batch over the vectors of prepared columns (see R/survey.R), which stay R's:
 * values are not copied, but for missing values, which become bits. All of it is R_alloc's, and
 * lives until .Call returns; may raise R's errors, so nothing of the library is to be held. */
struct ArrowArrayStream *r_stream_new(SEXP columns, R_xlen_t rows);

#endif
