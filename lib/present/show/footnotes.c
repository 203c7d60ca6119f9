#include "present/show/footnotes.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/legend.h"
#include "present/show/value.h"
#include "words/words.h"

/* From q on there is no superscript letter for each: letters are doubled. */
static const char *const letters[] = {"ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᵉ", "ᶠ", "ᵍ", "ʰ",
                                      "ⁱ", "ʲ", "ᵏ", "ˡ", "ᵐ", "ⁿ", "ᵒ", "ᵖ"};
enum { LETTER_COUNT = sizeof letters / sizeof *letters };

static void add_mark(size_t number, text *out)
{
    for (size_t i = 0; i <= number / LETTER_COUNT; i++)
        text_add(out, letters[number % LETTER_COUNT]);
}

/* ---- Gathering ------------------------------------------------------------------------------- */

/* Doubt is about bands. */
static bool is_idle(const footnotes *f, const char *code, size_t length)
{
    return !f->bands && strlen("uncertain") == length && strncmp(code, "uncertain", length) == 0;
}

/* The estimator of a row, or NULL. */
static const char *estimator_of(const relcoord_table *table, size_t row)
{
    const table_column *column = named_column(table, "estimator", strlen("estimator"));

    return column && column->valid[row] ? column->values.strings[row] : NULL;
}

/* Goes through the codes of a note; NULL after the last. */
static const char *next_code(const footnotes *f, const char **rest, size_t *length)
{
    while (**rest) {
        const char *code = *rest;
        *length = strcspn(code, ";");
        *rest = code + *length + (code[*length] == ';');
        if (!is_idle(f, code, *length))
            return code;
    }
    return NULL;
}

bool footnotes_are_idle(const footnotes *f, const char *note)
{
    size_t length;

    return !next_code(f, &note, &length);
}

static bool gather_names(footnotes *f)
{
    for (size_t i = 0; i < f->row_count; i++) {
        const char *estimator = f->estimators ? estimator_of(f->table, f->rows[i]) : NULL;
        const char *rest = note_of(f->table, f->rows[i]), *code;
        intern *names = &f->names_of_estimators.names;
        size_t length;
        if (estimator && intern_add(names, estimator, strlen(estimator)) == INTERN_FULL)
            return false;
        while ((code = next_code(f, &rest, &length)))
            if (intern_add(&f->codes.names, code, length) == INTERN_FULL)
                return false;
    }
    return true;
}

static bool make_room(footnote_names *n)
{
    size_t count = n->names.count;

    n->rows = memory_zeroed(count, sizeof *n->rows);
    n->marks = memory_new(count, sizeof *n->marks);
    return n->rows && n->marks;
}

static void count_rows(footnotes *f)
{
    for (size_t i = 0; i < f->row_count; i++) {
        const char *rest = note_of(f->table, f->rows[i]), *code;
        const char *estimator = f->estimators ? estimator_of(f->table, f->rows[i]) : NULL;
        footnote_names *names = &f->names_of_estimators;
        size_t length;
        if (estimator)
            names->rows[intern_find(&names->names, estimator, strlen(estimator))]++;
        while ((code = next_code(f, &rest, &length)))
            f->codes.rows[intern_find(&f->codes.names, code, length)]++;
    }
}

/* What all of several rows have needs no mark. */
static void set_marks(footnote_names *n, size_t row_count, size_t first)
{
    n->marked = 0;
    for (uint32_t id = 0; id < n->names.count; id++) {
        bool all = row_count > 1 && n->rows[id] >= row_count;
        n->marks[id] = all || !n->names.strings[id][0] ? NO_MARK : first + n->marked++;
    }
}

bool footnotes_gather(footnotes *f)
{
    if (!gather_names(f) || !make_room(&f->names_of_estimators) || !make_room(&f->codes))
        return false;
    count_rows(f);
    set_marks(&f->names_of_estimators, f->row_count, 0);
    set_marks(&f->codes, f->row_count, f->names_of_estimators.marked);
    return true;
}

static void free_names(footnote_names *n)
{
    intern_free(&n->names);
    memory_free(n->rows);
    memory_free(n->marks);
}

void footnotes_free(footnotes *f)
{
    free_names(&f->names_of_estimators);
    free_names(&f->codes);
}

/* ---- Marking --------------------------------------------------------------------------------- */

static void add_mark_of(const footnote_names *n, const char *name, size_t length,
                        const char **between, text *out)
{
    uint32_t id = n->names.count ? intern_find(&n->names, name, length) : INTERN_FULL;

    if (id == INTERN_FULL || n->marks[id] == NO_MARK)
        return;
    text_add(out, *between);
    add_mark(n->marks[id], out);
    *between = " ";
}

void footnotes_add_marks(const footnotes *f, size_t row, text *out)
{
    const char *between = "", *rest = note_of(f->table, row), *code;
    const char *estimator = estimator_of(f->table, row);
    size_t length;

    if (estimator)
        add_mark_of(&f->names_of_estimators, estimator, strlen(estimator), &between, out);
    while ((code = next_code(f, &rest, &length)))
        add_mark_of(&f->codes, code, length, &between, out);
}

/* ---- Explaining ------------------------------------------------------------------------------ */

typedef const char *meaning_of(language l, const char *name, size_t length);

static const char *estimator_meaning(language l, const char *name, size_t length)
{
    (void)length;
    return words_estimator(l, name);
}

/* "ᵃ too few answers", each in a line of its own; what all rows have first: "Note: …". */
static void explain_on_page(const footnote_names *n, show *s, bool marked, const char *general,
                            meaning_of *meaning_in)
{
    text item = {0};

    for (uint32_t id = 0; id < n->names.count; id++) {
        const char *name = n->names.strings[id];
        const char *meaning = meaning_in(s->w->lang, name, strlen(name));
        if (!*name || (n->marks[id] != NO_MARK) != marked)
            continue;
        text_clear(&item);
        if (marked)
            add_mark(n->marks[id], &item);
        text_add_format(&item, "%s ", marked ? "" : general);
        add_reason(s->w, meaning, name, strlen(name), &item);
        show_item(s, LINE_REMARK, "", item.bytes ? item.bytes : "");
        show_end_line(s);
    }
    s->w->out.failed = s->w->out.failed || item.failed;
    text_free(&item);
}

/* "too_few = too few answers" */
static void explain_in_line(const footnote_names *n, show *s, meaning_of *meaning_in)
{
    text item = {0};

    for (uint32_t id = 0; id < n->names.count; id++) {
        const char *name = n->names.strings[id];
        const char *meaning = meaning_in(s->w->lang, name, strlen(name));
        if (!meaning)
            continue;
        text_clear(&item);
        text_add_format(&item, "%s = %s", name, meaning);
        show_item(s, LINE_REMARK, "; ", item.bytes ? item.bytes : "");
    }
    s->w->out.failed = s->w->out.failed || item.failed;
    text_free(&item);
}

void footnotes_explain(const footnotes *f, show *s)
{
    const char *method = shown_text(s->w, "Method:"), *note = word(s->w->lang, WORD_NOTE);

    if (!s->by->page) {
        explain_in_line(&f->names_of_estimators, s, estimator_meaning);
        explain_in_line(&f->codes, s, words_code);
        show_end_line(s);
        return;
    }
    explain_on_page(&f->names_of_estimators, s, false, method, estimator_meaning);
    explain_on_page(&f->codes, s, false, note, words_code);
    explain_on_page(&f->names_of_estimators, s, true, method, estimator_meaning);
    explain_on_page(&f->codes, s, true, note, words_code);
}
