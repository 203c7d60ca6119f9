/* Saying in another language what the library says in English. */
#include <string.h>

#include "base/error.h"
#include "words/words.h"

/* Adds the Danish words; nothing when there are none. Texts come first, being known as a whole. */
static void add_translation(char *english, text *out)
{
    const char *known = words_text(DANISH, english);
    result_note note = {.words = english, .format = "%s"};
    if (known)
        text_add(out, known);
    else if (!words_add_message(english, out))
        words_add_note(DANISH, &note, out);
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

size_t relcoord_translate(const char *into, const char *english, char *buffer, size_t size)
{
    text copy = {0}, words = {0};
    size_t length;
    size = buffer ? size : 0;
    if (into && english && strcmp(into, "en") == 0) {
        text_add(&words, english);
    } else if (into && english && strcmp(into, "da") == 0) {
        text_add(&copy, english); /* the buffer may be where the English stands */
        if (!copy.failed && copy.length > 0)
            add_translation(copy.bytes, &words);
        words.failed = words.failed || copy.failed;
    }
    length = copy_words(&words, buffer, size);
    text_free(&copy);
    text_free(&words);
    return length;
}
