/* What the tests of CSV's dialects share: texts in encodings, which are made here, not by iconv. */
#ifndef TESTS_DIALECTS_H
#define TESTS_DIALECTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define ITEMS \
    "frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect"
#define HEADER "respondent,workgroup,target," ITEMS "\n"

typedef enum coding {
    UTF_8,
    UTF_8_MARKED,
    WINDOWS_1252,
    UTF_16LE,
    UTF_16LE_MARKED,
    UTF_16BE,
    UTF_16BE_MARKED
} coding;

typedef struct bytes {
    char *at;
    size_t length;
} bytes;

static inline void put(bytes *b, unsigned value)
{
    b->at[b->length++] = (char)(value & 0xFF);
}

static inline void put_unit(bytes *b, coding to, unsigned unit)
{
    bool little = to == UTF_16LE || to == UTF_16LE_MARKED;
    put(b, little ? unit : unit >> 8);
    put(b, little ? unit >> 8 : unit);
}

static inline void put_character(bytes *b, coding to, unsigned code)
{
    if (to == WINDOWS_1252) {
        ck_assert_msg(code == 0x20AC || code < 0x80 || (code >= 0xA0 && code < 0x100),
                      "U+%X is not in Windows-1252", code);
        put(b, code == 0x20AC ? 0x80 : code);
    } else if (code >= 0x10000) {
        put_unit(b, to, 0xD800 + ((code - 0x10000) >> 10));
        put_unit(b, to, 0xDC00 + ((code - 0x10000) & 0x3FF));
    } else {
        put_unit(b, to, code);
    }
}

/* Text in UTF-8 in another coding; the caller frees it. */
static inline bytes encode(const char *text, coding to)
{
    const unsigned char *c = (const unsigned char *)text;
    bytes b = {malloc(2 * strlen(text) + 4), 0};
    ck_assert_ptr_nonnull(b.at);
    if (to == UTF_8_MARKED)
        put(&b, 0xEF), put(&b, 0xBB), put(&b, 0xBF);
    else if (to == UTF_16LE_MARKED || to == UTF_16BE_MARKED)
        put_unit(&b, to, 0xFEFF);
    while (*c) {
        unsigned code = *c < 0x80 ? *c : *c < 0xE0 ? *c & 0x1F : *c < 0xF0 ? *c & 0x0F : *c & 0x07;
        int more = *c < 0x80 ? 0 : *c < 0xE0 ? 1 : *c < 0xF0 ? 2 : 3;
        for (const unsigned char *first = c++; more > 0; more--, c++)
            code = to <= UTF_8_MARKED ? *first : code << 6 | (*c & 0x3F);
        if (to > UTF_8_MARKED)
            put_character(&b, to, code);
    }
    if (to <= UTF_8_MARKED) {
        memcpy(b.at + b.length, text, strlen(text));
        b.length += strlen(text);
    }
    return b;
}

/* A text whose fields are separated by '|', whose decimal mark is '^' and whose lines end in LF, in
 * a dialect. */
static inline bytes dress(const char *pattern, char separator, char decimal, const char *line_end,
                          coding to)
{
    char *text = malloc(2 * strlen(pattern) + 1), *at = text;
    bytes b;
    ck_assert_ptr_nonnull(text);
    for (const char *c = pattern; *c; c++)
        if (*c == '\n')
            at += strlen(strcpy(at, line_end));
        else
            *at++ = *c == '|' ? separator : *c == '^' ? decimal : *c;
    *at = 0;
    b = encode(text, to);
    free(text);
    return b;
}

/* The first block, by which an encoding is known. */
enum { BLOCK = 64 * 1024 };

/* A survey in ASCII of `length` bytes, then `tail`; the caller frees it. Its rows end where the
 * tail begins. */
static inline bytes pad(size_t length, const char *tail)
{
    static const char row[] = "1,A,"
                              "a2345678901234567890123456789012345678901234567890123456789012345678"
                              "9012345678901234567,1,2,3,4,5,4,3\n";
    bytes b = {malloc(length + strlen(tail) + 1), 0};
    ck_assert_ptr_nonnull(b.at);
    memcpy(b.at, HEADER, strlen(HEADER));
    b.length = strlen(HEADER);
    for (int i = 0; length - b.length >= 2 * sizeof row; i++)
        b.length += (size_t)sprintf(b.at + b.length, "%d%s", i + 2, row + 1);
    memset(b.at + b.length, '\n', length - b.length); /* blank lines */
    b.length = length;
    memcpy(b.at + length, tail, strlen(tail));
    b.length += strlen(tail);
    return b;
}

/* Reads with settings ("encoding=utf-8", or NULL) what must be readable. */
static inline relcoord_survey *read_dialect(const char *name, bytes b, size_t piece,
                                            const char *settings)
{
    relcoord_options *options = options_make("read", settings);
    relcoord_survey *survey = NULL;
    relcoord_error error = {0};
    relcoord_status status = read_pieces(b.at, b.length, piece, options, &survey, &error);
    ck_assert_msg(!status, "%s, pieces of %zu: line %d, column %s: %s", name, piece,
                  (int)error.line, error.column, error.message);
    relcoord_options_free(options);
    return survey;
}

#endif
