#include "survey/reading/finish.h"

#include "base/error.h"
#include "source/csv.h"
#include "survey/building/finish.h"
#include "survey/building/start.h"

/* Adds what is to be noted of the files' dialects. */
static void note_dialects(builder *b)
{
    const char *sentence;
    for (int i = 0; !b->at.status && (sentence = csv_dialect_note(&b->at, i)); i++) {
        text note = {0};
        text_add(&note, sentence);
        if (builder_add_note(b, &note))
            reader_fail_memory(&b->at);
        text_free(&note);
    }
}

relcoord_status reading_finish_survey(builder *b, const char *const *names, relcoord_survey **out,
                                      relcoord_error *err)
{
    uint32_t file = b->at.file;
    relcoord_status status;
    note_dialects(b);
    status = b->at.status;
    if (status && err)
        *err = b->at.error;
    if (!status)
        status = builder_finish(b, out, &file, err);
    if (status && err && status != RELCOORD_ENOMEM && status != RELCOORD_ECANCELLED)
        error_field(err->file, sizeof err->file, names[file]);
    builder_free(b);
    return status;
}
