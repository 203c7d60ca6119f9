#include "base/utf8.h"

#include <string.h>

/* Length of the valid character at the start of bytes, 0 when there is none (RFC 3629). */
static size_t character_length(const unsigned char *bytes, size_t length)
{
    unsigned char first = bytes[0];
    size_t count = first < 0x80   ? 1
                   : first < 0xC2 ? 0
                   : first < 0xE0 ? 2
                   : first < 0xF0 ? 3
                   : first < 0xF5 ? 4
                                  : 0;
    if (count == 0 || count > length)
        return 0;
    for (size_t i = 1; i < count; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    if ((first == 0xE0 && bytes[1] < 0xA0)
        || (first == 0xED && bytes[1] > 0x9F) /* overlong; surrogate */
        || (first == 0xF0 && bytes[1] < 0x90)
        || (first == 0xF4 && bytes[1] > 0x8F)) /* overlong; past the end */
        return 0;
    return count;
}

size_t utf8_valid_prefix(const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        size_t step = character_length((const unsigned char *)bytes + done, length - done);
        if (step == 0)
            break;
        done += step;
    }
    return done;
}

/* Columns of the character at `bytes`: none for combining marks U+0300 to U+036F, else one. */
static size_t character_width(const unsigned char *bytes)
{
    return bytes[0] == 0xCC || (bytes[0] == 0xCD && bytes[1] < 0xB0) ? 0 : 1;
}

size_t utf8_prefix(const char *string, size_t width)
{
    size_t done = 0, columns = 0;
    while (
        string[done]) { /* never asks for the length: what is cut may be long, and cut many times */
        const unsigned char *at = (const unsigned char *)string + done;
        size_t step = character_length(at, 4); /* the NUL continues no character */
        size_t wide = step ? character_width(at) : 1;
        if (columns + wide > width)
            break;
        columns += wide;
        done += step ? step : 1;
    }
    return done;
}

size_t utf8_columns(const char *bytes, size_t length)
{
    size_t done = 0, columns = 0;
    while (done < length) {
        size_t step = character_length((const unsigned char *)bytes + done, length - done);
        columns += step ? character_width((const unsigned char *)bytes + done) : 1;
        done += step ? step : 1;
    }
    return columns;
}

size_t utf8_width(const char *string)
{
    return utf8_columns(string, strlen(string));
}
