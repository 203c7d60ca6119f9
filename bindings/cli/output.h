/* Where the figures go: standard output, or a file that is whole or absent. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct output {
    const char *path; /* as messages name it */
    char *temporary;  /* the file that is renamed when all is written; NULL when written in place */
    int descriptor;
    bool failed;
} output;

/* path NULL is standard output. All return 0 or an exit status, having said why. */
int output_open(output *o, const char *path);
int output_write(void *user, const char *bytes, size_t size); /* a relcoord_sink; keeps errno */
int output_finish(output *o);
void output_discard(output *o);

#endif
