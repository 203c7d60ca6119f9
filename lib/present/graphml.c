#include "present/graphml.h"

#include <string.h>

#include "base/intern.h"
#include "base/memory.h"
#include "present/show/value.h"

/* ---- The views that make a network ---- */

/* A table and its view; `across` tells edges from nodes. */
typedef struct net_view {
    const relcoord_table *table;
    const view_spec *view;
} net_view;

static net_view find_view(const relcoord_result *result, bool of_edges)
{
    for (size_t i = 0; i < result->table_count; i++) {
        const relcoord_table *t = result->tables[i];
        for (const view_spec *v = t->spec->views; v && v->kind; v++)
            if (v->kind == VIEW_NETWORK && (v->across != NULL) == of_edges)
                return (net_view){t, v};
    }
    return (net_view){NULL, NULL};
}

static bool has_network(const relcoord_result *result)
{
    return find_view(result, false).table && find_view(result, true).table;
}

/* ---- XML ---- */

/* Controls, most of which XML 1.0 cannot hold, and U+FFFE and U+FFFF become blanks; tabs and ends
 * of lines stay. */
static size_t forbidden_length(const char *at)
{
    unsigned char first = (unsigned char)at[0], second = first ? (unsigned char)at[1] : 0;
    if (first < ' ' || first == 0x7F)
        return first != '\t' && first != '\n' && first != '\r';
    if (first == 0xC2 && second >= 0x80 && second < 0xA0)
        return 2;
    return strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0 ? 3 : 0;
}

static void add_escaped(text *out, const char *string)
{
    for (const char *at = string; *at; at++) {
        size_t forbidden = forbidden_length(at);
        if (forbidden) {
            text_add(out, " ");
            at += forbidden - 1;
            continue;
        }
        switch (*at) {
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        case '&': text_add(out, "&amp;"); break;
        case '"': text_add(out, "&quot;"); break;
        case '\t': text_add(out, "&#9;"); break;
        case '\n': text_add(out, "&#10;"); break;
        case '\r': text_add(out, "&#13;"); break;
        default: text_add_bytes(out, at, 1);
        }
    }
}

static void add_data(text *out, const char *key, const char *of, const table_column *column,
                     size_t row)
{
    if (!column->valid[row])
        return;
    text_add_format(out, "<data key=\"%s_", of);
    add_escaped(out, key);
    text_add(out, "\">");
    switch (column->spec.type) {
    case RELCOORD_STRING: add_escaped(out, column->values.strings[row]); break;
    case RELCOORD_INTEGER: text_add_integer(out, column->values.integers[row]); break;
    case RELCOORD_NUMBER: text_add_number(out, column->values.doubles[row]); break;
    }
    text_add(out, "</data>");
}

/* ---- What nodes and edges have ---- */

static void declare(text *out, const char *of, const char *name, const char *type)
{
    text_add_format(out, "<key id=\"%s_", of);
    add_escaped(out, name);
    text_add_format(out, "\" for=\"%s\" attr.name=\"", of);
    add_escaped(out, name);
    text_add_format(out, "\" attr.type=\"%s\"/>\n", type);
}

/* Walks the columns that a view lists; false past the last. */
static bool next_column(const net_view *v, const char **names, const table_column **column)
{
    const char *name;
    size_t length;
    while (options_next_name(names, &name, &length)) {
        *column = named_column(v->table, name, length);
        if (*column)
            return true;
    }
    return false;
}

static void declare_values(text *out, const char *of, const net_view *v)
{
    static const char *const types[] = {"", "string", "long", "double"};
    const char *names = v->view->values;
    const table_column *column;
    while (next_column(v, &names, &column))
        declare(out, of, column->spec.name, types[column->spec.type]);
}

static void add_values(text *out, const char *of, const net_view *v, size_t row)
{
    const char *names = v->view->values;
    const table_column *column;
    while (next_column(v, &names, &column))
        add_data(out, column->spec.name, of, column, row);
}

/* A column of `by`, which may be called as what every node has. */
static const char *group_name(const table_column *column)
{
    const char *name = column->spec.name;
    return strcmp(name, "name") == 0 ? "by_name" : strcmp(name, "label") == 0 ? "by_label" : name;
}

/* What `by` calls the group that a row is of. */
static void add_group(text *out, const char *of, const relcoord_table *table, size_t row)
{
    for (size_t i = 0; i < table->key_count; i++)
        add_data(out, group_name(&table->columns[i]), of, &table->columns[i], row);
}

/* ---- Graphs ---- */

/* Whether two rows, perhaps of two tables, are of one group. */
static bool same_group(const relcoord_table *one, size_t row, const relcoord_table *other,
                       size_t other_row)
{
    for (size_t i = 0; i < one->key_count; i++)
        if (strcmp(one->columns[i].values.strings[row], other->columns[i].values.strings[other_row])
            != 0)
            return false;
    return true;
}

static bool is_chosen(const net_view *v, size_t row)
{
    const char *equals = v->view->where ? strchr(v->view->where, '=') : NULL;
    const table_column *column =
        equals ? named_column(v->table, v->view->where, (size_t)(equals - v->view->where)) : NULL;
    return !column || (column->valid[row] && strcmp(column->values.strings[row], equals + 1) == 0);
}

static const table_column *key_of(const net_view *v, const char *name)
{
    return named_column(v->table, name, strlen(name));
}

/* Writes the group's nodes from row `first`, and notes their labels; returns the row of the next
 * group. */
static size_t add_nodes(writer *w, const net_view *v, size_t first, size_t id, intern *labels)
{
    const table_column *key = key_of(v, v->view->rows);
    text *out = &w->out;
    size_t row = first;
    for (; row < v->table->row_count && same_group(v->table, row, v->table, first); row++) {
        const char *label = key->values.strings[row];
        if (!is_chosen(v, row))
            continue;
        text_add_format(out, "<node id=\"n%zu\">", id + labels->count);
        if (intern_add(labels, label, strlen(label)) == INTERN_FULL)
            out->failed = true;
        add_data(out, "name", "node", key, row);
        add_data(out, "label", "node", key, row);
        add_group(out, "node", v->table, row);
        add_values(out, "node", v, row);
        text_add(out, "</node>\n");
        if (!writer_flow(w))
            return v->table->row_count;
    }
    return row;
}

/* Writes the edges of the group that the nodes' row `node` is of, from row `first` on; returns the
 * row behind. */
static size_t add_edges(writer *w, const net_view *v, size_t first, const net_view *nodes,
                        size_t node, size_t id, const intern *labels)
{
    const table_column *from = key_of(v, v->view->rows), *to = key_of(v, v->view->across),
                       *value = NULL;
    const char *names = v->view->values;
    size_t row = first;
    for (next_column(v, &names, &value);
         row < v->table->row_count && same_group(v->table, row, nodes->table, node); row++) {
        const char *source = from->values.strings[row], *target = to->values.strings[row];
        uint32_t a = intern_find(labels, source, strlen(source)),
                 b = intern_find(labels, target, strlen(target));
        if (!value || !value->valid[row] || !is_chosen(v, row) || a == INTERN_FULL
            || b == INTERN_FULL)
            continue;
        text_add_format(&w->out, "<edge source=\"n%zu\" target=\"n%zu\">", id + a, id + b);
        add_group(&w->out, "edge", v->table, row);
        add_values(&w->out, "edge", v, row);
        text_add(&w->out, "</edge>\n");
        if (!writer_flow(w))
            return v->table->row_count;
    }
    return row;
}

/* Group by group: its nodes, then its edges. */
static void add_graph(writer *w, const net_view *nodes, const net_view *edges)
{
    text *out = &w->out;
    size_t node = 0, edge = 0, id = 0;
    text_add(out, "<graph id=\"network\" edgedefault=\"directed\">\n");
    while (node < nodes->table->row_count && !w->refused && !out->failed) {
        intern labels = {0};
        size_t first = node;
        node = add_nodes(w, nodes, first, id, &labels);
        edge = add_edges(w, edges, edge, nodes, first, id, &labels);
        id += labels.count;
        intern_free(&labels);
    }
    text_add(out, "</graph>\n");
}

static void declare_group(text *out, const char *of, const relcoord_table *table)
{
    for (size_t i = 0; i < table->key_count; i++)
        declare(out, of, group_name(&table->columns[i]), "string");
}

static void write_graphml(writer *w)
{
    net_view nodes = find_view(w->result, false), edges = find_view(w->result, true);
    text *out = &w->out;
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml "
                  "xmlns=\"http://graphml.graphdrawing.org/xmlns\""
                  " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                  "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
                  " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    declare(out, "node", "name", "string");
    declare(out, "node", "label", "string");
    declare_group(out, "node", nodes.table);
    declare_values(out, "node", &nodes);
    declare_group(out, "edge", edges.table);
    declare_values(out, "edge", &edges);
    add_graph(w, &nodes, &edges);
    text_add(out, "</graphml>\n");
}

const output_format graphml_format = {
    .name = "graphml",
    .help = "workgroups and the ties among them, for programs that draw networks",
    .write = write_graphml,
    .needs = "network",
    .can = has_network,
};
