/* The languages of words. Each but English has a catalogue, lib/words/CODE.po: a third language is
 * that file and a line here. Labels of a codebook come in the first two. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#define OTHER_LANGUAGES(each) each(DANISH, da)

#define LANGUAGE_NAME(name, code) name,
#define LANGUAGE_CHOICE(name, code) "|" #code
typedef enum language { ENGLISH, OTHER_LANGUAGES(LANGUAGE_NAME) LANGUAGE_COUNT } language;
#define LANGUAGE_CHOICES "en" OTHER_LANGUAGES(LANGUAGE_CHOICE)

enum { LABEL_LANGUAGES = DANISH + 1 };

#endif
