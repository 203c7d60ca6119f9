/* All analyses. */
#ifndef ANALYSES_REGISTRY_H
#define ANALYSES_REGISTRY_H

#include "engine/analysis.h"

/* All analyses, in the order in which they are listed; ends with NULL. */
extern const analysis *const analysis_registry[];

/* The analysis of that name, or NULL with an error that names the nearest. */
const analysis *analysis_find(const char *name, relcoord_error *err);

#endif
