/* Which language the tool speaks, and its sentences in it: they stand in the library's catalogue.
 */
#include "spoken.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "relcoord.h"

enum { CODE_LENGTH = 2 };
static char language[CODE_LENGTH + 1] = "en";

/* Whether the library has words of a language; each has one for this sentence. */
static bool has_words(const char *code)
{
    return relcoord_translate(code, "reading", NULL, 0) > 0;
}

/* The language of messages as POSIX finds it: the first of these that is set and not empty. */
const char *environment_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    static char code[CODE_LENGTH + 1];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *locale = getenv(names[i]);
        if (!locale || !*locale)
            continue;
        if (strcspn(locale, "_.@") == CODE_LENGTH)
            memcpy(code, locale, CODE_LENGTH);
        return has_words(code) ? code : "en";
    }
    return "en";
}

static void wish(const char *code)
{
    if (strlen(code) == CODE_LENGTH && has_words(code))
        memcpy(language, code, CODE_LENGTH);
}

/* The last --lang decides, as it does for results. It is looked for before the words are taken
 * apart, because what is wrong with one of them is said in that language too. */
void choose_language(int count, char **words)
{
    wish(environment_language());
    for (int i = 1; i < count && strcmp(words[i], "--") != 0; i++)
        if (strncmp(words[i], "--lang=", 7) == 0)
            wish(words[i] + 7);
        else if (strcmp(words[i], "--lang") == 0 && i + 1 < count)
            wish(words[++i]);
}

const char *spoken(const char *english)
{
    static struct {
        const char *english;
        char *words;
    } said[64]; /* more than a run has to say, which keeps them */
    size_t i = 0, length, most = sizeof said / sizeof *said;
    if (strcmp(language, "en") == 0)
        return english;
    while (i < most && said[i].english && strcmp(said[i].english, english) != 0)
        i++;
    if (i < most && !said[i].english) {
        length = relcoord_translate(language, english, NULL, 0);
        said[i].words = length > 0 ? malloc(length + 1) : NULL;
        if (!said[i].words)
            return english;
        relcoord_translate(language, english, said[i].words, length + 1);
        said[i].english = english;
    }
    return i < most ? said[i].words : english;
}

const char *spoken_message(const char *english, char buffer[SPOKEN_SIZE])
{
    bool other = strcmp(language, "en") != 0;
    return other && relcoord_translate(language, english, buffer, SPOKEN_SIZE) > 0 ? buffer
                                                                                   : english;
}
