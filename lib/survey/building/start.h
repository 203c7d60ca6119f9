/* A builder's beginning and end. */
#ifndef SURVEY_BUILDING_START_H
#define SURVEY_BUILDING_START_H

#include "survey/building/builder.h"

/* Readies b->at, whose functions take headings, fields and rows. options: made for "read", or NULL
 * for the defaults; codebook and invited may be NULL. */
relcoord_status builder_start(builder *b, const relcoord_options *options,
                              const relcoord_codebook *codebook, const relcoord_register *invited,
                              relcoord_error *err);
/* The same for a register; codebook may be NULL. */
relcoord_status builder_start_register(builder *b, const relcoord_codebook *codebook, bool redact,
                                       relcoord_error *err);
/* Frees everything that was not handed out. */
void builder_free(builder *b);

#endif
