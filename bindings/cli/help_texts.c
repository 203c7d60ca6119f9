/* The parts of --help that are not made from the registry. Lines keep to 80 columns. */
#include "help_texts.h"

#include "spoken.h"

static const char *const texts[HELP_COUNT] = {
    [HELP_START] = "relcoord: scores the relational-coordination survey, and says how sure it is.\n"
                   "\n"
                   "  relcoord ANALYSIS FILE... [options]\n"
                   "  relcoord ANALYSIS --help     what an analysis takes and gives\n"
                   "  relcoord codebook FILE...    draft a codebook from data\n"
                   "  relcoord analyses            what there is, for programs: --format json\n"
                   "  relcoord --version\n"
                   "\n"
                   "Analyses:",
    [HELP_END] = "\n"
                 "A file is CSV with a header, one row for each respondent and workgroup rated:\n"
                 "\n"
                 "  respondent,workgroup,target,frequent,timely,accurate,problem_solving,\n"
                 "  shared_goals,shared_knowledge,mutual_respect      (one line)\n"
                 "  N01,nurses,residents,4,4,5,3,4,4,5\n"
                 "  N01,nurses,attendings,3,,4,3,4,3,4                (empty: no answer)\n"
                 "\n"
                 "Columns may also have their Danish names, and unit, wave, role and weight may\n"
                 "stand beside them. Answers are 1 to 5, 5 the best. Data in another form have a\n"
                 "codebook. - is standard input; several files are one survey. Workbooks (.xlsx,\n"
                 ".ods) are read, too, and files of SPSS (.sav) and Stata (.dta) with labels.\n"
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
    [HELP_CODEBOOK] =
        "relcoord codebook FILE... [options]\n"
        "drafts a codebook from data: guesses what each column is, and lists the values\n"
        "seen. Every guess is yours to look at:\n"
        "\n"
        "  relcoord codebook survey.csv -o codebook.csv\n"
        "  relcoord codebook survey.csv --table decisions --format text\n"
        "  relcoord codebook --builtin coupling-short -o coupling.csv\n"
        "  relcoord matrix survey.csv --codebook codebook.csv",
    [HELP_CODEBOOK_END] = "\nThe form of a codebook: relcoord-codebook(5).",
    [HELP_USAGE] = "relcoord %s FILE... [options]\n",
    [HELP_ANALYSIS_END] =
        "\nA table's columns: relcoord analyses --table columns. Formulas:\nrelcoord-methods(7).",
    [HELP_COMPUTING] = "\nWhat to compute:",
    [HELP_READING] = "\nHow to read:",
    [HELP_WRITING] = "\nHow to write:",
    [HELP_TABLES] = "\nTables it gives:",
};

const char *help_text(help_id which)
{
    return spoken(texts[which]);
}
