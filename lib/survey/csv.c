/* CSV text into a builder, through libcsv.
 *
 * libcsv is handed one line at a time: it skips blank lines and joins quoted ones without a word, and
 * only so is each row's own line known. It cannot be stopped from a callback, so the builder's error
 * is sticky and asked after each line. */
#include "survey/csv.h"

#include <csv.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"

enum { BLOCK_SIZE = 64 * 1024, LONGEST_FIELD = 1 << 20, PROGRESS_BLOCKS = 32, ROW_NOT_BEGUN = 0 };

typedef struct csv_reader {
    builder *b;
    struct csv_parser parser;
    int64_t line;        /* that the next byte stands on */
    int64_t field_line;  /* on which the field that is open began */
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
    builder *b = r->b;
    if (csv_error(&r->parser) == CSV_ENOMEM && csv_get_buffer_size(&r->parser) < LONGEST_FIELD) {
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
        return;
    }
    b->row_line = csv_error(&r->parser) == CSV_EPARSE ? r->line : r->field_line;
    if (csv_error(&r->parser) == CSV_EPARSE)
        builder_fail(b, RELCOORD_EDATA, b->field, "a quotation mark inside a field: the whole field must be quoted, marks in it doubled");
    else
        builder_fail(b, RELCOORD_EDATA, b->field, "a field of more than %d bytes: is a quotation mark left open?", LONGEST_FIELD);
}

/* Hands libcsv a piece that holds at most one line end, its last byte. */
static void parse_piece(csv_reader *r, const char *bytes, size_t length)
{
    builder *b = r->b;
    size_t field = b->field, parsed;
    int64_t row = b->row;
    if (r->parser.pstate == ROW_NOT_BEGUN)
        b->row_line = r->field_line = r->line;
    if (r->in_header) {
        parsed = csv_parse(&r->parser, bytes, length, builder_heading, builder_header, b);
        r->in_header = b->row == 0;
    } else {
        parsed = csv_parse(&r->parser, bytes, length, builder_field, builder_row, b);
    }
    if (parsed != length && !b->status)
        fail_parse(r);
    if (b->field != field || b->row != row)
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
    for (size_t done = 0; done < length && !r->b->status;) {
        size_t piece = piece_length(r, bytes + done, length - done);
        char last = bytes[done + piece - 1];
        if (nul && nul < bytes + done + piece) {
            r->b->row_line = r->line;
            builder_fail(r->b, RELCOORD_EDATA, SIZE_MAX, "a NUL byte: is this a text file in UTF-8?");
            return;
        }
        parse_piece(r, bytes + done, piece);
        done += piece;
        if (last == '\n' || (last == '\r' && done < length))
            r->line++;
        r->ended_in_return = last == '\r' && done == length;
    }
}

/* The length of a byte order mark at the start; UTF-16 is refused. */
static size_t skip_byte_order_mark(csv_reader *r, const char *bytes, size_t length)
{
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return 3;
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        r->b->row_line = 1;
        builder_fail(r->b, RELCOORD_EDATA, SIZE_MAX, "the file is in UTF-16; save it as CSV in UTF-8");
    }
    return 0;
}

/* Reads until at least `least` bytes stand in the buffer or the source ends; -1 when it fails. */
static int64_t fill(relcoord_source source, void *user, char *buffer, size_t least)
{
    size_t length = 0;
    while (length < least) {
        int64_t count = source(user, buffer + length, BLOCK_SIZE - length);
        if (count < 0 || count > (int64_t)(BLOCK_SIZE - length))
            return -1;
        if (count == 0)
            break;
        length += (size_t)count;
    }
    return (int64_t)length;
}

static void end_text(csv_reader *r)
{
    builder *b = r->b;
    bool open = csv_fini(&r->parser, r->in_header ? builder_heading : builder_field, r->in_header ? builder_header : builder_row, b) != 0;
    if (open && !b->status && csv_error(&r->parser) != CSV_ENOMEM) {
        b->row_line = r->field_line;
        builder_fail(b, RELCOORD_EDATA, b->field, "a quotation mark is opened here and never closed");
    } else if (open && !b->status) {
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
    } else if (b->column_count == 0 && !b->status) {
        b->row_line = 0;
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "the file is empty");
    } else if (b->row <= 1 && !b->status) {
        b->row_line = 0;
        b->row = 0;
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "no rows below the header");
    }
}

static relcoord_status ask_progress(const reading_progress *p, int64_t done)
{
    double share = p->size > 0 ? ((double)p->file + (double)done / (double)p->size) / (double)p->files : -1;
    return options_progress(p->options, share, NULL);
}

static void read_blocks(csv_reader *r, char *buffer, relcoord_source source, void *user, const reading_progress *progress)
{
    builder *b = r->b;
    int64_t total = 0, count = 1;
    for (int64_t block = 0; count > 0 && !b->status; block++) {
        relcoord_status status = block % PROGRESS_BLOCKS ? RELCOORD_OK : ask_progress(progress, total);
        size_t skip = 0;
        if (status)
            builder_fail(b, status, SIZE_MAX, "cancelled");
        count = b->status ? 0 : fill(source, user, buffer, block == 0 ? 3 : 1);
        if (count < 0) {
            b->row_line = 0;
            builder_fail(b, RELCOORD_EIO, SIZE_MAX, "cannot be read");
        }
        if (count <= 0)
            break;
        total += count;
        if (block == 0)
            skip = skip_byte_order_mark(r, buffer, (size_t)count);
        if ((int64_t)skip < count && !b->status)
            parse_block(r, buffer + skip, (size_t)count - skip);
    }
    if (!b->status)
        end_text(r);
}

void csv_read(builder *b, relcoord_source source, void *user, const reading_progress *progress)
{
    csv_reader r = {.b = b, .line = 1, .in_header = true};
    char *buffer = memory_new(BLOCK_SIZE, 1);
    builder_next_file(b);
    if (!buffer || csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        memory_free(buffer);
        builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
        return;
    }
    csv_set_realloc_func(&r.parser, grow_field);
    csv_set_free_func(&r.parser, memory_free);
    csv_set_blk_size(&r.parser, 4096);
    read_blocks(&r, buffer, source, user, progress);
    csv_free(&r.parser);
    memory_free(buffer);
}
