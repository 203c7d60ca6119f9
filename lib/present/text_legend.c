/* The legend of a pivot: what the letters and marks in its cells stand for, and only those that
 * occur. A word such as a band is shown by as many letters as tell the words apart. */
#include <string.h>

#include "base/intern.h"
#include "present/text_grid.h"

/* Where several reasons for having no value occur, each has a number of its own. */
static const char *const numbers[LEGEND_LIMIT] = {"¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* ---- Learning what occurs --------------------------------------------------------------------- */

static void learn_note(legend *marks, const char *note)
{
    for (size_t i = 0; i < marks->note_count; i++)
        if (strcmp(marks->notes[i], note) == 0)
            return;
    if (marks->note_count < LEGEND_LIMIT)
        marks->notes[marks->note_count++] = note;
}

/* Notes a word of the letter column; too many words are no legend but a column of words. */
static bool learn_word(legend *marks, const char *word, double estimate)
{
    size_t i = 0;

    while (i < marks->word_count && strcmp(marks->words[i], word) != 0)
        i++;
    if (i == LEGEND_LIMIT)
        return false;
    if (i == marks->word_count) {
        marks->words[marks->word_count++] = word;
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
            const char *word = marks->words[j];
            double lowest = marks->lowest[j];
            marks->words[j] = marks->words[j - 1];
            marks->lowest[j] = marks->lowest[j - 1];
            marks->words[j - 1] = word;
            marks->lowest[j - 1] = lowest;
        }
}

/* How many letters tell the words apart. */
static size_t letters_needed(const legend *marks)
{
    size_t letters = 1;

    for (size_t i = 0; i < marks->word_count; i++)
        for (size_t j = 0; j < i; j++)
            while (strcmp(marks->words[i], marks->words[j]) != 0 &&
                   utf8_prefix(marks->words[i], letters) == utf8_prefix(marks->words[j], letters) &&
                   strncmp(marks->words[i], marks->words[j],
                           utf8_prefix(marks->words[i], letters)) == 0)
                letters++;
    return letters;
}

/* A cell shown with its estimate, its word, or neither. */
static bool learn_row(legend *marks, const table_column *estimate, const table_column *words,
                      const char *note, size_t row)
{
    bool there = estimate->valid[row], number = estimate->spec.type == RELCOORD_NUMBER;

    if (!there && estimate->spec.type != RELCOORD_STRING)
        learn_note(marks, note);
    if (!words || !words->valid[row] || !*words->values.strings[row])
        return true;
    marks->uncertain = marks->uncertain || table_note_has(note, "uncertain");
    return learn_word(marks, words->values.strings[row],
                      there && number ? estimate->values.doubles[row] : 0);
}

void legend_learn(legend *marks, const table_column *estimate, const table_column *words,
                  const table_column *notes, const size_t *rows, size_t count)
{
    bool few = true;

    for (size_t i = 0; i < count; i++)
        few = learn_row(marks, estimate, words, notes->values.strings[rows[i]], rows[i]) && few;
    marks->letter_name = words ? words->spec.name : NULL;
    sort_words(marks);
    marks->letters = few ? letters_needed(marks) : 0;
}

/* ---- Marking cells ---------------------------------------------------------------------------- */

void legend_add_no_value(const legend *marks, const char *note, text *out)
{
    text_add(out, NO_VALUE);
    for (size_t i = 0; marks && marks->note_count > 1 && i < marks->note_count; i++)
        if (strcmp(marks->notes[i], note) == 0)
            text_add(out, numbers[i]);
}

void legend_add_word(const legend *marks, const char *whole, const char *note, text *out)
{
    if (!*whole)
        return;
    if (marks->letters)
        text_add_bytes(out, whole, utf8_prefix(whole, marks->letters));
    else
        add_clean(out, whole);
    if (table_note_has(note, "uncertain"))
        text_add(out, "?");
}

/* ---- Explaining ------------------------------------------------------------------------------- */

/* "–² = too few answers (too_few)" */
static void explain_note(const legend *marks, size_t index, text *out)
{
    const char *note = marks->notes[index], *between = "";

    text_add_format(out, NO_VALUE "%s = ", marks->note_count > 1 ? numbers[index] : "");
    text_add(out, *note ? "" : text_word(WORD_NO_VALUE));
    while (*note) {
        size_t length = strcspn(note, ";");
        const char *meaning = text_code_meaning(note, length);
        text_add(out, between);
        if (meaning)
            text_add_format(out, "%s (", meaning);
        text_add_bytes(out, note, length);
        text_add(out, meaning ? ")" : "");
        between = ", ";
        note += length + (note[length] == ';');
    }
}

/* Writes an item of the legend and empties it. */
static void end_item(prose *line, const char *between, text *item)
{
    prose_item(line, line->column ? between : "", item->bytes ? item->bytes : "");
    text_clear(item);
}

static void explain_words(const legend *marks, prose *line, text *item)
{
    if (!marks->letters)
        return;
    for (size_t i = 0; i < marks->word_count; i++) {
        if (i == 0)
            text_add_format(item, "%s: ", marks->letter_name);
        text_add_bytes(item, marks->words[i], utf8_prefix(marks->words[i], marks->letters));
        text_add(item, " = ");
        add_clean(item, marks->words[i]);
        end_item(line, ", ", item);
    }
}

void legend_write(const legend *marks, writer *w)
{
    prose line = {.w = w, .indent = 2};
    text item = {0};

    explain_words(marks, &line, &item);
    if (marks->uncertain) {
        text_add_format(&item, "? = %s", text_word(WORD_UNCERTAIN));
        end_item(&line, ", ", &item);
    }
    if (marks->not_there) {
        text_add_format(&item, NOT_THERE " = %s", text_word(WORD_NOT_THERE));
        end_item(&line, "; ", &item);
    }
    for (size_t i = 0; i < marks->note_count; i++) {
        explain_note(marks, i, &item);
        end_item(&line, "; ", &item);
    }
    prose_end(&line);
    w->out.failed = w->out.failed || item.failed;
    text_free(&item);
}

/* The codes of a list's notes, each once, where it has a meaning: "too_few = too few answers". */
void explain_codes(writer *w, const table_column *notes, const size_t *rows, size_t count)
{
    prose line = {.w = w, .indent = 2};
    intern codes = {0};
    text item = {0};

    for (size_t i = 0; i < count; i++)
        for (const char *code = notes->values.strings[rows[i]]; *code;) {
            size_t length = strcspn(code, ";");
            if (intern_add(&codes, code, length) == INTERN_FULL)
                item.failed = true;
            code += length + (code[length] == ';');
        }
    for (uint32_t id = 0; id < codes.count; id++) {
        const char *code = codes.strings[id], *meaning = text_code_meaning(code, strlen(code));
        if (!meaning)
            continue;
        text_add_format(&item, "%s = %s", code, meaning);
        end_item(&line, "; ", &item);
    }
    prose_end(&line);
    w->out.failed = w->out.failed || item.failed;
    intern_free(&codes);
    text_free(&item);
}
