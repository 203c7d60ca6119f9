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

/* Fields are ignored from now on. */
static void stop(reader *r)
{
    ((builder *)r)->live = 0;
}

relcoord_status builder_start(builder *b, const relcoord_options *options, relcoord_error *err)
{
    memset(b, 0, sizeof *b);
    b->at.take_header = builder_header;
    b->at.take_field = builder_field;
    b->at.take_row = builder_row;
    b->at.stop = stop;
    b->survey = memory_zeroed(1, sizeof *b->survey);
    if (!b->survey)
        return fail_memory(err);
    b->survey->scale_top = SCALE_TOP;
    if (options) {
        b->at.redact = options_flag(options, "redact_values");
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
    reader_free(&b->at);
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

/* ---- Fields ---- */

/* Anything but a bare digit on the scale: empty, in quotes with spaces, or a number in another form. */
static int8_t read_answer(builder *b, size_t column, const char *bytes, size_t length)
{
    char buffer[SHOWN_SIZE];
    double number;
    reader_trim(&bytes, &length);
    if (length == 0)
        return 0;
    if (reader_number(&b->at, column, bytes, length, &number) && number >= 1 && number <= SCALE_TOP && number == floor(number))
        return (int8_t)number;
    if (b->spare_invalid) {
        b->survey->invalid[b->roles[column] - COLUMN_ITEM]++;
        return 0;
    }
    reader_fail(&b->at, RELCOORD_EDATA, column, "%s is not an answer on the scale 1 to %d; a missing answer is an empty field",
                 reader_shown(&b->at, bytes, length, buffer), SCALE_TOP);
    return 0;
}

static double read_weight(builder *b, size_t column, const char *bytes, size_t length)
{
    char buffer[SHOWN_SIZE];
    double weight;
    reader_trim(&bytes, &length);
    if (!reader_number(&b->at, column, bytes, length, &weight) || !(weight >= 0))
        reader_fail(&b->at, RELCOORD_EDATA, column, "%s is not a weight: a number of 0 or more", reader_shown(&b->at, bytes, length, buffer));
    else if (weight > 0 && (weight < SMALLEST_WEIGHT || weight > 1 / SMALLEST_WEIGHT))
        reader_fail(&b->at, RELCOORD_EDATA, column, "the weight %s is not 0 nor from 1e-100 to 1e100", reader_shown(&b->at, bytes, length, buffer));
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
    reader_trim(&bytes, &length);
    id = intern_add(strings, bytes, length);
    if (id == INTERN_FULL)
        reader_fail_memory(&b->at);
    else if (id == count && memchr(bytes, 0, length))
        reader_fail(&b->at, RELCOORD_EDATA, column, "a NUL byte in a label");
    else if (id == count && utf8_valid_prefix(bytes, length) != length)
        reader_fail_text(&b->at, column, reader_shown(&b->at, bytes, length, buffer));
    else if (role == COLUMN_WAVE && id == MOST_WAVES)
        reader_fail(&b->at, RELCOORD_EDATA, column, "more than %d waves", MOST_WAVES);
    else if (length == 0 && (role == COLUMN_WORKGROUP || role == COLUMN_RESPONDENT || role == COLUMN_TARGET))
        reader_fail(&b->at, RELCOORD_EDATA, column, "the %s is empty", column_names[role][0]);
    return b->at.status ? 0 : id;
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
        if (b->at.status)
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
    size_t column = b->at.field++;
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
    b->jumps[b->jump_count++] = (line_jump){tie, b->at.file, b->at.row_line, b->at.row};
    return true;
}

static void add_tie(builder *b)
{
    relcoord_survey *s = b->survey;
    uint32_t tie = s->tie_count_all;
    if (tie == MOST_ROWS || (tie == b->tie_capacity && !grow_ties(b))
        || ((b->run_count == 0 || b->runs[b->run_count - 1].participation != b->current) && !begin_run(b, tie))
        || (b->at.row_line != b->next_line && !note_jump(b, tie))) {
        reader_fail_memory(&b->at);
        return;
    }
    b->next_line = b->at.row_line + 1;
    s->target[tie] = b->row_labels[COLUMN_TARGET];
    memcpy(s->answers + (size_t)tie * ITEM_COUNT, b->row_answers, ITEM_COUNT);
    s->tie_count_all++;
}

void builder_row(int terminator, void *user)
{
    builder *b = user;
    size_t fields = b->at.field;
    (void)terminator;
    b->at.field = 0;
    if (b->at.status)
        return;
    if (fields != b->column_count)
        reader_fail(&b->at, RELCOORD_EDATA, SIZE_MAX, "the row has %zu field%s, the header %zu", fields, fields == 1 ? "" : "s",
                     b->column_count);
    if (!b->at.status)
        builder_find_participation(b);
    if (!b->at.status)
        add_tie(b);
    b->at.row++;
}
