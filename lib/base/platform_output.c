/* Files that are whole or absent. What is written goes into a file that has no name yet, or, where
 * the system knows no such files, one of its own beside the one wanted; when all of it is on the
 * disk, it takes the name in one step, which replaces what stood there. What is no plain file (a
 * terminal, a pipe, a device) is written in place. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_TMPFILE, where there is one */
#endif

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/platform.h"

enum {
    MOST_LINKS = 40,      /* as many as Linux follows */
    MOST_NAMES = 1000,    /* tried for a temporary file */
    BESIDE_SIZE = 64,     /* of such a name */
    PAUSE = 50,           /* milliseconds between questions whether to go on waiting */
    READ_WRITE_ALL = 0666 /* what a new file may be; the umask takes from it */
};

struct relcoord_file {
    char *path;      /* as it was given, for messages */
    char *target;    /* the name that is taken in the end, links followed; NULL: written in place */
    char *temporary; /* a name beside it; NULL while the file has none */
    int descriptor;
    const relcoord_options *options; /* whose progress is asked when waiting is interrupted */
    relcoord_status status;          /* the first failure, which every later call repeats */
    relcoord_error error;
};

/* ---- Failing ---- */

/* "cannot be written: no space left on the device" */
static relcoord_status fail_writing(const char *path, int number, relcoord_error *err)
{
    const char *reason = number == EBADF ? "not open for writing" : platform_reason(number);
    fail(err, RELCOORD_EIO, reason ? "cannot be written: %s" : "cannot be written", reason);
    if (err)
        error_field(err->file, sizeof err->file, path);
    return RELCOORD_EIO;
}

static void stop(relcoord_file *file, int number)
{
    if (!file->status)
        file->status = number == ENOMEM ? fail_memory(&file->error)
                                        : fail_writing(file->path, number, &file->error);
}

/* Asks whether to go on; false when not, or when something failed before. */
static bool goes_on(relcoord_file *file, double share)
{
    if (!file->status)
        file->status = options_progress(file->options, share, &file->error);
    return !file->status;
}

static relcoord_status report(const relcoord_file *file, relcoord_error *err)
{
    if (file->status && err)
        *err = file->error;
    return file->status;
}

/* ---- What a path leads to ---- */

/* The descriptor that a path means, 1 for "-" and /dev/stdout; -1 for other paths. Writing to it
 * goes on where it stands, as what else the process prints does: opened by such a name, a plain
 * file would be written from its beginning. */
static int descriptor_of(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    int number = 0;
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t length = strlen(folders[i]);
        const char *digit = path + length;
        if (strncmp(path, folders[i], length) != 0 || !*digit)
            continue;
        for (; *digit >= '0' && *digit <= '9' && number < INT_MAX / 10 - 9; digit++)
            number = 10 * number + (*digit - '0');
        return *digit ? -1 : number;
    }
    return -1;
}

/* The length of the folder's part of a path, with its last slash; 0 in the present folder. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The name of a file beside another. NULL when memory runs out. */
static char *name_beside(const char *path, const char *name)
{
    size_t folder = folder_length(path), size = folder + strlen(name) + 1;
    char *beside = memory_new(size, 1);
    if (beside)
        snprintf(beside, size, "%.*s%s", (int)folder, path, name);
    return beside;
}

/* One step along a link. False when there is none to follow, or something failed. */
static bool follow_link(relcoord_file *file)
{
    char link[PATH_MAX], *next;
    struct stat about;
    ssize_t length;
    if (lstat(file->target, &about) != 0 || !S_ISLNK(about.st_mode))
        return false;
    length = readlink(file->target, link, sizeof link - 1);
    if (length < 0) {
        stop(file, errno);
        return false;
    }
    link[length] = 0;
    next = link[0] == '/' ? memory_copy_text(link) : name_beside(file->target, link);
    if (!next) {
        stop(file, ENOMEM);
        return false;
    }
    memory_free(file->target);
    file->target = next;
    return true;
}

/* Follows links by hand: realpath() needs what they lead to to be there. Returns the descriptor
 * that one of them means, or -1. */
static int follow_links(relcoord_file *file)
{
    int links = 0, descriptor = descriptor_of(file->target);
    while (descriptor < 0 && follow_link(file)) {
        if (++links > MOST_LINKS) {
            stop(file, ELOOP);
            break;
        }
        descriptor = descriptor_of(file->target);
    }
    return descriptor;
}

static bool is_input(const struct stat *about, const char *path)
{
    struct stat input;
    int failed = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &input) : stat(path, &input);
    return failed == 0 && input.st_dev == about->st_dev && input.st_ino == about->st_ino;
}

static void refuse_inputs(relcoord_file *file, const struct stat *about, char *const *paths,
                          size_t count)
{
    for (size_t i = 0; i < count && !file->status && S_ISREG(about->st_mode); i++)
        if (is_input(about, paths[i]))
            file->status = fail(&file->error, RELCOORD_EUSAGE,
                                "'%s' is one of the files that were read, and is not written over",
                                file->path);
}

/* ---- Opening ---- */

/* The file keeps what the one that it replaces had: owner and group where the system lets it, and
 * who may do what. Where it is another's now, nobody gets to do more than before. */
static int keep_owner_and_mode(int descriptor, const struct stat *present)
{
    struct stat made;
    mode_t mode = present->st_mode & 07777;
    if (fstat(descriptor, &made) != 0)
        return errno;
    if ((made.st_uid != present->st_uid || made.st_gid != present->st_gid)
        && fchown(descriptor, present->st_uid, present->st_gid) != 0) {
        mode &= 0777;
        if (made.st_gid != present->st_gid && fchown(descriptor, (uid_t)-1, present->st_gid) != 0)
            mode &= 0707 | (mode & 0007) << 3; /* the group is another: it is one of the others */
    }
    return fchmod(descriptor, mode) == 0 ? 0 : errno;
}

/* The first name beside the target that is free and that `take` takes: it returns 0 or an errno. */
static int take_name(relcoord_file *file, int (*take)(relcoord_file *file, mode_t mode),
                     mode_t mode)
{
    char name[BESIDE_SIZE];
    int number = EEXIST;
    for (int i = 0; number == EEXIST && i < MOST_NAMES; i++) {
        snprintf(name, sizeof name, ".relcoord-%ld-%d", (long)getpid(), i);
        file->temporary = name_beside(file->target, name);
        number = file->temporary ? take(file, mode) : ENOMEM;
        if (number != 0) {
            memory_free(file->temporary);
            file->temporary = NULL;
        }
    }
    return number;
}

static int create_named(relcoord_file *file, mode_t mode)
{
    file->descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return file->descriptor < 0 ? errno : 0;
}

/* Whatever ends the process, a file without a name leaves nothing behind. False where there are
 * none. Linux before 5.19 left the umask out on some file systems: what all may write is made by
 * name. */
static bool open_unnamed(relcoord_file *file, mode_t mode)
{
#ifdef O_TMPFILE
    struct stat made;
    char *folder = name_beside(file->target, ".");
    if (!folder)
        return false;
    file->descriptor = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
    memory_free(folder);
    if (file->descriptor >= 0
        && (fstat(file->descriptor, &made) != 0
            || (made.st_mode & READ_WRITE_ALL) == READ_WRITE_ALL)) {
        close(file->descriptor);
        file->descriptor = -1;
    }
    return file->descriptor >= 0;
#else
    (void)file, (void)mode;
    return false;
#endif
}

static void open_beside(relcoord_file *file, const struct stat *present)
{
    mode_t mode = present ? 0600 : READ_WRITE_ALL;
    int number = 0;
    if (present && faccessat(AT_FDCWD, file->target, W_OK, AT_EACCESS) != 0)
        number = errno; /* a file that is protected stays, though its folder would let go of it */
    else if (!open_unnamed(file, mode))
        number = take_name(file, create_named, mode);
    if (number == 0 && present)
        number = keep_owner_and_mode(file->descriptor, present);
    if (number != 0)
        stop(file, number);
}

/* A FIFO is not waited for: where nobody comes to read it, or nobody does, the caller is asked time
 * and again whether to go on. A signal need not end the waiting: some have it go on by itself. */
static void open_in_place(relcoord_file *file, bool fifo)
{
    const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | (fifo ? O_NONBLOCK : 0);
    do
        file->descriptor = open(file->target, flags);
    while (file->descriptor < 0
           && (errno == EINTR || (fifo && errno == ENXIO && poll(NULL, 0, PAUSE) <= 0))
           && goes_on(file, -1));
    if (file->descriptor < 0)
        stop(file, errno);
    memory_free(file->target);
    file->target = NULL;
}

static void open_descriptor(relcoord_file *file, int descriptor)
{
    file->descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (file->descriptor < 0)
        stop(file, errno);
    memory_free(file->target);
    file->target = NULL;
}

static void open_file(relcoord_file *file, const input_list *inputs)
{
    struct stat about;
    int descriptor = strcmp(file->path, "-") == 0 ? STDOUT_FILENO : follow_links(file);
    bool present = !file->status
                   && (descriptor >= 0 ? fstat(descriptor, &about) : stat(file->target, &about))
                          == 0;
    if (!present && !file->status && (descriptor >= 0 || errno != ENOENT))
        stop(file, errno);
    else if (present && S_ISDIR(about.st_mode))
        stop(file, EISDIR);
    if (present && inputs)
        refuse_inputs(file, &about, inputs->paths, inputs->count);
    if (present && file->options)
        refuse_inputs(file, &about, file->options->inputs, file->options->input_count);
    if (file->status)
        return;
    if (descriptor >= 0)
        open_descriptor(file, descriptor);
    else if (present && !S_ISREG(about.st_mode))
        open_in_place(file, S_ISFIFO(about.st_mode));
    else
        open_beside(file, present ? &about : NULL);
}

relcoord_status file_create(const char *path, const input_list *inputs,
                            const relcoord_options *options, relcoord_file **out,
                            relcoord_error *err)
{
    relcoord_status status;
    relcoord_file *file = memory_zeroed(1, sizeof *file);
    if (!file)
        return fail_memory(err);
    file->descriptor = -1;
    file->options = options;
    file->path = memory_copy_text(path);
    file->target = memory_copy_text(path);
    if (file->path && file->target)
        open_file(file, inputs);
    else
        stop(file, ENOMEM);
    status = report(file, err);
    if (status)
        relcoord_file_discard(file);
    else
        *out = file;
    return status;
}

/* ---- Writing ---- */

static void take_signal(int number, const sigset_t *before)
{
    sigset_t pending, one;
    int taken;
    if (sigismember(before, number) || sigpending(&pending) != 0 || !sigismember(&pending, number))
        return;
    sigemptyset(&one);
    sigaddset(&one, number);
    sigwait(&one, &taken);
}

/* write(2) signals a pipe that nobody reads and a file that gets too large, which would end the
 * process: these are held back from this thread, and what was raised is taken away. */
static ssize_t write_quietly(int descriptor, const char *bytes, size_t size)
{
    sigset_t held, mask, before;
    ssize_t count;
    int number;
    sigemptyset(&held);
    sigaddset(&held, SIGPIPE);
    sigaddset(&held, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &held, &mask);
    if (sigpending(&before) != 0)
        sigemptyset(&before);
    count = write(descriptor, bytes, size);
    number = errno;
    if (count < 0) {
        take_signal(SIGPIPE, &before);
        take_signal(SIGXFSZ, &before);
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    errno = number;
    return count;
}

/* Waits until what does not wait by itself takes bytes again, or the caller is to be asked. */
static void wait_for_room(relcoord_file *file)
{
    struct pollfd waiting = {.fd = file->descriptor, .events = POLLOUT};
    if (poll(&waiting, 1, PAUSE) < 0 && errno != EINTR)
        stop(file, errno);
    goes_on(file, -1);
}

relcoord_status relcoord_file_write(relcoord_file *file, const void *bytes, size_t size,
                                    relcoord_error *err)
{
    const char *next = bytes;
    if (!file || (!bytes && size > 0))
        return fail(err, RELCOORD_EUSAGE, "writing needs a file and bytes");
    while (size > 0 && !file->status) {
        ssize_t count = write_quietly(file->descriptor, next, size);
        if (count > 0) {
            next += count;
            size -= (size_t)count;
        } else if (count < 0 && errno == EINTR) {
            goes_on(file, -1);
        } else if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            wait_for_room(file);
        } else {
            stop(file, count < 0 ? errno : EIO);
        }
    }
    return report(file, err);
}

/* ---- The end ---- */

/* What stands in the file is on the disk before its name is: else a power cut could leave the name
 * with nothing behind it. Some file systems cannot say so, which is no fault of the file's. */
static bool reach_disk(relcoord_file *file)
{
    if (fsync(file->descriptor) != 0 && errno != EINVAL && errno != ENOTSUP)
        stop(file, errno);
    return !file->status;
}

/* Keeps the new name on the disk, too, as far as the folder lets us. */
static void reach_disk_with_name(const relcoord_file *file)
{
    char *folder = name_beside(file->target, ".");
    int descriptor = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    memory_free(folder);
}

static int link_unnamed(relcoord_file *file, mode_t unused)
{
    char unnamed[BESIDE_SIZE];
    (void)unused;
    snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", file->descriptor);
    return linkat(AT_FDCWD, unnamed, AT_FDCWD, file->temporary, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

/* Between its two steps no signal of this thread's ends the process. */
static void take_target(relcoord_file *file)
{
    sigset_t all, mask;
    int number = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    if (!file->temporary)
        number = take_name(file, link_unnamed, 0);
    if (number == 0 && rename(file->temporary, file->target) != 0)
        number = errno;
    if (number == 0) {
        memory_free(file->temporary);
        file->temporary = NULL;
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    if (number != 0)
        stop(file, number);
}

relcoord_status relcoord_file_commit(relcoord_file *file, relcoord_error *err)
{
    relcoord_status status;
    if (!file)
        return fail(err, RELCOORD_EUSAGE, "there is no file to commit");
    if (file->target && !file->status && reach_disk(file) && goes_on(file, 1))
        take_target(file);
    if (file->target && !file->status)
        reach_disk_with_name(file);
    if (close(file->descriptor) != 0 && !file->target) /* the disk has it otherwise */
        stop(file, errno);
    file->descriptor = -1;
    status = report(file, err);
    relcoord_file_discard(file);
    return status;
}

void relcoord_file_discard(relcoord_file *file)
{
    if (!file)
        return;
    if (file->descriptor >= 0)
        close(file->descriptor);
    if (file->temporary)
        unlink(file->temporary);
    memory_free(file->temporary);
    memory_free(file->target);
    memory_free(file->path);
    memory_free(file);
}
