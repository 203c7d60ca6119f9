#include "present/show/pivot.h"

#include <string.h>

#include "base/intern.h"
#include "base/memory.h"
#include "present/show/list.h"
#include "present/show/sheet.h"
#include "present/show/value.h"
#include "words/words.h"

enum { KEY_LIMIT = 8 };

typedef struct pivot {
    show *s;
    const relcoord_table *table;
    const view_spec *view;
    const table_column *keys[KEY_LIMIT], *across, *tail[PART_LIMIT];
    size_t key_count, tail_count;
    bool groups_down; /* `by` is among the rows */
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
    intern shown;       /* the headers' words: two may have the same */
    const char **words; /* by header */
    uint32_t *order;    /* headers as they stand from left to right */
    size_t *first;      /* the first row of each label */
    size_t *cells;
    bool twice;     /* two rows fall into one cell */
    bool scattered; /* so many cells, and so few of them filled, that a list tells more */
} group;

enum { MANY_CELLS = 100000, FILLED_SHARE = 10 /* at least one in so many */ };

/* ---- What the view asks for ------------------------------------------------------------------ */

static part_style style_of(const pivot *p, const table_column *column)
{
    bool low = strstr(column->spec.name, "_low") != NULL;

    if (p->part_count == 0)
        return PART_PLAIN;
    switch (column->spec.kind) {
    case RELCOORD_COUNT: return PART_BRACKET;
    case RELCOORD_INTERVAL: return low ? PART_LOW : PART_HIGH;
    case RELCOORD_LABEL: return column->spec.type == RELCOORD_STRING ? PART_LETTER : PART_PLAIN;
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

/* Adds a key down, or where it is `*` the keys in front; false when it is not there. */
static bool add_keys(pivot *p, const char *name, size_t length)
{
    if (length == 1 && *name == '*') {
        p->groups_down = true;
        for (size_t i = 0; i < p->table->key_count && p->key_count < KEY_LIMIT; i++)
            p->keys[p->key_count++] = &p->table->columns[i];
        return true;
    }
    p->keys[p->key_count] = named_column(p->table, name, length);
    return p->keys[p->key_count++] != NULL;
}

/* What stands in a cell, or behind the semicolon in the row. */
static bool add_value_column(pivot *p, const char *name, size_t length, bool in_tail)
{
    const char *semicolon = memchr(name, ';', length);
    size_t own = semicolon ? (size_t)(semicolon - name) : length;
    const table_column *column = named_column(p->table, name, own);

    if (!column)
        return false;
    if (in_tail) {
        p->tail[p->tail_count++] = column;
    } else {
        p->parts[p->part_count] = (part){.column = column, .style = style_of(p, column)};
        p->part_count++;
    }
    return !semicolon || add_value_column(p, semicolon + 1, length - own - 1, true);
}

/* Finds the view's columns; false when one is not there. */
static bool find_columns(pivot *p)
{
    const char *cursor = p->view->rows, *name;
    size_t length;

    while (options_next_name(&cursor, &name, &length) && p->key_count < KEY_LIMIT)
        if (!add_keys(p, name, length))
            return false;
    p->across = named_column(p->table, p->view->across, strlen(p->view->across));
    cursor = p->view->values;
    while (options_next_name(&cursor, &name, &length) && p->part_count + p->tail_count < PART_LIMIT)
        if (!add_value_column(p, name, length, p->tail_count > 0))
            return false;
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

/* ---- Groups ---------------------------------------------------------------------------------- */

/* An id for what some columns hold in a row, the same for the same; INTERN_FULL without memory. */
static uint32_t key_id(pivot *p, intern *ids, const table_column *const *columns, size_t count,
                       size_t row)
{
    text_clear(&p->key);
    for (size_t i = 0; i < count; i++) {
        if (i)
            text_add_bytes(&p->key, "\n", 1); /* no value has one: add_code cleans them away */
        add_code(p->s->w, p->table, columns[i], row, &p->key);
    }
    return p->key.failed ? INTERN_FULL
                         : intern_add(ids, p->key.bytes ? p->key.bytes : "", p->key.length);
}

/* What a header reads: the label of its key, where that has one. */
static bool find_words(pivot *p, group *g, uint32_t header, size_t row)
{
    text_clear(&p->key);
    add_value(p->s->w, p->table, p->across, row, &p->key);
    uint32_t id = p->key.failed
                      ? INTERN_FULL
                      : intern_add(&g->shown, p->key.bytes ? p->key.bytes : "", p->key.length);
    if (id != INTERN_FULL)
        g->words[header] = g->shown.strings[id];
    return id != INTERN_FULL;
}

static bool find_ids(pivot *p, group *g)
{
    for (size_t i = 0; i < g->count; i++) {
        uint32_t known = g->headers.count;
        g->down[i] = key_id(p, &g->labels, p->keys, p->key_count, g->rows[i]);
        g->side[i] = key_id(p, &g->headers, &p->across, 1, g->rows[i]);
        if (g->down[i] == INTERN_FULL || g->side[i] == INTERN_FULL)
            return false;
        if (g->side[i] == known && !find_words(p, g, known, g->rows[i]))
            return false;
    }
    return true;
}

/* The headers in a ring that starts and ends at its count. */
typedef struct ring {
    uint32_t *next, *previous; /* by header; NOT_IN_RING where it has no place yet */
} ring;
#define NOT_IN_RING UINT32_MAX

static void put_before(ring *r, uint32_t header, uint32_t successor)
{
    uint32_t predecessor = r->previous[successor];
    r->previous[header] = predecessor;
    r->next[header] = successor;
    r->next[predecessor] = r->previous[successor] = header;
}

/* Gives the headers of one label's rows their places, from the last back: one that is new goes
 * before the one behind it, so that a label which lacks a header does not push it to the end. */
static void place_headers(const group *g, size_t first, size_t end, ring *r)
{
    uint32_t successor = g->headers.count;

    for (size_t row = end; row-- > first;) {
        if (r->next[g->side[row]] == NOT_IN_RING)
            put_before(r, g->side[row], successor);
        successor = g->side[row];
    }
}

static bool order_headers(group *g)
{
    uint32_t count = g->headers.count, at = count;
    ring r = {memory_new(count + (size_t)1, sizeof *r.next),
              memory_new(count + (size_t)1, sizeof *r.previous)};
    bool made = r.next && r.previous;

    for (uint32_t i = 0; made && i < count; i++)
        r.next[i] = NOT_IN_RING;
    if (made)
        r.next[count] = r.previous[count] = count;
    for (size_t row = 0, end; made && row < g->count; row = end) {
        for (end = row + 1; end < g->count && g->down[end] == g->down[row];)
            end++;
        place_headers(g, row, end, &r);
    }
    for (uint32_t i = 0; made && i < count; i++)
        at = g->order[i] = r.next[at];
    memory_free(r.next);
    memory_free(r.previous);
    return made;
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
    g->words = memory_new(g->count, sizeof *g->words);
    if (!g->down || !g->side || !g->words || !find_ids(p, g))
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
    intern_free(&g->shown);
    memory_free(g->words);
}

/* ---- Showing --------------------------------------------------------------------------------- */

/* "unit = North, wave = 2" */
static void show_group_name(pivot *p, size_t row)
{
    for (size_t i = 0; i < p->table->key_count; i++) {
        const table_column *key = &p->table->columns[i];
        text_clear(&p->key);
        text_add_format(&p->key, "%s = ", shown_heading(p->s->w, p->table, key->spec.name));
        add_value(p->s->w, p->table, key, row, &p->key);
        show_item(p->s, LINE_GROUP, ", ", p->key.bytes ? p->key.bytes : "");
    }
    show_end_line(p->s);
}

/* A column that has one value a row. */
static void fill_single(const pivot *p, const table_column *column, sheet_column *c)
{
    c->header = shown_heading(p->s->w, p->table, column->spec.name);
    c->help = column->spec.help;
    c->parts[0] = (part){.column = column, .style = PART_PLAIN};
    c->part_count = 1;
    c->numeric = column->spec.type != RELCOORD_STRING;
}

static bool fill_columns(const pivot *p, const group *g, sheet *to)
{
    to->column_count = p->key_count + g->headers.count + p->tail_count;
    to->columns = memory_zeroed(to->column_count, sizeof *to->columns);
    if (!to->columns)
        return false;
    for (size_t i = 0; i < p->key_count; i++)
        fill_single(p, p->keys[i], &to->columns[i]);
    for (size_t i = 0; i < g->headers.count; i++) {
        sheet_column *c = &to->columns[p->key_count + i];
        c->header = g->words[g->order[i]];
        memcpy(c->parts, p->parts, sizeof c->parts);
        c->part_count = p->part_count;
        c->numeric = p->part_count == 1 && p->parts[0].column->spec.type != RELCOORD_STRING;
    }
    for (size_t i = 0; i < p->tail_count; i++)
        fill_single(p, p->tail[i], &to->columns[p->key_count + g->headers.count + i]);
    return true;
}

static bool show_sheet(pivot *p, const group *g)
{
    sheet to = {.w = p->s->w,
                .table = p->table,
                .marks = &p->marks,
                .rows = g->first,
                .across = shown_heading(p->s->w, p->table, p->across->spec.name),
                .cells = g->cells,
                .row_count = g->labels.count,
                .key_count = p->key_count,
                .tail_count = p->tail_count};
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
    if (going_on && p->table->key_count && !p->groups_down)
        show_group_name(p, rows[0]);
    /* With two rows for a cell a pivot would hide one of them. */
    if (going_on && (g.twice || g.scattered))
        going_on = show_list(p->s, p->table, NULL, p->view->where, rows, count);
    else if (going_on)
        going_on = show_sheet(p, &g);
    free_group(&g);
    return going_on;
}

/* Shows the rows of one id after those of another. */
static bool show_by_id(pivot *p, const size_t *rows, size_t row_count, const uint32_t *id,
                       uint32_t ids)
{
    size_t *chosen = memory_new(row_count, sizeof *chosen);
    size_t *end = memory_zeroed(ids + (size_t)1, sizeof *end); /* by id: where its rows end */
    bool going_on = chosen && end;

    if (!going_on)
        p->s->w->out.failed = true;
    for (size_t i = 0; going_on && i < row_count; i++)
        end[id[i] + 1]++;
    for (uint32_t i = 0; going_on && i < ids; i++)
        end[i + 1] += end[i];
    for (size_t i = 0; going_on && i < row_count; i++)
        chosen[end[id[i]]++] = rows[i];
    for (uint32_t i = 0; going_on && i < ids; i++) {
        size_t first = i ? end[i - 1] : 0;
        going_on = first == end[i] || show_group(p, chosen + first, end[i] - first);
    }
    memory_free(chosen);
    memory_free(end);
    return going_on;
}

/* The least id that an id is joined with. */
static uint32_t root_of(uint32_t *joined, uint32_t id)
{
    while (joined[id] != id)
        id = joined[id] = joined[joined[id]];
    return id;
}

/* Gives rows one id, the least, that step by step have a label down or a header in common: `id`
 * comes with those of the labels. */
static bool join_rows(pivot *p, const size_t *rows, size_t row_count, uint32_t *id, uint32_t ids)
{
    intern headers = {0};
    uint32_t *joined = memory_new(ids, sizeof *joined);
    uint32_t *of_header = memory_new(row_count, sizeof *of_header); /* by header: one of its ids */
    bool done = joined && of_header;

    for (uint32_t i = 0; done && i < ids; i++)
        joined[i] = i;
    for (size_t i = 0; done && i < row_count; i++) {
        uint32_t known = headers.count, side = key_id(p, &headers, &p->across, 1, rows[i]);
        done = side != INTERN_FULL;
        if (done && side == known) {
            of_header[side] = id[i];
        } else if (done) {
            uint32_t one = root_of(joined, id[i]), other = root_of(joined, of_header[side]);
            joined[one > other ? one : other] = one < other ? one : other;
        }
    }
    for (size_t i = 0; done && i < row_count; i++)
        id[i] = root_of(joined, id[i]);
    intern_free(&headers);
    memory_free(joined);
    memory_free(of_header);
    return done;
}

/* Groups the rows by the keys in front, or, when these go down, by what they have in common, and
 * shows one group after the other. */
static bool show_groups(pivot *p, const size_t *rows, size_t row_count)
{
    const table_column *columns[KEY_LIMIT];
    size_t keys = p->table->key_count < KEY_LIMIT ? p->table->key_count : KEY_LIMIT;
    intern ids = {0};
    uint32_t *id = memory_new(row_count, sizeof *id);
    bool made = id, going_on = true;

    for (size_t i = 0; i < keys; i++)
        columns[i] = &p->table->columns[i];
    for (size_t i = 0; made && i < row_count; i++) {
        id[i] = p->groups_down ? key_id(p, &ids, p->keys, p->key_count, rows[i])
                               : key_id(p, &ids, columns, keys, rows[i]);
        made = id[i] != INTERN_FULL;
    }
    if (made && p->groups_down)
        made = join_rows(p, rows, row_count, id, ids.count);
    if (made)
        going_on = show_by_id(p, rows, row_count, id, ids.count);
    else
        p->s->w->out.failed = true;
    intern_free(&ids);
    memory_free(id);
    return made && going_on;
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
