/* What a file says of a column, as the metadata of an Arrow field. */
#ifndef FORMATS_METADATA_H
#define FORMATS_METADATA_H

#include "data_file.h"

/* The values that the user declared missing, as relcoord_survey(3) has them in a stream; NULL when
 * memory runs out. */
char *foreign_missing_metadata(const file_column *column);

#endif
