/* Help that teaches, made from the registry. Lines keep to 80 columns. */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "help_texts.h"
#include "spoken.h"

enum { WIDTH = 79, HELP_INDENT = 26 };

/* A byte of UTF-8 that goes on with a character takes no column. */
static size_t columns_of(const char *words, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)words[i] & 0xC0) != 0x80;
    return columns;
}

/* Prints words from a column on, wrapped at spaces; `at` is where the cursor stands. */
static void print_wrapped(const char *words, size_t at, size_t indent)
{
    for (size_t length; *words; words += length + (words[length] == ' ')) {
        length = strcspn(words, " ");
        if (at > indent && at + 1 + columns_of(words, length) > WIDTH) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)length, words);
        at += columns_of(words, length);
    }
    putchar('\n');
}

static void print_entry(const char *name, const char *help)
{
    size_t length = strlen(name);
    char translated[SPOKEN_SIZE];
    printf("  %s", name);
    if (length + 4 > HELP_INDENT)
        printf("\n%*s", HELP_INDENT, "");
    else
        printf("%*s", (int)(HELP_INDENT - length - 2), "");
    print_wrapped(spoken_message(help, translated), HELP_INDENT, HELP_INDENT);
}

/* An option's default where an analysis is run: one of reading may be the analysis' own. */
static void find_default(const registry *r, const char *analysis, size_t i,
                         char found[READ_OPTION_SIZE])
{
    const char *words = strcmp(r->option_purpose[i], "read") == 0
                            ? registry_read_options(r, analysis)
                            : "";
    char name[READ_OPTION_SIZE], value[READ_OPTION_SIZE];
    snprintf(found, READ_OPTION_SIZE, "%s",
             strcmp(r->option_name[i], "lang") == 0 ? spoken("as in LC_ALL, LC_MESSAGES, LANG")
                                                    : r->option_default[i]);
    while (registry_next_read_option(&words, name, value))
        if (strcmp(name, r->option_name[i]) == 0)
            snprintf(found, READ_OPTION_SIZE, "%s", value);
}

/* Puts the words between '|' behind the help: there are too many for the option's own line. */
static void list_choices(const char *allowed, char help[SPOKEN_SIZE])
{
    size_t length = strlen(help);
    for (const char *separator = ": "; *allowed && length + 2 < SPOKEN_SIZE; separator = ", ") {
        int word = (int)strcspn(allowed, "|");
        snprintf(help + length, SPOKEN_SIZE - length, "%s%.*s", separator, word, allowed);
        length = strlen(help);
        allowed += word + (allowed[word] == '|');
    }
}

/* "--min-share NUMBER", and the default behind the help. */
static void print_option(const registry *r, const char *analysis, size_t i)
{
    char name[96], help[SPOKEN_SIZE], translated[SPOKEN_SIZE], initial[READ_OPTION_SIZE];
    bool flag = strcmp(r->option_type[i], "flag") == 0,
         list = strcmp(r->option_type[i], "list") == 0,
         choice = strcmp(r->option_type[i], "choice") == 0 || (list && *r->option_allowed[i]);
    size_t length = (size_t)snprintf(name, sizeof name, "--%s", r->option_name[i]);
    bool many = choice && length + strlen(r->option_allowed[i]) + 4 > WIDTH;
    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : *c;
    if (!flag)
        snprintf(name + length, sizeof name - length, " %s",
                 many     ? spoken(list ? "list" : "text")
                 : choice ? r->option_allowed[i]
                          : spoken(r->option_type[i]));
    for (char *c = name + length; *c && (many || !choice); c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    find_default(r, analysis, i, initial);
    snprintf(help, sizeof help, *initial && !flag ? spoken("%s (default %s)") : "%s",
             spoken_message(r->option_help[i], translated), initial);
    if (many)
        list_choices(r->option_allowed[i], help);
    print_entry(name, help);
}

static void print_options(const registry *r, const char *analysis, const char *purpose)
{
    for (size_t i = 0; i < r->option_count; i++)
        if (strcmp(r->option_purpose[i], purpose) == 0)
            print_option(r, analysis, i);
}

/* The formats, below their option. */
static void print_format(const char *name, const char *help)
{
    int length = printf("    %s", name);
    printf("%*s", HELP_INDENT - length, "");
    print_wrapped(help, HELP_INDENT, HELP_INDENT);
}

/* The library's, and the tool's own. */
static void print_formats(const registry *r)
{
    char translated[SPOKEN_SIZE];
    for (size_t i = 0; i < r->format_count; i++)
        print_format(r->format_name[i], spoken_message(r->format_help[i], translated));
    print_format("xlsx", spoken("a workbook, one sheet a table; needs --output"));
}

void help_tool(const registry *r)
{
    puts(help_text(HELP_START));
    for (size_t i = 0; i < r->analysis_count; i++)
        print_entry(r->analysis_name[i], r->analysis_summary[i]);
    puts(help_text(HELP_END));
}

static void help_reading_and_writing(const registry *r, const char *analysis, const char *reading,
                                     const char *without_format)
{
    puts(help_text(HELP_READING));
    print_options(r, analysis, reading);
    print_entry(spoken("--sheet NAME"), spoken("the sheet of a workbook to read, else the first"));
    puts(help_text(HELP_WRITING));
    print_entry("--format FORMAT", without_format);
    print_formats(r);
    print_entry(spoken("-o, --output FILE"),
                spoken("write there instead of to standard output; the end of its name tells the "
                       "format"));
    if (strcmp(analysis, "codebook") == 0)
        print_entry(spoken("--form FILE"),
                    spoken("write the columns of a built-in codebook's data there, to be filled "
                           "in"));
    print_options(r, analysis, "write");
    puts(help_text(HELP_TABLES));
}

void help_codebook(const registry *r)
{
    puts(help_text(HELP_CODEBOOK));
    help_reading_and_writing(r, "codebook", "codebook", spoken("csv without it:"));
    print_entry("codebook", spoken("the codebook, a row for each column or pattern"));
    print_entry("decisions", spoken("what each guess is based on, and what remains to be decided"));
    print_entry("form", spoken("of a built-in codebook: the columns of its data"));
    puts(help_text(HELP_CODEBOOK_END));
}

void help_analysis(const registry *r, const char *analysis)
{
    char translated[SPOKEN_SIZE], needs[SPOKEN_SIZE];
    printf(help_text(HELP_USAGE), analysis);
    for (size_t i = 0; i < r->analysis_count; i++) {
        if (strcmp(r->analysis_name[i], analysis) != 0)
            continue;
        print_wrapped(spoken_message(r->analysis_summary[i], translated), 0, 0);
        snprintf(needs, sizeof needs, spoken("It needs %s."),
                 spoken_message(r->analysis_needs[i], translated));
        if (*r->analysis_needs[i])
            print_wrapped(needs, 0, 0);
    }
    puts(help_text(HELP_COMPUTING));
    print_options(r, analysis, analysis);
    help_reading_and_writing(r, analysis, "read", spoken("text without it:"));
    for (size_t i = 0; i < r->table_count; i++)
        if (strcmp(r->table_analysis[i], analysis) == 0)
            print_entry(r->table_name[i], r->table_help[i]);
    puts(help_text(HELP_ANALYSIS_END));
}
