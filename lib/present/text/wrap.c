#include "present/text/wrap.h"

#include "base/utf8.h"

#include <string.h>

size_t without_blanks(const char *start, size_t length)
{
    while (length && start[length - 1] == ' ')
        length--;
    return length;
}

bool next_line(const char **cursor, size_t width, const char **line, size_t *length)
{
    const char *start = *cursor + strspn(*cursor, " ");
    size_t most = utf8_prefix(start, width), end = most;

    if (!*start)
        return false;
    if (start[most]) {
        /* Codes of a note break behind their semicolon, words at blanks, and a word longer than
         * the line where the line ends. */
        while (end && start[end] != ' ' && start[end - 1] != ';')
            end--;
        if (!end)
            end = most ? most : utf8_prefix(start, 1);
    }
    *line = start;
    *length = without_blanks(start, end);
    *cursor = start + end;
    return true;
}

/* Length of the word at `start` with the mark that ends it. */
static size_t word_length(const char *start)
{
    size_t length = strcspn(start, " _-/:");
    return start[length] && start[length] != ' ' ? length + 1 : length;
}

/* A mark at the end of a line may go when it does not fit. */
static size_t fitting_length(const char *start, size_t length, size_t width)
{
    if (utf8_prefix(start, width) >= length)
        return length;
    if (length && start[length - 1] == '_' && utf8_prefix(start, width) + 1 == length)
        return length - 1;
    return 0;
}

static void take_more_words(const char *at, size_t width, size_t *taken, size_t *shown)
{
    while (at[*taken]) {
        size_t next = *taken + strspn(at + *taken, " ");
        next += word_length(at + next);
        size_t fitting = fitting_length(at, next, width);
        if (!fitting)
            return;
        *taken = next;
        *shown = fitting;
    }
}

size_t wrap_header(const char *header, size_t width, header_line lines[HEADER_LINES], bool *cut)
{
    const char *at = header + strspn(header, " ");
    size_t count = 0;

    *cut = false;
    while (*at && count < HEADER_LINES) {
        size_t taken = word_length(at), shown = fitting_length(at, taken, width);
        if (shown) {
            take_more_words(at, width, &taken, &shown);
        } else {
            *cut = true;
            shown = utf8_prefix(at, width);
            if (width >= BROKEN_WIDTH)
                taken = shown; /* the rest of the word goes on the next line */
        }
        bool lost = shown < taken && at[shown] != '_';
        if (at[taken] && shown == taken && at[shown - 1] == '_')
            shown--; /* the break says as much */
        lines[count++] = (header_line){at, without_blanks(at, shown), lost};
        at += taken;
        at += strspn(at, " ");
    }
    if (*at)
        lines[count - 1].cut = *cut = true;
    return count;
}
