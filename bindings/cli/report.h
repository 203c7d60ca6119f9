/* What the tool says on standard error, and the exit status that goes with it. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "relcoord.h"

enum { EXIT_DONE = 0, EXIT_DATA = 1, EXIT_CALL = 2, EXIT_ENVIRONMENT = 3, EXIT_INTERRUPTED = 130 };

/* Prints a fault of the call and how to learn more; analysis may be NULL. Returns EXIT_CALL. */
int report_usage(const char *analysis, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints an error of the library, as file:line: column: what. Returns its exit status. */
int report_error(const char *analysis, const relcoord_error *error);

/* Prints that standard output could not be written, for the reason in errno. Returns
 * EXIT_ENVIRONMENT. */
int report_output(void);

int report_memory(void);

#endif
