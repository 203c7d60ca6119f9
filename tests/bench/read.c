/* Reads a survey through the public API, by a codebook if one is named, and does nothing with
 * it. */
#include <stdio.h>

#include "relcoord.h"

int main(int count, char **arguments)
{
    relcoord_options *options = NULL;
    relcoord_survey *survey;
    relcoord_error error;
    if (count != 2 && count != 3) {
        fprintf(stderr, "read FILE [CODEBOOK]\n");
        return 2;
    }
    if (relcoord_options_new("read", &options, &error)
        || (count == 3 && relcoord_options_set(options, "codebook", arguments[2], &error))
        || relcoord_survey_read(arguments[1], options, &survey, &error)) {
        fprintf(stderr, "%s:%lld: %s: %s\n", error.file, (long long)error.line, error.column,
                error.message);
        return 1;
    }
    relcoord_survey_free(survey);
    relcoord_options_free(options);
    return 0;
}
