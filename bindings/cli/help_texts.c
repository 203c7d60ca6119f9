/* The parts of --help that are not made from the registry, in English and Danish. Lines keep to 80
 * columns. */
#include "help_texts.h"

#include "danish.h"

static const char *const texts[HELP_COUNT][2] = {
    [HELP_START] =
        {"relcoord: scores the relational-coordination survey, and says how sure it is.\n"
         "\n"
         "  relcoord ANALYSIS FILE... [options]\n"
         "  relcoord ANALYSIS --help     what an analysis takes and gives\n"
         "  relcoord codebook FILE...    draft a codebook from data\n"
         "  relcoord analyses            what there is, for programs: --format json\n"
         "  relcoord --version\n"
         "\n"
         "Analyses:",
         "relcoord: scorer spørgeskemaet om relationel koordinering og siger, hvor sikkert\n"
         "resultatet er.\n"
         "\n"
         "  relcoord ANALYSE FIL... [indstillinger]\n"
         "  relcoord ANALYSE --help      hvad en analyse tager og giver\n"
         "  relcoord codebook FIL...     lav et udkast til en kodebog ud fra data\n"
         "  relcoord analyses            hvad der er, til programmer: --format json\n"
         "  relcoord --version\n"
         "\n"
         "Analyser:"},
    [HELP_END] =
        {"\n"
         "A file is CSV with a header, one row for each respondent and workgroup rated:\n"
         "\n"
         "  respondent,workgroup,target,frequent,timely,accurate,problem_solving,\n"
         "  shared_goals,shared_knowledge,mutual_respect      (one line)\n"
         "  N01,nurses,residents,4,4,5,3,4,4,5\n"
         "  N01,nurses,attendings,3,,4,3,4,3,4                (empty: no answer)\n"
         "\n"
         "Columns may also have their Danish names, and unit, wave, role and weight may\n"
         "stand beside them. Answers are 1 to 5, 5 the best. Data in another form have a\n"
         "codebook. - is standard input; several files are one survey. Files of SPSS\n"
         "(.sav) and Stata (.dta) are read with their labels.\n"
         "\n"
         "Start with:\n"
         "  relcoord matrix survey.csv\n"
         "  relcoord summary survey.csv --by unit\n"
         "  relcoord matrix survey.csv --format csv -o cells.csv\n"
         "  relcoord codebook wide.csv -o codebook.csv\n"
         "  relcoord matrix wide.csv --codebook codebook.csv\n"
         "\n"
         "Exit status: 0 done, 1 the data are at fault, 2 the call is, 3 the environment,\n"
         "130 interrupted. More: relcoord(1), relcoord-codebook(5),\n"
         "relcoord-methods(7).",
         "\n"
         "En fil er CSV med overskrift, en række for hver respondent og bedømt faggruppe:\n"
         "\n"
         "  respondent,workgroup,target,frequent,timely,accurate,problem_solving,\n"
         "  shared_goals,shared_knowledge,mutual_respect      (én linje)\n"
         "  N01,nurses,residents,4,4,5,3,4,4,5\n"
         "  N01,nurses,attendings,3,,4,3,4,3,4                (tomt: intet svar)\n"
         "\n"
         "Kolonnerne kan også have deres danske navne, og unit, wave, role og weight kan\n"
         "stå ved siden af. Svar er 1 til 5, med 5 som bedst. Data i en anden form har en\n"
         "kodebog. - er standardinput; flere filer er én undersøgelse. Filer fra SPSS\n"
         "(.sav) og Stata (.dta) læses med deres etiketter.\n"
         "\n"
         "Begynd med:\n"
         "  relcoord matrix survey.csv\n"
         "  relcoord summary survey.csv --by unit\n"
         "  relcoord matrix survey.csv --format csv -o cells.csv\n"
         "  relcoord codebook wide.csv -o codebook.csv\n"
         "  relcoord matrix wide.csv --codebook codebook.csv\n"
         "\n"
         "Slutstatus: 0 færdig, 1 fejl i data, 2 fejl i kaldet, 3 fejl i omgivelserne,\n"
         "130 afbrudt. Mere: relcoord(1), relcoord-codebook(5),\n"
         "relcoord-methods(7)."},
    [HELP_CODEBOOK] =
        {"relcoord codebook FILE... [options]\n"
         "drafts a codebook from data: guesses what each column is, and lists the values\n"
         "seen. Every guess is yours to look at:\n"
         "\n"
         "  relcoord codebook survey.csv -o codebook.csv\n"
         "  relcoord codebook survey.csv --table decisions --format text\n"
         "  relcoord codebook --builtin coupling-short -o coupling.csv\n"
         "  relcoord matrix survey.csv --codebook codebook.csv",
         "relcoord codebook FIL... [indstillinger]\n"
         "laver et udkast til en kodebog ud fra data: gætter på, hvad hver kolonne er, og\n"
         "nævner de værdier, der er set. Hvert gæt er dit at se på:\n"
         "\n"
         "  relcoord codebook survey.csv -o codebook.csv\n"
         "  relcoord codebook survey.csv --table decisions --format text\n"
         "  relcoord codebook --builtin coupling-short -o coupling.csv\n"
         "  relcoord matrix survey.csv --codebook codebook.csv"},
    [HELP_CODEBOOK_END] = {"\nThe form of a codebook: relcoord-codebook(5).",
                           "\nEn kodebogs form: relcoord-codebook(5)."},
    [HELP_USAGE] = {"relcoord %s FILE... [options]\n", "relcoord %s FIL... [indstillinger]\n"},
    [HELP_ANALYSIS_END] =
        {"\nA table's columns: relcoord analyses --table columns. Formulas:\nrelcoord-methods(7).",
         "\nEn tabels kolonner: relcoord analyses --table columns. Formler:\nrelcoord-methods(7)."},
    [HELP_COMPUTING] = {"\nWhat to compute:", "\nHvad der beregnes:"},
    [HELP_READING] = {"\nHow to read:", "\nHvordan der læses:"},
    [HELP_WRITING] = {"\nHow to write:", "\nHvordan der skrives:"},
    [HELP_TABLES] = {"\nTables it gives:", "\nTabeller, den giver:"},
};

const char *help_text(help_id which)
{
    return texts[which][speaks_danish()];
}
