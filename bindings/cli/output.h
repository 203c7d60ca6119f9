/* Where the figures go: standard output, or a file that is whole or absent. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stddef.h>

#include "arguments.h"

typedef struct output {
    const arguments *a;
    relcoord_file *file;
    relcoord_status status; /* of the first failure, which error tells */
    relcoord_error error;
} output;

/* Opens what the arguments name. result: what is written comes of it; or NULL. All but the sink
 * return 0 or an exit status, having said why. */
int output_open(output *o, const arguments *a, const relcoord_result *result);
int output_write(void *user, const char *bytes, size_t size); /* a relcoord_sink */
int output_finish(output *o);
/* Gives up what was written; says why when it was for the output, or else for that error. */
int output_give_up(output *o, const relcoord_error *error);

#endif
