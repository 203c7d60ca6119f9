/* Whether there can be a workbook: what every build knows about the format. */
#include "workbook.h"

#include <string.h>

#include "report.h"

const char workbook_help[] = "a workbook, one sheet a table; needs --output";

bool is_workbook(const arguments *a)
{
    return strcmp(a->format, WORKBOOK_FORMAT) == 0;
}

#ifdef HAVE_XLSX

int check_workbook(const arguments *a)
{
    if (a->output)
        return 0;
    return report_usage(a->analysis,
                        "a workbook is no text to print: name its file, as in -o result.xlsx");
}

#else

int check_workbook(const arguments *a)
{
    return report_usage(a->analysis, "a workbook needs a relcoord that was built with "
                                     "libxlsxwriter: install libxlsxwriter-dev and "
                                     "build it again, or write csv or html");
}

int write_workbook(const arguments *a, const relcoord_result *result)
{
    (void)result;
    return check_workbook(a);
}

#endif
