/* Building a survey, the end: labels are numbered in their order, never by first appearance. */
#ifndef SURVEY_BUILDING_LABELS_H
#define SURVEY_BUILDING_LABELS_H

#include "survey/building/builder.h"

/* Lists an intern table in order. (*rank)[id] becomes an id's place; the caller frees it. */
relcoord_status finish_order_labels(const intern *strings, label_list *list, uint32_t **rank,
                                    relcoord_error *err);

/* Numbers the labels of all attributes and of targets, and puts the numbers into what holds
 * them. */
relcoord_status finish_attributes(builder *b, relcoord_error *err);

#endif
