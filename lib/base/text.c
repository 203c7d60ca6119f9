/* Growing text, and what of UTF-8 relcoord needs. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* Room for `extra` more bytes and the NUL. */
static bool make_room(text *t, size_t extra)
{
    void *bytes = t->bytes;
    if (!t->failed && extra < SIZE_MAX - t->length
        && memory_reserve(&bytes, &t->capacity, t->length + extra + 1, 1))
        t->bytes = bytes;
    else
        t->failed = true;
    return !t->failed;
}

void text_add_bytes(text *t, const char *bytes, size_t length)
{
    if (!make_room(t, length))
        return;
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = 0;
}

void text_add(text *t, const char *string)
{
    text_add_bytes(t, string, strlen(string));
}

void text_add_repeated(text *t, char c, size_t count)
{
    if (!make_room(t, count))
        return;
    memset(t->bytes + t->length, c, count);
    t->length += count;
    t->bytes[t->length] = 0;
}

void text_add_format(text *t, const char *format, ...)
{
    va_list arguments;
    int length;
    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        t->failed = true;
        return;
    }
    if (!make_room(t, (size_t)length))
        return;
    va_start(arguments, format);
    vsnprintf(t->bytes + t->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    t->length += (size_t)length;
}

void text_add_integer(text *t, int64_t value)
{
    char digits[24], *start = digits + sizeof digits;
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do
        *--start = (char)('0' + magnitude % 10);
    while ((magnitude /= 10) != 0);
    if (value < 0)
        *--start = '-';
    text_add_bytes(t, start, (size_t)(digits + sizeof digits - start));
}

void text_add_number(text *t, double value)
{
    char digits[NUMBER_TEXT_SIZE];
    text_add_bytes(t, digits, number_format(value, digits));
}

void text_clear(text *t)
{
    t->length = 0;
    if (t->bytes)
        t->bytes[0] = 0;
}

void text_free(text *t)
{
    memory_free(t->bytes);
    memset(t, 0, sizeof *t);
}

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

size_t utf8_width(const char *string)
{
    size_t length = strlen(string), done = 0, columns = 0;
    while (done < length) {
        size_t step = character_length((const unsigned char *)string + done, length - done);
        columns += step ? character_width((const unsigned char *)string + done) : 1;
        done += step ? step : 1;
    }
    return columns;
}
