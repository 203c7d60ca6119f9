/* Workbooks of Office Open XML (ECMA-376, part 1, chapter 18). Parts are found by their relations,
 * as their names are the program's own choice. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workbook/workbook.h"

enum { MOST_SHEETS = 4096, MOST_STYLES = 65536, MOST_FORMATS = 1024, LONGEST_PART = 512 };
#define MOST_TEXT_BYTES ((size_t)1 << 29)

static bool ends_in(const char *text, const char *ending)
{
    const size_t length = strlen(text), wanted = strlen(ending);
    return length >= wanted && strcmp(text + length - wanted, ending) == 0;
}

static void ignore_end(xml_reader *x, const char *name)
{
    (void)x, (void)name;
}

/* A whole number that is not negative; -1 for what is none, or has more than nine digits. */
static int64_t whole_number(const char *text)
{
    int64_t number = 0;
    const size_t digits = text ? strspn(text, "0123456789") : 0;
    if (digits == 0 || digits > 9 || text[digits])
        return -1;
    for (; *text; text++)
        number = 10 * number + (*text - '0');
    return number;
}

/* ---- Which part is what ---- */

typedef struct relation {
    char *id, *part;
    bool is_sheet;
} relation;

typedef struct opening {
    workbook *w;
    const char *path, *wanted; /* wanted: the sheet, or NULL */
    char folder[LONGEST_PART]; /* of the part whose relations are read, ending in '/' or empty */
    char book[LONGEST_PART], strings[LONGEST_PART], styles[LONGEST_PART];
    relation *relations;
    size_t relation_count;
    char names[LONGEST_PART]; /* of all sheets, for a message */
} opening;

/* A target, which is relative to the folder or starts at the top. */
static void resolve(const char *folder, const char *target, char out[LONGEST_PART])
{
    size_t length = strlen(folder);
    if (*target == '/') {
        snprintf(out, LONGEST_PART, "%s", target + 1);
        return;
    }
    for (; strncmp(target, "../", 3) == 0; target += 3)
        for (length -= length > 0; length > 0 && folder[length - 1] != '/';)
            length--;
    snprintf(out, LONGEST_PART, "%.*s%s", (int)length, folder, target);
}

static void fail_memory(xml_reader *x)
{
    x->status = foreign_fail_memory(x->err);
}

static void add_relation(xml_reader *x, const char *id, const char *part)
{
    opening *o = x->user;
    relation *r;
    if (o->relation_count == MOST_SHEETS)
        return;
    r = &o->relations[o->relation_count++];
    *r = (relation){.id = strdup(id), .part = strdup(part), .is_sheet = true};
    if (!r->id || !r->part)
        fail_memory(x);
}

static void take_relation(xml_reader *x, const char *name, const char **attributes)
{
    opening *o = x->user;
    const char *id = foreign_xml_attribute(attributes, "Id"),
               *type = foreign_xml_attribute(attributes, "Type"),
               *target = foreign_xml_attribute(attributes, "Target");
    char part[LONGEST_PART];
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
        return;
    resolve(o->folder, target, part);
    if (ends_in(type, "/officeDocument"))
        memcpy(o->book, part, sizeof part);
    else if (ends_in(type, "/sharedStrings"))
        memcpy(o->strings, part, sizeof part);
    else if (ends_in(type, "/styles"))
        memcpy(o->styles, part, sizeof part);
    else if (ends_in(type, "/worksheet"))
        add_relation(x, id, part);
}

static const char *part_of(const opening *o, const char *id)
{
    for (size_t i = 0; id && i < o->relation_count; i++)
        if (strcmp(o->relations[i].id, id) == 0)
            return o->relations[i].part;
    return NULL;
}

/* Takes the sheet if it is the one. Those of charts have no relation that is a worksheet's. */
static void take_sheet(xml_reader *x, const char **attributes)
{
    opening *o = x->user;
    const char *name = foreign_xml_attribute(attributes, "name"),
               *state = foreign_xml_attribute(attributes, "state"),
               *part = part_of(o, foreign_xml_attribute(attributes, "id"));
    const size_t length = strlen(o->names);
    if (!name || !part)
        return;
    snprintf(o->names + length, sizeof o->names - length, "%s'%.100s'", length > 0 ? ", " : "",
             name);
    if (o->w->sheet
        || (o->wanted ? strcmp(name, o->wanted) != 0 : state && ends_in(state, "idden")))
        return;
    o->w->sheet = strdup(name);
    o->w->part = strdup(part);
    if (!o->w->sheet || !o->w->part)
        fail_memory(x);
}

static void take_book(xml_reader *x, const char *name, const char **attributes)
{
    opening *o = x->user;
    const char *date1904;
    if (strcmp(name, "sheet") == 0)
        take_sheet(x, attributes);
    if (strcmp(name, "workbookPr") == 0
        && (date1904 = foreign_xml_attribute(attributes, "date1904")))
        o->w->from_1904 = strcmp(date1904, "1") == 0 || strcmp(date1904, "true") == 0;
}

static relcoord_status read_relations(opening *o, const char *of, relcoord_error *err)
{
    xml_reader x = {.start = take_relation, .end = ignore_end, .user = o};
    char part[LONGEST_PART];
    const char *slash = strrchr(of, '/'), *name = slash ? slash + 1 : of;
    snprintf(o->folder, sizeof o->folder, "%.*s", (int)(name - of), of);
    if (snprintf(part, sizeof part, "%s_rels/%s.rels", o->folder, name) >= (int)sizeof part)
        return foreign_fail(err, RELCOORD_EDATA, o->path, "the file is damaged or truncated");
    return foreign_xml_read(o->w->zip, o->path, part, &x, err);
}

/* ---- Texts that cells refer to ---- */

/* "_x000D_" is a character that XML cannot have, or that stands for itself. */
static size_t take_escape(const char *text, char out[4])
{
    unsigned code = 0;
    if (strncmp(text, "_x", 2) != 0 || strspn(text + 2, "0123456789ABCDEFabcdef") < 4
        || text[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++)
        code = 16 * code + (unsigned)(text[i] <= '9' ? text[i] - '0' : (text[i] | 32) - 'a' + 10);
    if (code == 0 || (code >= 0xD800 && code < 0xE000))
        return 0;
    memset(out, 0, 4);
    if (code < 0x80) {
        out[0] = (char)code;
    } else if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
    } else {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
    }
    return 7;
}

static void decode(char *text)
{
    char *to = text, character[4];
    while (*text) {
        const size_t taken = take_escape(text, character);
        for (const char *c = character; taken > 0 && *c && c < character + 4; c++)
            *to++ = *c;
        if (taken == 0)
            *to++ = *text;
        text += taken > 0 ? taken : 1;
    }
    *to = 0;
}

typedef struct text_reader {
    workbook *w;
    cell_text text;
    bool in_text;
    int phonetic; /* how to read it, which is no part of it */
} text_reader;

static void start_text(xml_reader *x, const char *name, const char **attributes)
{
    text_reader *r = x->user;
    (void)attributes;
    if (strcmp(name, "si") == 0)
        foreign_text_clear(&r->text);
    r->phonetic += strcmp(name, "rPh") == 0;
    r->in_text = strcmp(name, "t") == 0 && r->phonetic == 0;
}

static void add_text(xml_reader *x, const char *bytes, size_t size)
{
    text_reader *r = x->user;
    if (r->in_text)
        foreign_text_add(&r->text, bytes, size);
}

static bool keep_text(workbook *w, const char *text)
{
    const size_t size = strlen(text) + 1;
    if (w->text_count == w->start_capacity) {
        const size_t capacity = 2 * w->start_capacity + 256;
        size_t *starts = realloc(w->text_starts, capacity * sizeof *starts);
        if (!starts)
            return false;
        w->text_starts = starts;
        w->start_capacity = capacity;
    }
    if (w->text_bytes + size > w->text_capacity) {
        const size_t capacity = 2 * (w->text_bytes + size) + 4096;
        char *texts = realloc(w->texts, capacity);
        if (!texts)
            return false;
        w->texts = texts;
        w->text_capacity = capacity;
    }
    w->text_starts[w->text_count++] = w->text_bytes;
    memcpy(w->texts + w->text_bytes, text, size);
    w->text_bytes += size;
    return true;
}

static void end_text(xml_reader *x, const char *name)
{
    text_reader *r = x->user;
    workbook *w = r->w;
    r->in_text = false;
    r->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0)
        return;
    if (r->text.bytes)
        decode(r->text.bytes);
    if (r->text.fault == RELCOORD_EDATA || w->text_bytes > MOST_TEXT_BYTES)
        x->status = foreign_fail(x->err, RELCOORD_EDATA, NULL,
                                 "the workbook has more text than relcoord reads");
    else if (r->text.fault || !keep_text(w, foreign_text(&r->text)))
        fail_memory(x);
}

static relcoord_status read_texts(const opening *o, relcoord_error *err)
{
    text_reader r = {.w = o->w};
    xml_reader x = {.start = start_text, .end = end_text, .text = add_text, .user = &r};
    relcoord_status status = foreign_xml_read(o->w->zip, o->path, o->strings, &x, err);
    free(r.text.bytes);
    return status;
}

/* ---- Styles: which numbers are dates ---- */

typedef enum style_kind { STYLE_NUMBER, STYLE_DATE, STYLE_DATE_TIME, STYLE_TIME } style_kind;

typedef struct style_reader {
    workbook *w;
    struct {
        int64_t id;
        style_kind kind;
    } formats[MOST_FORMATS];
    size_t format_count;
    bool in_cells;
} style_reader;

static style_kind kind_of_parts(bool day, bool month, bool time)
{
    if (day || (month && !time))
        return time ? STYLE_DATE_TIME : STYLE_DATE;
    return time ? STYLE_TIME : STYLE_NUMBER;
}

/* Of a format's first section: the letters that stand for parts of a date, outside of quotes. In
 * brackets are colours and conditions, or hours and minutes beyond a day. */
static style_kind kind_of_format(const char *code)
{
    bool day = false, month = false, time = false;
    for (; *code && *code != ';'; code++) {
        const char letter = (char)(*code | 32);
        if (*code == '"' || *code == '[') {
            const char *end = strchr(code + 1, *code == '"' ? '"' : ']');
            if (*code == '[' && end && strspn(code + 1, "hHmMsS") == (size_t)(end - code - 1))
                time = true;
            if (!end)
                break;
            code = end;
        } else if (strchr("\\_*", *code)) {
            code += code[1] != 0;
        } else {
            day = day || letter == 'd' || letter == 'y';
            month = month || letter == 'm';
            time = time || letter == 'h' || letter == 's';
        }
    }
    return kind_of_parts(day, month, time);
}

/* The formats that have numbers only (18.8.30), those of East Asia included. */
static style_kind kind_of_known(int64_t id)
{
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54)
        || id == 57 || id == 58)
        return STYLE_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55
        || id == 56)
        return STYLE_TIME;
    return id == 22 ? STYLE_DATE_TIME : STYLE_NUMBER;
}

static style_kind kind_of_id(const style_reader *r, int64_t id)
{
    for (size_t i = 0; i < r->format_count; i++)
        if (r->formats[i].id == id)
            return r->formats[i].kind;
    return kind_of_known(id);
}

static void start_style(xml_reader *x, const char *name, const char **attributes)
{
    style_reader *r = x->user;
    workbook *w = r->w;
    const int64_t id = whole_number(foreign_xml_attribute(attributes, "numFmtId"));
    const char *code = foreign_xml_attribute(attributes, "formatCode");
    if (strcmp(name, "cellXfs") == 0)
        r->in_cells = true;
    if (strcmp(name, "numFmt") == 0 && code && r->format_count < MOST_FORMATS) {
        r->formats[r->format_count].id = id;
        r->formats[r->format_count++].kind = kind_of_format(code);
    }
    if (strcmp(name, "xf") != 0 || !r->in_cells || w->style_count == MOST_STYLES)
        return;
    if (!w->style_kinds && !(w->style_kinds = calloc(MOST_STYLES, 1)))
        fail_memory(x);
    else
        w->style_kinds[w->style_count++] = (uint8_t)kind_of_id(r, id);
}

static void end_style(xml_reader *x, const char *name)
{
    style_reader *r = x->user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_cells = false;
}

static relcoord_status read_styles(const opening *o, relcoord_error *err)
{
    style_reader *r = calloc(1, sizeof *r);
    xml_reader x = {.start = start_style, .end = end_style, .user = r};
    relcoord_status status;
    if (!r)
        return foreign_fail_memory(err);
    r->w = o->w;
    status = foreign_xml_read(o->w->zip, o->path, o->styles, &x, err);
    free(r);
    return status;
}

/* ---- Opening ---- */

relcoord_status foreign_xlsx_open(workbook *w, const char *path, const char *sheet,
                                  relcoord_error *err)
{
    opening *o = calloc(1, sizeof *o);
    xml_reader book = {.start = take_book, .end = ignore_end, .user = o};
    relcoord_status status;
    if (!o || !(o->relations = calloc(MOST_SHEETS, sizeof *o->relations))) {
        free(o);
        return foreign_fail_memory(err);
    }
    o->w = w;
    o->path = path;
    o->wanted = sheet;
    status = read_relations(o, "", err);
    if (!status && !*o->book)
        status = foreign_fail(err, RELCOORD_EDATA, path,
                              "this is an archive, but no workbook (.xlsx, .ods)");
    if (!status)
        status = read_relations(o, o->book, err);
    if (!status)
        status = foreign_xml_read(w->zip, path, o->book, &book, err);
    if (!status && !w->sheet)
        status = foreign_fail_sheet(path, sheet ? sheet : "", o->names, err);
    if (!status && *o->strings)
        status = read_texts(o, err);
    if (!status && *o->styles)
        status = read_styles(o, err);
    for (size_t i = 0; i < o->relation_count; i++) {
        free(o->relations[i].id);
        free(o->relations[i].part);
    }
    free(o->relations);
    free(o);
    return status;
}

/* ---- Cells ---- */

typedef struct cell_reader {
    const workbook *w;
    grid *g;
    int64_t row, column, style;
    char type; /* the first letter of the cell's type, and 'r' for the texts of formulas */
    bool in_data, in_value, formula;
    int phonetic;
    cell_text text;
} cell_reader;

/* "B12" is column 1 of row 12, which is said twice; -1 for what has no letters, or too many. */
static int64_t column_of(const char *place)
{
    int64_t column = 0;
    int letters = 0;
    for (; *place >= 'A' && *place <= 'Z' && letters < 4; place++, letters++)
        column = 26 * column + (*place - 'A' + 1);
    return letters < 4 ? column - 1 : -1;
}

static void start_row(cell_reader *r, const char **attributes)
{
    const char *number = foreign_xml_attribute(attributes, "r");
    r->row = number ? whole_number(number) : r->row + 1;
    r->column = -1;
    if (r->row < 1)
        foreign_grid_fail(r->g, 0, 0, "a row without a number: the file is damaged");
}

static void start_cell(cell_reader *r, const char **attributes)
{
    const char *place = foreign_xml_attribute(attributes, "r"),
               *type = foreign_xml_attribute(attributes, "t");
    r->column = place ? column_of(place) : r->column + 1;
    r->style = whole_number(foreign_xml_attribute(attributes, "s"));
    r->type = !type ? 'n' : strcmp(type, "str") == 0 ? 'r' : type[0];
    r->formula = false;
    foreign_text_clear(&r->text);
    if (r->column < 0)
        foreign_grid_fail(r->g, r->row, 0, "a cell without a place: the file is damaged");
}

static void start_part(xml_reader *x, const char *name, const char **attributes)
{
    cell_reader *r = x->user;
    if (strcmp(name, "sheetData") == 0)
        r->in_data = true;
    else if (!r->in_data)
        return;
    else if (strcmp(name, "row") == 0)
        start_row(r, attributes);
    else if (strcmp(name, "c") == 0)
        start_cell(r, attributes);
    else if (strcmp(name, "f") == 0)
        r->formula = true;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else
        r->in_value = (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) && r->phonetic == 0;
    x->status = r->g->status;
}

static void add_value(xml_reader *x, const char *bytes, size_t size)
{
    cell_reader *r = x->user;
    if (r->in_value)
        foreign_text_add(&r->text, bytes, size);
}

/* Days since the last day of 1899 or the first of 1904; before March 1900 one less, for Excel has
 * a 29th of February there. */
static bool print_serial(const cell_reader *r, style_kind kind, double serial,
                         char buffer[DATE_TEXT_SIZE])
{
    const date_format clock = {.unit = DATE_CLOCK, .scale = 1},
                      day = {.unit = DATE_SECONDS,
                             .scale = 1,
                             .origin = r->w->from_1904 ? -24107
                                       : serial < 60   ? -25568
                                                       : -25569,
                             .with_time = kind == STYLE_DATE_TIME};
    if (!(serial >= 0 && serial < 1e7) || (!r->w->from_1904 && serial >= 60 && serial < 61))
        return false;
    return foreign_print_date(kind == STYLE_TIME ? &clock : &day, floor(serial * 86400 + 0.5),
                              buffer);
}

static void give_number(cell_reader *r, const char *text)
{
    style_kind kind = STYLE_NUMBER;
    char printed[DATE_TEXT_SIZE];
    double number;
    if (r->style >= 0 && (size_t)r->style < r->w->style_count)
        kind = (style_kind)r->w->style_kinds[r->style];
    if (!*text && r->formula) {
        foreign_grid_fail(r->g, r->row, r->column,
                          "a formula without its value: save the workbook in the program that "
                          "calculates it");
        return;
    }
    if (!*text)
        return;
    if (!foreign_read_number(text, &number)) {
        foreign_grid_fail(r->g, r->row, r->column, "'%.40s' is no number", text);
        return;
    }
    if (kind == STYLE_NUMBER || !print_serial(r, kind, number, printed))
        foreign_print_number(number, printed);
    foreign_grid_cell(r->g, r->row, r->column, printed);
}

static void end_cell(cell_reader *r)
{
    const workbook *w = r->w;
    const char *text = foreign_text(&r->text);
    int64_t index;
    if (r->text.fault == RELCOORD_EDATA) {
        foreign_grid_fail(r->g, r->row, r->column, "a text is longer than that of a cell can be");
    } else if (r->text.fault) {
        foreign_grid_fail_memory(r->g);
    } else if (r->type == 's') {
        index = whole_number(text);
        if (index >= 0 && (size_t)index < w->text_count)
            foreign_grid_cell(r->g, r->row, r->column, w->texts + w->text_starts[index]);
        else
            foreign_grid_fail(r->g, r->row, r->column,
                              "the cell refers to a text that is not there: the file is damaged");
    } else if (r->type == 'n') {
        give_number(r, text);
    } else { /* text, a date as text, an error's name, or 0 and 1 for no and yes */
        if (r->text.bytes)
            decode(r->text.bytes);
        foreign_grid_cell(r->g, r->row, r->column, text);
    }
}

static void end_part(xml_reader *x, const char *name)
{
    cell_reader *r = x->user;
    r->in_value = false;
    if (!r->in_data)
        return;
    if (strcmp(name, "sheetData") == 0)
        r->in_data = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic--;
    else if (strcmp(name, "c") == 0)
        end_cell(r);
    x->status = r->g->status;
    x->stopped = r->g->done;
}

relcoord_status foreign_xlsx_cells(const workbook *w, grid *g)
{
    cell_reader r = {.w = w, .g = g};
    xml_reader x = {.start = start_part, .end = end_part, .text = add_value, .user = &r};
    relcoord_status status = foreign_xml_read(w->zip, g->file->path, w->part, &x, g->err);
    free(r.text.bytes);
    return status;
}
