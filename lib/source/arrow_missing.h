/* Values that a column of an Arrow stream declares missing, in its field's metadata
 * (relcoord_survey(3)). Knows neither columns nor codebooks. */
#ifndef SOURCE_ARROW_MISSING_H
#define SOURCE_ARROW_MISSING_H

#include <stdbool.h>
#include <stddef.h>

#include "relcoord.h"

/* A text, a number, or all numbers from low to high, which may be infinite. */
typedef struct declared_value {
    char *text; /* as it stands in the metadata, escapes undone; NULL for a range */
    bool numeric;
    double low, high;
} declared_value;

typedef struct declared_missing {
    declared_value *values;
    size_t count, capacity;
} declared_missing;

/* Finds the key relcoord.missing in a field's metadata, which may be NULL. RELCOORD_EDATA when it
 * is malformed. To be freed whatever comes of it. */
relcoord_status declared_missing_read(const char *metadata, declared_missing *out);
void declared_missing_free(declared_missing *missing);

/* Whether a field is declared missing: the same text, or as a number. */
bool declared_missing_holds(const declared_missing *missing, const char *bytes, size_t length);

#endif
