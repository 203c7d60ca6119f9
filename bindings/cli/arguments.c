/* Taking the command line apart. The tool's own words are few; every other option is the
 * registry's. */
#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "load.h"
#include "report.h"
#include "spoken.h"

enum { LONGEST_OPTION = 64, MOST_CANDIDATES = 256 };

/* The options that belong to the tool alone. */
static const char *const own_options[] = {"--format", "--output", "--sheet", "--help", "--form"};
enum { OWN_COUNT = sizeof own_options / sizeof *own_options };

typedef struct parser {
    const registry *r;
    arguments *a;
    char **words;
    int count, at;
} parser;

/* ---- Faults ---- */

static int refuse_option(const parser *p, const char *word)
{
    static char dashed[MOST_CANDIDATES][LONGEST_OPTION + 3];
    const char *candidates[MOST_CANDIDATES], *near;
    size_t count = 0;
    for (; count < OWN_COUNT; count++)
        candidates[count] = own_options[count];
    for (size_t i = 0; i < p->r->option_count && count < MOST_CANDIDATES; i++)
        if (registry_offers(p->r, i, p->a->analysis)) {
            snprintf(dashed[count], sizeof dashed[count], "--%s", p->r->option_name[i]);
            for (char *c = dashed[count]; *c; c++)
                *c = *c == '_' ? '-' : *c;
            candidates[count] = dashed[count];
            count++;
        }
    near = relcoord_nearest(word, candidates, count);
    if (near)
        return report_usage(p->a->analysis, "'%s' has no option '%s'; did you mean '%s'?",
                            p->a->analysis, word, near);
    return report_usage(p->a->analysis, "'%s' has no option '%s'", p->a->analysis, word);
}

/* A table that the analysis has not; 0 when it has it. */
static int refuse_table(const parser *p, const char *name)
{
    static const char *const drafted[] = {"codebook", "decisions", "form"};
    const char *names[MOST_CANDIDATES], *near;
    size_t count = 0;
    for (; p->a->command == COMMAND_CODEBOOK && count < sizeof drafted / sizeof *drafted; count++) {
        names[count] = drafted[count];
        if (strcmp(drafted[count], name) == 0)
            return 0;
    }
    for (size_t i = 0; i < p->r->table_count && count < MOST_CANDIDATES; i++)
        if (strcmp(p->r->table_analysis[i], p->a->analysis) == 0) {
            names[count] = p->r->table_name[i];
            if (strcmp(names[count++], name) == 0)
                return 0;
        }
    near = relcoord_nearest(name, names, count);
    if (near)
        return report_usage(p->a->analysis, "'%s' has no table '%s'; did you mean '%s'?",
                            p->a->analysis, name, near);
    return report_usage(p->a->analysis, "'%s' has no table '%s'", p->a->analysis, name);
}

/* Those that --table and --tables name; "all" is every table. */
static int check_tables(const parser *p)
{
    const char *at = relcoord_options_get(p->a->write, "tables");
    char name[LONGEST_OPTION];
    int fault = p->a->table ? refuse_table(p, p->a->table) : 0;
    while (!fault && *(at += strspn(at, ", "))) {
        const size_t length = strcspn(at, ", ");
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        if (strcmp(name, "all") != 0)
            fault = refuse_table(p, name);
        at += length;
    }
    return fault;
}

static int drop_bytes(void *user, const char *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return 0;
}

/* Writes something known in the format wanted, so that a wrong one is found before the work is
 * done. */
static int check_format(const parser *p)
{
    relcoord_error error;
    const char *lacking = registry_lacks_view(p->r, p->a->analysis, p->a->format);
    if (strcmp(p->a->format, "xlsx") == 0 && !p->a->output)
        return report_usage(p->a->analysis, "a workbook is no text to print: name its file, as in "
                                            "-o result.xlsx");
    if (lacking)
        return report_usage(p->a->analysis, "'%s' has no %s to write as %s", p->a->analysis,
                            lacking, p->a->format);
    if (registry_needs_view(p->r, p->a->format)) /* and the analysis has it */
        return p->a->table || *relcoord_options_get(p->a->write, "tables")
                   ? report_usage(p->a->analysis,
                                  "%s is made from several tables: leave out --table", p->a->format)
                   : 0;
    if (formats_write(p->r->description, p->a->format, NULL, drop_bytes, NULL, &error))
        return report_error(p->a->analysis, &error);
    return 0;
}

/* ---- Options ---- */

/* The option's value: behind '=', or the next word. NULL when there is none. */
static const char *take_value(parser *p, const char *behind)
{
    if (behind)
        return behind;
    return p->at + 1 < p->count ? p->words[++p->at] : NULL;
}

static relcoord_options *options_of(const arguments *a, const char *purpose)
{
    return strcmp(purpose, a->command == COMMAND_CODEBOOK ? "codebook" : "read") == 0 ? a->read
           : strcmp(purpose, "write") == 0                                            ? a->write
                                                                                      : a->run;
}

/* Sets an option of the registry; a list that is given again grows. */
static int set_option(parser *p, const char *purpose, size_t index, const char *name,
                      const char *value)
{
    arguments *a = p->a;
    relcoord_error error;
    relcoord_options *options = options_of(a, purpose);
    char *joined = NULL;
    relcoord_status status;
    if (strcmp(p->r->option_type[index], "list") == 0) {
        const char *before = relcoord_options_get(options, name);
        size_t size = strlen(before) + strlen(value) + 2;
        joined = malloc(size);
        if (!joined)
            return report_memory();
        snprintf(joined, size, "%s%s%s", before, *before ? "," : "", value);
    }
    status = relcoord_options_set(options, name, joined ? joined : value, &error);
    free(joined);
    if (status)
        return report_error(a->analysis, &error);
    if (strcmp(name, "table") == 0)
        a->table = value;
    return 0;
}

static int parse_known(parser *p, const char *name, bool negated, const char *behind,
                       const char *word)
{
    size_t index;
    const char *purpose = registry_find_option(p->r, p->a->analysis, name, &index), *value;
    bool flag;
    if (!purpose)
        return refuse_option(p, word);
    flag = strcmp(p->r->option_type[index], "flag") == 0;
    if (negated && (!flag || behind))
        return refuse_option(p, word);
    value = flag && !behind ? (negated ? "false" : "true") : take_value(p, behind);
    if (!value)
        return report_usage(p->a->analysis, "option '%s' needs a value", word);
    return set_option(p, purpose, index, name, value);
}

/* --name, --name=value, --no-name: '-' in a name stands for '_'. */
static int parse_long(parser *p, const char *word)
{
    const char *behind = strchr(word, '='), **place;
    char name[LONGEST_OPTION], whole[LONGEST_OPTION + 2];
    size_t length = behind ? (size_t)(behind - word) : strlen(word);
    bool negated = strncmp(word, "--no-", 5) == 0;
    if (length >= sizeof name)
        return report_usage(p->a->analysis, "unknown option '%.60s…'", word);
    snprintf(whole, sizeof whole, "%.*s", (int)length, word);
    snprintf(name, sizeof name, "%s", whole + (negated ? 5 : 2));
    for (char *c = name; *c; c++)
        *c = *c == '-' ? '_' : *c;
    if (strcmp(whole, "--help") == 0 && !behind) {
        p->a->help = true;
        return 0;
    }
    behind = behind ? behind + 1 : NULL;
    place = strcmp(whole, "--format") == 0   ? &p->a->format
            : strcmp(whole, "--output") == 0 ? &p->a->output
            : strcmp(whole, "--sheet") == 0  ? &p->a->sheet
            : strcmp(whole, "--form") == 0   ? &p->a->form
                                             : NULL;
    if (place) {
        *place = take_value(p, behind);
        return *place && **place ? 0
                                 : report_usage(p->a->analysis, "option '%s' needs a value", whole);
    }
    return parse_known(p, name, negated, behind, whole);
}

static int parse_word(parser *p, bool *only_files)
{
    char *word = p->words[p->at];
    if (*only_files || word[0] != '-' || strcmp(word, "-") == 0) {
        p->a->files[p->a->file_count++] = word;
        return 0;
    }
    if (strcmp(word, "--") == 0) {
        *only_files = true;
        return 0;
    }
    if (word[1] == '-')
        return parse_long(p, word);
    if (strcmp(word, "-h") == 0) {
        p->a->help = true;
        return 0;
    }
    if (word[1] == 'o') {
        p->a->output = take_value(p, word[2] ? word + 2 : NULL);
        return p->a->output && *p->a->output
                   ? 0
                   : report_usage(p->a->analysis, "option '-o' needs a value");
    }
    return refuse_option(p, word);
}

/* What the command line does not say is as in the environment, as the analysis wants it, or the
 * library's default. */
static int make_options(arguments *a, const registry *r)
{
    const char *words = registry_read_options(r, a->analysis);
    char name[READ_OPTION_SIZE], value[READ_OPTION_SIZE];
    relcoord_error error;
    if (relcoord_options_new(a->command == COMMAND_CODEBOOK ? "codebook" : "read", &a->read, &error)
        || relcoord_options_new("write", &a->write, &error)
        || relcoord_options_set(a->write, "lang", environment_language(), &error)
        || (a->command == COMMAND_ANALYSIS && relcoord_options_new(a->analysis, &a->run, &error)))
        return report_error(NULL, &error);
    while (registry_next_read_option(&words, name, value))
        if (relcoord_options_set(a->read, name, value, &error))
            return report_error(NULL, &error);
    return 0;
}

static command command_of(const char *word)
{
    return strcmp(word, "analyses") == 0   ? COMMAND_ANALYSES
           : strcmp(word, "codebook") == 0 ? COMMAND_CODEBOOK
                                           : COMMAND_ANALYSIS;
}

/* A codebook that comes along is made from no file. */
static bool asks_for_builtin(const arguments *a)
{
    const char *names = a->command == COMMAND_CODEBOOK ? relcoord_options_get(a->read, "builtin")
                                                       : "";
    return *names && strcmp(names, "none") != 0;
}

/* Where no format is named, the end of the output's name tells it, as in Python and R. A name
 * without an end is a file for what would be printed. */
static int choose_format(arguments *a)
{
    const char *slash = a->output ? strrchr(a->output, '/') : NULL,
               *name = slash ? slash + 1 : a->output,
               *dot = name && strcmp(name, "-") != 0 ? strrchr(name, '.') : NULL;
    if (a->format)
        return 0;
    if (!dot || dot == name || !dot[1])
        /* a codebook is made to be read again */
        a->format = a->command == COMMAND_CODEBOOK ? "csv" : "text";
    else
        a->format = strcasecmp(dot, ".xlsx") == 0 ? "xlsx" : relcoord_format_of(name);
    return a->format ? 0
                     : report_usage(a->analysis,
                                    "'%s' names no format by its end, as .html, .xlsx or .csv do: "
                                    "name one with --format",
                                    a->output);
}

/* What is wrong with the whole, each word being right. */
static int check_whole(const parser *p)
{
    const arguments *a = p->a;
    bool describes = a->command == COMMAND_ANALYSES;
    int fault = choose_format(p->a);
    if (!fault && !describes)
        fault = check_tables(p);
    if (!fault)
        fault = check_format(p);
    if (!fault && !describes && a->file_count == 0 && !asks_for_builtin(a))
        fault = report_usage(a->analysis, "'%s' needs a file of answers, or - for standard input",
                             a->analysis);
    if (!fault && a->form && !asks_for_builtin(a))
        fault = report_usage(a->analysis, "'--form' writes the columns that a built-in codebook "
                                          "describes: name one with --builtin");
    if (!fault && a->form && a->output && strcmp(a->form, a->output) == 0)
        fault = report_usage(a->analysis, "'%s' is named for the codebook and for its form",
                             a->form);
    if (!fault && describes && a->file_count > 0)
        fault = report_usage(a->analysis, "'analyses' takes no file");
    return fault;
}

int arguments_parse(int count, char **words, const registry *r, arguments *out)
{
    arguments a = {.command = command_of(words[1]), .analysis = words[1]};
    parser p = {r, &a, words, count, 2};
    bool only_files = false;
    int fault;
    if (words[1][0] == '-')
        return report_usage(NULL, "the analysis comes first, before the options");
    if (a.command == COMMAND_ANALYSIS && !registry_has_analysis(r, words[1])
        && access(words[1], R_OK) == 0)
        return report_usage(NULL, "name an analysis first: relcoord matrix %s", words[1]);
    a.files = malloc((size_t)count * sizeof *a.files);
    fault = a.files ? make_options(&a, r) : report_memory();
    for (; p.at < count && !fault; p.at++)
        fault = parse_word(&p, &only_files);
    if (!fault && !a.help)
        fault = check_whole(&p);
    if (fault)
        arguments_free(&a);
    else
        *out = a;
    return fault;
}

void arguments_free(arguments *a)
{
    free(a->files);
    relcoord_options_free(a->read);
    relcoord_options_free(a->write);
    relcoord_options_free(a->run);
}
