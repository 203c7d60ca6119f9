#include "present/text/grid.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "present/show/value.h"
#include "present/text/cell.h"
#include "present/text/stem.h"
#include "present/text/wrap.h"
#include "words/words.h"

enum {
    GAP = 2,
    KEY_CAP = 24,       /* keys and words are wrapped to this without asking further, */
    TIGHT_KEY_CAP = 12, /* to this when it saves a grid from falling into blocks, */
    BLOCK_KEY_CAP = 16, /* to this in blocks when it saves a block, */
    LEAST_KEY_CAP = 8,  /* to this in blocks when there are many keys, */
    LAST_KEY_CAP = 4,   /* to this, within words, when else a column would not fit beside them */
    LONGEST_WORD = 30,  /* that a column is kept wide enough for */
    TIGHT_HEADER = 4,   /* a header loses letters down to this to save a pivot from blocks, */
    BLOCK_HEADER = 9,   /* to this in blocks, */
    LONG_HEADER = 24    /* but one that is longer gives way to a number, where all then fits */
};

typedef enum header_fit { ONE_LINE, SEVERAL_LINES, CUT } header_fit;

/* ---- Widths ---------------------------------------------------------------------------------- */

/* The least width at which a header loses no letters. */
static size_t stacked_width(const char *header)
{
    header_line lines[HEADER_LINES];
    size_t low = 1, high = utf8_width(header); /* halved: a header may be as long as a field */
    bool cut;

    while (low < high) {
        size_t width = low + (high - low) / 2;
        wrap_header(header, width, lines, &cut);
        if (cut)
            low = width + 1;
        else
            high = width;
    }
    return high;
}

static size_t header_width(const grid *g, size_t column, header_fit fit, size_t floor)
{
    const char *header = g->columns[column].header;
    size_t needed = fit == ONE_LINE ? utf8_width(header) : g->columns[column].stacked;

    return fit == CUT && column >= g->key_count && needed > floor ? floor : needed;
}

/* Below this a flexible column would break a word, or its header: but for that, none of reasonable
 * length. */
static size_t needed_by_words(const grid_column *c)
{
    size_t needed = c->word > c->stacked ? c->word : c->stacked;
    return needed < LONGEST_WORD ? needed : LONGEST_WORD;
}

static void set_widths(grid *g, header_fit fit, size_t floor, size_t cap)
{
    for (size_t i = 0; i < g->column_count; i++) {
        grid_column *c = &g->columns[i];
        size_t header = header_width(g, i, fit, floor);
        size_t cells = fit != ONE_LINE && c->least ? c->least : c->natural;
        c->width = cells > header ? cells : header;
        if (c->flexible && c->width > cap)
            c->width = g->breaks_words || cap > needed_by_words(c) ? cap : needed_by_words(c);
    }
}

/* The columns of a block: the keys, then those from `from` on. */
static size_t block_column(const grid *g, size_t from, size_t i)
{
    return i < g->key_count ? i : from + i - g->key_count;
}

static size_t block_width(const grid *g, size_t from, size_t to)
{
    size_t count = g->key_count + to - from, width = count ? (count - 1) * g->gap : 0;

    for (size_t i = 0; i < count; i++)
        width += g->columns[block_column(g, from, i)].width;
    return width;
}

static bool all_fits(const grid *g)
{
    return block_width(g, g->key_count, g->column_count) <= g->line_width;
}

/* The largest cap on flexible columns, not below `least`, with which all fits. */
static bool fit_with_cap(grid *g, header_fit fit, size_t floor, size_t least)
{
    for (size_t cap = g->line_width; cap >= least; cap--) {
        set_widths(g, fit, floor, cap);
        if (all_fits(g))
            return true;
    }
    return false;
}

/* How many columns wider a grid column could use to be. */
static size_t lacking_width(const grid *g, size_t column)
{
    const grid_column *c = &g->columns[column];
    size_t wanted = c->flexible && c->natural > c->stacked ? c->natural : c->stacked;

    return wanted > c->width ? wanted - c->width : 0;
}

/* Gives the room that is left to the columns that lack least, so that many become whole. */
static void spread(grid *g, size_t from, size_t to)
{
    for (size_t left = block_width(g, from, to); left < g->line_width; left++) {
        size_t chosen = to, least = SIZE_MAX;
        for (size_t i = from; i < to; i++) {
            size_t lacking = lacking_width(g, i);
            if (lacking && lacking < least) {
                chosen = i;
                least = lacking;
            }
        }
        if (chosen == to)
            return;
        g->columns[chosen].width++;
    }
}

/* Where the block that starts at `from` ends: at least one column, at most `limit`. */
static size_t block_end(const grid *g, size_t from, size_t limit)
{
    size_t to = from + 1;

    while (to < g->column_count && to - from < limit
           && block_width(g, from, to + 1) <= g->line_width)
        to++;
    return to;
}

static size_t count_blocks(const grid *g)
{
    size_t blocks = 0;

    for (size_t from = g->key_count; from < g->column_count; from = block_end(g, from, SIZE_MAX))
        blocks++;
    return blocks;
}

static bool each_fits(const grid *g)
{
    for (size_t from = g->key_count; from < g->column_count; from++)
        if (block_width(g, from, from + 1) > g->line_width)
            return false;
    return true;
}

/* Keys take at most half a line; they are narrowed further only when a column would not fit beside
 * them, or when that saves a block. */
static void fit_blocks(grid *g)
{
    header_fit fit = g->of->cells ? CUT : SEVERAL_LINES;
    size_t share = g->line_width / 2 / (g->key_count ? g->key_count : 1), best = LEAST_KEY_CAP;

    if (share > LEAST_KEY_CAP + g->gap)
        best = share - g->gap < KEY_CAP ? share - g->gap : KEY_CAP;
    set_widths(g, fit, BLOCK_HEADER, best);
    g->breaks_words = !each_fits(g);
    if (g->breaks_words)
        set_widths(g, fit, BLOCK_HEADER, best);
    while (!each_fits(g) && best > LAST_KEY_CAP)
        set_widths(g, fit, BLOCK_HEADER, --best);
    g->blocks = count_blocks(g);
    for (size_t cap = best; cap-- > BLOCK_KEY_CAP;) {
        set_widths(g, fit, BLOCK_HEADER, cap);
        if (count_blocks(g) < g->blocks) {
            g->blocks = count_blocks(g);
            best = cap;
        }
    }
    set_widths(g, fit, BLOCK_HEADER, best);
}

/* Lets all fit beside each other; false when it does not. */
static bool fit_whole(grid *g)
{
    for (size_t i = 0; i < g->column_count; i++)
        g->columns[i].stacked = stacked_width(g->columns[i].header);
    g->gap = GAP;
    set_widths(g, ONE_LINE, 0, SIZE_MAX);
    if (all_fits(g))
        return true;
    set_widths(g, SEVERAL_LINES, 0, SIZE_MAX);
    if (!all_fits(g) && !fit_with_cap(g, SEVERAL_LINES, 0, TIGHT_KEY_CAP)) {
        g->gap = GAP - 1;
        if (!fit_with_cap(g, SEVERAL_LINES, 0, TIGHT_KEY_CAP))
            return false;
    }
    spread(g, g->key_count, g->column_count);
    return true;
}

/* The columns of a pivot between its keys and its tail, which values head. */
static bool is_headed_by_value(const grid *g, size_t column)
{
    return g->of->cells && column >= g->key_count && column < g->column_count - g->of->tail_count;
}

/* Heads the columns of a pivot with numbers, or with their values again. */
static void number_headers(grid *g, bool with_numbers)
{
    g->numbered = with_numbers;
    for (size_t i = 0; i < g->column_count; i++)
        if (is_headed_by_value(g, i))
            g->columns[i].header = with_numbers ? g->numbers[i - g->key_count]
                                                : g->of->columns[i].header;
}

/* Questions do not fit above narrow figures: numbers stand for them, as in a table of
 * correlations. */
static bool fit_with_numbers(grid *g)
{
    size_t longest = 0;

    for (size_t i = 0; i < g->column_count; i++)
        if (is_headed_by_value(g, i) && utf8_width(g->columns[i].header) > longest)
            longest = utf8_width(g->columns[i].header);
    if (longest <= LONG_HEADER)
        return false;
    g->numbers = memory_new(g->column_count, sizeof *g->numbers);
    if (!g->numbers) {
        g->line.failed = true;
        return false;
    }
    for (size_t i = 0; i < g->column_count; i++)
        snprintf(g->numbers[i], sizeof *g->numbers, "%zu", i + 1);
    number_headers(g, true);
    if (fit_whole(g))
        return true;
    number_headers(g, false);
    return false;
}

static void fit_columns(grid *g)
{
    if (fit_whole(g) || fit_with_numbers(g))
        return;
    fit_whole(g); /* the headers' own widths again, a narrow gap */
    if (g->of->cells && fit_with_cap(g, CUT, TIGHT_HEADER, TIGHT_KEY_CAP)) {
        spread(g, g->key_count, g->column_count);
    } else {
        g->gap = GAP;
        fit_blocks(g);
    }
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* Puts a piece into its column of the line. Nothing is padded behind it: lines end in no blanks. */
static void place(grid *g, size_t column, size_t offset, size_t *at, const char *piece,
                  size_t length)
{
    const grid_column *c = &g->columns[column];
    size_t width = utf8_columns(piece, length);

    if (!length)
        return;
    if (c->right && width < c->width)
        offset += c->width - width;
    if (*at && offset <= *at) /* something unbreakable stands in the way */
        offset = *at + 1;
    text_add_repeated(&g->line, ' ', offset - *at);
    text_add_bytes(&g->line, piece, length);
    *at = offset + width;
}

static void place_header(grid *g, size_t column, size_t offset, size_t *at, const header_line *line)
{
    size_t width = g->columns[column].width, length = line->length;

    text_clear(&g->piece);
    if (line->cut && width >= BROKEN_WIDTH) {
        size_t most = utf8_prefix(line->start, width - 1);
        text_add_bytes(&g->piece, line->start, length < most ? length : most);
        text_add(&g->piece, ELLIPSIS);
    } else {
        text_add_bytes(&g->piece, line->start, length);
    }
    if (g->piece.bytes)
        place(g, column, offset, at, g->piece.bytes, g->piece.length);
}

static void end_line(grid *g)
{
    if (g->line.bytes)
        text_add_bytes(&g->w->out, g->line.bytes, g->line.length);
    text_add(&g->w->out, "\n");
    text_clear(&g->line);
}

/* The headers, the shorter ones standing on the last line; then a rule. */
static void write_headers(grid *g, size_t from, size_t to)
{
    size_t count = g->key_count + to - from, height = 0;
    header_line lines[HEADER_LINES];
    bool cut;

    for (size_t i = 0; i < count; i++) {
        const grid_column *c = &g->columns[block_column(g, from, i)];
        size_t lines_needed = wrap_header(c->header, c->width, lines, &cut);
        height = lines_needed > height ? lines_needed : height;
        for (size_t line = 0; line < lines_needed && i >= g->key_count; line++)
            g->cut = g->cut || lines[line].cut;
    }
    for (size_t line = 0; line < height; line++) {
        for (size_t i = 0, offset = 0, at = 0; i < count; i++) {
            size_t column = block_column(g, from, i);
            size_t own = wrap_header(g->columns[column].header, g->columns[column].width, lines,
                                     &cut);
            if (line + own >= height) {
                place_header(g, column, offset, &at, &lines[line + own - height]);
            }
            offset += g->columns[column].width + g->gap;
        }
        end_line(g);
    }
    size_t width = block_width(g, from, to);
    for (size_t i = 0; i < width && i < g->line_width; i++)
        text_add(&g->line, "─");
    end_line(g);
}

/* What stands above the columns behind the keys: the name of what they are. */
static void write_across(grid *g)
{
    size_t offset = 0, at = 0;

    if (!g->of->across || g->key_count == g->column_count)
        return;
    for (size_t i = 0; i < g->key_count; i++)
        offset += g->columns[i].width + g->gap;
    text_add_repeated(&g->line, ' ', offset - at);
    text_add(&g->line, g->of->across);
    end_line(g);
}

/* Takes up the cells of a row. One that repeats the key above goes on with what is left of it. */
static void begin_row(grid *g, size_t row, size_t from, size_t to)
{
    for (size_t i = 0; i < g->key_count + to - from; i++) {
        size_t column = block_column(g, from, i);
        grid_column *c = &g->columns[column];
        if (sheet_repeats(g->of, row, column))
            continue;
        render_cell(g, row, column, &c->cell);
        c->done = 0;
    }
}

/* Whether a line of this row has to follow for a cell: a key may go on in the rows that repeat
 * it. */
static bool needs_line(const grid *g, size_t row, size_t column)
{
    const grid_column *c = &g->columns[column];
    const char *rest = c->cell.bytes ? c->cell.bytes + c->done : "";

    return rest[strspn(rest, " ")]
           && !(row + 1 < g->row_count && sheet_repeats(g->of, row + 1, column));
}

/* The next piece of a cell, which moves on; *hanging: how far in it stands. */
static size_t take_piece(grid *g, size_t row, size_t column, const char **piece, size_t *hanging)
{
    grid_column *c = &g->columns[column];
    const char *cell = c->cell.bytes ? c->cell.bytes : "", *rest = cell + c->done;
    size_t in = c->width > 3 * HANGING && stem_of(g, row, column) ? HANGING : 0, length = 0;
    bool wraps = c->flexible && cell[utf8_prefix(cell, c->width - in)]; /* cells may be long */

    *hanging = in;
    if (wraps && c->done && column < g->key_count && c->width > 2 * HANGING + in)
        *hanging += HANGING;
    if (!wraps) {
        *piece = rest;
        length = strlen(rest);
        c->done += length;
    } else if (next_line(&rest, c->width - *hanging, piece, &length)) {
        c->done = (size_t)(rest - cell);
    }
    return length;
}

/* A line of a row. True when there is more. */
static bool write_row_line(grid *g, size_t row, size_t from, size_t to)
{
    size_t count = g->key_count + to - from;
    bool more = false;

    for (size_t i = 0, offset = 0, at = 0; i < count; i++) {
        size_t column = block_column(g, from, i), hanging;
        const char *piece = "";
        size_t length = take_piece(g, row, column, &piece, &hanging);
        place(g, column, offset + hanging, &at, piece, length);
        offset += g->columns[column].width + g->gap;
        more = more || needs_line(g, row, column);
    }
    end_line(g);
    return more;
}

/* The stem of the rows that begin here, where one does: on lines of its own above them. */
static void write_stem(grid *g, size_t row)
{
    const table_column *column = g->columns[g->stem_column].parts[0].column;
    size_t stem = stem_of(g, row, g->stem_column), offset = 0, length;
    text whole = {0}, above = {0};
    const char *rest, *piece;

    if (!stem)
        return;
    add_value(g->w, g->of->table, column, g->of->rows[row], &whole);
    if (row && stem_of(g, row - 1, g->stem_column) == stem)
        add_value(g->w, g->of->table, column, g->of->rows[row - 1], &above);
    bool goes_on = above.bytes && whole.bytes && strncmp(above.bytes, whole.bytes, stem) == 0;
    if (whole.bytes && !whole.failed && !goes_on) {
        whole.bytes[shown_stem(whole.bytes, stem)] = '\0';
        for (size_t i = 0; i < g->stem_column; i++)
            offset += g->columns[i].width + g->gap;
        for (rest = whole.bytes; next_line(&rest, g->line_width - offset, &piece, &length);) {
            size_t at = 0;
            place(g, g->stem_column, offset, &at, piece, length);
            end_line(g);
        }
    }
    g->line.failed = g->line.failed || whole.failed || above.failed;
    text_free(&whole);
    text_free(&above);
}

static bool write_block(grid *g, size_t from, size_t to)
{
    write_across(g);
    write_headers(g, from, to);
    for (size_t row = 0; row < g->row_count; row++) {
        write_stem(g, row);
        begin_row(g, row, from, to);
        while (write_row_line(g, row, from, to))
            continue;
        if (!writer_flow(g->w))
            return false;
    }
    return true;
}

/* Writes block by block; those of a pivot are about equally long. */
static bool write_blocks(grid *g)
{
    for (size_t from = g->key_count, to; from < g->column_count; from = to) {
        size_t limit = SIZE_MAX, columns = g->column_count - from;
        if (g->of->cells && g->blocks)
            limit = (columns + g->blocks - 1) / g->blocks;
        g->blocks -= g->blocks > 0;
        to = block_end(g, from, limit);
        spread(g, from, to);
        if (from > g->key_count)
            text_add(&g->w->out, "\n");
        if (!write_block(g, from, to))
            return false;
    }
    return true;
}

/* The longest code of the notes with its semicolon: notes break behind one. */
static size_t longest_code(const sheet *of)
{
    size_t longest = 0;

    for (size_t i = 0; i < of->row_count; i++)
        for (const char *code = note_of(of->table, of->rows[i]); *code;) {
            size_t length = strcspn(code, ";");
            length += code[length] == ';';
            size_t width = utf8_columns(code, length);
            longest = width > longest ? width : longest;
            code += length;
        }
    return longest;
}

static void fill_column(grid_column *c, const sheet_column *from, const sheet *of, size_t index)
{
    const column_spec *spec = &from->parts[0].column->spec;
    bool word = spec->type == RELCOORD_STRING;

    c->header = from->header;
    c->parts = from->parts;
    c->part_count = from->part_count;
    c->right = from->numeric;
    c->flexible = word && (!of->cells || index < of->key_count);
    c->least = spec->kind == RELCOORD_NOTE && !of->cells ? longest_code(of) : 0;
}

bool grid_write(writer *w, const sheet *of, grid_headers *headers)
{
    grid g = {.w = w,
              .of = of,
              .row_count = of->row_count,
              .column_count = of->column_count,
              .key_count = of->key_count,
              .line_width = (size_t)options_integer(w->options, "width")};
    bool going_on = false;

    g.columns = memory_zeroed(g.column_count, sizeof *g.columns);
    if (g.columns) {
        for (size_t i = 0; i < g.column_count; i++)
            fill_column(&g.columns[i], &of->columns[i], of, i);
        measure_cells(&g);
        g.line.failed = !find_stems(&g);
        if (g.has_stems)
            measure_cells(&g);
        fit_columns(&g);
        going_on = w->cancelled ? false
                   : g.blocks   ? write_blocks(&g)
                                : write_block(&g, g.key_count, g.column_count);
    }
    for (size_t i = 0; g.columns && i < g.column_count; i++) {
        g.line.failed = g.line.failed || g.columns[i].cell.failed;
        text_free(&g.columns[i].cell);
    }
    if (!g.columns || g.line.failed || g.piece.failed)
        w->out.failed = true;
    *headers = g.numbered ? HEADERS_NUMBERED : g.cut ? HEADERS_CUT : HEADERS_WHOLE;
    text_free(&g.line);
    text_free(&g.piece);
    memory_free(g.stems);
    memory_free(g.numbers);
    memory_free(g.columns);
    return going_on;
}
