/* A pivot: the key columns `rows` down, the values of `across` across, in each cell an estimate and
 * what belongs to it. Once for each group of `by`; the legend once, at the end. */
#include <string.h>

#include "base/intern.h"
#include "base/memory.h"
#include "present/text_grid.h"

enum { KEY_LIMIT = 8 };

typedef struct pivot {
    writer *w;
    const relcoord_table *table;
    const view_spec *view;
    const table_column *keys[KEY_LIMIT], *across;
    size_t key_count;
    part parts[PART_LIMIT];
    size_t part_count;
    legend marks;
    text key;       /* scratch */
    text explained; /* the whole headers that were explained last */
} pivot;

/* What a group's grid is made from. */
typedef struct group {
    const size_t *rows; /* of the table */
    size_t count;
    uint32_t *down, *side; /* per row: ids of its label and of its header */
    intern labels, headers;
    uint32_t *order; /* headers as they stand from left to right */
    size_t *first;   /* the first row of each label */
    size_t *cells;
    bool twice; /* two rows fall into one cell */
} group;

/* ---- What the view asks for ------------------------------------------------------------------- */

static part_style style_of(const pivot *p, const table_column *column)
{
    bool low = strstr(column->spec.name, "_low") != NULL;

    if (p->part_count == 0)
        return PART_PLAIN;
    switch (column->spec.kind) {
    case RELCOORD_COUNT: return PART_BRACKET;
    case RELCOORD_INTERVAL: return low ? PART_LOW : PART_HIGH;
    case RELCOORD_LABEL:
        return column->spec.type == RELCOORD_STRING ? PART_LETTER : PART_PLAIN;
    default: return PART_PLAIN;
    }
}

/* A bound whose other half is not beside it is shown as it is. */
static void pair_bounds(pivot *p)
{
    for (size_t i = 0; i < p->part_count; i++) {
        part *one = &p->parts[i], *next = i + 1 < p->part_count ? one + 1 : NULL;
        if (one->style == PART_LOW && next && next->style == PART_HIGH) {
            one->partner = next->column;
            next->partner = one->column;
            i++;
        } else if (one->style == PART_LOW || one->style == PART_HIGH) {
            one->style = PART_PLAIN;
        }
    }
}

/* Finds the view's columns; false when one is not there. */
static bool find_columns(pivot *p)
{
    const char *cursor = p->view->rows, *name;
    size_t length;

    while (options_next_name(&cursor, &name, &length) && p->key_count < KEY_LIMIT) {
        p->keys[p->key_count] = named_column(p->table, name, length);
        if (!p->keys[p->key_count++])
            return false;
    }
    p->across = named_column(p->table, p->view->across, strlen(p->view->across));
    cursor = p->view->values;
    while (options_next_name(&cursor, &name, &length) && p->part_count < PART_LIMIT) {
        const table_column *column = named_column(p->table, name, length);
        if (!column)
            return false;
        p->parts[p->part_count] = (part){.column = column, .style = style_of(p, column)};
        p->part_count++;
    }
    pair_bounds(p);
    return p->key_count && p->across && p->part_count;
}

/* Shows one column of words as letters; a second one would need a legend of its own. */
static void learn_marks(pivot *p, const size_t *rows, size_t count)
{
    const table_column *words = NULL;

    for (size_t i = 0; i < p->part_count; i++)
        if (p->parts[i].style == PART_LETTER) {
            if (words)
                p->parts[i].style = PART_PLAIN;
            else
                words = p->parts[i].column;
        }
    legend_learn(&p->marks, p->parts[0].column, words,
                 &p->table->columns[p->table->column_count - 1], rows, count);
}

/* ---- Groups ----------------------------------------------------------------------------------- */

/* An id for what some columns hold in a row, the same for the same; INTERN_FULL without memory. */
static uint32_t key_id(pivot *p, intern *ids, const table_column *const *columns, size_t count,
                       size_t row)
{
    text_clear(&p->key);
    for (size_t i = 0; i < count; i++) {
        if (i)
            text_add_bytes(&p->key, "\n", 1); /* no value has one: add_value cleans them away */
        add_value(p->w, columns[i], row, &p->key);
    }
    return p->key.failed ? INTERN_FULL
                         : intern_add(ids, p->key.bytes ? p->key.bytes : "", p->key.length);
}

static bool find_ids(pivot *p, group *g)
{
    for (size_t i = 0; i < g->count; i++) {
        g->down[i] = key_id(p, &g->labels, p->keys, p->key_count, g->rows[i]);
        g->side[i] = key_id(p, &g->headers, &p->across, 1, g->rows[i]);
        if (g->down[i] == INTERN_FULL || g->side[i] == INTERN_FULL)
            return false;
    }
    return true;
}

/* Where a header that is new goes: before the next one of the same label that has its place already,
 * so that a label which lacks a header does not push it to the end; else behind all others. */
static size_t place_of(const group *g, size_t row, size_t placed)
{
    for (size_t next = row + 1; next < g->count && g->down[next] == g->down[row]; next++)
        for (size_t i = 0; i < placed; i++)
            if (g->order[i] == g->side[next])
                return i;
    return placed;
}

static bool order_headers(group *g)
{
    bool *known = memory_zeroed(g->headers.count, sizeof *known);
    size_t placed = 0;

    if (!known)
        return false;
    for (size_t row = 0; row < g->count; row++) {
        if (known[g->side[row]])
            continue;
        known[g->side[row]] = true;
        size_t at = place_of(g, row, placed);
        memmove(g->order + at + 1, g->order + at, (placed - at) * sizeof *g->order);
        g->order[at] = g->side[row];
        placed++;
    }
    memory_free(known);
    return true;
}

/* Puts each row into its cell. */
static bool fill_cells(group *g)
{
    size_t wide = g->headers.count, down = g->labels.count;
    size_t *position = memory_new(wide, sizeof *position);

    g->cells = down <= SIZE_MAX / wide ? memory_new(down * wide, sizeof *g->cells) : NULL;
    g->first = memory_new(down, sizeof *g->first);
    if (!position || !g->cells || !g->first) {
        memory_free(position);
        return false;
    }
    for (size_t i = 0; i < wide; i++)
        position[g->order[i]] = i;
    for (size_t i = 0; i < down * wide; i++)
        g->cells[i] = NO_ROW;
    for (size_t i = g->count; i-- > 0;) {
        size_t *cell = &g->cells[g->down[i] * wide + position[g->side[i]]];
        g->twice = g->twice || *cell != NO_ROW;
        *cell = g->rows[i];
        g->first[g->down[i]] = g->rows[i];
    }
    memory_free(position);
    return true;
}

static bool make_group(pivot *p, group *g)
{
    g->down = memory_new(g->count, sizeof *g->down);
    g->side = memory_new(g->count, sizeof *g->side);
    if (!g->down || !g->side || !find_ids(p, g))
        return false;
    g->order = memory_new(g->headers.count, sizeof *g->order);
    return g->order && order_headers(g) && fill_cells(g);
}

static void free_group(group *g)
{
    memory_free(g->down);
    memory_free(g->side);
    memory_free(g->order);
    memory_free(g->first);
    memory_free(g->cells);
    intern_free(&g->labels);
    intern_free(&g->headers);
}

/* ---- Writing ---------------------------------------------------------------------------------- */

/* "unit = North, wave = 2" */
static void write_heading(pivot *p, size_t row)
{
    prose line = {.w = p->w, .indent = 2};

    for (size_t i = 0; i < p->table->key_count; i++) {
        text_clear(&p->key);
        text_add_format(&p->key, "%s = ", p->table->columns[i].spec.name);
        add_value(p->w, &p->table->columns[i], row, &p->key);
        prose_item(&line, i ? ", " : "", p->key.bytes ? p->key.bytes : "");
    }
    prose_end(&line);
    text_add(&p->w->out, "\n");
}

/* The whole names of headers that were cut, unless they stand above already. */
static void explain_headers(pivot *p, const group *g)
{
    prose line = {.w = p->w, .indent = 2};

    text_clear(&p->key);
    for (size_t i = 0; i < g->headers.count; i++)
        text_add_format(&p->key, "%s\n", g->headers.strings[g->order[i]]);
    if (p->key.failed || (p->explained.bytes && strcmp(p->explained.bytes, p->key.bytes) == 0))
        return;
    text_clear(&p->explained);
    text_add(&p->explained, p->key.bytes);
    prose_item(&line, "", text_word(WORD_COLUMNS));
    for (size_t i = 0; i < g->headers.count; i++)
        prose_item(&line, i ? ", " : " ", g->headers.strings[g->order[i]]);
    prose_end(&line);
}

static bool fill_columns(pivot *p, const group *g, grid *to)
{
    to->column_count = p->key_count + g->headers.count;
    to->columns = memory_zeroed(to->column_count, sizeof *to->columns);
    if (!to->columns)
        return false;
    for (size_t i = 0; i < p->key_count; i++) {
        grid_column *c = &to->columns[i];
        c->header = p->keys[i]->spec.name;
        c->parts[0] = (part){.column = p->keys[i], .style = PART_PLAIN};
        c->part_count = 1;
        c->right = p->keys[i]->spec.type != RELCOORD_STRING;
        c->flexible = !c->right;
    }
    for (size_t i = 0; i < g->headers.count; i++) {
        grid_column *c = &to->columns[p->key_count + i];
        c->header = g->headers.strings[g->order[i]];
        memcpy(c->parts, p->parts, sizeof c->parts);
        c->part_count = p->part_count;
        c->right = p->part_count == 1 && p->parts[0].column->spec.type != RELCOORD_STRING;
    }
    return true;
}

static bool write_grid(pivot *p, const group *g)
{
    grid to = {.w = p->w, .table = p->table, .across = p->across->spec.name, .marks = &p->marks,
               .rows = g->first, .cells = g->cells, .row_count = g->labels.count,
               .key_count = p->key_count,
               .line_width = (size_t)options_integer(p->w->options, "width")};
    bool going_on = fill_columns(p, g, &to);

    if (!going_on)
        p->w->out.failed = true;
    for (size_t i = 0; going_on && i < to.row_count * g->headers.count; i++)
        p->marks.not_there = p->marks.not_there || g->cells[i] == NO_ROW;
    going_on = going_on && grid_write(&to);
    if (going_on && to.cut)
        explain_headers(p, g);
    grid_free(&to);
    return going_on;
}

static bool write_group(pivot *p, const size_t *rows, size_t count)
{
    group g = {.rows = rows, .count = count};
    bool going_on = make_group(p, &g);

    if (!going_on)
        p->w->out.failed = true;
    if (going_on && p->table->key_count)
        write_heading(p, rows[0]);
    /* With two rows for a cell a pivot would hide one of them. */
    if (going_on && g.twice)
        going_on = write_list(p->w, p->table, NULL, p->view->where, rows, count);
    else if (going_on)
        going_on = write_grid(p, &g);
    free_group(&g);
    return going_on;
}

/* Groups the rows by the keys in front and writes one group after the other. */
static bool write_groups(pivot *p, const size_t *rows, size_t row_count)
{
    const table_column *columns[KEY_LIMIT];
    size_t keys = p->table->key_count < KEY_LIMIT ? p->table->key_count : KEY_LIMIT;
    intern ids = {0};
    uint32_t *id = memory_new(row_count, sizeof *id);
    size_t *chosen = memory_new(row_count, sizeof *chosen);
    bool going_on = id && chosen;

    for (size_t i = 0; i < keys; i++)
        columns[i] = &p->table->columns[i];
    for (size_t i = 0; going_on && i < row_count; i++) {
        id[i] = key_id(p, &ids, columns, keys, rows[i]);
        going_on = id[i] != INTERN_FULL;
    }
    if (!going_on)
        p->w->out.failed = true;
    for (uint32_t wanted = 0; going_on && wanted < ids.count; wanted++) {
        size_t count = 0;
        for (size_t i = 0; i < row_count; i++)
            if (id[i] == wanted)
                chosen[count++] = rows[i];
        text_add(&p->w->out, wanted ? "\n" : "");
        going_on = write_group(p, chosen, count);
    }
    intern_free(&ids);
    memory_free(id);
    memory_free(chosen);
    return going_on;
}

bool write_pivot(writer *w, const relcoord_table *table, const view_spec *view,
                 const size_t *rows, size_t row_count)
{
    pivot p = {.w = w, .table = table, .view = view};
    bool going_on;

    if (!find_columns(&p))
        return write_list(w, table, NULL, view->where, rows, row_count);
    learn_marks(&p, rows, row_count);
    going_on = write_groups(&p, rows, row_count);
    if (going_on)
        legend_write(&p.marks, w);
    w->out.failed = w->out.failed || p.key.failed || p.explained.failed;
    text_free(&p.key);
    text_free(&p.explained);
    return going_on;
}
