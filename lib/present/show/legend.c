#include "present/show/legend.h"

#include <string.h>

#include "base/utf8.h"
#include "present/show/value.h"
#include "words/words.h"

/* Where several reasons for having no value occur, each has a number of its own. */
static const char *const numbers[LEGEND_LIMIT] = {"¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* ---- Learning what occurs -------------------------------------------------------------------- */

static void learn_note(legend *marks, const char *note)
{
    for (size_t i = 0; i < marks->note_count; i++)
        if (strcmp(marks->notes[i], note) == 0)
            return;
    if (marks->note_count < LEGEND_LIMIT)
        marks->notes[marks->note_count++] = note;
}

/* Notes a word of the letter column; too many words are no legend but a column of words. */
static bool learn_word(legend *marks, const char *shown, double estimate)
{
    size_t i = 0;

    while (i < marks->word_count && strcmp(marks->words[i], shown) != 0)
        i++;
    if (i == LEGEND_LIMIT)
        return false;
    if (i == marks->word_count) {
        marks->words[marks->word_count++] = shown;
        marks->lowest[i] = estimate;
    }
    if (!(marks->lowest[i] <= estimate))
        marks->lowest[i] = estimate;
    return true;
}

/* The words of a scale come in the order of the estimates they stand beside. */
static void sort_words(legend *marks)
{
    for (size_t i = 1; i < marks->word_count; i++)
        for (size_t j = i; j && marks->lowest[j] < marks->lowest[j - 1]; j--) {
            const char *shown = marks->words[j];
            double lowest = marks->lowest[j];
            marks->words[j] = marks->words[j - 1];
            marks->lowest[j] = marks->lowest[j - 1];
            marks->words[j - 1] = shown;
            marks->lowest[j - 1] = lowest;
        }
}

/* How many letters tell two words apart, at least `least`. */
static size_t letters_between(const char *one, const char *other, size_t least)
{
    size_t letters = least;

    if (strcmp(one, other) == 0)
        return least;
    while (utf8_prefix(one, letters) == utf8_prefix(other, letters)
           && strncmp(one, other, utf8_prefix(one, letters)) == 0)
        letters++;
    return letters;
}

/* How many letters tell the words apart, also from those of the column that do not occur: a letter
 * then means the same on every page. */
static size_t letters_needed(const legend *marks, const writer *w, const char *column)
{
    size_t letters = 1;
    const char *other;

    for (size_t i = 0; i < marks->word_count; i++) {
        for (size_t j = 0; j < i; j++)
            letters = letters_between(marks->words[i], marks->words[j], letters);
        for (size_t j = 0; (other = words_value_at(w->lang, column, j)); j++)
            letters = letters_between(marks->words[i], other, letters);
    }
    return letters;
}

/* A cell shown with its estimate, its word, or neither. */
static bool learn_row(legend *marks, const writer *w, const relcoord_table *table,
                      const table_column *estimate, const table_column *words, size_t row)
{
    bool there = estimate->valid[row], number = estimate->spec.type == RELCOORD_NUMBER;
    const char *note = note_of(table, row);

    if (!there && estimate->spec.type != RELCOORD_STRING)
        learn_note(marks, note);
    if (!words || !words->valid[row] || !*words->values.strings[row])
        return true;
    marks->uncertain = marks->uncertain || table_note_has(note, "uncertain");
    return learn_word(marks, shown_string(w, table, words, row),
                      there && number ? estimate->values.doubles[row] : 0);
}

void legend_learn(legend *marks, const show *s, const relcoord_table *table,
                  const table_column *estimate, const table_column *words, const size_t *rows,
                  size_t count)
{
    bool few = s->by->letters;

    for (size_t i = 0; i < count; i++)
        few = learn_row(marks, s->w, table, estimate, words, rows[i]) && few;
    marks->letter_name = words ? shown_heading(s->w, table, words->spec.name) : NULL;
    sort_words(marks);
    marks->letters = few && words ? letters_needed(marks, s->w, words->spec.name) : 0;
}

/* ---- Marking cells --------------------------------------------------------------------------- */

void legend_add_no_value(const legend *marks, const char *note, text *out)
{
    text_add(out, NO_VALUE);
    for (size_t i = 0; marks && marks->note_count > 1 && i < marks->note_count; i++)
        if (strcmp(marks->notes[i], note) == 0)
            text_add(out, numbers[i]);
}

void legend_add_word(const legend *marks, const char *whole, text *out)
{
    if (marks->letters)
        text_add_bytes(out, whole, utf8_prefix(whole, marks->letters));
    else
        add_clean(out, whole);
}

/* ---- Explaining ------------------------------------------------------------------------------ */

void add_reason(const writer *w, const char *meaning, const char *code, size_t length, text *out)
{
    const char *name = memchr(code, ':', length);

    text_add(out, meaning ? meaning : "");
    if (!meaning)
        text_add_bytes(out, code, length);
    else if (w->codes)
        text_add_format(out, " (%.*s)", (int)length, code);
    else if (name)
        text_add_format(out, ": %.*s", (int)(code + length - name - 1), name + 1);
}

void add_reasons(const writer *w, const char *note, text *out)
{
    language l = w->lang;
    const char *between = "";

    text_add(out, *note ? "" : word(l, WORD_NO_VALUE));
    while (*note) {
        size_t length = strcspn(note, ";");
        const char *meaning = words_code(l, note, length);
        text_add(out, between);
        add_reason(w, meaning, note, length, out);
        between = ", ";
        note += length + (note[length] == ';');
    }
}

/* Writes an item of the legend and empties it. */
static void end_item(show *s, const char *between, text *item)
{
    show_item(s, LINE_REMARK, between, item->bytes ? item->bytes : "");
    text_clear(item);
}

static void explain_words(const legend *marks, show *s, text *item)
{
    if (!marks->letters)
        return;
    for (size_t i = 0; i < marks->word_count; i++) {
        if (i == 0)
            text_add_format(item, "%s: ", marks->letter_name);
        text_add_bytes(item, marks->words[i], utf8_prefix(marks->words[i], marks->letters));
        text_add(item, " = ");
        add_clean(item, marks->words[i]);
        end_item(s, ", ", item);
    }
}

void legend_explain(const legend *marks, show *s)
{
    language l = s->w->lang;
    text item = {0};

    explain_words(marks, s, &item);
    if (marks->uncertain) {
        text_add_format(&item, "? = %s", word(l, WORD_UNCERTAIN));
        end_item(s, ", ", &item);
    }
    if (marks->not_there) {
        text_add_format(&item, NOT_THERE " = %s", word(l, WORD_NOT_THERE));
        end_item(s, "; ", &item);
    }
    /* "–² = too few answers (too_few)" */
    for (size_t i = 0; i < marks->note_count; i++) {
        text_add_format(&item, NO_VALUE "%s = ", marks->note_count > 1 ? numbers[i] : "");
        add_reasons(s->w, marks->notes[i], &item);
        end_item(s, "; ", &item);
    }
    show_end_line(s);
    s->w->out.failed = s->w->out.failed || item.failed;
    text_free(&item);
}
