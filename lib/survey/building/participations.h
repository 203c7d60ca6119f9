/* Participations while rows come in: who a row belongs to, and that its attributes say what they
 * said before. */
#ifndef SURVEY_BUILDING_PARTICIPATIONS_H
#define SURVEY_BUILDING_PARTICIPATIONS_H

#include "survey/building/builder.h"

/* Makes the row's participation the current one: that of the last row, another seen before, or
 * new. */
void builder_find_participation(builder *b);

/* Keeps the row's answers to items as the participation's. */
void builder_store_items(builder *b, uint32_t participation);

#endif
