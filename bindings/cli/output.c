/* Writing a file so that it is whole or absent: under another name beside it, renamed at the end.
 * What is no plain file (a terminal, a pipe, a device) is written in place. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "danish.h"
#include "report.h"

/* The mode that a new file of this name gets: its present one, else what the umask leaves. */
static mode_t file_mode(const struct stat *present)
{
    mode_t mask;
    if (present)
        return present->st_mode & 07777;
    mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int open_temporary(output *o, const struct stat *present)
{
    static const char ending[] = ".XXXXXX";
    size_t size = strlen(o->path) + sizeof ending;
    o->temporary = malloc(size);
    if (!o->temporary)
        return report_memory();
    snprintf(o->temporary, size, "%s%s", o->path, ending);
    o->descriptor = mkstemp(o->temporary);
    if (o->descriptor >= 0 && fchmod(o->descriptor, file_mode(present)) == 0)
        return EXIT_DONE;
    report_output(o->path);
    output_discard(o);
    return EXIT_ENVIRONMENT;
}

int output_open(output *o, const char *path)
{
    struct stat about;
    bool present;
    *o = (output){.path = path ? path : spoken("standard output"), .descriptor = STDOUT_FILENO};
    if (!path)
        return EXIT_DONE;
    present = stat(path, &about) == 0;
    if (!present || S_ISREG(about.st_mode))
        return open_temporary(o, present ? &about : NULL);
    o->descriptor = open(path, O_WRONLY | O_CLOEXEC);
    return o->descriptor >= 0 ? EXIT_DONE : report_output(path);
}

int output_write(void *user, const char *bytes, size_t size)
{
    output *o = user;
    while (size > 0) {
        ssize_t count = write(o->descriptor, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            o->failed = true;
            return -1;
        }
        bytes += count;
        size -= (size_t)count;
    }
    return 0;
}

int output_finish(output *o)
{
    bool done = o->descriptor == STDOUT_FILENO || close(o->descriptor) == 0;
    o->descriptor = STDOUT_FILENO;
    if (done && o->temporary)
        done = rename(o->temporary, o->path) == 0;
    if (!done) {
        report_output(o->path);
        output_discard(o);
        return EXIT_ENVIRONMENT;
    }
    free(o->temporary);
    o->temporary = NULL;
    return EXIT_DONE;
}

void output_discard(output *o)
{
    if (o->descriptor > STDERR_FILENO)
        close(o->descriptor);
    if (o->temporary)
        unlink(o->temporary);
    free(o->temporary);
    o->temporary = NULL;
}
