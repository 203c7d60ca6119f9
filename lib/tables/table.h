/* Tables: rows under typed columns, described by a table_spec that the registry holds. Built row by
 * row by an analysis; immutable once in a result that was handed out. */
#ifndef TABLES_TABLE_H
#define TABLES_TABLE_H

#include <stdbool.h>

#include "relcoord.h"

typedef struct column_spec {
    const char *name;
    relcoord_type type;
    relcoord_kind kind;
    const char *help;
} column_spec;

/* Columns that many tables have. */
#define INTERVAL_COLUMNS                                                                        \
    {"ci_low", RELCOORD_NUMBER, RELCOORD_INTERVAL, "lower bound of the confidence interval"},   \
    {                                                                                           \
        "ci_high", RELCOORD_NUMBER, RELCOORD_INTERVAL, "upper bound of the confidence interval" \
    }
#define ESTIMATOR_COLUMN                                        \
    {                                                           \
        "estimator", RELCOORD_STRING, RELCOORD_LABEL,           \
            "identifier of the method, see relcoord-methods(7)" \
    }
#define NOTE_COLUMN                                                              \
    {                                                                            \
        "note", RELCOORD_STRING, RELCOORD_NOTE, "codes, separated by semicolons" \
    }

/* How a table may be shown; present/ reads this and never an analysis by name. */
typedef enum view_kind {
    VIEW_LIST = 1, /* a row a line */
    VIEW_PIVOT,    /* `rows` down, `across` across, `values` in the cells */
    VIEW_NETWORK, /* nodes are `rows`, or, with `across`, edges go from `rows` to `across`; `values`
                     are what they have */
    VIEW_LIST_IF_ANY /* a list that is not worth mentioning without rows */
} view_kind;

typedef struct view_spec {
    view_kind kind;
    const char *title;  /* what the view shows, in one line */
    const char *where;  /* only rows that meet conditions, separated by `;`: COLUMN=VALUE, or any of
                           VALUE|VALUE; COLUMN:=VALUE|VALUE the first of these that any row has.
                           NULL for all */
    const char *rows;   /* pivot: key columns down, comma-separated, where * are the keys in front:
                           groups then are   rows, and rows that share nothing across stand apart;
                           list:   columns shown, NULL all */
    const char *across; /* pivot: the key column across */
    const char
        *values; /* pivot: what stands in a cell, comma-separated: the estimate first, then
                    columns shown beside it (a band as its first letter, a count in brackets);
                    behind a semicolon columns of the whole row, which stand once, last */
} view_spec;

typedef struct table_spec {
    const char *name;
    const char *help;           /* one line: what a row is */
    const column_spec *columns; /* ends with a NULL name; the last is "note", but of tables that are
                                   a file of others */
    const view_spec *views;     /* ends with kind 0; NULL: one list of all columns */
    const char *labels; /* key columns, comma-separated, that name columns of the data or groups of
                           them: before the note the table has what the codebook calls these, as
                           `label` of the first, COLUMN_label of others; NULL: none */
    const char *things; /* columns of RELCOORD_COUNT, comma-separated, that count something else
                           than people, or their ties or answers: degrees of freedom, items */
    bool personal;      /* a row is about one person, or one answer of one */
    const view_spec *apa; /* its views in the style of the APA, as `views`; or NULL */
    unsigned first_views; /* how many views a page has unasked; 0: all */
    bool on_request;      /* a page has the table only where it is asked for */
} table_spec;

typedef struct table_column {
    column_spec spec;
    struct table_column *of;    /* the column that this one holds the codebook's labels of; NULL */
    struct table_column *label; /* the column that holds this one's; NULL */
    union {
        const char **strings; /* in the table's own pages */
        int64_t *integers;
        double *doubles;
    } values;
    uint8_t *valid;
} table_column;

struct relcoord_table {
    const table_spec *spec;
    size_t row_count, row_capacity, column_count, key_count; /* key_count: extra keys in front */
    table_column *columns;
    struct text_page *pages; /* owns the cells' strings */
    const char *why_empty;   /* why it may have no rows, for who reads it; NULL: no reason */
    bool aside;              /* on a page only where it is asked for by name */
    bool chosen;             /* its rows were chosen by an option: a page has all of its views */
    bool failed;             /* memory ran out while adding: see result_finished */
    bool misused;            /* a cell set with the wrong type or index: a defect in relcoord */
};

/* A new table: `key_count` string keys named by key_names stand before the spec's columns (those of
 * `by`); a name that a column of the spec has already becomes by_NAME. NULL when memory runs
 * out. */
relcoord_table *table_new(const table_spec *spec, const char *const *key_names, size_t key_count);
void table_free(relcoord_table *table);

/* Adds a row of empty cells, then cells are set by column index, keys in front counted. A cell that
 * is not set stays empty, but the note is "" and valid. Out of memory sets `failed`, and all later
 * calls do nothing. NaN and NULL leave a cell empty. */
void table_add_row(relcoord_table *table);
void table_set_string(relcoord_table *table, size_t column, const char *value);
void table_set_integer(relcoord_table *table, size_t column, int64_t value);
void table_set_number(relcoord_table *table, size_t column, double value);
/* Adds a code to the row's note, `;` between codes. */
void table_add_note(relcoord_table *table, const char *code);
/* The same with a name behind it, `code:name`, in which a ';' becomes a ','. */
void table_add_named_note(relcoord_table *table, const char *code, const char *name);
/* Keeps the rows whose entry of keep is true. */
void table_keep_rows(relcoord_table *table, const bool *keep);
/* What the codebook calls the key of a row, in a column that is `of` another. */
void table_set_label(relcoord_table *table, size_t column, size_t row, const char *label);
/* Says why the table has no rows, should it have none: in English, translated as notes are. */
void table_explain_empty(relcoord_table *table, const char *why);
/* Whether a note holds a code as one of its codes. */
bool table_note_has(const char *note, const char *code);

/* Index of a column by name, or SIZE_MAX. */
size_t table_column_index(const relcoord_table *table, const char *name);

/* "string", "integer" or "number". */
const char *table_type_name(relcoord_type type);

#endif
