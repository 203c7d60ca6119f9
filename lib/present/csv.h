/* One table as CSV: RFC 4180 with LF, a header, '.' as the mark, the shortest text that reads back
 * to the same double. An empty cell is an empty field. */
#ifndef PRESENT_CSV_H
#define PRESENT_CSV_H

#include "present/show/writer.h"

extern const output_format csv_format;

#endif
