#include "present/text/cell.h"

#include <string.h>

#include "base/utf8.h"
#include "present/text/wrap.h"

static bool left_aligned(const part *p)
{
    return p->style == PART_LETTER || p->column->spec.type == RELCOORD_STRING;
}

void render_cell(grid *g, size_t row, size_t column, text *out)
{
    const grid_column *c = &g->columns[column];
    size_t before = 0;

    text_clear(out);
    for (size_t i = 0; i < c->part_count; i++) {
        const part *p = &c->parts[i];
        if (!c->lanes[i])
            continue;
        text_clear(&g->piece);
        sheet_add_part(g->of, p, sheet_row(g->of, row, column), i == 0, &g->piece);
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

static size_t longest_word(const char *words, size_t longest)
{
    while (*words) {
        size_t length = strcspn(words, " ");
        size_t width = columns_of(words, length);
        if (width > longest)
            longest = width < WORD_CAP ? width : WORD_CAP;
        words += length + strspn(words + length, " ");
    }
    return longest;
}

/* The widest value of each part. In a pivot all columns have the same lanes. */
static void measure_parts(grid *g, grid_column *widest, size_t column)
{
    for (size_t row = 0; row < g->row_count && writer_goes_on(g->w); row++)
        for (size_t i = 0; i < widest->part_count; i++) {
            text_clear(&g->piece);
            sheet_add_part(g->of, &g->columns[column].parts[i], sheet_row(g->of, row, column),
                           i == 0, &g->piece);
            size_t width = g->piece.bytes ? utf8_width(g->piece.bytes) : 0;
            if (width > widest->lanes[i])
                widest->lanes[i] = width;
            if (column < g->key_count && g->piece.bytes)
                widest->word = longest_word(g->piece.bytes, widest->word);
        }
}

void measure_cells(grid *g)
{
    bool pivot = g->of->cells != NULL;
    size_t tail = g->column_count - g->of->tail_count;

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
