/* The tool's own sentences in Danish, and when they are said. What the library says is translated
 * by the library. */
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

bool speaks_danish(void)
{
    return danish;
}

static const char *const sentences[][2] = {
    /* The command line */
    {"'%s' has no option '%s'; did you mean '%s'?",
     "'%s' har ingen indstilling '%s'; mente du '%s'?"},
    {"'%s' has no option '%s'", "'%s' har ingen indstilling '%s'"},
    {"'%s' has no table '%s'; did you mean '%s'?", "'%s' har ingen tabel '%s'; mente du '%s'?"},
    {"'%s' has no %s to write as %s", "'%s' har intet %s at skrive som %s"},
    {"%s is made from several tables: leave out --table",
     "%s laves af flere tabeller: udelad --table"},
    {"'%s' has no table '%s'", "'%s' har ingen tabel '%s'"},
    {"option '%s' needs a value", "indstillingen '%s' skal have en værdi"},
    {"option '-o' needs a value", "indstillingen '-o' skal have en værdi"},
    {"there is no option '%.60s…'", "der er ingen indstilling '%.60s…'"},
    {"'%s' needs a file of answers, or - for standard input",
     "'%s' skal have en fil med svar, eller - for standardinput"},
    {"'analyses' takes no file", "'analyses' tager ingen fil"},
    {"the analysis comes first, before the options", "analysen kommer først, før indstillingerne"},
    {"name the analysis first: relcoord matrix %s", "nævn analysen først: relcoord matrix %s"},
    {"name an analysis and a file: relcoord matrix survey.csv",
     "nævn en analyse og en fil: relcoord matrix survey.csv"},
    {"\nrelcoord: 'relcoord %s%s--help' tells more\n",
     "\nrelcoord: 'relcoord %s%s--help' siger mere\n"},

    /* Writing and progress */
    {"(standard input)", "(standardinput)"},
    {"standard output", "standardoutput"},
    {"writing", "skriver"},
    {"%s: cannot be written: %s\n", "%s: kan ikke skrives: %s\n"},
    {"relcoord: out of memory\n", "relcoord: ikke mere hukommelse\n"},
    {"reading", "læser"},
    {"relcoord: a draft, with %zu guesses to look at: add --table decisions --format text\n",
     "relcoord: et udkast med %zu gæt at se på: tilføj --table decisions --format text\n"},

    /* Files of other programs */
    {"files of different programs cannot be one survey: '%s' and '%s'",
     "filer fra forskellige programmer kan ikke være én undersøgelse: '%s' og '%s'"},
    {"files of SPSS and Stata need a relcoord that was built with ReadStat: install "
     "libreadstat-dev and build it again, or save the "
     "data as CSV",
     "filer fra SPSS og Stata kræver en relcoord, der er bygget med ReadStat: installer "
     "libreadstat-dev og byg den igen, eller gem "
     "data som CSV"},
    {"this does not begin as a file of SPSS does: is it misnamed, or cut short?",
     "dette begynder ikke, som en fil fra SPSS gør: har den et forkert navn, eller er den skåret "
     "af?"},
    {"this does not begin as a file of Stata does: is it misnamed, or cut short?",
     "dette begynder ikke, som en fil fra Stata gør: har den et forkert navn, eller er den skåret "
     "af?"},
    {"the file is damaged or cut short", "filen er beskadiget eller skåret af"},
    {"the file has no rows", "filen har ingen rækker"},
    {"a release of the format that ReadStat cannot read: save the data as CSV",
     "en udgave af formatet, som ReadStat ikke kan læse: gem data som CSV"},
    {"the file names an encoding that is not known; --encoding can name another",
     "filen nævner en tegnkodning, der ikke er kendt; --encoding kan nævne en anden"},
    {"a text is not in the encoding that the file names; --encoding can name another",
     "en tekst er ikke i den tegnkodning, som filen nævner; --encoding kan nævne en anden"},
    {"the first file has no column '%.100s'", "den første fil har ingen kolonne '%.100s'"},
    {"no column '%.100s', which the first file has",
     "ingen kolonne '%.100s', som den første fil har"},
    {"two values have one label; a codebook can tell them apart",
     "to værdier har én etiket; en kodebog kan holde dem adskilt"},
    {"a codebook with the labels of a file is written as csv; --table decisions takes any format",
     "en kodebog med en fils etiketter skrives som csv; --table decisions tager ethvert format"},

    /* Workbooks */
    {"a workbook is no text to print: name its file, as in -o result.xlsx",
     "en projektmappe er ikke tekst at udskrive: nævn dens fil, som i -o result.xlsx"},
    {"a workbook needs a relcoord that was built with libxlsxwriter: install libxlsxwriter-dev and "
     "build it again, or write csv or html",
     "en projektmappe kræver en relcoord, der er bygget med libxlsxwriter: installer "
     "libxlsxwriter-dev og byg den igen, eller skriv csv "
     "eller html"},
    {"a text is too long for a cell of a workbook: write csv",
     "en tekst er for lang til en celle i en projektmappe: skriv csv"},
    {"a table is too large for a sheet of a workbook: write csv",
     "en tabel er for stor til et ark i en projektmappe: skriv csv"},
    {"a workbook, one sheet a table; needs --output",
     "en projektmappe, et ark for hver tabel; kræver --output"},

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
    {"the codebook, a row for each column or pattern",
     "kodebogen, en række for hver kolonne eller hvert mønster"},
    {"what each guess rests on, and what is left to decide",
     "hvad hvert gæt hviler på, og hvad der er tilbage at afgøre"},
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
