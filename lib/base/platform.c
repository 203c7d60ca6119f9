/* Files as sources of bytes, the list of those that were read, and chance. */
#include "base/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"

/* strerror follows the locale; these are the reasons that reading or writing a file can have. */
const char *platform_reason(int number)
{
    static const struct {
        int number;
        const char *words;
    } reasons[] = {
        {ENOENT, "no such file"},
        {EACCES, "permission denied"},
        {EISDIR, "is a directory"},
        {ENOTDIR, "not a directory"},
        {EIO, "input/output error"},
        {EMFILE, "too many open files"},
        {ENFILE, "too many open files"},
        {ELOOP, "too many links"},
        {ENAMETOOLONG, "name too long"},
        {ENOMEM, "not enough memory"},
        {EPERM, "not permitted"},
        {ENXIO, "no such device"},
        {EINTR, "interrupted"},
        {EOVERFLOW, "too large"},
        {EFBIG, "too large"},
        {ENOSPC, "no space left on the device"},
        {EDQUOT, "disk quota exceeded"},
        {EROFS, "read-only file system"},
        {EPIPE, "nobody reads it"},
        {EBUSY, "in use"},
        {ETXTBSY, "in use"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].number == number)
            return reasons[i].words;
    return NULL;
}

relcoord_status file_source_fail(int number, relcoord_error *err)
{
    const char *reason = number == EBADF ? "not open for reading" : platform_reason(number);
    return fail(err, RELCOORD_EIO, "%s", reason ? reason : "cannot be read");
}

relcoord_status file_source_open(const char *path, const relcoord_options *options,
                                 file_source *out, relcoord_error *err)
{
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
    file_source_fail(number, err);
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

/* ---- What was read ---- */

/* A relative path from the root, as the folder that it starts in may be left before something is
 * written; the path itself where that folder cannot be told. NULL when memory runs out. */
static char *path_from_root(const char *path)
{
    char folder[PATH_MAX], *whole;
    size_t size;
    if (path[0] == '/' || strcmp(path, "-") == 0 || !getcwd(folder, sizeof folder))
        return memory_copy_text(path);
    size = strlen(folder) + strlen(path) + 2;
    whole = memory_new(size, 1);
    if (whole)
        snprintf(whole, size, "%s/%s", folder, path);
    return whole;
}

static bool keep_path(input_list *inputs, char *path)
{
    void *paths = inputs->paths;
    if (!path || !memory_reserve(&paths, &inputs->capacity, inputs->count + 1, sizeof path)) {
        memory_free(path);
        return false;
    }
    inputs->paths = paths;
    inputs->paths[inputs->count++] = path;
    return true;
}

bool inputs_add(input_list *inputs, const char *const *paths, size_t count,
                const relcoord_options *options)
{
    for (size_t i = 0; i < count; i++)
        if (!keep_path(inputs, path_from_root(paths[i])))
            return false;
    for (size_t i = 0; options && i < options->input_count; i++)
        if (!keep_path(inputs, path_from_root(options->inputs[i])))
            return false;
    return true;
}

bool inputs_add_all(input_list *inputs, const input_list *others)
{
    for (size_t i = 0; i < others->count; i++)
        if (!keep_path(inputs, memory_copy_text(others->paths[i])))
            return false;
    return true;
}

bool inputs_have(const input_list *inputs, const char *path)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(inputs->paths[i], path) == 0)
            return true;
    return false;
}

void inputs_free(input_list *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        memory_free(inputs->paths[i]);
    memory_free(inputs->paths);
    *inputs = (input_list){NULL, 0, 0};
}
