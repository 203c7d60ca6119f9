#include "survey/building/fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/utf8.h"

enum {
    SCALE_TOP = 5,
    MOST_WAVES = 1000 /* a respondent's waves are searched one by one */
};
#define SMALLEST_WEIGHT \
    1e-100 /* the squares of weights, and their sums, must stay in a double's range */

/* ---- Values ---- */

/* A value that the codebook does not list: is it a slip, or a label where values stand? No number
 * is a slip of another. */
static void refuse_unlisted(builder *b, size_t column, const code_list *codes, const char *bytes,
                            size_t length)
{
    const char *presented[MOST_CODES], *near = NULL, *labelled = NULL;
    char buffer[SHOWN_SIZE], word[SHOWN_SIZE];
    const char *shown = reader_shown(&b->at, bytes, length, buffer);
    double number;
    for (size_t i = 0; i < codes->count; i++)
        presented[i] = codes->codes[i].presented;
    if (length < sizeof word && !b->at.redact
        && !number_parse_marked(bytes, length, '.', &number)) {
        snprintf(word, sizeof word, "%.*s", (int)length, bytes);
        near = relcoord_nearest(word, presented, codes->count);
        for (size_t i = 0; i < codes->count && !labelled; i++)
            if (strcmp(word, codes->codes[i].labels[ENGLISH]) == 0
                || strcmp(word, codes->codes[i].labels[DANISH]) == 0)
                labelled = presented[i];
    }
    if (labelled)
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "%s is not one of the values listed in the codebook, but the label of '%s'",
                    shown, labelled);
    else if (near)
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "%s is not one of the values listed in the codebook; is it '%s'?", shown, near);
    else
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "%s is not one of the %zu values listed in the codebook", shown, codes->count);
}

/* A value that cannot be an answer: counted where that is asked for, else an error. */
static void refuse_value(builder *b, size_t column, const column_use *use, const char *bytes,
                         size_t length)
{
    const code_list *codes = use->codes;
    line_jump here = builder_here(b);
    char buffer[SHOWN_SIZE];
    if (b->spare_invalid
        && use->kind
               != USE_LABEL) { /* a label says whose answers they are: without it they mislead */
        b->survey->variables[use->variable].invalid++;
        builder_add_problem(b, PROBLEM_INVALID, use->variable, bytes, length, &here);
        return;
    }
    if (use->kind == USE_ITEM && b->survey->items[use->slot].entry->values.count == 0 && codes) {
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "%s is not an answer on the scale 1 to %d, which an item without values in the "
                    "codebook has",
                    reader_shown(&b->at, bytes, length, buffer), SCALE_TOP);
        return;
    }
    if (!codes) {
        reader_fail(
            &b->at, RELCOORD_EDATA, column,
            use->kind == USE_ANSWER
                ? "%s is not an answer on the scale 1 to %d; a missing answer is an empty field"
                : "%s is not a number",
            reader_shown(&b->at, bytes, length, buffer), SCALE_TOP);
        return;
    }
    refuse_unlisted(b, column, codes, bytes, length);
}

/* The place of a field's code; codes->count when it has none. */
static size_t find_code(builder *b, const code_list *codes, const char *bytes, size_t length)
{
    return code_list_find(codes, bytes, length, reader_decimal_mark(&b->at, bytes, length));
}

/* What a code is as an answer about a workgroup. */
static int8_t code_answer(const code_list *codes, size_t place)
{
    int ordinal = 0;
    switch (codes->codes[place].kind) {
    case CODE_SCORE: return (int8_t)codes->codes[place].score;
    case CODE_DONT_KNOW: return ANSWER_DONT_KNOW;
    case CODE_MISSING: return ANSWER_MISSING;
    case CODE_UNSCORED: break;
    }
    for (size_t i = 0; i < place; i++)
        ordinal += codes->codes[i].kind == CODE_UNSCORED;
    return (int8_t)(ANSWER_UNSCORED - ordinal);
}

/* Anything but a plain digit: empty, in quotes with spaces, a word, or a number in another form. */
static int8_t read_answer(builder *b, size_t column, const column_use *use, const char *bytes,
                          size_t length)
{
    double number;
    if (length == 0)
        return ANSWER_NONE;
    if (use->codes) {
        size_t place = find_code(b, use->codes, bytes, length);
        if (place < use->codes->count)
            return code_answer(use->codes, place);
    } else if (reader_number(&b->at, column, bytes, length, &number) && number >= 1
               && number <= SCALE_TOP && number == floor(number)) {
        return (int8_t)number;
    }
    refuse_value(b, column, use, bytes, length);
    return ANSWER_NONE;
}

static void read_item(builder *b, size_t column, const column_use *use, const char *bytes,
                      size_t length)
{
    double number = NAN;
    size_t place;
    if (!use->codes) {
        if (length > 0 && !reader_number(&b->at, column, bytes, length, &number)) {
            refuse_value(b, column, use, bytes, length);
            number = NAN;
        }
        b->row_numbers[use->slot] = number;
        return;
    }
    place = length > 0 ? find_code(b, use->codes, bytes, length) : use->codes->count;
    if (place == use->codes->count && length > 0)
        refuse_value(b, column, use, bytes, length);
    b->row_places[use->slot] = place < use->codes->count ? (uint8_t)(place + 1) : 0;
}

static void read_member(builder *b, size_t column, const column_use *use, const char *bytes,
                        size_t length)
{
    char buffer[SHOWN_SIZE];
    double number = 0;
    if (use->codes && length > 0) {
        size_t place = find_code(b, use->codes, bytes, length);
        if (place == use->codes->count)
            refuse_value(b, column, use, bytes, length);
        else if (use->codes->codes[place].kind == CODE_SCORE)
            number = use->codes->codes[place].score;
    } else if (length > 0
               && !(reader_number(&b->at, column, bytes, length, &number)
                    && (number == 0 || number == 1))) {
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "%s is neither 1 (in the group) nor 0 (not in it)",
                    reader_shown(&b->at, bytes, length, buffer));
    }
    b->row_members[use->slot] = number == 1;
    b->row_has_status = b->row_has_status
                        || (length > 0 && b->members[use->slot].attribute == COLUMN_STATUS);
}

static double read_weight(builder *b, size_t column, const char *bytes, size_t length)
{
    char buffer[SHOWN_SIZE];
    double weight;
    if (!reader_number(&b->at, column, bytes, length, &weight) || !(weight >= 0))
        reader_fail(&b->at, RELCOORD_EDATA, column, "%s is not a weight: a number of 0 or more",
                    reader_shown(&b->at, bytes, length, buffer));
    else if (weight > 0 && (weight < SMALLEST_WEIGHT || weight > 1 / SMALLEST_WEIGHT))
        reader_fail(&b->at, RELCOORD_EDATA, column,
                    "the weight %s is not 0 nor from 1e-100 to 1e100",
                    reader_shown(&b->at, bytes, length, buffer));
    else
        return weight;
    return 0;
}

/* ---- Labels ---- */

static const char *slot_name(const builder *b, uint32_t slot)
{
    return slot == LABEL_TARGET       ? "target"
           : slot == LABEL_RESPONDENT ? "respondent"
                                      : b->survey->attributes[slot - LABEL_ATTRIBUTE].name;
}

/* A faulty label is added all the same: the survey is lost then. */
uint32_t builder_label(builder *b, size_t column, uint32_t slot, const code_list *codes,
                       const char *bytes, size_t length)
{
    intern *strings = builder_strings(b, slot);
    uint32_t count = strings->count, id;
    char buffer[SHOWN_SIZE];
    if (codes && length > 0) {
        size_t place = find_code(b, codes, bytes, length);
        const code *c = &codes->codes[place];
        if (place == codes->count) {
            refuse_value(b, column, &(column_use){.kind = USE_LABEL, .codes = codes}, bytes,
                         length);
            return 0;
        }
        bytes = c->kind == CODE_UNSCORED ? code_name(c) : "";
        length = strlen(bytes);
    }
    id = intern_add(strings, bytes, length);
    if (id == INTERN_FULL)
        reader_fail_memory(&b->at);
    else if (id == count && memchr(bytes, 0, length))
        reader_fail(&b->at, RELCOORD_EDATA, column, "a NUL byte in a label");
    else if (id == count && utf8_valid_prefix(bytes, length) != length)
        reader_fail_text(&b->at, column, reader_shown(&b->at, bytes, length, buffer));
    else if (slot == LABEL_ATTRIBUTE + COLUMN_WAVE && id == MOST_WAVES)
        reader_fail(&b->at, RELCOORD_EDATA, column, "more than %d waves", MOST_WAVES);
    else if (length == 0 && slot <= LABEL_ATTRIBUTE + COLUMN_WORKGROUP
             && (slot != LABEL_ATTRIBUTE + COLUMN_WORKGROUP || b->has_ties))
        reader_fail(&b->at, RELCOORD_EDATA, column, "the %s is empty", slot_name(b, slot));
    return b->at.status ? 0 : id;
}

/* The same by way of the fields seen before. *string becomes one that stays: the field. */
static uint32_t known_label(builder *b, size_t column, const column_use *use, const char *bytes,
                            size_t length, const char **string)
{
    label_column *labels = &b->labels[use->slot];
    uint32_t count = labels->fields.count, field, id;
    void *known = labels->labels;
    if (!use->codes) {
        id = builder_label(b, column, use->slot, NULL, bytes, length);
        *string = b->at.status ? "" : labels->strings->strings[id];
        return id;
    }
    field = intern_add(&labels->fields, bytes, length);
    if (field == INTERN_FULL
        || !memory_reserve(&known, &labels->label_capacity, count + (size_t)1,
                           sizeof *labels->labels)) {
        reader_fail_memory(&b->at);
        return 0;
    }
    labels->labels = known;
    if (field == count)
        labels->labels[field] = builder_label(b, column, use->slot, use->codes, bytes, length);
    *string = labels->fields.strings[field];
    return labels->labels[field];
}

/* memcmp of equal lengths. libcsv has just written the field byte by byte: words are compared from
 * its start, but the last bytes singly, for a wide load of them would wait for the stores. */
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

/* The label that is expected next, if that is what the field has. */
static inline bool take_guess(label_column *labels, const char *bytes, size_t length, uint32_t *id)
{
    const label_guess *guess = labels->guess;
    if (!guess->string || guess->length != length || !same_bytes(guess->string, bytes, length))
        return false;
    *id = guess->id;
    labels->guess = &labels->guesses[guess->id % LABEL_GUESSES];
    return true;
}

static uint32_t find_label(builder *b, size_t column, const column_use *use, const char *bytes,
                           size_t length)
{
    label_column *labels = &b->labels[use->slot];
    label_guess *guess = labels->guess;
    uint32_t count = labels->strings->count, id;
    const char *string = "";
    if (take_guess(labels, bytes, length, &id))
        return id;
    reader_trim(&bytes, &length);
    id = known_label(b, column, use, bytes, length, &string);
    if (b->at.status)
        return 0;
    *guess = (label_guess){string, (uint32_t)strlen(string), id};
    if (id == count) /* a new one: until better is known, the same again */
        labels->guesses[id % LABEL_GUESSES] = *guess;
    labels->guess = &labels->guesses[id % LABEL_GUESSES];
    return id;
}

/* ---- Fields ---- */

/* Out of line, so that the way of a plain answer stays short. */
static __attribute__((noinline)) void read_field(builder *b, size_t column, const char *bytes,
                                                 size_t length)
{
    for (uint32_t i = b->first_use[column]; i < b->first_use[column + 1]; i++) {
        const column_use *use = &b->uses[i];
        const char *trimmed = bytes;
        size_t trimmed_length = length;
        if (use->kind == USE_LABEL) {
            b->row_labels[use->slot] = find_label(b, column, use, bytes, length);
            continue;
        }
        reader_trim(&trimmed, &trimmed_length);
        switch (use->kind) {
        case USE_ANSWER:
            b->row_answers[use->slot] = read_answer(b, column, use, trimmed, trimmed_length);
            break;
        case USE_ITEM: read_item(b, column, use, trimmed, trimmed_length); break;
        case USE_MEMBER: read_member(b, column, use, trimmed, trimmed_length); break;
        default: b->row_weight = read_weight(b, column, trimmed, trimmed_length);
        }
    }
}

void builder_field(void *bytes, size_t length, void *user)
{
    builder *b = user;
    const char *field = bytes;
    size_t column = b->at.field++;
    const hot_column *hot;
    if (column >= b->live)
        return;
    hot = &b->hot[column];
    if (hot->is_label
        && take_guess(&b->labels[hot->place], field, length, &b->row_labels[hot->place]))
        return;
    if (length == 1 && (unsigned)(field[0] - '0') < 10) {
        int8_t answer = hot->digits[field[0] - '0'];
        if (answer != NOT_PLAIN) {
            b->row_answers[hot->place] = answer;
            return;
        }
    }
    if (length == 0 && hot->is_answer)
        b->row_answers[hot->place] = ANSWER_NONE;
    else
        read_field(b, column, length ? field : "", length);
}

/* What each digit is in a column that is read as an answer and nothing else; or that it is such a
 * label. */
static void find_plain_way(builder *b, size_t column)
{
    hot_column *hot = &b->hot[column];
    const column_use *use = &b->uses[b->first_use[column]];
    memset(hot->digits, NOT_PLAIN, sizeof hot->digits);
    hot->is_answer = hot->is_label = false;
    if (b->first_use[column + 1] - b->first_use[column] != 1
        || (use->kind != USE_ANSWER && use->kind != USE_LABEL))
        return;
    hot->place = use->slot;
    hot->is_answer = use->kind == USE_ANSWER;
    hot->is_label = !hot->is_answer;
    if (hot->is_label)
        return;
    for (char digit = '0'; digit <= '9'; digit++) {
        size_t place = use->codes ? code_list_find(use->codes, &digit, 1, '.') : 0;
        if (!use->codes && digit >= '1' && digit <= '0' + SCALE_TOP)
            hot->digits[digit - '0'] = (int8_t)(digit - '0');
        else if (use->codes && place < use->codes->count)
            hot->digits[digit - '0'] = code_answer(use->codes, place);
    }
}

void builder_ready_columns(builder *b)
{
    hot_column *hot = memory_resize(b->hot, b->column_count, sizeof *hot);
    if (!hot) {
        reader_fail_memory(&b->at);
        return;
    }
    b->hot = hot;
    for (size_t column = 0; column < b->column_count; column++)
        find_plain_way(b, column);
    b->live = b->column_count;
}
