/* Reading rows, whatever they hold: the sticky error, headings, and numbers with either decimal
 * mark. */
#include "source/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"

enum { MOST_COLUMNS = 10000 };

static void free_headings(reader *r)
{
    for (size_t i = 0; i < r->heading_count; i++)
        memory_free(r->headings[i]);
    r->heading_count = 0;
}

void reader_free(reader *r)
{
    free_headings(r);
    memory_free(r->headings);
    r->headings = NULL;
}

void reader_next_file(reader *r)
{
    free_headings(r);
    r->field = 0;
    r->row = 0;
}

/* ---- Errors ---- */

static void set_error(reader *r, relcoord_status status, size_t column, const char *format,
                      va_list arguments)
{
    char message[2 * sizeof r->error.message]; /* fail() cuts it at a character */
    vsnprintf(message, sizeof message, format, arguments);
    r->status = fail(&r->error, status, "%s", message);
    if (r->stop)
        r->stop(r);
    if (status != RELCOORD_EDATA)
        return;
    r->error.line = r->row_line;
    r->error.row = r->row;
    if (column < r->heading_count)
        error_field(r->error.column, sizeof r->error.column, r->headings[column]);
}

void reader_fail(reader *r, relcoord_status status, size_t column, const char *format, ...)
{
    va_list arguments;
    if (r->status)
        return;
    va_start(arguments, format);
    set_error(r, status, column, format, arguments);
    va_end(arguments);
}

void reader_fail_option(reader *r, size_t column, const char *option, const char *format, ...)
{
    va_list arguments;
    if (r->status)
        return;
    va_start(arguments, format);
    set_error(r, RELCOORD_EDATA, column, format, arguments);
    va_end(arguments);
    error_field(r->error.option, sizeof r->error.option, option);
}

void reader_fail_text(reader *r, size_t column, const char *what)
{
    if (r->encoded)
        reader_fail_option(r, column, "encoding",
                           "%s is not valid UTF-8; option 'encoding' can name another encoding",
                           what);
    else
        reader_fail(r, RELCOORD_EDATA, column, "%s is not valid UTF-8", what);
}

void reader_fail_width(reader *r, size_t fields, size_t columns)
{
    reader_fail(r, RELCOORD_EDATA, SIZE_MAX,
                fields == 1 ? "the row has %zu field, the header %zu"
                            : "the row has %zu fields, the header %zu",
                fields, columns);
}

void reader_fail_memory(reader *r)
{
    reader_fail(r, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
}

const char *reader_shown(const reader *r, const char *bytes, size_t length, char buffer[SHOWN_SIZE])
{
    size_t valid = utf8_valid_prefix(bytes, length), kept = 0;
    if (r->redact) {
        strcpy(buffer, "a value"); /* as well: the caller may look there */
        return buffer;
    }
    buffer[kept++] = '\'';
    for (size_t i = 0; i < valid && kept < SHOWN_BYTES; i++)
        buffer[kept++] = (unsigned char)bytes[i] < ' ' ? '?' : bytes[i];
    buffer[kept] = 0;
    kept = utf8_valid_prefix(buffer, kept);
    snprintf(buffer + kept, 8, "%s'", kept == valid + 1 && valid == length ? "" : "\xE2\x80\xA6");
    return buffer;
}

/* ---- Headings ---- */

void reader_heading(void *bytes, size_t length, void *user)
{
    reader *r = user;
    void *headings = r->headings;
    const char *heading = length ? bytes : "";
    char what[48], *copy;
    r->field++;
    if (r->status)
        return;
    if (r->heading_count == MOST_COLUMNS) {
        reader_fail(r, RELCOORD_EDATA, SIZE_MAX, "more than %d columns", MOST_COLUMNS);
        return;
    }
    if (memchr(heading, 0, length) || utf8_valid_prefix(heading, length) != length) {
        snprintf(what, sizeof what, "the heading of column %zu", r->heading_count + 1);
        reader_fail_text(r, SIZE_MAX, what);
        return;
    }
    while (length > 0 && (heading[length - 1] == ' ' || heading[length - 1] == '\t'))
        length--;
    copy = memory_new(length + 1, 1);
    if (!copy
        || !memory_reserve(&headings, &r->heading_capacity, r->heading_count + 1,
                           sizeof *r->headings)) {
        memory_free(copy);
        reader_fail_memory(r);
        return;
    }
    memcpy(copy, heading, length);
    copy[length] = 0;
    r->headings = headings;
    r->headings[r->heading_count++] = copy;
}

void reader_header(int terminator, void *user)
{
    reader *r = user;
    (void)terminator;
    r->field = 0;
    if (!r->status)
        r->take_header(r);
    r->row = 1;
}

/* ---- Values ---- */

void reader_trim(const char **bytes, size_t *length)
{
    while (*length > 0 && ((*bytes)[0] == ' ' || (*bytes)[0] == '\t'))
        ++*bytes, --*length;
    while (*length > 0 && ((*bytes)[*length - 1] == ' ' || (*bytes)[*length - 1] == '\t'))
        --*length;
}

char reader_decimal_mark(const reader *r, const char *bytes, size_t length)
{
    bool comma = memchr(bytes, ',', length) != NULL;
    return r->decimal == DECIMAL_COMMA || (r->decimal == DECIMAL_DETECTED && comma) ? ',' : '.';
}

bool reader_number(reader *r, size_t column, const char *bytes, size_t length, double *number)
{
    bool comma = memchr(bytes, ',', length) != NULL,
         marked = comma || memchr(bytes, '.', length) != NULL;
    char mark = reader_decimal_mark(r, bytes, length);
    char buffer[SHOWN_SIZE];
    if (!number_parse_marked(bytes, length, mark, number))
        return false;
    if (marked && r->decimal_seen && r->decimal_seen != mark)
        reader_fail_option(r, column, "decimal",
                           "%s has a decimal %s, and a number before it a decimal %s; option "
                           "'decimal' can say which it is",
                           reader_shown(r, bytes, length, buffer), comma ? "comma" : "point",
                           comma ? "point" : "comma");
    r->decimal_seen = marked ? mark : r->decimal_seen;
    return true;
}
