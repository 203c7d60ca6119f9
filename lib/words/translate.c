/* Saying in another language what the library says in English. */
#include <string.h>

#include "base/error.h"
#include "words/words.h"

language words_language(const char *code)
{
    language l = ENGLISH;
    while (l < LANGUAGE_COUNT && strcmp(word(l, WORD_LANGUAGE), code) != 0)
        l++;
    return l;
}

/* As error_field() does, but the buffer keeps what is behind the NUL. */
static size_t copy_words(const text *words, char *buffer, size_t size)
{
    size_t kept = words->failed ? 0 : words->length;
    if (size == 0)
        return words->failed ? 0 : words->length;
    if (kept >= size)
        for (kept = size - 1;
             kept > 0
             && ((unsigned char)words->bytes[kept] & 0xC0) == 0x80;) /* inside a character */
            kept--;
    if (kept > 0)
        memcpy(buffer, words->bytes, kept);
    buffer[kept] = 0;
    return words->failed ? 0 : words->length;
}

/* What the codes of a note mean, or an estimator's name; false when it is neither. */
static bool add_codes(language l, const char *codes, text *words)
{
    const char *meaning = words_estimator(l, codes), *name;

    if (meaning) {
        text_add(words, meaning);
        return true;
    }
    while (*codes) {
        size_t length = strcspn(codes, ";");
        meaning = length ? words_code(l, codes, length) : NULL;
        if (!meaning) {
            text_clear(words);
            return false;
        }
        name = memchr(codes, ':', length);
        text_add_format(words, "%s%s", words->length ? "; " : "", meaning);
        if (name)
            text_add_format(words, ": %.*s", (int)(codes + length - name - 1), name + 1);
        codes += length + (codes[length] == ';');
    }
    return words->length > 0;
}

size_t relcoord_translate(const char *into, const char *english, char *buffer, size_t size)
{
    text copy = {0}, words = {0};
    language l = into && english ? words_language(into) : LANGUAGE_COUNT;
    size_t length;
    size = buffer ? size : 0;
    if (l < LANGUAGE_COUNT) {
        text_add(&copy, english); /* the buffer may be where the English stands */
        if (!copy.failed && copy.length > 0 && !add_codes(l, copy.bytes, &words))
            words_add_sentence(l, copy.bytes, &words);
        words.failed = words.failed || copy.failed;
    }
    length = copy_words(&words, buffer, size);
    text_free(&copy);
    text_free(&words);
    return length;
}
