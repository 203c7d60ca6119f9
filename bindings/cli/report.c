/* What the tool says on standard error. */
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "spoken.h"

static int exit_status(int status)
{
    switch (status) {
    case RELCOORD_OK: return EXIT_DONE;
    case RELCOORD_EDATA: return EXIT_DATA;
    case RELCOORD_EUSAGE:
    case RELCOORD_EOPTION: return EXIT_CALL;
    case RELCOORD_ECANCELLED: return EXIT_INTERRUPTED;
    default: return EXIT_ENVIRONMENT;
    }
}

int report_usage(const char *analysis, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("relcoord: ", stderr);
    vfprintf(stderr, spoken(format), arguments);
    va_end(arguments);
    fputs("\nrelcoord: ", stderr);
    if (analysis)
        fprintf(stderr, spoken("see 'relcoord %s --help'"), analysis);
    else
        fputs(spoken("see 'relcoord --help'"), stderr);
    fputc('\n', stderr);
    return EXIT_CALL;
}

/* The message; an option that it names is written as it is given here. */
static void print_message(const relcoord_error *error)
{
    char named[96], dashed[sizeof error->option], translated[SPOKEN_SIZE];
    const char *at, *message = spoken_message(error->message, translated);
    snprintf(named, sizeof named, spoken("option '%s'"), error->option);
    snprintf(dashed, sizeof dashed, "%s", error->option);
    for (char *c = dashed; *c; c++)
        *c = *c == '_' ? '-' : *c;
    at = *dashed ? strstr(message, named) : NULL;
    if (at)
        fprintf(stderr, " %.*s--%s%s\n", (int)(at - message), message, dashed, at + strlen(named));
    else
        fprintf(stderr, " %s\n", message);
}

int report_error(const char *analysis, const relcoord_error *error)
{
    int status = exit_status(error->status);
    char translated[SPOKEN_SIZE];
    if (status == EXIT_INTERRUPTED)
        return status;
    if (status == EXIT_CALL)
        return report_usage(analysis, "%s", spoken_message(error->message, translated));
    if (error->file[0])
        fprintf(stderr,
                "%s:", strcmp(error->file, "-") == 0 ? spoken("(standard input)") : error->file);
    else
        fputs("relcoord:", stderr);
    if (error->line > 0)
        fprintf(stderr, "%lld:", (long long)error->line);
    if (error->column[0])
        fprintf(stderr, " %s:", error->column);
    print_message(error);
    return status;
}

int report_output(void)
{
    fprintf(stderr, spoken("%s: cannot be written: %s\n"), spoken("standard output"),
            strerror(errno));
    return EXIT_ENVIRONMENT;
}

int report_memory(void)
{
    fputs(spoken("relcoord: out of memory\n"), stderr);
    return EXIT_ENVIRONMENT;
}
