/* The grammar of a codebook's `values`: entries split by ';', each a presented value, a score, and
 * labels in two languages. Knows no columns and no roles. */
#include "codebook/values.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

typedef struct scanner {
    reader *r;
    size_t column;
    intern *strings;
    const char *at;                      /* the next byte of the entry */
    const char *entry_start, *entry_end; /* trimmed */
    text part;                           /* the part just read: trimmed, escapes undone */
} scanner;

/* ---- Errors ---- */

static void fail_entry(scanner *s, size_t number, const char *what)
{
    char shown[SHOWN_SIZE];
    reader_fail(s->r, RELCOORD_EDATA, s->column, "entry %zu of values, %s, %s", number,
                reader_shown(s->r, s->entry_start, (size_t)(s->entry_end - s->entry_start), shown),
                what);
}

static void fail_escape(scanner *s, size_t number, const char *escaped)
{
    char what[160], shown[SHOWN_SIZE];
    size_t length = 1; /* of the character */
    while (escaped + length < s->entry_end && ((unsigned char)escaped[length] & 0xC0) == 0x80)
        length++;
    snprintf(what, sizeof what, "has a backslash before %s; it may stand before ; = | and \\ only",
             reader_shown(s->r, escaped, length, shown));
    fail_entry(s, number,
               escaped < s->entry_end ? what
                                      : "ends in a backslash; a backslash itself is written \\\\");
}

__attribute__((format(printf, 3, 0))) static void fail_repeated(scanner *s, size_t number,
                                                                const char *format, size_t earlier)
{
    char message[64];
    snprintf(message, sizeof message, format, earlier);
    fail_entry(s, number, message);
}

/* ---- Parts ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void trim_blanks(const char **start, const char **end)
{
    while (*start < *end && is_blank(**start))
        ++*start;
    while (*end > *start && is_blank((*end)[-1]))
        --*end;
}

/* Where an entry that starts here ends: at a ';' without a backslash, or with the cell. */
static const char *find_entry_end(const char *start, const char *end)
{
    while (start < end && *start != ';')
        start += *start == '\\' && start + 1 < end ? 2 : 1;
    return start;
}

/* Reads up to the next '=' or '|' without a backslash, or to the entry's end; returns which: 0 is
 * the end. */
static char take_part(scanner *s, size_t number)
{
    const char *start = s->at, *end = start;
    char stop;
    while (end < s->entry_end && *end != '=' && *end != '|')
        end += *end == '\\' && end + 1 < s->entry_end ? 2 : 1;
    stop = end < s->entry_end ? *end : 0;
    s->at = stop ? end + 1 : end;
    trim_blanks(&start, &end);
    text_clear(&s->part);
    text_add_bytes(&s->part, start, 0); /* an empty part is "" */
    for (const char *c = start; c < end && !s->r->status; c++) {
        if (*c == '\\' && (++c == s->entry_end || !memchr(";=|\\", *c, 4)))
            fail_escape(s, number, c);
        else
            text_add_bytes(&s->part, c, 1);
    }
    if (s->part.failed)
        reader_fail_memory(s->r);
    return s->r->status ? 0 : stop;
}

static const char *keep_part(scanner *s)
{
    uint32_t id = intern_add(s->strings, s->part.bytes, s->part.length);
    if (id == INTERN_FULL)
        reader_fail_memory(s->r);
    return id == INTERN_FULL ? "" : s->strings->strings[id];
}

/* ---- Entries ---- */

/* Numbers in the presented values have the file's decimal mark, or any that it may have. */
static bool is_number(const scanner *s, double *number)
{
    return number_parse_marked(s->part.bytes, s->part.length,
                               reader_decimal_mark(s->r, s->part.bytes, s->part.length), number);
}

/* Beyond these, squares and products of scores overflow or vanish. */
static const double LEAST_SCORE = 1e-100, MOST_SCORE = 1e100;

static void read_score(scanner *s, size_t number, code *c)
{
    const char *word = s->part.bytes;
    if (strcmp(word, "missing") == 0)
        c->kind = CODE_MISSING;
    else if (strcmp(word, "dk") == 0)
        c->kind = CODE_DONT_KNOW;
    else if (reader_number(s->r, s->column, word, s->part.length, &c->score))
        c->kind = CODE_SCORE;
    else
        fail_entry(s, number, "has a score that is neither a number nor missing nor dk");
    if (c->kind == CODE_SCORE && c->score != 0
        && !(fabs(c->score) >= LEAST_SCORE && fabs(c->score) <= MOST_SCORE))
        fail_entry(s, number, "has a score that is neither 0 nor from 1e-100 to 1e100 in size");
}

static void read_entry(scanner *s, size_t number, code *c)
{
    char stop = take_part(s, number);
    int l = 0;
    *c = (code){.kind = CODE_UNSCORED, .labels = {"", ""}};
    if (s->r->status)
        return;
    if (s->part.length == 0)
        fail_entry(s, number, "has no value in front");
    c->presented = keep_part(s);
    c->numeric = is_number(s, &c->number);
    if (stop == '=') {
        stop = take_part(s, number);
        if (!s->r->status)
            read_score(s, number, c);
    }
    for (; stop == '|' && l < LABEL_LANGUAGES && !s->r->status; l++) {
        stop = take_part(s, number);
        if (!s->r->status)
            c->labels[l] = keep_part(s);
    }
    if (stop == '|')
        fail_entry(s, number, "has more than two labels; a '|' in a label is written \\|");
    else if (stop == '=')
        fail_entry(s, number,
                   l ? "has a '=' behind a label, where it is written \\="
                     : "has a second '=', which in a value or label is written \\=");
}

/* Interned in one table, equal texts are one. */
static void refuse_repeated(scanner *s, const code_list *list, const code *c)
{
    size_t number = list->count + 1;
    for (size_t i = 0; i < list->count && !s->r->status; i++) {
        const code *other = &list->codes[i];
        if (c->presented == other->presented
            || (c->numeric && other->numeric && c->number == other->number))
            fail_repeated(s, number, "has the same value as entry %zu", i + 1);
        else if (*c->labels[ENGLISH] && c->labels[ENGLISH] == other->labels[ENGLISH])
            fail_repeated(s, number, "has the same English label as entry %zu", i + 1);
        else if (*c->labels[DANISH] && c->labels[DANISH] == other->labels[DANISH])
            fail_repeated(s, number, "has the same Danish label as entry %zu", i + 1);
    }
}

static void add_entry(scanner *s, code_list *list, size_t *capacity)
{
    void *codes = list->codes;
    code c;
    if (list->count == MOST_CODES) {
        reader_fail(s->r, RELCOORD_EDATA, s->column, "more than %d entries in values", MOST_CODES);
        return;
    }
    read_entry(s, list->count + 1, &c);
    if (!s->r->status)
        refuse_repeated(s, list, &c);
    if (s->r->status)
        return;
    if (!memory_reserve(&codes, capacity, list->count + 1, sizeof c)) {
        reader_fail_memory(s->r);
        return;
    }
    list->codes = codes;
    list->codes[list->count++] = c;
}

void values_read(reader *r, size_t column, const char *bytes, size_t length, intern *strings,
                 code_list *out)
{
    scanner s = {.r = r, .column = column, .strings = strings};
    const char *end = bytes + length;
    size_t capacity = 0;
    *out = (code_list){0, NULL};
    for (const char *start = bytes, *entry_end; start <= end && !r->status; start = entry_end + 1) {
        entry_end = find_entry_end(start, end);
        s.at = start;
        s.entry_end = entry_end;
        trim_blanks(&s.at, &s.entry_end);
        s.entry_start = s.at;
        if (s.at < s.entry_end)
            add_entry(&s, out, &capacity);
        else if (entry_end < end) /* the cell may end in a ';' */
            reader_fail(r, RELCOORD_EDATA, column, "entry %zu of values is empty", out->count + 1);
    }
    text_free(&s.part);
    if (r->status)
        code_list_free(out);
}
