/* Words by what they are words for. The Danish terms of the field are those of
 * relcoord-methods(7). */
#include "words/words.h"

#include <string.h>

#include "words/lookup.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char *find_words(language l, const char *context, const char *of, const char *id,
                              size_t length)
{
    const catalogue_entry *entry = catalogue_find(context, of, id, length);
    return entry ? catalogue_words_of(entry, l) : NULL;
}

const char *word(language l, word_id which)
{
    static const char *const names[WORD_COUNT] = {
        [WORD_BETWEEN] = "between",     [WORD_COLUMNS] = "columns",   [WORD_DECIMAL] = "decimal",
        [WORD_DOUBTED] = "doubted",     [WORD_INTERVAL] = "interval", [WORD_LANGUAGE] = "language",
        [WORD_LEVEL] = "level",         [WORD_NO_ROWS] = "no_rows",   [WORD_NO_VALUE] = "no_value",
        [WORD_NOT_THERE] = "not_there", [WORD_NOTE] = "note",         [WORD_SAME] = "same",
        [WORD_UNCERTAIN] = "uncertain",
    };
    return find_words(l, "word", "", names[which], strlen(names[which]));
}

const char *words_text(language l, const char *english)
{
    return l == ENGLISH ? english : find_words(l, "", "", english, strlen(english));
}

const char *words_table(language l, const char *name)
{
    return find_words(l, "table", "", name, strlen(name));
}

const char *words_heading(language l, const char *table, const char *column)
{
    const char *own = strncmp(column, "by_", 3) == 0 ? column + 3 : column;
    const char *of_table = find_words(l, "heading of ", table, own, strlen(own));
    return of_table ? of_table : find_words(l, "heading", "", own, strlen(own));
}

/* ---- Values of columns ----------------------------------------------------------------------- */

/* Columns whose values are texts of descriptors. */
static bool holds_texts(const char *column)
{
    return strcmp(column, "help") == 0 || strcmp(column, "summary") == 0;
}

/* Columns that hold dimensions, too, in some table or in any. */
static bool holds_dimensions(const char *table, const char *column)
{
    static const struct {
        const char *table, *column;
    } dimensions[] = {
        {NULL, "dimension"},
        {NULL, "factor"},
        {NULL, "index"},
        {NULL, "item"},
        {NULL, "other_factor"},
        {NULL, "outcome"},
        {NULL, "scale"},
        {NULL, "term"},
        {"correlations", "other"},
        {"boxes", "variable"},
        {"categories", "variable"},
        {"means", "variable"},
    };
    for (size_t i = 0; i < LENGTH(dimensions); i++)
        if (strcmp(column, dimensions[i].column) == 0
            && (!dimensions[i].table || strcmp(table, dimensions[i].table) == 0))
            return true;
    return false;
}

/* The value's words, the short ones first where they are wanted. */
static const char *find_value(language l, bool in_short, const char *column, const char *value)
{
    size_t length = strlen(value);
    const char *words = in_short ? find_words(l, "short value of ", column, value, length) : NULL;
    return words ? words : find_words(l, "value of ", column, value, length);
}

const char *words_value(language l, bool in_short, const char *table, const char *column,
                        const char *value)
{
    const char *words;
    if (holds_texts(column))
        return words_text(l, value);
    words = find_value(l, in_short, column, value);
    return words || !holds_dimensions(table, column) ? words
                                                     : find_value(l, in_short, "dimension", value);
}

const char *words_value_at(language l, const char *column, size_t index)
{
    const catalogue_entry *end, *first = catalogue_section("value of ", column, &end);
    return index < (size_t)(end - first) ? catalogue_words_of(first + index, l) : NULL;
}

const char *words_no_key(language l, const char *value)
{
    return *value == '(' ? find_words(l, "key", "", value, strlen(value)) : NULL;
}

/* ---- Codes ----------------------------------------------------------------------------------- */

const char *words_code(language l, const char *code, size_t length)
{
    const char *colon = memchr(code, ':', length);
    return find_words(l, "code", "", code, colon ? (size_t)(colon - code) : length);
}

const char *words_estimator(language l, const char *identifier)
{
    return find_words(l, "estimator", "", identifier, strlen(identifier));
}
