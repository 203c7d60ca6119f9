/* The language that the tool speaks to people in: any that the library has words of. */
#ifndef CLI_SPOKEN_H
#define CLI_SPOKEN_H

#include <stddef.h>

/* Decides for the whole run, before anything is said: by --lang, or else by the environment. */
void choose_language(int count, char **words);
/* The code of what the environment wants, "en" where that has no words. */
const char *environment_language(void);

/* One of the tool's own sentences, which may be a format: it takes the same arguments. */
const char *spoken(const char *english) __attribute__((format_arg(1)));
/* What the library says in English; in the buffer when that is not the language. */
enum { SPOKEN_SIZE = 2048 };
const char *spoken_message(const char *english, char buffer[SPOKEN_SIZE]);

#endif
