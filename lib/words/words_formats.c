/* Words made from a format and arguments: finding the arguments again in English words, and putting
 * them into Danish ones. An English format is one of printf; in a Danish one stands %s  the
 * argument as it is %n  a number, whose decimal mark changes %i  counts, "3 in timely, 2 in
 * accurate" %t  a part that has Danish words of its own, unless it is a value in quotation marks %p
 * the ending of a plural, "s" or nothing
 *   %-  nothing, an argument that the one before holds already
 * in the order of the English ones. */
#include <string.h>

#include "words/words.h"

/* ---- Finding arguments ----------------------------------------------------------------------- */

static size_t conversion_length(const char *conversion)
{
    return 2 + strspn(conversion + 1, "-.*0123456789lz");
}

/* Where an argument ends: where the format goes on, or with the words when nothing follows. */
static size_t argument_end(const char *rest, argument words)
{
    size_t next = strcspn(rest, "%");
    if (next == 0 || next > words.length)
        return words.length;
    if (!rest[next])
        return words.length - next;
    for (size_t end = 0; end + next <= words.length; end++)
        if (memcmp(words.start + end, rest, next) == 0)
            return end;
    return words.length;
}

bool words_match(const char *format, argument words, argument found[ARGUMENT_LIMIT], size_t *fixed)
{
    *fixed = 0;
    for (size_t count = 0;; count++) {
        size_t own = strcspn(format, "%"), length;
        if (own > words.length || memcmp(format, words.start, own) != 0)
            return false;
        *fixed += own;
        format += own;
        words = (argument){words.start + own, words.length - own};
        if (!*format || count == ARGUMENT_LIMIT)
            return !*format && words.length == 0;
        format += conversion_length(format);
        length = argument_end(format, words);
        found[count] = (argument){words.start, length};
        words = (argument){words.start + length, words.length - length};
    }
}

/* ---- Danish ---------------------------------------------------------------------------------- */

/* The pair of a table whose format says most of the words; NULL when none fits. More than one may:
 * "there is no table '%s'" is also how "there is no table '%s'; the first is '%s'" begins. */
static const char *find_danish(const char *const (*pairs)[2], argument words,
                               argument found[ARGUMENT_LIMIT], size_t *most)
{
    const char *danish = NULL;
    argument tried[ARGUMENT_LIMIT] = {{NULL, 0}};
    size_t fixed;
    for (; (*pairs)[0]; pairs++)
        if (words_match((*pairs)[0], words, tried, &fixed) && fixed > *most) {
            memcpy(found, tried, sizeof tried);
            *most = fixed;
            danish = (*pairs)[1];
        }
    return danish;
}

static void add_part(const argument *a, text *out)
{
    argument found[ARGUMENT_LIMIT];
    size_t most = 0;
    const char *danish = a->length && *a->start != '\''
                             ? find_danish(words_message_parts, *a, found, &most)
                             : NULL;
    if (!danish && a->length && *a->start != '\'') /* a reason is a message, too */
        danish = find_danish(words_messages, *a, found, &most);
    if (danish)
        words_add_danish(danish, found, out);
    else
        text_add_bytes(out, a->start, a->length);
}

static void add_argument(char kind, const argument *a, text *out)
{
    if (kind == 't')
        add_part(a, out);
    else if (kind == 'p')
        text_add(out, a->length ? "er" : "");
    else if (kind != '-')
        for (size_t i = 0; i < a->length; i++) {
            if (kind == 'n' && a->start[i] == '.') {
                text_add(out, word(DANISH, WORD_DECIMAL));
            } else if (kind == 'i' && i + 4 <= a->length && strncmp(a->start + i, " in ", 4) == 0) {
                text_add(out, " i ");
                i += 3;
            } else {
                text_add_bytes(out, a->start + i, 1);
            }
        }
}

void words_add_danish(const char *format, const argument *arguments, text *out)
{
    for (const char *percent; (percent = strchr(format, '%')); format = percent + 2) {
        text_add_bytes(out, format, (size_t)(percent - format));
        add_argument(percent[1], arguments++, out);
    }
    text_add(out, format);
}

bool words_add_message(const char *english, text *out)
{
    argument found[ARGUMENT_LIMIT], words = {english, strlen(english)};
    size_t most = 0;
    const char *danish = find_danish(words_messages, words, found, &most),
               *of_calls = find_danish(words_messages_of_calls, words, found, &most);
    danish = of_calls ? of_calls : danish;
    if (danish)
        words_add_danish(danish, found, out);
    return danish != NULL;
}
