/* Bytes of a source as UTF-8 text: what encoding they are in, and their conversion, by iconv. Knows
 * nothing of CSV. */
#ifndef SOURCE_CHARSET_H
#define SOURCE_CHARSET_H

#include <iconv.h>
#include <stdbool.h>

#include "relcoord.h"

/* In the order of the option's words. */
typedef enum encoding {
    ENCODING_AUTO,
    ENCODING_UTF_8,
    ENCODING_WINDOWS_1252,
    ENCODING_ISO_8859_1,
    ENCODING_UTF_16LE,
    ENCODING_UTF_16BE,
    ENCODING_COUNT
} encoding;

typedef struct charset {
    encoding encoding; /* what is asked for; what it is, once the first text is there */
    relcoord_source source;
    void *user;
    char *raw; /* bytes of the source, from start to end not handed out yet */
    size_t start, end;
    bool begun, ended; /* the first block is read; the source has no more */
    char *text;        /* what was converted; NULL for UTF-8, whose raw bytes are the text */
    iconv_t converter;
} charset;

/* RELCOORD_ENOMEM when there is no memory. */
relcoord_status charset_open(charset *c, encoding asked, relcoord_source source, void *user,
                             relcoord_error *err);
void charset_close(charset *c);

/* The next stretch of text, *length 0 at its end; borrowed until the next call. The first is the
 * whole of the first 64 KiB, however little the source gives at a time. UTF-8 is handed through and
 * not looked at beyond those. RELCOORD_EDATA: the byte behind the text so far is at fault; err
 * names the option if it can help. */
relcoord_status charset_next(charset *c, const char **bytes, size_t *length, relcoord_error *err);

#endif
