/* What the tool does through relcoord-formats: reads files of other programs, and writes
 * workbooks. */
#ifndef CLI_FOREIGN_H
#define CLI_FOREIGN_H

#include "arguments.h"

/* Reads the files of the call as a survey, whatever they are. */
relcoord_status read_files(const arguments *a, relcoord_survey **out, relcoord_error *err);

/* Drafts a codebook of them. *codebook is it as CSV with the labels of the files, to be freed,
 * where they have such; else NULL. */
relcoord_status draft_files(const arguments *a, relcoord_result **out, char **codebook,
                            relcoord_error *err);

#endif
