/* The parts of --help that are not made from the registry. Lines keep to 80 columns. */
#include "help_texts.h"

#include "spoken.h"

static const char *const texts[HELP_COUNT] = {
    [HELP_START] =
        "relcoord: score the relational-coordination survey, with confidence intervals.\n"
        "\n"
        "  relcoord ANALYSIS FILE... [options]\n"
        "  relcoord ANALYSIS --help     options and tables of an analysis\n"
        "  relcoord codebook FILE...    draft a codebook from data\n"
        "  relcoord analyses            list all there is (for programs: --format json)\n"
        "  relcoord --version\n"
        "\n"
        "Analyses:",
    [HELP_END] = "\n"
                 "Input is CSV with a header, one row for each respondent and workgroup rated:\n"
                 "\n"
                 "  respondent,workgroup,target,frequent,timely,accurate,problem_solving,\n"
                 "  shared_goals,shared_knowledge,mutual_respect      (one line)\n"
                 "  N01,nurses,residents,4,4,5,3,4,4,5\n"
                 "  N01,nurses,attendings,3,,4,3,4,3,4                (empty: no answer)\n"
                 "\n"
                 "Column names may also be Danish; unit, wave, role and weight are optional.\n"
                 "Answers are 1 to 5, where 5 is best. Data in any other form need a codebook.\n"
                 "- means standard input; several files are read as one survey. Workbooks (.xlsx,\n"
                 ".ods) can be read, too, and SPSS (.sav) and Stata (.dta) files with labels.\n"
                 "\n"
                 "Examples:\n"
                 "  relcoord matrix survey.csv\n"
                 "  relcoord summary survey.csv --by unit\n"
                 "  relcoord matrix survey.csv --format csv -o cells.csv\n"
                 "  relcoord codebook wide.csv -o codebook.csv\n"
                 "  relcoord matrix wide.csv --codebook codebook.csv\n"
                 "\n"
                 "Exit status: 0 success, 1 error in the data, 2 usage error, 3 system error,\n"
                 "130 interrupted. See also relcoord(1), relcoord-codebook(5),\n"
                 "relcoord-methods(7).",
    [HELP_CODEBOOK] =
        "relcoord codebook FILE... [options]\n"
        "drafts a codebook: guesses the role of each column and lists the values found.\n"
        "Check every guess.\n"
        "\n"
        "  relcoord codebook survey.csv -o codebook.csv\n"
        "  relcoord codebook survey.csv --table decisions --format text\n"
        "  relcoord codebook --builtin coupling-short -o coupling.csv\n"
        "  relcoord codebook --builtin rc,context --targets 'A;B' --form form.csv\n"
        "  relcoord matrix survey.csv --codebook codebook.csv",
    [HELP_CODEBOOK_END] = "\nFormat of a codebook: relcoord-codebook(5).",
    [HELP_USAGE] = "relcoord %s FILE... [options]\n",
    [HELP_ANALYSIS_END] =
        "\nA table's columns: relcoord analyses --table columns. Formulas:\nrelcoord-methods(7).",
    [HELP_COMPUTING] = "\nOptions:",
    [HELP_READING] = "\nReading:",
    [HELP_WRITING] = "\nOutput:",
    [HELP_TABLES] = "\nTables:",
};

const char *help_text(help_id which)
{
    return spoken(texts[which]);
}
