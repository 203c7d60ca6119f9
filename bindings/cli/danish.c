/* The tool's own sentences in Danish, and when they are said. What the library says is translated by the library. */
#include "danish.h"

#include <stdlib.h>
#include <string.h>

#include "relcoord.h"

static bool danish;

/* The language of messages as POSIX finds it: the first of these that is set and not empty. */
const char *environment_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *locale = getenv(names[i]);
        if (locale && *locale)
            return strcspn(locale, "_.@") == 2 && strncmp(locale, "da", 2) == 0 ? "da" : "en";
    }
    return "en";
}

static void wish(const char *language)
{
    if (strcmp(language, "da") == 0 || strcmp(language, "en") == 0)
        danish = *language == 'd';
}

/* The last --lang decides, as it does for results. It is looked for before the words are taken apart, because what is
 * wrong with one of them is said in that language too. */
void choose_language(int count, char **words)
{
    wish(environment_language());
    for (int i = 1; i < count && strcmp(words[i], "--") != 0; i++)
        if (strncmp(words[i], "--lang=", 7) == 0)
            wish(words[i] + 7);
        else if (strcmp(words[i], "--lang") == 0 && i + 1 < count)
            wish(words[++i]);
}

bool speaks_danish(void)
{
    return danish;
}

static const char *const sentences[][2] = {
    /* The command line */
    {"'%s' has no option '%s'; did you mean '%s'?", "'%s' har ingen indstilling '%s'; mente du '%s'?"},
    {"'%s' has no option '%s'", "'%s' har ingen indstilling '%s'"},
    {"'%s' has no table '%s'; did you mean '%s'?", "'%s' har ingen tabel '%s'; mente du '%s'?"},
    {"'%s' has no %s to write as %s", "'%s' har intet %s at skrive som %s"},
    {"%s is made from several tables: leave out --table", "%s laves af flere tabeller: udelad --table"},
    {"'%s' has no table '%s'", "'%s' har ingen tabel '%s'"},
    {"option '%s' needs a value", "indstillingen '%s' skal have en værdi"},
    {"option '-o' needs a value", "indstillingen '-o' skal have en værdi"},
    {"there is no option '%.60s…'", "der er ingen indstilling '%.60s…'"},
    {"'%s' needs a file of answers, or - for standard input", "'%s' skal have en fil med svar, eller - for standardinput"},
    {"'analyses' takes no file", "'analyses' tager ingen fil"},
    {"the analysis comes first, before the options", "analysen kommer først, før indstillingerne"},
    {"name the analysis first: relcoord matrix %s", "nævn analysen først: relcoord matrix %s"},
    {"name an analysis and a file: relcoord matrix survey.csv", "nævn en analyse og en fil: relcoord matrix survey.csv"},
    {"\nrelcoord: 'relcoord %s%s--help' tells more\n", "\nrelcoord: 'relcoord %s%s--help' siger mere\n"},

    /* Writing and progress */
    {"(standard input)", "(standardinput)"},
    {"standard output", "standardoutput"},
    {"%s: cannot be written: %s\n", "%s: kan ikke skrives: %s\n"},
    {"relcoord: out of memory\n", "relcoord: ikke mere hukommelse\n"},
    {"reading", "læser"},
    {"relcoord: a draft, with %zu guesses to look at: add --table decisions --format text\n",
     "relcoord: et udkast med %zu gæt at se på: tilføj --table decisions --format text\n"},

    /* Help */
    {"as in LC_ALL, LC_MESSAGES, LANG", "som i LC_ALL, LC_MESSAGES, LANG"},
    {"%s (default %s)", "%s (ellers %s)"},
    {"integer", "heltal"},
    {"number", "tal"},
    {"text", "tekst"},
    {"path", "sti"},
    {"list", "liste"},
    {"csv without it:", "uden den csv:"},
    {"text without it:", "uden den text:"},
    {"-o, --output FILE", "-o, --output FIL"},
    {"write there instead of to standard output", "skriv dertil i stedet for til standardoutput"},
    {"the codebook, a row for each column or pattern", "kodebogen, en række for hver kolonne eller hvert mønster"},
    {"what each guess rests on, and what is left to decide", "hvad hvert gæt hviler på, og hvad der er tilbage at afgøre"},
};

const char *spoken(const char *english)
{
    for (size_t i = 0; danish && i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i][0], english) == 0)
            return sentences[i][1];
    return english;
}

const char *spoken_message(const char *english, char buffer[SPOKEN_SIZE])
{
    return danish && relcoord_translate("da", english, buffer, SPOKEN_SIZE) > 0 ? buffer : english;
}
