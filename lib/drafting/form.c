/* Reading the form that SurveyXact exports: `structure`, under a header of seven columns, and
 * `labels`, three columns without a header. Names and order of the columns are those of the
 * export. */
#include "drafting/form.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/options.h"
#include "base/text.h"
#include "base/utf8.h"
#include "codebook/names.h"
#include "source/reading.h"

enum {
    QUESTION_NAME,
    VARIABLE_NAME,
    QUESTION_TYPE,
    SUB_TYPE,
    QUESTION_TEXT,
    CHOICE_VALUE,
    CHOICE_TEXT,
    CELL_COUNT
};
enum { LABEL_COLUMNS = 3, NO_CELL = CELL_COUNT };

static const char *const structure_columns[CELL_COUNT] = {
    "questionName", "variableName", "questionType", "subType",
    "questionText", "choiceValue",  "choiceText",
};
static const int label_cells[LABEL_COLUMNS] = {VARIABLE_NAME, CHOICE_VALUE, CHOICE_TEXT};
static const char *const label_columns[LABEL_COLUMNS] = {"variable", "value", "label"};

typedef struct form_reader {
    reader at; /* first: libcsv's callbacks get it */
    survey_form *of;
    form_table table;
    uint8_t *cell_of;       /* by column of the structure: its cell, or NO_CELL */
    text cells[CELL_COUNT]; /* of the row at hand, trimmed */
    bool filled, beyond;    /* the row at hand is not blank; has text beyond the last column */
} form_reader;

/* Sets the sticky error at the cell of a row, for which labels have no heading. */
static void name_column(form_reader *r, int cell)
{
    const char *name = structure_columns[cell];
    for (int i = 0; i < LABEL_COLUMNS && r->table == FORM_LABELS; i++)
        if (label_cells[i] == cell)
            name = label_columns[i];
    error_field(r->at.error.column, sizeof r->at.error.column, name);
}

/* ---- The header of the structure ---- */

static void find_columns(form_reader *r, bool found[CELL_COUNT])
{
    for (size_t column = 0; column < r->at.heading_count; column++) {
        const char *heading = r->at.headings[column];
        int cell = 0;
        while (cell < CELL_COUNT && strcmp(heading, structure_columns[cell]) != 0)
            cell++;
        r->cell_of[column] = (uint8_t)cell;
        if (cell == CELL_COUNT)
            continue;
        if (found[cell])
            reader_fail(&r->at, RELCOORD_EDATA, column, "two columns have this name");
        found[cell] = true;
    }
}

static void refuse_header(form_reader *r, int missing, bool any)
{
    const char *near = relcoord_nearest(structure_columns[missing],
                                        (const char *const *)r->at.headings, r->at.heading_count);
    if (!any && r->at.heading_count == LABEL_COLUMNS)
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX,
                    "no header with '%s': is this the table of labels, which has none?",
                    structure_columns[missing]);
    else if (near)
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX,
                    "no column '%s', which a structure needs; is it the one named '%s'?",
                    structure_columns[missing], near);
    else
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "no column '%s', which a structure needs",
                    structure_columns[missing]);
    name_column(r, missing);
}

static void take_header(reader *at)
{
    form_reader *r = (form_reader *)at;
    bool found[CELL_COUNT] = {false}, any = false;
    r->cell_of = memory_new(at->heading_count, 1);
    if (!r->cell_of)
        reader_fail_memory(at);
    else
        find_columns(r, found);
    for (int cell = 0; cell < CELL_COUNT; cell++)
        any = any || found[cell];
    for (int cell = 0; cell < CELL_COUNT && !at->status; cell++)
        if (!found[cell])
            refuse_header(r, cell, any);
}

/* ---- Variables and choices ---- */

static const char *keep_text(form_reader *r, int cell)
{
    const text *t = &r->cells[cell];
    uint32_t id = intern_add(&r->of->strings, t->length ? t->bytes : "", t->length);
    if (id == INTERN_FULL)
        reader_fail_memory(&r->at);
    return id == INTERN_FULL ? "" : r->of->strings.strings[id];
}

static const char *shown_cell(const form_reader *r, int cell, char buffer[SHOWN_SIZE])
{
    return reader_shown(&r->at, r->cells[cell].length ? r->cells[cell].bytes : "",
                        r->cells[cell].length, buffer);
}

static form_variable *add_variable(form_reader *r)
{
    survey_form *f = r->of;
    void *variables = f->variables;
    if (!memory_reserve(&variables, &f->capacity, f->count + 1, sizeof *f->variables)) {
        reader_fail_memory(&r->at);
        return NULL;
    }
    f->variables = variables;
    f->variables[f->count] = (form_variable){
        .name = keep_text(r, VARIABLE_NAME),
        .question = keep_text(r, QUESTION_NAME),
        .text = keep_text(r, QUESTION_TEXT),
        .option = "",
        .multiple = heading_is(r->cells[SUB_TYPE].length ? r->cells[SUB_TYPE].bytes : "",
                               r->cells[SUB_TYPE].length, "multiple"),
    };
    return &f->variables[f->count++];
}

/* The row's variable: known, or new. */
static form_variable *find_variable(form_reader *r)
{
    survey_form *f = r->of;
    const text *name = &r->cells[VARIABLE_NAME], *question = &r->cells[QUESTION_NAME];
    char shown[2][SHOWN_SIZE];
    uint32_t count = f->names.count, place;
    form_variable *v;
    if (name->length == 0) {
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "the row names no variable");
        name_column(r, VARIABLE_NAME);
        return NULL;
    }
    place = intern_add(&f->names, name->bytes, name->length);
    if (place == INTERN_FULL)
        reader_fail_memory(&r->at);
    if (r->at.status || place == count)
        return r->at.status ? NULL : add_variable(r);
    v = &f->variables[place];
    if (r->table == FORM_STRUCTURE
        && strcmp(v->question, question->length ? question->bytes : "") != 0) {
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "variable %s already belongs to question %s",
                    shown_cell(r, VARIABLE_NAME, shown[0]),
                    reader_shown(&r->at, v->question, strlen(v->question), shown[1]));
        name_column(r, VARIABLE_NAME);
    }
    return r->at.status ? NULL : v;
}

/* The place of what may be said once of a variable, and whether it is new. Words are kept apart by
 * a byte that no UTF-8 has. */
static uint32_t say(form_reader *r, const char *kind, const char *words, size_t length,
                    bool *is_new)
{
    survey_form *f = r->of;
    void *lines = f->said_lines, *at = f->said_at;
    uint32_t count = f->said.count, id = INTERN_FULL;
    text key = {0};
    text_add_format(&key, "%s%s\xFF", kind, r->cells[VARIABLE_NAME].bytes);
    text_add_bytes(&key, words, length);
    if (!key.failed
        && memory_reserve(&lines, &f->line_capacity, (size_t)count + 1, sizeof *f->said_lines)) {
        f->said_lines = lines;
        if (memory_reserve(&at, &f->at_capacity, (size_t)count + 1, sizeof *f->said_at)) {
            f->said_at = at;
            id = intern_add(&f->said, key.bytes, key.length);
        }
    }
    text_free(&key);
    *is_new = id == count;
    if (id == INTERN_FULL)
        reader_fail_memory(&r->at);
    else if (*is_new)
        f->said_lines[id] = 0;
    return id;
}

/* The same number in other digits is the same value. */
static uint32_t say_value(form_reader *r, bool *is_new)
{
    const text *value = &r->cells[CHOICE_VALUE];
    char digits[NUMBER_TEXT_SIZE];
    double number;
    if (number_parse(value->bytes, value->length, &number))
        return say(r, "=", digits, number_format(number, digits), is_new);
    return say(r, "=", value->bytes, value->length, is_new);
}

/* A label of another value of the variable leaves it open which is meant. */
static void refuse_label(form_reader *r, uint32_t choice)
{
    const text *label = &r->cells[CHOICE_TEXT];
    survey_form *f = r->of;
    char shown[2][SHOWN_SIZE];
    bool is_new;
    uint32_t id = label->length ? say(r, "|", label->bytes, label->length, &is_new) : INTERN_FULL;
    if (id == INTERN_FULL || r->at.status)
        return;
    if (is_new) {
        f->said_at[id] = choice;
        f->said_lines[id] = r->at.row_line;
    } else if (f->said_at[id] != choice) {
        const form_variable *v = &f->variables[intern_find(&f->names, r->cells[VARIABLE_NAME].bytes,
                                                           r->cells[VARIABLE_NAME].length)];
        const char *other = v->choices[f->said_at[id]].value;
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "value %s has the label of value %s",
                    shown_cell(r, CHOICE_VALUE, shown[0]),
                    reader_shown(&r->at, other, strlen(other), shown[1]));
        name_column(r, CHOICE_TEXT);
    }
}

static void add_choice(form_reader *r, form_variable *v, uint32_t id)
{
    void *choices = v->choices;
    if (!memory_reserve(&choices, &v->capacity, v->count + 1, sizeof *v->choices)) {
        reader_fail_memory(&r->at);
        return;
    }
    v->choices = choices;
    v->choices[v->count] = (form_choice){keep_text(r, CHOICE_VALUE), keep_text(r, CHOICE_TEXT)};
    r->of->said_at[id] = (uint32_t)v->count++;
    refuse_label(r, r->of->said_at[id]);
}

/* A value that the table has already, or for labels the structure has. */
static void meet_choice(form_reader *r, form_variable *v, uint32_t id)
{
    survey_form *f = r->of;
    form_choice *c = &v->choices[f->said_at[id]];
    char shown[SHOWN_SIZE];
    if (r->table == FORM_STRUCTURE || f->said_lines[id]) {
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX,
                    "value %s appears twice here for the variable",
                    shown_cell(r, CHOICE_VALUE, shown));
        name_column(r, CHOICE_VALUE);
        return;
    }
    if (!*c->text)
        c->text = keep_text(r, CHOICE_TEXT);
    else if (strcmp(c->text, keep_text(r, CHOICE_TEXT)) != 0)
        v->differs = true;
    refuse_label(r, f->said_at[id]);
}

static void add_row(form_reader *r)
{
    form_variable *v = find_variable(r);
    bool is_new, labelled = r->table == FORM_LABELS;
    uint32_t id;
    if (!v)
        return;
    v->in_table[r->table] = true;
    if (!labelled && v->multiple)
        v->option = keep_text(r, CHOICE_TEXT);
    if (v->multiple && labelled) /* chosen or not: 0 and 1 say it */
        return;
    if (r->cells[CHOICE_VALUE].length == 0) {
        if (labelled || r->cells[CHOICE_TEXT].length) {
            reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "the row has no value");
            name_column(r, CHOICE_VALUE);
        }
        return;
    }
    id = say_value(r, &is_new);
    if (r->at.status)
        return;
    if (is_new)
        add_choice(r, v, id);
    else
        meet_choice(r, v, id);
    r->of->said_lines[id] = labelled ? r->at.row_line : 0;
}

/* ---- Fields and rows ---- */

/* A text of several lines, or with blanks to look good, as one line. */
static void add_field(text *cell, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool blank = (unsigned char)bytes[i] <= ' ' || bytes[i] == 0x7F;
        if (!blank)
            text_add_bytes(cell, bytes + i, 1);
        else if (cell->length && cell->bytes[cell->length - 1] != ' ')
            text_add(cell, " ");
    }
    if (cell->length && cell->bytes[cell->length - 1] == ' ')
        cell->bytes[--cell->length] = 0;
}

static void take_field(void *bytes, size_t length, void *user)
{
    form_reader *r = user;
    const char *field = length ? bytes : "";
    size_t column = r->at.field++;
    char shown[SHOWN_SIZE];
    int cell = NO_CELL;
    reader_trim(&field, &length);
    if (r->at.status || length == 0)
        return;
    r->filled = true;
    if (r->table == FORM_STRUCTURE && column < r->at.heading_count)
        cell = r->cell_of[column];
    else if (r->table == FORM_LABELS && column < LABEL_COLUMNS)
        cell = label_cells[column];
    else
        r->beyond = true;
    if (utf8_valid_prefix(field, length) != length)
        reader_fail_text(&r->at, SIZE_MAX, reader_shown(&r->at, field, length, shown));
    if (cell == NO_CELL || r->at.status)
        return;
    add_field(&r->cells[cell], field, length);
    if (r->cells[cell].failed)
        reader_fail_memory(&r->at);
}

/* An empty column may stand at the end of all rows, or of the header alone. */
static bool has_columns(const form_reader *r, size_t fields)
{
    size_t columns = r->table == FORM_LABELS ? LABEL_COLUMNS : r->at.heading_count;
    return fields == columns || (fields == columns + 1 && !r->beyond)
           || (fields + 1 == columns && r->table == FORM_STRUCTURE
               && !*r->at.headings[columns - 1]);
}

static void take_row(int terminator, void *user)
{
    form_reader *r = user;
    size_t fields = r->at.field;
    (void)terminator;
    r->at.field = 0;
    if (r->at.status)
        return;
    if (r->filled && !has_columns(r, fields) && r->table == FORM_LABELS)
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX,
                    fields == 1
                        ? "the row has %zu field; a table of labels has variable, value and label"
                        : "the row has %zu fields; a table of labels has variable, value and label",
                    fields);
    else if (r->filled && !has_columns(r, fields))
        reader_fail_width(&r->at, fields, r->at.heading_count);
    else if (r->filled)
        add_row(r);
    for (int cell = 0; cell < CELL_COUNT; cell++)
        text_clear(&r->cells[cell]);
    r->filled = r->beyond = false;
    r->at.row++;
}

/* ---- From beginning to end ---- */

static form_reader begin_reading(survey_form *f, form_table table)
{
    return (form_reader){
        .at = {.take_header = take_header,
               .take_field = take_field,
               .take_row = take_row,
               .headless = table == FORM_LABELS},
        .of = f,
        .table = table,
    };
}

/* Blank rows are none. */
static relcoord_status finish_reading(form_reader *r, relcoord_error *err)
{
    if (!r->at.status && r->of->count == 0) {
        r->at.row_line = r->at.row = 0;
        reader_fail(&r->at, RELCOORD_EDATA, SIZE_MAX, "no rows below the header");
    }
    if (r->at.status && err)
        *err = r->at.error;
    for (int cell = 0; cell < CELL_COUNT; cell++)
        text_free(&r->cells[cell]);
    memory_free(r->cell_of);
    reader_free(&r->at);
    return r->at.status;
}

relcoord_status form_read(survey_form *f, form_table table, const char *path,
                          const relcoord_options *options, relcoord_error *err)
{
    form_reader r = begin_reading(f, table);
    csv_dialect asked = reading_dialect(options);
    relcoord_status status;
    r.at.redact = options && options_flag(options, "redact_values");
    reading_file(&r.at, path, &asked, 1, options);
    status = finish_reading(&r, err);
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, path);
    return status;
}

relcoord_status form_read_source(survey_form *f, form_table table, relcoord_source source,
                                 void *user, relcoord_error *err)
{
    form_reader r = begin_reading(f, table);
    csv_dialect asked = {0};
    csv_read(&r.at, source, user, &asked, &(reading_progress){-1, 0, 1, NULL});
    return finish_reading(&r, err);
}

const form_variable *form_find(const survey_form *f, const char *name)
{
    uint32_t place = f ? intern_find(&f->names, name, strlen(name)) : INTERN_FULL;
    return place == INTERN_FULL ? NULL : &f->variables[place];
}

bool form_value_is(const form_choice *choice, const char *value)
{
    double number[2];
    return strcmp(choice->value, value) == 0
           || (number_parse(choice->value, strlen(choice->value), &number[0])
               && number_parse(value, strlen(value), &number[1]) && number[0] == number[1]);
}

void form_free(survey_form *f)
{
    for (size_t i = 0; i < f->count; i++)
        memory_free(f->variables[i].choices);
    memory_free(f->variables);
    memory_free(f->said_lines);
    memory_free(f->said_at);
    intern_free(&f->names);
    intern_free(&f->strings);
    intern_free(&f->said);
}
