/* What text, html and markdown have in common: how a result is walked through, the sheets that its
 * views become, what stands in their cells, and the legend below. Private to present/. */
#ifndef PRESENT_SHOW_H
#define PRESENT_SHOW_H

#include "present/writer.h"
#include "words/words.h"

#define NO_VALUE "–"
#define NOT_THERE "·"

/* ---- Words as they are shown: in the writer's language --------------------------------------- */

const char *shown_text(const writer *w, const char *english);
/* Of a table's column, by its name. */
const char *shown_heading(const writer *w, const relcoord_table *table, const char *name);
/* Of a cell that holds a string. Labels of the data stay as they are. */
const char *shown_string(const writer *w, const relcoord_table *table, const table_column *column,
                         size_t row);

/* Adds a text without its control characters, which could move a cursor: they become blanks. */
void add_clean(text *out, const char *string);
/* Adds the value of a cell as text; nothing when it is empty. */
void add_value(const writer *w, const relcoord_table *table, const table_column *column, size_t row,
               text *out);

/* ---- Columns and cells of a table ------------------------------------------------------------ */

/* The column whose name has that length, or NULL. */
const table_column *named_column(const relcoord_table *table, const char *name, size_t length);
bool same_cell(const table_column *column, size_t row, size_t other);
const char *note_of(const relcoord_table *table, size_t row);

/* ---- The legend of a pivot: what the words and marks in its cells stand for ------------------ */

enum { LEGEND_LIMIT = 9 };
typedef struct legend {
    const char *letter_name;         /* heads the column shown as letters */
    const char *words[LEGEND_LIMIT]; /* its words, the one with the lowest estimate first */
    double lowest[LEGEND_LIMIT];
    size_t word_count, letters;      /* letters that tell the words apart; 0: whole words */
    const char *notes[LEGEND_LIMIT]; /* notes of cells without a value */
    size_t note_count;
    bool uncertain, not_there;
} legend;

typedef struct show show;
typedef struct part part;

/* Learns what occurs in some rows; words: the column shown as letters, or NULL. */
void legend_learn(legend *marks, const show *s, const relcoord_table *table,
                  const table_column *estimate, const table_column *words, const size_t *rows,
                  size_t count);
/* The mark of a cell without a value: where reasons differ, with the number of its own. marks may
 * be NULL. */
void legend_add_no_value(const legend *marks, const char *note, text *out);
/* A word of the column shown as letters, as many as are needed. */
void legend_add_word(const legend *marks, const char *whole, text *out);
void legend_explain(const legend *marks, show *s);
/* What the codes of a note mean: "too few answers (too_few)". */
void add_reasons(language l, const char *note, text *out);

/* ---- Sheets: what a list and each group of a pivot are laid out from
 * ------------------------------ */

typedef enum part_style {
    PART_PLAIN,   /* the value */
    PART_LOW,     /* "[3.41," */
    PART_HIGH,    /* "3.89]" */
    PART_BRACKET, /* "(68)" */
    PART_LETTER   /* "m", "m?" */
} part_style;

/* A cell shows one or more values side by side. */
struct part {
    const table_column *column, *partner; /* partner: the other bound */
    part_style style;
};

enum { PART_LIMIT = 8 };

typedef struct sheet_column {
    const char *header;
    const char *help; /* what its values mean, or NULL */
    part parts[PART_LIMIT];
    size_t part_count;
    bool numeric; /* numbers alone */
} sheet_column;

#define NO_TABLE_ROW SIZE_MAX

typedef struct sheet {
    const writer *w;
    const relcoord_table *table;
    const char *across;  /* what the columns behind the keys are, or NULL */
    const legend *marks; /* of a pivot */
    const size_t *rows;  /* the table's row of each row */
    const size_t *cells; /* pivot: the table's row of each cell behind the keys, or NO_TABLE_ROW */
    size_t row_count, column_count, key_count; /* keys come first, */
    size_t tail_count;                         /* and columns of the whole row last, in a pivot */
    sheet_column *columns;
} sheet;

/* The table's row that a cell is about. */
size_t sheet_row(const sheet *s, size_t row, size_t column);
/* A key equal to the one above need not be repeated, but never the last: groups then show. */
bool sheet_repeats(const sheet *s, size_t row, size_t column);
/* One part of a cell as text; first: of the parts, it says what is not there. */
void sheet_add_part(const sheet *s, const part *p, size_t row, bool first, text *out);

/* ---- Showing --------------------------------------------------------------------------------- */

/* Lines made of items, which may be broken between them. */
typedef enum line_kind {
    LINE_CALL,   /* version, analysis, options */
    LINE_GROUP,  /* which group of `by` the next sheet is about */
    LINE_REMARK, /* below a sheet */
    LINE_NOTHING /* in place of a sheet */
} line_kind;

/* What a format does with each piece. */
typedef struct presenter {
    bool own_names; /* in English, columns and values are shown by their names in the tables */
    bool letters;   /* a word in a pivot is shown by its first letters */
    void (*title)(show *s, const char *title); /* of a view: sheets and lines follow */
    void (*item)(show *s, line_kind kind, const char *separator, const char *item);
    void (*end_line)(show *s, line_kind kind);
    bool (*sheet)(show *s, const sheet *of); /* false when the writing is to end */
    void (*note)(show *s, const char *note, bool first);
} presenter;

struct show {
    writer *w;
    const presenter *by;
    void *own; /* the format's */
    line_kind line;
    bool begun; /* a line has an item */
};

/* Shows the line of the call, the views of all tables or of the one that is asked for, and the
 * notes. False when the writing is to end. */
bool show_result(writer *w, const presenter *by, void *own);

/* Adds what heads the whole page: what the analysis is for, as a sentence begins. */
void add_page_heading(const writer *w, text *out);

/* Adds an item to a line; the separator goes before it unless it is the line's first. */
void show_item(show *s, line_kind kind, const char *separator, const char *item);
void show_end_line(show *s);

/* Some rows of a table as a list; columns, where: as in view_spec. False: the writing is to end. */
bool show_list(show *s, const relcoord_table *table, const char *columns, const char *where,
               const size_t *rows, size_t row_count);
bool show_pivot(show *s, const relcoord_table *table, const view_spec *view, const size_t *rows,
                size_t row_count);

#endif
