/* Looking entries up in the compiled catalogue. Private to words/. */
#ifndef WORDS_LOOKUP_H
#define WORDS_LOOKUP_H

#include "words/catalogue.h"

/* The entry whose context is `context` followed by `of`, and whose id has that length; NULL when
 * there is none. Texts have the context "". */
const catalogue_entry *catalogue_find(const char *context, const char *of, const char *id,
                                      size_t length);
/* The first entry of a context, with those that follow it up to *end. */
const catalogue_entry *catalogue_section(const char *context, const char *of,
                                         const catalogue_entry **end);

/* The entry in English, as it is looked up by. */
const char *catalogue_id(const catalogue_entry *entry);
/* Its words: in English where the language has none. */
const char *catalogue_words_of(const catalogue_entry *entry, language l);

#endif
