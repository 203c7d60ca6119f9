/* Writing zip files. A part is packed in memory, so that its size is known when its header is
 * written: some readers of workbooks want it there. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "workbook/zip.h"

enum { VERSION = 20, DATE = 0x21, LONGEST_NAME = 63, MOST_PARTS = 65535 }; /* 2.0; 1980-01-01 */
#define MOST_BYTES UINT32_MAX

/* Bytes that grow. */
typedef struct byte_buffer {
    unsigned char *bytes;
    size_t count, capacity;
} byte_buffer;

struct zip_writer {
    relcoord_sink sink;
    void *user;
    uint64_t written;
    z_stream stream;
    byte_buffer packed, directory;
    size_t parts;
    uint64_t unpacked;
    uint32_t check;
    char name[LONGEST_NAME + 1];
    relcoord_status fault; /* sticky */
};

static void put16(unsigned char *to, uint32_t number)
{
    to[0] = (unsigned char)number;
    to[1] = (unsigned char)(number >> 8);
}

static void put32(unsigned char *to, uint64_t number)
{
    put16(to, (uint32_t)number & 0xFFFF);
    put16(to + 2, (uint32_t)(number >> 16) & 0xFFFF);
}

static bool make_room(zip_writer *w, byte_buffer *b, size_t size)
{
    size_t capacity = b->capacity ? b->capacity : 4096;
    unsigned char *bytes;
    while (capacity - b->count < size)
        capacity *= 2;
    if (capacity == b->capacity)
        return true;
    bytes = realloc(b->bytes, capacity);
    if (!bytes) {
        w->fault = RELCOORD_ENOMEM;
        return false;
    }
    b->bytes = bytes;
    b->capacity = capacity;
    return true;
}

static void append(zip_writer *w, byte_buffer *b, const void *bytes, size_t size)
{
    if (w->fault || !make_room(w, b, size))
        return;
    memcpy(b->bytes + b->count, bytes, size);
    b->count += size;
}

static void write_out(zip_writer *w, const void *bytes, size_t size)
{
    if (!w->fault && size > MOST_BYTES - w->written)
        w->fault = RELCOORD_EUSAGE;
    if (w->fault || size == 0)
        return;
    w->written += size;
    if (w->sink(w->user, bytes, size) != 0)
        w->fault = RELCOORD_EIO;
}

zip_writer *foreign_zip_new(relcoord_sink sink, void *user)
{
    zip_writer *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->sink = sink;
    w->user = user;
    if (deflateInit2(&w->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY)
        == Z_OK)
        return w;
    free(w);
    return NULL;
}

void foreign_zip_begin(zip_writer *w, const char *part)
{
    w->packed.count = 0;
    w->unpacked = w->check = 0;
    strncpy(w->name, part, LONGEST_NAME);
    deflateReset(&w->stream);
}

static void pack(zip_writer *w, int flush)
{
    do {
        if (w->fault || !make_room(w, &w->packed, 1 << 16))
            return;
        w->stream.next_out = w->packed.bytes + w->packed.count;
        w->stream.avail_out = 1 << 16;
        deflate(&w->stream, flush);
        w->packed.count += (1 << 16) - w->stream.avail_out;
    } while (w->stream.avail_out == 0);
}

void foreign_zip_add(zip_writer *w, const char *bytes, size_t size)
{
    if (!w->fault && (w->unpacked + size > MOST_BYTES || w->packed.count > MOST_BYTES / 2))
        w->fault = RELCOORD_EUSAGE;
    if (w->fault)
        return;
    w->unpacked += size;
    w->check = (uint32_t)crc32(w->check, (const unsigned char *)bytes, (uInt)size);
    w->stream.next_in = (unsigned char *)(uintptr_t)bytes;
    w->stream.avail_in = (uInt)size;
    pack(w, Z_NO_FLUSH);
}

/* What both headers of a part have, from the version that unpacks it to the length of its name. */
static void put_about(const zip_writer *w, unsigned char *to)
{
    put16(to, VERSION);
    put16(to + 4, ZIP_DEFLATED);
    put16(to + 8, DATE);
    put32(to + 10, w->check);
    put32(to + 14, w->packed.count);
    put32(to + 18, w->unpacked);
    put16(to + 22, (uint32_t)strlen(w->name));
}

void foreign_zip_end(zip_writer *w)
{
    unsigned char local[ZIP_LOCAL_SIZE] = {0}, central[ZIP_CENTRAL_SIZE] = {0};
    pack(w, Z_FINISH);
    if (!w->fault && ++w->parts > MOST_PARTS)
        w->fault = RELCOORD_EUSAGE;
    put32(central, ZIP_CENTRAL);
    put16(central + 4, VERSION);
    put_about(w, central + 6);
    put32(central + 42, w->written);
    append(w, &w->directory, central, sizeof central);
    append(w, &w->directory, w->name, strlen(w->name));
    put32(local, ZIP_LOCAL);
    put_about(w, local + 4);
    write_out(w, local, sizeof local);
    write_out(w, w->name, strlen(w->name));
    write_out(w, w->packed.bytes, w->packed.count);
}

relcoord_status foreign_zip_fault(const zip_writer *w)
{
    return w->fault;
}

relcoord_status foreign_zip_finish(zip_writer *w)
{
    unsigned char end[ZIP_END_SIZE] = {0};
    put32(end, ZIP_END);
    put16(end + 8, (uint32_t)w->parts);
    put16(end + 10, (uint32_t)w->parts);
    put32(end + 12, w->directory.count);
    put32(end + 16, w->written);
    write_out(w, w->directory.bytes, w->directory.count);
    write_out(w, end, sizeof end);
    return w->fault;
}

void foreign_zip_free(zip_writer *w)
{
    deflateEnd(&w->stream);
    free(w->packed.bytes);
    free(w->directory.bytes);
    free(w);
}
