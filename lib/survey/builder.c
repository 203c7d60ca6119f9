/* Building a survey, the part that runs for every field and row: fields to answers and labels, rows to
 * participations and ties. Headings are in header.c, the ordering of what was gathered in finish.c. */
#include "survey/builder.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"

enum {
    SCALE_TOP = 5,
    MOST_WAVES = 1000 /* a respondent's waves are searched one by one */
};
#define SMALLEST_WEIGHT 1e-100 /* the squares of weights, and their sums, must stay in a double's range */

/* ---- Making and freeing ---- */

relcoord_status builder_start(builder *b, const relcoord_options *options, relcoord_error *err)
{
    memset(b, 0, sizeof *b);
    b->survey = memory_zeroed(1, sizeof *b->survey);
    if (!b->survey)
        return fail_memory(err);
    b->survey->scale_top = SCALE_TOP;
    if (options) {
        b->redact = options_flag(options, "redact_values");
        b->spare_invalid = options_choice(options, "invalid") == 1;
        b->duplicates = (duplicate_rule)options_choice(options, "duplicates");
    }
    b->current = NO_PARTICIPATION;
    for (int role = 0; role < COLUMN_ITEM; role++)
        b->labels[role].strings = role == COLUMN_RESPONDENT ? &b->survey->respondent_strings
                                : role == COLUMN_WORKGROUP || role == COLUMN_TARGET
                                    ? &b->survey->label_strings
                                    : role < ATTRIBUTE_COUNT ? &b->survey->attribute_strings[role] : NULL;
    for (int role = 0; role < COLUMN_ITEM; role++)
        b->labels[role].guess = b->labels[role].guesses;
    return RELCOORD_OK;
}

void builder_free(builder *b)
{
    for (size_t i = 0; i < b->column_count; i++)
        memory_free(b->columns[i].name);
    memory_free(b->columns);
    for (int a = 0; a < ATTRIBUTE_COUNT; a++)
        memory_free(b->participation_labels[a]);
    memory_free(b->participation_weights);
    memory_free(b->first_participation);
    memory_free(b->next_participation);
    memory_free(b->participation_respondent);
    memory_free(b->roles);
    memory_free(b->runs);
    memory_free(b->jumps);
    relcoord_survey_free(b->survey);
}

relcoord_status builder_add_note(builder *b, text *note)
{
    void *notes = b->survey->notes;
    if (note->failed || !memory_reserve(&notes, &b->note_capacity, b->survey->note_count + 1, sizeof(char *)))
        return RELCOORD_ENOMEM;
    b->survey->notes = notes;
    b->survey->notes[b->survey->note_count++] = note->bytes;
    memset(note, 0, sizeof *note);
    return RELCOORD_OK;
}

/* ---- Errors ---- */

static void set_error(builder *b, relcoord_status status, size_t column, const char *format, va_list arguments)
{
    char message[2 * sizeof b->error.message]; /* fail() cuts it at a character */
    vsnprintf(message, sizeof message, format, arguments);
    b->status = fail(&b->error, status, "%s", message);
    b->live = 0;
    if (status != RELCOORD_EDATA)
        return;
    b->error.line = b->row_line;
    b->error.row = b->row;
    if (column < b->column_count)
        error_field(b->error.column, sizeof b->error.column, b->columns[column].name);
}

void builder_fail(builder *b, relcoord_status status, size_t column, const char *format, ...)
{
    va_list arguments;
    if (b->status)
        return;
    va_start(arguments, format);
    set_error(b, status, column, format, arguments);
    va_end(arguments);
}

void builder_fail_option(builder *b, size_t column, const char *option, const char *format, ...)
{
    va_list arguments;
    if (b->status)
        return;
    va_start(arguments, format);
    set_error(b, RELCOORD_EDATA, column, format, arguments);
    va_end(arguments);
    error_field(b->error.option, sizeof b->error.option, option);
}

void builder_fail_text(builder *b, size_t column, const char *what)
{
    if (b->encoded)
        builder_fail_option(b, column, "encoding", "%s is not valid UTF-8; option 'encoding' can name another encoding", what);
    else
        builder_fail(b, RELCOORD_EDATA, column, "%s is not valid UTF-8", what);
}

static void fail_no_memory(builder *b)
{
    builder_fail(b, RELCOORD_ENOMEM, SIZE_MAX, "out of memory");
}

const char *builder_shown(const builder *b, const char *bytes, size_t length, char buffer[SHOWN_SIZE])
{
    size_t valid = utf8_valid_prefix(bytes, length), kept = 0;
    if (b->redact)
        return "a value";
    buffer[kept++] = '\'';
    for (size_t i = 0; i < valid && kept < SHOWN_BYTES; i++)
        buffer[kept++] = (unsigned char)bytes[i] < ' ' ? '?' : bytes[i];
    buffer[kept] = 0;
    kept = utf8_valid_prefix(buffer, kept);
    snprintf(buffer + kept, 8, "%s'", kept == valid + 1 && valid == length ? "" : "\xE2\x80\xA6");
    return buffer;
}

/* ---- Fields ---- */

static void trim(const char **bytes, size_t *length)
{
    while (*length > 0 && ((*bytes)[0] == ' ' || (*bytes)[0] == '\t'))
        ++*bytes, --*length;
    while (*length > 0 && ((*bytes)[*length - 1] == ' ' || (*bytes)[*length - 1] == '\t'))
        --*length;
}

/* A number with the decimal mark that the file may have. Thousands are never separated: with a second mark
 * it is no number. */
static bool read_number(builder *b, size_t column, const char *bytes, size_t length, double *number)
{
    bool comma = memchr(bytes, ',', length) != NULL, point = memchr(bytes, '.', length) != NULL;
    char mark = b->decimal == DECIMAL_COMMA || (b->decimal == DECIMAL_DETECTED && comma) ? ',' : '.';
    char buffer[SHOWN_SIZE];
    if (!number_parse_marked(bytes, length, mark, number))
        return false;
    if ((comma || point) && b->decimal_seen && b->decimal_seen != mark)
        builder_fail_option(b, column, "decimal",
                            "%s has a decimal %s, and a number before it a decimal %s; option 'decimal' can say which it is",
                            builder_shown(b, bytes, length, buffer), comma ? "comma" : "point", comma ? "point" : "comma");
    b->decimal_seen = comma || point ? mark : b->decimal_seen;
    return true;
}

/* Anything but a bare digit on the scale: empty, in quotes with spaces, or a number in another form. */
static int8_t read_answer(builder *b, size_t column, const char *bytes, size_t length)
{
    char buffer[SHOWN_SIZE];
    double number;
    trim(&bytes, &length);
    if (length == 0)
        return 0;
    if (read_number(b, column, bytes, length, &number) && number >= 1 && number <= SCALE_TOP && number == floor(number))
        return (int8_t)number;
    if (b->spare_invalid) {
        b->survey->invalid[b->roles[column] - COLUMN_ITEM]++;
        return 0;
    }
    builder_fail(b, RELCOORD_EDATA, column, "%s is not an answer on the scale 1 to %d; a missing answer is an empty field",
                 builder_shown(b, bytes, length, buffer), SCALE_TOP);
    return 0;
}

static double read_weight(builder *b, size_t column, const char *bytes, size_t length)
{
    char buffer[SHOWN_SIZE];
    double weight;
    trim(&bytes, &length);
    if (!read_number(b, column, bytes, length, &weight) || !(weight >= 0))
        builder_fail(b, RELCOORD_EDATA, column, "%s is not a weight: a number of 0 or more", builder_shown(b, bytes, length, buffer));
    else if (weight > 0 && (weight < SMALLEST_WEIGHT || weight > 1 / SMALLEST_WEIGHT))
        builder_fail(b, RELCOORD_EDATA, column, "the weight %s is not 0 nor from 1e-100 to 1e100", builder_shown(b, bytes, length, buffer));
    else
        return weight;
    return 0;
}

/* A label that the cache does not hold. A faulty one is added all the same: the survey is lost then. */
static uint32_t read_label(builder *b, size_t column, column_role role, const char *bytes, size_t length)
{
    intern *strings = b->labels[role].strings;
    uint32_t count = strings->count, id;
    char buffer[SHOWN_SIZE];
    trim(&bytes, &length);
    id = intern_add(strings, bytes, length);
    if (id == INTERN_FULL)
        fail_no_memory(b);
    else if (id == count && memchr(bytes, 0, length))
        builder_fail(b, RELCOORD_EDATA, column, "a NUL byte in a label");
    else if (id == count && utf8_valid_prefix(bytes, length) != length)
        builder_fail_text(b, column, builder_shown(b, bytes, length, buffer));
    else if (role == COLUMN_WAVE && id == MOST_WAVES)
        builder_fail(b, RELCOORD_EDATA, column, "more than %d waves", MOST_WAVES);
    else if (length == 0 && (role == COLUMN_WORKGROUP || role == COLUMN_RESPONDENT || role == COLUMN_TARGET))
        builder_fail(b, RELCOORD_EDATA, column, "the %s is empty", column_names[role][0]);
    return b->status ? 0 : id;
}

/* memcmp of equal lengths. libcsv has just written the field byte by byte: words are compared from its start,
 * but the last bytes singly, for a wide load of them would wait for the stores. */
static inline bool same_bytes(const char *left, const char *right, size_t length)
{
    size_t i = 0;
    for (uint64_t a, b; i + sizeof a < length; i += sizeof a) {
        memcpy(&a, left + i, sizeof a);
        memcpy(&b, right + i, sizeof b);
        if (a != b)
            return false;
    }
    for (; i < length; i++)
        if (left[i] != right[i])
            return false;
    return true;
}

static uint32_t find_label(builder *b, size_t column, column_role role, const char *bytes, size_t length)
{
    label_column *labels = &b->labels[role];
    label_guess *guess = labels->guess;
    if (!guess->string || guess->length != length || !same_bytes(guess->string, bytes, length)) {
        uint32_t count = labels->strings->count, id = read_label(b, column, role, bytes, length);
        if (b->status)
            return 0;
        guess->string = labels->strings->strings[id];
        guess->length = (uint32_t)strlen(guess->string);
        guess->id = id;
        if (id == count) /* a new one: until better is known, the same again */
            labels->guesses[id % LABEL_GUESSES] = *guess;
    }
    labels->guess = &labels->guesses[guess->id % LABEL_GUESSES];
    return guess->id;
}

/* Out of line, so that the way of a plain answer stays short. */
static __attribute__((noinline)) void read_field(builder *b, size_t column, const char *bytes, size_t length)
{
    column_role role = b->roles[column];
    if (role >= COLUMN_ITEM && role < COLUMN_KNOWN)
        b->row_answers[role - COLUMN_ITEM] = read_answer(b, column, bytes, length);
    else if (role == COLUMN_WEIGHT)
        b->row_weight = read_weight(b, column, bytes, length);
    else if (role != COLUMN_IGNORED)
        b->row_labels[role] = find_label(b, column, role, bytes, length);
}

void builder_field(void *bytes, size_t length, void *user)
{
    builder *b = user;
    const char *field = bytes;
    size_t column = b->field++;
    unsigned item;
    if (column >= b->live)
        return;
    item = b->roles[column] - (unsigned)COLUMN_ITEM;
    if (item < ITEM_COUNT && length == 1 && (unsigned)(field[0] - '1') < SCALE_TOP)
        b->row_answers[item] = (int8_t)(field[0] - '0');
    else
        read_field(b, column, length ? field : "", length);
}

/* ---- Rows ---- */

/* Makes room for more ties. */
static bool grow_ties(builder *b)
{
    relcoord_survey *s = b->survey;
    size_t capacity = b->tie_capacity ? 2 * b->tie_capacity : 1024;
    int8_t *answers = memory_resize(s->answers, capacity, ITEM_COUNT);
    s->answers = answers ? answers : s->answers;
    if (!answers || !builder_grow(&s->target, capacity))
        return false;
    b->tie_capacity = capacity;
    return true;
}

/* Notes that from this tie on rows belong to the current participation. */
static bool begin_run(builder *b, uint32_t tie)
{
    void *runs = b->runs;
    if (!memory_reserve(&runs, &b->run_capacity, b->run_count + 1, sizeof *b->runs))
        return false;
    b->runs = runs;
    b->runs[b->run_count++] = (row_run){b->current, tie};
    return true;
}

static bool note_jump(builder *b, uint32_t tie)
{
    void *jumps = b->jumps;
    if (!memory_reserve(&jumps, &b->jump_capacity, b->jump_count + 1, sizeof *b->jumps))
        return false;
    b->jumps = jumps;
    b->jumps[b->jump_count++] = (line_jump){tie, b->file, b->row_line, b->row};
    return true;
}

static void add_tie(builder *b)
{
    relcoord_survey *s = b->survey;
    uint32_t tie = s->tie_count_all;
    if (tie == MOST_ROWS || (tie == b->tie_capacity && !grow_ties(b))
        || ((b->run_count == 0 || b->runs[b->run_count - 1].participation != b->current) && !begin_run(b, tie))
        || (b->row_line != b->next_line && !note_jump(b, tie))) {
        fail_no_memory(b);
        return;
    }
    b->next_line = b->row_line + 1;
    s->target[tie] = b->row_labels[COLUMN_TARGET];
    memcpy(s->answers + (size_t)tie * ITEM_COUNT, b->row_answers, ITEM_COUNT);
    s->tie_count_all++;
}

void builder_row(int terminator, void *user)
{
    builder *b = user;
    size_t fields = b->field;
    (void)terminator;
    b->field = 0;
    if (b->status)
        return;
    if (fields != b->column_count)
        builder_fail(b, RELCOORD_EDATA, SIZE_MAX, "the row has %zu field%s, the header %zu", fields, fields == 1 ? "" : "s",
                     b->column_count);
    if (!b->status)
        builder_find_participation(b);
    if (!b->status)
        add_tie(b);
    b->row++;
}
