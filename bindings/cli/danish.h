/* The language that the tool speaks to people in: English, or Danish. */
#ifndef CLI_DANISH_H
#define CLI_DANISH_H

#include <stdbool.h>
#include <stddef.h>

/* Decides for the whole run, before anything is said: by --lang, or else by the environment. */
void choose_language(int count, char **words);
bool speaks_danish(void);
/* What the environment wants: "da" or "en". */
const char *environment_language(void);

/* One of the tool's own sentences, which may be a format: the Danish one takes the same arguments
 * in the same order. */
const char *spoken(const char *english) __attribute__((format_arg(1)));
/* What the library says in English; in the buffer when that is not the language. */
enum { SPOKEN_SIZE = 2048 };
const char *spoken_message(const char *english, char buffer[SPOKEN_SIZE]);

#endif
