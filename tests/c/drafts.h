/* Drafts of codebooks from data in a text. */
#ifndef TESTS_DRAFTS_H
#define TESTS_DRAFTS_H

#include <string.h>

#include "support.h"

/* settings: of "read", as options_make has them. Leaves a file behind for files_remove. */
static relcoord_result *draft_of(const char *data, const char *settings)
{
    const char *path = file_write("data.csv", data, strlen(data));
    relcoord_options *options = options_make("read", settings);
    relcoord_result *result = NULL;
    relcoord_error error;
    ck_assert_msg(relcoord_codebook_draft(&path, 1, options, &result, &error) == RELCOORD_OK,
                  "%d: %s: %s", (int)error.line, error.column, error.message);
    relcoord_options_free(options);
    return result;
}

#endif
