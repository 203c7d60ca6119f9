/* A pivot: the key columns `rows` down, the values of `across` across, in each cell an estimate and
 * what belongs to it. Once for each group of `by`; the legend once, at the end. */
#include "present/show.h"

#include <string.h>

#include "base/intern.h"
#include "base/memory.h"

enum { KEY_LIMIT = 8 };

typedef struct pivot {
    show *s;
    const relcoord_table *table;
    const view_spec *view;
    const table_column *keys[KEY_LIMIT], *across;
    size_t key_count;
    part parts[PART_LIMIT];
    size_t part_count;
    legend marks;
    text key; /* scratch */
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
    bool twice;     /* two rows fall into one cell */
    bool scattered; /* so many cells, and so few of them filled, that a list tells more */
} group;

enum { MANY_CELLS = 100000, FILLED_SHARE = 10 /* at least one in so many */ };

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
    legend_learn(&p->marks, p->s, p->table, p->parts[0].column, words, rows, count);
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
        add_value(p->s->w, p->table, columns[i], row, &p->key);
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
        g->cells[i] = NO_TABLE_ROW;
    for (size_t i = g->count; i-- > 0;) {
        size_t *cell = &g->cells[g->down[i] * wide + position[g->side[i]]];
        g->twice = g->twice || *cell != NO_TABLE_ROW;
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
    uint64_t cells = (uint64_t)g->labels.count * g->headers.count;
    g->scattered = cells > MANY_CELLS && cells / FILLED_SHARE > g->count;
    if (g->scattered)
        return true;
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

/* ---- Showing ---------------------------------------------------------------------------------- */

/* "unit = North, wave = 2" */
static void show_group_name(pivot *p, size_t row)
{
    for (size_t i = 0; i < p->table->key_count; i++) {
        const table_column *key = &p->table->columns[i];
        text_clear(&p->key);
        text_add_format(&p->key, "%s = ", shown_heading(p->s->w, key->spec.name));
        add_value(p->s->w, p->table, key, row, &p->key);
        show_item(p->s, LINE_GROUP, ", ", p->key.bytes ? p->key.bytes : "");
    }
    show_end_line(p->s);
}

static bool fill_columns(const pivot *p, const group *g, sheet *to)
{
    to->column_count = p->key_count + g->headers.count;
    to->columns = memory_zeroed(to->column_count, sizeof *to->columns);
    if (!to->columns)
        return false;
    for (size_t i = 0; i < p->key_count; i++) {
        const column_spec *spec = &p->keys[i]->spec;
        sheet_column *c = &to->columns[i];
        c->header = shown_heading(p->s->w, spec->name);
        c->help = spec->help;
        c->parts[0] = (part){.column = p->keys[i], .style = PART_PLAIN};
        c->part_count = 1;
        c->numeric = spec->type != RELCOORD_STRING;
    }
    for (size_t i = 0; i < g->headers.count; i++) {
        sheet_column *c = &to->columns[p->key_count + i];
        c->header = g->headers.strings[g->order[i]];
        memcpy(c->parts, p->parts, sizeof c->parts);
        c->part_count = p->part_count;
        c->numeric = p->part_count == 1 && p->parts[0].column->spec.type != RELCOORD_STRING;
    }
    return true;
}

static bool show_sheet(pivot *p, const group *g)
{
    sheet to = {.w = p->s->w, .table = p->table, .marks = &p->marks, .rows = g->first,
                .across = shown_heading(p->s->w, p->across->spec.name), .cells = g->cells,
                .row_count = g->labels.count, .key_count = p->key_count};
    bool going_on = fill_columns(p, g, &to);

    if (!going_on)
        p->s->w->out.failed = true;
    for (size_t i = 0; going_on && i < to.row_count * g->headers.count; i++)
        p->marks.not_there = p->marks.not_there || g->cells[i] == NO_TABLE_ROW;
    going_on = going_on && p->s->by->sheet(p->s, &to);
    memory_free(to.columns);
    return going_on;
}

static bool show_group(pivot *p, const size_t *rows, size_t count)
{
    group g = {.rows = rows, .count = count};
    bool going_on = make_group(p, &g);

    if (!going_on)
        p->s->w->out.failed = true;
    if (going_on && p->table->key_count)
        show_group_name(p, rows[0]);
    /* With two rows for a cell a pivot would hide one of them. */
    if (going_on && (g.twice || g.scattered))
        going_on = show_list(p->s, p->table, NULL, p->view->where, rows, count);
    else if (going_on)
        going_on = show_sheet(p, &g);
    free_group(&g);
    return going_on;
}

/* Groups the rows by the keys in front and shows one group after the other. */
static bool show_groups(pivot *p, const size_t *rows, size_t row_count)
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
        p->s->w->out.failed = true;
    for (uint32_t wanted = 0; going_on && wanted < ids.count; wanted++) {
        size_t count = 0;
        for (size_t i = 0; i < row_count; i++)
            if (id[i] == wanted)
                chosen[count++] = rows[i];
        going_on = show_group(p, chosen, count);
    }
    intern_free(&ids);
    memory_free(id);
    memory_free(chosen);
    return going_on;
}

bool show_pivot(show *s, const relcoord_table *table, const view_spec *view, const size_t *rows,
                size_t row_count)
{
    pivot p = {.s = s, .table = table, .view = view};
    bool going_on;

    if (!find_columns(&p))
        return show_list(s, table, NULL, view->where, rows, row_count);
    learn_marks(&p, rows, row_count);
    going_on = show_groups(&p, rows, row_count);
    if (going_on)
        legend_explain(&p.marks, s);
    s->w->out.failed = s->w->out.failed || p.key.failed;
    text_free(&p.key);
    return going_on;
}
