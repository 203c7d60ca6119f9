/* All that is POSIX but threads: files as sources of bytes, and chance. */
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
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

/* ---- Chance ---- */

/* From the clock and from where the stack lies. */
static void guess_bytes(unsigned char *bytes, size_t size)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t state = (uint64_t)now.tv_sec << 32 ^ (uint64_t)now.tv_nsec ^ (uint64_t)(uintptr_t)&now
                     ^ (uint64_t)getpid() << 48;
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bytes[i] = (unsigned char)(state >> 56);
    }
}

void platform_random(void *bytes, size_t size)
{
#ifdef __APPLE__
    bool drawn = getentropy(bytes, size) == 0;
#else
    bool drawn = getrandom(bytes, size, GRND_NONBLOCK) == (ssize_t)size;
#endif
    if (!drawn)
        guess_bytes(bytes, size);
}
