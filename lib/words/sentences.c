/* Sentences that were made from a format of the catalogue: finding the arguments again in the
 * English words, and putting them into another language's format. What an argument is its
 * conversion says:
 *   '%s'         a name or value, which stays as it is
 *   %s           words, which may be a part that has an entry of its own: its context is the
 *                sentence, or "part" where the part means the same in any; where the sentence has
 *                the entry "%s" they are a sentence themselves; else they stay
 *   %g           a number, whose decimal mark changes
 *   %d, %zu, …   stay
 * A format of another language may take them in another order, as in %2$s. */
#include <string.h>

#include "words/lookup.h"
#include "words/words.h"

enum { ARGUMENT_LIMIT = 8, PART_DEPTH = 4 };

typedef struct argument {
    const char *start;
    size_t length;
    char conversion; /* its letter; 0 for one that stays */
} argument;

/* ---- Finding arguments ----------------------------------------------------------------------- */

/* Where the conversion at a '%' ends; its letter is the one before. */
static const char *conversion_end(const char *conversion)
{
    return conversion + 2 + strspn(conversion + 1, "-.*0123456789$lz");
}

/* What an argument is for the conversion that takes it, in an English format. */
static char conversion_of(const char *format, const char *percent)
{
    bool quoted = percent > format && percent[-1] == '\'';
    return (char)(quoted ? 0 : conversion_end(percent)[-1]);
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

/* Whether words are those of an English format; then found[] is what stands for each conversion,
 * and *fixed how many bytes the format itself has. */
static bool matches(const char *format, argument words, argument found[ARGUMENT_LIMIT],
                    size_t *fixed)
{
    const char *at = format;
    *fixed = 0;
    for (size_t count = 0;; count++) {
        size_t own = strcspn(at, "%"), length;
        const char *percent = at + own;
        if (own > words.length || memcmp(at, words.start, own) != 0)
            return false;
        *fixed += own;
        words.start += own;
        words.length -= own;
        if (!*percent || count == ARGUMENT_LIMIT)
            return !*percent && words.length == 0;
        at = conversion_end(percent);
        length = argument_end(at, words);
        found[count] = (argument){words.start, length, conversion_of(format, percent)};
        words.start += length;
        words.length -= length;
    }
}

/* The entry of a context whose format says most of the words; NULL when none fits. More than one
 * may: "unknown table '%s'" is also how "unknown table '%s'; the first is '%s'" begins. */
static const catalogue_entry *best_match(const char *context, argument words,
                                         argument found[ARGUMENT_LIMIT])
{
    const catalogue_entry *end, *entry = catalogue_section(context, "", &end), *best = NULL;
    argument tried[ARGUMENT_LIMIT];
    size_t fixed, most = 0;
    for (; entry < end; entry++)
        if ((entry->is_format || *context) && matches(catalogue_id(entry), words, tried, &fixed)
            && fixed > most) {
            memcpy(found, tried, sizeof tried);
            most = fixed;
            best = entry;
        }
    return best;
}

/* A text as a whole, or the format that words were made from. */
static const catalogue_entry *find_sentence(argument words, argument found[ARGUMENT_LIMIT])
{
    const catalogue_entry *whole = catalogue_find("", "", words.start, words.length);
    return whole && !whole->is_format ? whole : best_match("", words, found);
}

/* ---- Saying them ----------------------------------------------------------------------------- */

/* The entry of an argument; *sentence becomes the one that it is itself. */
static const catalogue_entry *find_part(const char **sentence, const argument *a,
                                        argument found[ARGUMENT_LIMIT])
{
    const catalogue_entry *part = NULL;
    if (a->conversion != 's' || a->length == 0 || *a->start == '\'')
        return NULL;
    if (catalogue_find(*sentence, "", "%s", 2)) {
        part = find_sentence(*a, found);
        *sentence = part ? catalogue_id(part) : *sentence;
        return part;
    }
    part = best_match(*sentence, *a, found);
    return part ? part : best_match("part", *a, found);
}

static void add_plain(language l, const argument *a, text *out)
{
    const char *point = a->conversion == 'g' ? memchr(a->start, '.', a->length) : NULL;
    size_t before = point ? (size_t)(point - a->start) : a->length;
    text_add_bytes(out, a->start, before);
    if (!point)
        return;
    text_add(out, word(l, WORD_DECIMAL));
    text_add_bytes(out, point + 1, a->length - before - 1);
}

/* The argument that a conversion takes, which is the next one or says its number. */
static const argument *argument_of(const char *percent, const argument *arguments, size_t *next)
{
    size_t number = 0, digits = strspn(percent + 1, "0123456789");
    if (percent[1 + digits] == '$')
        for (size_t i = 1; i <= digits && number < ARGUMENT_LIMIT; i++)
            number = number * 10 + (size_t)(percent[i] - '0');
    else
        number = ++*next;
    return number >= 1 && number <= ARGUMENT_LIMIT ? &arguments[number - 1] : NULL;
}

/* Adds a format in a language, with parts of `sentence` in it. A part at its end is gone on with
 * here: each name of a list may be followed by a list. */
static void add_format(language l, const catalogue_entry *entry, const char *sentence,
                       argument arguments[ARGUMENT_LIMIT], int depth, text *out)
{
    const char *format = catalogue_words_of(entry, l), *percent;
    argument found[ARGUMENT_LIMIT];
    size_t next = 0;
    while ((percent = strchr(format, '%'))) {
        const argument *a = argument_of(percent, arguments, &next);
        const char *within = sentence;
        const catalogue_entry *part = a && depth > 0 ? find_part(&within, a, found) : NULL;
        text_add_bytes(out, format, (size_t)(percent - format));
        format = conversion_end(percent);
        if (part && !*format) {
            memcpy(arguments, found, sizeof found);
            format = catalogue_words_of(part, l);
            sentence = within;
            next = 0;
        } else if (part) {
            add_format(l, part, within, found, depth - 1, out);
        } else if (a) {
            add_plain(l, a, out);
        }
    }
    text_add(out, format);
}

bool words_add_sentence(language l, const char *english, text *out)
{
    argument found[ARGUMENT_LIMIT] = {{NULL, 0, 0}}, words = {english, strlen(english), 0};
    const char *known = words_text(l, english);
    const catalogue_entry *entry = known ? NULL : best_match("", words, found);
    if (known)
        text_add(out, known);
    else if (entry)
        add_format(l, entry, catalogue_id(entry), found, PART_DEPTH, out);
    return known || entry;
}

bool words_add_note(language l, const result_note *note, text *out)
{
    const catalogue_entry *entry = catalogue_find("", "", note->format, strlen(note->format));
    argument arguments[ARGUMENT_LIMIT] = {{NULL, 0, 0}};
    const char *percent = note->format;
    if (l == ENGLISH) {
        text_add(out, note->words);
        return true;
    }
    if (strcmp(note->format, "%s") == 0) /* reading makes its notes as sentences */
        return words_add_sentence(l, note->words, out);
    for (size_t i = 0; i < note->argument_count && i < ARGUMENT_LIMIT; i++) {
        percent = strchr(percent, '%');
        arguments[i] = (argument){note->arguments[i], strlen(note->arguments[i]),
                                  conversion_of(note->format, percent)};
        percent = conversion_end(percent);
    }
    if (entry)
        add_format(l, entry, note->format, arguments, PART_DEPTH, out);
    return entry != NULL;
}
