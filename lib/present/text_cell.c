/* Cells and strings of the text writer: cleaning, shortening, wrapping, and the lanes in a cell. */
#include <math.h>
#include <string.h>

#include "present/text_grid.h"

/* ---- Strings ---------------------------------------------------------------------------------- */

/* C0 and C1 controls and DEL. */
static size_t control_length(const char *at)
{
    unsigned char first = (unsigned char)at[0], second = first ? (unsigned char)at[1] : 0;

    if (first < ' ' || first == 0x7F)
        return 1;
    return first == 0xC2 && second >= 0x80 && second < 0xA0 ? 2 : 0;
}

void add_clean(text *out, const char *string)
{
    const char *from = string, *at = string;

    while (*at) {
        size_t control = control_length(at);
        if (!control) {
            at++;
            continue;
        }
        text_add_bytes(out, from, (size_t)(at - from));
        text_add_bytes(out, " ", 1);
        from = at += control;
    }
    text_add_bytes(out, from, (size_t)(at - from));
}

size_t columns_of(const char *start, size_t length)
{
    return utf8_width(start) - utf8_width(start + length);
}

static size_t without_blanks(const char *start, size_t length)
{
    while (length && start[length - 1] == ' ')
        length--;
    return length;
}

void add_shortened(text *out, const char *string, size_t width, bool middle)
{
    size_t all = utf8_width(string);

    if (all <= width) {
        text_add(out, string);
        return;
    }
    size_t tail = middle ? (width - 1) / 2 : 0;
    size_t head = utf8_prefix(string, width - 1 - tail);
    text_add_bytes(out, string, without_blanks(string, head));
    text_add(out, ELLIPSIS);
    text_add(out, string + utf8_prefix(string, all - tail));
}

bool next_line(const char **cursor, size_t width, const char **line, size_t *length)
{
    const char *start = *cursor + strspn(*cursor, " ");
    size_t most = utf8_prefix(start, width), end = most;

    if (!*start)
        return false;
    if (start[most]) {
        /* Codes of a note break behind their semicolon, words at blanks, and a word longer than
         * the line where the line ends. */
        while (end && start[end] != ' ' && start[end - 1] != ';')
            end--;
        if (!end)
            end = most ? most : utf8_prefix(start, 1);
    }
    *line = start;
    *length = without_blanks(start, end);
    *cursor = start + end;
    return true;
}

/* Length of the word at `start` with the mark that ends it. */
static size_t word_length(const char *start)
{
    size_t length = strcspn(start, " _-/");
    return start[length] && start[length] != ' ' ? length + 1 : length;
}

/* A mark at the end of a line may go when it does not fit. */
static size_t fitting_length(const char *start, size_t length, size_t width)
{
    if (utf8_prefix(start, width) >= length)
        return length;
    if (length && start[length - 1] == '_' && utf8_prefix(start, width) + 1 == length)
        return length - 1;
    return 0;
}

static void take_more_words(const char *at, size_t width, size_t *taken, size_t *shown)
{
    while (at[*taken]) {
        size_t next = *taken + strspn(at + *taken, " ");
        next += word_length(at + next);
        size_t fitting = fitting_length(at, next, width);
        if (!fitting)
            return;
        *taken = next;
        *shown = fitting;
    }
}

size_t wrap_header(const char *header, size_t width, header_line lines[HEADER_LINES], bool *cut)
{
    const char *at = header + strspn(header, " ");
    size_t count = 0;

    *cut = false;
    while (*at && count < HEADER_LINES) {
        size_t taken = word_length(at), shown = fitting_length(at, taken, width);
        if (shown) {
            take_more_words(at, width, &taken, &shown);
        } else {
            *cut = true;
            shown = utf8_prefix(at, width);
        }
        bool lost = shown < taken && at[shown] != '_';
        if (at[taken] && shown == taken && at[shown - 1] == '_')
            shown--; /* the break says as much */
        lines[count++] = (header_line){at, without_blanks(at, shown), lost};
        at += taken;
        at += strspn(at, " ");
    }
    if (*at)
        lines[count - 1].cut = *cut = true;
    return count;
}

/* ---- Values ----------------------------------------------------------------------------------- */

static void add_double(const writer *w, const table_column *column, double value, text *out)
{
    char shown[NUMBER_TEXT_SIZE];
    bool whole = column->spec.kind == RELCOORD_COUNT && value == floor(value);

    if (whole || column->spec.kind == RELCOORD_KEY || column->spec.kind == RELCOORD_LABEL)
        number_format(value, shown);
    else
        number_format_fixed(value, (int)options_integer(w->options, "digits"), shown);
    text_add(out, shown);
}

void add_value(const writer *w, const table_column *column, size_t row, text *out)
{
    if (!column->valid[row])
        return;
    switch (column->spec.type) {
    case RELCOORD_STRING: add_clean(out, column->values.strings[row]); break;
    case RELCOORD_INTEGER: text_add_integer(out, column->values.integers[row]); break;
    case RELCOORD_NUMBER: add_double(w, column, column->values.doubles[row], out); break;
    }
}

bool same_cell(const table_column *column, size_t row, size_t other)
{
    if (column->valid[row] != column->valid[other])
        return false;
    switch (column->spec.type) {
    case RELCOORD_STRING:
        return strcmp(column->values.strings[row], column->values.strings[other]) == 0;
    case RELCOORD_INTEGER:
        return column->values.integers[row] == column->values.integers[other];
    case RELCOORD_NUMBER: break;
    }
    return !column->valid[row] || column->values.doubles[row] == column->values.doubles[other];
}

const table_column *named_column(const relcoord_table *table, const char *name, size_t length)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *own = table->columns[i].spec.name;
        if (strncmp(own, name, length) == 0 && !own[length])
            return &table->columns[i];
    }
    return NULL;
}

/* ---- Parts of a cell -------------------------------------------------------------------------- */

static const char *note_of(const grid *g, size_t row)
{
    return g->table->columns[g->table->column_count - 1].values.strings[row];
}

static void add_bound(const grid *g, const part *p, size_t row, text *out)
{
    bool low = p->style == PART_LOW;

    if (!p->column->valid[row] && !p->partner->valid[row]) {
        if (!low && !g->cells)
            text_add(out, NO_VALUE);
        return;
    }
    text_add(out, low ? "[" : "");
    if (p->column->valid[row])
        add_value(g->w, p->column, row, out);
    else
        text_add(out, NO_VALUE);
    text_add(out, low ? "," : "]");
}

static void add_part(const grid *g, const part *p, size_t row, bool first, text *out)
{
    if (row == NO_ROW) {
        text_add(out, first ? NOT_THERE : "");
    } else if (p->style == PART_LOW || p->style == PART_HIGH) {
        add_bound(g, p, row, out);
    } else if (!p->column->valid[row]) {
        if (first && p->column->spec.type != RELCOORD_STRING)
            legend_add_no_value(g->marks, note_of(g, row), out);
    } else if (p->style == PART_LETTER) {
        legend_add_word(g->marks, p->column->values.strings[row], note_of(g, row), out);
    } else {
        text_add(out, p->style == PART_BRACKET ? "(" : "");
        add_value(g->w, p->column, row, out);
        text_add(out, p->style == PART_BRACKET ? ")" : "");
    }
}

static size_t cell_row(const grid *g, size_t row, size_t column)
{
    size_t across = g->column_count - g->key_count;

    if (column < g->key_count || !g->cells)
        return g->rows[row];
    return g->cells[row * across + column - g->key_count];
}

/* A key equal to the one above stays blank, but never the last: groups then show as groups. */
static bool repeats_above(const grid *g, size_t row, size_t column)
{
    if (!row || column + 1 >= g->key_count)
        return false;
    for (size_t i = 0; i <= column; i++)
        if (!same_cell(g->columns[i].parts[0].column, g->rows[row], g->rows[row - 1]))
            return false;
    return true;
}

static bool left_aligned(const part *p)
{
    return p->style == PART_LETTER || p->column->spec.type == RELCOORD_STRING;
}

void render_cell(grid *g, size_t row, size_t column, text *out)
{
    const grid_column *c = &g->columns[column];
    size_t before = 0;

    text_clear(out);
    if (repeats_above(g, row, column))
        return;
    for (size_t i = 0; i < c->part_count; i++) {
        const part *p = &c->parts[i];
        if (!p->width)
            continue;
        text_clear(&g->piece);
        add_part(g, p, cell_row(g, row, column), i == 0, &g->piece);
        if (!g->piece.bytes)
            return;
        size_t pad = p->width - utf8_width(g->piece.bytes);
        text_add_repeated(out, ' ', before + (left_aligned(p) ? 0 : pad));
        text_add(out, g->piece.bytes);
        before = 1 + (left_aligned(p) ? pad : 0);
    }
    if (out->bytes) {
        out->length = without_blanks(out->bytes, out->length);
        out->bytes[out->length] = '\0';
    }
}

/* The widest value of each part. In a pivot all columns have the same lanes. */
static void measure_parts(grid *g, grid_column *lanes, size_t column)
{
    for (size_t row = 0; row < g->row_count; row++)
        for (size_t i = 0; i < lanes->part_count; i++) {
            text_clear(&g->piece);
            add_part(g, &g->columns[column].parts[i], cell_row(g, row, column), i == 0, &g->piece);
            size_t width = g->piece.bytes ? utf8_width(g->piece.bytes) : 0;
            if (width > lanes->parts[i].width)
                lanes->parts[i].width = width;
        }
}

void measure_cells(grid *g)
{
    for (size_t column = 0; column < g->column_count; column++) {
        bool shared = g->cells && column > g->key_count;
        measure_parts(g, &g->columns[shared ? g->key_count : column], column);
    }
    for (size_t column = 0; column < g->column_count; column++) {
        grid_column *c = &g->columns[column];
        if (g->cells && column > g->key_count)
            memcpy(c->parts, g->columns[g->key_count].parts, sizeof c->parts);
        for (size_t i = 0; i < c->part_count; i++)
            c->natural += c->parts[i].width ? c->parts[i].width + (c->natural > 0) : 0;
    }
}
