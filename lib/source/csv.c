/* CSV text into a reader, through libcsv.
 *
 * libcsv is handed one line at a time: it skips blank lines and joins quoted ones without a word,
 * and only so is each row's own line known. It cannot be stopped from a callback, so the reader's
 * error is sticky and asked after each line. */
#include "source/csv.h"

#include <csv.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"

enum { LONGEST_FIELD = 1 << 20, PROGRESS_CALLS = 32, ROW_NOT_BEGUN = 0 };

typedef struct csv_reader {
    reader *at;
    struct csv_parser parser;
    int64_t line;       /* that the next byte stands on */
    int64_t field_line; /* on which the field that is open began */
    bool in_header;
    bool ended_in_return; /* the last byte was CR: a line end, unless LF follows */
    bool carriage;        /* the block holds a CR */
} csv_reader;

/* libcsv's buffer holds one field: what does not fit is most likely an open quotation mark. */
static void *grow_field(void *block, size_t size)
{
    return size > LONGEST_FIELD ? NULL : memory_resize(block, size, 1);
}

static void fail_parse(csv_reader *r)
{
    reader *at = r->at;
    if (csv_error(&r->parser) == CSV_ENOMEM && csv_get_buffer_size(&r->parser) < LONGEST_FIELD) {
        reader_fail_memory(at);
        return;
    }
    at->row_line = csv_error(&r->parser) == CSV_EPARSE ? r->line : r->field_line;
    if (csv_error(&r->parser) == CSV_EPARSE)
        reader_fail(
            at, RELCOORD_EDATA, at->field,
            "a quotation mark inside a field: the whole field must be quoted, marks in it doubled");
    else
        reader_fail(at, RELCOORD_EDATA, at->field,
                    "a field of more than %d bytes: is a quotation mark left open?", LONGEST_FIELD);
}

/* Hands libcsv a piece that holds at most one line end, its last byte. */
static void parse_piece(csv_reader *r, const char *bytes, size_t length)
{
    reader *at = r->at;
    size_t field = at->field, parsed;
    int64_t row = at->row;
    if (r->parser.pstate == ROW_NOT_BEGUN)
        at->row_line = r->field_line = r->line;
    if (r->in_header) {
        parsed = csv_parse(&r->parser, bytes, length, reader_heading, reader_header, at);
        r->in_header = at->row == 0;
    } else {
        parsed = csv_parse(&r->parser, bytes, length, at->take_field, at->take_row, at);
    }
    if (parsed != length && !at->status)
        fail_parse(r);
    if (at->field != field || at->row != row)
        r->field_line = r->line;
}

/* Length of the next piece: up to and with its line end (LF, CRLF, or a CR alone). */
static size_t piece_length(const csv_reader *r, const char *bytes, size_t length)
{
    const char *feed = memchr(bytes, '\n', length), *end = feed ? feed + 1 : bytes + length;
    const char *back = r->carriage ? memchr(bytes, '\r', (size_t)(end - bytes)) : NULL;
    if (back && back + 1 < end && back[1] != '\n')
        end = back + 1;
    return (size_t)(end - bytes);
}

static void parse_block(csv_reader *r, const char *bytes, size_t length)
{
    const char *nul = memchr(bytes, 0, length);
    r->carriage = memchr(bytes, '\r', length) != NULL;
    if (r->ended_in_return && bytes[0] != '\n')
        r->line++;
    r->ended_in_return = false;
    for (size_t done = 0; done < length && !r->at->status;) {
        size_t piece = piece_length(r, bytes + done, length - done);
        char last = bytes[done + piece - 1];
        if (nul && nul < bytes + done + piece) {
            r->at->row_line = r->line;
            reader_fail(r->at, RELCOORD_EDATA, SIZE_MAX,
                        "a NUL byte: is this a text file in UTF-8?");
            return;
        }
        parse_piece(r, bytes + done, piece);
        done += piece;
        if (last == '\n' || (last == '\r' && done < length))
            r->line++;
        r->ended_in_return = last == '\r' && done == length;
    }
}

/* ---- The dialect ---- */

static const char *const dialect_notes[] = {
    "read as Windows-1252",    "read as ISO-8859-1", "read as UTF-16LE",
    "read as UTF-16BE", /* by encoding */
    "separated by semicolons", "separated by tabs",  "decimal comma",
};
enum { NOTE_ENCODINGS, NOTE_SEMICOLONS = 4, NOTE_TABS, NOTE_DECIMAL_COMMA, NOTE_COUNT };

static const unsigned char separator_bytes[] = {
    [SEPARATOR_COMMA] = ',',
    [SEPARATOR_SEMICOLON] = ';',
    [SEPARATOR_TAB] = '\t',
};

/* The separator that the header has most of, outside quotation marks; comma when it has none. Blank
 * lines may stand above the header, and hold tabs. */
static csv_separator detect_separator(const char *bytes, size_t length)
{
    static const csv_separator separators[] = {SEPARATOR_TAB, SEPARATOR_SEMICOLON,
                                               SEPARATOR_COMMA}; /* in a tie the first */
    size_t hits[3] = {0}, most = 0;
    csv_separator found = SEPARATOR_COMMA;
    bool quoted = false, begun = false;
    for (size_t i = 0; i < length; i++) {
        bool ends = !quoted && (bytes[i] == '\n' || bytes[i] == '\r');
        if (ends && begun)
            break;
        hits[0] = ends ? 0 : hits[0] + (!quoted && bytes[i] == '\t');
        hits[1] += !quoted && bytes[i] == ';';
        hits[2] += !quoted && bytes[i] == ',';
        quoted ^= bytes[i] == '"';
        begun = begun || (!ends && bytes[i] != ' ' && bytes[i] != '\t');
    }
    for (int i = 0; i < 3; i++)
        if (hits[i] > most) {
            most = hits[i];
            found = separators[i];
        }
    return found;
}

/* Of rows without a header, which names of variables begin: the first there is. */
static csv_separator first_separator(const char *bytes, size_t length)
{
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted ^= bytes[i] == '"';
        if (!quoted && (bytes[i] == '\t' || bytes[i] == ';' || bytes[i] == ','))
            return bytes[i] == '\t'  ? SEPARATOR_TAB
                   : bytes[i] == ';' ? SEPARATOR_SEMICOLON
                                     : SEPARATOR_COMMA;
    }
    return SEPARATOR_COMMA;
}

/* libcsv's own, before 3.0.3, takes a separating tab for a space, and an empty field with it. */
static int is_space(unsigned char c)
{
    return c == ' ';
}

/* Sets libcsv and the reader to what is asked or, by the first text, found. */
static void begin_dialect(csv_reader *r, const csv_dialect *asked, encoding found,
                          const char *bytes, size_t length)
{
    csv_separator separator = asked->separator  ? asked->separator
                              : r->at->headless ? first_separator(bytes, length)
                                                : detect_separator(bytes, length);
    csv_set_delim(&r->parser, separator_bytes[separator]);
    if (separator == SEPARATOR_TAB)
        csv_set_space_func(&r->parser, is_space);
    r->at->decimal = separator == SEPARATOR_COMMA ? DECIMAL_POINT : DECIMAL_DETECTED;
    if (asked->decimal != CSV_DECIMAL_AUTO)
        r->at->decimal = asked->decimal == CSV_DECIMAL_COMMA ? DECIMAL_COMMA : DECIMAL_POINT;
    if (found != ENCODING_UTF_8)
        r->at->dialects |= 1u << (NOTE_ENCODINGS + (int)found - ENCODING_WINDOWS_1252);
    if (separator != SEPARATOR_COMMA)
        r->at->dialects |= 1u << (separator == SEPARATOR_TAB ? NOTE_TABS : NOTE_SEMICOLONS);
}

const char *csv_dialect_note(const reader *r, int index)
{
    for (int i = 0; i < NOTE_COUNT; i++)
        if (r->dialects & 1u << i && index-- == 0)
            return dialect_notes[i];
    return NULL;
}

/* ---- From beginning to end ---- */

static void end_text(csv_reader *r)
{
    reader *at = r->at;
    bool open = csv_fini(&r->parser, r->in_header ? reader_heading : at->take_field,
                         r->in_header ? reader_header : at->take_row, at)
                != 0;
    if (open && !at->status && csv_error(&r->parser) != CSV_ENOMEM) {
        at->row_line = r->field_line;
        reader_fail(at, RELCOORD_EDATA, at->field,
                    "a quotation mark is opened here and never closed");
    } else if (open && !at->status) {
        reader_fail_memory(at);
    } else if ((at->headless ? at->row <= 1 : at->heading_count == 0) && !at->status) {
        at->row_line = 0;
        reader_fail(at, RELCOORD_EDATA, SIZE_MAX, "the file is empty");
    } else if (at->row <= 1 && !at->status) {
        at->row_line = 0;
        at->row = 0;
        reader_fail(at, RELCOORD_EDATA, SIZE_MAX, "no rows below the header");
    }
}

/* Between the source and the text: asks the progress now and then. */
typedef struct watched_source {
    relcoord_source source;
    void *user;
    const reading_progress *progress;
    reader *at;
    int64_t calls, done;
} watched_source;

static int64_t read_watched(void *user, void *buffer, size_t capacity)
{
    watched_source *w = user;
    const reading_progress *p = w->progress;
    double share = p->size > 0
                       ? ((double)p->file + (double)w->done / (double)p->size) / (double)p->files
                       : -1;
    int64_t count;
    if (w->calls++ % PROGRESS_CALLS == 0 && options_progress(p->options, share, NULL)) {
        reader_fail(w->at, RELCOORD_ECANCELLED, SIZE_MAX, "cancelled");
        return -1;
    }
    count = w->source(w->user, buffer, capacity);
    w->done += count > 0 && count <= (int64_t)capacity ? count : 0;
    return count;
}

/* The text ends here in a fault of the source or of its encoding. */
static void fail_text(csv_reader *r, const relcoord_error *error)
{
    reader *at = r->at;
    at->row_line = r->line + r->ended_in_return;
    if (*error->option)
        reader_fail_option(at, at->field, error->option, "%s", error->message);
    else
        reader_fail(at, (relcoord_status)error->status, at->field, "%s", error->message);
}

static void read_text(csv_reader *r, charset *input, const csv_dialect *asked)
{
    const char *bytes;
    size_t length = 1;
    relcoord_error error = {0};
    for (bool first = true; length > 0 && !r->at->status; first = false) {
        if (charset_next(input, &bytes, &length, &error)) {
            fail_text(r, &error);
            return;
        }
        if (first)
            begin_dialect(r, asked, input->encoding, bytes, length);
        if (length > 0)
            parse_block(r, bytes, length);
    }
    if (!r->at->status)
        end_text(r);
    if (r->at->decimal_seen == ',')
        r->at->dialects |= 1u << NOTE_DECIMAL_COMMA;
}

void csv_read(reader *at, relcoord_source source, void *user, const csv_dialect *asked,
              const reading_progress *progress)
{
    csv_reader r = {.at = at, .line = 1, .in_header = !at->headless};
    watched_source watched = {source, user, progress, at, 0, 0};
    charset input;
    relcoord_status status = charset_open(&input, asked->encoding, read_watched, &watched, NULL);
    reader_next_file(at);
    at->row = at->headless;
    at->encoded = true;
    at->decimal_seen = 0;
    if (status || csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        reader_fail_memory(at);
    } else {
        csv_set_realloc_func(&r.parser, grow_field);
        csv_set_free_func(&r.parser, memory_free);
        csv_set_blk_size(&r.parser, 4096);
        read_text(&r, &input, asked);
        csv_free(&r.parser);
    }
    charset_close(&input);
}
