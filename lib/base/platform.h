/* All that is POSIX but threads: files as sources of bytes, and chance, in platform.c; files that
 * are written, in platform_output.c. */
#ifndef BASE_PLATFORM_H
#define BASE_PLATFORM_H

#include <stdbool.h>

#include "relcoord.h"

/* ---- Reading ---- */

/* A file open for reading. */
typedef struct file_source {
    int descriptor;
    int64_t size;                    /* of a regular file; -1 when it cannot be known */
    int last_errno;                  /* why the last read failed */
    const relcoord_options *options; /* whose progress is asked when a read is interrupted */
} file_source;

/* Opens a path, "-" being standard input. RELCOORD_EIO says why not; a directory is refused. */
relcoord_status file_source_open(const char *path, const relcoord_options *options,
                                 file_source *out, relcoord_error *err);
int64_t file_source_read(void *source, void *buffer, size_t capacity); /* a relcoord_source */
void file_source_close(file_source *source);

/* Fills err with why a read failed; returns RELCOORD_EIO. */
relcoord_status file_source_fail(int number, relcoord_error *err);
/* The system's reason in words, without the locale; NULL for a number that has none here. */
const char *platform_reason(int number);

/* ---- What was read ---- */

/* The files that something was made from, so that nothing of it is written over them. Zero-
 * initialise. */
typedef struct input_list {
    char **paths; /* from the root, unless that cannot be told; "-" for standard input */
    size_t count, capacity;
} input_list;

/* Adds files, and those that options, or NULL, name besides; or all of another list. Both false
 * when memory runs out. */
bool inputs_add(input_list *inputs, const char *const *paths, size_t count,
                const relcoord_options *options);
bool inputs_add_all(input_list *inputs, const input_list *others);
bool inputs_have(const input_list *inputs, const char *path);
void inputs_free(input_list *inputs);

/* ---- Writing ---- */

/* Begins a file; see relcoord_file_create. inputs and those that the options name are refused. */
relcoord_status file_create(const char *path, const input_list *inputs,
                            const relcoord_options *options, relcoord_file **out,
                            relcoord_error *err);

/* ---- Chance ---- */

/* Bytes that nobody can foretell where the system has them, else such that are hard to. Never for
 * anything that a result shows. */
void platform_random(void *bytes, size_t size);

#endif
