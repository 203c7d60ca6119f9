/* What the tool says on standard error. */
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nrelcoord: 'relcoord %s%s--help' tells more\n", analysis ? analysis : "", analysis ? " " : "");
    return EXIT_CALL;
}

int report_error(const char *analysis, const relcoord_error *error)
{
    int status = exit_status(error->status);
    if (status == EXIT_INTERRUPTED)
        return status;
    if (status == EXIT_CALL)
        return report_usage(analysis, "%s", error->message);
    if (error->file[0])
        fprintf(stderr, "%s:", strcmp(error->file, "-") == 0 ? "(standard input)" : error->file);
    else
        fputs("relcoord:", stderr);
    if (error->line > 0)
        fprintf(stderr, "%lld:", (long long)error->line);
    if (error->column[0])
        fprintf(stderr, " %s:", error->column);
    fprintf(stderr, " %s\n", error->message);
    return status;
}

int report_output(const char *path)
{
    fprintf(stderr, "%s: cannot be written: %s\n", path, strerror(errno));
    return EXIT_ENVIRONMENT;
}

int report_memory(void)
{
    fputs("relcoord: out of memory\n", stderr);
    return EXIT_ENVIRONMENT;
}
