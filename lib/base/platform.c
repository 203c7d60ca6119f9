/* All that is POSIX but threads: files as sources of bytes. */
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/options.h"

/* strerror follows the locale; these are the reasons that reading a file can have. */
void platform_error_text(int number, char *buffer, size_t size)
{
    static const struct {
        int number;
        const char *words;
    } reasons[] = {
        {ENOENT, "no such file"},        {EACCES, "permission denied"},
        {EISDIR, "is a directory"},      {ENOTDIR, "not a directory"},
        {EIO, "input/output error"},     {EMFILE, "too many open files"},
        {ENFILE, "too many open files"}, {ELOOP, "too many links"},
        {ENAMETOOLONG, "name too long"}, {ENOMEM, "not enough memory"},
        {EPERM, "not permitted"},        {ENXIO, "no such device"},
        {EBADF, "not open for reading"}, {EINTR, "interrupted"},
        {EOVERFLOW, "too large"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].number == number) {
            error_field(buffer, size, reasons[i].words);
            return;
        }
    error_field(buffer, size, "cannot be read");
}

relcoord_status file_source_open(const char *path, const relcoord_options *options,
                                 file_source *out, relcoord_error *err)
{
    char reason[64];
    struct stat about;
    int descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int number = descriptor < 0                   ? errno
                 : fstat(descriptor, &about) != 0 ? errno
                 : S_ISDIR(about.st_mode)         ? EISDIR
                                                  : 0;
    if (number == 0) {
        *out = (file_source){descriptor, S_ISREG(about.st_mode) ? (int64_t)about.st_size : -1, 0,
                             options};
        return RELCOORD_OK;
    }
    if (descriptor > STDERR_FILENO)
        close(descriptor);
    platform_error_text(number, reason, sizeof reason);
    fail(err, RELCOORD_EIO, "%s", reason);
    if (err)
        error_field(err->file, sizeof err->file, path);
    return RELCOORD_EIO;
}

int64_t file_source_read(void *source, void *buffer, size_t capacity)
{
    file_source *file = source;
    ssize_t count;
    do
        count = read(file->descriptor, buffer, capacity);
    while (count < 0 && errno == EINTR && options_progress(file->options, -1, NULL) == RELCOORD_OK);
    file->last_errno = count < 0 ? errno : 0;
    return count;
}

void file_source_close(file_source *source)
{
    if (source->descriptor > STDERR_FILENO)
        close(source->descriptor);
    source->descriptor = -1;
}
