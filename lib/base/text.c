#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

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
