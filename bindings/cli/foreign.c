/* Files of other programs, by way of relcoord-formats, which is loaded where one is met. */
#include "foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

relcoord_status read_files(const arguments *a, relcoord_survey **out, relcoord_error *err)
{
    return formats_read(a->files, a->file_count, a->sheet, 0, a->read, out, err);
}

/* Text that grows: what a sink takes. */
typedef struct kept_text {
    char *bytes;
    size_t length;
} kept_text;

static int keep_text(void *user, const char *bytes, size_t size)
{
    kept_text *kept = user;
    char *grown = realloc(kept->bytes, kept->length + size + 1);
    if (!grown)
        return -1;
    memcpy(grown + kept->length, bytes, size);
    kept->bytes = grown;
    kept->length += size;
    grown[kept->length] = 0;
    return 0;
}

static relcoord_status fail(relcoord_error *err, const char *message)
{
    *err = (relcoord_error){.status = RELCOORD_EUSAGE};
    snprintf(err->message, sizeof err->message, "%s", message);
    return RELCOORD_EUSAGE;
}

relcoord_status draft_files(const arguments *a, relcoord_result **out, char **codebook,
                            relcoord_error *err)
{
    const bool decisions = a->table && strcmp(a->table, "decisions") == 0;
    kept_text kept = {0};
    bool foreign;
    relcoord_status status = formats_are_foreign(a->files, a->file_count, &foreign, err);
    if (!status && foreign && !decisions && strcmp(a->format, "csv") != 0)
        status = fail(err, "a codebook with the labels of a file is written as csv; --table "
                           "decisions takes any format");
    if (!status)
        status = formats_draft(a->files, a->file_count, a->sheet, a->read, out,
                               decisions ? NULL : keep_text, &kept, err);
    if (status)
        free(kept.bytes);
    else
        *codebook = kept.bytes;
    return status;
}
