/* Labels and missing values of a file in a drafted codebook: each row's cell of values is taken
 * apart, completed and put together again, in the order of the values. The draft has what was seen;
 * a file also has labels of values that nobody gave. */
#include "codebook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    VARIABLE,
    ROLE,
    SCALE,
    DIMENSION,
    TARGET,
    LEVEL,
    VALUES,
    LABEL_EN,
    LABEL_DA,
    CELL_COUNT,
    MOST_ENTRIES = 250
};
static const char *const headings[CELL_COUNT] = {
    "variable", "role", "scale", "dimension", "target", "level", "values", "label_en", "label_da"};

/* An entry of values: what is presented, what it counts as ("" for nothing), its label or NULL, and
 * what labels the draft itself has, escaped. */
typedef struct entry {
    char *presented, *score, *drafted;
    const char *label;
    bool numeric;
    double number;
    size_t place; /* among those as old */
} entry;

typedef struct drafted {
    const data_files *files;
    const char *const *cells[CELL_COUNT];
    size_t rows;
    const char *const *decided, *const *guess; /* by decision */
    size_t decisions;
    entry *entries; /* of the row at hand */
    size_t count;
    bool failed;
} drafted;

/* ---- Entries ---- */

static char *copy_span(drafted *d, const char *text, size_t length)
{
    char *copy = strndup(text, length);
    d->failed = d->failed || !copy;
    return copy;
}

static void add_entry(drafted *d, char *presented, char *score, char *labels, const char *label)
{
    entry e = {presented, score, labels, label, false, 0, d->count};
    if (!presented || !score || !labels
        || d->count == MOST_ENTRIES + 1) { /* one more than may be says that there are too many */
        free(presented);
        free(score);
        free(labels);
        return;
    }
    e.numeric = foreign_read_number(presented, &e.number);
    d->entries[d->count++] = e;
}

static void drop_entries(drafted *d)
{
    for (size_t i = 0; i < d->count; i++) {
        free(d->entries[i].presented);
        free(d->entries[i].score);
        free(d->entries[i].drafted);
    }
    d->count = 0;
}

/* Where a part of a cell ends: at one of the marks without a backslash. */
static size_t part_length(const char *text, const char *marks)
{
    size_t length = 0;
    while (text[length] && !strchr(marks, text[length]))
        length += text[length] == '\\' && text[length + 1] ? 2 : 1;
    return length;
}

/* What stands in the data: without the backslashes. */
static char *unescaped(drafted *d, const char *text, size_t length)
{
    char *copy = copy_span(d, text, length), *to = copy;
    for (const char *from = copy; from && *from; from++) {
        from += *from == '\\' && from[1];
        *to++ = *from;
    }
    if (to)
        *to = 0;
    return copy;
}

static void read_entries(drafted *d, const char *cell)
{
    while (*cell && !d->failed) {
        const size_t presented = part_length(cell, ";=|"), behind = part_length(cell, ";|"),
                     end = part_length(cell, ";");
        const char *score = cell[presented] == '=' ? cell + presented + 1 : cell + behind;
        add_entry(d, unescaped(d, cell, presented),
                  copy_span(d, score, (size_t)(cell + behind - score)),
                  copy_span(d, cell + behind, end - behind), NULL);
        cell += end + (cell[end] == ';');
    }
}

static entry *find_entry(drafted *d, const value_label *value)
{
    for (size_t i = 0; i < d->count; i++) {
        entry *e = &d->entries[i];
        if (value->text ? strcmp(e->presented, value->text) == 0
                        : e->numeric && e->number == value->number)
            return e;
    }
    return NULL;
}

/* Numbers in their order, what is missing behind them, and texts as they came. */
static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    int missing = (strcmp(a->score, "missing") == 0) - (strcmp(b->score, "missing") == 0);
    if (missing != 0)
        return missing;
    if (a->numeric && b->numeric && a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->numeric != b->numeric ? b->numeric - a->numeric
                                    : (a->place > b->place) - (a->place < b->place);
}

/* ---- What a file says ---- */

static bool is_dont_know(const char *label)
{
    static const char *const words[] = {"don't know", "don’t know", "do not know", "dont know",
                                        "ved ikke"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(label, words[i]) == 0)
            return true;
    return false;
}

static bool is_missing(const file_column *c, const value_label *value)
{
    for (size_t i = 0; i < c->missing_count; i++) {
        const missing_range *range = &c->missing[i];
        if (value->text
                ? range->text && strcmp(range->text, value->text) == 0
                : !range->text && value->number >= range->low && value->number <= range->high)
            return true;
    }
    return false;
}

/* What a value counts as that nobody gave, but that has a label: an item's number is its score,
 * which is whole. */
static const char *score_of(const drafted *d, size_t row, const value_label *value)
{
    if (is_dont_know(value->label))
        return "dk";
    return strcmp(d->cells[ROLE][row], "item") == 0 && !value->text && value->number >= 1
                   && value->number <= 127 && value->number == floor(value->number)
               ? "="
               : "";
}

static void add_value(drafted *d, size_t row, const file_column *c, const value_label *value)
{
    const char *score = is_missing(c, value) ? "missing" : NULL;
    entry *e = find_entry(d, value);
    char number[NUMBER_TEXT_SIZE];
    if (e) {
        e->label = e->label || !*value->label ? e->label : value->label;
        if (score) {
            free(e->score);
            e->score = copy_span(d, score, strlen(score));
        }
        return;
    }
    if (!value->text)
        foreign_print_number(value->number, number);
    score = score ? score : score_of(d, row, value);
    score = *score == '=' ? number : score;
    add_entry(d,
              copy_span(d, value->text ? value->text : number,
                        strlen(value->text ? value->text : number)),
              copy_span(d, score, strlen(score)), copy_span(d, "", 0),
              *value->label ? value->label : NULL);
}

static void add_column(drafted *d, size_t row, const file_column *c)
{
    for (size_t i = 0; c->set && i < c->set->count && !d->failed; i++)
        add_value(d, row, c, &c->set->labels[i]);
    for (size_t i = 0; i < c->missing_count && !d->failed; i++) {
        const missing_range *range = &c->missing[i];
        static char none[] = "";
        if (range->text || range->low == range->high)
            add_value(d, row, c, &(value_label){range->low, range->text, none});
    }
}

/* ---- Rows ---- */

static bool stands_in(const char *name, const char *const *names, size_t count,
                      const char *const *guess)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0 && (!guess || !*guess[i]))
            return true;
    return false;
}

/* Whether a row is about a column: by its name, or as a pattern, which is about all that no other
 * row names and that is not left out. */
static bool is_about(const drafted *d, size_t row, const file_column *c)
{
    const char *variable = d->cells[VARIABLE][row];
    if (!strchr(variable, '{'))
        return strcmp(variable, c->name) == 0;
    return !stands_in(c->name, d->cells[VARIABLE], d->rows, NULL)
           && !stands_in(c->name, d->decided, d->decisions, d->guess);
}

static bool has_values(const drafted *d, size_t row)
{
    const char *role = d->cells[ROLE][row];
    const bool member = strcmp(role, "item") != 0 && *d->cells[DIMENSION][row];
    return *d->cells[VALUES][row] && !member && strcmp(role, "respondent") != 0
           && strcmp(role, "weight") != 0;
}

static void print_escaped(FILE *to, const char *text)
{
    for (; *text; text++) {
        if (strchr(";=|\\", *text))
            putc('\\', to);
        putc(*text, to);
    }
}

void foreign_print_field(FILE *to, const char *text)
{
    const bool quoted = strpbrk(text, ",\"\r\n;\t") != NULL;
    if (quoted)
        putc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', to);
        putc(*text, to);
    }
    if (quoted)
        putc('"', to);
}

/* Two entries of a codebook have two labels: the second gets its value beside it. */
static void print_entry(const drafted *d, FILE *to, size_t i)
{
    const entry *e = &d->entries[i];
    bool repeated = false;
    for (size_t j = 0; j < i && e->label; j++)
        repeated = repeated || (d->entries[j].label && strcmp(d->entries[j].label, e->label) == 0);
    print_escaped(to, e->presented);
    if (*e->score)
        fprintf(to, "=%s", e->score);
    if (e->label) {
        putc('|', to);
        print_escaped(to, e->label);
    }
    if (!e->label)
        fputs(e->drafted, to);
    if (repeated) {
        fputs(" (", to);
        print_escaped(to, e->presented);
        putc(')', to);
    }
}

/* The row's cell of values; the draft's own where there would be more entries than may be. */
static void print_values(drafted *d, FILE *to, size_t row)
{
    char *cell = NULL;
    size_t size;
    FILE *memory;
    read_entries(d, d->cells[VALUES][row]);
    for (size_t f = 0; f < d->files->count; f++)
        for (size_t i = 0; i < d->files->files[f].column_count && has_values(d, row); i++)
            if (is_about(d, row, &d->files->files[f].columns[i]))
                add_column(d, row, &d->files->files[f].columns[i]);
    memory = d->count <= MOST_ENTRIES && has_values(d, row) && !d->failed
                 ? open_memstream(&cell, &size)
                 : NULL;
    if (memory) {
        qsort(d->entries, d->count, sizeof *d->entries, compare_entries);
        for (size_t i = 0; i < d->count; i++) {
            if (i > 0)
                putc(';', memory);
            print_entry(d, memory, i);
        }
        d->failed = fclose(memory) != 0 || d->failed;
    }
    foreign_print_field(to, cell ? cell : d->cells[VALUES][row]);
    free(cell);
    drop_entries(d);
}

/* What the file calls the row's column, if it calls no other so. */
static const char *label_of(const drafted *d, size_t row)
{
    const data_file *f = &d->files->files[0];
    const char *label = "";
    size_t alike = 0;
    for (size_t i = 0; i < f->column_count; i++)
        if (strcmp(f->columns[i].name, d->cells[VARIABLE][row]) == 0)
            label = f->columns[i].label;
    for (size_t i = 0; i < f->column_count; i++)
        alike += strcmp(f->columns[i].label, label) == 0;
    return alike == 1 ? label : "";
}

static void print_codebook(drafted *d, FILE *to)
{
    for (size_t i = 0; i < CELL_COUNT; i++)
        fprintf(to, "%s%s", i > 0 ? "," : "", headings[i]);
    for (size_t row = 0; row < d->rows; row++)
        for (size_t i = 0; i < CELL_COUNT; i++) {
            putc(i > 0 ? ',' : '\n', to);
            if (i == VALUES)
                print_values(d, to, row);
            else
                foreign_print_field(to, i == LABEL_EN ? label_of(d, row) : d->cells[i][row]);
        }
    putc('\n', to);
}

char *foreign_codebook(const data_files *files, const relcoord_result *draft)
{
    const relcoord_table *codebook = relcoord_result_table(draft, "codebook"),
                         *decisions = relcoord_result_table(draft, "decisions");
    drafted d = {.files = files,
                 .rows = relcoord_table_rows(codebook),
                 .decisions = relcoord_table_rows(decisions)};
    const uint8_t *valid;
    relcoord_error error;
    char *text = NULL;
    size_t size;
    FILE *to;
    for (size_t i = 0; i < CELL_COUNT; i++)
        if (relcoord_table_strings(codebook, headings[i], &d.cells[i], &valid, &error))
            return NULL;
    if (relcoord_table_strings(decisions, "variable", &d.decided, &valid, &error)
        || relcoord_table_strings(decisions, "guess", &d.guess, &valid, &error))
        return NULL;
    d.entries = calloc(MOST_ENTRIES + 1, sizeof *d.entries);
    to = d.entries ? open_memstream(&text, &size) : NULL;
    if (to) {
        print_codebook(&d, to);
        d.failed = fclose(to) != 0 || d.failed;
    }
    free(d.entries);
    if (!d.failed)
        return text;
    free(text);
    return NULL;
}
