/* A result as a workbook (.xlsx): a sheet for each table that has rows and one for the notes, all
 * in the language asked for. Numbers are numbers, shown with the decimals of text; a value that
 * does not exist is an empty cell. The same result gives the same bytes. Written here, as
 * libxlsxwriter says on standard error what it cannot write, and writes by way of files of its own.
 * After ECMA-376, part 1, chapters 12 and 18. */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "number.h"
#include "relcoord-formats.h"
#include "workbook/zip.h"

/* Bounds of Excel's; a double counts whole numbers up to 2^53. */
enum {
    LONGEST_SHEET_NAME = 31,
    LONGEST_TEXT = 32767,
    MOST_SHEET_ROWS = 1048576,
    MOST_SHEET_COLUMNS = 16384,
    NARROWEST = 8,
    WIDEST = 40,
    LOOKED_AT = 1000,
    MOST_DECIMALS = 15,
    SPOKEN_SIZE = 2048
};
#define EXACT_INTEGER (INT64_C(1) << 53)
#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."
#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

typedef enum cell_style {
    STYLE_PLAIN,
    STYLE_HEADING,
    STYLE_NUMBER_HEADING,
    STYLE_ESTIMATE,
    STYLE_PERCENT,
    STYLE_PROBABILITY,
    STYLE_WORDS,
    STYLE_SENTENCE
} cell_style;

typedef struct sheet_column {
    const relcoord_table *table;
    size_t index;
    const char *name, *heading;
    relcoord_type type;
    relcoord_kind kind;
    cell_style style; /* of its numbers */
    const char *const *strings;
    const int64_t *integers;
    const double *doubles;
    const uint8_t *valid;
    size_t label; /* the column that its labels stand in, or its own */
    bool aside;   /* it holds labels, which stand in the column that they are of */
} sheet_column;

typedef struct book_writer {
    zip_writer *zip;
    const relcoord_result *result;
    const relcoord_options *options;
    const char *language;
    const relcoord_table **tables;
    size_t count; /* of tables */
    size_t used;
    relcoord_status fault; /* sticky */
    const char *why;       /* where it is RELCOORD_EUSAGE */
    char waiting[1 << 13]; /* bytes on their way to the part */
} book_writer;

static const char too_large[] = "a table is too large for a sheet of a workbook: write csv";

static void fail_because(book_writer *w, const char *why)
{
    w->why = w->fault ? w->why : why;
    w->fault = w->fault ? w->fault : RELCOORD_EUSAGE;
}

/* ---- Bytes of a part ---- */

static void flush(book_writer *w)
{
    foreign_zip_add(w->zip, w->waiting, w->used);
    w->used = 0;
}

static void put(book_writer *w, const char *bytes, size_t size)
{
    if (size > sizeof w->waiting - w->used)
        flush(w);
    memcpy(w->waiting + w->used, bytes, size);
    w->used += size;
}

static void say(book_writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void say_format(book_writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void say_format(book_writer *w, const char *format, ...)
{
    char buffer[512];
    va_list values;
    va_start(values, format);
    vsnprintf(buffer, sizeof buffer, format, values);
    va_end(values);
    say(w, buffer);
}

static void begin_part(book_writer *w, const char *name)
{
    foreign_zip_begin(w->zip, name);
    say(w, DECLARATION);
}

static void end_part(book_writer *w)
{
    flush(w);
    foreign_zip_end(w->zip);
}

/* ---- Text ---- */

/* "_x000A_" would be read as the character of that number. */
static bool looks_escaped(const char *text)
{
    return strncmp(text, "_x", 2) == 0 && strspn(text + 2, "0123456789ABCDEFabcdef") >= 4
           && text[6] == '_';
}

static void say_text(book_writer *w, const char *text)
{
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        if (byte == '&')
            say(w, "&amp;");
        else if (byte == '<')
            say(w, "&lt;");
        else if (byte == '>')
            say(w, "&gt;");
        else if (byte == '"')
            say(w, "&quot;");
        else if (byte == '_' && looks_escaped(text))
            say(w, "_x005F_");
        else if (byte < 0x20 && byte != '\t' && byte != '\n')
            say_format(w, "_x%04X_", byte);
        else
            put(w, text, 1);
    }
}

/* In units of UTF-16, which Excel counts. */
static size_t length_of(const char *text)
{
    size_t length = 0;
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        length += (byte & 0xC0) != 0x80;
        length += byte >= 0xF0;
    }
    return length;
}

/* ---- Cells ---- */

static void say_place(book_writer *w, size_t row, size_t column)
{
    char letters[4];
    int count = 0;
    for (column++; column > 0 && count < 3; column = (column - 1) / 26)
        letters[count++] = (char)('A' + (column - 1) % 26);
    say(w, "<c r=\"");
    while (count > 0)
        put(w, &letters[--count], 1);
    say_format(w, "%zu\"", row + 1);
}

static void add_text(book_writer *w, size_t row, size_t column, const char *text, cell_style style)
{
    if (!*text)
        return;
    if (length_of(text) > LONGEST_TEXT) {
        fail_because(w, "a text is too long for a cell of a workbook: write csv");
        return;
    }
    say_place(w, row, column);
    if (style != STYLE_PLAIN)
        say_format(w, " s=\"%d\"", (int)style);
    say(w, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    say_text(w, text);
    say(w, "</t></is></c>");
}

static void add_number(book_writer *w, size_t row, size_t column, const char *digits,
                       cell_style style)
{
    say_place(w, row, column);
    if (style != STYLE_PLAIN)
        say_format(w, " s=\"%d\"", (int)style);
    say(w, "><v>");
    say(w, digits);
    say(w, "</v></c>");
}

/* In words: a text of the workbook's own, the codes of a note. */
static const char *said(const book_writer *w, const char *english, char translated[SPOKEN_SIZE])
{
    const size_t length = relcoord_translate(w->language, english, translated, SPOKEN_SIZE);
    return length > 0 && length < SPOKEN_SIZE ? translated : english;
}

/* A string as people are shown it: what the codebook calls it, or words for a code. */
static bool holds_sentences(const sheet_column *c)
{
    return c->kind == RELCOORD_NOTE || strcmp(c->name, "estimator") == 0;
}

static const char *shown(const book_writer *w, const sheet_column *c, size_t row,
                         char spoken[SPOKEN_SIZE])
{
    if (holds_sentences(c))
        return said(w, c->strings[row], spoken);
    const char *words = relcoord_result_shown(w->result, c->table, c->label, row, w->language);
    if (!words && c->label != c->index)
        words = relcoord_result_shown(w->result, c->table, c->index, row, w->language);
    return words ? words : c->strings[row];
}

/* What is no number of a workbook stands there as text: whole numbers that a double cannot hold,
 * and the infinite ones. */
static void add_value(book_writer *w, size_t row, size_t column, const sheet_column *c, size_t from)
{
    char digits[NUMBER_TEXT_SIZE], spoken[SPOKEN_SIZE];
    if (!c->valid[from])
        return;
    if (c->type == RELCOORD_STRING) {
        add_text(w, row, column, shown(w, c, from, spoken), STYLE_WORDS);
    } else if (c->type == RELCOORD_INTEGER) {
        snprintf(digits, sizeof digits, "%" PRId64, c->integers[from]);
        if (llabs(c->integers[from]) > EXACT_INTEGER)
            add_text(w, row, column, digits, STYLE_PLAIN);
        else
            add_number(w, row, column, digits, STYLE_PLAIN);
    } else if (isfinite(c->doubles[from])) {
        foreign_print_number(c->doubles[from], digits);
        add_number(w, row, column, digits, c->style);
    } else if (!isnan(c->doubles[from])) {
        add_text(w, row, column, c->doubles[from] < 0 ? "-inf" : "inf", STYLE_PLAIN);
    }
}

/* ---- Sheets ---- */

static bool ends_in(const char *name, const char *end)
{
    const size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

/* As on pages: per cents have two decimals fewer than estimates, probabilities one more. The bounds
 * of an interval are as what they are about. */
static cell_style style_of(const sheet_column *c, cell_style before)
{
    const bool bound = c->kind == RELCOORD_INTERVAL;
    if (bound && before != STYLE_PLAIN)
        return before;
    if (!bound && c->kind != RELCOORD_ESTIMATE)
        return STYLE_PLAIN;
    if (strcmp(c->name, "percent") == 0 || ends_in(c->name, "_percent"))
        return STYLE_PERCENT;
    if (strcmp(c->name, "p") == 0 || strncmp(c->name, "p_", 2) == 0 || ends_in(c->name, "_p"))
        return STYLE_PROBABILITY;
    return STYLE_ESTIMATE;
}

static relcoord_status find_column(const book_writer *w, const relcoord_table *table, size_t index,
                                   cell_style before, sheet_column *c)
{
    *c = (sheet_column){.table = table,
                        .index = index,
                        .label = index,
                        .name = relcoord_table_column_name(table, index),
                        .heading = relcoord_table_heading(table, index, w->language),
                        .type = relcoord_table_column_type(table, index),
                        .kind = relcoord_table_column_kind(table, index)};
    c->style = style_of(c, before);
    switch (c->type) {
    case RELCOORD_STRING:
        return relcoord_table_strings(table, c->name, &c->strings, &c->valid, NULL);
    case RELCOORD_INTEGER:
        return relcoord_table_integers(table, c->name, &c->integers, &c->valid, NULL);
    default: return relcoord_table_doubles(table, c->name, &c->doubles, &c->valid, NULL);
    }
}

/* Labels stand for what they label, beside it, or nowhere. */
static void place_labels(const book_writer *w, sheet_column *columns, size_t count)
{
    const char *wanted = relcoord_options_get(w->options, "labels");
    for (size_t i = 0; i < count; i++) {
        const char *of = relcoord_table_column_of(columns[i].table, i);
        columns[i].aside = of && wanted && strcmp(wanted, "both") != 0;
        for (size_t key = 0; of && (!wanted || strcmp(wanted, "text") == 0) && key < count; key++)
            if (strcmp(columns[key].name, of) == 0)
                columns[key].label = i;
    }
}

/* Whether a column of intervals or notes has none. */
static bool is_empty(const sheet_column *c, size_t rows)
{
    if (c->kind != RELCOORD_INTERVAL && c->kind != RELCOORD_NOTE)
        return false;
    for (size_t row = 0; row < rows; row++)
        if (c->valid[row] && (!c->strings || *c->strings[row]))
            return false;
    return true;
}

/* As wide as the heading and, of the first rows, the longest text. */
static size_t width_of(const book_writer *w, const sheet_column *c, size_t rows)
{
    size_t width = length_of(c->heading) + 2;
    for (size_t row = 0; row < rows && row < LOOKED_AT && c->strings; row++) {
        char spoken[SPOKEN_SIZE];
        const size_t length = length_of(shown(w, c, row, spoken)) + 1;
        width = length > width ? length : width;
    }
    const size_t most = holds_sentences(c) || c->kind == RELCOORD_KEY ? 2 * WIDEST : WIDEST;
    return width < NARROWEST ? NARROWEST : width > most ? most : width;
}

static void begin_sheet(book_writer *w, size_t number)
{
    char part[64];
    snprintf(part, sizeof part, "xl/worksheets/sheet%zu.xml", number);
    begin_part(w, part);
    say(w, "<worksheet xmlns=\"" SPREADSHEET "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
           "<sheetViews><sheetView workbookViewId=\"0\""
           "><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
           "</sheetView></sheetViews><cols>");
}

static void set_width(book_writer *w, size_t column, size_t width)
{
    say_format(w, "<col min=\"%zu\" max=\"%zu\" width=\"%zu\" customWidth=\"1\"/>", column + 1,
               column + 1, width);
}

static void begin_row(book_writer *w, size_t row)
{
    say_format(w, "<row r=\"%zu\">", row + 1);
}

/* An ampersand begins a code of a header on paper. */
static void say_header(book_writer *w, const char *text)
{
    for (; *text; text++) {
        const char letter[] = {*text, '\0'};
        say_text(w, *text == '&' ? "&&" : letter);
    }
}

/* On paper the page is headed by what the table is called. */
static void end_sheet(book_writer *w, const char *title)
{
    const char *given = relcoord_options_get(w->options, "title");
    say(w, "</sheetData><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>"
           "<headerFooter><oddHeader>&amp;L");
    if (given && *given) {
        say_header(w, given);
        say(w, " · ");
    }
    say_header(w, title);
    say(w, "</oddHeader><oddFooter>&amp;R&amp;P/&amp;N</oddFooter></headerFooter></worksheet>");
    end_part(w);
}

static bool goes_on(book_writer *w)
{
    w->fault = w->fault ? w->fault : foreign_zip_fault(w->zip);
    return !w->fault;
}

static void add_table(book_writer *w, size_t number, const relcoord_table *table)
{
    const size_t rows = relcoord_table_rows(table), count = relcoord_table_columns(table);
    sheet_column *columns = calloc(count + 1, sizeof *columns);
    if (!columns)
        w->fault = RELCOORD_ENOMEM;
    if (rows >= MOST_SHEET_ROWS || count > MOST_SHEET_COLUMNS)
        fail_because(w, too_large);
    cell_style about = STYLE_PLAIN;
    for (size_t i = 0; i < count && !w->fault; i++) {
        w->fault = find_column(w, table, i, about, &columns[i]);
        about = columns[i].style != STYLE_PLAIN ? columns[i].style : about;
    }
    if (!w->fault) {
        size_t shown_count = 0;
        place_labels(w, columns, count);
        for (size_t i = 0; i < count; i++)
            if (!columns[i].aside && !(rows && is_empty(&columns[i], rows)))
                columns[shown_count++] = columns[i];
        begin_sheet(w, number);
        for (size_t i = 0; i < shown_count; i++)
            set_width(w, i, width_of(w, &columns[i], rows));
        say(w, "</cols><sheetData>");
        begin_row(w, 0);
        for (size_t i = 0; i < shown_count; i++)
            add_text(w, 0, i, columns[i].heading,
                     columns[i].strings ? STYLE_HEADING : STYLE_NUMBER_HEADING);
        say(w, "</row>");
        for (size_t row = 0; row < rows && goes_on(w); row++) {
            begin_row(w, row + 1);
            for (size_t i = 0; i < shown_count; i++)
                add_value(w, row + 1, i, &columns[i], row);
            say(w, "</row>");
        }
        end_sheet(w, relcoord_table_title(table, w->language));
    }
    free(columns);
}

static void add_note(book_writer *w, size_t row, const char *what, const char *text,
                     cell_style style)
{
    char translated[SPOKEN_SIZE];
    const char *sentence = said(w, text, translated);
    const size_t lines = length_of(sentence) / (2 * WIDEST - 5) + 1;
    char said_what[SPOKEN_SIZE];
    say_format(w, "<row r=\"%zu\" ht=\"%zu\" customHeight=\"1\">", row + 1, 15 * lines);
    add_text(w, row, 0, said(w, what, said_what), style);
    add_text(w, row, 1, sentence, style);
    say(w, "</row>");
}

/* What made the figures, and what a reader has to know of them. */
static void add_notes(book_writer *w)
{
    static const char *const given[] = {"title", "source", "date"};
    char translated[SPOKEN_SIZE];
    const char *note;
    size_t row = 1;
    begin_sheet(w, w->count + 1);
    set_width(w, 0, NARROWEST + 4);
    set_width(w, 1, 2 * WIDEST);
    say(w, "</cols><sheetData>");
    add_note(w, 0, "what", "text", STYLE_HEADING);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        const char *value = relcoord_options_get(w->options, given[i]);
        if (value && *value)
            add_note(w, row++, given[i], value, STYLE_SENTENCE);
    }
    add_note(w, row++, "relcoord", relcoord_version(), STYLE_SENTENCE);
    add_note(w, row++, "analysis", relcoord_result_analysis(w->result), STYLE_SENTENCE);
    for (size_t i = 0; (note = relcoord_result_note(w->result, i)) != NULL; i++)
        add_note(w, row++, "note", note, STYLE_SENTENCE);
    end_sheet(w, said(w, "notes", translated));
}

/* ---- What holds the sheets together ---- */

static void add_types(book_writer *w)
{
    begin_part(w, "[Content_Types].xml");
    say(w, "<Types xmlns=\"" PACKAGE "content-types\">"
           "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
           "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
           "<Override PartName=\"/xl/styles.xml\" ContentType=\"" TYPE "styles+xml\"/>");
    for (size_t i = 1; i <= w->count + 1; i++)
        say_format(w,
                   "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
                   "ContentType=\"" TYPE "worksheet+xml\"/>",
                   i);
    say(w, "</Types>");
    end_part(w);
}

static void add_relations(book_writer *w)
{
    begin_part(w, "_rels/.rels");
    say(w, "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
           "Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    end_part(w);
    begin_part(w, "xl/_rels/workbook.xml.rels");
    say(w, "<Relationships xmlns=\"" PACKAGE "relationships\">");
    for (size_t i = 1; i <= w->count + 1; i++)
        say_format(w,
                   "<Relationship Id=\"rId%zu\" Type=\"" RELATIONS
                   "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                   i, i);
    say_format(w,
               "<Relationship Id=\"rId%zu\" Type=\"" RELATIONS
               "/styles\" Target=\"styles.xml\"/></Relationships>",
               w->count + 2);
    end_part(w);
}

/* Excel takes no two sheets of one name, whatever the case of its letters, and not all letters. */
static void add_sheet_name(book_writer *w, size_t sheet)
{
    char translated[SPOKEN_SIZE];
    const char *name = sheet < w->count ? relcoord_table_title(w->tables[sheet], w->language)
                                        : said(w, "notes", translated);
    say_format(w, "<sheet name=\"%.*s\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", LONGEST_SHEET_NAME,
               name, sheet + 1, sheet + 1);
}

/* On paper the headings stand on every page. */
static void add_print_titles(book_writer *w, size_t sheet)
{
    char translated[SPOKEN_SIZE];
    const char *name = sheet < w->count ? relcoord_table_title(w->tables[sheet], w->language)
                                        : said(w, "notes", translated);
    say_format(w,
               "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"%zu\">'%.*s'!$1:$1"
               "</definedName>",
               sheet, LONGEST_SHEET_NAME, name);
}

static void add_book(book_writer *w)
{
    begin_part(w, "xl/workbook.xml");
    say(w, "<workbook xmlns=\"" SPREADSHEET "\" xmlns:r=\"" RELATIONS "\"><sheets>");
    for (size_t i = 0; i <= w->count; i++)
        add_sheet_name(w, i);
    say(w, "</sheets><definedNames>");
    for (size_t i = 0; i <= w->count; i++)
        add_print_titles(w, i);
    say(w, "</definedNames></workbook>");
    end_part(w);
}

static void add_number_format(book_writer *w, int id, int decimals)
{
    decimals = decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
    say_format(w, "<numFmt numFmtId=\"%d\" formatCode=\"0%s%.*s\"/>", id, decimals > 0 ? "." : "",
               decimals, "000000000000000");
}

/* Styles in the order of cell_style. */
static void add_styles(book_writer *w)
{
    const char *digits = relcoord_options_get(w->options, "digits");
    const int count = digits && *digits >= '0' && *digits <= '9' ? (int)strtol(digits, NULL, 10)
                                                                 : 2;
    begin_part(w, "xl/styles.xml");
    say(w, "<styleSheet xmlns=\"" SPREADSHEET "\"><numFmts count=\"3\">");
    add_number_format(w, 164, count);
    add_number_format(w, 165, count - 2);
    add_number_format(w, 166, count + 1);
    say(w, "</numFmts>");
    say(w,
        "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
        "<border><left/><right/><top/><bottom style=\"thin\"/><diagonal/></border></borders>"
        "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
        "</cellStyleXfs><cellXfs count=\"8\">"
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" "
        "applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"left\" indent=\"1\"/></xf>"
        "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" "
        "applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"right\"/>"
        "</xf>"
        "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"166\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyAlignment=\"1\">"
        "<alignment horizontal=\"left\" indent=\"1\"/></xf>"
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
        "applyAlignment=\"1\">"
        "<alignment horizontal=\"left\" vertical=\"top\" indent=\"1\" "
        "wrapText=\"1\"/></xf></cellXfs><cellStyles count=\"1\">"
        "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
    end_part(w);
}

/* ---- The whole ---- */

/* Whether a list of names has that one. */
static bool lists(const char *names, const char *name)
{
    const size_t length = strlen(name);
    while (*(names += strspn(names, ", "))) {
        if (strncmp(names, name, length) == 0 && (!names[length] || strchr(", ", names[length])))
            return true;
        names += strcspn(names, ", ");
    }
    return false;
}

/* Those that the options name, or all that have rows; the first if none has. */
static relcoord_status choose_tables(book_writer *w, relcoord_error *err)
{
    const char *one = relcoord_options_get(w->options, "table"),
               *names = relcoord_options_get(w->options, "tables");
    const relcoord_table *table;
    size_t count = 0;
    while (relcoord_result_table_at(w->result, count))
        count++;
    w->tables = calloc(count + 1, sizeof *w->tables);
    if (!w->tables)
        return foreign_fail_memory(err);
    names = one && *one ? one : names && *names ? names : "all";
    for (size_t i = 0; i < count; i++) {
        table = relcoord_result_table_at(w->result, i);
        if (lists(names, relcoord_table_name(table))
            || (lists(names, "all") && relcoord_table_rows(table) > 0))
            w->tables[w->count++] = table;
    }
    if (w->count == 0 && lists(names, "all"))
        w->tables[w->count++] = relcoord_result_table(w->result, NULL);
    return w->count > 0 ? RELCOORD_OK
                        : foreign_fail(err, RELCOORD_EUSAGE, NULL, "'%.60s' has no table '%.60s'",
                                       relcoord_result_analysis(w->result), names);
}

static void fill(book_writer *w)
{
    add_types(w);
    add_relations(w);
    add_book(w);
    add_styles(w);
    for (size_t i = 0; i < w->count && goes_on(w); i++)
        add_table(w, i + 1, w->tables[i]);
    if (goes_on(w))
        add_notes(w);
}

static relcoord_status explain(const book_writer *w, relcoord_status status, relcoord_error *err)
{
    switch (status) {
    case RELCOORD_OK: return status;
    case RELCOORD_ENOMEM: return foreign_fail_memory(err);
    case RELCOORD_EUSAGE: return foreign_fail(err, status, NULL, "%s", w->why ? w->why : too_large);
    case RELCOORD_EIO: return foreign_fail(err, status, NULL, "the output could not be stored");
    default: return foreign_fail(err, status, NULL, "a table cannot be read");
    }
}

relcoord_status relcoord_formats_write(const relcoord_result *result, const char *format,
                                       const relcoord_options *options, relcoord_sink sink,
                                       void *user, relcoord_error *err)
{
    book_writer *w;
    relcoord_status status;
    if (!result || !sink || !format || strcmp(format, "xlsx") != 0)
        return foreign_fail(err, RELCOORD_EUSAGE, NULL,
                            "relcoord_formats_write needs a result, a sink and the format xlsx");
    w = calloc(1, sizeof *w);
    if (!w || !(w->zip = foreign_zip_new(sink, user))) {
        free(w);
        return foreign_fail_memory(err);
    }
    w->result = result;
    w->options = options;
    w->language = relcoord_options_get(options, "lang");
    w->language = w->language && *w->language ? w->language : "en";
    status = choose_tables(w, err);
    if (!status) {
        fill(w);
        status = explain(w, goes_on(w) ? foreign_zip_finish(w->zip) : w->fault, err);
    }
    foreign_zip_free(w->zip);
    free(w->tables);
    free(w);
    return status;
}

/* ---- Files ---- */

typedef struct filling {
    relcoord_file *file;
    relcoord_status status;
    relcoord_error error;
} filling;

static int fill_file(void *user, const char *bytes, size_t size)
{
    filling *f = user;
    f->status = relcoord_file_write(f->file, bytes, size, &f->error);
    return f->status != RELCOORD_OK;
}

relcoord_status relcoord_formats_write_file(const relcoord_result *result, const char *path,
                                            const char *format, const relcoord_options *options,
                                            relcoord_error *err)
{
    const char *suffix = path ? strrchr(path, '.') : NULL;
    filling f = {.status = RELCOORD_OK};
    relcoord_status status;
    if (!format && suffix && strcasecmp(suffix, ".xlsx") == 0)
        format = "xlsx";
    if (!result || !path || !format || strcmp(format, "xlsx") != 0)
        return foreign_fail(err, RELCOORD_EUSAGE, NULL,
                            "relcoord_formats_write_file needs a result, a path and the format "
                            "xlsx");
    status = relcoord_file_create(path, result, options, &f.file, err);
    if (status)
        return status;
    status = relcoord_formats_write(result, format, options, fill_file, &f, err);
    if (!status)
        return relcoord_file_commit(f.file, err);
    relcoord_file_discard(f.file);
    if (f.status && err)
        *err = f.error;
    return f.status ? f.status : status;
}
