/* Errors: filling the caller's relcoord_error, and the names of statuses. */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static_assert(sizeof(relcoord_error) == 984, "relcoord_error is frozen");

const char *relcoord_version(void)
{
#define QUOTE(x) #x
#define VERSION_TEXT(major, minor, patch) QUOTE(major) "." QUOTE(minor) "." QUOTE(patch)
    return VERSION_TEXT(RELCOORD_VERSION_MAJOR, RELCOORD_VERSION_MINOR, RELCOORD_VERSION_PATCH);
}

const char *relcoord_status_name(relcoord_status status)
{
    switch (status) {
    case RELCOORD_OK: return "RELCOORD_OK";
    case RELCOORD_EDATA: return "RELCOORD_EDATA";
    case RELCOORD_EUSAGE: return "RELCOORD_EUSAGE";
    case RELCOORD_EOPTION: return "RELCOORD_EOPTION";
    case RELCOORD_EIO: return "RELCOORD_EIO";
    case RELCOORD_ENOMEM: return "RELCOORD_ENOMEM";
    case RELCOORD_ECANCELLED: return "RELCOORD_ECANCELLED";
    case RELCOORD_EINTERNAL: return "RELCOORD_EINTERNAL";
    }
    return "unknown";
}

void error_field(char *field, size_t size, const char *string)
{
    size_t length = strlen(string);
    if (length >= size) {
        length = size - 1;
        while (length > 0
               && ((unsigned char)string[length] & 0xC0) == 0x80) /* inside a character */
            length--;
    }
    memmove(field, string, length);
    memset(field + length, 0, size - length);
    for (size_t valid; (valid = utf8_valid_prefix(field, length)) < length;)
        field[valid] = '?';
}

static void fill(relcoord_error *err, relcoord_status status, const char *format, va_list arguments)
{
    char message[2 * sizeof err->message];
    memset(err, 0, sizeof *err);
    err->status = (int32_t)status;
    vsnprintf(message, sizeof message, format, arguments);
    error_field(err->message, sizeof err->message, message);
}

relcoord_status fail(relcoord_error *err, relcoord_status status, const char *format, ...)
{
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

relcoord_status fail_memory(relcoord_error *err)
{
    return fail(err, RELCOORD_ENOMEM, "out of memory");
}

relcoord_status fail_option(relcoord_error *err, const char *option, const char *format, ...)
{
    if (err) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, RELCOORD_EOPTION, format, arguments);
        va_end(arguments);
        error_field(err->option, sizeof err->option, option);
    }
    return RELCOORD_EOPTION;
}
