/* The command line: an analysis, files, and options that the registry knows. */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "registry.h"

/* What the first word asks for. */
typedef enum command { COMMAND_ANALYSIS, COMMAND_ANALYSES, COMMAND_CODEBOOK } command;

typedef struct arguments {
    command command;
    const char *analysis; /* the first word, whatever the command */
    const char **files;
    size_t file_count;
    const char *format, *output, *table, *sheet; /* NULL where not named; output: standard output */
    const char *form; /* where the form of a built-in codebook's data goes; NULL: nowhere */
    bool help;
    relcoord_options *read, *write, *run; /* run is NULL but for an analysis */
} arguments;

/* Takes the command line apart. A fault is printed and its exit status returned; 0 when all is
 * well. */
int arguments_parse(int count, char **words, const registry *r, arguments *out);
void arguments_free(arguments *a);

#endif
