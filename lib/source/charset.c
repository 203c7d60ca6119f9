/* Bytes of a source as UTF-8 text. The rules of detection are DESIGN's: a byte order mark decides;
 * without one, a first 64 KiB of valid UTF-8 is UTF-8 and anything else Windows-1252. */
#include "source/charset.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

enum { BLOCK_SIZE = 64 * 1024, PATTERN_BYTES = 1024 };

/* As people and iconv write them. */
static const char *const encoding_names[ENCODING_COUNT] = {
    "auto", "UTF-8", "Windows-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE",
};

/* ---- Faults ---- */

static relcoord_status name_option(relcoord_error *err)
{
    if (err)
        error_field(err->option, sizeof err->option, "encoding");
    return RELCOORD_EDATA;
}

static relcoord_status refuse_character(const charset *c, relcoord_error *err)
{
    fail(err, RELCOORD_EDATA,
         "a character that is not valid %s; option 'encoding' can name another encoding",
         encoding_names[c->encoding]);
    return name_option(err);
}

/* ---- What encoding it is ---- */

/* The length of a byte order mark, 0 for none, and what it stands for. */
static size_t find_mark(const char *bytes, size_t length, encoding *marked)
{
    static const struct {
        const char *mark;
        size_t length;
        encoding marked;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, ENCODING_UTF_8},
        {"\xFF\xFE", 2, ENCODING_UTF_16LE},
        {"\xFE\xFF", 2, ENCODING_UTF_16BE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(bytes, marks[i].mark, marks[i].length) == 0) {
            *marked = marks[i].marked;
            return marks[i].length;
        }
    return 0;
}

/* UTF-16 by its NUL bytes: nearly all characters of a header are below U+0100, so that every other
 * byte is NUL. ENCODING_AUTO when it is none. */
static encoding find_pattern(const char *bytes, size_t length)
{
    size_t pairs = (length < PATTERN_BYTES ? length : PATTERN_BYTES) / 2, even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += bytes[2 * i] == 0;
        odd += bytes[2 * i + 1] == 0;
    }
    if (pairs > 0 && 4 * odd >= 3 * pairs && 4 * even <= pairs)
        return ENCODING_UTF_16LE;
    if (pairs > 0 && 4 * even >= 3 * pairs && 4 * odd <= pairs)
        return ENCODING_UTF_16BE;
    return ENCODING_AUTO;
}

/* How many bytes at the start are ASCII, counted in words. */
static size_t ascii_prefix(const char *bytes, size_t length)
{
    size_t done = 0;
    for (uint64_t word; done + sizeof word <= length; done += sizeof word) {
        memcpy(&word, bytes + done, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return done;
}

/* Whether bytes are the beginning of a character of UTF-8 that is longer than they are. */
static bool is_cut(const unsigned char *bytes, size_t length)
{
    size_t whole = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || length >= whole)
        return false;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* A last character that is cut does not speak against UTF-8 where the block cuts it. Where the file
 * ends there, it is one only if the file has other characters of UTF-8: then the file was cut. */
static bool is_utf8(const char *bytes, size_t length, bool whole)
{
    size_t ascii = ascii_prefix(bytes, length);
    size_t valid = ascii + utf8_valid_prefix(bytes + ascii, length - ascii);
    bool more = false;
    if (valid == length || !is_cut((const unsigned char *)bytes + valid, length - valid))
        return valid == length;
    for (size_t i = ascii; i < valid && !more; i++)
        more = (bytes[i] & 0x80) != 0;
    return more || !whole;
}

/* Decides on the encoding by the first block, and steps over the byte order mark. */
static relcoord_status detect(charset *c, relcoord_error *err)
{
    encoding asked = c->encoding, found = ENCODING_AUTO;
    c->start = find_mark(c->raw, c->end, &found);
    if (found != ENCODING_AUTO && asked != ENCODING_AUTO && found != asked) {
        fail(err, RELCOORD_EDATA, "the byte order mark says %s, and option 'encoding' %s",
             encoding_names[found], encoding_names[asked]);
        return name_option(err);
    }
    if (c->end >= 4 && memcmp(c->raw, "PK\3\4", 4) == 0)
        return fail(
            err, RELCOORD_EDATA,
            "this is an archive, as workbooks (.xlsx) are, and no text: save the sheet as CSV");
    c->encoding = asked != ENCODING_AUTO ? asked : found;
    if (c->encoding != ENCODING_AUTO)
        return RELCOORD_OK;
    found = find_pattern(c->raw, c->end);
    if (found != ENCODING_AUTO) {
        fail(err, RELCOORD_EDATA,
             "this looks like %s without a byte order mark: option 'encoding' has to say so",
             encoding_names[found]);
        return name_option(err);
    }
    c->encoding = is_utf8(c->raw, c->end, c->ended) ? ENCODING_UTF_8 : ENCODING_WINDOWS_1252;
    return RELCOORD_OK;
}

/* ---- Reading ---- */

relcoord_status charset_open(charset *c, encoding asked, relcoord_source source, void *user,
                             relcoord_error *err)
{
    memset(c, 0, sizeof *c);
    c->encoding = asked;
    c->source = source;
    c->user = user;
    c->raw = memory_new(BLOCK_SIZE, 1);
    return c->raw ? RELCOORD_OK : fail_memory(err);
}

void charset_close(charset *c)
{
    if (c->text)
        iconv_close(c->converter);
    memory_free(c->text);
    memory_free(c->raw);
}

/* Moves what is left to the front, and reads until `least` bytes stand there or the source ends. */
static relcoord_status fill(charset *c, size_t least, relcoord_error *err)
{
    memmove(c->raw, c->raw + c->start, c->end - c->start);
    c->end -= c->start;
    c->start = 0;
    while (c->end < least && !c->ended) {
        int64_t count = c->source(c->user, c->raw + c->end, BLOCK_SIZE - c->end);
        if (count < 0 || count > (int64_t)(BLOCK_SIZE - c->end))
            return fail(err, RELCOORD_EIO, "cannot be read");
        c->ended = count == 0;
        c->end += (size_t)count;
    }
    return RELCOORD_OK;
}

static relcoord_status open_converter(charset *c, relcoord_error *err)
{
    char *block = memory_new(BLOCK_SIZE, 1);
    c->converter = block ? iconv_open("UTF-8", encoding_names[c->encoding]) : (iconv_t)-1;
    if (c->converter != (iconv_t)-1) {
        c->text = block;
        return RELCOORD_OK;
    }
    memory_free(block);
    if (!block || errno == ENOMEM)
        return fail_memory(err);
    return fail(err, RELCOORD_EIO, "this system has no conversion from %s",
                encoding_names[c->encoding]);
}

static relcoord_status begin(charset *c, relcoord_error *err)
{
    relcoord_status status = fill(c, BLOCK_SIZE, err);
    if (!status)
        status = detect(c, err);
    if (!status && c->encoding != ENCODING_UTF_8)
        status = open_converter(c, err);
    c->begun = true;
    return status;
}

/* Converts up to the first character that is invalid or cut. The invalid one is a fault only when
 * it comes first, so that what stands before it has been handed out. */
static relcoord_status convert(charset *c, size_t *length, relcoord_error *err)
{
    char *from = c->raw + c->start, *to = c->text;
    size_t left = c->end - c->start, room = BLOCK_SIZE;
    bool faulty = left > 0 && iconv(c->converter, &from, &left, &to, &room) == (size_t)-1
                  && errno != EINVAL;
    *length = BLOCK_SIZE - room;
    c->start = c->end - left;
    return faulty && *length == 0 ? refuse_character(c, err) : RELCOORD_OK;
}

static relcoord_status next_converted(charset *c, size_t *length, relcoord_error *err)
{
    relcoord_status status = convert(c, length, err);
    while (!status && *length == 0 && !c->ended) {
        status = fill(c, c->end - c->start + 1, err);
        if (!status)
            status = convert(c, length, err);
    }
    if (!status && *length == 0 && c->start < c->end)
        status = fail(err, RELCOORD_EDATA, "the file ends within a character of %s",
                      encoding_names[c->encoding]);
    return status;
}

relcoord_status charset_next(charset *c, const char **bytes, size_t *length, relcoord_error *err)
{
    relcoord_status status = c->begun ? RELCOORD_OK : begin(c, err);
    if (status)
        return status;
    if (c->encoding != ENCODING_UTF_8) {
        *bytes = c->text;
        return next_converted(c, length, err);
    }
    if (c->start == c->end)
        status = fill(c, 1, err);
    *bytes = c->raw + c->start;
    *length = c->end - c->start;
    c->start = c->end;
    return status;
}
