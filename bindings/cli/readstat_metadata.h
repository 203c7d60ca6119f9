/* What a file says of a column, as the metadata of an Arrow field. */
#ifndef CLI_READSTAT_METADATA_H
#define CLI_READSTAT_METADATA_H

#include "readstat_file.h"

/* The values that the user declared missing, as relcoord_survey(3) has them in a stream; NULL when
 * memory runs out. */
char *missing_metadata(const file_column *column);

#endif
