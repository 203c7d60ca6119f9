#include "present/text/stem.h"

#include <string.h>

#include "base/memory.h"
#include "present/show/value.h"
#include "present/text/wrap.h"

enum { LEAST_WORDS = 3, LONG_CELL = 24 };

/* ---- Two texts ------------------------------------------------------------------------------- */

/* Whether what ends before `end` ends a question's opening, and what follows is apart from it. */
static bool ends_stem(const char *string, size_t end)
{
    static const char *const marks[] = {":", "?", "…", "...", " -", " –", " —"};

    if (string[end] != ' ')
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (end > length && memcmp(string + end - length, marks[i], length) == 0)
            return true;
    }
    return false;
}

static size_t count_words(const char *string, size_t end)
{
    size_t words = 0;

    for (size_t i = 0; i < end; i++)
        words += string[i] != ' ' && (i == 0 || string[i - 1] == ' ');
    return words;
}

size_t common_stem(const char *one, const char *other)
{
    size_t end = 0, after;

    while (one[end] && one[end] == other[end])
        end++;
    while (end && !ends_stem(one, end - 1))
        end--;
    after = end + strspn(one + end, " ");
    if (!end || count_words(one, end) < LEAST_WORDS || strncmp(one, other, after) != 0)
        return 0;
    return one[after] && other[after] && other[after] != ' ' ? after : 0;
}

size_t shown_stem(const char *string, size_t stem)
{
    static const char *const dashes[] = {" -", " –", " —"};

    stem = without_blanks(string, stem);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t length = strlen(dashes[i]);
        if (stem > length && memcmp(string + stem - length, dashes[i], length) == 0)
            return without_blanks(string, stem - length);
    }
    return stem;
}

/* ---- The rows of a grid ---------------------------------------------------------------------- */

/* The rows that share a stem, as far as they are known. */
typedef struct battery {
    size_t first; /* its first row */
    size_t stem;  /* 0 as long as there is one text only */
    text opening; /* the text of its first row */
} battery;

static void end_battery(grid *g, const battery *b, size_t end)
{
    for (size_t row = b->first; b->stem && row < end; row++)
        g->stems[row] = b->stem;
    g->has_stems = g->has_stems || b->stem;
}

static bool find_in_column(grid *g, size_t column)
{
    battery b = {0};
    text now = {0};

    for (size_t row = 0; row < g->row_count && writer_goes_on(g->w); row++) {
        const char *first, *own;
        text_clear(&now);
        add_value(g->w, g->of->table, g->columns[column].parts[0].column, g->of->rows[row], &now);
        first = b.opening.bytes ? b.opening.bytes : "";
        own = now.bytes ? now.bytes : "";
        if (row && (strcmp(first, own) == 0 || (b.stem && common_stem(first, own) == b.stem)))
            continue;
        if (row && !b.stem && (b.stem = common_stem(first, own)) > 0)
            continue;
        end_battery(g, &b, row);
        b.first = row;
        b.stem = 0;
        text_clear(&b.opening);
        text_add(&b.opening, own);
    }
    end_battery(g, &b, g->row_count);
    bool failed = b.opening.failed || now.failed;
    text_free(&b.opening);
    text_free(&now);
    return !failed;
}

bool find_stems(grid *g)
{
    for (size_t i = 0; i < g->key_count && !g->has_stems; i++) {
        grid_column *c = &g->columns[i];
        if (!c->flexible || c->natural < LONG_CELL)
            continue;
        if (!g->stems)
            g->stems = memory_zeroed(g->row_count, sizeof *g->stems);
        if (!g->stems || !find_in_column(g, i))
            return false;
        g->stem_column = i;
    }
    return true;
}
