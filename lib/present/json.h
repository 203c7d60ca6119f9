/* A result as JSON (RFC 8259), a row a line:
 *
 *     {"relcoord":…, "analysis":…, "options":{}, "notes":[],
 *      "tables":{"cells":{"columns":[], "rows":[]}}} */
#ifndef PRESENT_JSON_H
#define PRESENT_JSON_H

#include "present/show/writer.h"

extern const output_format json_format;

#endif
