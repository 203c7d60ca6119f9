/* The format xlsx, which is the tool's own: the library links nothing that writes workbooks. */
#ifndef CLI_WORKBOOK_H
#define CLI_WORKBOOK_H

#include "arguments.h"

#define WORKBOOK_FORMAT "xlsx"
extern const char workbook_help[];

bool is_workbook(const arguments *a);

/* Whether a workbook can be written as the call wants it. A fault is printed and its exit status
 * returned. */
int check_workbook(const arguments *a);

/* Writes the result to the file of the call, whole or not at all. Returns an exit status, having
 * said what is wrong. */
int write_workbook(const arguments *a, const relcoord_result *result);

#endif
