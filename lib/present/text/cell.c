#include "present/text/cell.h"

#include <string.h>

#include "base/utf8.h"
#include "present/text/wrap.h"

static bool left_aligned(const part *p)
{
    return p->style == PART_LETTER || p->column->spec.type == RELCOORD_STRING;
}

size_t stem_of(const grid *g, size_t row, size_t column)
{
    return g->has_stems && column == g->stem_column ? g->stems[row] : 0;
}

/* The text of a part, without its stem, into g->piece. */
static void take_part(grid *g, size_t row, size_t column, size_t which)
{
    size_t stem = stem_of(g, row, column);

    text_clear(&g->piece);
    sheet_add_part(g->of, &g->columns[column].parts[which], sheet_row(g->of, row, column),
                   which == 0, &g->piece);
    if (!stem || g->piece.length < stem)
        return;
    memmove(g->piece.bytes, g->piece.bytes + stem, g->piece.length + 1 - stem);
    g->piece.length -= stem;
}

void render_cell(grid *g, size_t row, size_t column, text *out)
{
    const grid_column *c = &g->columns[column];
    size_t before = 0;

    text_clear(out);
    if (sheet_repeats(g->of, row, column))
        return;
    for (size_t i = 0; i < c->part_count; i++) {
        const part *p = &c->parts[i];
        if (!c->lanes[i])
            continue;
        take_part(g, row, column, i);
        if (!g->piece.bytes)
            return;
        size_t pad = c->lanes[i] - utf8_width(g->piece.bytes);
        text_add_repeated(out, ' ', before + (left_aligned(p) ? 0 : pad));
        text_add(out, g->piece.bytes);
        before = 1 + (left_aligned(p) ? pad : 0);
    }
    if (out->bytes) {
        out->length = without_blanks(out->bytes, out->length);
        out->bytes[out->length] = '\0';
    }
}

/* The longest word of a cell that stands so far in, with the blanks before it. */
static void measure_words(grid_column *c, const char *cell, size_t in, bool key)
{
    size_t hanging = in, length;

    for (const char *at = cell + strspn(cell, " "); *at; at += strspn(at, " ")) {
        length = strcspn(at, " ");
        size_t width = hanging + utf8_columns(at, length);
        c->word = width > c->word ? width : c->word;
        hanging = in + (key ? HANGING : 0);
        at += length;
    }
}

/* The widest value of each part. In a pivot all columns have the same lanes. */
static void measure_parts(grid *g, grid_column *widest, size_t column)
{
    for (size_t row = 0; row < g->row_count && writer_goes_on(g->w); row++)
        for (size_t i = 0; i < widest->part_count; i++) {
            size_t in = stem_of(g, row, column) ? HANGING : 0;
            take_part(g, row, column, i);
            size_t width = g->piece.bytes ? utf8_width(g->piece.bytes) + in : 0;
            if (width > widest->lanes[i])
                widest->lanes[i] = width;
            if (widest->flexible && width)
                measure_words(widest, g->piece.bytes, in, column < g->key_count);
        }
}

void measure_cells(grid *g)
{
    bool pivot = g->of->cells != NULL;
    size_t tail = g->column_count - g->of->tail_count;

    for (size_t column = 0; column < g->column_count; column++) {
        memset(g->columns[column].lanes, 0, sizeof g->columns[column].lanes);
        g->columns[column].natural = g->columns[column].word = 0;
    }
    for (size_t column = 0; column < g->column_count; column++) {
        bool shared = pivot && column > g->key_count && column < tail;
        measure_parts(g, &g->columns[shared ? g->key_count : column], column);
    }
    for (size_t column = 0; column < g->column_count; column++) {
        grid_column *c = &g->columns[column];
        if (pivot && column > g->key_count && column < tail)
            memcpy(c->lanes, g->columns[g->key_count].lanes, sizeof c->lanes);
        for (size_t i = 0; i < c->part_count; i++)
            c->natural += c->lanes[i] ? c->lanes[i] + (c->natural > 0) : 0;
    }
}
