/* A result as a workbook, through libxlsxwriter: a sheet for each table and one for the notes.
 * Numbers are numbers, shown with the decimals of text; a value that does not exist is an empty
 * cell. The same result gives the same bytes: the date of creation is fixed. Rows go to a temporary
 * file as they are written, so memory stays small. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "output.h"
#include "report.h"
#include "spoken.h"
#include "workbook.h"

/* Bounds of the format (ECMA-376, and Excel's own): a double counts whole numbers up to 2^53. */
enum { LONGEST_SHEET_NAME = 31, NARROWEST = 8, WIDEST = 40, LOOKED_AT = 1000 };
#define EXACT_INTEGER (INT64_C(1) << 53)
enum { DAY_OF_CREATION = 315532800 }; /* 1980-01-01, the first that a zip file knows */

typedef struct sheet_column {
    const char *name;
    relcoord_type type;
    relcoord_kind kind;
    const char *const *strings;
    const int64_t *integers;
    const double *doubles;
    const uint8_t *valid;
} sheet_column;

typedef struct workbook {
    const arguments *a;
    lxw_workbook *book;
    lxw_format *heading, *estimate;
    lxw_error fault; /* sticky */
} workbook;

static void keep_fault(workbook *w, lxw_error fault)
{
    w->fault = w->fault ? w->fault : fault;
}

static bool find_column(const relcoord_table *table, size_t index, sheet_column *c)
{
    relcoord_error error;
    *c = (sheet_column){.name = relcoord_table_column_name(table, index),
                        .type = relcoord_table_column_type(table, index),
                        .kind = relcoord_table_column_kind(table, index)};
    switch (c->type) {
    case RELCOORD_STRING:
        return relcoord_table_strings(table, c->name, &c->strings, &c->valid, &error)
               == RELCOORD_OK;
    case RELCOORD_INTEGER:
        return relcoord_table_integers(table, c->name, &c->integers, &c->valid, &error)
               == RELCOORD_OK;
    default:
        return relcoord_table_doubles(table, c->name, &c->doubles, &c->valid, &error)
               == RELCOORD_OK;
    }
}

static void write_cell(workbook *w, lxw_worksheet *sheet, size_t row, lxw_col_t column,
                       const sheet_column *c)
{
    const lxw_row_t at = (lxw_row_t)row + 1;
    char text[32];
    if (!c->valid[row])
        return;
    if (c->type == RELCOORD_STRING) {
        keep_fault(w, worksheet_write_string(sheet, at, column, c->strings[row], NULL));
    } else if (c->type == RELCOORD_INTEGER && llabs(c->integers[row]) > EXACT_INTEGER) {
        snprintf(text, sizeof text, "%lld", (long long)c->integers[row]);
        keep_fault(w, worksheet_write_string(sheet, at, column, text, NULL));
    } else if (c->type == RELCOORD_INTEGER) {
        keep_fault(w, worksheet_write_number(sheet, at, column, (double)c->integers[row], NULL));
    } else if (isfinite(c->doubles[row])) {
        keep_fault(w, worksheet_write_number(
                          sheet, at, column, c->doubles[row],
                          c->kind == RELCOORD_ESTIMATE || c->kind == RELCOORD_INTERVAL ? w->estimate
                                                                                       : NULL));
    } else if (!isnan(c->doubles[row])) {
        keep_fault(w, worksheet_write_string(sheet, at, column,
                                             c->doubles[row] < 0 ? "-inf" : "inf", NULL));
    }
}

/* As wide as the heading and, of the first rows, the longest text. */
static double width_of(const sheet_column *c, size_t rows)
{
    size_t width = strlen(c->name) + 2;
    for (size_t row = 0; row < rows && row < LOOKED_AT && c->strings; row++)
        if (strlen(c->strings[row]) > width)
            width = strlen(c->strings[row]);
    return (double)(width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width);
}

static lxw_worksheet *add_sheet(workbook *w, const char *name)
{
    char cut[LONGEST_SHEET_NAME + 1];
    lxw_worksheet *sheet;
    snprintf(cut, sizeof cut, "%s", name);
    sheet = workbook_add_worksheet(w->book, cut);
    if (sheet)
        worksheet_freeze_panes(sheet, 1, 0);
    else
        keep_fault(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return sheet;
}

static void add_table(workbook *w, const relcoord_table *table)
{
    size_t rows = relcoord_table_rows(table), count = relcoord_table_columns(table);
    sheet_column *columns = calloc(count + 1, sizeof *columns);
    lxw_worksheet *sheet = columns ? add_sheet(w, relcoord_table_name(table)) : NULL;
    if (!sheet || rows >= LXW_ROW_MAX || count > LXW_COL_MAX)
        keep_fault(w,
                   sheet ? LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE : LXW_ERROR_MEMORY_MALLOC_FAILED);
    for (size_t i = 0; i < count && !w->fault; i++) {
        const lxw_col_t at = (lxw_col_t)i;
        if (!find_column(table, i, &columns[i]))
            keep_fault(w, LXW_ERROR_PARAMETER_VALIDATION);
        else
            keep_fault(w, worksheet_set_column(sheet, at, at, width_of(&columns[i], rows), NULL));
    }
    for (size_t i = 0; i < count && !w->fault; i++)
        keep_fault(w, worksheet_write_string(sheet, 0, (lxw_col_t)i, columns[i].name, w->heading));
    for (size_t row = 0; row < rows && !w->fault; row++)
        for (size_t i = 0; i < count; i++)
            write_cell(w, sheet, row, (lxw_col_t)i, &columns[i]);
    free(columns);
}

/* ---- Notes ---- */

static void add_note(workbook *w, lxw_worksheet *sheet, lxw_row_t row, const char *what,
                     const char *said, lxw_format *format)
{
    keep_fault(w, worksheet_write_string(sheet, row, 0, what, format));
    keep_fault(w, worksheet_write_string(sheet, row, 1, said, format));
}

/* What made the figures, and what a reader has to know of them. */
static void add_notes(workbook *w, const relcoord_result *result)
{
    const char *language = relcoord_options_get(w->a->write, "lang"), *note;
    lxw_worksheet *sheet = add_sheet(w, "notes");
    char translated[SPOKEN_SIZE];
    lxw_row_t row = 1;
    if (!sheet)
        return;
    keep_fault(w, worksheet_set_column(sheet, 0, 0, NARROWEST + 4, NULL));
    keep_fault(w, worksheet_set_column(sheet, 1, 1, 2 * WIDEST, NULL));
    add_note(w, sheet, 0, "what", "text", w->heading);
    add_note(w, sheet, row++, "relcoord", relcoord_version(), NULL);
    add_note(w, sheet, row++, "analysis", relcoord_result_analysis(result), NULL);
    for (size_t i = 0; (note = relcoord_result_note(result, i)) != NULL; i++) {
        size_t length = relcoord_translate(language, note, translated, sizeof translated);
        add_note(w, sheet, row++, "note",
                 length > 0 && length < sizeof translated ? translated : note, NULL);
    }
}

/* ---- The whole ---- */

static void add_formats(workbook *w)
{
    const char *digits = relcoord_options_get(w->a->write, "digits");
    int count = digits && *digits >= '0' && *digits <= '9' ? (int)strtol(digits, NULL, 10) : 2;
    char shown[24];
    snprintf(shown, sizeof shown, "0%s%.*s", count > 0 ? "." : "", count, "000000000000000");
    w->heading = workbook_add_format(w->book);
    w->estimate = workbook_add_format(w->book);
    if (!w->heading || !w->estimate) {
        keep_fault(w, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    format_set_bold(w->heading);
    format_set_num_format(w->estimate, shown);
}

static void fill(workbook *w, const relcoord_result *result)
{
    lxw_doc_properties properties = {.created = DAY_OF_CREATION};
    const relcoord_table *table;
    keep_fault(w, workbook_set_properties(w->book, &properties));
    add_formats(w);
    if (w->a->table && !w->fault)
        add_table(w, relcoord_result_table(result, w->a->table));
    for (size_t i = 0;
         !w->a->table && !w->fault && (table = relcoord_result_table_at(result, i)) != NULL; i++)
        add_table(w, table);
    if (!w->fault)
        add_notes(w, result);
}

static int report_fault(const workbook *w, output *o)
{
    switch (w->fault) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED: return report_memory();
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
        return report_usage(w->a->analysis,
                            "a text is too long for a cell of a workbook: write csv");
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
        return report_usage(w->a->analysis,
                            "a table is too large for a sheet of a workbook: write csv");
    default:
        snprintf(o->error.message, sizeof o->error.message, "cannot be written");
        o->error.status = RELCOORD_EIO;
        snprintf(o->error.file, sizeof o->error.file, "%s", w->a->output);
        return report_error(w->a->analysis, &o->error);
    }
}

/* A file without a name, which libxlsxwriter finds by its descriptor. */
static int open_unnamed(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    int descriptor;
    snprintf(path, sizeof path, "%s/relcoord-XXXXXX", folder && *folder ? folder : "/tmp");
    descriptor = mkstemp(path);
    if (descriptor >= 0)
        unlink(path);
    return descriptor;
}

/* Hands the workbook on, when it is closed: its end is written first. */
static void copy(int descriptor, output *o)
{
    char bytes[1 << 16];
    ssize_t count;
    while ((count = read(descriptor, bytes, sizeof bytes)) > 0)
        if (output_write(o, bytes, (size_t)count) != 0)
            return;
}

int write_workbook(const arguments *a, const relcoord_result *result)
{
    workbook w = {.a = a};
    output o;
    char name[40];
    int descriptor, fault = output_open(&o, a, result);
    if (fault)
        return fault;
    descriptor = open_unnamed();
    snprintf(name, sizeof name, "/dev/fd/%d", descriptor);
    if (descriptor >= 0)
        w.book = workbook_new_opt(name, &(lxw_workbook_options){.constant_memory = LXW_TRUE});
    if (w.book)
        fill(&w, result);
    else
        w.fault = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (w.book)
        keep_fault(&w, workbook_close(w.book)); /* frees it, too */
    if (!w.fault)
        copy(descriptor, &o);
    if (descriptor >= 0)
        close(descriptor);
    if (!w.fault && !o.status)
        return output_finish(&o);
    fault = o.status ? output_give_up(&o, &o.error) : report_fault(&w, &o);
    if (!o.status)
        relcoord_file_discard(o.file);
    return fault;
}
