/* Reads a survey through the public API and does nothing with it. */
#include <stdio.h>

#include "relcoord.h"

int main(int count, char **arguments)
{
    relcoord_survey *survey;
    relcoord_error error;
    if (count != 2) {
        fprintf(stderr, "read FILE\n");
        return 2;
    }
    if (relcoord_survey_read(arguments[1], NULL, &survey, &error) != RELCOORD_OK) {
        fprintf(stderr, "%s:%lld: %s: %s\n", error.file, (long long)error.line, error.column, error.message);
        return 1;
    }
    relcoord_survey_free(survey);
    return 0;
}
