/* The catalogue of words as it is compiled: catalogue.c is made by compile.awk from the files .po
 * beside it. */
#ifndef WORDS_CATALOGUE_H
#define WORDS_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/language.h"

#define LANGUAGE_OF_CODE(name, code) LANGUAGE_##code = name,
enum { LANGUAGE_en = ENGLISH, OTHER_LANGUAGES(LANGUAGE_OF_CODE) };

/* Places of strings in catalogue_words; 0 is that of "", which stands for none. No pointers, so
 * that nothing is left to do when the library is loaded. */
typedef struct catalogue_entry {
    uint32_t context, id;
    uint32_t is_format; /* of printf */
    uint32_t words[LANGUAGE_COUNT];
} catalogue_entry;

extern const char *const catalogue_words;
/* Sorted by context, then by id, bytes as strcmp() compares them. */
extern const catalogue_entry catalogue[];
extern const size_t catalogue_size;

#endif
