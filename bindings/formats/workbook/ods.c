/* Workbooks of OpenDocument (OASIS, version 1.3, part 3, chapters 9 and 19.384 to 19.393): one part
 * has all sheets, and attributes of a cell its value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workbook/workbook.h"

static const char content[] = "content.xml";
enum { NAMES_SIZE = 512, MOST_BLANKS = 1000, UNKNOWN_REPEAT = 1 };

/* ---- Which sheet ---- */

typedef struct sheet_finder {
    workbook *w;
    const char *wanted;
    char names[NAMES_SIZE];
} sheet_finder;

static void find_sheet(xml_reader *x, const char *name, const char **attributes)
{
    sheet_finder *f = x->user;
    const size_t length = strlen(f->names);
    const char *sheet = foreign_xml_attribute(attributes, "name");
    if (strcmp(name, "table") != 0 || !sheet)
        return;
    snprintf(f->names + length, sizeof f->names - length, "%s'%.100s'", length > 0 ? ", " : "",
             sheet);
    if (f->wanted && strcmp(f->wanted, sheet) != 0)
        return;
    f->w->sheet = strdup(sheet);
    x->stopped = true;
    if (!f->w->sheet)
        x->status = foreign_fail_memory(x->err);
}

static void ignore_end(xml_reader *x, const char *name)
{
    (void)x, (void)name;
}

relcoord_status foreign_ods_open(workbook *w, const char *path, const char *sheet,
                                 relcoord_error *err)
{
    sheet_finder f = {.w = w, .wanted = sheet};
    xml_reader x = {.start = find_sheet, .end = ignore_end, .user = &f};
    relcoord_status status = foreign_xml_read(w->zip, path, content, &x, err);
    if (!status && !w->sheet)
        status = foreign_fail_sheet(path, sheet ? sheet : "", f.names, err);
    return status;
}

/* ---- Cells ---- */

/* A value of the row at hand, which goes to the grid when it is known how often the row stands
 * there. */
typedef struct row_value {
    int64_t column, count;
    char *text;
} row_value;

typedef struct table_reader {
    const workbook *w;
    grid *g;
    bool in_sheet, in_cell, in_paragraph, has_value, formula;
    unsigned cell_depth;
    int64_t row, row_count, column, cell_count; /* rows before; and how often this one stands */
    row_value *values;
    size_t count, capacity;
    cell_text text;
} table_reader;

static int64_t repeat_of(const char **attributes, const char *name)
{
    const char *text = foreign_xml_attribute(attributes, name);
    int64_t count = 0;
    if (!text)
        return 1;
    for (; *text >= '0' && *text <= '9' && count < INT32_MAX; text++)
        count = 10 * count + (*text - '0');
    return count > 0 ? count : UNKNOWN_REPEAT;
}

/* What LibreOffice says in its own words: the value is none, but an error. */
static bool is_error(const char **attributes)
{
    for (; *attributes; attributes += 2) {
        const char *name = strrchr(*attributes, '|');
        if (name && strcmp(name, "|value-type") == 0 && strcmp(attributes[1], "error") == 0)
            return true;
    }
    return false;
}

static void add_words(table_reader *r, const char *words)
{
    foreign_text_add(&r->text, words, strlen(words));
}

/* "PT12H30M05S" as "12:30:05". */
static void add_time(table_reader *r, const char *duration)
{
    unsigned hours, minutes, seconds;
    char clock[NUMBER_TEXT_SIZE];
    if (sscanf(duration, "PT%3uH%2uM%2u", &hours, &minutes, &seconds) == 3) {
        snprintf(clock, sizeof clock, "%02u:%02u:%02u", hours, minutes, seconds);
        duration = clock;
    }
    add_words(r, duration);
}

/* Takes the value where an attribute has it; else it is the cell's text, which comes. */
static void start_cell(xml_reader *x, const char **attributes)
{
    table_reader *r = x->user;
    const char *type = foreign_xml_attribute(attributes, "value-type"),
               *number = foreign_xml_attribute(attributes, "value"),
               *date = foreign_xml_attribute(attributes, "date-value"),
               *time = foreign_xml_attribute(attributes, "time-value"),
               *truth = foreign_xml_attribute(attributes, "boolean-value"),
               *words = foreign_xml_attribute(attributes, "string-value");
    char printed[NUMBER_TEXT_SIZE];
    double value;
    r->in_cell = true;
    r->cell_depth = x->depth;
    r->cell_count = repeat_of(attributes, "number-columns-repeated");
    r->formula = !type && foreign_xml_attribute(attributes, "formula");
    foreign_text_clear(&r->text);
    r->has_value = type && !is_error(attributes) && (number || date || time || truth || words);
    if (!r->has_value)
        return;
    if (number && !foreign_read_number(number, &value)) {
        foreign_grid_fail(r->g, r->row + 1, r->column, "'%.40s' is no number", number);
    } else if (number) {
        foreign_print_number(value, printed);
        add_words(r, printed);
    } else if (time) {
        add_time(r, time);
    } else {
        add_words(r, date ? date : truth ? strcmp(truth, "true") == 0 ? "1" : "0" : words);
    }
}

/* Within a cell's paragraphs; what else a cell has, such as notes and drawings, is none of it. */
static void start_words(xml_reader *x, const char *name, const char **attributes)
{
    table_reader *r = x->user;
    if (r->has_value)
        return;
    if (strcmp(name, "p") == 0 && x->depth == r->cell_depth + 1) {
        if (r->text.length > 0)
            add_words(r, "\n");
        r->in_paragraph = true;
    } else if (r->in_paragraph && strcmp(name, "s") == 0) {
        for (int64_t i = repeat_of(attributes, "c"); i > 0 && i <= MOST_BLANKS; i--)
            add_words(r, " ");
    } else if (r->in_paragraph && strcmp(name, "tab") == 0) {
        add_words(r, "\t");
    } else if (r->in_paragraph && strcmp(name, "line-break") == 0) {
        add_words(r, "\n");
    }
}

static bool is_cell(const char *name)
{
    return strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0;
}

static void start_part(xml_reader *x, const char *name, const char **attributes)
{
    table_reader *r = x->user;
    const char *sheet;
    if (!r->in_sheet && strcmp(name, "table") == 0) {
        sheet = foreign_xml_attribute(attributes, "name");
        r->in_sheet = sheet && strcmp(sheet, r->w->sheet) == 0;
    } else if (r->in_cell) {
        start_words(x, name, attributes);
    } else if (r->in_sheet && strcmp(name, "table-row") == 0) {
        r->row_count = repeat_of(attributes, "number-rows-repeated");
        r->column = 0;
    } else if (r->in_sheet && is_cell(name)) {
        start_cell(x, attributes);
    }
    x->status = r->g->status;
}

static void add_text(xml_reader *x, const char *bytes, size_t size)
{
    table_reader *r = x->user;
    if (r->in_paragraph)
        foreign_text_add(&r->text, bytes, size);
}

static void keep_value(table_reader *r)
{
    if (r->count == r->capacity) {
        const size_t capacity = 2 * r->capacity + 64;
        row_value *values = realloc(r->values, capacity * sizeof *values);
        if (!values) {
            foreign_grid_fail_memory(r->g);
            return;
        }
        r->values = values;
        r->capacity = capacity;
    }
    r->values[r->count] = (row_value){r->column, r->cell_count, strdup(foreign_text(&r->text))};
    if (r->values[r->count].text)
        r->count++;
    else
        foreign_grid_fail_memory(r->g);
}

static void end_cell(table_reader *r)
{
    const char *text = foreign_text(&r->text);
    r->in_cell = false;
    if (r->text.fault == RELCOORD_EDATA)
        foreign_grid_fail(r->g, r->row + 1, r->column,
                          "a text is longer than that of a cell can be");
    else if (r->text.fault)
        foreign_grid_fail_memory(r->g);
    else if (!*text && r->formula)
        foreign_grid_fail(r->g, r->row + 1, r->column,
                          "a formula without its value: save the workbook in the program that "
                          "calculates it");
    else if (*text && r->column >= MOST_COLUMNS)
        foreign_grid_fail(r->g, r->row + 1, r->column, "the sheet is larger than a sheet can be");
    else if (*text)
        keep_value(r);
    r->column += r->cell_count;
}

static void end_row(table_reader *r)
{
    for (int64_t row = 0; row < r->row_count && r->count > 0 && !r->g->status && !r->g->done; row++)
        for (size_t i = 0; i < r->count; i++)
            for (int64_t at = 0; at < r->values[i].count && !r->g->status && !r->g->done; at++)
                foreign_grid_cell(r->g, r->row + row + 1, r->values[i].column + at,
                                  r->values[i].text);
    r->row += r->row_count;
    for (; r->count > 0; r->count--)
        free(r->values[r->count - 1].text);
}

static void end_part(xml_reader *x, const char *name)
{
    table_reader *r = x->user;
    if (r->in_cell && x->depth == r->cell_depth) /* behind its first */
        r->in_paragraph = false;
    else if (r->in_cell && x->depth + 1 == r->cell_depth)
        end_cell(r);
    else if (!r->in_cell && r->in_sheet && strcmp(name, "table-row") == 0)
        end_row(r);
    else if (!r->in_cell && strcmp(name, "table") == 0)
        r->in_sheet = false;
    x->status = r->g->status;
    x->stopped = r->g->done;
}

relcoord_status foreign_ods_cells(const workbook *w, grid *g)
{
    table_reader r = {.w = w, .g = g};
    xml_reader x = {.start = start_part, .end = end_part, .text = add_text, .user = &r};
    relcoord_status status = foreign_xml_read(w->zip, g->file->path, content, &x, g->err);
    r.row_count = 0;
    end_row(&r);
    free(r.values);
    free(r.text.bytes);
    return status;
}
