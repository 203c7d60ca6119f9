/* The key relcoord.missing of an Arrow field: entries split by ';', each a value, or a range as
 * LOW|HIGH. */
#include "metadata.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text with a backslash before what would end it. */
static void print_escaped(FILE *to, const char *text)
{
    for (; *text; text++) {
        if (strchr(";=|\\", *text))
            fputc('\\', to);
        fputc(*text, to);
    }
}

/* A bound beyond all numbers is left open: SPSS writes LOWEST and HIGHEST as the outermost of
 * them. */
static void print_bound(FILE *to, double number)
{
    char buffer[NUMBER_TEXT_SIZE];
    if (!(fabs(number) < 1e300))
        return;
    foreign_print_number(number, buffer);
    fputs(buffer, to);
}

static void print_missing(FILE *to, const file_column *column)
{
    for (size_t i = 0; i < column->missing_count; i++) {
        const missing_range *range = &column->missing[i];
        if (i > 0)
            fputc(';', to);
        if (range->text)
            print_escaped(to, range->text);
        else
            print_bound(to, range->low);
        if (range->text || range->low == range->high)
            continue;
        fputc('|', to);
        print_bound(to, range->high);
    }
}

static void print_size(FILE *to, size_t size)
{
    int32_t number = (int32_t)size;
    fwrite(&number, sizeof number, 1, to);
}

/* As the Arrow C data interface has it: how many pairs, and each with its sizes. */
char *foreign_missing_metadata(const file_column *column)
{
    static const char key[] = "relcoord.missing";
    char *value = NULL, *metadata = NULL;
    size_t length = 0, size = 0;
    FILE *to = open_memstream(&value, &length);
    bool done;
    if (!to)
        return NULL;
    print_missing(to, column);
    done = fclose(to) == 0;
    to = done ? open_memstream(&metadata, &size) : NULL;
    if (to) {
        print_size(to, 1);
        print_size(to, strlen(key));
        fputs(key, to);
        print_size(to, length);
        fputs(value, to);
        done = fclose(to) == 0;
    }
    free(value);
    return to && done ? metadata : NULL;
}
