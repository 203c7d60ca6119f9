/* All that is POSIX: files as sources of bytes, and chance. Threads are in parallel.c. */
#ifndef BASE_PLATFORM_H
#define BASE_PLATFORM_H

#include "relcoord.h"

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
/* The system's words for an errno, without the locale. */
void platform_error_text(int number, char *buffer, size_t size);

/* Bytes that nobody can foretell where the system has them, else such that are hard to. Never for
 * anything that a result shows. */
void platform_random(void *bytes, size_t size);

#endif
