/* Reading zip files. All numbers in one are somebody else's: each is held against the file's size
 * before it is used, and what a part unpacks to against what it says of itself. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "workbook/zip.h"

/* A sheet of Excel's most rows and a hundred columns is about as large as that. */
#define MOST_UNPACKED (UINT32_C(1) << 31)
enum { LONGEST_COMMENT = 65535, MOST_DIRECTORY = 1 << 24, PIECE_SIZE = 1 << 16, ENCRYPTED = 1 };

struct zip_file {
    char *path;
    int descriptor;
    uint64_t size;
    unsigned char *directory; /* the central one, entry by entry */
    size_t directory_size, count;
};

typedef struct zip_part {
    uint32_t check, packed, unpacked, offset;
    unsigned method, flags;
} zip_part;

static uint32_t number16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static uint32_t number32(const unsigned char *bytes)
{
    return number16(bytes) | number16(bytes + 2) << 16;
}

static relcoord_status fail_damaged(const zip_file *z, relcoord_error *err)
{
    return foreign_fail(err, RELCOORD_EDATA, z->path, "the file is damaged or truncated");
}

/* All of the bytes, or a failure. */
static relcoord_status read_at(const zip_file *z, uint64_t offset, void *buffer, size_t size,
                               relcoord_error *err)
{
    unsigned char *to = buffer;
    if (offset > z->size || size > z->size - offset)
        return fail_damaged(z, err);
    while (size > 0) {
        ssize_t count = pread(z->descriptor, to, size, (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return foreign_fail(err, RELCOORD_EIO, z->path, "%s", strerror(errno));
        if (count == 0) /* it was shortened meanwhile */
            return fail_damaged(z, err);
        to += count;
        offset += (uint64_t)count;
        size -= (size_t)count;
    }
    return RELCOORD_OK;
}

/* ---- What parts there are ---- */

/* The record at the end stands before a comment, whose length it has. */
static relcoord_status find_end(const zip_file *z, unsigned char end[ZIP_END_SIZE],
                                relcoord_error *err)
{
    size_t size = z->size < LONGEST_COMMENT + ZIP_END_SIZE ? (size_t)z->size
                                                           : LONGEST_COMMENT + ZIP_END_SIZE;
    unsigned char *tail = malloc(size + 1);
    relcoord_status status = tail ? read_at(z, z->size - size, tail, size, err)
                                  : foreign_fail_memory(err);
    size_t at = size;
    bool found = false;
    for (at = status || size < ZIP_END_SIZE ? 0 : size - ZIP_END_SIZE + 1; at-- > 0 && !found;)
        if (number32(tail + at) == ZIP_END
            && number16(tail + at + 20) == size - at - ZIP_END_SIZE) {
            memcpy(end, tail + at, ZIP_END_SIZE);
            found = true;
        }
    free(tail);
    return status || found ? status : fail_damaged(z, err);
}

static relcoord_status read_directory(zip_file *z, relcoord_error *err)
{
    unsigned char end[ZIP_END_SIZE] = {0};
    relcoord_status status = find_end(z, end, err);
    if (status)
        return status;
    z->count = number16(end + 10);
    z->directory_size = number32(end + 12);
    if (z->directory_size > MOST_DIRECTORY)
        return fail_damaged(z, err);
    z->directory = malloc(z->directory_size + 1);
    if (!z->directory)
        return foreign_fail_memory(err);
    return read_at(z, number32(end + 16), z->directory, z->directory_size, err);
}

/* Looks through the directory. False when the part is not there, or the directory is damaged before
 * it. */
static bool find_part(const zip_file *z, const char *name, zip_part *part)
{
    size_t at = 0, length = strlen(name);
    for (size_t i = 0; i < z->count && z->directory_size - at >= ZIP_CENTRAL_SIZE; i++) {
        const unsigned char *entry = z->directory + at;
        const size_t named = number16(entry + 28);
        const size_t size = ZIP_CENTRAL_SIZE + named + number16(entry + 30) + number16(entry + 32);
        if (number32(entry) != ZIP_CENTRAL || size > z->directory_size - at)
            return false;
        if (named == length && memcmp(entry + ZIP_CENTRAL_SIZE, name, length) == 0) {
            *part = (zip_part){.flags = number16(entry + 8),
                               .method = number16(entry + 10),
                               .check = number32(entry + 16),
                               .packed = number32(entry + 20),
                               .unpacked = number32(entry + 24),
                               .offset = number32(entry + 42)};
            return true;
        }
        at += size;
    }
    return false;
}

bool foreign_zip_has(const zip_file *z, const char *part)
{
    zip_part found;
    return find_part(z, part, &found);
}

relcoord_status foreign_zip_open(const char *path, zip_file **out, relcoord_error *err)
{
    struct stat about;
    relcoord_status status = RELCOORD_OK;
    zip_file *z = calloc(1, sizeof *z);
    *out = z;
    if (!z)
        return foreign_fail_memory(err);
    z->path = strdup(path);
    z->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (!z->path)
        status = foreign_fail_memory(err);
    else if (z->descriptor < 0 || fstat(z->descriptor, &about) != 0)
        status = foreign_fail(err, RELCOORD_EIO, path, "%s", strerror(errno));
    if (!status) {
        z->size = (uint64_t)about.st_size;
        status = read_directory(z, err);
    }
    return status;
}

void foreign_zip_close(zip_file *z)
{
    if (!z)
        return;
    if (z->descriptor >= 0)
        close(z->descriptor);
    free(z->directory);
    free(z->path);
    free(z);
}

/* ---- Unpacking ---- */

typedef struct unpacking {
    const zip_file *z;
    const zip_part *part;
    uint64_t offset; /* of the next packed byte */
    uint32_t left, given, check;
    piece_taker take;
    void *user;
    bool stopped;
    unsigned char packed[PIECE_SIZE], unpacked[PIECE_SIZE];
} unpacking;

static relcoord_status next_packed(unpacking *u, size_t *size, relcoord_error *err)
{
    relcoord_status status;
    *size = u->left < PIECE_SIZE ? u->left : PIECE_SIZE;
    status = read_at(u->z, u->offset, u->packed, *size, err);
    u->offset += *size;
    u->left -= (uint32_t)*size;
    return status;
}

/* Hands a piece on; the last is held against the sum that the directory has of the whole. */
static relcoord_status give_piece(unpacking *u, const unsigned char *bytes, size_t size,
                                  relcoord_error *err)
{
    bool last;
    if (size > u->part->unpacked - u->given)
        return fail_damaged(u->z, err);
    u->given += (uint32_t)size;
    u->check = (uint32_t)crc32(u->check, bytes, (uInt)size);
    last = u->given == u->part->unpacked;
    if (last && u->check != u->part->check)
        return fail_damaged(u->z, err);
    u->stopped = u->take(u->user, (const char *)bytes, size, last) != 0;
    return RELCOORD_OK;
}

static relcoord_status copy_stored(unpacking *u, relcoord_error *err)
{
    relcoord_status status = RELCOORD_OK;
    size_t size = 1;
    while (size > 0 && !status && !u->stopped) {
        status = next_packed(u, &size, err);
        if (!status && size > 0)
            status = give_piece(u, u->packed, size, err);
    }
    return status;
}

static relcoord_status inflate_part(unpacking *u, relcoord_error *err)
{
    z_stream stream = {0};
    relcoord_status status = RELCOORD_OK;
    int state = inflateInit2(&stream, -MAX_WBITS); /* without zlib's own header */
    if (state != Z_OK)
        return foreign_fail_memory(err);
    while (state != Z_STREAM_END && !status && !u->stopped) {
        size_t size = stream.avail_in;
        if (size == 0 && (status = next_packed(u, &size, err)) == RELCOORD_OK) {
            stream.next_in = u->packed;
            stream.avail_in = (uInt)size;
        }
        stream.next_out = u->unpacked;
        stream.avail_out = PIECE_SIZE;
        if (!status)
            state = inflate(&stream, Z_NO_FLUSH);
        if (!status && state != Z_OK && state != Z_STREAM_END)
            status = state == Z_MEM_ERROR ? foreign_fail_memory(err) : fail_damaged(u->z, err);
        size = PIECE_SIZE - stream.avail_out;
        if (!status && size > 0)
            status = give_piece(u, u->unpacked, size, err);
    }
    inflateEnd(&stream);
    return status;
}

/* Where the part's bytes begin: its own header repeats the name, and may have other extras. */
static relcoord_status find_bytes(const zip_file *z, const zip_part *part, uint64_t *offset,
                                  relcoord_error *err)
{
    unsigned char local[ZIP_LOCAL_SIZE];
    relcoord_status status = read_at(z, part->offset, local, sizeof local, err);
    if (status)
        return status;
    *offset = (uint64_t)part->offset + ZIP_LOCAL_SIZE + number16(local + 26) + number16(local + 28);
    return number32(local) == ZIP_LOCAL ? RELCOORD_OK : fail_damaged(z, err);
}

static relcoord_status check_part(const zip_file *z, const zip_part *part, relcoord_error *err)
{
    if (part->flags & ENCRYPTED)
        return foreign_fail(err, RELCOORD_EDATA, z->path,
                            "the workbook has a password: save it without one");
    if (part->method != ZIP_STORED && part->method != ZIP_DEFLATED)
        return foreign_fail(err, RELCOORD_EDATA, z->path,
                            "the workbook is packed by a method that workbooks do not have");
    if (part->unpacked > MOST_UNPACKED)
        return foreign_fail(err, RELCOORD_EDATA, z->path,
                            "the workbook unpacks to more than 2 GiB: save the sheet as CSV");
    return RELCOORD_OK;
}

relcoord_status foreign_zip_read(zip_file *z, const char *name, piece_taker take, void *user,
                                 relcoord_error *err)
{
    zip_part part;
    unpacking *u;
    relcoord_status status;
    if (!find_part(z, name, &part))
        return foreign_fail(err, RELCOORD_EDATA, z->path,
                            "part '%.100s' of the workbook is missing", name);
    status = check_part(z, &part, err);
    if (status)
        return status;
    u = calloc(1, sizeof *u);
    if (!u)
        return foreign_fail_memory(err);
    *u = (unpacking){.z = z, .part = &part, .left = part.packed, .take = take, .user = user};
    status = find_bytes(z, &part, &u->offset, err);
    if (!status)
        status = part.method == ZIP_STORED ? copy_stored(u, err) : inflate_part(u, err);
    if (!status && !u->stopped && (part.unpacked == 0 || u->given < part.unpacked))
        status = fail_damaged(z, err);
    free(u);
    return status;
}
