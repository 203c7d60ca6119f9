/* Help that teaches, made from the registry. Lines keep to 80 columns. */
#include "help.h"

#include <stdio.h>
#include <string.h>

enum { WIDTH = 79, HELP_INDENT = 26 };

/* Prints words from a column on, wrapped at spaces; `at` is where the cursor stands. */
static void print_wrapped(const char *words, size_t at, size_t indent)
{
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        if (at > indent && at + 1 + length > WIDTH) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)length, words);
        at += length;
    }
    putchar('\n');
}

static void print_entry(const char *name, const char *help)
{
    size_t length = strlen(name);
    printf("  %s", name);
    if (length + 4 > HELP_INDENT)
        printf("\n%*s", HELP_INDENT, "");
    else
        printf("%*s", (int)(HELP_INDENT - length - 2), "");
    print_wrapped(help, HELP_INDENT, HELP_INDENT);
}

/* An option's default where an analysis is run: one of reading may be the analysis' own. */
static void find_default(const registry *r, const char *analysis, size_t i, char found[READ_OPTION_SIZE])
{
    const char *words = strcmp(r->option_purpose[i], "read") == 0 ? registry_read_options(r, analysis) : "";
    char name[READ_OPTION_SIZE], value[READ_OPTION_SIZE];
    snprintf(found, READ_OPTION_SIZE, "%s", strcmp(r->option_name[i], "lang") == 0 ? "as in LC_ALL, LC_MESSAGES, LANG"
                                                                                 : r->option_default[i]);
    while (registry_next_read_option(&words, name, value))
        if (strcmp(name, r->option_name[i]) == 0)
            snprintf(found, READ_OPTION_SIZE, "%s", value);
}

/* "--min-share NUMBER", and the default behind the help. */
static void print_option(const registry *r, const char *analysis, size_t i)
{
    char name[96], help[512], initial[READ_OPTION_SIZE];
    bool flag = strcmp(r->option_type[i], "flag") == 0, choice = strcmp(r->option_type[i], "choice") == 0;
    size_t length = (size_t)snprintf(name, sizeof name, "--%s", r->option_name[i]);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : *c;
    if (!flag)
        snprintf(name + length, sizeof name - length, " %s", choice ? r->option_allowed[i] : r->option_type[i]);
    for (char *c = name + length; *c && !choice; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    find_default(r, analysis, i, initial);
    snprintf(help, sizeof help, *initial && !flag ? "%s (default %s)" : "%s", r->option_help[i], initial);
    print_entry(name, help);
}

static void print_options(const registry *r, const char *analysis, const char *purpose)
{
    for (size_t i = 0; i < r->option_count; i++)
        if (strcmp(r->option_purpose[i], purpose) == 0)
            print_option(r, analysis, i);
}

/* The formats, below their option. */
static void print_format(const registry *r, size_t i)
{
    int length = printf("    %s", r->format_name[i]);
    printf("%*s", HELP_INDENT - length, "");
    print_wrapped(r->format_help[i], HELP_INDENT, HELP_INDENT);
}

void help_tool(const registry *r)
{
    puts("relcoord: scores the relational-coordination survey, and says how sure it is.\n"
         "\n"
         "  relcoord ANALYSIS FILE... [options]\n"
         "  relcoord ANALYSIS --help     what an analysis takes and gives\n"
         "  relcoord codebook FILE...    draft a codebook from data\n"
         "  relcoord analyses            what there is, for programs: --format json\n"
         "  relcoord --version\n"
         "\n"
         "Analyses:");
    for (size_t i = 0; i < r->analysis_count; i++)
        print_entry(r->analysis_name[i], r->analysis_summary[i]);
    puts("\n"
         "A file is CSV with a header, one row for each respondent and workgroup rated:\n"
         "\n"
         "  respondent,workgroup,target,frequent,timely,accurate,problem_solving,\n"
         "  shared_goals,shared_knowledge,mutual_respect      (one line)\n"
         "  N01,nurses,residents,4,4,5,3,4,4,5\n"
         "  N01,nurses,attendings,3,,4,3,4,3,4                (empty: no answer)\n"
         "\n"
         "Columns may also have their Danish names, and unit, wave, role and weight may\n"
         "stand beside them. Answers are 1 to 5, 5 the best. Data in another form have a\n"
         "codebook. - is standard input; several files are one survey.\n"
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
         "relcoord-methods(7).");
}

static void help_reading_and_writing(const registry *r, const char *analysis, const char *without_format)
{
    puts("\nHow to read:");
    print_options(r, analysis, "read");
    puts("\nHow to write:");
    print_entry("--format FORMAT", without_format);
    for (size_t i = 0; i < r->format_count; i++)
        print_format(r, i);
    print_entry("-o, --output FILE", "write there instead of to standard output");
    print_options(r, analysis, "write");
    puts("\nTables it gives:");
}

void help_codebook(const registry *r)
{
    puts("relcoord codebook FILE... [options]\n"
         "drafts a codebook from data: guesses what each column is, and lists the values\n"
         "seen. Every guess is yours to look at:\n"
         "\n"
         "  relcoord codebook survey.csv -o codebook.csv\n"
         "  relcoord codebook survey.csv --table decisions --format text\n"
         "  relcoord matrix survey.csv --codebook codebook.csv");
    help_reading_and_writing(r, "codebook", "csv without it:");
    print_entry("codebook", "the codebook, a row for each column or pattern");
    print_entry("decisions", "what each guess rests on, and what is left to decide");
    puts("\nThe form of a codebook: relcoord-codebook(5).");
}

void help_analysis(const registry *r, const char *analysis)
{
    printf("relcoord %s FILE... [options]\n", analysis);
    for (size_t i = 0; i < r->analysis_count; i++)
        if (strcmp(r->analysis_name[i], analysis) == 0)
            print_wrapped(r->analysis_summary[i], 0, 0);
    puts("\nWhat to compute:");
    print_options(r, analysis, analysis);
    help_reading_and_writing(r, analysis, "text without it:");
    for (size_t i = 0; i < r->table_count; i++)
        if (strcmp(r->table_analysis[i], analysis) == 0)
            print_entry(r->table_name[i], r->table_help[i]);
    puts("\nA table's columns: relcoord analyses --table columns. Formulas:\nrelcoord-methods(7).");
}
