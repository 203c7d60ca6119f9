/* The steps by which a builder's rows become a survey, in this order: labels, ties,
 * participations. */
#ifndef SURVEY_FINISH_H
#define SURVEY_FINISH_H

#include "survey/builder.h"

#define NO_PLACE UINT32_MAX

/* Lists an intern table in order. (*rank)[id] becomes an id's place; the caller frees it. */
relcoord_status finish_order_labels(const intern *strings, label_list *list, uint32_t **rank,
                                    relcoord_error *err);

/* Numbers the labels of all attributes and of targets, and puts the numbers into what holds
 * them. */
relcoord_status finish_attributes(builder *b, relcoord_error *err);

/* Brings the ties together. On RELCOORD_EDATA *file is the number of the file at fault. */
relcoord_status finish_ties(builder *b, uint32_t *file, relcoord_error *err);

/* Notes labels of a column that only letter case or blanks tell apart. */
relcoord_status finish_note_similar(builder *b, relcoord_error *err);

#endif
